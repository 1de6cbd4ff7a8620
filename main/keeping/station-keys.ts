import { toHex } from '../result/bytes.ts';
import type { Store } from '../store/types.ts';

/** The public keys (hex) whose seals this folder knows: its own, and those for which two administrators stand. */
export function knownStationKeys(store: Pick<Store, 'station' | 'trust'>): readonly string[] {
  const own = store.station();
  const pinned = store.trust.pins.standing('station-key').map(({ content }) => toHex(content));
  return own === null ? pinned : [toHex(own.publicKey), ...pinned];
}
