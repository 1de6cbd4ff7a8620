import type { Holder } from '../../holders/holder.ts';
import { looseForm, wordsOf } from '../../holders/name-words.ts';
import { birthDateOnFile, documentKeys, numberKeys, shortestBeginning } from '../../holders/search.ts';
import { TokenBatch, wordInComposite } from './tokens.ts';

const longestBeginning = 10;
/** Names come again and again: so many words and their tokens are remembered. */
const mostRemembered = 100_000;
const noDate = '-';

/** The tokens of holders, and of which beginnings lead to the words among them. */
export interface HolderTokens {
  /** Those of all holders, one holder's behind the other's, each once for a holder. */
  readonly tokens: Float64Array;
  /** Where the tokens of each holder end. */
  readonly ends: Uint32Array;
  /** Of words that were not remembered: a beginning's token, the word's token, and so on. */
  readonly beginnings: readonly number[];
}

/** What stands for the birth date in a composite. */
export function dateText(birthDate: Holder['birthDate']): string {
  return birthDate ?? noDate;
}

/** The beginnings by which a word is found, from the shortest. */
export function beginningsOf(word: string): readonly string[] {
  const beginnings: string[] = [];
  for (let length = shortestBeginning; length <= Math.min(word.length, longestBeginning); length++)
    beginnings.push(word.slice(0, length));
  return beginnings;
}

/** The longest beginning of a typed one that has a token. */
export function beginningWithToken(typed: string): string {
  return typed.slice(0, longestBeginning);
}

interface Word {
  readonly form: string;
  token: number;
  /** As a composite names it. */
  inComposite: string;
}

/** Makes the tokens of holders under one key, many holders at once; remembers words. */
export class HolderTokenizer {
  readonly #key: () => Uint8Array;
  readonly #batch = new TokenBatch();
  #words = new Map<string, Word>();

  constructor(key: () => Uint8Array) {
    this.#key = key;
  }

  of(holders: readonly Holder[]): HolderTokens {
    if (this.#words.size > mostRemembered) this.#words = new Map();
    const fresh: Word[] = [];
    const names = holders.map(({ surname, givenNames }) => ({
      surname: this.#wordsIn(surname, fresh),
      given: this.#wordsIn(givenNames, fresh),
    }));
    const beginnings = this.#tokensOfWords(fresh);

    const batch = this.#batch;
    const starts = new Uint32Array(holders.length + 1);
    /** The words that have a token of their own, behind those of which the batch makes the tokens. */
    const plain: (readonly Word[])[] = [];
    let plainCount = 0;
    for (const [position, holder] of holders.entries()) {
      starts[position] = batch.count;
      const { surname = [], given = [] } = names[position] ?? {};
      const words = addTokens(batch, holder, surname, given);
      plain.push(words);
      plainCount += words.length;
    }
    starts[holders.length] = batch.count;
    const made = batch.tokens(this.#key());
    batch.clear();
    const tokens = new Float64Array(made.length + plainCount);
    const ends = new Uint32Array(holders.length);
    let at = 0;
    for (let position = 0; position < holders.length; position++) {
      const first = at;
      const behind = starts[position + 1] ?? 0;
      for (let from = starts[position] ?? 0; from < behind; from++) at = addOnce(tokens, first, at, made[from] ?? 0);
      for (const { token } of plain[position] ?? []) at = addOnce(tokens, first, at, token);
      ends[position] = at;
    }
    return { tokens: tokens.subarray(0, at), ends, beginnings };
  }

  #wordsIn(name: string, fresh: Word[]): readonly Word[] {
    return wordsOf(name).map((written) => {
      const known = this.#words.get(written);
      if (known !== undefined) return known;
      const form = looseForm(written);
      const same = this.#words.get(form);
      if (same !== undefined && same.form === form) {
        this.#words.set(written, same);
        return same;
      }
      const word = { form, token: 0, inComposite: '' };
      this.#words.set(written, word).set(form, word);
      fresh.push(word);
      return word;
    });
  }

  #tokensOfWords(fresh: readonly Word[]): readonly number[] {
    const batch = new TokenBatch();
    const pairs: Word[] = [];
    for (const { form } of fresh) batch.add('word', form);
    for (const word of fresh)
      for (const beginning of beginningsOf(word.form)) {
        batch.add('beginning', beginning);
        pairs.push(word);
      }
    const made = batch.tokens(this.#key());
    for (const [position, word] of fresh.entries()) {
      word.token = made[position] ?? 0;
      word.inComposite = wordInComposite(word.token);
    }
    return pairs.flatMap((word, position) => [made[fresh.length + position] ?? 0, word.token]);
  }
}

// Answers the words by which alone the holder is found.
function addTokens(
  batch: TokenBatch,
  holder: Holder,
  surname: readonly Word[],
  given: readonly Word[],
): readonly Word[] {
  batch.add('id', holder.id);
  for (const number of numberKeys(holder)) batch.add('number', number);
  if (holder.reference !== undefined) batch.add('reference', holder.reference);
  for (const document of documentKeys(holder)) batch.add('document', document);
  const words = [...new Set([...surname, ...given])];
  const birthDate = birthDateOnFile(holder);
  const date = dateText(birthDate);
  for (const { inComposite } of words) batch.addComposite('word and birth date', inComposite, date);
  // Whom to find may be a danger to them is found by who knows number, id or birth date, never by a name alone.
  if (holder.protected !== undefined) return [];
  const year = birthDate?.slice(0, 4) ?? null;
  const initials = new Set(given.map(({ form }) => form.slice(0, 1)));
  for (const { inComposite } of words) {
    if (year !== null) batch.addComposite('word and birth year', inComposite, year);
    for (const initial of initials) batch.addComposite('word and initial', inComposite, initial);
  }
  return words;
}

// A holder has few tokens: a look at each is less than a set of them.
function addOnce(tokens: Float64Array, first: number, end: number, token: number): number {
  for (let at = first; at < end; at++) if (tokens[at] === token) return end;
  tokens[end] = token;
  return end + 1;
}

/** The tokens of one of the holders. */
export function tokensOfOne({ tokens, ends }: HolderTokens, position: number): Float64Array {
  return tokens.subarray(position === 0 ? 0 : ends[position - 1], ends[position]);
}
