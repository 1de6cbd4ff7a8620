import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/* What is written here is read by people who have this repository and the norms, and nothing else. */

const root = resolve(import.meta.dirname, '../../..');
const own = 'tests/unit/resources/stands-alone.test.ts';

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && /\.(tsx?|mjs|sh|md|css|html)$/.test(entry.name)
      ? [join(entry.parentPath, entry.name).slice(root.length + 1)]
      : [],
  );
}

const texts = ['main', 'preload', 'renderer', 'resources', 'tests', 'tools', 'findings', 'docs']
  .flatMap(filesIn)
  .concat('README.md')
  .filter((file) => file !== own)
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

// Lists of requirements that lie beside no clone of this repository.
const elsewhere = /\bHANDBOOK\b|\bDESIGN\b|\b[Hh]andbook\b|\bFIELD\.md\b/;

it('no text leans on papers that are not here', () => {
  expect(texts.length).toBeGreaterThan(500);
  expect(texts.filter(({ text }) => elsewhere.test(text)).map(({ file }) => file)).toEqual([]);
  expect(elsewhere.test('the whole of PACE takes 1.5 s (HANDBOOK)')).toBe(true);
});

const exported = /^export (?:async )?(?:function|class|interface|type|const) (\w+)/;

/** Names that a file exports without a comment in front. */
function uncommented(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const name = exported.exec(line)?.[1];
    return name === undefined || /\*\/$|^\/\/ /.test(lines[index - 1] ?? '') ? [] : [name];
  });
}

describe('what a room shows to others', () => {
  // Who keeps something in the store must not read SQL to know shapes, units and errors.
  it('has a comment in the store', () => {
    const store = texts.filter(({ file }) => file.startsWith('main/store/') && !file.includes('/migrations/'));
    expect(store.flatMap(({ file, text }) => uncommented(text).map((name) => `${file} ${name}`))).toEqual([]);
    expect(store.length).toBeGreaterThan(30);
  });

  it('would be found without one', () => {
    expect(uncommented('/** Says. */\nexport function told() {}\n\nexport class Untold {}\n')).toEqual(['Untold']);
  });
});
