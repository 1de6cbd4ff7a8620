import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { longestNote } from '../../records/log/note.ts';
import { Failure } from '../../result/failure.ts';

/** The file that a checkpoint is written to: the one that was set, or in a folder one that is named after the log. */
async function fileAt(place: string, origin: string): Promise<string> {
  try {
    return (await stat(place)).isDirectory() ? join(place, `${basename(origin)}.checkpoint`) : place;
  } catch {
    // Not there yet: a file to be.
    return place;
  }
}

function notWritten(file: string, thrown: unknown): Failure {
  const system = (thrown as { code?: unknown } | null)?.code;
  return new Failure(
    'log.not-written',
    { path: file, system: typeof system === 'string' ? system : 'unknown' },
    thrown,
  );
}

/**
 * Writes a checkpoint in the place of the one before: whoever reads the file sees the old one or the new one, whole. `refuse` is
 * given what lies there, twice: before anything is written, and right before it is replaced, for another may have written
 * meanwhile; what it throws leaves that as it is. Fails with `log.not-written`, also where something lies there that cannot be read.
 */
export async function writeCheckpointTo(
  place: string,
  origin: string,
  note: string,
  refuse: (there: string) => void,
): Promise<void> {
  const file = await fileAt(place, origin);
  const look = async (): Promise<void> => {
    const there = await readAt(file);
    if (there !== null) refuse(there);
  };
  await look();
  const half = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(half, 'wx', 0o644);
    try {
      await handle.writeFile(note);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await look();
    await rename(half, file);
  } catch (thrown) {
    await rm(half, { force: true }).catch(() => undefined);
    throw thrown instanceof Failure ? thrown : notWritten(file, thrown);
  }
}

/** What lies there now. Fails with `log.not-written`. */
export async function readCheckpointAt(place: string, origin: string): Promise<string> {
  const file = await fileAt(place, origin);
  const there = await readAt(file);
  if (there === null) throw notWritten(file, { code: 'ENOENT' });
  return there;
}

// Null where nothing is. What is longer than any note is nobody's checkpoint, and nothing to write over.
async function readAt(file: string): Promise<string | null> {
  try {
    if ((await stat(file)).size > longestNote) throw new Error('too long');
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as { code?: unknown } | null)?.code === 'ENOENT') return null;
    throw notWritten(file, thrown);
  }
}
