import type { NameQuery } from '../../holders/search.ts';
import { beginningWithToken, combined, dateText } from './holder-tokens.ts';
import { inAny, inBoth } from './row-lists.ts';
import { TokenBatch, type TokenKind } from './tokens.ts';

/** Where tokens lead to rows: the database of the folder, or a layer of the register. */
export interface TokenSource {
  /** How many people there are, at least about. */
  readonly people: () => number;
  /** How many rows a token leads to, without reading them. */
  readonly count: (token: number) => number;
  readonly rows: (token: number) => Uint32Array;
  /** How many rows all the words that begin so lead to, without looking at the words. */
  readonly begunBy: (beginning: number) => number;
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
/** To open a row costs about as much as to read so many of a list. */
const rowsPerOpening = 5_000;

/** A word that is asked for, by its tokens. */
interface WordTokens {
  readonly whole: number;
  /** Of the longest of its beginnings that has a token; null where only the whole word is meant. */
  readonly beginning: number | null;
  /** Whether those that begin so are just those that are meant. */
  readonly exact: boolean;
}

/** A search by name with the tokens of its words, which are the same in each source. */
export interface AskedName {
  readonly query: NameQuery;
  readonly words: readonly WordTokens[];
}

/** The tokens of what a search asks for, all made at once. */
export function askedName(key: Uint8Array, query: NameQuery): AskedName {
  const batch = new TokenBatch();
  for (const word of query.words) batch.add('word', word);
  if (query.beginnings === true) for (const word of query.words) batch.add('beginning', beginningWithToken(word));
  const made = batch.tokens(key);
  const { length } = query.words;
  const words = query.words.map((word, position) => ({
    whole: made[position] ?? 0,
    beginning: made[length + position] ?? null,
    exact: beginningWithToken(word) === word,
  }));
  return { query, words };
}

/** Tokens any of which leads to rows that fit one part of a query; null where they are too many to ask for. */
interface Alternatives {
  readonly tokens: readonly number[] | null;
  /** How many rows they lead to, at most. */
  readonly count: number;
}

/**
 * The rows of a source that may fit a search by name. Where there are far too many, what is stored of how often each word and each
 * beginning occurs tells so, and no list is read.
 */
export function findName(source: TokenSource, key: Uint8Array, { query, words }: AskedName): FoundRows {
  const { birthDate, birthYear, orNoBirthDate } = query;
  if (source.people() === 0) return { rows: new Uint32Array() };
  if (birthDate !== undefined || birthYear !== undefined) {
    const [kind, others]: [TokenKind, readonly string[]] =
      birthDate === undefined
        ? ['word and birth year', [birthYear ?? '']]
        : ['word and birth date', orNoBirthDate === true ? [birthDate, null].map(dateText) : [birthDate]];
    return inAll(
      source,
      combinedWith(
        source,
        key,
        kind,
        words.map((word) => wordsMeant(source, word)),
        others,
      ),
    );
  }
  const initial = query.initials?.[0];
  const expected = expectedOf(
    source,
    words.map((word) => mostOf(source, word)),
  );
  if (initial === undefined && expected > (words.length === 1 ? mostOpened : mostExpected))
    return { tooMany: Math.round(expected) };
  const meant = words.map((word) => wordsMeant(source, word));
  const plain = meant.map((tokens, position) => counted(source, tokens, words[position]));
  const found = inAll(source, plain);
  if ('rows' in found || initial === undefined) return found;
  // An initial stands with surnames: each word in turn is taken for one.
  const withInitial = combinedWith(source, key, 'surname and initial', meant, [initial]);
  const lists: Uint32Array[] = [];
  for (const [position, surname] of withInitial.entries()) {
    const rows = inAll(source, plain.with(position, surname));
    if ('tooMany' in rows) return rows;
    lists.push(rows.rows);
  }
  const rows = inAny(lists);
  // Where no surname is so, given names alone may be: of these there are still too many.
  return rows.length === 0 ? found : { rows };
}

// About how many people fit all of several things, of which each fits so many.
function expectedOf(source: TokenSource, counts: readonly number[]): number {
  const people = Math.max(1, source.people());
  return counts.reduce((share, count) => share * Math.min(1, count / people), 1) * people;
}

// What is longer than the longest beginning that is stored is by no means as frequent as that.
function mostOf(source: TokenSource, { whole, beginning, exact }: WordTokens): number {
  return beginning === null || !exact ? source.count(whole) : Math.max(source.count(whole), source.begunBy(beginning));
}

function inAll(source: TokenSource, parts: readonly Alternatives[]): FoundRows {
  const rising = [...parts].sort((a, b) => a.count - b.count);
  const [least] = rising;
  if (least === undefined || least.count === 0) return { rows: new Uint32Array() };
  if (rising.length === 1 && least.count > mostOpened) return { tooMany: least.count };
  const expected = expectedOf(
    source,
    rising.map(({ count }) => count),
  );
  if (expected > mostExpected) return { tooMany: Math.round(expected) };
  let rows: Uint32Array | null = null;
  for (const { tokens, count } of rising) {
    // Whoever is opened is looked at: a list that is longer than that costs need not be read, one that is too long cannot be.
    if (tokens === null || (rows !== null && rows.length <= mostOpened && rows.length * rowsPerOpening < count))
      continue;
    const list = inAny(tokens.map(source.rows));
    rows = rows === null ? list : inBoth(rows, list);
    if (rows.length === 0) break;
  }
  if (rows === null) return { tooMany: least.count };
  return rows.length > mostOpened ? { tooMany: rows.length } : { rows };
}

// Null where far too many words begin so.
function wordsMeant(source: TokenSource, { whole, beginning }: WordTokens): readonly number[] | null {
  if (beginning === null) return [whole];
  const begun = source.wordsOf(beginning, mostWordsOfBeginning + 1);
  return begun.length > mostWordsOfBeginning ? null : [...new Set([whole, ...begun])];
}

function counted(source: TokenSource, tokens: readonly number[] | null, word?: WordTokens): Alternatives {
  if (tokens === null)
    return { tokens, count: word?.beginning == null ? source.people() : source.begunBy(word.beginning) };
  return { tokens, count: tokens.reduce((sum, token) => sum + source.count(token), 0) };
}

// The composites of all words are made at once.
function combinedWith(
  source: TokenSource,
  key: Uint8Array,
  kind: TokenKind,
  words: readonly (readonly number[] | null)[],
  others: readonly string[],
): readonly Alternatives[] {
  const batch = new TokenBatch();
  for (const word of words.flatMap((tokens) => tokens ?? []))
    for (const other of others) batch.add(kind, combined(word, other));
  const made = batch.tokens(key);
  let at = 0;
  return words.map((tokens) => {
    if (tokens === null) return counted(source, null);
    const own = made.subarray(at, at + tokens.length * others.length);
    at += own.length;
    return counted(source, [...own]);
  });
}
