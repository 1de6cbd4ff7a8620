import type { Holder, HolderMatch } from '../../holders/holder.ts';
import { fitOf, type HolderQuery, type NameQuery } from '../../holders/search.ts';
import { Failure } from '../../result/failure.ts';
import { askedName, type FoundRows, findName, type TokenSource } from './find-name.ts';
import { TokenBatch, type TokenKind, tokenOf } from './tokens.ts';

/** People on file in one place; of two with one id that counts which lies higher. */
export interface RegisterPart extends TokenSource {
  /** Null where the row is gone. */
  readonly open: (row: number) => { readonly holder: Holder; readonly place: number } | null;
}

/** Whom a search found, those first whose whole name fits. */
interface Fitting {
  readonly holder: Holder;
  readonly whole: boolean;
}

/** The register as one: what lies above hides what lies below it under the same id. */
export class Register {
  readonly #parts: () => readonly RegisterPart[];
  readonly #key: () => Uint8Array;

  constructor(parts: () => readonly RegisterPart[], key: () => Uint8Array) {
    this.#parts = parts;
    this.#key = key;
  }

  /** At most `limit`; of a name that more have fails with `holder.too-many`, which counts them about. */
  find(query: HolderQuery, limit: number): readonly HolderMatch[] {
    const parts = this.#parts();
    const found =
      query.kind === 'name' ? this.#named(parts, query, limit) : this.#fitting(parts, query).slice(0, limit);
    return found
      .sort((a, b) => Number(b.whole) - Number(a.whole) || byName(a.holder, b.holder))
      .map(({ holder }) => ({ holder, matchedBy: query.kind }));
  }

  get(id: string): Holder | null {
    return this.#fitting(this.#parts(), { kind: 'id', id })[0]?.holder ?? null;
  }

  /** Whoever has or had one of these numbers. */
  ofNumbers(keys: readonly string[], parts = this.#parts()): readonly Holder[] {
    const key = this.#key();
    const batch = new TokenBatch();
    for (const number of keys) batch.add('number', number);
    const tokens = keys.length === 0 ? [] : [...batch.tokens(key)];
    const found = parts.flatMap((part) => tokens.flatMap((token) => this.#opened(parts, part, part.rows(token))));
    return [...new Map(found.map((holder) => [holder.id, holder])).values()];
  }

  #named(parts: readonly RegisterPart[], query: NameQuery, limit: number): Fitting[] {
    // Whole words first: far more names begin so than are so, and where those are too many nobody need look for beginnings.
    const whole = this.#namedBy(parts, { ...query, beginnings: false });
    const wholeTotal = whole.found.length + whole.more;
    if (wholeTotal > limit) throw new Failure('holder.too-many', { count: wholeTotal });
    if (query.beginnings !== true) return whole.found;
    const { found, more } = this.#namedBy(parts, query);
    if (found.length + more <= limit) return found;
    if (whole.found.length > 0) return whole.found;
    throw new Failure('holder.too-many', { count: found.length + more });
  }

  #namedBy(parts: readonly RegisterPart[], query: NameQuery): { readonly found: Fitting[]; readonly more: number } {
    const asked = askedName(this.#key(), query);
    const rows = parts.map((part) => findName(part, this.#key(), asked));
    const more = rows.reduce((sum, each) => sum + ('tooMany' in each ? each.tooMany : 0), 0);
    // Of very many nobody is opened, to be thrown away.
    const found = more > 0 ? [] : parts.flatMap((part, position) => this.#fit(parts, part, rows[position], query));
    return { found, more };
  }

  #fitting(parts: readonly RegisterPart[], query: Exclude<HolderQuery, NameQuery>): Fitting[] {
    const token = tokenOf(this.#key(), ...textOf(query));
    return parts.flatMap((part) => this.#fit(parts, part, { rows: part.rows(token) }, query));
  }

  #fit(
    parts: readonly RegisterPart[],
    part: RegisterPart,
    found: FoundRows | undefined,
    query: HolderQuery,
  ): readonly Fitting[] {
    if (found === undefined || !('rows' in found)) return [];
    return this.#opened(parts, part, found.rows, (holder) => fitOf(holder, query) !== 'none').map((holder) => ({
      holder,
      whole: fitOf(holder, query) === 'whole',
    }));
  }

  #opened(
    parts: readonly RegisterPart[],
    part: RegisterPart,
    rows: Uint32Array,
    fits: (holder: Holder) => boolean = () => true,
  ): readonly Holder[] {
    const opened = [...rows].flatMap((row) => {
      const one = part.open(row);
      return one === null || !fits(one.holder) ? [] : [one];
    });
    if (opened.length === 0) return [];
    const batch = new TokenBatch();
    for (const { holder } of opened) batch.add('id', holder.id);
    const tokens = batch.tokens(this.#key());
    return opened.flatMap(({ holder, place }, position) =>
      this.#isHidden(parts, { id: holder.id, place, token: tokens[position] ?? 0 }) ? [] : [holder],
    );
  }

  #isHidden(
    parts: readonly RegisterPart[],
    { id, place, token }: { readonly id: string; readonly place: number; readonly token: number },
  ): boolean {
    return parts.some((part) =>
      [...part.rows(token)].some((row) => {
        const other = part.open(row);
        return other !== null && other.place > place && other.holder.id === id;
      }),
    );
  }
}

function textOf(query: Exclude<HolderQuery, NameQuery>): readonly [TokenKind, string] {
  if (query.kind === 'id') return ['id', query.id];
  return query.kind === 'reference' ? ['reference', query.reference] : ['number', query.personalNumber];
}

function byName(a: Holder, b: Holder): number {
  return a.surname.localeCompare(b.surname, 'sv') || a.givenNames.localeCompare(b.givenNames, 'sv');
}
