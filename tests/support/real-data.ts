import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';

/** The folder of published real files beside the project; null where it is missing, and the tests on it are skipped. */
export const realDataFolder: string | null = findRealData();

function findRealData(): string | null {
  const folder = process.env.STYRK_REAL_DATA ?? resolve(import.meta.dirname, '../../../shared/data');
  return existsSync(folder) ? folder : null;
}

/** The bytes of one real file. Only inside `describeWithRealData`. */
export function realData(path: string): Uint8Array {
  if (realDataFolder === null) throw new Error('real data is missing');
  return new Uint8Array(readFileSync(join(realDataFolder, path)));
}

/** A suite on real data: counted as skipped, with the reason in its name, where the folder is missing. */
export function describeWithRealData(name: string, suite: () => void): void {
  if (realDataFolder === null) describe.skip(`${name} (real data not found beside the project)`, suite);
  else describe(name, suite);
}
