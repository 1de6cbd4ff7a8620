import { safeStorage } from 'electron';
import type { AsyncSafeStorage } from '../store/types.ts';

function backendName(): string {
  if (process.platform === 'win32') return 'dpapi';
  return process.platform === 'darwin' ? 'keychain' : safeStorage.getSelectedStorageBackend();
}

/** The platform's own vault as the store takes it, or null where there is none. After the app is ready. */
export async function platformSafeStorage(): Promise<AsyncSafeStorage | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  return {
    backend: backendName(),
    encrypt: async (text) => new Uint8Array(await safeStorage.encryptStringAsync(text)),
    decrypt: async (encrypted) => (await safeStorage.decryptStringAsync(Buffer.from(encrypted))).result,
  };
}
