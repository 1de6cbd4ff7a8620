import { existsSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomSource } from '../crypto/random.ts';
import { keyLength } from '../crypto/sealing.ts';
import { fromHex, toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';

const ownName = 'training.key';
const largestFile = 1024;
const form = /^[0-9a-f]{64}$/i;

/** The key in a file: 64 hex digits. Throws `storage.key-missing` where there is none, `storage.wrong-key` for other text. */
export function readKeyFile(path: string): SecretBytes {
  if (!existsSync(path)) throw new Failure('storage.key-missing', { path });
  const isSmall = statSync(path).size <= largestFile;
  const text = isSmall ? readFileSync(path, 'utf8').trim() : '';
  if (!form.test(text)) throw new Failure('storage.wrong-key', { path });
  return new SecretBytes(fromHex(text));
}

/** Where a training folder keeps the key file that it makes for itself. */
export function ownKeyFile(directory: string): string {
  return join(directory, ownName);
}

/** Makes a key file that only its owner reads, with a fresh key or the one that was kept; one that is there already stays. */
export function makeKeyFile(path: string, random: RandomSource, kept: SecretBytes | null = null): void {
  if (existsSync(path)) return;
  const half = `${path}.${toHex(random(8))}`;
  using fresh = new SecretBytes(random(keyLength));
  writeFileSync(half, `${toHex((kept ?? fresh).reveal())}\n`, { flag: 'wx', mode: 0o600 });
  try {
    linkSync(half, path);
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(half, { force: true });
  }
}
