import { longest } from '../result/bounds.ts';
import { asFailure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { misreadings, reread } from './keyboard-layouts.ts';
import { parseMrz } from './mrz.ts';
import { layouts } from './mrz-layout.ts';

/** A zone as a scanner typed it. */
export interface SwipedMrz {
  readonly lines: readonly string[];
  /**
   * Whether nothing else can be meant: where the computer's keyboard is another than the scanner's, letters of a name that no check
   * digit covers may be others (Y and Z of a German one).
   */
  readonly certain: boolean;
}

/** The most that stands before or behind a line: AIM's symbology identifier (`]o1`), a reader's own marks. */
const longestMark = 8;

const misread = misreadings('zone');

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f;
}

// Line ends and tabs part lines; STX, ETX and their like are nothing.
function partsOf(text: string): readonly string[] {
  return text
    .split(/[\r\n\t\v\f]+/)
    .map((part) => [...part.replace(/«/g, '<<').replace(/‹/g, '<')].filter((each) => each !== ' ' && !isControl(each)))
    .filter((part) => part.length > 0)
    .map((part) => part.join(''));
}

// Every way in which the parts may be the lines of a zone between marks that are the same for each line.
function* zonesIn(parts: readonly string[]): Generator<readonly string[]> {
  const joined = parts.join('');
  for (const { lines: count, width } of [layouts.TD3, layouts.TD1, layouts.TD2]) {
    for (let before = 0; before <= longestMark; before++) {
      const fits = ({ length }: string, wanted: number): boolean =>
        length >= before + wanted && length - before - wanted <= longestMark;
      if (parts.length === count && parts.every((part) => fits(part, width)))
        yield parts.map((part) => part.slice(before, before + width));
      else if (fits(joined, count * width))
        yield Array.from({ length: count }, (_, line) =>
          joined.slice(before + line * width, before + (line + 1) * width),
        );
    }
  }
}

// A zone whose check digits are right, or that says by itself that its document has no chip.
function isZone(lines: readonly string[], at: PlainDate): boolean {
  if (!lines.every((line) => /^[A-Za-z0-9<]+$/.test(line)) || !/^[A-Za-z]/.test(lines[0] ?? '')) return false;
  try {
    return parseMrz(lines.join('\n'), at).checkDigits.every(({ right }) => right);
  } catch (thrown) {
    return asFailure(thrown).code === 'document.no-chip';
  }
}

function zoneIn(parts: readonly string[], at: PlainDate): readonly string[] | null {
  for (const lines of zonesIn(parts)) if (isZone(lines, at)) return lines.map((line) => line.toUpperCase());
  return null;
}

/**
 * The machine readable zone in what a scanner typed: two or three lines, parted or joined, in either case, between marks before and
 * behind, and of a scanner that is set to another keyboard than the computer's. Null where there is none whose check digits are
 * right: then it is a person's typing. What the keyboard gives as it stands is believed first.
 */
export function swipedMrz(text: string, at: PlainDate): SwipedMrz | null {
  if (text.length > longest.swipe) return null;
  const parts = partsOf(text);
  const asTyped = zoneIn(parts, at);
  if (asTyped !== null) return { lines: asTyped, certain: true };
  let first: readonly string[] | null = null;
  for (const meant of misread) {
    const lines = zoneIn(
      parts.map((part) => reread(part, meant)),
      at,
    );
    if (lines === null) continue;
    if (first === null) first = lines;
    else if (first.join() !== lines.join()) return { lines: first, certain: false };
  }
  return first === null ? null : { lines: first, certain: true };
}
