import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { newSigningKey, open, publicKeyOfSeed, seal } from '../crypto/sealing.ts';
import { emptyChain } from '../records/chain.ts';
import { equal, toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import { writeActsHead } from './acts-head.ts';
import { writeHead } from './chain-rows.ts';
import type { Folder } from './folder.ts';

/** Who writes the records of this folder. The signing key rests sealed. */
export interface StationIdentity {
  readonly id: string;
  readonly publicKey: Uint8Array;
  /** Whoever asked for it purges it. */
  readonly signingKey: SecretBytes;
}

interface Row {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly sealedSigningKey: Uint8Array;
}

/**
 * The folder's station; made at the first unlock together with the signed head of the empty chain. Throws
 * `storage.corrupt` where its keys do not fit the master key.
 */
export function stationIdentity(
  { database, marks, path, random }: Pick<Folder, 'database' | 'marks' | 'path' | 'random'>,
  sealingKey: SecretBytes,
): StationIdentity {
  // Only who has to make the station takes the write lock: unlocking does not wait for another process's import.
  const row = readRow(database) ?? marks.write(() => readRow(database) ?? makeStation(database, sealingKey, random));
  const signingKey = signingKeyOf(row, sealingKey);
  if (signingKey === null) throw new Failure('storage.corrupt', { path, part: 'station' });
  if (!isHeaded(row, sealingKey))
    // What was touched is not signed: it is put right first, and signed at the next unlock.
    marks.keep((whole) => {
      if (whole) beginActsHead({ database, random }, { id: row.id, signingKey }, sealingKey);
    });
  return { id: row.id, publicKey: new Uint8Array(row.publicKey), signingKey };
}

function signingKeyOf(row: Row, sealingKey: SecretBytes): SecretBytes | null {
  const signingKey = SecretBytes.orNull(opened(row, sealingKey, headed) ?? opened(row, sealingKey, headless));
  if (signingKey === null || equal(publicKeyOfSeed(signingKey.reveal()), row.publicKey)) return signingKey;
  signingKey.purge();
  return null;
}

function opened({ id, sealedSigningKey }: Row, sealingKey: SecretBytes, version: number): Uint8Array | null {
  return open(sealingKey.reveal(), sealedSigningKey, contextOf(id, version));
}

function isHeaded(row: Row, sealingKey: SecretBytes): boolean {
  using signingKey = SecretBytes.orNull(opened(row, sealingKey, headed));
  return signingKey !== null;
}

// The end of the acts and the seal that says that there is one, both or neither. Another process may have been first.
function beginActsHead(
  { database, random }: Pick<Folder, 'database' | 'random'>,
  station: Pick<StationIdentity, 'id' | 'signingKey'>,
  sealingKey: SecretBytes,
): void {
  const row = readRow(database);
  if (row === undefined || isHeaded(row, sealingKey)) return;
  writeActsHead(database, station);
  const sealed = seal(sealingKey.reveal(), station.signingKey.reveal(), contextOf(station.id, headed), random);
  database.prepare('UPDATE station SET sealed_signing_key = ? WHERE only_row = 1').run(sealed);
}

/** Whether this is the key under which the station of the folder rests. */
export function opensStation(database: Database, sealingKey: SecretBytes): boolean {
  const row = readRow(database);
  using signingKey = row === undefined ? null : signingKeyOf(row, sealingKey);
  return signingKey !== null;
}

/** The station as it is known without a key; null where the folder was never unlocked: that makes the station. */
export function knownStation(database: Database): Pick<StationIdentity, 'id' | 'publicKey'> | null {
  const row = readRow(database);
  return row === undefined ? null : { id: row.id, publicKey: new Uint8Array(row.publicKey) };
}

function readRow(database: Database): Row | undefined {
  return database
    .prepare<[], Row>(
      'SELECT id, public_key AS publicKey, sealed_signing_key AS sealedSigningKey FROM station WHERE only_row = 1',
    )
    .get();
}

function makeStation(database: Database, sealingKey: SecretBytes, random: RandomSource): Row {
  const id = `station-${toHex(random(8))}`;
  const { secretKey, publicKey } = newSigningKey(random);
  using signingKey = new SecretBytes(secretKey);
  const sealedSigningKey = seal(sealingKey.reveal(), secretKey, contextOf(id, headed), random);
  database
    .prepare('INSERT INTO station (only_row, id, public_key, sealed_signing_key) VALUES (1, ?, ?, ?)')
    .run(id, publicKey, sealedSigningKey);
  writeHead(database, emptyChain({ stationId: id, signingKey }));
  writeActsHead(database, { id, signingKey });
  return { id, publicKey, sealedSigningKey };
}

// Whether the acts of the folder have a signed end stands in the seal of the signing key: whoever has no master key can take the end
// away, and cannot make the folder one of before there was any.
const [headless, headed] = [1, 2];

function contextOf(id: string, version: number): Uint8Array {
  return new TextEncoder().encode(`styrk/station/${version}/${id}`);
}
