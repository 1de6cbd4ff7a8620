import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { CaseView, ReadingView } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { isProvenCopy } from './bad-news.ts';

/**
 * What the chip step shows. `no-document`: the chip answered and holds no travel document; `new-kind`: it is of a kind that
 * nobody here knows.
 */
export type ChipPanel =
  | 'key'
  | 'waiting'
  | 'no-chip'
  | 'reading'
  | 'interrupted'
  | 'failed'
  | 'no-document'
  | 'new-kind'
  | 'done';

/** Whether the case rests on an earlier reading. */
export function isReused({ reuse }: Pick<CaseView, 'reuse'>): boolean {
  return reuse !== null && reuse.used !== null;
}

/** Which face the chip step wears; `typing` is staff's wish to change the key. */
export function chipPanel(view: CaseView, typing: boolean): ChipPanel {
  const { state } = view.reading;
  if (state === 'reading' || state === 'interrupted') return state;
  // Nothing was typed for a reading of before.
  if (isReused(view) && !typing) return 'done';
  if (typing || view.keyKind === null) return 'key';
  if (state === 'idle') return 'waiting';
  // A copy that broke off after it had failed its proof is no reading that went wrong.
  if (state === 'failed' && isProvenCopy(view)) return 'done';
  if (state !== 'done') return state;
  const has = (wanted: FailureCode): boolean => view.checks.some(({ code }) => code === wanted);
  if (has('document.new-kind')) return 'new-kind';
  return has('document.no-application') ? 'no-document' : 'done';
}

/** Whether the chip refused what was typed in this way last: what is wrong in it no check digit has told. */
export function isRejected(
  { keyKind, reading }: Pick<CaseView, 'keyKind' | 'reading'>,
  way: CaseView['keyKind'],
): boolean {
  const { code } = reading;
  return keyKind === way && (code === 'access.wrong-key' || code === 'access.wrong-key-maybe');
}

export interface StepLine {
  readonly step: ReadingView['steps'][number]['step'];
  readonly words: string;
  readonly state: 'waiting' | 'under-way' | 'ended';
}

function wordsOf(step: StepLine['step'], view: CaseView, t: Texts): string {
  const words = t(`steps/${step}`);
  return step === 'access' && view.access !== null ? `${words} · ${view.access.protocol}` : words;
}

/** The reading's steps as words, with what is known of each. */
export function stepLines(view: CaseView, t: Texts): readonly StepLine[] {
  return view.reading.steps.map(({ step, state }) => ({ step, state, words: wordsOf(step, view, t) }));
}

/** The step under way, in words; the reading in general where none is. */
export function stepWords(view: CaseView | null, t: Texts): string {
  const step = view?.reading.steps.find(({ state }) => state === 'under-way');
  return view === null || step === undefined ? t('reader/reading') : wordsOf(step.step, view, t);
}

/** What was seen of a card of a new kind, in lines for whoever tells IT of it: nothing of its holder. */
export function seenOfCard({ checks }: Pick<CaseView, 'checks'>, t: Texts): readonly string[] {
  const detail = checks.find(({ id, code }) => id === 'document.type' && code === 'document.new-kind')?.detail ?? {};
  const { answered, listed, answerToReset, printed } = detail;
  const lines: readonly (readonly [string, unknown])[] = [
    [t('reading/seenAnswered'), answered],
    [t('reading/seenListed'), listed],
    [t('reading/seenReset'), answerToReset],
    [t('reading/seenPrinted'), printed === undefined ? null : Object.values(printed ?? {}).join(' ')],
  ];
  return lines.flatMap(([name, value]) => (typeof value === 'string' && value !== '' ? [`${name}: ${value}`] : []));
}
