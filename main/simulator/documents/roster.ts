import { people, type RosterPerson } from './people.ts';

export type { RosterPerson } from './people.ts';

/** The people of the training roster: everyone who holds a specimen, and two who hold none. */
export function trainingRoster(): readonly RosterPerson[] {
  return Object.values(people);
}
