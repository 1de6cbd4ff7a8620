import type { PlainDate } from '../result/plain-date.ts';

/** A person of the training roster, as the bank would have them on file. */
export interface RosterPerson {
  readonly id: string;
  readonly personalNumber: string;
  readonly givenNames: string;
  readonly surname: string;
  readonly birthDate: PlainDate;
}

/** The people of the training roster: everyone who holds a specimen, and two who hold none. */
export function trainingRoster(): readonly RosterPerson[] {
  throw new Error('being written');
}
