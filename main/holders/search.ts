import { longest } from '../result/bounds.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Holder } from './holder.ts';
import { looseForm, wordsOf } from './name-words.ts';
import { parsePersonalNumber } from './numbers/sweden.ts';

/** One way in which a search text may be meant. The words of a name must all occur, in any order. */
export type HolderQuery =
  | { readonly kind: 'personal-number'; readonly personalNumber: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name'; readonly words: readonly string[] };

const mostWords = 8;

/** The ways in which a search text may be meant, the surest first; none for an empty or an overlong text. */
export function holderQueries(text: string, today: PlainDate): readonly HolderQuery[] {
  const query = text.normalize('NFC').trim();
  if (query === '' || query.length > longest.query) return [];
  const queries: HolderQuery[] = [];
  const number = parsePersonalNumber(query, today);
  if (number.valid) queries.push({ kind: 'personal-number', personalNumber: number.digits });
  queries.push({ kind: 'id', id: query });
  const words = [...new Set(wordsOf(query).map(looseForm))];
  if (words.length > 0 && words.length <= mostWords && !number.valid) queries.push({ kind: 'name', words });
  return queries;
}

/** The words by which a holder is found, each in its loose form and once. */
export function searchWords(holder: Holder): readonly string[] {
  return [...new Set([...wordsOf(holder.surname), ...wordsOf(holder.givenNames)].map(looseForm))];
}
