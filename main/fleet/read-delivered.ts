import * as v from 'valibot';
import { recipientKeyOf } from '../crypto/recipient.ts';
import { entryHash, isEntrySigned } from '../records/chain.ts';
import { openRecordWith, sealedHashOf } from '../records/seal-record.ts';
import type { RecordContent } from '../records/types.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { aNumber, columnsOf, oneRow } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';
import { isErasedAtStation } from './erase-delivered.ts';
import { isHeadOf, openSealed } from './sealed-for-headquarters.ts';

const bytes = v.instance(Uint8Array);
const text = v.string();
const columns = {
  number: aNumber,
  ...{ hash: text, id: text, written_at: text, sealed_hash: text, commitment: text, previous_hash: text },
  ...{ wrapped_key: bytes, sealed: bytes, signature: bytes, ephemeral: bytes, ephemeral_signature: bytes },
  key_seal: v.nullable(bytes),
  public_key: bytes,
};

/**
 * A record that a station delivered, on headquarters' side: proved first, then opened with headquarters' secret sealing key. Fails
 * with `fleet.not-enrolled`, `fleet.row-gone` (it was delivered, and deleted since), `record.not-found`, `record.hash-wrong`, `record.signature-wrong` (chain's or seal's), `record.erased` (its station says so), `record.seal-broken` (another key, or
 * its key was destroyed), and as the connection does.
 */
export async function readDelivered(
  connection: Connection,
  { station, number }: { readonly station: string; readonly number: number },
  secretKey: Uint8Array,
): Promise<{ readonly hash: string; readonly content: RecordContent }> {
  const names = Object.keys(columns).filter((name) => name !== 'public_key');
  const { rows } = await connection.ask(
    `SELECT ${names.map((name) => `r.${name}`).join(', ')}, s.public_key FROM styrk.records r JOIN styrk.stations s USING (station)
     WHERE station = $1 AND number = $2`,
    [station, number],
  );
  if (rows.length === 0) throw await whyNotThere(connection, { station, number });
  const row = columnsOf(oneRow(rows), columns);
  const { id, hash, commitment, sealed, signature } = row;
  // Emptied: the hash over what was there is what is proved.
  const isEmpty = row.wrapped_key.length === 0 && sealed.length === 0;
  const sealedHash = isEmpty ? row.sealed_hash : sealedHashOf(row.wrapped_key, sealed);
  const place = { number: row.number, id, stationId: station };
  const chained = { ...place, writtenAt: row.written_at, sealedHash, commitment, previousHash: row.previous_hash };
  if (sealedHash !== row.sealed_hash || entryHash(chained) !== hash) throw new Failure('record.hash-wrong', { number });
  const head = { ephemeral: row.ephemeral, signature: row.ephemeral_signature };
  const who = { id: station, publicKey: row.public_key };
  if (!isEntrySigned({ hash, signature }, row.public_key) || !isHeadOf(who, recipientKeyOf(secretKey), head))
    throw new Failure('record.signature-wrong', { number });
  if (isEmpty) {
    const isErased = await isErasedAtStation(connection, { station, number: row.number, hash });
    throw new Failure(isErased ? 'record.erased' : 'record.seal-broken', { number });
  }
  const sealPlace = { part: 'records', station, number: row.number, digest: hash } as const;
  using key = SecretBytes.orNull(row.key_seal === null ? null : openSealed(secretKey, head, sealPlace, row.key_seal));
  const content = key === null ? null : openRecordWith(key.reveal(), { ...place, sealed, commitment });
  if (content === null) throw new Failure('record.seal-broken', { number });
  return { hash, content };
}

// The mark says how far the station has delivered: up to there no row is missing that nobody took away.
async function whyNotThere(
  connection: Connection,
  { station, number }: { readonly station: string; readonly number: number },
): Promise<Failure> {
  const { rows } = await connection.ask('SELECT records FROM styrk.stations WHERE station = $1', [station]);
  if (rows.length === 0) return new Failure('fleet.not-enrolled', { station });
  const { records } = columnsOf(oneRow(rows), { records: aNumber });
  return new Failure(number <= records ? 'fleet.row-gone' : 'record.not-found', { number, delivered: records });
}
