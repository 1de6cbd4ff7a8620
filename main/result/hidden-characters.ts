/*
 * Characters that a person does not see and that change what they see: controls, direction marks and overrides (with which
 * "100" is shown as "001", Unicode UAX #9), zero-width and filler characters, line and paragraph separators, lone surrogates,
 * private use and noncharacters, and the blank of Braille, which is no space to anybody but the eye. Text of others that people are
 * to agree to holds none of them, and no more marks on one letter than writing needs: piled up they cover the lines around.
 */
const hidden =
  /[\u2800\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
const everyHidden = new RegExp(hidden.source, 'gu');
/** Composed (NFC) no writing of today puts more than four on one letter. */
const piledUp = /(\p{M}{4})\p{M}+/gu;

/** Whether the text holds a character that is not seen; a line feed counts where it is not allowed. */
export function hasHiddenCharacters(text: string, { lines = false }: { readonly lines?: boolean } = {}): boolean {
  return hidden.test(lines ? text.replaceAll('\n', '') : text) || text.search(piledUp) !== -1;
}

/**
 * What people typed or pasted, as it is kept: composed (NFC), line ends as line feeds or, where the text has one line, as
 * spaces, what is not seen left away, no space at its ends.
 */
export function cleanText(text: string, { lines = false }: { readonly lines?: boolean } = {}): string {
  const ends = text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n').replaceAll('\t', ' ');
  const kept = lines ? ends.split('\n') : [ends.replaceAll('\n', ' ')];
  return kept
    .map((line) => line.replace(everyHidden, '').trimEnd())
    .join('\n')
    .trim()
    .normalize('NFC')
    .replace(piledUp, '$1');
}
