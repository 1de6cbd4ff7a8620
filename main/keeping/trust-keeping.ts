import type { DataKind } from '../result/data-kind.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { ManagedNote } from '../result/setting-names.ts';
import type { ActsStanding } from '../store/acts-repository.ts';
import type { DeliveryReport } from '../store/deliveries.ts';
import type { Integrity } from '../store/marks/store-marks.ts';
import type { ReadingCounts } from '../store/second-readings.ts';
import type { KeyProvider, KeySlotDescription, SettingsRepository, Store } from '../store/types.ts';
import type { AdministratorsActs } from './administrators-acts.ts';
import type { BackupKeeping } from './backup/backup-keeping.ts';
import type { TrustImports } from './import/import-files.ts';
import type { LogKeeping } from './log/log-keeping.ts';
import type { OperatorKeeping } from './operators/operator-keeping.ts';
import type { PoliciesInForce } from './policies/policies-in-force.ts';
import type { Holdings } from './report/holdings.ts';
import type { TrustReport } from './report/trust-report.ts';
import type { RetentionKeeping } from './retention/retention-keeping.ts';
import type { SavedInspections } from './saved-inspections.ts';
import type { StationSettings } from './station-settings.ts';
import type { TrustUpkeep } from './update/upkeep.ts';

/**
 * The administration of one data folder: its trust store, its policies, the settings and the acts of its station. The one face
 * of all that is kept, for commands and windows alike; cases are the other one's (`House`), which holds this one. Opening it
 * starts no worker and touches no reader (`main/house/open-keeping.ts`).
 *
 * All of it fails with `trust.tampered` where others than the station have changed what verdicts rest on, `integrity` and
 * `acts.mend` aside.
 */
export interface TrustKeeping {
  readonly kind: DataKind;
  readonly directory: string;
  /** What keeps the master key; empty before the first unlock of the folder. */
  readonly keptBy: () => readonly KeySlotDescription[];
  /** The files by which others could open or mark what is kept: none of them need be there. */
  readonly keyFiles: () => readonly string[];
  /** Whole copies of the database that runs left which were broken off: nothing of them is needed, and erased records may lie there. */
  readonly leftCopies: () => readonly string[];
  /**
   * Opens what is sealed; nothing happens where it is open. Fails with `storage.locked` (no means), `storage.wrong-key` and as
   * `Store.unlock` does.
   */
  /** What administrators of many stations set from outside; nobody changes it here (`settings.managed`). */
  readonly managed: ManagedNote;
  readonly unlock: (provider: KeyProvider | null) => Promise<void>;
  /** Whether what verdicts rest on is as the station left it, row by row. */
  readonly integrity: () => Integrity;
  /** How what administrators did to the station stands; null until the first unlock. Needs no key. */
  readonly actsStanding: () => ActsStanding | null;
  /** The trust store as people see it, on the day that the clock shows. */
  readonly report: TrustReport;
  /** The same on another day. */
  readonly reportOn: (day: PlainDate) => TrustReport;
  /** What is held, one by one. */
  readonly holdings: Holdings;
  readonly imports: TrustImports;
  readonly upkeep: TrustUpkeep;
  /**
   * Reads with a second reader, of another hand, what is held and was not read so: the master lists that are given or that were
   * taken here before among it. Long, and for nobody to wait for; may be ended at any moment. Answers how all of it came out.
   */
  readonly readTwice: (around: {
    readonly signal: AbortSignal;
    readonly masterLists: readonly Uint8Array[];
  }) => Promise<ReadingCounts>;
  /** What administrators do by name. All of it needs the key (`storage.locked`). */
  readonly acts: AdministratorsActs;
  /** Who signs in here. */
  readonly operators: OperatorKeeping;
  /** How long records are kept. All of it needs the key (`storage.locked`). */
  readonly retention: RetentionKeeping;
  /** Backups for the bank's key. */
  readonly backup: BackupKeeping;
  readonly policies: PoliciesInForce;
  readonly station: StationSettings;
  /** The log over the records, and where its checkpoints go. */
  readonly log: LogKeeping;
  /** How far the delivery to headquarters is; null where none is set. Needs no key. */
  readonly deliveries: () => DeliveryReport | null;
  /** As `Store.awayCases`. */
  readonly awayCases: Store['awayCases'];
  /** Small settings of the windows, as JSON; who asks validates the answer. */
  readonly settings: SettingsRepository;
  readonly saved: SavedInspections;
  readonly close: () => void;
}
