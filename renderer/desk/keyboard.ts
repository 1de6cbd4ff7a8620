import { type CaseStep, caseSteps } from './steps.ts';

/** What a key asks of the desk, apart from what the focused control does with it. */
export type DeskCommand =
  | { readonly type: 'go-to'; readonly step: CaseStep }
  | { readonly type: 'back' }
  | { readonly type: 'tap' }
  | { readonly type: 'trust' }
  | { readonly type: 'queue' }
  | { readonly type: 'main-action' };

export interface KeyPress {
  readonly key: string;
  /** The place on the keyboard: with Alt held some layouts make other characters of the digits. */
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The desk's keyboard: Alt+1…5 go to a step, F2 to the holder, F6 to a second document, F7 opens and leaves the queue of referred cases, F8 the trust page, F9 taps again, Escape
 * goes back, Enter does the main action where no control has the focus. Null for every other key.
 */
export function deskCommand(press: KeyPress, onControl: boolean): DeskCommand | null {
  if (press.ctrlKey || press.metaKey || press.shiftKey) return null;
  if (press.altKey) {
    const digit = /^(?:Digit|Numpad)([1-5])$/.exec(press.code)?.[1];
    const step = digit === undefined ? undefined : caseSteps[Number(digit) - 1];
    return step === undefined ? null : { type: 'go-to', step };
  }
  if (press.key === 'F2') return { type: 'go-to', step: 'holder' };
  if (press.key === 'F6') return { type: 'go-to', step: 'second' };
  if (press.key === 'F7') return { type: 'queue' };
  if (press.key === 'F8') return { type: 'trust' };
  if (press.key === 'F9') return { type: 'tap' };
  if (press.key === 'Escape') return { type: 'back' };
  if (press.key === 'Enter' && !onControl) return { type: 'main-action' };
  return null;
}
