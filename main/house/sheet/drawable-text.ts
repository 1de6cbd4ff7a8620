import { hasHiddenCharacters } from '../../result/hidden-characters.ts';

/** A text as it can be drawn. */
export interface DrawableText {
  readonly text: string;
  /** How many characters stand as their numbers in it. */
  readonly undrawn: number;
}

// Marks by themselves, and spaces of another width than people take a space to have.
const strange = /[[\p{M}\p{Z}]--[ \u00a0]]/v;

/**
 * A text in which each character is drawn or stands as its number, `[U+0645]`: nothing is left away, and nothing turns what stands
 * beside it (UAX #9: no type of ours has letters that run from right to left). `has` says what the type at hand draws. Marks that no
 * letter took in (NFC) would be drawn upon others. A bracket that would look like such a number stands as its own, so that the
 * text can be told from it again.
 */
export function drawableText(text: string, has: (codePoint: number) => boolean): DrawableText {
  let undrawn = 0;
  const drawn = [...text.normalize('NFC')].map((character, index, all) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (character === '[' && all[index + 1] === 'U' && all[index + 2] === '+') return numberOf(codePoint);
    if (has(codePoint) && !hasHiddenCharacters(character) && !strange.test(character)) return character;
    undrawn++;
    return numberOf(codePoint);
  });
  return { text: drawn.join(''), undrawn };
}

function numberOf(codePoint: number): string {
  return `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
}
