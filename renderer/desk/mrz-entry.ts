/** What can be told of a zone while it is typed. Whether its check digits are right is for the main process to say. */
export type MrzEntry =
  | { readonly state: 'empty' }
  | { readonly state: 'growing'; readonly lines: readonly LineEntry[] }
  | { readonly state: 'strange'; readonly line: number; readonly position: number }
  | { readonly state: 'whole' };

export interface LineEntry {
  readonly line: number;
  readonly count: number;
  /** What the line should come to: 30, 36 or 44; null while that cannot be told. */
  readonly width: number | null;
}

// 9303-5, -6, -4 §4.2: three lines of 30, two of 36, two of 44.
const formats = [
  { lines: 3, width: 30 },
  { lines: 2, width: 36 },
  { lines: 2, width: 44 },
] as const;

/** What was typed, with the characters that a keyboard or a swipe leaves behind taken out. */
export function tidyMrz(text: string): string {
  const plain = text.replace(/«/g, '<<').replace(/‹/g, '<').replace(/[ \t]/g, '').toUpperCase();
  return plain.replace(/[\r\n]+/g, '\n').replace(/^\n|\n$/g, '');
}

/** Whether all lines of a format are there, on lines of their own or joined: Enter then goes on. */
export function isMrzWhole(text: string): boolean {
  const lines = tidyMrz(text).split('\n');
  return formats.some(({ lines: count, width }) => {
    if (lines.length === 1) return lines[0]?.length === count * width;
    return lines.length === count && lines.every((line) => line.length === width);
  });
}

// Finished lines have the width of their format; a passport's zone begins with P.
function widthOf(lines: readonly string[]): number | null {
  const first = lines[0] ?? '';
  if (lines.length > 1) return formats.find(({ width }) => first.length === width)?.width ?? null;
  return first.startsWith('P') ? 44 : null;
}

/** How far the typing has come. */
export function mrzEntry(text: string): MrzEntry {
  const tidy = tidyMrz(text);
  if (tidy === '') return { state: 'empty' };
  const lines = tidy.split('\n');
  for (const [index, line] of lines.entries()) {
    const strange = /[^A-Z0-9<]/.exec(line);
    if (strange !== null) return { state: 'strange', line: index + 1, position: strange.index + 1 };
  }
  if (isMrzWhole(tidy)) return { state: 'whole' };
  const width = widthOf(lines);
  return { state: 'growing', lines: lines.map((line, index) => ({ line: index + 1, count: line.length, width })) };
}
