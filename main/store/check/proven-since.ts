import type { Database } from 'better-sqlite3';
import { entryHash, isEntrySigned } from '../../records/chain.ts';
import { leafHash } from '../../records/log/merkle.ts';
import { inclusionPath } from '../../records/log/proofs.ts';
import { isIncluded } from '../../records/log/verify-proofs.ts';
import { openRecord, sealedHashOf } from '../../records/seal-record.ts';
import type { RecordContent } from '../../records/types.ts';
import { ChainWalk, entryOf, type FoundEntry } from '../../records/verify-chain.ts';
import { Failure } from '../../result/failure.ts';
import { entriesAfter, entryOfId, readHead } from '../chain-rows.ts';
import { entryBytes, subtreeHash } from '../log/log-rows.ts';
import { readLogState } from '../log/records-log.ts';
import type { CheckKeys } from './check-records.ts';

/** A record that was proven whole by itself, and the content of each that was kept after it, the oldest first. */
export interface ProvenSince {
  readonly hash: string;
  readonly later: readonly RecordContent[];
}

/**
 * Proves one record and that none after it is missing, at the cost of these alone; in a transaction. Of each: its hash is what its
 * fields say, the station signed it, its seals are the named ones and open to what it is committed to, and it follows the one
 * before it, up to the head that the station signed. The first one's hash leads by its path (RFC 6962 §2.1.1) to the root of
 * the newest checkpoint, which the station signed over as many records as the head has. Null where anything of it is not so,
 * where one of them was erased, and where there is none of this id. Of the records before it nothing is said.
 */
export function provenSince(
  database: Database,
  { publicKey, sealingKey, log: keys, erased }: Omit<CheckKeys, 'stationId'> & { readonly erased: ErasedNumbers },
  id: string,
): ProvenSince | null {
  const found = entryOfId(database, id);
  if (found === undefined) return null;
  const first = entryOf(found);
  const { number, hash } = first;
  const walk = new ChainWalk({ publicKey, sealingKey }, { number: number - 1, hash: first.previousHash, id: '' });
  const later: RecordContent[] = [];
  for (const row of entriesAfter(database, number - 1)) {
    const content = take(walk, row, { publicKey, sealingKey });
    // One whose content is gone may be anything, and what was erased and is there again came out of an older copy.
    if (content === null || erased.has(content.number)) return null;
    if (content.number !== number) later.push(content.content);
  }
  if (!walk.end(readHead(database)).intact) return null;
  const { checkpoint, head } = readLogState(database, keys);
  const entry = entryBytes(hash);
  if (checkpoint === null || entry === null || head !== checkpoint.size || number > checkpoint.size) return null;
  const path = pathOf(database, number, checkpoint.size);
  return path !== null && isIncluded(leafHash(entry), number - 1, checkpoint, path) ? { hash, later } : null;
}

type ErasedNumbers = { readonly has: (number: number) => boolean };

function take(
  walk: ChainWalk,
  row: FoundEntry,
  { publicKey, sealingKey }: Pick<CheckKeys, 'publicKey' | 'sealingKey'>,
): { readonly number: number; readonly content: RecordContent } | null {
  const entry = entryOf(row);
  const hash = entryHash(entry);
  const content = openRecord(entry, sealingKey.reveal());
  const isSealed = content !== null && sealedHashOf(entry.wrappedKey, entry.sealed) === entry.sealedHash;
  walk.take({ entry, hash, isSigned: isEntrySigned({ hash, signature: entry.signature }, publicKey), isSealed });
  return content === null ? null : { number: entry.number, content };
}

function pathOf(database: Database, number: number, size: number): readonly Uint8Array[] | null {
  try {
    return inclusionPath(number - 1, size, (place) => subtreeHash(database, place));
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}
