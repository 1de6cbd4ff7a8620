import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as standIn from './electron.ts';

const root = resolve(import.meta.dirname, '../..');

test('everything that the main process takes from electron is there', () => {
  const taken = globSync('main/{station/**/*.ts,index.ts}', { cwd: root }).flatMap((file) => {
    const source = readFileSync(resolve(root, file), 'utf8');
    const imported = /import \{([^}]*)\} from 'electron'/.exec(source)?.[1] ?? '';
    return imported
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
  });
  expect(taken).toContain('ipcMain');
  for (const name of taken) expect(Object.keys(standIn)).toContain(name);
});
