import type { NameQuery } from '../../holders/search.ts';
import { beginningWithToken, combined, dateText } from './holder-tokens.ts';
import { inAny, inBoth } from './row-lists.ts';
import { TokenBatch, type TokenKind, tokenOf } from './tokens.ts';

/** Where tokens lead to rows: the database of the folder, or a layer of the register. */
export interface TokenSource {
  /** How many people there are, at least about. */
  readonly people: () => number;
  /** How many rows a token leads to, without reading them. */
  readonly count: (token: number) => number;
  readonly rows: (token: number) => Uint32Array;
  /** Tokens of the words that begin so; at most `most` of them. */
  readonly wordsOf: (beginning: number, most: number) => readonly number[];
}

/** Rows that may fit, or how many people do, about, where they are too many to look at. */
export type FoundRows = { readonly rows: Uint32Array } | { readonly tooMany: number };

/** So many rows are opened and looked at, at most. */
const mostOpened = 200;
/** Of more people than that, by the counts alone, no list is read. */
const mostExpected = 2_000;
const mostWordsOfBeginning = 1_000;

/** Tokens any of which leads to rows that fit one part of a query. */
interface Alternatives {
  readonly tokens: readonly number[];
  readonly count: number;
}

/**
 * The rows of a source that may fit a search by name. Where there are far too many, what is stored of how often each word occurs
 * tells so, and no list is read.
 */
export function findName(source: TokenSource, key: Uint8Array, query: NameQuery): FoundRows {
  const words = query.words.map((word) => wordsMeant(source, key, word, query.beginnings === true));
  if (query.birthDate !== undefined) {
    const { birthDate, orNoBirthDate } = query;
    const dates = orNoBirthDate === true ? [dateText(birthDate), dateText(null)] : [dateText(birthDate)];
    return inAll(
      source,
      words.map((tokens) => combinedWith(source, key, 'word and birth date', tokens, dates)),
    );
  }
  const plain = words.map((tokens) => counted(source, tokens));
  const found = inAll(source, plain);
  return 'rows' in found ? found : (withSurname(source, key, { query, words, plain }) ?? found);
}

// Year and initial stand with surnames: each word in turn is taken for one. Null where the query has neither.
function withSurname(
  source: TokenSource,
  key: Uint8Array,
  { query, words, plain }: { query: NameQuery; words: readonly (readonly number[])[]; plain: readonly Alternatives[] },
): FoundRows | null {
  const { birthYear, initials } = query;
  const [kind, other]: [TokenKind, string | undefined] =
    birthYear === undefined ? ['surname and initial', initials?.[0]] : ['surname and birth year', birthYear];
  if (other === undefined) return null;
  const lists: Uint32Array[] = [];
  for (const [position, tokens] of words.entries()) {
    const found = inAll(source, plain.with(position, combinedWith(source, key, kind, tokens, [other])));
    if ('tooMany' in found) return found;
    lists.push(found.rows);
  }
  return { rows: inAny(lists) };
}

function inAll(source: TokenSource, parts: readonly Alternatives[]): FoundRows {
  const rising = [...parts].sort((a, b) => a.count - b.count);
  const [least] = rising;
  if (least === undefined || least.count === 0) return { rows: new Uint32Array() };
  if (rising.length === 1 && least.count > mostOpened) return { tooMany: least.count };
  const people = Math.max(1, source.people());
  const expected = rising.reduce((share, { count }) => share * Math.min(1, count / people), 1) * people;
  if (expected > mostExpected) return { tooMany: Math.round(expected) };
  let rows: Uint32Array | null = null;
  for (const { tokens } of rising) {
    const list = inAny(tokens.map(source.rows));
    rows = rows === null ? list : inBoth(rows, list);
    if (rows.length === 0) break;
  }
  const found = rows ?? new Uint32Array();
  return found.length > mostOpened ? { tooMany: found.length } : { rows: found };
}

function wordsMeant(source: TokenSource, key: Uint8Array, word: string, beginnings: boolean): readonly number[] {
  const whole = tokenOf(key, 'word', word);
  if (!beginnings) return [whole];
  const begun = source.wordsOf(tokenOf(key, 'beginning', beginningWithToken(word)), mostWordsOfBeginning);
  return [...new Set([whole, ...begun])];
}

function counted(source: TokenSource, tokens: readonly number[]): Alternatives {
  return { tokens, count: tokens.reduce((sum, token) => sum + source.count(token), 0) };
}

function combinedWith(
  source: TokenSource,
  key: Uint8Array,
  kind: TokenKind,
  words: readonly number[],
  others: readonly string[],
): Alternatives {
  const batch = new TokenBatch();
  for (const word of words) for (const other of others) batch.add(kind, combined(word, other));
  return counted(source, [...batch.tokens(key)]);
}
