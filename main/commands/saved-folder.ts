import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areSavedInspection, isOfSavedInspection } from '../keeping/saved-files.ts';
import { inputFailure, outputFailure, readInputFile } from '../machine/input-file.ts';
import { Failure } from '../result/failure.ts';

// The chip's largest file is DG2; the facts are some kilobytes.
const mostFileBytes = 512 * 1024;

/** Whether a folder holds a saved inspection. Fails with `input.unreadable`. */
export function holdsSavedInspection(directory: string): boolean {
  return areSavedInspection(namesIn(directory));
}

/** What lies in a folder, by name and in order. Fails with `input.unreadable`. */
export function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch (thrown) {
    throw inputFailure(thrown, directory);
  }
}

/** The files of a saved inspection by name; what else lies in the folder is passed over. Fails with `input.unreadable`. */
export function readSavedFolder(directory: string): ReadonlyMap<string, Uint8Array> {
  const names = namesIn(directory).filter(isOfSavedInspection);
  return new Map(names.map((name) => [name, contentOf(join(directory, name))]));
}

// A file that was emptied was changed, which its digest shows.
function contentOf(path: string): Uint8Array {
  try {
    return readInputFile(path, mostFileBytes);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.fields.reason === 'empty') return new Uint8Array();
    throw thrown;
  }
}

/**
 * Makes the folder ready, so that a place where nothing can be saved shows before the reading: made for this account alone,
 * or there and empty, or a saved inspection, which is replaced. Fails with `output.unwritable`.
 */
export function prepareSavedFolder(directory: string): void {
  try {
    // Not `recursive`: below a file system that takes no folders it never comes back.
    if (!existsSync(directory)) mkdirSync(directory, { mode: 0o700 });
    const names = readdirSync(directory);
    if (names.length > 0 && !areSavedInspection(names))
      throw new Failure('output.unwritable', { path: directory, reason: 'not empty, and no saved inspection' });
    chmodSync(directory, 0o700);
  } catch (thrown) {
    throw outputFailure(thrown, directory);
  }
}

/** Saves the files, readable for this account alone. Fails with `output.unwritable`. */
export function writeSavedFolder(directory: string, files: ReadonlyMap<string, Uint8Array>): void {
  try {
    for (const name of readdirSync(directory).filter(isOfSavedInspection)) rmSync(join(directory, name));
    for (const [name, bytes] of files) writeFileSync(join(directory, name), bytes, { mode: 0o600, flag: 'wx' });
  } catch (thrown) {
    throw outputFailure(thrown, directory);
  }
}
