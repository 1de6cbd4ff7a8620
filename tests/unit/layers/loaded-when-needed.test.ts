import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importAtStart, importLater, loadedBy } from '../../support/loaded-by.ts';

/*
 * What issues specimens, and the packages that it writes by, are loaded where a specimen is issued: no process of the app
 * has them from its start, and no page ever.
 */

const root = resolve(import.meta.dirname, '../../..');
const packages = ['pkijs', 'asn1js'];

const commands = readdirSync(join(root, 'main/commands')).map((name) => `main/commands/${name}`);
const ofTheDesk = [
  'main/index.ts',
  'main/front-door.ts',
  'main/cli.ts',
  'main/inspection/worker.ts',
  'main/simulator/training.ts',
  ...commands.filter((file) => file.endsWith('.ts')),
];
const issuing = 'main/simulator/issuing/certificates.ts';

// A packaged app compares its native modules with their digests before it loads one (main/station/native-modules.ts).
describe('the first module of the app', () => {
  it('loads no native module and nothing that opens a store, only later', () => {
    const loaded = [...loadedBy('main/index.ts', [importAtStart])];
    expect(loaded.filter((name) => /^(better-sqlite3|pcsc)|^main\/(store|house|keeping|reader)\//.test(name))).toEqual(
      [],
    );
    expect(loaded).toContain('main/station/native-modules.ts');
    expect([...loadedBy('main/index.ts', [importAtStart, importLater])]).toContain('better-sqlite3');
  });
});

// A person waits for the help of a command line, and every command's time holds what it loads.
describe('the side door', () => {
  const own = /^(?:node:|package\.json$|main\/(?:cli\.ts$|commands\/|machine\/|result\/))/;

  it('loads nothing for its help but the commands’ names and words', () => {
    const loaded = loadedBy('main/cli.ts', [importAtStart]);
    expect([...loaded].filter((name) => !own.test(name))).toEqual([]);
    expect(loaded).toContain('main/commands/command-table.ts');
  });

  it.each(['main/commands/inspect.ts', 'main/front-door.ts'])(
    'nor fetch with %s, which an import of node:http brings',
    (entry) => {
      const loaded = loadedBy(entry, [importAtStart]);
      expect(loaded).toContain('node:https');
      expect(loaded).not.toContain('node:http');
    },
  );
});

describe('what issues specimens', () => {
  it.each(ofTheDesk)('is not loaded with %s, nor are its packages', (entry) => {
    const loaded = loadedBy(entry, [importAtStart]);
    expect([issuing, ...packages].filter((name) => loaded.has(name))).toEqual([]);
  });

  it('is not loaded by the worker that imports lists', () => {
    expect(loadedBy('main/house/trust-worker.ts', [importAtStart]).has(issuing)).toBe(false);
  });

  it.each(['renderer/main.tsx', 'preload/index.ts'])('is never loaded by %s', (entry) => {
    const loaded = loadedBy(entry, [importAtStart, importLater]);
    expect(loaded.size).toBeGreaterThan(1);
    expect([issuing, ...packages].filter((name) => loaded.has(name))).toEqual([]);
  });

  it('is found by this search where it is loaded: at once by the module that issues, later by the app', () => {
    const everything = expect.arrayContaining([issuing, ...packages]);
    expect([...loadedBy('main/simulator/documents/specimens.ts', [importAtStart])]).toEqual(everything);
    expect([...loadedBy('main/front-door.ts', [importAtStart])]).toContain('better-sqlite3');
    expect([...loadedBy('main/index.ts', [importAtStart, importLater])]).toEqual(everything);
  });
});
