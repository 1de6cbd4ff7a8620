import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { openKeeping } from '../../main/house/open-keeping.ts';
import { machineClock } from '../../main/machine/clock.ts';

let made: Promise<string> | null = null;

async function makeOnce(): Promise<string> {
  const directory = join(mkdtempSync(join(tmpdir(), 'styrk-training-')), 'data');
  const resourcesDirectory = resolve(import.meta.dirname, '../../resources');
  const keeping = await openKeeping({ directory, kind: 'training', clock: machineClock, resourcesDirectory });
  await keeping.unlock({ kind: 'key-file', path: null });
  keeping.close();
  return directory;
}

afterAll(async () => {
  if (made !== null) rmSync(join(await made, '..'), { recursive: true, force: true });
});

/**
 * A training folder of the test's own, unlocked once before, and removed after it. Made once for a file and copied for each test: its
 * issuers and their lists take seconds to issue.
 */
export async function trainingFolder(): Promise<string> {
  made ??= makeOnce();
  const root = mkdtempSync(join(tmpdir(), 'styrk-training-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const directory = join(root, 'data');
  cpSync(await made, directory, { recursive: true });
  return directory;
}
