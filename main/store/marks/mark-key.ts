import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomSource } from '../../crypto/random.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { makeKeyFile, readKeyFile } from '../key-file.ts';

const fileName = 'styrk.mark-key';

/** Where the key of the marks lies: beside the database, for its owner alone. */
export function markKeyFile(directory: string): string {
  return join(directory, fileName);
}

/** Whether the folder has a key of marks: then it was marked. */
export function existsMarkKey(directory: string): boolean {
  return existsSync(markKeyFile(directory));
}

/** The key under which the folder is marked; null where it is gone. Throws `storage.wrong-key` for a file that holds none. */
export function markKey(directory: string): SecretBytes | null {
  const path = markKeyFile(directory);
  // A process that ended between its commit and the renaming left the key under its first name.
  if (!existsMarkKey(directory)) settlePending(directory);
  return existsMarkKey(directory) ? readKeyFile(path) : null;
}

/** The key for a folder that is made now. */
export function newMarkKey(directory: string, random: RandomSource): SecretBytes {
  makeKeyFile(markKeyFile(directory), random);
  return readKeyFile(markKeyFile(directory));
}

/** Puts a key that was kept elsewhere back into its file. */
export function writeMarkKey(directory: string, key: SecretBytes, random: RandomSource): void {
  makeKeyFile(markKeyFile(directory), random, key);
}

/**
 * The key for a folder of an earlier app, under another name until what it marks is committed: a key under its own name
 * says that the folder is marked, and its marks can then not go away unnoticed.
 */
export function pendingMarkKey(directory: string, random: RandomSource): SecretBytes {
  makeKeyFile(pendingFile(directory), random);
  return readKeyFile(pendingFile(directory));
}

/** Gives a pending key its name. */
export function settlePending(directory: string): void {
  try {
    renameSync(pendingFile(directory), markKeyFile(directory));
  } catch (thrown) {
    // Another process may have been first.
    if ((thrown as { code?: unknown }).code !== 'ENOENT') throw thrown;
  }
}

function pendingFile(directory: string): string {
  return `${markKeyFile(directory)}.new`;
}
