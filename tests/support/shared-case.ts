import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';

const casesFolder = process.env.STYRK_CASES ?? resolve(import.meta.dirname, '../../../shared/cases');

/** A suite on one of the shared cases, given its folder: counted as skipped, with the reason in its name, where it is missing. */
export function describeWithCase(name: string, suite: (folder: string) => void): void {
  const folder = join(casesFolder, name);
  if (existsSync(folder)) describe(`the case ${name}`, () => suite(folder));
  else describe.skip(`the case ${name} (not found beside the project)`, () => suite(folder));
}
