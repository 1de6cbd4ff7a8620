import type { LimitClock } from '../machine/limit-clock.ts';
import { machineRandom } from '../machine/random.ts';
import { Failure } from '../result/failure.ts';
import type { ManagedNote } from '../result/setting-names.ts';
import { leftWork } from '../store/backup/own-work.ts';
import { ownKeyFile } from '../store/key-file.ts';
import { markKeyFile } from '../store/marks/mark-key.ts';
import type { KeyProvider, Store, UnlockedStore } from '../store/types.ts';
import { administratorsActs } from './administrators-acts.ts';
import { backupKeeping } from './backup/backup-keeping.ts';
import type { ImportSurroundings } from './import/file-import.ts';
import { trustImports } from './import/import-files.ts';
import { heldPolicySource } from './judging-basis.ts';
import { logKeeping } from './log/log-keeping.ts';
import { operatorKeeping, type SignInSettings, usualSignIn } from './operators/operator-keeping.ts';
import type { PoliciesInForce } from './policies/policies-in-force.ts';
import { policiesInForce } from './policies/policies-in-force.ts';
import type { OwnPolicies } from './policies/stated-policy.ts';
import { holdings } from './report/holdings.ts';
import { trustReport } from './report/trust-report.ts';
import { retentionKeeping } from './retention/retention-keeping.ts';
import { savedInspections } from './saved-inspections.ts';
import { stationSettings } from './station-settings.ts';
import { stationTime } from './station-time.ts';
import type { TrustKeeping } from './trust-keeping.ts';
import { trustUpkeep } from './update/upkeep.ts';

/** An open data folder and its lock. */
export interface KeptFolder {
  readonly store: Store;
  /** Null while it is locked. */
  readonly unlocked: () => UnlockedStore | null;
  readonly unlock: (provider: KeyProvider | null) => Promise<void>;
  /** Fails with `storage.locked` while it is locked. */
  readonly open: () => UnlockedStore;
}

/** Keeps the trust store of an open data folder. What every act in it stands on is given here, once. */
export function keepTrust(
  { store, unlocked, unlock, open }: KeptFolder,
  around: {
    readonly clock: LimitClock;
    /** The app's own policies, read when they are needed. Fails as `loadOwnPolicies`. */
    readonly ownPolicies: () => OwnPolicies;
    /** Issuers' keys that a folder of this kind never believes. */
    readonly refusedPublicKeys: () => ReadonlySet<string>;
    readonly signIn?: SignInSettings;
    readonly managed: ManagedNote;
  },
): TrustKeeping {
  const { clock, signIn = usualSignIn } = around;
  let inForce: PoliciesInForce | null = null;
  const policies: PoliciesInForce = {
    of: (id) => lazily().of(id),
    all: () => lazily().all(),
    tried: (json) => lazily().tried(json),
    triedFile: (path) => lazily().triedFile(path),
    triedInForce: (id, edition) => lazily().triedInForce(id, edition),
  };
  const lazily = (): PoliciesInForce => {
    inForce ??= policiesInForce(around.ownPolicies(), heldPolicySource(store));
    return inForce;
  };
  // The store keeps no master list as it came: it can be read a second time for as long as this is open.
  const masterLists: Uint8Array[] = [];
  const ground = (): Omit<ImportSurroundings, 'onProgress'> => ({
    store,
    clock,
    ownPolicies: around.ownPolicies(),
    refusedPublicKeys: around.refusedPublicKeys(),
    onMasterList: (bytes) => void masterLists.push(bytes),
  });
  const time = () => stationTime(store, clock.now());
  const station = stationSettings(store, clock);
  const operators = operatorKeeping(store, { open, unlocked, clock, signIn });
  // Who answers for policies signs in for them, where anybody signs in at all.
  const refusePolicies = (): void => {
    if (operators.state() !== 'none') throw new Failure('operator.second-needed');
  };
  return {
    kind: store.kind,
    directory: store.directory,
    keptBy: () => store.describeKey(),
    managed: around.managed,
    leftCopies: () => leftWork(store.directory),
    keyFiles: () => [markKeyFile(store.directory), ownKeyFile(store.directory)],
    unlock,
    integrity: () => store.integrity(),
    report: trustReport(store.trust, { today: clock.today, time, refusedPublicKeys: around.refusedPublicKeys }),
    // What its records tell of its clock says nothing of another day.
    reportOn: (day) =>
      trustReport(store.trust, {
        today: () => day,
        refusedPublicKeys: around.refusedPublicKeys,
        time: async () => (day === clock.today() ? time() : { ...(await time()), behind: null }),
      }),
    holdings: holdings(store.trust, station.limits),
    imports: trustImports(ground, refusePolicies),
    upkeep: trustUpkeep(store, clock, ground, refusePolicies),
    readTwice: async ({ signal, masterLists: given }) => {
      // Loaded where it is used: no import and no desk waits for the second hand.
      const { readHeldTwice } = await import('./second-reading.ts');
      return readHeldTwice(store, { now: clock.now, signal, masterLists: [...masterLists.splice(0), ...given] });
    },
    acts: administratorsActs(store, open, { clock, policies, ground }),
    operators,
    backup: backupKeeping(store, open, { clock, random: machineRandom }),
    retention: retentionKeeping(store, open, { clock, random: machineRandom }),
    policies,
    station,
    actsStanding: () => store.acts(),
    deliveries: () => store.deliveries(),
    awayCases: () => store.awayCases(),
    log: logKeeping(store, open, clock),
    settings: store.settings,
    saved: savedInspections(store, () => unlocked()?.station ?? null, { policies, now: clock.now }),
    close: () => store.close(),
  };
}
