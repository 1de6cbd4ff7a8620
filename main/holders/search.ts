import { longest } from '../result/bounds.ts';
import { type PlainDate, parsePlainDate, partsOf } from '../result/plain-date.ts';
import type { Holder, KnownDocument } from './holder.ts';
import { looseForm, wordsOf } from './name-words.ts';
import { numberKey } from './numbers/read-number.ts';
import { readTwelveDigits } from './numbers/sweden.ts';
import { typedNumbers } from './numbers/typed-number.ts';
import type { NationalNumber } from './numbers/types.ts';

/** A search by name. */
export interface NameQuery {
  readonly kind: 'name';
  /** Loose forms that must all occur, in any order. */
  readonly words: readonly string[];
  /** A word of the name may also only begin so; whole ones come first. */
  readonly beginnings?: boolean;
  readonly birthDate?: PlainDate;
  /** Those whose birth date nobody knows fit each. */
  readonly orNoBirthDate?: boolean;
  readonly birthYear?: string;
  /** First letters of given names. */
  readonly initials?: readonly string[];
}

/** One way in which a search text may be meant. `personalNumber` is a number as `registeredNumber` writes it. */
export type TypedQuery =
  | { readonly kind: 'personal-number'; readonly personalNumber: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'reference'; readonly reference: string }
  | NameQuery;

/** A search for whoever has, or had, this document. */
export interface DocumentQuery {
  readonly kind: 'document';
  readonly document: Pick<KnownDocument, 'issuer' | 'kind' | 'number'>;
}

export type HolderQuery = TypedQuery | DocumentQuery;

const mostWords = 8;
/** Of fewer letters no beginning is looked for: far too many names begin so. */
export const shortestBeginning = 2;
const earliestYear = 1800;

/** What a number is found by: Sweden's as they stand, those of other states with their country. */
export function registeredNumber({ country, key }: Pick<NationalNumber, 'country' | 'key'>): string {
  return country === 'SWE' ? key : numberKey({ country, key });
}

/**
 * The ways in which a search text may be meant, the surest first; none for an empty or an overlong text. All the numbers that
 * it may be are meant together: it may be one of two centuries, or of two states.
 */
export function holderQueries(text: string, today: PlainDate): readonly TypedQuery[] {
  const query = text.normalize('NFC').trim();
  if (query === '' || query.length > longest.query) return [];
  const queries: TypedQuery[] = [];
  const numbers = typedNumbers(query, today);
  for (const number of numbers) queries.push({ kind: 'personal-number', personalNumber: registeredNumber(number) });
  queries.push({ kind: 'id', id: query }, { kind: 'reference', reference: query });
  const name = numbers.length > 0 ? null : nameQuery(query, today);
  if (name !== null) queries.push(name);
  return queries;
}

const writtenDate = /(?<![\p{L}\d])(\d{4})-?(\d{2})-?(\d{2})(?![\p{L}\d])/u;

function nameQuery(query: string, today: PlainDate): NameQuery | null {
  const match = writtenDate.exec(query);
  const birthDate = match === null ? null : parsePlainDate(`${match[1]}-${match[2]}-${match[3]}`);
  const rest = birthDate === null || match === null ? query : query.replace(match[0], ' ');
  const words: string[] = [];
  const initials: string[] = [];
  let birthYear: string | null = null;
  for (const word of wordsOf(rest)) {
    if (birthDate === null && isYear(word, today)) birthYear = word;
    else {
      const form = looseForm(word.replace(/\.$/, ''));
      (form.length === 1 ? initials : words).push(form);
    }
  }
  // A letter alone is a name where there is no other.
  const looked = words.length > 0 ? words : initials.splice(0);
  if (looked.length === 0 || looked.length > mostWords) return null;
  return {
    kind: 'name',
    words: [...new Set(looked)],
    beginnings: true,
    ...(birthDate === null ? {} : { birthDate }),
    ...(birthYear === null ? {} : { birthYear }),
    ...(initials.length === 0 ? {} : { initials }),
  };
}

function isYear(word: string, today: PlainDate): boolean {
  return /^\d{4}$/.test(word) && Number(word) >= earliestYear && Number(word) <= partsOf(today).year;
}

/** The words by which a holder is found, each in its loose form and once. */
export function searchWords(holder: Pick<Holder, 'surname' | 'givenNames'>): readonly string[] {
  return [...new Set([...wordsOf(holder.surname), ...wordsOf(holder.givenNames)].map(looseForm))];
}

/** All numbers that a person has or had, as `registeredNumber` writes them. */
export function numberKeys({ personalNumber, numbers = [] }: Holder): readonly string[] {
  const others = numbers.map(registeredNumber);
  return personalNumber === null ? others : [...new Set([personalNumber, ...others])];
}

/** What a document is found by: its issuer, its kind and its number, as `KnownDocument` holds them. */
export function documentKey({ issuer, kind, number }: DocumentQuery['document']): string {
  return `${issuer} ${kind} ${number}`;
}

/** The documents that are known to be a person's, as `documentKey` writes them. */
export function documentKeys({ documents = [] }: Holder): readonly string[] {
  return [...new Set(documents.map(documentKey))];
}

/** How well a holder that an index led to fits the query: tokens are short, and lead to some who do not fit at all. */
export function fitOf(holder: Holder, query: HolderQuery): 'whole' | 'beginning' | 'none' {
  switch (query.kind) {
    case 'id':
      return holder.id === query.id ? 'whole' : 'none';
    case 'reference':
      return holder.reference === query.reference ? 'whole' : 'none';
    case 'personal-number':
      return numberKeys(holder).includes(query.personalNumber) ? 'whole' : 'none';
    case 'document':
      return documentKeys(holder).includes(documentKey(query.document)) ? 'whole' : 'none';
    case 'name':
      return fitOfName(holder, query);
  }
}

/** The birth date on file, or the day that the personal number names where there is none. */
export function birthDateOnFile({ birthDate, personalNumber }: Holder): PlainDate | null {
  if (birthDate !== null || personalNumber === null) return birthDate;
  const number = readTwelveDigits(personalNumber);
  return number.valid ? number.namedDay : null;
}

function fitOfName(holder: Holder, query: NameQuery): 'whole' | 'beginning' | 'none' {
  const birthDate = birthDateOnFile(holder);
  if (query.birthDate !== undefined && birthDate !== query.birthDate && !(query.orNoBirthDate && birthDate === null))
    return 'none';
  if (query.birthYear !== undefined && birthDate?.slice(0, 4) !== query.birthYear) return 'none';
  if (query.initials !== undefined) {
    const given = wordsOf(holder.givenNames).map((word) => looseForm(word).slice(0, 1));
    if (!query.initials.every((initial) => given.includes(initial))) return 'none';
  }
  const words = searchWords(holder);
  if (query.words.every((word) => words.includes(word))) return 'whole';
  const begins = (start: string): boolean => words.some((word) => word.startsWith(start));
  return query.beginnings === true && query.words.every(begins) ? 'beginning' : 'none';
}
