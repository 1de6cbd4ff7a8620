import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../result/failure.ts';

/** The bytes of a file of `resources/`, by the parts of its path below it. Fails with `input.unreadable`. */
export type ReadResource = (...path: readonly string[]) => Uint8Array;

/** Reads from `resources/`: data that belongs to the app, not to a station. */
export function resourcesIn(directory: string): ReadResource {
  return (...path) => {
    const file = join(directory, ...path);
    if (!existsSync(file)) throw new Failure('input.unreadable', { path: file });
    return new Uint8Array(readFileSync(file));
  };
}
