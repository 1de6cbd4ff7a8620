import type { Database, Statement } from 'better-sqlite3';
import { openMany, sealMany } from '../../crypto/bulk.ts';
import type { RandomSource } from '../../crypto/random.ts';
import { concat } from '../../result/bytes.ts';
import { tokensAreSealed } from './layer-seals.ts';
import { isSealedToken, sealedTokens } from './tokens.ts';

/*
 * What a layer's tokens of ids and of numbers lead to is sealed too, a few dozen neighbours together: an id that is taken out of a newer
 * layer would uncover who bears it in an older one, as they were then (the dead as living), and a number that is taken out would hide
 * them. To look at a whole index of gigabytes with each search would take minutes; at the neighbours of one token it takes a tenth of a
 * millisecond.
 */

/** The table of a layer's seals: of each part of the tokens one, whether there are any in it or not. */
export const tokenSealsSchema = `
CREATE TABLE token_seals (part INTEGER PRIMARY KEY, seal BLOB NOT NULL) STRICT;
`;

/** Where a token leads to, as the index has it (`layerSchema`). */
interface Posting {
  readonly token: number;
  readonly people: number;
  readonly rows: Uint8Array | null;
}

/** About so many tokens are sealed together. */
const together = 64;
/** Each person has an id, and most have one number. */
const tokensOfPerson = 2;
const utf8 = new TextEncoder();
const nothing = new Uint8Array();

const widthOf = (parts: number): number => Math.ceil(sealedTokens / parts);

// Both the layer and the place, and how many parts there are: of another division of the same tokens none fits.
function contextOf(file: string, { parts, part }: { parts: number; part: number }, postings: readonly Posting[]) {
  const numbers = new Float64Array(3 * postings.length);
  for (const [position, { token, people, rows }] of postings.entries())
    numbers.set([token, people, rows === null ? -1 : rows.length], 3 * position);
  const place = utf8.encode(`styrk/holders/4/${file}/tokens/${parts}/${part}/${postings.length} `);
  return concat(place, new Uint8Array(numbers.buffer), ...postings.map(({ rows }) => rows ?? nothing));
}

interface SealedFor {
  readonly key: Uint8Array;
  /** What the layer's file is, or will be, called. */
  readonly file: string;
}

/** Seals the tokens of a layer as they are written, in rising order. */
export class TokenSealer {
  readonly #insert: Statement<[number, Uint8Array]>;
  readonly #for: SealedFor & { readonly random: RandomSource };
  readonly #parts: number;
  #part = 0;
  #postings: Posting[] = [];

  /** `people` is how many there are, about. */
  constructor(database: Database, sealedFor: SealedFor & { readonly random: RandomSource }, people: number) {
    this.#insert = database.prepare('INSERT INTO token_seals (part, seal) VALUES (?, ?)');
    this.#for = sealedFor;
    this.#parts = Math.max(1, Math.ceil((tokensOfPerson * people) / together));
  }

  /** `rows` as it lies in the index; others than tokens of ids and of numbers are left alone. */
  add(token: number, people: number, rows: Uint8Array | null): void {
    if (!isSealedToken(token)) return;
    this.#sealUpTo(Math.floor(token / widthOf(this.#parts)));
    this.#postings.push({ token, people, rows });
  }

  /** Seals the last of them. */
  end(): void {
    this.#sealUpTo(this.#parts);
  }

  #sealUpTo(part: number): void {
    const { key, file, random } = this.#for;
    while (this.#part < part) {
      const context = contextOf(file, { parts: this.#parts, part: this.#part }, this.#postings);
      this.#insert.run(this.#part++, sealMany(key, nothing, context, random));
      this.#postings = [];
    }
  }
}

/** Whether what a token of an id or of a number leads to is as it was sealed. */
export type TokenCheck = (token: number) => boolean;

/**
 * The check of an open layer's tokens; for one of before there were seals it finds nothing. Of an open layer nobody writes (`openLayer`):
 * what was looked at last is not looked at again.
 */
export function tokenCheck(database: Database, { key, file }: { key: () => Uint8Array; file: string }): TokenCheck {
  if (!tokensAreSealed(file)) return () => true;
  const isThere = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'token_seals'").get() !== undefined;
  if (!isThere) return (token) => !isSealedToken(token);
  const parts = (database.prepare<[], number>('SELECT max(part) FROM token_seals').pluck().get() ?? 0) + 1;
  const width = widthOf(parts);
  const seal = database.prepare<[number], Uint8Array>('SELECT seal FROM token_seals WHERE part = ?').pluck();
  const neighbours = database.prepare<[number, number], Posting>(
    'SELECT token, people, rows FROM postings WHERE token >= ? AND token < ? ORDER BY token',
  );
  let whole = -1;
  return (token) => {
    const part = Math.floor(token / width);
    if (!isSealedToken(token) || part === whole) return true;
    const sealed = seal.get(part);
    if (sealed === undefined) return false;
    const postings = neighbours.all(part * width, Math.min((part + 1) * width, sealedTokens));
    if (openMany(key(), sealed, contextOf(file, { parts, part }, postings)) === null) return false;
    whole = part;
    return true;
  };
}
