import type { RandomSource } from '../../crypto/random.ts';
import type { StationClock } from '../../machine/clock.ts';
import { outputFailure } from '../../machine/input-file.ts';
import { fromHex, toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { type TakenBackup, takeBackup } from '../../store/backup/take-backup.ts';
import type { Store, UnlockedStore } from '../../store/types.ts';
import { fingerprintOf } from './bank-key.ts';

const keySetting = 'backup/key';

/** Backups of an open folder, for the bank's key alone (docs/backup.md). */
export interface BackupKeeping {
  /** The fingerprint of the key for which backups are made; null where none is set. */
  readonly key: () => string | null;
  /** Says for which key: a recorded act. Needs the folder's key. */
  readonly setKey: (publicKey: Uint8Array, signs: readonly string[]) => string;
  /** As `takeBackup`; fails with `backup.no-key` where no key is set, `storage.locked`. */
  readonly take: (out: string, appVersion: string) => Promise<TakenBackup>;
}

/** Over one data folder; `open` fails with `storage.locked` while it is locked. */
export function backupKeeping(
  store: Store,
  open: () => UnlockedStore,
  { clock, random }: { readonly clock: StationClock; readonly random: RandomSource },
): BackupKeeping {
  const keySet = (): Uint8Array | null => {
    const text = store.settings.get(keySetting);
    return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text) ? fromHex(text) : null;
  };
  return {
    key: () => {
      const key = keySet();
      return key === null ? null : fingerprintOf(key);
    },
    setKey: (publicKey, signs) => {
      const fingerprint = fingerprintOf(publicKey);
      const act = { kind: 'backup.key', at: clock.now(), signs, reason: '', detail: { fingerprint } } as const;
      open().acts.record(act, () => store.settings.set(keySetting, toHex(publicKey)));
      return fingerprint;
    },
    take: async (out, appVersion) => {
      const { masterKey } = open();
      const recipient = keySet();
      if (recipient === null) throw new Failure('backup.no-key');
      const { directory } = store;
      const around = { recipient, masterKey, madeAt: clock.now(), appVersion, random, failed: outputFailure };
      return takeBackup(directory, out, around);
    },
  };
}
