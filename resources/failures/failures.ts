import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { Language } from '../texts/texts.ts';
import english from './en.json' with { type: 'json' };
import retries from './retry.json' with { type: 'json' };
import swedish from './sv.json' with { type: 'json' };

/** What people are told of a failure: what happened, what staff do now, and what staff say to the customer. */
export interface FailureWords {
  readonly happened: string;
  readonly staff: string;
  readonly customer: string;
}

/** Whether doing the same once more helps: at once, not at all, or when something else has changed. */
export type Retry = 'yes' | 'no' | 'later';

const catalogues: Readonly<Record<Language, Readonly<Record<FailureCode, FailureWords>>>> = {
  sv: swedish,
  en: english,
};

/** The words for a failure code in a language. */
export function failureWords(language: Language, code: FailureCode): FailureWords {
  return catalogues[language][code];
}

/** Whether a retry helps after a failure of this code. */
export function retryAfter(code: FailureCode): Retry {
  return (retries as Readonly<Record<FailureCode, Retry>>)[code];
}
