import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { recipientKeyOf } from '../../crypto/recipient.ts';
import { keyLength } from '../../crypto/sealing.ts';
import { concat } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { SecretBytes } from '../../result/secret-bytes.ts';
import { storageFailure } from '../database-failure.ts';
import { ByteReader, backupBeginning, keyOfBackup, openedFrames } from './container.ts';
import { readEntries } from './entries.ts';
import { longestManifest, type Manifest, manifestName, masterKeyName, readManifest } from './manifest.ts';

/** What came out of a backup. Whoever asked purges the key. */
export interface UnpackedBackup {
  readonly manifest: Manifest;
  readonly masterKey: SecretBytes;
}

/**
 * Unpacks a backup into an empty folder. Nothing in it counts before all of it was opened: whoever calls removes the folder
 * where this fails. Fails with `backup.malformed`, `backup.wrong-key`, `storage.full`, `storage.refused`.
 */
export async function unpackBackup(
  bytes: AsyncIterable<Uint8Array>,
  into: string,
  secretKey: SecretBytes,
): Promise<UnpackedBackup> {
  const reader = new ByteReader(bytes);
  const publicKey = recipientKeyOf(secretKey.reveal());
  using key = keyOfBackup(await reader.take(backupBeginning), secretKey.reveal(), publicKey);
  const small = new Map<string, Uint8Array[]>();
  let manifest: Manifest | null = null;
  let descriptor: number | null = null;
  const finish = (): void => {
    if (descriptor === null) return;
    fsyncSync(descriptor);
    closeSync(descriptor);
    descriptor = null;
  };
  try {
    const found = await readEntries(new ByteReader(openedFrames(reader, key)), ({ name, bytes: length }) => {
      finish();
      if (name === manifestName || name === masterKeyName) {
        if (length > (name === manifestName ? longestManifest : keyLength))
          throw new Failure('backup.malformed', { part: name });
        const parts: Uint8Array[] = [];
        small.set(name, parts);
        return (part) => void parts.push(part.slice());
      }
      manifest ??= readManifest(concat(...(small.get(manifestName) ?? [])));
      if (!manifest.files.includes(name)) throw new Failure('backup.malformed', { part: 'entry' });
      descriptor = openSync(join(into, name), 'wx', 0o600);
      return (part) => writeAll(descriptor, part);
    });
    finish();
    const said: Manifest = manifest ?? readManifest(concat(...(small.get(manifestName) ?? [])));
    const masterKey = new SecretBytes(concat(...(small.get(masterKeyName) ?? [])));
    const isWhole = said.files.every((name) => found.has(name)) && found.has('styrk.db');
    if (!isWhole || masterKey.length !== keyLength) {
      masterKey.purge();
      throw new Failure('backup.malformed', { part: 'files' });
    }
    return { manifest: said, masterKey };
  } catch (thrown) {
    throw storageFailure(thrown, into);
  } finally {
    for (const part of small.get(masterKeyName) ?? []) part.fill(0);
    if (descriptor !== null) closeSync(descriptor);
  }
}

function writeAll(descriptor: number | null, part: Uint8Array): void {
  for (let from = 0; descriptor !== null && from < part.length; ) from += writeSync(descriptor, part, from);
}
