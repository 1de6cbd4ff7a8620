import { createContext, use, useMemo } from 'react';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import englishFailures from '../../resources/failures/en.json' with { type: 'json' };
import type { FailureCatalogue, FailureWords } from '../../resources/failures/failures.ts';
import { type Catalogue, type Texts, textsOf } from '../../resources/texts/catalogue.ts';
import english from '../../resources/texts/en.json' with { type: 'json' };
import type { Language } from '../../resources/texts/languages.ts';

export const LanguageContext = createContext<Language>('en');

export interface Words {
  readonly language: Language;
  readonly t: Texts;
  readonly failure: (code: FailureCode) => FailureWords;
}

interface Loaded {
  readonly default: Catalogue;
}
interface LoadedFailures {
  readonly default: FailureCatalogue;
}
type Load = () => Promise<readonly [Loaded, LoadedFailures]>;

// A page starts with English alone, by which customers' sentences are found too; the rest comes when it is chosen.
const loads: Readonly<Record<Exclude<Language, 'en'>, Load>> = {
  sv: () =>
    Promise.all([
      import('../../resources/texts/sv.json', { with: { type: 'json' } }),
      import('../../resources/failures/sv.json', { with: { type: 'json' } }),
    ]),
  fi: () =>
    Promise.all([
      import('../../resources/texts/fi.json', { with: { type: 'json' } }),
      import('../../resources/failures/fi.json', { with: { type: 'json' } }),
    ]),
  nb: () =>
    Promise.all([
      import('../../resources/texts/nb.json', { with: { type: 'json' } }),
      import('../../resources/failures/nb.json', { with: { type: 'json' } }),
    ]),
  da: () =>
    Promise.all([
      import('../../resources/texts/da.json', { with: { type: 'json' } }),
      import('../../resources/failures/da.json', { with: { type: 'json' } }),
    ]),
};
const there = new Map<Language, Words>([['en', wordsOf('en', english, englishFailures)]]);

/** Loads what is said in a language. False where its files are not to be had: then nothing may be shown in it. */
export async function loadWords(language: Language): Promise<boolean> {
  if (language === 'en' || there.has(language)) return true;
  try {
    const [texts, failures] = await loads[language]();
    there.set(language, wordsOf(language, texts.default, failures.default));
    return true;
  } catch {
    return false;
  }
}

/** Texts and failure words in the language of the page. */
export function useWords(): Words {
  const language = use(LanguageContext);
  return useMemo(() => wordsIn(language), [language]);
}

/** Texts and failure words in a language that was loaded. Throws a RangeError where it was not. */
export function wordsIn(language: Language): Words {
  const words = there.get(language);
  if (words === undefined) throw new RangeError(`${language} was not loaded`);
  return words;
}

function wordsOf(language: Language, texts: Catalogue, failures: FailureCatalogue): Words {
  return { language, t: textsOf(language, texts), failure: (code) => failures[code] };
}
