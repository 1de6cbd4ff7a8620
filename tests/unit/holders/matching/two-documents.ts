import { matchBirthDate } from '../../../../main/holders/match-birth-date.ts';
import { matchName } from '../../../../main/holders/match-name.ts';
import { personInDocument } from '../../../../main/holders/new-holder.ts';
import type { ReadPerson } from '../../../../main/holders/read-person.ts';
import type { Check } from '../../../../main/result/check.ts';

/**
 * What a case of two documents will ask of the rules; no case has two yet.
 *
 * Whether a second document, such as a permit to stay beside a passport, names the person of the first: by name and birth
 * date. Numbers, the order of the names and the validity of the two may rightly differ, for another state wrote them.
 */
export function matchBeside(first: ReadPerson, second: ReadPerson): readonly Check[] {
  const person = { id: '', ...personInDocument(first), personalNumber: null };
  return [matchName(person, second.mrz, second.details), matchBirthDate(person, second)];
}
