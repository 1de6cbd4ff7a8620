import type { Database } from 'better-sqlite3';
import { type ActEntry, type ActsHead, isActsHead, signedActsHead } from '../records/act.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';

/**
 * Whether the signed end of the acts is that of the newest act: `wrong` where acts were taken away at the end, put in, or an end of
 * before was put back; `missing` where there is none (a folder of an earlier app that nobody unlocked since, or it was taken away).
 */
export type ActsEnd = 'fits' | 'wrong' | 'missing';

type Newest = Pick<ActEntry, 'number' | 'hash'> | null;

/** The newest act as it lies there; null before the first. */
export function newestAct(database: Database): Newest {
  return (
    database
      .prepare<[], Pick<ActEntry, 'number' | 'hash'>>('SELECT number, hash FROM acts ORDER BY number DESC LIMIT 1')
      .get() ?? null
  );
}

/** How the end that lies there stands to the newest act. */
export function actsEnd(database: Database, station: { readonly id: string; readonly publicKey: Uint8Array }): ActsEnd {
  const head = database.prepare<[], ActsHead>('SELECT number, hash, signature FROM acts_head WHERE only_row = 1').get();
  if (head === undefined) return 'missing';
  return isActsHead(head, newestAct(database), station) ? 'fits' : 'wrong';
}

/** Signs the end of the acts as they lie there now. Inside a transaction. */
export function writeActsHead(
  database: Database,
  station: { readonly id: string; readonly signingKey: SecretBytes },
): void {
  database
    .prepare(
      `INSERT INTO acts_head (only_row, number, hash, signature) VALUES (1, @number, @hash, @signature)
       ON CONFLICT (only_row) DO UPDATE SET number = excluded.number, hash = excluded.hash, signature = excluded.signature`,
    )
    .run(signedActsHead(newestAct(database), station));
}
