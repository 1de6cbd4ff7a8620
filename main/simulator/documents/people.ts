import { Failure } from '../../result/failure.ts';
import { type PlainDate, parsePlainDate } from '../../result/plain-date.ts';

/** A person of the training roster, as the bank would have them on file. */
export interface RosterPerson {
  readonly id: string;
  /** Twelve digits, from Skatteverket's published test series. */
  readonly personalNumber: string;
  readonly givenNames: string;
  readonly surname: string;
  readonly birthDate: PlainDate;
}

function person(id: string, personalNumber: string, givenNames: string, surname: string): RosterPerson {
  const date = `${personalNumber.slice(0, 4)}-${personalNumber.slice(4, 6)}-${personalNumber.slice(6, 8)}`;
  const birthDate = parsePlainDate(date);
  if (birthDate === null) throw new Failure('internal.unexpected', { kind: 'roster' });
  return { id, personalNumber, givenNames, surname, birthDate };
}

/**
 * Invented people. Their numbers are test numbers that Skatteverket publishes (open data set "Testpersonnummer", also in
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
export type PersonId = keyof typeof people;
