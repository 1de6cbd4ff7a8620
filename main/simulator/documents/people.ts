import { Failure } from '../../result/failure.ts';
import { type PlainDate, parsePlainDate } from '../../result/plain-date.ts';

/** Whom a specimen was issued to. Everyone here is invented. */
interface Bearer {
  readonly givenNames: string;
  readonly surname: string;
  readonly birthDate: PlainDate;
}

/** A person of the training roster, as the bank would have them on file. */
export interface RosterPerson extends Bearer {
  readonly id: string;
  /** Twelve digits, from Skatteverket's published test series. */
  readonly personalNumber: string;
}

function person(id: string, personalNumber: string, givenNames: string, surname: string): RosterPerson {
  const date = `${personalNumber.slice(0, 4)}-${personalNumber.slice(4, 6)}-${personalNumber.slice(6, 8)}`;
  const birthDate = parsePlainDate(date);
  if (birthDate === null) throw new Failure('internal.unexpected', { kind: 'roster' });
  return { id, personalNumber, givenNames, surname, birthDate };
}

/**
 * The customers. Their numbers are test numbers that Skatteverket publishes (open data set "Testpersonnummer", also in
 * KentorIT/PU-Adapter, TestData/Testpersonnummer.cs): they belong to nobody and never will.
 */
export const people = {
  asa: person('asa', '199107172380', 'Åsa Maria', 'Öberg-Lindström'),
  goran: person('goran', '199006022397', 'Göran Erik', 'Sjöström'),
  jurgen: person('jurgen', '199312162390', 'Jürgen', 'Weiß'),
  borje: person('borje', '197907179191', 'Börje', 'Hägg'),
  samira: person('samira', '199007282388', 'Samira', 'Haddad Åkesson'),
  elias: person('elias', '199504242398', 'Elias Tesfaye', 'Bekele'),
  linnea: person('linnea', '199212252382', 'Linnéa', 'Ek'),
  andre: person('andre', '198101079294', 'André', 'Östlund Silva'),
  marta: person('marta', '199001252387', 'Märta Ingegärd', 'Wallén'),
  nils: person('nils', '199710182396', 'Nils-Åke', 'Fält'),
} as const satisfies Record<string, RosterPerson>;
type PersonId = keyof typeof people;

function foreigner(givenNames: string, surname: string, birth: string): Bearer {
  const birthDate = parsePlainDate(birth);
  if (birthDate === null) throw new Failure('internal.unexpected', { kind: 'foreigners' });
  return { givenNames, surname, birthDate };
}

/** Bearers of foreign specimens, no customers of the training bank. */
const foreigners = {
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
} as const satisfies Record<string, Bearer>;
type ForeignerId = keyof typeof foreigners;

/** Everyone to whom a specimen was issued. */
export type BearerId = PersonId | ForeignerId;

function rosterPerson(id: BearerId): RosterPerson | null {
  return Object.values<RosterPerson>(people).find((person) => person.id === id) ?? null;
}

function isForeigner(id: BearerId): id is ForeignerId {
  return Object.hasOwn(foreigners, id);
}

/** Name and birth date of a bearer. */
export function bearerOf(id: BearerId): Bearer {
  return isForeigner(id) ? foreigners[id] : people[id];
}

/** The bearer's place on the training roster; null for those who are no customers. */
export function rosterIdOf(id: BearerId): string | null {
  return rosterPerson(id)?.id ?? null;
}

/** The bearer's Swedish personal number, where there is one. */
export function personalNumberOf(id: BearerId): string | undefined {
  return rosterPerson(id)?.personalNumber;
}

/** The people of the training roster: everyone who holds a specimen, and two who hold none. */
export function trainingRoster(): readonly RosterPerson[] {
  return Object.values(people);
}
