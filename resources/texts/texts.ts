import { type Catalogue, type TextKey, type Texts, textsOf } from './catalogue.ts';
import danish from './da.json' with { type: 'json' };
import english from './en.json' with { type: 'json' };
import finnish from './fi.json' with { type: 'json' };
import type { Language } from './languages.ts';
import norwegian from './nb.json' with { type: 'json' };
import swedish from './sv.json' with { type: 'json' };

export type { Language, TextKey, Texts };

// All of them, at once: for processes that read a file in no time. Pages load one by one (renderer/parts/language.ts).
const catalogues: Readonly<Record<Language, Catalogue>> = {
  sv: swedish,
  en: english,
  fi: finnish,
  nb: norwegian,
  da: danish,
};
const made = new Map<Language, Texts>();

/** The texts of a language. What comes back throws a RangeError for a path that the catalogue does not have. */
export function textsIn(language: Language): Texts {
  const texts = made.get(language) ?? textsOf(language, catalogues[language]);
  made.set(language, texts);
  return texts;
}
