import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RandomSource } from '../../crypto/random.ts';
import { toHex } from '../../result/bytes.ts';
import { canonicalBytes } from '../../result/canonical-json.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { ownKeyFile } from '../key-file.ts';
import { markKeyFile } from '../marks/mark-key.ts';
import { type BackupKey, ByteReader, backupBeginning, newBackupKey, openedFrames, sealedFrames } from './container.ts';
import { type BackupEntry, type EntryDigests, entriesAsBytes, readEntries } from './entries.ts';
import { noteHalfFile, removeLeftHalfFiles } from './half-file.ts';
import { type Manifest, manifestName, masterKeyName } from './manifest.ts';
import { removeLeftWork } from './own-work.ts';
import { openIfThere, type Snapshot, takeSnapshot } from './snapshot.ts';

/** A backup that was written and read back. */
export interface TakenBackup {
  readonly manifest: Manifest;
  readonly bytes: number;
  readonly files: number;
}

/**
 * Takes a backup of an open folder into a file that is not there yet: the database of one moment, the register's layers that go
 * with it, keys as they lie there, and the master key, all sealed for the bank's key. It is read back before it gets its name.
 * Fails as the database does, with `output.unwritable` as `around.failed` makes it, `backup.source-changed`.
 */
export async function takeBackup(
  directory: string,
  out: string,
  around: {
    readonly recipient: Uint8Array;
    readonly masterKey: SecretBytes;
    readonly madeAt: string;
    readonly appVersion: string;
    readonly random: RandomSource;
    /** What the system says of the place to write to, as a failure. */
    readonly failed: (thrown: unknown, path: string) => Error;
  },
): Promise<TakenBackup> {
  const { random, failed } = around;
  if (existsSync(out)) throw failed({ code: 'EEXIST' }, out);
  removeLeftWork(directory);
  removeLeftHalfFiles(directory);
  await using files = await momentOf(directory, random);
  const { snapshot } = files;
  const manifest: Manifest = {
    format: 'styrk-backup',
    version: 1,
    kind: snapshot.kind,
    stationId: snapshot.stationId,
    schemaVersion: snapshot.schemaVersion,
    madeAt: around.madeAt,
    appVersion: around.appVersion,
    checkpoint: snapshot.checkpoint?.note ?? null,
    files: files.opened.map(({ name }) => name),
  };
  const half = `${out}.${toHex(random(8))}.part`;
  using key = newBackupKey(around.recipient, random);
  using _note = noteHalfFile(directory, half, key.beginning, random);
  try {
    const digests = new Map<string, string>();
    const entries = [
      whole(manifestName, canonicalBytes({ ...manifest })),
      whole(masterKeyName, around.masterKey.reveal()),
    ];
    const plain = entriesAsBytes([...entries, ...files.opened.map(contentOf)], digests);
    const bytes = await written(half, sealedFrames(plain, key, random), failed);
    await readBack(half, key, digests);
    if (existsSync(out)) throw failed({ code: 'EEXIST' }, out);
    renameSync(half, out);
    return { manifest, bytes, files: manifest.files.length };
  } catch (thrown) {
    rmSync(half, { force: true });
    throw thrown;
  }
}

interface OpenedFile {
  readonly name: string;
  readonly descriptor: number;
}

// A layer that was folded into another after the moment of the database is gone: another moment is taken.
const mostMoments = 5;

async function momentOf(
  directory: string,
  random: RandomSource,
): Promise<AsyncDisposable & { readonly snapshot: Snapshot; readonly opened: readonly OpenedFile[] }> {
  for (let tries = 1; ; tries++) {
    const snapshot = await takeSnapshot(directory, random);
    const opened: OpenedFile[] = [];
    const dispose = async (): Promise<void> => {
      for (const { descriptor } of opened) closeSync(descriptor);
      snapshot[Symbol.dispose]();
    };
    const needed = [['styrk.db', snapshot.path], ...snapshot.layers.map((name) => [name, join(directory, name)])];
    const besides = [markKeyFile(directory), ownKeyFile(directory)].map((path) => [
      path.slice(directory.length + 1),
      path,
    ]);
    let isWhole = true;
    for (const [name = '', path = ''] of [...needed, ...besides]) {
      const descriptor = openIfThere(path);
      if (descriptor !== null) opened.push({ name, descriptor });
      else if (needed.some(([each]) => each === name)) isWhole = false;
    }
    if (isWhole) return { snapshot, opened, [Symbol.asyncDispose]: dispose };
    await dispose();
    if (tries === mostMoments) throw new Failure('backup.source-changed', { name: 'layers' });
  }
}

function whole(name: string, bytes: Uint8Array): BackupEntry {
  return { name, bytes: bytes.length, content: [bytes] };
}

function contentOf({ name, descriptor }: OpenedFile): BackupEntry {
  const bytes = fstatSync(descriptor).size;
  const content = createReadStream('', { fd: descriptor, start: 0, autoClose: false, highWaterMark: 256 * 1024 });
  return { name, bytes, content };
}

async function written(
  path: string,
  frames: AsyncIterable<Uint8Array>,
  failed: (thrown: unknown, path: string) => Error,
): Promise<number> {
  const trying = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (thrown) {
      throw failed(thrown, path);
    }
  };
  const descriptor = trying(() => openSync(path, 'wx', 0o600));
  let bytes = 0;
  try {
    for await (const frame of frames) {
      for (let from = 0; from < frame.length; ) from += trying(() => writeSync(descriptor, frame, from));
      bytes += frame.length;
    }
    trying(() => fsyncSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}

// What a disk says it has written is another thing than what it gives back.
async function readBack(path: string, key: BackupKey, wrote: EntryDigests): Promise<void> {
  const reader = new ByteReader(createReadStream(path, { highWaterMark: 256 * 1024 }));
  await reader.take(backupBeginning);
  const found = await readEntries(new ByteReader(openedFrames(reader, key)), () => () => undefined);
  const same = found.size === wrote.size && [...wrote].every(([name, digest]) => found.get(name) === digest);
  if (!same) throw new Failure('backup.malformed', { part: 'read-back' });
}
