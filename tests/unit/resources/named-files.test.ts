import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const decisions = readdirSync(resolve(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
const pages = ['README.md', 'docs/architecture.md', ...decisions];

const tops = ['main', 'preload', 'renderer', 'resources', 'tests', 'tools', 'findings', 'docs'];
const rooms = readdirSync(resolve(root, 'main'), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const ending = /\.(ts|tsx|mjs|sh|json|md|css|html)$/;

/** Paths of this repository among the words that stand as code: from its top, or from a room of `main/`. */
function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => {
    // A line behind a file, a set of files and a name that the reader puts in are no paths.
    if (!/^[\w./-]+$/.test(code) || !code.includes('/')) return [];
    const [top = ''] = code.split('/');
    return tops.includes(top) || (rooms.includes(top) && ending.test(code)) ? [code] : [];
  });
}

const exists = (path: string): boolean =>
  existsSync(resolve(root, path)) ||
  (rooms.includes(path.split('/')[0] ?? '') && existsSync(resolve(root, 'main', path)));

/** Where links of a page lead, those to the web aside. */
function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, to = '']) => (/^[a-z]+:/.test(to) ? [] : [to]));
}

describe.each(pages)('%s', (page) => {
  const text = readFileSync(resolve(root, page), 'utf8');

  it('names files that are there', () => {
    expect(pathsIn(text).filter((path) => !exists(path))).toEqual([]);
  });

  it('leads to pages that are there', () => {
    expect(linksIn(text).filter((to) => !existsSync(resolve(root, page, '..', to)))).toEqual([]);
  });
});

it('the tour of the house names more than a hundred', () => {
  expect(new Set(pathsIn(readFileSync(resolve(root, 'docs/architecture.md'), 'utf8'))).size).toBeGreaterThan(100);
});

it('a name that does not exist would be found', () => {
  const named = pathsIn('`main/none.ts`, `trust/none.ts`, `main/chip/`, `chip/bac.ts`, `a/b`, `npm run x`');
  expect(named).toEqual(['main/none.ts', 'trust/none.ts', 'main/chip/', 'chip/bac.ts']);
  expect(named.filter((path) => !exists(path))).toEqual(['main/none.ts', 'trust/none.ts']);
});
