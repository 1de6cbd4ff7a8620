import type { Database } from 'better-sqlite3';
import type { DocumentSignerRow } from '../trust/types.ts';
import { guarded } from './database-failure.ts';

/**
 * Where one import keeps the document signers that it has read so far: in memory, for itself. Others do not see them, another
 * import does not lose them, and nobody who writes to the database can put any in.
 */
export interface DocumentSignerStage {
  readonly id: number;
  add(signers: readonly DocumentSignerRow[]): void;
  /** Forgets them; an import that was applied has none left. */
  drop(): void;
}

const columns = 'fingerprint, country, issuer_key, serial_number, subject_key_identifier, der';
let lastId = 0;

/** A stage of this connection. */
export function openStage(database: Database, path: string): DocumentSignerStage {
  lastId += 1;
  const id = lastId;
  database.exec(
    `CREATE TEMP TABLE IF NOT EXISTS staged_signers (
       stage INTEGER NOT NULL, fingerprint TEXT NOT NULL, country TEXT NOT NULL, issuer_key TEXT NOT NULL,
       serial_number TEXT NOT NULL, subject_key_identifier TEXT, der BLOB NOT NULL, PRIMARY KEY (stage, fingerprint)
     ) STRICT`,
  );
  return {
    id,
    add: (signers) =>
      guarded(path, () => {
        const insert = database.prepare(
          `INSERT INTO temp.staged_signers (stage, ${columns})
           VALUES (@stage, @fingerprint, @country, @issuerKey, @serialNumber, @subjectKeyIdentifier, @der)
           ON CONFLICT (stage, fingerprint) DO NOTHING`,
        );
        database.transaction(() => {
          for (const signer of signers) insert.run({ ...signer, stage: id });
        })();
      }),
    drop: () => guarded(path, () => clear(database, id)),
  };
}

/** Takes what is staged into the store for the import `addedBy`; answers how many were new. Inside a transaction. */
export function takeStaged(database: Database, { id }: DocumentSignerStage, addedBy: number): number {
  const { changes } = database
    .prepare(
      `INSERT INTO main.document_signers (${columns}, added_by)
       SELECT ${columns}, ? FROM temp.staged_signers WHERE stage = ? ON CONFLICT (fingerprint) DO NOTHING`,
    )
    .run(addedBy, id);
  clear(database, id);
  return changes;
}

function clear(database: Database, id: number): void {
  database.prepare('DELETE FROM temp.staged_signers WHERE stage = ?').run(id);
}
