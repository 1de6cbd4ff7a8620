/*
 * The languages of the interface: the one list that pages, settings and the command line go by. What is said in each stands
 * in `resources/texts/` and `resources/failures/`; who has read it, in docs/languages.md.
 */

/** By their BCP 47 tags, in the order of choices. */
export const languages = ['sv', 'en', 'fi', 'nb', 'da'] as const;
export type Language = (typeof languages)[number];

interface LanguageFacts {
  /** Its own name for itself. */
  readonly name: string;
  /** Whose dates and numbers go with it. */
  readonly locale: string;
  /** What opens and what closes words that are quoted. */
  readonly quotes: readonly [string, string];
  /** Nobody who grew up with it has read it yet. */
  readonly draft: boolean;
}

/** What differs between the languages beside the words. */
export const languageFacts: Readonly<Record<Language, LanguageFacts>> = {
  sv: { name: 'Svenska', locale: 'sv-SE', quotes: ['”', '”'], draft: false },
  en: { name: 'English', locale: 'en-GB', quotes: ['“', '”'], draft: false },
  fi: { name: 'Suomi', locale: 'fi-FI', quotes: ['”', '”'], draft: true },
  nb: { name: 'Norsk bokmål', locale: 'nb-NO', quotes: ['«', '»'], draft: true },
  da: { name: 'Dansk', locale: 'da-DK', quotes: ['”', '”'], draft: true },
};

/** Whether a choice of a page or a word of a command names a language of the interface. */
export function isLanguage(value: string): value is Language {
  return Object.hasOwn(languageFacts, value);
}

/** The language of the interface for a user of the system whose locale this is (`nb-NO`, `no`, `sv_FI`); English for all others. */
export function languageFor(locale: string): Language {
  const [tag = ''] = locale.toLowerCase().split(/[-_]/);
  // Norwegian at large, and the other of its two written forms: whoever reads it reads this one.
  if (tag === 'no' || tag === 'nn') return 'nb';
  return isLanguage(tag) ? tag : 'en';
}
