import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Failure } from '../result/failure.ts';

/**
 * The bytes of a file that someone named. Fails with `input.unreadable` (missing, no file, no right, empty) or
 * `input.too-large`, both with the path.
 */
export function readInputFile(path: string, mostBytes: number): Uint8Array {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const status = fstatSync(descriptor);
      if (!status.isFile()) throw new Failure('input.unreadable', { path, reason: 'not a file' });
      if (status.size > mostBytes) throw new Failure('input.too-large', { path, bytes: status.size, limit: mostBytes });
      if (status.size === 0) throw new Failure('input.unreadable', { path, reason: 'empty' });
      const bytes = new Uint8Array(status.size);
      const length = readSync(descriptor, bytes, 0, status.size, 0);
      return bytes.subarray(0, length);
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    throw inputFailure(thrown, path);
  }
}

/** `input.unreadable` for what the system says of a path; failures pass. */
export function inputFailure(thrown: unknown, path: string): Failure {
  if (thrown instanceof Failure) return thrown;
  const code = (thrown as { code?: unknown } | null)?.code;
  return new Failure('input.unreadable', { path, reason: typeof code === 'string' ? code : 'unknown' }, thrown);
}
