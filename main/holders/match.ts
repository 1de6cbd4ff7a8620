import type { Mrz, PersonalDetails } from '../document/types.ts';
import { type Check, type CheckId, unsuccessful } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Holder } from './holder.ts';
import { matchBirthDate } from './match-birth-date.ts';
import { matchName } from './match-name.ts';
import { matchPersonalNumber } from './match-personal-number.ts';

const ids: readonly CheckId[] = ['holder.personal-number', 'holder.name', 'holder.birth-date'];

/**
 * Whether the document is the holder's: three checks, each with what was compared. `holder` is null for a person who is
 * not on file, `mrz` where DG1 was not read. `details` must come from a DG11 whose hash EF.SOD lists and confirms, else be
 * null: what is not signed proves nothing.
 */
export function matchHolder(facts: {
  readonly holder: Holder | null;
  readonly mrz: Mrz | null;
  readonly details: PersonalDetails | null;
}): readonly Check[] {
  const { holder, mrz, details } = facts;
  if (holder === null) return undetermined('holder.not-found');
  if (mrz === null) return undetermined('document.not-read');
  return [
    matchPersonalNumber(holder, mrz, details),
    matchName(holder, mrz, details),
    matchBirthDate(holder, mrz, details),
  ];
}

function undetermined(code: FailureCode): readonly Check[] {
  return ids.map((id) => unsuccessful(id, 'undetermined', code));
}
