import { existsSync, readFileSync } from 'node:fs';
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

/** Whether it is a file that holds tests: a folder would prove nothing of a control in particular. */
function holdsTests(path: string): boolean {
  const full = join(root, path);
  if (!path.endsWith('.test.ts') || !existsSync(full)) return false;
  return /\b(?:it|test)(?:\.\w+)*\(/.test(readFileSync(full, 'utf8'));
}

describe('docs/security.md', () => {
  it.each(controls(page))('$control', ({ tests }) => {
    expect(tests).not.toEqual([]);
    for (const path of tests) expect(holdsTests(path), path).toBe(true);
  });

  it('says of every party what stays unproved', () => {
    const parties = page.split('\n## ').slice(1);
    const who = ['document', 'folder', 'laptop', 'teller', 'chip', 'list', 'page', 'update', 'system'];
    const titles = parties.map((party) => party.split('\n')[0] ?? '');
    for (const party of who)
      expect(
        titles.filter((title) => title.includes(party)),
        party,
      ).toHaveLength(1);
    for (const party of parties) expect(party, party.split('\n')[0]).toMatch(/\*\*Unproved/);
  });

  it('is seen through where it names what is not there', () => {
    expect(controls('| a control | `tests/unit/none.test.ts` |')).toEqual([
      { control: 'a control', tests: ['tests/unit/none.test.ts'] },
    ]);
    expect(holdsTests('tests/unit/none.test.ts')).toBe(false);
    expect(holdsTests('docs/security.md')).toBe(false);
    expect(holdsTests('tests/unit/trust')).toBe(false);
  });
});
