import type { CheckId } from '../../main/result/check.ts';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { CaseView, CheckView } from '../../preload/contract.ts';
import type { Words } from '../parts/language.ts';
import { reasonSentence, verdictSentence } from './verdict-view.ts';

/** What speaks against the document or the person once the chip is read: told before anything else. */
export interface BadNews {
  readonly verdict: 'refer' | 'reject';
  /** The worst of it in one sentence. */
  readonly sentence: string;
  /** What failed besides, a sentence each. */
  readonly others: readonly string[];
  /** What staff do and customers hear. */
  readonly code: FailureCode;
}

type Failed = CheckView & { readonly code: FailureCode };

// The comparison of faces comes later, and has a question of its own.
function failedChecks({ checks, verdict }: CaseView): readonly Failed[] {
  return checks.filter(
    (check): check is Failed =>
      check.result === 'failed' &&
      check.code !== null &&
      !check.id.startsWith('face.') &&
      verdict?.passedOver.includes(check.id) !== true,
  );
}

const copyProofs: ReadonlySet<CheckId> = new Set(['chip-authentication', 'active-authentication', 'pace-cam']);

/** Whether the chip was asked for a proof that it is no copy, and failed it: reading it again makes it no better. */
export function isProvenCopy({ checks }: Pick<CaseView, 'checks'>): boolean {
  return checks.some(({ id, result }) => result === 'failed' && copyProofs.has(id));
}

/** The bad news of a case whose chip is read; null where nothing failed, or where what failed is passed over. */
export function badNews(view: CaseView, words: Words): BadNews | null {
  const { verdict } = view;
  if (verdict === null || verdict.verdict === 'accept') return null;
  const failed = failedChecks(view);
  const worst = failed.find(({ id }) => id === verdict.decidedBy) ?? failed[0];
  if (worst === undefined) return null;
  // The verdict's own sentence where it rests on this; else a colleague's matter that nothing else has hidden.
  const decides = worst.id === verdict.decidedBy && verdict.reasons[0] === worst.code;
  const sentence = decides ? verdictSentence(view, words) : null;
  return {
    verdict: verdict.verdict,
    sentence: sentence ?? reasonSentence(worst.code, view, words),
    others: failed.filter((check) => check !== worst).map(({ code }) => reasonSentence(code, view, words)),
    code: worst.code,
  };
}
