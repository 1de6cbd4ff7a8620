import { transliterate } from '../document/mrz-name-space.ts';

/** Whatever has one of these is not nothing in the MRZ: nobody need look further. */
const latin = /[A-Za-z]/;

/** The words of a name as written: white space, commas and hyphens part them, as they do in the MRZ (9303-3 §4.6). */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFC')
    .split(/[\s,\p{Pd}]+/u)
    .filter((word) => latin.test(word) || (word !== '' && transliterate(word) !== ''));
}

const alike: readonly (readonly [RegExp, string])[] = [
  [/UXX/g, 'U'],
  [/NXX/g, 'N'],
  [/AA|AE/g, 'A'],
  [/OE/g, 'O'],
  [/UE/g, 'U'],
  [/SS/g, 'S'],
];

/**
 * A word with the choices of transliteration taken out of it: Ø, Ö, OE and O become one. Good for finding and for
 * *near*, never for *equal*: Moa and Moea are alike here.
 */
export function looseForm(word: string): string {
  let form = transliterate(word) ?? word.normalize('NFC').toUpperCase();
  for (const [several, one] of alike) form = form.replace(several, one);
  return form;
}
