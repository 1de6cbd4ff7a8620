import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { outputFailure } from './input-file.ts';

/**
 * Writes files that are not there yet: all of them, down to the disk, or none. A disk that fills leaves no half file.
 * Who may read them is `mode`: everybody, where it is left out. Fails with `output.unwritable`, with the path of the first that could not be written.
 */
export function writeNewFiles(files: readonly (readonly [path: string, bytes: Uint8Array, mode?: number])[]): void {
  const made: string[] = [];
  try {
    for (const file of files) writeNewFile(file, made);
  } catch (thrown) {
    for (const path of made) rmSync(path, { force: true });
    throw thrown;
  }
}

function writeNewFile(
  [path, bytes, mode = 0o644]: readonly [path: string, bytes: Uint8Array, mode?: number],
  made: string[],
): void {
  try {
    const descriptor = openSync(path, 'wx', mode);
    made.push(path);
    try {
      writeFileSync(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    throw outputFailure(thrown, path);
  }
}
