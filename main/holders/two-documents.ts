import type { Check } from '../result/check.ts';
import { matchBirthDate } from './match-birth-date.ts';
import { matchName } from './match-name.ts';
import { personInDocument } from './new-holder.ts';
import type { ReadPerson } from './read-person.ts';

/**
 * Whether a second document, such as a permit to stay beside a passport, names the person of the first: by name and birth
 * date. Numbers, the order of the names and the validity of the two may rightly differ, for another state wrote them.
 */
export function matchBeside(first: ReadPerson, second: ReadPerson): readonly Check[] {
  const person = { id: '', ...personInDocument(first), personalNumber: null };
  return [matchName(person, second.mrz, second.details), matchBirthDate(person, second)];
}
