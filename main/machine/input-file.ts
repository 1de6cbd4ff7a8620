import { closeSync, constants, existsSync, fstatSync, openSync, read, readSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { Failure } from '../result/failure.ts';

/** A file that someone named, opened once: what is told of it and what is read of it are the same file. */
export interface InputFile {
  readonly path: string;
  readonly bytes: number;
  /** The first bytes, at most so many. */
  readonly head: (most: number) => Uint8Array;
  /** All of it. Fails with `input.too-large`. */
  readonly whole: (most: number) => Uint8Array;
  /** All of it, or what begins at `from`, bit by bit, never whole in memory. */
  readonly chunks: (from?: number) => AsyncIterable<Uint8Array>;
  /** Nothing can be read afterwards. */
  readonly close: () => void;
}

const readAt = promisify(read);
const chunkBytes = 256 * 1024;
// A pipe is opened when somebody writes to it, perhaps never: without waiting it is seen to be no file.
const readingFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens a file until it is closed. Fails with `input.unreadable` (missing, no file, no right, empty), with the path. */
export function openInputFile(path: string): InputFile {
  const trying = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (thrown) {
      throw inputFailure(thrown, path);
    }
  };
  const descriptor = trying(() => openSync(path, readingFlags));
  let bytes: number;
  try {
    bytes = trying(() => sizeOf(descriptor, path));
  } catch (thrown) {
    closeSync(descriptor);
    throw thrown;
  }
  const start = (length: number): Uint8Array =>
    trying(() => {
      const content = new Uint8Array(length);
      return content.subarray(0, readSync(descriptor, content, 0, length, 0));
    });
  return {
    path,
    bytes,
    head: (most) => start(Math.min(bytes, most)),
    whole: (most) => {
      if (bytes > most) throw new Failure('input.too-large', { path, bytes, limit: most });
      return start(bytes);
    },
    chunks: (from = 0) => chunksOf(descriptor, path, from),
    close: () => closeSync(descriptor),
  };
}

/** Bytes that came another way and lie in no file. Fails with `input.unreadable` where there are none. */
export function heldFile(content: Uint8Array): InputFile {
  if (content.length === 0) throw new Failure('input.unreadable', { reason: 'empty' });
  return {
    path: '',
    bytes: content.length,
    head: (most) => content.slice(0, most),
    whole: (most) => {
      if (content.length > most) throw new Failure('input.too-large', { bytes: content.length, limit: most });
      return content.slice();
    },
    chunks: async function* (from = 0) {
      for (let at = from; at < content.length; at += chunkBytes) yield content.slice(at, at + chunkBytes);
    },
    close: () => undefined,
  };
}

function sizeOf(descriptor: number, path: string): number {
  const status = fstatSync(descriptor);
  if (!status.isFile()) throw new Failure('input.unreadable', { path, reason: 'not a file' });
  if (status.size === 0) throw new Failure('input.unreadable', { path, reason: 'empty' });
  return status.size;
}

// No stream: one that is destroyed closes the descriptor, though it was told to leave it open (`autoClose`).
async function* chunksOf(descriptor: number, path: string, from: number): AsyncGenerator<Uint8Array> {
  for (let position = from; ; ) {
    const chunk = new Uint8Array(chunkBytes);
    const { bytesRead } = await readAt(descriptor, chunk, 0, chunkBytes, position).catch((thrown: unknown) => {
      throw inputFailure(thrown, path);
    });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

/** Works with files that are opened (`openInputFile`) as they are asked for, and closes all of them at its end. */
export async function withInputFiles<Result>(
  work: (open: (path: string) => InputFile) => Promise<Result>,
): Promise<Result> {
  const files: InputFile[] = [];
  try {
    return await work((path) => {
      const file = openInputFile(path);
      files.push(file);
      return file;
    });
  } finally {
    for (const file of files) file.close();
  }
}

/**
 * The bytes of a file that someone named. Fails with `input.unreadable` (missing, no file, no right, empty) or
 * `input.too-large`, both with the path.
 */
export function readInputFile(path: string, mostBytes: number): Uint8Array {
  const file = openInputFile(path);
  try {
    return file.whole(mostBytes);
  } finally {
    file.close();
  }
}

/** All that standard input brings. Fails with `input.unreadable` where it is empty, `input.too-large` as soon as it is. */
export function readStandardInput(mostBytes: number): Uint8Array {
  const path = 'standard input';
  const bytes = new Uint8Array(mostBytes + 1);
  let length = 0;
  try {
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(0, bytes, length, bytes.length - length, null);
  } catch (thrown) {
    throw inputFailure(thrown, path);
  }
  if (length === 0) throw new Failure('input.unreadable', { path, reason: 'empty' });
  if (length > mostBytes) throw new Failure('input.too-large', { path, bytes: length, limit: mostBytes });
  return bytes.slice(0, length);
}

/** The permission bits of a file that someone named. Fails with `input.unreadable`. */
export function inputFileMode(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch (thrown) {
    throw inputFailure(thrown, path);
  }
}

/** Those of these files that others on the machine may read or change; none on Windows, where modes say nothing. */
export function openToOthers(paths: readonly string[]): readonly string[] {
  if (process.platform === 'win32') return [];
  return paths.filter((path) => existsSync(path) && (inputFileMode(path) & 0o077) !== 0);
}

/** `input.unreadable` for what the system says of a path; failures pass. */
export function inputFailure(thrown: unknown, path: string): Failure {
  return thrown instanceof Failure
    ? thrown
    : new Failure('input.unreadable', { path, reason: systemCode(thrown) }, thrown);
}

/** `output.unwritable` for what the system says of a place that someone named to write to; failures pass. */
export function outputFailure(thrown: unknown, path: string): Failure {
  return thrown instanceof Failure
    ? thrown
    : new Failure('output.unwritable', { path, reason: systemCode(thrown) }, thrown);
}

function systemCode(thrown: unknown): string {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}
