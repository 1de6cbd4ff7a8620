import { deriveKey, sign } from '../crypto/sealing.ts';
import { unlockMasterKey } from '../store/master-key.ts';
import { openDatabase } from '../store/open-database.ts';
import { stationIdentity } from '../store/station-identity.ts';
import type { DataKind, KeyProvider, Store } from '../store/types.ts';
import { machineRandom } from './folder.ts';

/** The station of a data folder as it signs. The key is the one that signs its records. */
export interface StationSigner {
  readonly station: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** Gives the signing key for one act and overwrites it afterwards. */
  readonly withKey: <Result>(act: (secretKey: Uint8Array) => Result) => Result;
}

const settingName = 'station/public-key';

/** Unlocks the folder's station for signing. The store must have been opened before. Fails as `Store.unlock` does. */
export async function stationSigner(store: Store, kind: DataKind, provider: KeyProvider): Promise<StationSigner> {
  await store.unlock(provider);
  const folder = { directory: store.directory, kind, random: machineRandom };
  const { database, path } = openDatabase({ ...folder, create: false });
  try {
    const id = String(database.prepare('SELECT id FROM folder').pluck().get());
    const { masterKey } = await unlockMasterKey({ ...folder, database, path, id }, provider);
    const identity = stationIdentity(database, deriveKey(masterKey.reveal(), 'styrk/station/1'), machineRandom, path);
    masterKey.purge();
    const { id: station, publicKey, signingKey } = identity;
    store.settings.set(settingName, Buffer.from(publicKey).toString('hex'));
    return {
      station,
      publicKey,
      sign: (message) => sign(signingKey, message),
      withKey: (act) => {
        try {
          return act(signingKey);
        } finally {
          signingKey.fill(0);
        }
      },
    };
  } finally {
    database.close();
  }
}

/** The public keys whose seals this folder knows: its own, once it has signed, and those for which two administrators stand. */
export function knownStationKeys({ settings, trust }: Store): readonly string[] {
  const own = settings.get(settingName);
  const pinned = trust.pins.standing('station-key').map(({ content }) => Buffer.from(content).toString('hex'));
  return typeof own === 'string' ? [own, ...pinned] : pinned;
}
