import type { DataKind } from '../../result/data-kind.ts';
import { type VerifierKey, verifierKey } from './note-keys.ts';

/** The name of a station's log. Below `.invalid`, which is nobody's (RFC 2606); training shows in the first line of all that it gives out. */
export function logOrigin(kind: DataKind, stationId: string): string {
  return `styrk.invalid/${kind === 'training' ? 'training/' : ''}${stationId}`;
}

/** The key that a station's checkpoints are checked with: that of its records, under the name of its log. */
export function logKeyOf(
  kind: DataKind,
  station: { readonly id: string; readonly publicKey: Uint8Array },
): VerifierKey {
  return verifierKey(logOrigin(kind, station.id), 'ed25519', station.publicKey);
}
