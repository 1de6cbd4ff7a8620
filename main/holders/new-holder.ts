import { longest } from '../result/bounds.ts';
import { type Check, type CheckId, unsuccessful } from '../result/check.ts';
import { numberInDocument } from './document-numbers.ts';
import type { Holder } from './holder.ts';
import { dateInDocument, isOnlyCentury, matchBirthDate } from './match-birth-date.ts';
import { matchName, namesContradict } from './match-name.ts';
import { allNumbers, currentNumber } from './match-personal-number.ts';
import { looseForm, wordsOf } from './name-words.ts';
import { numberKey } from './numbers/read-number.ts';
import type { ReadPerson } from './read-person.ts';

/** A person as a document names them, before the register has given them an id. */
export type PersonInDocument = Omit<Holder, 'id'>;

/** Who a document is about, and who on file may be the same person. */
export interface NewHolder {
  readonly person: PersonInDocument;
  readonly onFile: readonly Holder[];
  /** So many on file bear the name that nobody looked whether one of them is this person. */
  readonly tooMany: boolean;
  /** DG11 names another person than DG1. */
  readonly namesContradict: boolean;
}

const mostWords = 8;

// Two digits of a year are nothing to put on file where they can be those of a child and of somebody of a hundred.
function certainBirthDate(read: ReadPerson): PersonInDocument['birthDate'] {
  const inDocument = dateInDocument(read);
  return inDocument !== null && isOnlyCentury(inDocument, read.today) ? inDocument.date : null;
}

/**
 * The person that a document names: the full name of DG11 where it is there, else as the MRZ writes it (9303-3 §6 gives other
 * letters) or contradicts it; and the number of the document's own state where it has one that is right and one alone.
 */
export function personInDocument(read: ReadPerson): PersonInDocument {
  const { mrz, details } = read;
  const found = numberInDocument(read);
  const full = details?.fullName ?? null;
  const written = full !== null && (full.surname !== '' || full.givenNames !== '') && !namesContradict(mrz, details);
  const name = written ? full : mrz.name;
  const number = found.state === 'one' ? found.number : null;
  return {
    personalNumber: number?.country === 'SWE' ? number.key : null,
    givenNames: name.givenNames.slice(0, longest.personName),
    surname: name.surname.slice(0, longest.personName),
    birthDate: certainBirthDate(read),
    fromDocument: true,
    ...(number === null || number.country === 'SWE' ? {} : { numbers: [currentNumber(number)] }),
  };
}

/** The words by which whoever bears this name may be on file: of the surname, or where there is none of the given names. */
export function wordsToLookFor({ mrz, details }: ReadPerson): readonly string[] {
  const names = [mrz.name, details?.fullName ?? null].flatMap((name) => (name === null ? [] : [name]));
  const words = names.flatMap(({ surname, givenNames }) => wordsOf(surname === '' ? givenNames : surname));
  return [...new Set(words.map(looseForm))].slice(0, mostWords);
}

/** Whether somebody on file bears the document's name and may be born on its day: perhaps the same person. */
export function isLikePerson(holder: Holder, read: ReadPerson): boolean {
  return (
    matchName(holder, read.mrz, read.details).result !== 'failed' && matchBirthDate(holder, read).result !== 'failed'
  );
}

/**
 * The holder checks of a person who is not on file yet. They do not apply, and are not there; where somebody on file bears the
 * number, or the name and birth date, whether that is the same person is open and for people to say; so it is where too many
 * bear the name to be looked at.
 */
export function newHolderChecks(found: NewHolder): readonly Check[] {
  const { person, onFile, tooMany, namesContradict: contradict } = found;
  const open = (id: CheckId, holders: readonly Holder[], unseen = false): Check[] =>
    holders.length === 0 && !unseen
      ? []
      : [
          unsuccessful(id, 'undetermined', 'holder.on-file-already', {
            onFile: holders.map((holder) => holder.id),
            ...(unseen ? { unseen } : {}),
          }),
        ];
  const ofPerson = new Set(allNumbers(person).map(numberKey));
  // Also by a number that somebody had before.
  const sameNumber = onFile.filter((holder) => allNumbers(holder).some((number) => ofPerson.has(numberKey(number))));
  const sameName = onFile.filter((holder) => !sameNumber.includes(holder));
  return [
    ...open('holder.personal-number', sameNumber),
    ...(contradict
      ? [unsuccessful('holder.name', 'undetermined', 'holder.name-contradicts')]
      : open('holder.name', sameName, tooMany)),
    ...open('holder.birth-date', sameName, tooMany),
  ];
}
