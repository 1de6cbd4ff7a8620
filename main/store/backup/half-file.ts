import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import type { RandomSource } from '../../crypto/random.ts';
import { equal, fromHex, toHex } from '../../result/bytes.ts';
import { storageFailure } from '../database-failure.ts';
import { isRunning } from './running.ts';

/*
 * A backup that is being written lies under another name at its place, where other stations may write theirs. A note in the data
 * folder says where, and how it begins: with a key that was drawn for it alone. What a killed process left is known by that.
 */

const nameForm = /^styrk\.half-backup-(\d+)-[0-9a-f]{16}$/;
const note = v.strictObject({ path: v.string(), beginning: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2}){32,256}$/)) });
const mostNoteBytes = 64 * 1024;

/**
 * Notes, down to the disk, that a backup which begins so is about to be written there. Disposing of it takes the note away once that
 * file is gone or has its name. Fails as the database does.
 */
export function noteHalfFile(directory: string, path: string, beginning: Uint8Array, random: RandomSource): Disposable {
  const file = join(directory, `styrk.half-backup-${process.pid}-${toHex(random(8))}`);
  const half = resolve(path);
  // Nothing can be written there, and a note of it would wait for that place for ever.
  if (!existsSync(dirname(half))) return { [Symbol.dispose]: () => undefined };
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      writeFileSync(descriptor, JSON.stringify({ path: half, beginning: toHex(beginning) }));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    rmSync(file, { force: true });
    throw storageFailure(thrown, file);
  }
  return { [Symbol.dispose]: () => void (isGone(half) && rmSync(file, { force: true })) };
}

/**
 * Removes what killed processes of this folder left of backups, wherever they wrote them. A file that does not begin as noted is
 * somebody else's and stays; where its place cannot be reached, or the file not be removed, the note stays for the next time.
 */
export function removeLeftHalfFiles(directory: string): void {
  for (const name of readdirSync(directory)) {
    const pid = nameForm.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const file = join(directory, name);
    const noted = readNote(file);
    if (noted === null || isSettled(noted)) rmSync(file, { force: true });
  }
}

function isSettled({ path, beginning }: v.InferOutput<typeof note>): boolean {
  try {
    if (isGone(path)) return true;
    if (lstatSync(path).isFile() && beginsWith(path, fromHex(beginning))) rmSync(path);
    return true;
  } catch {
    return false;
  }
}

// A place that is not there, a share for one, says nothing of the file.
function isGone(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined && lstatSync(dirname(path)).isDirectory();
  } catch {
    return false;
  }
}

// The process may have been killed before all of the beginning was written.
function beginsWith(path: string, beginning: Uint8Array): boolean {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(Math.min(beginning.length, fstatSync(descriptor).size));
    const read = readSync(descriptor, bytes, 0, bytes.length, 0);
    return read === bytes.length && equal(bytes, beginning.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
}

// Null for one that was cut while it was written: nothing had been written at the other place then.
function readNote(file: string): v.InferOutput<typeof note> | null {
  try {
    if (lstatSync(file).size > mostNoteBytes) return null;
    const read = v.safeParse(note, JSON.parse(readFileSync(file, 'utf8')));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}
