import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/*
 * The guard against dead code must bite: what `npm test` runs (`knip --production`) is run on a copy of the tree to which one
 * export was added that a test alone uses, and one that nothing uses.
 */

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'styrk-dead-code-'));
const file = 'main/result/bytes.ts';
const helper = 'tests/unit/probe.test.ts';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
  readonly issues: readonly { readonly file: string; readonly exports: readonly { readonly name: string }[] }[];
}

test('an export that only a test uses is seen and refused', () => {
  const settings = ['package.json', 'tsconfig.json', 'knip.json', 'electron.vite.config.ts', 'vitest.config.ts'];
  const notSpecimens = (path: string) => !path.includes('resources/specimens');
  for (const part of [...settings, 'main', 'preload', 'renderer', 'resources', 'tools'])
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: notSpecimens });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  appendFileSync(join(folder, file), '\nexport const onlyTested = 1;\nexport const neverUsed = 2;\n');
  mkdirSync(dirname(join(folder, helper)), { recursive: true });
  writeFileSync(
    join(folder, helper),
    `import { onlyTested } from '../../${file}';\n\nexport const kept = onlyTested;\n`,
  );
  const run = spawnSync(join(root, 'node_modules/.bin/knip'), ['--production', '--reporter', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  expect(run.status).toBe(1);
  const { issues } = JSON.parse(run.stdout) as Report;
  const dead = issues.filter((issue) => issue.file === file).flatMap(({ exports }) => exports.map(({ name }) => name));
  expect(dead.toSorted()).toEqual(['neverUsed', 'onlyTested']);
});
