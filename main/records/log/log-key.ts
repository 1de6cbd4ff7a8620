import type { DataKind } from '../../result/data-kind.ts';
import type { SignedNote } from './note.ts';
import { signersOf, type VerifierKey, verifierKey } from './note-keys.ts';

/** The name of a station's log. Below `.invalid`, which is nobody's (RFC 2606); training shows in the first line of all that it gives out. */
export function logOrigin(kind: DataKind, stationId: string): string {
  return `styrk.invalid/${kind === 'training' ? 'training/' : ''}${stationId}`;
}

/** The keys that a station's checkpoints are checked with, under the name of its log. */
export interface LogKeys {
  /** That of its records: it signs every checkpoint. */
  readonly own: VerifierKey;
  /** Those by ML-DSA-44 that sign beside it, or did (tlog-checkpoint, Signatures), the newest first. */
  readonly beside: readonly VerifierKey[];
}

/** The keys of a station's log; `beside` are public keys of ML-DSA-44. */
export function logKeysOf(
  kind: DataKind,
  station: { readonly id: string; readonly publicKey: Uint8Array },
  beside: readonly Uint8Array[],
): LogKeys {
  const origin = logOrigin(kind, station.id);
  return {
    own: verifierKey(origin, 'ed25519', station.publicKey),
    beside: beside.map((publicKey) => verifierKey(origin, 'cosignature-ml-dsa-44', publicKey)),
  };
}

/**
 * Whether the log signed a note: by its own key, and by each other of its keys of which there is a line. A line of a known key that
 * does not fit makes the whole note nothing (signed-note, Signatures).
 */
export function isSignedByLog(note: SignedNote, { own, beside }: LogKeys): boolean {
  const named = beside.filter(({ keyId, name }) =>
    note.signatures.some((line) => line.keyId === keyId && line.name === name),
  );
  return signersOf(note, [own, ...named]).length === 1 + named.length;
}
