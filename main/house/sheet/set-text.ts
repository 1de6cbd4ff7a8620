import { create, type Font } from 'fontkit';
import { drawableText } from './drawable-text.ts';
import type { SheetFonts, Style } from './sheet-fonts.ts';

/** Characters of one line that one file of type draws. */
export interface Run {
  readonly face: string;
  readonly text: string;
  readonly width: number;
  /** From the top of the line to where the letters stand. */
  readonly ascent: number;
}

/** A text in lines that fit. */
export interface SetText {
  readonly lines: readonly (readonly Run[])[];
  readonly undrawn: number;
}

/** One file of type by the name that the pages know it by. */
export interface Face {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Sets text in the type at hand. */
export interface TypeSetter {
  readonly faces: readonly Face[];
  /** Breaks between words, and in a word that is longer than a line; a line feed begins a new line. */
  readonly set: (text: string, style: Style, size: number, width: number) => SetText;
}

interface KnownFace extends Face {
  readonly font: Font;
  readonly letters: ReadonlySet<number>;
  /** How far each letter that was asked for goes, in parts of the type's size. */
  readonly advances: Map<number, number>;
}

/** Sets text in these fonts. */
export function typeSetter(fonts: SheetFonts): TypeSetter {
  const known = new Map<Uint8Array, KnownFace>();
  const faceOf = (bytes: Uint8Array): KnownFace => {
    const made = known.get(bytes);
    if (made !== undefined) return made;
    const font = create(Buffer.from(bytes)) as Font;
    const face = { name: `face-${known.size}`, bytes, font, letters: new Set(font.characterSet), advances: new Map() };
    known.set(bytes, face);
    return face;
  };
  const styles: Readonly<Record<Style, readonly KnownFace[]>> = {
    plain: fonts.plain.map(faceOf),
    strong: fonts.strong.map(faceOf),
    mono: fonts.mono.map(faceOf),
  };
  return {
    faces: [...known.values()],
    set: (text, style, size, width) => {
      const faces = styles[style];
      const [first] = faces;
      if (first === undefined) throw new RangeError(`no type for ${style}`);
      const faceFor = (codePoint: number) => faces.find(({ letters }) => letters.has(codePoint));
      const runsOf = (part: string): readonly Run[] =>
        byFace(part, (codePoint) => faceFor(codePoint) ?? first).map(({ face, text: run }) => ({
          face: face.name,
          text: run,
          width: (face.font.layout(run).advanceWidth / face.font.unitsPerEm) * size,
          ascent: (face.font.ascent / face.font.unitsPerEm) * size,
        }));
      let undrawn = 0;
      const lines = text.split('\n').flatMap((paragraph) => {
        const drawable = drawableText(paragraph, (codePoint) => faceFor(codePoint) !== undefined);
        undrawn += drawable.undrawn;
        const advance = (codePoint: number): number => {
          const { font, advances } = faceFor(codePoint) ?? first;
          const far = advances.get(codePoint) ?? font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm;
          advances.set(codePoint, far);
          return far;
        };
        return broken(drawable.text, width / size, advance);
      });
      return { lines: lines.map(runsOf), undrawn };
    },
  };
}

/** The width of a line. */
export function widthOf(line: readonly Run[]): number {
  return line.reduce((sum, { width }) => sum + width, 0);
}

function byFace(text: string, faceFor: (codePoint: number) => KnownFace) {
  const runs: { readonly face: KnownFace; text: string }[] = [];
  for (const character of text) {
    const face = faceFor(character.codePointAt(0) ?? 0);
    const last = runs.at(-1);
    if (last?.face === face) last.text += character;
    else runs.push({ face, text: character });
  }
  return runs;
}

// Letter by letter, without the kerning that draws some of them nearer: a line is shaped once, when it is known.
function broken(text: string, width: number, advance: (codePoint: number) => number): readonly string[] {
  const lines: string[] = [''];
  let used = 0;
  const long = (part: string): number =>
    [...part].reduce((sum, character) => sum + advance(character.codePointAt(0) ?? 0), 0);
  const put = (part: string): boolean => {
    if (used + long(part.trimEnd()) > width) return false;
    lines.push(`${lines.pop()}${part}`);
    used += long(part);
    return true;
  };
  const next = (part: string): void => {
    lines.push(part);
    used = long(part);
  };
  for (const word of text.match(/[^ ]+ *|^ +/g) ?? []) {
    if (put(word)) continue;
    if (used > 0) next('');
    if (put(word)) continue;
    // A letter that is wider than a line stands there all the same.
    for (const character of word) if (!put(character)) next(character);
  }
  return lines;
}
