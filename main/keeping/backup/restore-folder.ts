import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RandomSource } from '../../crypto/random.ts';
import type { StationClock } from '../../machine/clock.ts';
import { openInputFile, outputFailure } from '../../machine/input-file.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import type { Manifest } from '../../store/backup/manifest.ts';
import { beginWork, removeLeftWork, workNames } from '../../store/backup/own-work.ts';
import { unpackBackup } from '../../store/backup/unpack-backup.ts';
import { openStore } from '../../store/open-store.ts';
import type { KeyProvider } from '../../store/types.ts';
import { refuseNames, refuseReason } from '../answering.ts';
import { type LookedAtPlace, lookAtPlaces, type Standing, standingTo } from './seen-checkpoints.ts';

/** What is restored, for whom, and what is known of newer states. */
export interface RestoreOrder {
  readonly file: string;
  readonly to: string;
  /** The bank's key; this purges it. */
  readonly secretKey: SecretBytes;
  /** What opens the folder from now on; null leaves a training folder its own key file. */
  readonly provider: KeyProvider | null;
  /** Checkpoints of the station's log that were kept elsewhere, as texts. */
  readonly checkpoints: readonly string[];
  /** Two people who take an older state all the same, and why; null refuses it. */
  readonly olderBy: { readonly names: readonly string[]; readonly reason: string } | null;
  /** Who restores. */
  readonly signs: readonly string[];
}

export interface RestoredFolder extends Standing {
  readonly manifest: Pick<Manifest, 'kind' | 'stationId' | 'madeAt'>;
  /** Whether chain and log were found whole. */
  readonly intact: boolean;
  /** What was found where its administrators have its checkpoints written. */
  readonly places: readonly LookedAtPlace[];
}

/**
 * Makes a folder out of a backup: unpacked beside its place, opened, held against the checkpoints that are given and those that lie
 * where its administrators have them written, and put in its place whole or not at all. That it was restored, and from how old a state, is an act of the station. Fails as `unpackBackup` and `standingTo`
 * do, with `backup.target-taken`, `backup.older` (`size`, `seen`), `input.unreadable`, `output.unwritable`, `storage.locked`,
 * `storage.passphrase-weak`.
 */
export async function restoreFolder(
  order: RestoreOrder,
  { clock, random }: { readonly clock: StationClock; readonly random: RandomSource },
): Promise<RestoredFolder> {
  using secretKey = order.secretKey;
  const { olderBy } = order;
  if (olderBy !== null) {
    refuseNames(olderBy.names);
    refuseReason(olderBy.reason);
  }
  const to = resolve(order.to);
  if (existsSync(to) && readdirSync(to).length > 0) throw new Failure('backup.target-taken', { path: to });
  removeLeftWork(to);
  const file = openInputFile(order.file);
  try {
    writable(to, () => mkdirSync(dirname(to), { recursive: true, mode: 0o700 }));
    using work = writable(to, () => beginWork(workNames.restoring(to), random));
    const half = work.path;
    writable(half, () => mkdirSync(half, { mode: 0o700 }));
    const { manifest, masterKey } = await unpackBackup(file.chunks(), half, secretKey);
    using onlyHere = masterKey;
    const restored = await examined(half, manifest, onlyHere, order, { clock, random });
    // An empty folder gives its place; whatever else came there meanwhile does not.
    writable(to, () => {
      if (existsSync(to)) rmdirSync(to);
      renameSync(half, to);
    });
    return { ...restored, manifest };
  } finally {
    file.close();
  }
}

async function examined(
  directory: string,
  { kind, madeAt }: Manifest,
  masterKey: SecretBytes,
  { provider, checkpoints, olderBy, signs }: RestoreOrder,
  { clock, random }: { readonly clock: StationClock; readonly random: RandomSource },
): Promise<Standing & Pick<RestoredFolder, 'intact' | 'places'>> {
  const store = openStore({ directory, kind, create: false, random });
  try {
    if (provider !== null) await store.recover(masterKey, provider);
    const unlocked = await store.unlock(provider ?? { kind: 'key-file', path: null });
    const { records, log, acts } = unlocked;
    // What is given, and what lies where the folder itself says that its checkpoints go.
    const { places, notes } = await lookAtPlaces(store, unlocked);
    const standing = standingTo(unlocked, [...checkpoints, ...notes]);
    const { size, seen, isOlder } = standing;
    if (isOlder && olderBy === null) throw new Failure('backup.older', { size, seen });
    const intact = records.check().intact && log.check().intact;
    const names = isOlder && olderBy !== null ? olderBy.names : signs;
    const reason = isOlder && olderBy !== null ? olderBy.reason : '';
    const detail = { madeAt, size, seen };
    // Also where others had touched what verdicts rest on when the backup was taken: then `doctor` says so, and nothing is marked.
    if (store.isWhole())
      acts.record({ kind: 'backup.restore', at: clock.now(), signs: names, reason, detail }, () => undefined);
    return { ...standing, intact, places };
  } finally {
    store.close();
  }
}

/**
 * Takes the master key alone out of a backup and lets the folder be opened by a new means: where a passphrase is lost and the
 * folder is there. Every other means ends. Fails as `unpackBackup` does, with `backup.other-station`, `storage.missing`.
 */
export async function recoverKey(
  order: Pick<RestoreOrder, 'file' | 'to' | 'secretKey' | 'signs'> & { readonly provider: KeyProvider },
  { clock, random }: { readonly clock: StationClock; readonly random: RandomSource },
): Promise<void> {
  using secretKey = order.secretKey;
  const file = openInputFile(order.file);
  try {
    if (!existsSync(join(order.to, 'styrk.db'))) throw new Failure('storage.missing', { path: order.to });
    removeLeftWork(order.to);
    using work = writable(order.to, () => beginWork(workNames.recovering(order.to), random));
    const half = work.path;
    writable(half, () => mkdirSync(half, { mode: 0o700 }));
    const { manifest, masterKey } = await unpackBackup(file.chunks(), half, secretKey);
    using onlyHere = masterKey;
    const store = openStore({ directory: order.to, kind: manifest.kind, create: false, random });
    try {
      await store.recover(onlyHere, order.provider);
      const { acts } = await store.unlock(order.provider);
      const act = { kind: 'backup.recover', at: clock.now(), signs: order.signs, reason: '', detail: {} } as const;
      if (store.isWhole()) acts.record(act, () => undefined);
    } finally {
      store.close();
    }
  } finally {
    file.close();
  }
}

function writable<Answer>(path: string, act: () => Answer): Answer {
  try {
    return act();
  } catch (thrown) {
    throw outputFailure(thrown, path);
  }
}
