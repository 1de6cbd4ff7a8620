import type { Mrz, PersonalDetails } from '../document/types.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Holder } from './holder.ts';
import { readTwelveDigits } from './numbers/sweden.ts';

const id = 'holder.birth-date';

/**
 * `holder.birth-date`: the date on file, or where there is none the day that the personal number names, against DG1,
 * completed by DG11. A different date is `failed`, unless the difference may come from the number: its day may be a
 * neighbour in the same month (folkbokföringslagen 1991:481 18 §), and registers fill the birth date from it. Then it is
 * `undetermined`, for staff to look at; so is a date that differs by the century alone, where only the MRZ tells it.
 */
export function matchBirthDate(holder: Holder, mrz: Mrz, details: PersonalDetails | null): Check {
  const inDocument = dateInDocument(mrz, details);
  const number = holder.personalNumber === null ? null : readTwelveDigits(holder.personalNumber);
  const named = number?.valid ? number.namedDay : null;
  const onFile = holder.birthDate ?? named;
  if (inDocument === null || onFile === null)
    return unsuccessful(id, 'undetermined', 'holder.birth-date-unknown', {
      onFile: onFile !== null,
      inDocument: mrz.birthDate.printed,
    });

  const fileSource = holder.birthDate === null ? 'personal number' : 'birth date';
  if (inDocument.date === onFile) return successful(id, { source: inDocument.source, onFileFrom: fileSource });
  // The MRZ has no century: of whoever is older than 99 the day that was read from it is that of a child, and of a child it
  // may be that of a grandparent. Two digits say which of them neither way.
  const printedSame = inDocument.source === 'DG1' && onFile.slice(2).replaceAll('-', '') === mrz.birthDate.printed;
  if (printedSame) {
    const century = { onFile, inDocument: mrz.birthDate.printed, onFileFrom: fileSource };
    return unsuccessful(id, 'undetermined', 'holder.birth-date-century', century);
  }
  const detail = { source: inDocument.source, inDocument: inDocument.date, onFile, onFileFrom: fileSource };
  const sameMonth = onFile.slice(0, 7) === inDocument.date.slice(0, 7);
  const mayComeFromNumber = holder.birthDate === null || (onFile === named && sameMonth);
  return unsuccessful(id, mayComeFromNumber ? 'undetermined' : 'failed', 'holder.birth-date-differs', detail);
}

/** The birth date that a document states. DG11 writes the century; where it contradicts DG1 neither is relied on. */
export function dateInDocument(
  mrz: Mrz,
  details: PersonalDetails | null,
): { readonly source: string; readonly date: PlainDate } | null {
  const additional = details?.birthDate?.date ?? null;
  if (additional === null) return mrz.birthDate.date === null ? null : { source: 'DG1', date: mrz.birthDate.date };
  const printed = additional.slice(2).replaceAll('-', '');
  const agrees = [...mrz.birthDate.printed].every((digit, index) => !/\d/.test(digit) || digit === printed[index]);
  return agrees ? { source: 'DG11', date: additional } : null;
}
