import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lineIds } from './lines.ts';
import { exitStatus, type Result, resultsPage } from './results.ts';

const root = resolve(import.meta.dirname, '../..');
const result = (state: Result['outcome']['state']): Result => ({
  id: state,
  title: 'a|b',
  outcome: { state, detail: '' },
});

describe('the proof in Electron', () => {
  it('is one only where every line was run and holds', () => {
    expect(exitStatus([result('holds')])).toBe(0);
    expect(exitStatus([result('holds'), result('not-run')])).toBe(3);
    expect(exitStatus([result('not-run'), result('fails')])).toBe(1);
    expect(exitStatus([])).toBe(3);
  });

  it('keeps a page on which no line is lost', () => {
    const page = resultsPage([result('holds'), result('fails'), result('not-run')], 'here');
    expect(page).toContain('1 hold, 1 fail, 1 were not run.');
    expect(page).toContain('| `fails` | a\\|b | **FAILS** |');
  });

  it('has a line for everything that the README calls not verified', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const part = readme.slice(readme.indexOf('## What was not verified'));
    const lines = part.split('\n').filter((line) => line !== '');
    const items = lines.filter((line) => line.startsWith('- '));
    const namedIn = (item: string) => [...item.matchAll(/`([\w-]+)`/g)].flatMap(([, id = '']) => id);
    for (const item of items)
      expect(
        lineIds.filter((id) => namedIn(item).includes(id)),
        item,
      ).not.toEqual([]);
    expect(
      items
        .flatMap(namedIn)
        .filter((id) => lineIds.includes(id))
        .sort(),
    ).toEqual([...lineIds].sort());
    // What stands in no item has no line: the heading, what it is about, and what was verified.
    const others = lines.filter((line) => !line.startsWith('- ')).map((line) => line.slice(0, 30));
    expect(others).toEqual([
      '## What was not verified',
      'This version was built and tes',
      'What was verified instead: rea',
    ]);
  });

  const binary = existsSync(join(root, 'node_modules/electron/path.txt')) && process.getuid?.() !== 0;
  it.skipIf(binary)('says where the binary is missing what it could not do, and does not call it proved', () => {
    const folder = mkdtempSync(join(tmpdir(), 'styrk-proof-'));
    try {
      const out = join(folder, 'page.md');
      const ran = spawnSync(process.execPath, [join(root, 'tools/electron-proof/proof.ts'), '--out', out], {
        encoding: 'utf8',
      });
      expect(ran.status).toBe(3);
      const page = readFileSync(out, 'utf8');
      expect(page).toContain(`0 hold, 0 fail, ${lineIds.length} were not run.`);
      for (const id of lineIds) expect(page).toContain(`\`${id}\``);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
