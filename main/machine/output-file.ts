import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { outputFailure } from './input-file.ts';

type NewFile = readonly [path: string, bytes: Uint8Array, mode?: number];

/**
 * Writes files that are not there yet: all of them, down to the disk, or none. A disk that fills leaves no half file.
 * Who may read them is `mode`: everybody, where it is left out. Fails with `output.unwritable`, with the path of the first that could not be written.
 *
 * What must be done if files are written, and only then, is `before`: when it is called they lie there in their whole length, in
 * zeros. So nothing is done for a file whose name is taken or that finds no room, and none has its content before it is done, also
 * where the process is killed; a part under another name would be readable by then. Where it fails no file stays.
 */
export function writeNewFiles(files: readonly NewFile[], before?: () => unknown): void {
  const made: { readonly path: string; readonly descriptor: number }[] = [];
  let written = false;
  try {
    for (const [path, bytes, mode = 0o644] of files)
      named(path, () => {
        const descriptor = openSync(path, 'wx', mode);
        made.push({ path, descriptor });
        writeOver(descriptor, before === undefined ? bytes : new Uint8Array(bytes.length));
      });
    before?.();
    // The same file, whatever bears its name by now.
    if (before !== undefined)
      for (const [index, { path, descriptor }] of made.entries())
        named(path, () => writeOver(descriptor, files[index]?.[1] ?? new Uint8Array(0)));
    written = true;
  } finally {
    for (const { descriptor } of made) closeSync(descriptor);
    if (!written) for (const { path } of made) rmSync(path, { force: true });
  }
}

// Over what is there, from the beginning, and down to the disk.
function writeOver(descriptor: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from, bytes.length - from, from);
  fsyncSync(descriptor);
}

function named(path: string, act: () => void): void {
  try {
    act();
  } catch (thrown) {
    throw outputFailure(thrown, path);
  }
}
