import { deriveKey, keyLength, keyOfPassphrase, open, type ScryptCosts, scryptCosts, seal } from '../crypto/sealing.ts';
import { concat, fromHex, toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { Folder } from './folder.ts';
import { makeKeyFile, ownKeyFile, readKeyFile } from './key-file.ts';
import { describeSlot, type KeySlot, keepFirstSlot, lockedFailure, readSlots, replaceSlots } from './key-slots.ts';
import { fewestCharacters, isWeakPassphrase } from './secret-strength.ts';
import { knownStation } from './station-identity.ts';
import type { KeyProvider, KeySlotDescription } from './types.ts';

const saltLength = 32;
// Bounds for what a changed database may ask of this machine.
const mostScryptCost = 2 ** 20;

/** The master key and the slot that gave it. A folder without a slot gets its key and its first slot now. */
export async function unlockMasterKey(
  folder: Folder,
  provider: KeyProvider | null,
): Promise<{ readonly masterKey: SecretBytes; readonly slot: KeySlotDescription }> {
  const slots = readSlots(folder.database);
  // A station is made under a master key: without any slot that key is gone, and a new one would open nothing.
  if (slots.length === 0 && knownStation(folder.database) !== null)
    throw new Failure('storage.corrupt', { path: folder.path, part: 'key-slots' });
  if (provider === null) throw lockedFailure(slots, folder.path);
  if (provider.kind === 'key-file' && folder.kind !== 'training')
    throw new Failure('storage.key-file-training', { path: folder.path });
  if (provider.kind === 'passphrase' && provider.passphrase.length === 0)
    throw new Failure('storage.key-missing', { path: folder.path });
  if (slots.length === 0) return makeMasterKey(folder, provider);

  const fitting = slots.filter((slot) => slot.kind === provider.kind);
  if (fitting.length === 0) throw lockedFailure(slots, folder.path);
  for (const slot of fitting) {
    const masterKey = SecretBytes.orNull(await unwrap(folder, slot, provider));
    if (masterKey !== null) return { masterKey, slot: describeSlot(slot) };
  }
  throw new Failure('storage.wrong-key', { path: folder.path });
}

/**
 * Lets the folder be opened by this means alone from now on: for whoever has its master key from elsewhere. Fails with
 * `storage.passphrase-weak`, and with `storage.key-file-training` for a key file of ordinary data.
 */
export async function keepMasterKey(folder: Folder, masterKey: SecretBytes, provider: KeyProvider): Promise<void> {
  if (provider.kind === 'key-file' && folder.kind !== 'training')
    throw new Failure('storage.key-file-training', { path: folder.path });
  refuseWeak(folder, provider);
  replaceSlots(folder.database, await wrap(folder, masterKey.reveal(), provider));
}

// Whoever copies the folder tries passphrases as fast as scrypt lets him. Only a new one is refused: folders stay open to theirs.
function refuseWeak(folder: Folder, provider: KeyProvider): void {
  if (provider.kind === 'passphrase' && isWeakPassphrase(provider.passphrase))
    throw new Failure('storage.passphrase-weak', { path: folder.path, fewest: fewestCharacters });
}

async function makeMasterKey(
  folder: Folder,
  provider: KeyProvider,
): Promise<{ readonly masterKey: SecretBytes; readonly slot: KeySlotDescription }> {
  refuseWeak(folder, provider);
  const masterKey = new SecretBytes(folder.random(keyLength));
  try {
    const slot = await wrap(folder, masterKey.reveal(), provider);
    if (keepFirstSlot(folder.database, slot)) return { masterKey, slot: describeSlot(slot) };
  } catch (thrown) {
    masterKey.purge();
    throw thrown;
  }
  masterKey.purge();
  return unlockMasterKey(folder, provider);
}

async function wrap(folder: Folder, masterKey: Uint8Array, provider: KeyProvider): Promise<KeySlot> {
  const { kind } = provider;
  const salt = folder.random(saltLength);
  const slot = { kind, backend: null, salt, cost: null, blockSize: null, parallelization: null };
  if (kind === 'safe-storage') {
    const { safeStorage } = provider;
    return { ...slot, backend: safeStorage.backend, wrapped: await safeStorage.encrypt(toHex(masterKey)) };
  }
  if (kind === 'key-file' && provider.path === null) makeKeyFile(ownKeyFile(folder.directory), folder.random);
  using wrappingKey = await wrappingKeyOf(folder, provider, salt, scryptCosts);
  const wrapped = seal(wrappingKey.reveal(), masterKey, contextOf(folder, kind), folder.random);
  return kind === 'passphrase' ? { ...slot, ...scryptCosts, wrapped } : { ...slot, wrapped };
}

async function unwrap(folder: Folder, slot: KeySlot, provider: KeyProvider): Promise<Uint8Array | null> {
  if (provider.kind === 'safe-storage') return decrypted(provider, slot);
  using wrappingKey = await wrappingKeyOf(folder, provider, slot.salt, costsOf(slot, folder.path));
  return open(wrappingKey.reveal(), slot.wrapped, contextOf(folder, slot.kind));
}

async function decrypted(
  provider: Extract<KeyProvider, { kind: 'safe-storage' }>,
  slot: KeySlot,
): Promise<Uint8Array | null> {
  try {
    const text = await provider.safeStorage.decrypt(slot.wrapped);
    return /^[0-9a-f]{64}$/.test(text) ? fromHex(text) : null;
  } catch {
    return null;
  }
}

async function wrappingKeyOf(
  folder: Folder,
  provider: Exclude<KeyProvider, { kind: 'safe-storage' }>,
  salt: Uint8Array,
  costs: ScryptCosts,
): Promise<SecretBytes> {
  if (provider.kind === 'passphrase') return new SecretBytes(await keyOfPassphrase(provider.passphrase, salt, costs));
  using inFile = readKeyFile(provider.path ?? ownKeyFile(folder.directory));
  using salted = new SecretBytes(concat(inFile.reveal(), salt));
  return new SecretBytes(deriveKey(salted.reveal(), 'styrk/key-file/1'));
}

function costsOf(slot: KeySlot, path: string): ScryptCosts {
  if (slot.kind !== 'passphrase') return scryptCosts;
  const { cost, blockSize, parallelization } = slot;
  const isSane = cost !== null && cost <= mostScryptCost && blockSize === 8 && parallelization === 1;
  if (!isSane) throw new Failure('storage.corrupt', { path });
  return { cost, blockSize, parallelization };
}

function contextOf(folder: Folder, kind: KeySlot['kind']): Uint8Array {
  return new TextEncoder().encode(`styrk/key-slot/1/${kind}/${folder.id}`);
}
