import type { Database } from 'better-sqlite3';
import type { PlainDate } from '../result/plain-date.ts';
import type { TrustSource } from '../trust/types.ts';

/** When something came into the trust store, and as what; null where it came by no import (a training folder's own). */
interface Arrival {
  /** Instant (ISO 8601) of the import. */
  readonly takenAt: string | null;
  /** The kind of the import in the history: a kind of file, `bundle`, `pin`, `files`. */
  readonly takenAs: string | null;
  /**
   * On whose word: the fingerprint of a pinned certificate (of somebody's own word its own), or a station's public key in hex. Empty
   * where nobody's is written down: what came before it was, and what proves itself by a key.
   */
  readonly vouchedBy: string;
}

/** One source of one certificate. */
export interface CertificateOrigin extends TrustSource, Arrival {
  readonly fingerprint: string;
  /** Of a master list: the issuer of its signer, as far as it is known. */
  readonly publisher: string | null;
}

/** How a revocation list or a list of defects came. */
export interface ListOrigin extends Arrival {
  readonly kind: 'revocation-list' | 'defect-list' | 'deviation-list';
  /** Issuer or signer, for people. */
  readonly name: string;
  readonly date: PlainDate | null;
}

/** Each source of each certificate, in the order in which sources came. */
export function certificateOrigins(database: Database): readonly CertificateOrigin[] {
  return database
    .prepare<[], CertificateOrigin>(
      `SELECT cs.fingerprint, s.kind, s.digest, s.date, s.signer AS publisher, cs.vouched_by AS vouchedBy,
         i.at AS takenAt, i.kind AS takenAs
       FROM certificate_sources cs JOIN trust_sources s ON s.id = cs.source LEFT JOIN trust_imports i ON i.id = s.added_by
       ORDER BY s.id, cs.vouched_by, cs.fingerprint`,
    )
    .all();
}

/** Each revocation list and each list of defects, in the order in which they came. */
export function listOrigins(database: Database): readonly ListOrigin[] {
  return database
    .prepare<[], ListOrigin>(
      `SELECT 'revocation-list' AS kind, l.issuer AS name, l.this_update AS date, '' AS vouchedBy, i.at AS takenAt, i.kind AS takenAs
         FROM revocation_lists l LEFT JOIN trust_imports i ON i.id = l.added_by
       UNION ALL
       SELECT d.kind, d.signer, d.date, d.vouched_by, i.at, i.kind
         FROM defect_lists d LEFT JOIN trust_imports i ON i.id = d.added_by
       ORDER BY 5, 2, 3`,
    )
    .all();
}
