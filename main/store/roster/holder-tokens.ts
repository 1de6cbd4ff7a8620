import type { Holder } from '../../holders/holder.ts';
import { looseForm, wordsOf } from '../../holders/name-words.ts';
import { birthDateOnFile, numberKeys, shortestBeginning } from '../../holders/search.ts';
import { TokenBatch, tokenBytes } from './tokens.ts';

const longestBeginning = 10;
/** Names come again and again: so many words and their tokens are remembered. */
const mostRemembered = 100_000;
const noDate = '-';

/** The tokens of holders, and of which beginnings lead to the words among them. */
export interface HolderTokens {
  /** For each holder in turn. */
  readonly tokens: readonly (readonly number[])[];
  /** Of words that were not remembered: a beginning's token, the word's token, and so on. */
  readonly beginnings: readonly number[];
}

/** How a composite names a word: by its token. */
export function combined(word: number, other: string): string {
  return `${word.toString(16).padStart(tokenBytes * 2, '0')} ${other}`;
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
}

/** Makes the tokens of holders under one key, many holders at once; remembers words. */
export class HolderTokenizer {
  readonly #key: () => Uint8Array;
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

    const batch = new TokenBatch();
    const starts: number[] = [];
    const plain: (readonly number[])[] = [];
    for (const [position, holder] of holders.entries()) {
      starts.push(batch.count);
      const { surname = [], given = [] } = names[position] ?? {};
      batch.add('id', holder.id);
      for (const number of numberKeys(holder)) batch.add('number', number);
      if (holder.reference !== undefined) batch.add('reference', holder.reference);
      const words = new Set([...surname, ...given]);
      const birthDate = birthDateOnFile(holder);
      const date = dateText(birthDate);
      for (const { token } of words) batch.add('word and birth date', combined(token, date));
      // Whom to find may be a danger to them is found by who knows number, id or birth date, never by a name alone.
      if (holder.protected !== undefined) {
        plain.push([]);
        continue;
      }
      plain.push([...words].map(({ token }) => token));
      const initials = new Set(given.map(({ form }) => form.slice(0, 1)));
      if (birthDate !== null)
        for (const { token } of words) batch.add('word and birth year', combined(token, birthDate.slice(0, 4)));
      for (const { token } of new Set(surname)) {
        for (const initial of initials) batch.add('surname and initial', combined(token, initial));
      }
    }
    const made = batch.tokens(this.#key());
    const tokens = holders.map((_, position) => [
      ...new Set([...made.subarray(starts[position], starts[position + 1] ?? made.length), ...(plain[position] ?? [])]),
    ]);
    return { tokens, beginnings };
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
      const word = { form, token: 0 };
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
    for (const [position, word] of fresh.entries()) word.token = made[position] ?? 0;
    return pairs.flatMap((word, position) => [made[fresh.length + position] ?? 0, word.token]);
  }
}
