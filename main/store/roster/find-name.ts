import type { NameQuery } from '../../holders/search.ts';
import { commonRows } from './common-rows.ts';
import { beginningWithToken, dateText } from './holder-tokens.ts';
import type { RowCursor } from './row-lists.ts';
import { TokenBatch, type TokenKind, wordInComposite } from './tokens.ts';

/** Where tokens lead to rows: the database of the folder, or a layer of the register. */
export interface TokenSource {
  /** How many people there are, about; 0 where there is nobody. */
  readonly people: () => number;
  /** How many rows a token leads to, without reading them. */
  readonly count: (token: number) => number;
  readonly rows: (token: number) => Uint32Array;
  /** The same, to be read as far as it is needed. */
  readonly list: (token: number) => RowCursor;
  /** Behind the last row that there may be. */
  readonly end: () => number;
  /** How many rows all the words that begin so lead to, without looking at the words. */
  readonly begunBy: (beginning: number) => number;
  /** Tokens of the words that begin so; at most `most` of them. */
  readonly wordsOf: (beginning: number, most: number) => readonly number[];
  /** Whether each word of a name has tokens with the initials; of old surnames alone had. */
  readonly initialsOfAllWords: boolean;
}

/**
 * Rows that may fit, or how many people do, about, where they are too many to look at. `fit` where all of them do, and only whom
 * another source hides is too many.
 */
export type FoundRows = { readonly rows: Uint32Array; readonly fit: boolean } | { readonly tooMany: number };

/** So many rows are opened and looked at, at most. */
const mostOpened = 200;
/** Of more people than that, by the counts alone, no list is read. */
const mostExpected = 2_000;
/** The same where each part would be very many lists: of words that begin so, how often they occur tells it well. */
const mostExpectedOfMany = 200;
const mostWordsOfBeginning = 1_000;
/** Beside a birth date, where each word has more than that: of so many one word is looked for with the date, which is with few. */
const mostWordsWithBirthDate = 6_000;
/** To open a row costs about as much as to read so many of several lists. */
const rowsPerOpening = 10_000;
/** And as to pass by so many of one list, in which few are looked for. */
const passedPerOpening = 30_000;
/** To look for a list costs about as much as to read so many of its rows. */
const rowsPerList = 400;
/** So long are several lists together, at most, to be made one. */
const mostMerged = 200_000;

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
 * beginning occurs tells so, and no list is read; where more than `enough` fit, no list is read to its end.
 */
export function findName(source: TokenSource, key: Uint8Array, { query, words }: AskedName, enough: number): FoundRows {
  if (source.people() === 0) return { rows: new Uint32Array(), fit: true };
  const narrowing = narrowingOf(source, query);
  if (narrowing.length === 0) {
    const expected = expectedOf(
      source,
      words.map((word) => (word.exact ? mostOf(source, word) : source.count(word.whole))),
    );
    if (expected > (words.length === 1 ? mostOpened : mostExpected)) return { tooMany: Math.round(expected) };
  }
  const meant = meantBy(source, words, query.birthDate !== undefined);
  const parts = narrowing.flatMap((each) => narrowed(source, key, meant, each));
  // Who is led to by a part of what was typed may not fit.
  const fit = (query.beginnings !== true || words.every((word) => word.exact)) && isNarrowedWhole(source, query);
  return inAll(source, parts.length > 0 ? parts : meant.map(({ tokens, most }) => ({ tokens, count: most })), {
    fit,
    enough: fit ? Math.min(mostOpened, enough) : mostOpened,
  });
}

/** The words that are meant, by their tokens, and how many people have any of them, at most; null for far too many words. */
interface Meant {
  readonly tokens: readonly number[] | null;
  readonly most: number;
}

interface Narrowing {
  readonly kind: TokenKind;
  /** What each word stands with: any of these. */
  readonly others: readonly string[];
}

// A word with a birth date is so rare that nothing else need narrow it.
function narrowingOf(source: TokenSource, query: NameQuery): readonly Narrowing[] {
  const { birthDate, birthYear, orNoBirthDate, initials = [] } = query;
  if (birthDate !== undefined) {
    const others = orNoBirthDate === true ? [birthDate, null].map(dateText) : [dateText(birthDate)];
    return [{ kind: 'word and birth date', others }];
  }
  return [
    ...(birthYear === undefined ? [] : [{ kind: 'word and birth year', others: [birthYear] } as const]),
    ...(source.initialsOfAllWords ? initials : []).map((initial) => ({
      kind: 'word and initial' as const,
      others: [initial],
    })),
  ];
}

// Whether tokens tell all that a query asks beside its words.
function isNarrowedWhole(source: TokenSource, { birthDate, birthYear, initials = [] }: NameQuery): boolean {
  if (birthDate !== undefined) return birthYear === undefined && initials.length === 0;
  return initials.length === 0 || source.initialsOfAllWords;
}

