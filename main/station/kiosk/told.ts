import type { CaseView } from '../../../preload/contract.ts';
import type { KioskResultWord, KioskSaid } from '../../../preload/kiosk-contract.ts';
import { isWrongKey } from '../../inspection/outcome.ts';
import type { CheckId } from '../../result/check.ts';
import type { FailureCode } from '../../result/failure-codes.ts';

/*
 * What of a case the person at the kiosk is told. What stands printed on their document, for all to see, is said as it is; all else
 * that speaks against it ends in the same words, so that nobody learns at a kiosk what gave a document away.
 */

/** What anybody reads off the document: nothing is given away by saying it. */
const onItsFace: Partial<Record<FailureCode, KioskResultWord>> = {
  'document.expired': 'document-expired',
  'document.type-not-accepted': 'document-other-kind',
};

/** How the case of a document that was read ends here: for whom it is to decide, and what the person is told. */
export function endOf(view: Pick<CaseView, 'checks' | 'verdict' | 'goOnHindrance'>): {
  readonly outcome: 'go-on' | 'refer' | 'stop';
  readonly told: KioskResultWord;
} {
  const against = view.checks.filter(({ result }) => result === 'failed' || result === 'aborted');
  const words = new Set(against.map(({ code }) => (code === null ? undefined : onItsFace[code])));
  const [word] = words;
  if (words.size === 1 && word !== undefined) return { outcome: 'stop', told: word };
  if (against.length === 0 && view.verdict?.verdict === 'accept' && view.goOnHindrance === null)
    return { outcome: 'go-on', told: 'finished' };
  return { outcome: 'refer', told: 'colleague' };
}

/** How every case ends whose person came as far as the camera: what was found there changes nothing of it. */
export const filmedEnd = { outcome: 'refer', told: 'colleague' } as const;

/** What a wrong key leaves failed: it says nothing of the document. */
const ofKey: readonly CheckId[] = ['access.pace', 'access.bac', 'access.downgrade'];

/**
 * Whether a reading that did not come to its end has shown something against the document: another try would show no more, and whoever
 * laid a copy there learns nothing by trying.
 */
export function isShownAgainst({ checks }: Pick<CaseView, 'checks'>): boolean {
  return checks.some(({ id, result }) => result === 'failed' && !ofKey.includes(id));
}

/** Whether what lay there was no travel document: another is awaited. */
export function isOtherCardRead({ reading, document }: Pick<CaseView, 'reading' | 'document'>): boolean {
  return reading.state === 'done' && document === null;
}

/** What the person is told while the document is awaited and read; null where nothing is to be said. */
export function saidOf(view: Pick<CaseView, 'reading' | 'document'>): KioskSaid | null {
  const { state, code } = view.reading;
  if (isOtherCardRead(view)) return 'other-document';
  switch (state) {
    case 'waiting':
      return code === null ? null : 'reader-away';
    case 'no-chip':
      return 'nothing-there';
    case 'interrupted':
      return 'lay-again';
    case 'failed':
      return isWrongKey(code) ? 'key-wrong' : 'try-again';
    default:
      return null;
  }
}
