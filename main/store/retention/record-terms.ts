import type { Database } from 'better-sqlite3';
import type { KeyedIndex } from '../../crypto/sealing.ts';
import type { RecordContent } from '../../records/types.ts';
import type { PlainDate } from '../../result/plain-date.ts';

/** What a record is found by, beside its day. */
export const recordTerms = ['teller', 'purpose', 'verdict', 'document'] as const;
/** One of them. */
export type RecordTerm = (typeof recordTerms)[number];

/** What is asked for: all of it must fit. */
export interface RecordQuery extends Partial<Readonly<Record<RecordTerm, string>>> {
  readonly from?: PlainDate;
  readonly to?: PlainDate;
}

/** Numbers of records, the newest day first, and where the next page begins; null where there is none. */
export interface FoundNumbers {
  readonly numbers: readonly number[];
  readonly next: number | null;
}

/**
 * So many rows are looked at for one page: where what is asked for stands seldom together, a page has fewer records, or none, and
 * `next` goes on. Nobody waits for more.
 */
const mostLookedAt = 5_000;
const mostCounted = 1_000;
const tokenLength = 8;
const lastNumber = Number.MAX_SAFE_INTEGER;

/** The forms in which values are compared: of signs letters alone, of a document's number letters and digits alone. */
const forms: Readonly<Record<RecordTerm, (value: string) => string>> = {
  teller: (sign) => sign.normalize('NFC').trim().toLowerCase(),
  purpose: (purpose) => purpose,
  verdict: (verdict) => verdict,
  document: (number) => number.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''),
};

/** The keyed values of what a record is found by; null where it has none of it, or nobody could open it. */
export function termsOf(
  content: RecordContent | null,
  token: (term: RecordTerm, value: string) => Uint8Array,
): Readonly<Record<RecordTerm, Uint8Array | null>> {
  const values: Readonly<Record<RecordTerm, string | null>> = {
    teller: content?.decision.by.sign ?? null,
    purpose: content?.purpose ?? null,
    verdict: content?.verdict.verdict ?? null,
    document: content?.document?.number ?? null,
  };
  const tokenOf = (term: RecordTerm): Uint8Array | null => {
    const value = values[term];
    return value === null || forms[term](value) === '' ? null : token(term, value);
  };
  return {
    teller: tokenOf('teller'),
    purpose: tokenOf('purpose'),
    verdict: tokenOf('verdict'),
    document: tokenOf('document'),
  };
}

/** Makes the keyed value of what stands in a record or is asked for: 8 bytes of HMAC-SHA256. */
export function termToken(index: KeyedIndex): (term: RecordTerm, value: string) => Uint8Array {
  return (term, value) => index.of(new TextEncoder().encode(`${term}\n${forms[term](value)}`)).subarray(0, tokenLength);
}

interface TermRow extends Readonly<Record<RecordTerm, Uint8Array | null>> {
  readonly number: number;
}

/** Finds records by what is asked for, from a record on (`before`, by its number). The rarest term leads; inside a transaction. */
export function findByTerms(
  database: Database,
  token: (term: RecordTerm, value: string) => Uint8Array,
  query: RecordQuery,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): FoundNumbers {
  const asked = recordTerms.flatMap((term) => {
    const value = query[term];
    return value === undefined ? [] : [{ term, token: Buffer.from(token(term, value)) }];
  });
  const leading = asked.length < 2 ? asked[0] : rarest(database, asked);
  const dayOf = database.prepare<[number], string>('SELECT written_on FROM record_retention WHERE number = ?').pluck();
  const until = query.to ?? '9999-12-31';
  const beganAt = before === null ? null : (dayOf.get(before) ?? until);
  const day = beganAt === null || beganAt > until ? until : beganAt;
  const number = beganAt === null || beganAt > until ? lastNumber : (before ?? lastNumber);
  const rows = database
    .prepare<Record<string, unknown>, TermRow>(
      `SELECT number, teller, purpose, verdict, document FROM record_retention
       WHERE ${leading === undefined ? '' : `${leading.term} = @token AND`} written_on >= @from
         AND (written_on, number) < (@day, @number)
       ORDER BY written_on DESC, number DESC LIMIT ${mostLookedAt}`,
    )
    .iterate({ token: leading?.token, from: query.from ?? '', day, number });
  const numbers: number[] = [];
  let looked = 0;
  let last: number | null = null;
  for (const row of rows) {
    looked += 1;
    last = row.number;
    if (!asked.every(({ term, token: wanted }) => wanted.equals(row[term] ?? new Uint8Array(0)))) continue;
    numbers.push(row.number);
    if (numbers.length === limit) return { numbers, next: last };
  }
  return { numbers, next: looked === mostLookedAt ? last : null };
}

function rarest<Asked extends { readonly term: RecordTerm; readonly token: Uint8Array }>(
  database: Database,
  asked: readonly Asked[],
): Asked | undefined {
  const counted = asked.map((each) => {
    const rows = `SELECT 1 FROM record_retention WHERE ${each.term} = ? LIMIT ${mostCounted}`;
    const count = database.prepare<[Uint8Array], number>(`SELECT count(*) FROM (${rows})`).pluck().get(each.token) ?? 0;
    return { each, count };
  });
  return counted.sort((one, other) => one.count - other.count)[0]?.each;
}
