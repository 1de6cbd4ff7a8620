import { type KeptFolder, keepTrust } from '../keeping/keep-trust.ts';
import type { SignInSettings } from '../keeping/operators/operator-keeping.ts';
import { loadOwnPolicies, ownAlone } from '../keeping/policies/own-policies.ts';
import type { PoliciesInForce } from '../keeping/policies/policies-in-force.ts';
import type { OwnPolicies } from '../keeping/policies/stated-policy.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import { type LimitClock, limitClock } from '../machine/limit-clock.ts';
import { resourcesIn } from '../machine/resources.ts';
import { Failure } from '../result/failure.ts';
import { tryFolder } from '../store/open-database.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import { type FolderOptions, openFolder, openFolderAsFound, refusedPublicKeys, unlockFolder } from './folder.ts';
import { type ManagedSettings, nothingManaged } from './managed-settings.ts';
import { managedStore } from './managed-store.ts';

export interface KeepingOptions extends FolderOptions {
  readonly resourcesDirectory: string;
  /** Opens a folder only where it is there, and makes nothing in it. Fails with `storage.missing`. */
  readonly asFound?: boolean;
  /** How operators sign in; as usual where it is left out. */
  readonly signIn?: SignInSettings;
  /** What administrators of many stations set from outside; nothing where it is left out. */
  readonly managed?: ManagedSettings;
}

/** Opens the administration of a data folder: no worker, no reader. Fails as `openFolder`. */
export async function openKeeping(options: KeepingOptions): Promise<TrustKeeping> {
  return (await openKept(options)).keeping;
}

/** The same with the folder itself, for the house that is composed on it. */
export async function openKept(
  options: KeepingOptions,
  ownPolicies = ownPoliciesIn(options.resourcesDirectory),
): Promise<KeptFolder & { readonly keeping: TrustKeeping; readonly clock: LimitClock }> {
  const { managed = nothingManaged } = options;
  const opened: Store = await (options.asFound === true ? openFolderAsFound(options) : openFolder(options));
  const store = managedStore(opened, managed);
  let unlocked: UnlockedStore | null = null;
  let trying: Promise<void> = Promise.resolve();
  const folder: KeptFolder = {
    store,
    unlocked: () => unlocked,
    // One at a time: each try takes 128 MB (`scryptCosts`), and a page could ask for a thousand at once.
    unlock: (provider) => {
      const mine = trying.then(async () => {
        unlocked ??= await unlockFolder(store, provider);
      });
      trying = mine.catch(() => undefined);
      return mine;
    },
    open: () => {
      if (unlocked === null) throw new Failure('storage.locked');
      return unlocked;
    },
  };
  const { signIn } = options;
  const clock = limitClock(options.clock, store.recordedTime);
  try {
    // The clock of the beginning counts, whether anybody asks for it then or not.
    clock.newestAt();
  } catch {
    // A folder that cannot tell now is asked again by whoever needs it.
  }
  const keeping = keepTrust(folder, {
    clock,
    ownPolicies,
    refusedPublicKeys: () => refusedPublicKeys(options.kind),
    managed: { place: managed.place, names: managed.names },
    ...(signIn === undefined ? {} : { signIn }),
  });
  return { ...folder, keeping, clock };
}

// Read once, and only where they are needed: most of what administrators ask has nothing to do with them.
function ownPoliciesIn(resourcesDirectory: string): () => OwnPolicies {
  let own: OwnPolicies | null = null;
  return () => {
    own ??= loadOwnPolicies(resourcesIn(resourcesDirectory));
    return own;
  };
}

/** The policies of a station that has no data folder yet: the app's own. Fails as `loadOwnPolicies`. */
export function policiesOfApp(resourcesDirectory: string): PoliciesInForce {
  return ownAlone(loadOwnPolicies(resourcesIn(resourcesDirectory)));
}

/** Whether a data folder could be made here; nothing is left behind. Fails as `tryFolder`. */
export function tryDataFolder(directory: string): void {
  tryFolder(directory);
}
