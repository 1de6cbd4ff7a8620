import { type Foreigner, type ForeignerId, foreigners } from './foreigners.ts';
import { type PersonId, people, type RosterPerson } from './people.ts';

/** Everyone to whom a specimen was issued. */
export type BearerId = PersonId | ForeignerId;

function rosterPerson(id: BearerId): RosterPerson | null {
  return Object.values<RosterPerson>(people).find((person) => person.id === id) ?? null;
}

function isForeigner(id: BearerId): id is ForeignerId {
  return Object.hasOwn(foreigners, id);
}

/** Name and birth date of a bearer. */
export function bearerOf(id: BearerId): Foreigner {
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
