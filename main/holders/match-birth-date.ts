import { type Check, successful, unsuccessful } from '../result/check.ts';
import { addYears, type PlainDate, partsOf, plainDate } from '../result/plain-date.ts';
import { numberInDocument, statedBirthDate } from './document-numbers.ts';
import type { Holder } from './holder.ts';
import { readTwelveDigits } from './numbers/sweden.ts';
import type { ReadPerson } from './read-person.ts';

const id = 'holder.birth-date';
const century = 100;
/** Hardly anybody has become older; nobody holds a passport at this age. */
const oldestBearer = 120;

/** A birth date that a document states. `centuryTold`: it says which century; else the latest that can be is taken. */
export interface DateInDocument {
  readonly source: 'DG1' | 'DG1 and number' | 'DG11';
  readonly date: PlainDate;
  readonly centuryTold: boolean;
}

/**
 * `holder.birth-date`: the date on file, or where there is none the day that the personal number names, against DG1,
 * completed by DG11 or by the century of the document's own number. A different date is `failed`, unless the difference may
 * come from the number: its day may be a neighbour in the same month (folkbokföringslagen 1991:481 18 §), and registers fill
 * the birth date from it. Then it is `undetermined`, for staff to look at; so is a date whose century nobody tells, and of
 * which two can be.
 */
export function matchBirthDate(holder: Holder, person: ReadPerson): Check {
  const { mrz } = person;
  const inDocument = dateInDocument(person);
  const number = holder.personalNumber === null ? null : readTwelveDigits(holder.personalNumber);
  const named = number?.valid ? number.namedDay : null;
  const onFile = holder.birthDate ?? named;
  if (inDocument === null || onFile === null)
    return unsuccessful(id, 'undetermined', 'holder.birth-date-unknown', {
      onFile: onFile !== null,
      inDocument: mrz.birthDate.printed,
    });

  const fileSource = holder.birthDate === null ? 'personal number' : 'birth date';
  const same = inDocument.date === onFile;
  if (same && isOnlyCentury(inDocument, person.today))
    return successful(id, { source: inDocument.source, onFileFrom: fileSource });
  // The MRZ has no century: of whoever is older than 99 the day that was read from it is that of a child, and of a child it
  // may be that of a grandparent. Two digits say which of them neither way.
  const printedSame = !inDocument.centuryTold && onFile.slice(2).replaceAll('-', '') === mrz.birthDate.printed;
  if (printedSame) {
    const open = { onFile, inDocument: mrz.birthDate.printed, onFileFrom: fileSource };
    return unsuccessful(id, 'undetermined', 'holder.birth-date-century', open);
  }
  const detail = { source: inDocument.source, inDocument: inDocument.date, onFile, onFileFrom: fileSource };
  const sameMonth = onFile.slice(0, 7) === inDocument.date.slice(0, 7);
  const mayComeFromNumber = holder.birthDate === null || (onFile === named && sameMonth);
  return unsuccessful(id, mayComeFromNumber ? 'undetermined' : 'failed', 'holder.birth-date-differs', detail);
}

/**
 * The birth date that a document states. DG11 writes the century, and where it contradicts DG1 neither is relied on; else
 * the number of the document's own state may tell it; else it is the latest that can be.
 */
export function dateInDocument(person: ReadPerson): DateInDocument | null {
  const { mrz, details } = person;
  if ((details?.birthDate?.date ?? null) !== null) {
    const stated = statedBirthDate(person);
    return stated === null ? null : { source: 'DG11', date: stated, centuryTold: true };
  }
  const { date } = mrz.birthDate;
  if (date === null) return null;
  const told = dateByNumber(person, date);
  return told === null
    ? { source: 'DG1', date, centuryTold: false }
    : { source: 'DG1 and number', date: told, centuryTold: true };
}

// A number may name a neighbour of the real day, never another year: of it the century alone is taken.
function dateByNumber(person: ReadPerson, date: PlainDate): PlainDate | null {
  const found = numberInDocument(person);
  if (found.state !== 'one' || found.number.birth.known !== 'certain') return null;
  const { year } = partsOf(found.number.birth.date);
  const read = partsOf(date);
  return year % century === read.year % century ? plainDate(year, read.month, read.day) : null;
}

/** Whether no other century can be: a date that was supposed to be the latest could as well be a hundred years older, while anybody may be as old as that. */
export function isOnlyCentury({ date, centuryTold }: DateInDocument, today: PlainDate): boolean {
  return centuryTold || addYears(date, oldestBearer - century) <= today;
}
