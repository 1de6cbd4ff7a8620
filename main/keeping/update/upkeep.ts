import { machineAfter, type StationClock } from '../../machine/clock.ts';
import { Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import type { Store } from '../../store/types.ts';
import type { ImportSurroundings } from '../import/file-import.ts';
import { readRevocationStates, readSource, writeRevocationStates, writeSource } from './kept-places.ts';
import type { TrustSource } from './source.ts';
import { keepFailedUpdate, lastUpdate, type TrustUpdate, updatePlaces, updateTrust } from './update-trust.ts';

/** How the trust store is kept fresh: from where, by whom it is fetched, and how the last update ended. */
export interface TrustUpkeep {
  /** The source that an administrator set; null where none is. */
  readonly source: () => TrustSource | null;
  /** Sets the source, or clears it. */
  readonly setSource: (source: TrustSource | null) => void;
  /** The states whose revocation lists are fetched. */
  readonly revocationStates: () => readonly string[];
  readonly setRevocationStates: (states: readonly string[]) => void;
  /** All places in words; null where none is set. */
  readonly places: () => readonly string[] | null;
  /** The last update; null where there was none. */
  readonly last: () => TrustUpdate | null;
  /** Since when no update has ended well, where that is so long ago that people must be told; else null. */
  readonly failingLongSince: () => string | null;
  /** Keeps that an update could not be made at all. */
  readonly failed: (code: FailureCode) => TrustUpdate;
  /**
   * Updates, as `updateTrust`, from the source that is set or from another one for this call. Fails with
   * `update.source-missing`.
   */
  readonly update: (around: {
    readonly from: TrustSource | null;
    readonly signal: AbortSignal;
    readonly onProgress: ImportSurroundings['onProgress'];
  }) => Promise<TrustUpdate>;
}

// A weekend without network is nobody's alarm; the lists themselves hold for months.
const longMillis = 3 * 24 * 60 * 60_000;

/** The upkeep of one data folder; `ground` is what every import into it stands on. */
export function trustUpkeep(
  store: Store,
  { now }: StationClock,
  ground: () => Omit<ImportSurroundings, 'onProgress'>,
  refusePolicies: () => void,
): TrustUpkeep {
  const { settings } = store;
  const source = (): TrustSource | null => readSource(settings);
  const revocationStates = (): readonly string[] => readRevocationStates(settings);
  const places = (): readonly string[] | null => {
    const found = updatePlaces(source(), revocationStates());
    return found.length === 0 ? null : found;
  };
  return {
    source,
    setSource: (wanted) => writeSource(settings, wanted),
    revocationStates,
    setRevocationStates: (states) => writeRevocationStates(settings, states),
    places,
    last: () => lastUpdate(store),
    failingLongSince: () => {
      const since = lastUpdate(store)?.failingSince ?? null;
      return since !== null && Date.parse(now()) - Date.parse(since) >= longMillis ? since : null;
    },
    failed: (code) => keepFailedUpdate(store, { at: now(), places: places() ?? [], code }),
    update: async ({ from, ...around }) => {
      const wanted = from ?? source();
      if (wanted === null && revocationStates().length === 0) throw new Failure('update.source-missing');
      // A place that somebody names for this once is none that administrators have set: what it brings of policies is theirs to take.
      const refused = from === null ? {} : { refusePolicies };
      return updateTrust(wanted, { ...ground(), ...around, ...refused, after: machineAfter });
    },
  };
}
