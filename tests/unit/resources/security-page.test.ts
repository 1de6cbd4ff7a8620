import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

/** The controls of the page: rows of its tables with the tests that they name. */
function controls(text: string): readonly { readonly control: string; readonly tests: readonly string[] }[] {
  return text
    .split('\n')
    .filter((line) => /^\| (?!control )/.test(line))
    .map((line) => {
      const [, control = '', named = ''] = line.split(' | ').join('|').split('|');
      return { control: control.trim(), tests: [...named.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '') };
    });
}

/** Whether a file, or a file of the folder, holds tests. */
function holdsTests(path: string): boolean {
  const full = join(root, path);
  if (!existsSync(full)) return false;
  const files = statSync(full).isDirectory()
    ? globSync('**/*.test.ts', { cwd: full }).map((file) => join(full, file))
    : [full];
  return files.some((file) => /\b(?:it|test)(?:\.\w+)*\(/.test(readFileSync(file, 'utf8')));
}

describe('docs/security.md', () => {
  it.each(controls(page))('$control', ({ tests }) => {
    expect(tests).not.toEqual([]);
    for (const path of tests) expect(holdsTests(path), path).toBe(true);
  });

  it('says of every party what stays unproved', () => {
    const parties = page.split('\n## ').slice(1);
    expect(parties.length).toBeGreaterThan(5);
    for (const party of parties) expect(party, party.split('\n')[0]).toMatch(/\*\*Unproved/);
  });

  it('is seen through where it names what is not there', () => {
    expect(controls('| a control | `tests/unit/none.test.ts` |')).toEqual([
      { control: 'a control', tests: ['tests/unit/none.test.ts'] },
    ]);
    expect(holdsTests('tests/unit/none.test.ts')).toBe(false);
    expect(holdsTests('docs/security.md')).toBe(false);
  });
});
