import type { Database } from 'better-sqlite3';
import { entryHash } from '../../records/chain.ts';
import { isOneAfterTheOther } from '../../records/log/check-tree.ts';
import { grow, type Peaks, rootOf } from '../../records/log/growing-tree.ts';
import { leafHash } from '../../records/log/merkle.ts';
import type { Place } from '../../records/verify-chain.ts';
import { equal } from '../../result/bytes.ts';
import { entryBytes } from '../log/log-rows.ts';
import type { CheckedPrefix } from './checked-prefix.ts';

/** What a record's row says without its seals and its signature, and its row of the log beside it. */
type FastRow = readonly [
  number: unknown,
  id: unknown,
  stationId: unknown,
  writtenAt: unknown,
  keyLength: unknown,
  sealedLength: unknown,
  sealedHash: unknown,
  commitment: unknown,
  previousHash: unknown,
  hash: unknown,
  hashes: unknown,
];

/** Where a walk over a checked prefix came to. */
export interface RestedPrefix {
  readonly last: Place;
  readonly size: number;
  readonly peaks: Peaks;
  readonly erased: number;
}

const batch = 1_000;

/**
 * Holds the records of a prefix that was checked whole before against its root: every field of each but its seals and its
 * signature stands in its hash, and every hash in the root. Null where anything at all is not as it was: then all is walked. Of
 * the seals it looks whether they are there.
 */
export async function walkFast(
  database: Database,
  { size, root }: Pick<CheckedPrefix, 'size' | 'root'>,
  around: {
    readonly isErased: (number: number) => boolean;
    readonly seen: (record: { readonly number: number; readonly id: string; readonly writtenAt: string }) => void;
    /** After each batch; what it throws ends the walk. */
    readonly passed: (number: number) => Promise<void>;
  },
): Promise<RestedPrefix | null> {
  const rows = database
    .prepare<[number, number], FastRow>(
      `SELECT number, id, station_id, written_at, length(wrapped_key), length(sealed), sealed_hash, commitment,
         previous_hash, hash, hashes
       FROM records LEFT JOIN log_leaves ON leaf = number - 1 WHERE number > ? AND number <= ? ORDER BY number`,
    )
    .raw();
  let peaks: Peaks = [];
  let last: Place = { number: 0, hash: '', id: '' };
  let erased = 0;
  while (last.number < size) {
    const end = Math.min(size, last.number + batch);
    for (const row of rows.all(last.number, end)) {
      const [number, id, stationId, writtenAt, keyLength, sealedLength, sealedHash, commitment, previousHash] = row;
      const [, , , , , , , , , hash, hashes] = row;
      if (number !== last.number + 1 || !areTexts(id, stationId, writtenAt, sealedHash, commitment, previousHash))
        return null;
      const fields = { number, id, stationId, writtenAt, sealedHash, commitment, previousHash } as const;
      const entry = entryBytes(hash);
      if (entry === null || entryHash(fields as Parameters<typeof entryHash>[0]) !== hash) return null;
      const isEmpty = keyLength === 0 && sealedLength === 0;
      if (isEmpty !== around.isErased(number)) return null;
      if (isEmpty) erased += 1;
      const grown = grow(peaks, number - 1, leafHash(entry));
      if (!(hashes instanceof Uint8Array) || !isOneAfterTheOther(hashes, grown.completed)) return null;
      peaks = grown.peaks;
      last = { number, hash: String(hash), id: String(id) };
      around.seen({ number, id: String(id), writtenAt: String(writtenAt) });
    }
    if (last.number !== end) return null;
    await around.passed(last.number);
  }
  return equal(rootOf(peaks), root) ? { last, size, peaks, erased } : null;
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string' && value.isWellFormed());
}
