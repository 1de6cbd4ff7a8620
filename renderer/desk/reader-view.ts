import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { DeskState, ReadingView } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { bytesSoFar } from '../parts/formats.ts';
import { laidView } from './laid-view.ts';
import { stepWords } from './reading-view.ts';

/** `calm`: nothing to do; `busy`: a chip is being read; `attention`: staff can mend it; `trouble`: the reader is away. */
export type StripTone = 'calm' | 'busy' | 'attention' | 'trouble';

export interface StripView {
  readonly tone: StripTone;
  /** What is so, in one short line. */
  readonly words: string;
  /** The failure behind it, whose advice stands beside the words. */
  readonly code: FailureCode | null;
  /** Step, bytes and seconds while reading; null else. */
  readonly progress: string | null;
}

function fromReading(reading: ReadingView, view: DeskState['case'], t: Texts): StripView | null {
  switch (reading.state) {
    case 'reading': {
      const parts = [stepWords(view, t), bytesSoFar(t, reading.bytesRead, reading.bytesTotal)];
      const seconds = t('reader/seconds', { seconds: Math.round(reading.seconds) });
      const progress = [...(reading.file === null ? parts.slice(0, 1) : parts), seconds].join(' · ');
      return { tone: 'busy', words: t('reader/holdStill'), code: null, progress };
    }
    case 'interrupted':
      return { tone: 'attention', words: t('reader/layBack'), code: null, progress: null };
    case 'no-chip':
      return { tone: 'attention', words: t('reader/noAnswer'), code: null, progress: null };
    case 'failed':
      return { tone: 'attention', words: t('reader/stopped'), code: reading.code, progress: null };
    default:
      return null;
  }
}

function calmWords(state: DeskState, t: Texts, settingUp: boolean): string {
  if (state.case === null) {
    const { needed, operator } = state.session;
    // Whoever takes no cases, has to sign in first, or sets the station up, chooses no errand.
    return t(
      settingUp || (needed && operator === null) || operator?.takesCases === false
        ? 'reader/ready'
        : 'reader/readyIdle',
    );
  }
  const { step, reading, keyKind } = laidView(state.case);
  if (reading.state === 'done') return t('reader/done');
  if (step === 'second' && keyKind !== null) return t('reader/readySecond');
  const reader = state.readers.find(({ name }) => name === state.reader);
  if (reader?.state === 'card') return t('reader/card');
  if (step !== 'chip' && step !== 'second') return t('reader/ready');
  return t(keyKind === null ? 'reader/readyKey' : 'reader/readyLay');
}

/** What the reader strip shows. A reader that is away or held by others comes before everything else. */
export function stripView(
  state: DeskState,
  t: Texts,
  happened: (code: FailureCode) => string,
  settingUp = false,
): StripView {
  const hindrance = hindranceOf(state);
  const laid = state.case === null ? null : laidView(state.case);
  const torn = laid?.reading.state === 'interrupted';
  if (hindrance !== null) {
    return { tone: torn ? 'attention' : 'trouble', words: happened(hindrance), code: hindrance, progress: null };
  }
  const reading = laid === null ? null : fromReading(laid.reading, laid, t);
  return reading ?? { tone: 'calm', words: calmWords(state, t, settingUp), code: null, progress: null };
}

/**
 * What a screen reader is told of reader and chip: the strip's words, then what came back after a torn reading, and that the
 * chip makes us wait and when that is over, never the seconds between.
 */
export function announcement(strip: StripView, reading: ReadingView | null, t: Texts): string {
  const parts = [strip.words];
  const { laidBack = null, delay = null } = reading ?? {};
  if (laidBack !== null) parts.push(t(`reading/${laidBack}`));
  if (delay !== null) {
    parts.push(delay.left > 0 ? t('reading/delay', { count: delay.total }) : t('reading/delayOver'));
  }
  return parts.map((part) => part.replace(/[.?]?$/, (end) => end || '.')).join(' ');
}

function hindranceOf(state: DeskState): FailureCode | null {
  if (!state.service.available) return state.service.code ?? 'reader.service-stopped';
  const reader = state.readers.find(({ name }) => name === state.reader);
  if (reader === undefined)
    return state.readerSet === null || state.readers.length === 0 ? 'reader.none' : 'reader.not-found';
  if (reader.state === 'in-use') return 'reader.shared';
  return reader.state === 'unusable' ? 'reader.unusable' : null;
}
