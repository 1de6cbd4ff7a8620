import { Failure } from '../../result/failure.ts';
import { type PlainDate, parsePlainDate } from '../../result/plain-date.ts';

/** Who a foreign specimen was issued to. Invented, and no customer of the training bank. */
export interface Foreigner {
  readonly givenNames: string;
  readonly surname: string;
  readonly birthDate: PlainDate;
}

function foreigner(givenNames: string, surname: string, birth: string): Foreigner {
  const birthDate = parsePlainDate(birth);
  if (birthDate === null) throw new Failure('internal.unexpected', { kind: 'foreigners' });
  return { givenNames, surname, birthDate };
}

export const foreigners = {
  camille: foreigner('Camille Élodie', 'Lefèvre-Dubois', '1988-03-14'),
  lucia: foreigner('Lucía', 'Núñez Ortega', '1979-11-02'),
  oksana: foreigner('Oksana', 'Melnychenko', '1994-06-21'),
  jack: foreigner('Jack Alexander', "O'Donnell", '1985-01-30'),
  wei: foreigner('Wei', 'Zhao', '1990-09-09'),
  dmitri: foreigner('Dmitri', 'Sokolovski', '1976-12-05'),
  emily: foreigner('Emily Grace', 'Hartwell', '1992-04-17'),
  sanne: foreigner('Sanne', 'van der Meulen', '1983-08-26'),
  ingrid: foreigner('Ingrid', 'Østby', '1987-02-11'),
  giulia: foreigner('Giulia', "Dell'Orto", '1995-10-03'),
  ronald: foreigner('Ronald', 'Vassallo', '1981-05-19'),
  zofia: foreigner('Zofia Małgorzata', 'Kowalczyk', '1978-07-08'),
  lotte: foreigner('Lotte', 'Vandenbroucke', '1991-12-24'),
  arjun: foreigner('', 'Arjun', '1989-03-03'),
  eleni: foreigner('Eleni', 'Papadaki', '1984-09-15'),
  thiago: foreigner('Thiago', 'Nascimento', '1993-01-07'),
  emre: foreigner('Emre', 'Yıldırım', '1980-06-12'),
  rasa: foreigner('Rasa', 'Petrauskaitė', '1986-11-28'),
  juraj: foreigner('Juraj', 'Hruška', '1977-04-04'),
  reto: foreigner('Reto', 'Aebischer', '1982-10-22'),
  aroha: foreigner('Aroha', 'Whitfield', '1996-02-29'),
  maria: foreigner('Maria', 'Santos Villanueva', '1990-08-01'),
  johann: foreigner('Johann', 'Gruber', '1975-05-25'),
  haruka: foreigner('Haruka', 'Nishimura', '1997-03-18'),
} as const satisfies Record<string, Foreigner>;
export type ForeignerId = keyof typeof foreigners;
