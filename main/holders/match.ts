import type { Mrz, PersonalDetails } from '../document/types.ts';
import { type Check, type CheckId, unsuccessful } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Holder } from './holder.ts';
import { matchBirthDate } from './match-birth-date.ts';
import { matchName } from './match-name.ts';
import { matchPersonalNumber } from './match-personal-number.ts';
import { matchStatus } from './match-status.ts';

const compared: readonly CheckId[] = ['holder.personal-number', 'holder.name', 'holder.birth-date'];
const allIds: readonly CheckId[] = [...compared, 'holder.status'];

/**
 * Whether the document is the holder's: three checks, each with what was compared, and a fourth of what the register says of
 * the person. `holder` is null for a person who is
 * not on file, `mrz` where DG1 was not read. `details` must come from a DG11 whose hash EF.SOD lists and confirms, else be
 * null: what is not signed proves nothing. Only all three together say that it is: a number may have been given twice, and
 * names and birth dates are shared by many.
 */
export function matchHolder(facts: {
  readonly holder: Holder | null;
  readonly mrz: Mrz | null;
  readonly details: PersonalDetails | null;
  readonly today: PlainDate;
}): readonly Check[] {
  const { holder, mrz, details, today } = facts;
  if (holder === null) return undetermined(allIds, 'holder.not-found');
  const status = matchStatus(holder);
  if (mrz === null) return [...undetermined(compared, 'document.not-read'), status];
  const person = { mrz, details, today };
  return [matchPersonalNumber(holder, person), matchName(holder, mrz, details), matchBirthDate(holder, person), status];
}

function undetermined(ids: readonly CheckId[], code: FailureCode): readonly Check[] {
  return ids.map((id) => unsuccessful(id, 'undetermined', code));
}
