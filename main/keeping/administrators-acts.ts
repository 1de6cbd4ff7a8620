import type { StationClock } from '../machine/clock.ts';
import type { ActEntry } from '../records/act.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { ActsEnd } from '../store/acts-head.ts';
import type { Integrity } from '../store/marks/store-marks.ts';
import type { TrustHistoryEntry } from '../store/trust-changes.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import type { Pin, PinProposal } from '../trust/lists/pins.ts';
import type { StationKind } from '../verification/types.ts';
import type { Answering } from './answering.ts';
import type { FileImport, ImportSurroundings } from './import/file-import.ts';
import { stationKeyFile } from './import/station-key-file.ts';
import { pinAuthority, withdrawAuthority } from './pin-authority.ts';
import { pinListSigner } from './pin-list-signer.ts';
import type { PoliciesInForce } from './policies/policies-in-force.ts';
import { type ExportedBundle, exportTrust } from './report/export-trust.ts';
import { acceptClock, mendTrust } from './station-acts.ts';
import { setStationKind, setStationName } from './station-kind.ts';
import { nextRestored, pinBeginning, restoreTrust, type Withdrawal, withdrawPin } from './unpin.ts';

/** What administrators do to the station by name. Each act needs the key of the folder and fails with `storage.locked`. */
export interface AdministratorsActs {
  /** As `mendTrust`. */
  readonly mend: (answering: Answering) => Integrity['touched'];
  /** The change that `restore` would take back now; null where there is none. */
  readonly nextRestored: () => TrustHistoryEntry | null;
  /** As `restoreTrust`. */
  readonly restore: (names: readonly string[]) => TrustHistoryEntry;
  /** As `pinListSigner`. */
  readonly pinSigner: (proposal: PinProposal, names: readonly string[]) => Pin;
  /** As `pinBeginning`: what `withdrawPin` would take back. */
  readonly pinBeginning: (beginning: string) => Pin;
  /** As `withdrawPin`; `beginning` is that of the pin's fingerprint. */
  readonly withdrawPin: (beginning: string, names: readonly string[]) => Withdrawal;
  /** As `pinAuthority`: a state's own certificate (DER). */
  readonly pinAuthority: (der: Uint8Array, names: readonly string[]) => Promise<FileImport>;
  /** As `withdrawAuthority`. */
  readonly withdrawAuthority: (fingerprint: string, names: readonly string[]) => TrustHistoryEntry;
  /** As `acceptClock`. */
  readonly acceptClock: (answering: Answering) => { readonly before: PlainDate | null; readonly day: PlainDate };
  /** Says of what kind the station is, and what it is called, at set-up: what is given, all of it or nothing. Fails as `setStationName`. */
  readonly setStation: (given: { readonly kind: StationKind | null; readonly name: string | null }) => void;
  /** What the station believes as one file that it signs, and its public key (PEM) for who is to take it. */
  readonly exportBundle: () => Promise<{ readonly bundle: ExportedBundle; readonly publicKey: string }>;
  /** What was done, oldest first, the numbers of acts that are not as they were signed, and whether the signed end fits. */
  readonly done: () => {
    readonly all: readonly ActEntry[];
    readonly broken: readonly number[];
    readonly end: ActsEnd;
  };
}

/** The acts on one data folder; `open` fails with `storage.locked` while it is locked. */
export function administratorsActs(
  store: Store,
  open: () => UnlockedStore,
  around: {
    readonly clock: StationClock;
    readonly policies: PoliciesInForce;
    readonly ground: () => Omit<ImportSurroundings, 'onProgress'>;
  },
): AdministratorsActs {
  const { clock, policies, ground } = around;
  return {
    mend: (answering) => mendTrust(store, open(), { ...answering, at: clock.now() }),
    nextRestored: () => nextRestored(store),
    restore: (names) => restoreTrust(store, open().acts, names, clock.now()),
    pinSigner: (proposal, names) => pinListSigner(store, open().acts, { proposal, names, at: clock.now() }),
    pinBeginning: (beginning) => pinBeginning(store, beginning),
    withdrawPin: (beginning, names) => withdrawPin(store, open().acts, { beginning, names, at: clock.now() }),
    pinAuthority: async (der, names) => pinAuthority(ground(), open().acts, { der, names }),
    withdrawAuthority: (fingerprint, names) =>
      withdrawAuthority(store, open().acts, { fingerprint, names, at: clock.now() }),
    acceptClock: (answering) => acceptClock(store, open(), { ...answering, at: clock.now(), today: clock.today() }),
    setStation: ({ kind, name }) => {
      const { atOnce } = open();
      atOnce(() => {
        if (kind !== null) setStationKind(store.settings, kind);
        if (name !== null) setStationName(store.settings, name);
      });
    },
    exportBundle: async () => {
      const { station } = open();
      const bundle = await exportTrust(store, station, { date: clock.today(), policies });
      return { bundle, publicKey: stationKeyFile(station.publicKey) };
    },
    done: () => {
      const { acts } = open();
      return { all: acts.list(), broken: acts.broken(), end: acts.end() };
    },
  };
}
