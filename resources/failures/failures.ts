import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { Language } from '../texts/languages.ts';
import danish from './da.json' with { type: 'json' };
import english from './en.json' with { type: 'json' };
import finnish from './fi.json' with { type: 'json' };
import norwegian from './nb.json' with { type: 'json' };
import swedish from './sv.json' with { type: 'json' };

/** What people are told of a failure: what happened, what staff do now, and what staff say to the customer. */
export interface FailureWords {
  readonly happened: string;
  readonly staff: string;
  readonly customer: string;
}

/** The words of a language for every code. */
export type FailureCatalogue = Readonly<Record<FailureCode, FailureWords>>;

// All of them, at once, as the texts (resources/texts/texts.ts).
const catalogues: Readonly<Record<Language, FailureCatalogue>> = {
  sv: swedish,
  en: english,
  fi: finnish,
  nb: norwegian,
  da: danish,
};

/** The words for a failure code in a language. */
export function failureWords(language: Language, code: FailureCode): FailureWords {
  return catalogues[language][code];
}
