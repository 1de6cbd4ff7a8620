import { closeSync, constants, createReadStream, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { Failure } from '../result/failure.ts';

/** A file that someone named, opened as far as it is asked for. */
export interface InputFile {
  readonly path: string;
  readonly bytes: number;
  /** The first bytes, at most so many. */
  readonly head: (most: number) => Uint8Array;
  /** All of it. Fails with `input.too-large`. */
  readonly whole: (most: number) => Uint8Array;
  /** All of it bit by bit, never whole in memory. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

const chunkBytes = 256 * 1024;
// A pipe is opened when somebody writes to it, perhaps never: without waiting it is seen to be no file.
const readingFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Fails with `input.unreadable` (missing, no file, no right, empty), with the path. */
export function openInputFile(path: string): InputFile {
  const opened = <Result>(work: (descriptor: number, bytes: number) => Result): Result => {
    try {
      const descriptor = openSync(path, readingFlags);
      try {
        const status = fstatSync(descriptor);
        if (!status.isFile()) throw new Failure('input.unreadable', { path, reason: 'not a file' });
        if (status.size === 0) throw new Failure('input.unreadable', { path, reason: 'empty' });
        return work(descriptor, status.size);
      } finally {
        closeSync(descriptor);
      }
    } catch (thrown) {
      throw inputFailure(thrown, path);
    }
  };
  const read = (descriptor: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0));
  };
  return {
    path,
    bytes: opened((_descriptor, bytes) => bytes),
    head: (most) => opened((descriptor, bytes) => read(descriptor, Math.min(bytes, most))),
    whole: (most) =>
      opened((descriptor, bytes) => {
        if (bytes > most) throw new Failure('input.too-large', { path, bytes, limit: most });
        return read(descriptor, bytes);
      }),
    chunks: () => chunksOf(path),
  };
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: chunkBytes });
  try {
    for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
  } catch (thrown) {
    throw inputFailure(thrown, path);
  } finally {
    stream.destroy();
  }
}

/**
 * The bytes of a file that someone named. Fails with `input.unreadable` (missing, no file, no right, empty) or
 * `input.too-large`, both with the path.
 */
export function readInputFile(path: string, mostBytes: number): Uint8Array {
  return openInputFile(path).whole(mostBytes);
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
