import type { Database } from 'better-sqlite3';
import { concat } from '../result/bytes.ts';
import type { DocumentSignerRow } from '../trust/types.ts';

/**
 * Where one import keeps the document signers that it has read so far: in memory, for itself. Others do not see them, another
 * import does not lose them, and nobody who writes to the database can put any in.
 */
export interface DocumentSignerStage {
  add(signers: readonly DocumentSignerRow[]): void;
  /** Forgets them. */
  drop(): void;
  /** What was added, each fingerprint once, in the order of the fingerprints. */
  signers(): Iterable<DocumentSignerRow>;
}

/** An empty stage. */
export function openStage(): DocumentSignerStage {
  const staged = new Map<string, DocumentSignerRow>();
  const names = new Map<string, string>();
  // Tens of thousands have some hundred issuers.
  const once = (name: string): string => {
    const held = names.get(name);
    if (held === undefined) names.set(name, name);
    return held ?? name;
  };
  return {
    add: (signers) => {
      const fresh = signers.filter(({ fingerprint }) => !staged.has(fingerprint));
      // One array for many: what was read is a view of larger ones, and an array for each takes as much again.
      const together = concat(...fresh.map(({ der }) => der));
      let at = 0;
      for (const { der, ...told } of fresh) {
        const row = { ...told, issuerKey: once(told.issuerKey), der: together.subarray(at, at + der.length) };
        at += der.length;
        staged.set(row.fingerprint, row);
      }
    },
    drop: () => {
      staged.clear();
      names.clear();
    },
    // An index that grows in its own order is written once, page by page.
    signers: () => [...staged.values()].sort((one, other) => (one.fingerprint < other.fingerprint ? -1 : 1)),
  };
}

/** Takes what is staged into the store for the import `addedBy`; answers how many were new. Inside a transaction. */
export function takeStaged(database: Database, stage: DocumentSignerStage, addedBy: number): number {
  const insert = database.prepare(
    `INSERT INTO document_signers (fingerprint, country, issuer_key, serial_number, subject_key_identifier, der, added_by)
     VALUES (@fingerprint, @country, @issuerKey, @serialNumber, @subjectKeyIdentifier, @der, @addedBy)
     ON CONFLICT (fingerprint) DO NOTHING`,
  );
  let taken = 0;
  for (const signer of stage.signers()) taken += insert.run({ ...signer, addedBy }).changes;
  return taken;
}
