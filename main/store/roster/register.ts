import type { Holder, HolderMatch } from '../../holders/holder.ts';
import { documentKey, fitOf, type HolderQuery, type NameQuery } from '../../holders/search.ts';
import { Failure } from '../../result/failure.ts';
import { nameOrder } from '../../result/name-order.ts';
import { askedName, type FoundRows, findName, type TokenSource } from './find-name.ts';
import { TokenBatch, type TokenKind, tokenOf } from './tokens.ts';

/** People on file in one place; of two with one id that counts which lies higher. No two of them have one id. */
export interface RegisterPart extends TokenSource {
  /** Null where the row is gone. */
  readonly open: (row: number) => { readonly holder: Holder; readonly place: number } | null;
  /** No row of it lies lower. */
  readonly lowest: number;
  /** How many of it may hide somebody who lies at `place`: no fewer, or `most`, beyond which nobody asks. */
  readonly above: (place: number, most: number) => number;
}

/** Whom a search found, those first whose whole name fits. */
interface Fitting {
  readonly holder: Holder;
  readonly whole: boolean;
}

/** So many rows are opened together: the tokens of their ids cost hardly more than that of one. */
const openedTogether = 32;

/** The register as one: what lies above hides what lies below it under the same id. */
export class Register {
  readonly #parts: () => readonly RegisterPart[];
  readonly #key: () => Uint8Array;

  constructor(parts: () => readonly RegisterPart[], key: () => Uint8Array) {
    this.#parts = parts;
    this.#key = key;
  }

  /** At most `limit`, in the order of `language`; of a name that more have fails with `holder.too-many`, which counts them about. */
  find(query: HolderQuery, limit: number, language: string): readonly HolderMatch[] {
    const order = nameOrder(language);
    const byName = (a: Holder, b: Holder): number => order(a.surname, b.surname) || order(a.givenNames, b.givenNames);
    const parts = this.#parts().map(remembering);
    const found =
      query.kind === 'name' ? this.#named(parts, query, limit) : this.#fitting(parts, query).slice(0, limit);
    return found
      .sort((a, b) => Number(b.whole) - Number(a.whole) || byName(a.holder, b.holder))
      .map(({ holder }) => ({ holder, matchedBy: query.kind }));
  }

  get(id: string): Holder | null {
    return this.#fitting(this.#parts(), { kind: 'id', id })[0]?.holder ?? null;
  }

