import type { TypedMrz } from '../../preload/contract.ts';

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

/** A piece of a line that was typed: what may be wrong stands by itself. */
export interface LinePiece {
  /** Where it begins, counted from 1. */
  readonly position: number;
  readonly text: string;
  /** `likely`: nothing else fits but another character; `unsure`: one of several that may be wrong. */
  readonly mark: 'likely' | 'unsure' | null;
}

// 9303-3 §4.9: the values of 6 and G, of 1 and L, of 8 and S differ by a whole ten, which no check digit sees.
const unseen = '6G1L8S';
/** In the second line of a passport, and the first of a card of three: where the number stands (9303-4, -5, -6 §4.2). */
const numberPlaces = [
  { lines: 3, line: 0, from: 5, to: 14 },
  { lines: 2, line: 1, from: 0, to: 9 },
] as const;

/** The places of a document's number, counted from 1, at which a check digit tells nothing of a look-alike. */
export function unseenPlaces(text: string): readonly { readonly line: number; readonly position: number }[] {
  const lines = tidyMrz(text).split('\n');
  const places = numberPlaces.find((each) => each.lines === lines.length);
  if (places === undefined) return [];
  const { line, from, to } = places;
  return [...(lines[line] ?? '').slice(from, to)].flatMap((character, index) =>
    unseen.includes(character) ? [{ line: line + 1, position: from + index + 1 }] : [],
  );
}

/**
 * The lines as they were typed, cut where something may be wrong. `rejected`: the chip refused these lines although their check
 * digits are right.
 */
export function markedLines(
  text: string,
  slips: TypedMrz['slips'],
  rejected: boolean,
): readonly (readonly LinePiece[])[] {
  const lines = tidyMrz(text).split('\n');
  const others = rejected && slips.length === 0 ? unseenPlaces(text) : [];
  return lines.map((characters, index) => {
    const marks = new Map<number, LinePiece['mark']>();
    for (const { line, position } of others) if (line === index + 1) marks.set(position, 'unsure');
    for (const { line, position, sure } of slips)
      if (line === index + 1) marks.set(position, sure ? 'likely' : 'unsure');
    const pieces: LinePiece[] = [];
    for (const [at, character] of [...characters].entries()) {
      const mark = marks.get(at + 1) ?? null;
      const last = pieces.at(-1);
      if (last !== undefined && last.mark === null && mark === null)
        pieces[pieces.length - 1] = { ...last, text: last.text + character };
      else pieces.push({ position: at + 1, text: character, mark });
    }
    return pieces;
  });
}
