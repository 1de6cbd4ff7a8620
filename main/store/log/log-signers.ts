import type { Database } from 'better-sqlite3';
import { prepared } from '../prepared.ts';

/** A key by ML-DSA-44 with which the station signs its log, or did: its number, counted from 1, and from and until how many records. */
export interface LogSigner {
  readonly generation: number;
  readonly publicKey: Uint8Array;
  readonly fromSize: number;
  /** Null while it signs. */
  readonly untilSize: number | null;
}

/** All that there were, the newest first. */
export function readSigners(database: Database): readonly LogSigner[] {
  return prepared<[], LogSigner>(
    database,
    `SELECT generation, public_key AS publicKey, from_size AS fromSize, until_size AS untilSize FROM log_signers
     ORDER BY generation DESC`,
  )
    .all()
    .map((signer) => ({ ...signer, publicKey: new Uint8Array(signer.publicKey) }));
}

/** The one that signs now; null where the station's own key signs alone. */
export function currentSigner(database: Database): LogSigner | null {
  const [newest] = readSigners(database);
  return newest === undefined || newest.untilSize !== null ? null : newest;
}

/** Ends the one that signs at so many records, and begins another where one is given. */
export function followSigner(
  database: Database,
  size: number,
  next: Pick<LogSigner, 'generation' | 'publicKey'> | null,
): void {
  database.prepare('UPDATE log_signers SET until_size = ? WHERE until_size IS NULL').run(size);
  if (next === null) return;
  database
    .prepare('INSERT INTO log_signers (generation, public_key, from_size) VALUES (?, ?, ?)')
    .run(next.generation, next.publicKey, size);
}
