import { digest } from '../crypto/hash.ts';
import type { StationClock } from '../machine/clock.ts';
import { machineRandom } from '../machine/random.ts';
import { toHex } from '../result/bytes.ts';
import type { DataKind } from '../result/data-kind.ts';
import { asFailure } from '../result/failure.ts';
import { openStore } from '../store/open-store.ts';
import type { KeyProvider, Store, UnlockedStore } from '../store/types.ts';
import { importCertificates } from '../trust/lists/certificate-import.ts';
import { nothingRevoked } from '../trust/path/link-belief.ts';
import { storedRevocationList } from '../trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../trust/revocation/revocation-list.ts';
import { loadTraining, publishedIssuers, type Training } from './training.ts';

/** The day of the specimens' lists that the folder was given last. */
const listsSetting = 'training/lists';

/** Which data folder, and of which kind. */
export interface FolderOptions {
  readonly directory: string;
  readonly kind: DataKind;
  readonly clock: StationClock;
}

/**
 * Opens a data folder, making it at its first use. A training folder believes the simulator's issuers from the start.
 * Fails with `data.kind`, `storage.corrupt`, `storage.foreign`, `storage.newer`, `storage.busy`, `storage.full`, and a training
 * folder with `training.not-included` before anything is made.
 */
export async function openFolder(options: FolderOptions, load?: Parameters<typeof loadTraining>[0]): Promise<Store> {
  // Asked before a folder is made that could not be used.
  const training = options.kind === 'training' ? await loadTraining(load) : null;
  const store = openStore({ directory: options.directory, kind: options.kind, create: true, random: machineRandom });
  try {
    if (training !== null) await believeTrainingIssuers(store, options.clock, training);
    return store;
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}

/** Opens a data folder as it lies there. Fails as `openFolder`, and with `storage.missing`. */
export function openFolderAsFound({ directory, kind }: FolderOptions): Store {
  return openStore({ directory, kind, create: false, random: machineRandom });
}

/** Unlocks the folder; a training folder has its roster of people from then on. */
export async function unlockFolder(store: Store, provider: KeyProvider | null): Promise<UnlockedStore> {
  const unlocked = await store.unlock(provider);
  if (store.kind === 'training' && unlocked.holders.count() === 0) {
    const { trainingRoster } = await loadTraining();
    unlocked.holders.importAll(trainingRoster().map((person) => ({ ...person })));
  }
  return unlocked;
}

/**
 * What a training folder believes, and the lists of this month that tell whom it no longer believes. Where the clock had run
 * ahead they take the place of those of a day to come, which would make every day before it doubtful.
 */
async function believeTrainingIssuers(store: Store, clock: StationClock, training: Training): Promise<void> {
  // What others touched is neither read nor added to.
  if (!store.isWhole()) return;
  const brought = await takeAnchors(store, clock, training);
  const day = training.listsDay(clock.today());
  const held = store.settings.get(listsSetting);
  if (!brought && held === day) return;
  const lists = await training.issueRevocationLists(day);
  const stored = lists.map((der) => storedRevocationList(parseRevocationList(der)));
  try {
    store.trust.replaceOwnRevocationLists(stored);
    store.settings.set(listsSetting, day);
  } catch (thrown) {
    // Those of the months before still count: another process's import and a full disk keep nobody from a folder that has them.
    if (brought || !isForLater(thrown)) throw thrown;
  }
}

function isForLater(thrown: unknown): boolean {
  return ['storage.busy', 'storage.full'].includes(asFailure(thrown).code);
}

/** Whether there were any that the folder did not have. */
async function takeAnchors(store: Store, clock: StationClock, training: Training): Promise<boolean> {
  // Named after the keys themselves: an app with more specimens adds their issuers to a folder that it finds.
  const keys = [...publishedIssuers].sort().join('\n');
  const source = {
    kind: 'training',
    digest: toHex(digest('SHA-256', new TextEncoder().encode(keys))),
    date: null,
  } as const;
  if (store.trust.sources().some(({ kind, digest }) => kind === source.kind && digest === source.digest)) return false;
  const imported = await importCertificates(await training.issueAnchors(), source, {
    at: clock.today(),
    known: store.trust.list(),
    refusedPublicKeys: new Set(),
    isRevoked: nothingRevoked,
  });
  store.trust.insert(imported.certificates);
  return true;
}

/** Keys that no ordinary folder ever believes: those published with the specimens. */
export function refusedPublicKeys(kind: DataKind): ReadonlySet<string> {
  return kind === 'training' ? new Set() : publishedIssuers;
}
