import type { Holder } from '../holders/holder.ts';
import type { Register } from '../holders/new-holders.ts';
import { onFileAlready } from '../holders/on-file-already.ts';
import { Failure } from '../result/failure.ts';
import { type PlainDate, partsOf, plainDate } from '../result/plain-date.ts';
import type { CaseFacts } from '../verification/types.ts';

const century = 100;

/**
 * Refuses to put somebody on file whom another process has put there since the case looked: whoever is there now by the number, or by
 * name and birth date, and was not shown to those who decided. Fails with `decision.verdict-changed`: it is to be looked at once more.
 */
export function refuseKnown({ checks, document }: CaseFacts, taken: Holder, register: Register): void {
  const told = checks.filter(({ code }) => code === 'holder.on-file-already').map(({ detail }) => detail);
  const shown = told.flatMap(({ onFile }) => (Array.isArray(onFile) ? onFile : []));
  const found = onFileAlready(taken, daysOf(taken, document), register);
  // That too many bear the name to be looked at was told, or has come to be so meanwhile.
  const isOther =
    found === null ? !told.some(({ unseen }) => unseen === true) : found.some(({ id }) => !shown.includes(id));
  if (isOther) throw new Failure('decision.verdict-changed');
}

// Where nobody tells the century the document's day may be of either (`personInDocument`).
function daysOf({ birthDate }: Holder, document: CaseFacts['document']): readonly PlainDate[] {
  if (birthDate !== null) return [birthDate];
  const printed = document?.holder.birthDate ?? null;
  if (printed === null) return [];
  const { year, month, day } = partsOf(printed);
  return [printed, plainDate(year - century, month, day)].filter((each) => each !== null);
}
