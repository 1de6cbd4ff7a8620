import { describe, expect, it } from 'vitest';
import { isSignatureOf } from '../../../main/crypto/sealing.ts';
import { openIn, ownKeyFileProvider, temporaryFolder } from './support.ts';

const message = new TextEncoder().encode('what is signed');

describe('the station of a data folder', () => {
  it('is made by the first unlock, and known without a key from then on', async () => {
    const directory = temporaryFolder();
    const store = openIn(directory);
    expect(store.station()).toBeNull();
    const { station } = await store.unlock(ownKeyFileProvider);
    expect(store.station()).toEqual({ id: station.id, publicKey: station.publicKey });
    store.close();
    const again = openIn(directory);
    expect(again.station()).toEqual({ id: station.id, publicKey: station.publicKey });
  });

  it('signs with its own key while the folder is open, and never afterwards', async () => {
    const store = openIn(temporaryFolder());
    const { station } = await store.unlock(ownKeyFileProvider);
    expect(isSignatureOf(station.publicKey, message, station.sign(message))).toBe(true);
    expect(isSignatureOf(station.publicKey, new Uint8Array(1), station.sign(message))).toBe(false);
    store.close();
    expect(() => station.sign(message)).toThrow('purged');
  });

  it('has seen no day before its first record', async () => {
    const store = openIn(temporaryFolder());
    expect(store.newestDay()).toBeNull();
    await store.unlock(ownKeyFileProvider);
    expect(store.newestDay()).toBeNull();
  });
});
