import { longest } from '../../main/result/bounds.ts';

/** Keys that have come so fast one after the other that no person typed them. */
export interface Swipe {
  readonly text: string;
  /** When the last of them came, in milliseconds of the page's clock. */
  readonly at: number;
}

export const noSwipe: Swipe = { text: '', at: Number.NEGATIVE_INFINITY };

/** So long after its last key a scanner has come to its end; slow ones (Bluetooth) send a key every 50 to 80 ms. */
export const swipeEndsAfterMillis = 120;

/** The least that a zone has: two lines of 36 (9303-6 §4.2). */
const fewestCharacters = 72;
/** After so many an Enter or Tab ends a line, and is nobody's wish. */
const surelyMachine = 30;

export interface SwipeKey {
  readonly key: string;
  readonly at: number;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  /** Whether a field has the focus: then its letters are the field's, and only the end of a line is nobody's wish. */
  readonly inField: boolean;
  /** How much at most is kept: the zone of a document, unless more is listened for. */
  readonly most?: number;
}

/**
 * Takes a key. `swallow`: it belongs to a swipe, and must not press the button that has the focus, or hand a field in. What
 * is longer than any swipe is counted no further: ten thousand letters are as many as four hundred, where a zone is all that may come.
 */
export function hearKey(swipe: Swipe, press: SwipeKey): { readonly swipe: Swipe; readonly swallow: boolean } {
  const { key, at, most = longest.swipe } = press;
  const follows = at - swipe.at <= swipeEndsAfterMillis;
  const before = follows ? swipe.text : '';
  const isMachine = before.length >= surelyMachine && !/ /.test(before.slice(-surelyMachine));
  if (key === 'Enter' || key === 'Tab') {
    if (!isMachine) return { swipe: noSwipe, swallow: false };
    return { swipe: { text: grown(before, '\n', most), at }, swallow: true };
  }
  // Shift comes between the letters, and AltGr makes some of them.
  if (key.length !== 1) return { swipe: follows ? { text: before, at } : noSwipe, swallow: false };
  if (press.metaKey || (press.ctrlKey && !press.altKey)) return { swipe: noSwipe, swallow: false };
  return { swipe: { text: grown(before, key, most), at }, swallow: isMachine && !press.inField };
}

function grown(text: string, key: string, most: number): string {
  return text.length >= most ? text : text + key;
}

/** What was swiped once no key has followed for a while; null where it was no swipe. */
export function swiped({ text }: Swipe): string | null {
  return charactersIn(text) >= fewestCharacters ? text : null;
}

/** Characters that may be of a zone: blanks and ends of lines are not. */
function charactersIn(text: string): number {
  return text.replace(/\s/g, '').length;
}

/** Whether a text in a field may be a whole zone, as whatever keyboard wrote it: then Enter hands it in. */
export function mayBeZone(text: string): boolean {
  return charactersIn(text) >= fewestCharacters;
}

/** Whether a text in a field is a line of a zone: no person's name or number is so long without a blank. An Enter behind it ends a line. */
export function isZoneLine(text: string): boolean {
  return /^\S{30,}$/.test(text.trim());
}
