import { createContext, use, useMemo } from 'react';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import { type FailureWords, failureWords } from '../../resources/failures/failures.ts';
import { type Language, type Texts, textsIn } from '../../resources/texts/texts.ts';

export const LanguageContext = createContext<Language>('sv');

export interface Words {
  readonly language: Language;
  readonly t: Texts;
  readonly failure: (code: FailureCode) => FailureWords;
}

/** Texts and failure words in the language of the page. */
export function useWords(): Words {
  const language = use(LanguageContext);
  return useMemo(() => wordsIn(language), [language]);
}

/** Texts and failure words in any language of the interface. */
export function wordsIn(language: Language): Words {
  return { language, t: textsIn(language), failure: (code) => failureWords(language, code) };
}