  /** Whoever has or had one of these numbers; of very many the first. */
  ofNumbers(keys: readonly string[], parts = this.#parts()): readonly Holder[] {
    const batch = new TokenBatch();
    for (const number of keys) batch.add('number', number);
    const tokens = keys.length === 0 ? [] : [...batch.tokens(this.#key())];
    const found = tokens.flatMap((token) => this.#first(parts, token, mostOfNumber, () => true));
    return [...new Map(found.map((holder) => [holder.id, holder])).values()];
  }

  #named(parts: readonly RegisterPart[], query: NameQuery, limit: number): Fitting[] {
    // Whole words first: far more names begin so than are so, and where those are too many nobody need look for beginnings.
    const whole = this.#namedBy(parts, { ...query, beginnings: false }, limit);
    if (whole.tooMany !== null) throw new Failure('holder.too-many', { count: whole.tooMany });
    if (query.beginnings !== true) return whole.found;
    const begun = this.#namedBy(parts, query, limit);
    if (begun.tooMany === null) return begun.found;
    if (whole.found.length > 0) return whole.found;
    throw new Failure('holder.too-many', { count: begun.tooMany });
  }

  // Of more than `limit` no more are opened than show it: how many there are about their tokens tell. Nobody is, where that is more
  // than can be hidden by others.
  #namedBy(
    parts: readonly RegisterPart[],
    query: NameQuery,
    limit: number,
  ): { readonly found: Fitting[]; readonly tooMany: number | null } {
    const asked = askedName(this.#key(), query);
    const led = parts.map((part) => {
      const hidden = parts.reduce((sum, other) => sum + (other === part ? 0 : other.above(part.lowest, limit)), 0);
      return { part, hidden, rows: findName(part, this.#key(), asked, limit + Math.min(limit, hidden)) };
    });
    const total = led.reduce((sum, { rows }) => sum + ('tooMany' in rows ? rows.tooMany : rows.rows.length), 0);
    const surely = led.reduce((sum, { hidden, rows }) => sum + fittingSurely(rows, hidden < limit ? hidden : null), 0);
    const found: Fitting[] = [];
    if (surely > limit) return { found, tooMany: total };
    for (const { part, rows } of led) {
      if ('tooMany' in rows) continue;
      for (const holder of this.#opened(parts, part, rows.rows, (one) => fitOf(one, query) !== 'none')) {
        if (found.length === limit) return { found, tooMany: total };
        found.push({ holder, whole: fitOf(holder, query) === 'whole' });
      }
    }
    return { found, tooMany: null };
  }

  #fitting(parts: readonly RegisterPart[], query: Exclude<HolderQuery, NameQuery>): Fitting[] {
    const token = tokenOf(this.#key(), ...textOf(query));
    const fits = (holder: Holder): boolean => fitOf(holder, query) !== 'none';
    return this.#first(parts, token, mostOfNumber, fits).map((holder) => ({ holder, whole: true }));
  }

  #first(
    parts: readonly RegisterPart[],
    token: number,
    most: number,
    fits: (holder: Holder) => boolean,
  ): readonly Holder[] {
    const found: Holder[] = [];
    for (const part of parts) {
      for (const holder of this.#opened(parts, part, part.rows(token), fits)) {
        if (found.length === most) return found;
        found.push(holder);
      }
    }
    return found;
  }

  *#opened(
    parts: readonly RegisterPart[],
    part: RegisterPart,
    rows: Uint32Array,
    fits: (holder: Holder) => boolean,
  ): Generator<Holder> {
    const others = parts.filter((other) => other !== part);
    for (let at = 0; at < rows.length; at += openedTogether) {
      const opened = [...rows.subarray(at, at + openedTogether)].flatMap((row) => {
        const one = part.open(row);
        return one === null || !fits(one.holder) ? [] : [one];
      });
      if (opened.length === 0) continue;
      const batch = new TokenBatch();
      for (const { holder } of opened) batch.add('id', holder.id);
      const tokens = others.length === 0 ? [] : batch.tokens(this.#key());
      for (const [position, { holder, place }] of opened.entries())
        if (!isHidden(others, { id: holder.id, place, token: tokens[position] ?? 0 })) yield holder;
    }
  }
}

/** One number that very many have by a mistake of a file is no reason to open them all. */
const mostOfNumber = 100;

/** How many of those that one part was led to fit and are there, whoever of them is `hidden`; null where that may be very many. */
function fittingSurely(rows: FoundRows, hidden: number | null): number {
  if ('tooMany' in rows) return Number.POSITIVE_INFINITY;
  return rows.fit && hidden !== null ? Math.max(0, rows.rows.length - hidden) : 0;
}

function isHidden(
  others: readonly RegisterPart[],
  { id, place, token }: { readonly id: string; readonly place: number; readonly token: number },
): boolean {
  return others.some((part) =>
    [...part.rows(token)].some((row) => {
      const other = part.open(row);
      return other !== null && other.place > place && other.holder.id === id;
    }),
  );
}

// Whom the whole words led to their beginnings lead to again.
function remembering(part: RegisterPart): RegisterPart {
  const known = new Map<number, ReturnType<RegisterPart['open']>>();
  return {
    ...part,
    open: (row) => {
      const before = known.get(row);
      if (before !== undefined) return before;
      const opened = part.open(row);
      known.set(row, opened);
      return opened;
    },
  };
}

function textOf(query: Exclude<HolderQuery, NameQuery>): readonly [TokenKind, string] {
  if (query.kind === 'id') return ['id', query.id];
  if (query.kind === 'document') return ['document', documentKey(query.document)];
  return query.kind === 'reference' ? ['reference', query.reference] : ['number', query.personalNumber];
}
