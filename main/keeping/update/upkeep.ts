import type { StationClock } from '../../machine/clock.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { TrustHistoryEntry } from '../../store/trust-changes.ts';
import type { Store } from '../../store/types.ts';
import { type Recording, restoreTrust } from '../unpin.ts';
import { readRevocationStates } from './revocation-places.ts';
import { readSource } from './source.ts';
import { keepFailedUpdate, lastUpdate, type TrustUpdate, updatePlaces } from './update-trust.ts';

/** How the trust store is kept fresh: from where, how the last update ended, and taking it back. */
export interface TrustUpkeep {
  /** The places that an administrator set; null where none is set. */
  readonly places: () => readonly string[] | null;
  /** The last update; `failingLong` where none has ended well for so long that people must be told. */
  readonly last: () => (TrustUpdate & { readonly failingLong: boolean }) | null;
  /** Keeps that an update could not be made at all. */
  readonly failed: (code: FailureCode) => TrustUpdate;
  /** Takes the newest change back; fails as `restoreTrust` does, and with `storage.locked`. */
  readonly restore: (names: readonly string[]) => TrustHistoryEntry;
}

// A weekend without network is nobody's alarm; the lists themselves hold for months.
const longMillis = 3 * 24 * 60 * 60_000;

/** The upkeep of one data folder; `open` fails with `storage.locked` while it is locked. */
export function trustUpkeep(
  store: Store,
  { now }: StationClock,
  open: () => { readonly acts: Recording },
): TrustUpkeep {
  const places = (): readonly string[] | null => {
    const found = updatePlaces(readSource(store.settings), readRevocationStates(store.settings));
    return found.length === 0 ? null : found;
  };
  return {
    places,
    last: () => {
      const last = lastUpdate(store);
      if (last === null) return null;
      const { failingSince } = last;
      const failingLong = failingSince !== null && Date.parse(now()) - Date.parse(failingSince) >= longMillis;
      return { ...last, failingLong };
    },
    failed: (code) => keepFailedUpdate(store, { at: now(), places: places() ?? [], code }),
    restore: (names) => restoreTrust(store, open().acts, names, now()),
  };
}
