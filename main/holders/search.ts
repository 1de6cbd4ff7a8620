import { longest } from '../result/bounds.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Holder } from './holder.ts';
import { looseForm, wordsOf } from './name-words.ts';
import { numberKey } from './numbers/read-number.ts';
import { typedNumbers } from './numbers/typed-number.ts';
import type { NationalNumber } from './numbers/types.ts';

/**
 * One way in which a search text may be meant. The words of a name must all occur, in any order. `personalNumber` is a number
 * as `registeredNumber` writes it.
 */
export type HolderQuery =
  | { readonly kind: 'personal-number'; readonly personalNumber: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name'; readonly words: readonly string[] };

const mostWords = 8;

/** What a number is found by: Sweden's as they stand, those of other states with their country. */
export function registeredNumber({ country, key }: Pick<NationalNumber, 'country' | 'key'>): string {
  return country === 'SWE' ? key : numberKey({ country, key });
}

/**
 * The ways in which a search text may be meant, the surest first; none for an empty or an overlong text. All the numbers that
 * it may be are meant together: it may be one of two centuries, or of two states.
 */
export function holderQueries(text: string, today: PlainDate): readonly HolderQuery[] {
  const query = text.normalize('NFC').trim();
  if (query === '' || query.length > longest.query) return [];
  const queries: HolderQuery[] = [];
  const numbers = typedNumbers(query, today);
  for (const number of numbers) queries.push({ kind: 'personal-number', personalNumber: registeredNumber(number) });
  queries.push({ kind: 'id', id: query });
  const words = [...new Set(wordsOf(query).map(looseForm))];
  if (words.length > 0 && words.length <= mostWords && numbers.length === 0) queries.push({ kind: 'name', words });
  return queries;
}

/** The words by which a holder is found, each in its loose form and once. */
export function searchWords(holder: Holder): readonly string[] {
  return [...new Set([...wordsOf(holder.surname), ...wordsOf(holder.givenNames)].map(looseForm))];
}
