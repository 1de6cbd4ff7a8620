import { letterForms } from './mrz-letters.ts';

/** Names of people are shorter; a text beyond this is not looked at. */
const longestText = 500;
/** How many forms `transliterations` lists at most. */
export const maximumForms = 256;

// The forms of each character in turn; null where one has none.
function formsOf(text: string): readonly (readonly string[])[] | null {
  if (text.length > longestText) return null;
  const forms: (readonly string[])[] = [];
  for (const character of text.normalize('NFC').toUpperCase().normalize('NFC')) {
    const allowed = letterForms(character);
    if (allowed === null) return null;
    forms.push(allowed);
  }
  return forms;
}

function tidy(text: string): string {
  return text.replace(/ +/g, ' ').trim();
}

/** A name in MRZ space (A–Z and single spaces) in the form that 9303-3 §6 recommends; null where a character has none. */
export function transliterate(text: string): string | null {
  const forms = formsOf(text);
  return forms === null ? null : tidy(forms.map((allowed) => allowed[0] ?? '').join(''));
}

/**
 * The forms of a name in MRZ space that 9303-3 §6 allows, the recommended one first, at most 256: issuers choose per
 * letter, so a long name has more. To compare use `transliterationOf`, which looks at all. Empty where a character has none.
 */
export function transliterations(text: string): readonly string[] {
  const forms = formsOf(text);
  if (forms === null) return [];
  let begun = [''];
  for (const allowed of forms) {
    const grown = allowed.flatMap((form) => begun.map((start) => start + form));
    // What is beyond the bound is dropped from the end: from there on the recommended form alone is listed.
    begun = grown.slice(0, maximumForms);
  }
  return [...new Set(begun.map(tidy))];
}

/**
 * Asks of one name, for many that it is compared with, whether `mrz` (A–Z, spaces) is an allowed form of it, whichever form was
 * chosen for each letter; with `prefix`, whether it is the beginning of one, for a name that is cut (9303-4 §4.2.3). False
 * where a character of `text` has no form. Time grows with the product of both lengths.
 */
export function transliterationOf(text: string): (mrz: string, prefix?: boolean) => boolean {
  const forms = formsOf(text);
  return (mrz, prefix = false) => forms !== null && reaches(forms, tidy(mrz), prefix);
}

function reaches(forms: readonly (readonly string[])[], target: string, prefix: boolean): boolean {
  if (target.length > longestText) return false;
  // All places in `target` up to which the characters so far may reach.
  let reached: ReadonlySet<number> = new Set([0]);
  for (const allowed of forms) {
    const next = new Set<number>();
    for (const from of reached) {
      for (const form of allowed) {
        const to = advance(target, from, form);
        if (to === 'beyond') {
          if (prefix && target.length > 0) return true;
        } else if (to !== null) next.add(to);
      }
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(target.length);
}

// Where `target` is left after one more form; `beyond` where the form goes on after the end of it; null where they differ.
function advance(target: string, from: number, form: string): number | 'beyond' | null {
  if (form === ' ') {
    // Spaces at the ends and doubled ones do not count.
    if (from === 0 || from === target.length || target[from - 1] === ' ') return from;
    return target[from] === ' ' ? from + 1 : null;
  }
  const rest = target.slice(from, from + form.length);
  if (rest === form) return from + form.length;
  return rest.length < form.length && form.startsWith(rest) ? 'beyond' : null;
}