// About how many people fit all of several things, of which each fits so many.
function expectedOf(source: TokenSource, counts: readonly number[]): number {
  const people = Math.max(1, source.people());
  return counts.reduce((share, count) => share * Math.min(1, count / people), 1) * people;
}

// A whole word is among those that begin so, but for one letter alone; of what is longer than the longest beginning that is
// stored there are by no means more.
function mostOf(source: TokenSource, { whole, beginning }: WordTokens): number {
  return beginning === null ? source.count(whole) : Math.max(source.count(whole), source.begunBy(beginning));
}

function inAll(
  source: TokenSource,
  parts: readonly Alternatives[],
  { fit, enough }: { readonly fit: boolean; readonly enough: number },
): FoundRows {
  const rising = [...parts].sort((a, b) => a.count - b.count);
  const [least] = rising;
  if (least === undefined || least.count === 0) return { rows: new Uint32Array(), fit: true };
  const one = rising.length === 1;
  if (one && least.count > (least.tokens?.length === 1 ? enough : mostOpened)) return { tooMany: least.count };
  const expected = expectedOf(
    source,
    rising.map(({ count }) => count),
  );
  const ofMany = rising.every(({ tokens }) => tokens === null || tokens.length > 1);
  if (expected > (ofMany ? mostExpectedOfMany : mostExpected)) return { tooMany: Math.round(expected) };
  const read = toBeRead(rising);
  if (read.length === 0) return { tooMany: least.count };
  const all = read.length === rising.length;
  const { rows, part } = commonRows(
    read.map(({ tokens, count }) => ({ lists: tokens.map(source.list), count })),
    { end: source.end(), enough: all ? enough : mostOpened },
  );
  if (part === 1 && rows.length <= (all ? enough : mostOpened)) return { rows, fit: fit && all };
  return { tooMany: all ? Math.round(rows.length / part) : Math.max(1, Math.round(expected)) };
}

// Whoever is opened is looked at: a list that is longer than that costs need not be read, one that is too long cannot be.
function toBeRead(rising: readonly Alternatives[]): readonly { tokens: readonly number[]; count: number }[] {
  const read: { tokens: readonly number[]; count: number }[] = [];
  for (const { tokens, count } of rising) {
    if (tokens === null || (tokens.length > 1 && count > mostMerged)) continue;
    const most = read[0]?.count ?? Number.POSITIVE_INFINITY;
    const perOpening = tokens.length === 1 ? passedPerOpening : rowsPerOpening;
    const isDear = most <= mostOpened && most * perOpening < count + tokens.length * rowsPerList;
    if (!isDear) read.push({ tokens, count });
  }
  return read;
}

// "Sam Jo" and a birth date in a large register: so many words begin so that none would be narrowed, and the date would tell nothing.
// One word is enough then, the one with the fewest.
function meantBy(source: TokenSource, words: readonly WordTokens[], isDated: boolean): readonly Meant[] {
  const within = (most: number): readonly Meant[] =>
    words.map((word) => ({ tokens: wordsMeant(source, word, most), most: mostOf(source, word) }));
  const few = within(mostWordsOfBeginning);
  if (!isDated || few.some(({ tokens }) => tokens !== null)) return few;
  const many = within(mostWordsWithBirthDate);
  const fewest = Math.min(...many.map(({ tokens }) => tokens?.length ?? Number.POSITIVE_INFINITY));
  const one = many.findIndex(({ tokens }) => tokens?.length === fewest);
  return many.map((each, position) => (position === one ? each : { ...each, tokens: null }));
}

// Null where far too many words begin so.
function wordsMeant(source: TokenSource, { whole, beginning }: WordTokens, most: number): readonly number[] | null {
  if (beginning === null) return [whole];
  const begun = source.wordsOf(beginning, most + 1);
  return begun.length > most ? null : [...new Set([whole, ...begun])];
}

// The composites of all words are made at once.
function narrowed(
  source: TokenSource,
  key: Uint8Array,
  meant: readonly Meant[],
  { kind, others }: Narrowing,
): readonly Alternatives[] {
  const batch = new TokenBatch();
  for (const word of meant.flatMap(({ tokens }) => tokens ?? []))
    for (const other of others) batch.addComposite(kind, wordInComposite(word), other);
  const made = batch.tokens(key);
  let at = 0;
  return meant.map(({ tokens, most }) => {
    if (tokens === null) return { tokens, count: most };
    const end = at + tokens.length * others.length;
    // Most lead to nobody: of them no list is looked for.
    const led: number[] = [];
    let count = 0;
    for (; at < end; at++) {
      const token = made[at] ?? 0;
      const rows = source.count(token);
      if (rows > 0) led.push(token);
      count += rows;
    }
    return { tokens: led, count };
  });
}
