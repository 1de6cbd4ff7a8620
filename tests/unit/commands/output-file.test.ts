import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeNewFiles } from '../../../main/commands/output-file.ts';
import { Failure } from '../../../main/result/failure.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

const bytes = new TextEncoder().encode('content');

describe('new files', () => {
  it('are all there, and nothing else', () => {
    const folder = temporaryFolder();
    writeNewFiles(['a', 'b'].map((name) => [join(folder, name), bytes] as const));
    expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])).toEqual([
      ['a', 'content'],
      ['b', 'content'],
    ]);
  });

  it('are none where one of them is there already, which stays as it was', () => {
    const folder = temporaryFolder();
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    writeFileSync(second, 'before');
    const both = [first, second].map((path) => [path, bytes] as const);
    expect(failureCodeOf(() => writeNewFiles(both))).toBe('output.unwritable');
    expect(existsSync(first)).toBe(false);
    expect(readFileSync(second, 'utf8')).toBe('before');
  });

  it('are there in their length and without their content while what is to be done before them is done', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a');
    const seen: string[] = [];
    writeNewFiles([[path, bytes, 0o600]], () => seen.push(readFileSync(path, 'utf8')));
    expect([seen, readFileSync(path, 'utf8')]).toEqual([['\0'.repeat(bytes.length)], 'content']);
    // What fails then leaves no file, and what cannot be written lets nothing be done.
    const refused = (): never => {
      throw new Failure('storage.full');
    };
    expect(failureCodeOf(() => writeNewFiles([[join(folder, 'b'), bytes]], refused))).toBe('storage.full');
    const again = () =>
      writeNewFiles(
        [
          [join(folder, 'c'), bytes],
          [path, bytes],
        ],
        () => seen.push('done'),
      );
    expect(failureCodeOf(again)).toBe('output.unwritable');
    expect([readdirSync(folder), seen.length]).toEqual([['a'], 1]);
  });

  // A shell's limit on the length of a file ends the writing half-way, as a full disk does.
  it.skipIf(process.platform === 'win32')('are none where there is no room for the second', () => {
    const folder = temporaryFolder();
    const script = `
      const { writeNewFiles } = await import(process.argv[1]);
      const sizes = { first: 100, second: 100_000 };
      try {
        writeNewFiles(Object.entries(sizes).map(([name, size]) => [name, new Uint8Array(size)]));
      } catch ({ code, fields }) {
        console.log(JSON.stringify({ code, fields }));
      }`;
    const limited = ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', script];
    const module = resolve(import.meta.dirname, '../../../main/commands/output-file.ts');
    const { stdout, stderr } = spawnSync('sh', [...limited, module], { cwd: folder, encoding: 'utf8' });
    expect(stdout, stderr).toBe('{"code":"output.unwritable","fields":{"path":"second","reason":"EFBIG"}}\n');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('trust export', () => {
  const exportTo = (...words: readonly string[]) =>
    runHere(['trust', 'export', ...words, '--training', '--data', temporaryFolder(), '--json']);

  it('to where nothing can be written is refused, and no half of it stays', async () => {
    const folder = temporaryFolder();
    for (const key of [join(folder, 'missing/key.pem'), folder, join(folder, 'branch.bundle')]) {
      const end = await exportTo(join(folder, 'branch.bundle'), '--key-to', key);
      expect(end.json().error).toMatchObject({ code: 'output.unwritable', fields: { path: key } });
      expect(end.status).not.toBe(0);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!existsSync('/dev/full'))('to a device is refused', async () => {
    expect((await exportTo('/dev/full')).json().error).toMatchObject({
      code: 'output.unwritable',
      fields: { path: '/dev/full', reason: 'EEXIST' },
    });
  });
});
