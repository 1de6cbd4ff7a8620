import { matchSecondDocument } from '../holders/two-documents.ts';
import type { Inspection } from '../inspection/types.ts';
import { type Check, successful, unsuccessful } from '../result/check.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Verdict } from './types.ts';

type Read = Pick<Inspection, 'mrz' | 'details' | 'checks'>;

/**
 * The checks of a second document as it is judged beside a passport: that it is a residence permit, which proves nobody alone,
 * does not stand against it there.
 */
export function checksBeside(checks: readonly Check[]): readonly Check[] {
  return checks.map((check) =>
    check.code === 'document.residence-permit' ? successful(check.id, check.detail) : check,
  );
}

/**
 * `document.second`: whether the second document is genuine, in date and read, as the policy for documents says of
 * `checksBeside`, and names the person of the first (`matchSecondDocument`).
 */
export function secondDocumentCheck(first: Read, second: Read, proved: Verdict, today: PlainDate): Check {
  const id = 'document.second';
  if (first.mrz === null) return unsuccessful(id, 'undetermined', 'document.not-read');
  if (second.mrz === null) return unsuccessful(id, 'undetermined', 'document.second-not-read');
  if (proved.verdict !== 'accept') {
    const result = proved.verdict === 'reject' ? 'failed' : 'undetermined';
    return unsuccessful(id, result, 'document.second-not-proved', { reasons: proved.reasons });
  }
  return matchSecondDocument(
    { mrz: first.mrz, details: first.details, today },
    { mrz: second.mrz, details: second.details, today },
  );
}
