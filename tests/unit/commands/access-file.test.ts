import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { accessKeyOf } from '../../../main/commands/access-key-options.ts';
import { plainDate } from '../../../main/result/plain-date.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'styrk-access-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = plainDate(2026, 11, 28);
const given = (options: Readonly<Record<string, string>>) => ({
  positionals: [],
  flag: () => false,
  value: (name: string) => options[name] ?? null,
  values: () => [],
  plain: true,
});
// ICAO Doc 9303-4 appendix A.
const lines = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10';

describe('--access-file', () => {
  const keyIn = (text: string) => {
    const path = join(folder, 'access.txt');
    writeFileSync(path, text);
    return accessKeyOf(given({ 'access-file': path }), at ?? never());
  };

  it('holds the lines, or the six digits, with whatever line ends', () => {
    const key = accessKeyOf(given({ mrz: lines }), at ?? never());
    expect(keyIn(`${lines.replace('\n', '\r\n')}\r\n`)).toEqual(key);
    expect(keyIn('123456\n')).toEqual({ kind: 'can', can: '123456' });
  });

  it('is refused where it holds neither, is too long, or another way is given too', () => {
    expect(() => keyIn('12345')).toThrow(expect.objectContaining({ code: 'mrz.malformed' }));
    expect(() => keyIn('1'.repeat(500))).toThrow(expect.objectContaining({ code: 'input.too-large' }));
    expect(() => accessKeyOf(given({ 'access-file': 'x', can: '123456' }), at ?? never())).toThrow(
      expect.objectContaining({ code: 'arguments.unusable' }),
    );
  });

  // The list of processes shows arguments to whoever is on the machine; standard input it does not.
  it('- is standard input', () => {
    const data = join(folder, 'data');
    const inspect = (input: string) => {
      const args = [join(root, 'main/cli.ts'), 'inspect', '--training', '--json', '--data', data];
      const ran = spawnSync(process.execPath, [...args, '--specimen', 'se-passport', '--access-file', '-'], {
        input,
        encoding: 'utf8',
      });
      return JSON.parse(ran.stdout) as { error?: { code: string }; access?: { protocol: string } };
    };
    expect(inspect('').error?.code).toBe('input.unreadable');
    expect(inspect('1'.repeat(500)).error?.code).toBe('input.too-large');
    const specimens = spawnSync(process.execPath, [join(root, 'main/cli.ts'), 'specimens', '--json'], {
      encoding: 'utf8',
    });
    const { specimens: all } = JSON.parse(specimens.stdout) as { specimens: { id: string; mrz: string[] }[] };
    const own = all.find(({ id }) => id === 'se-passport')?.mrz.join('\n') ?? never();
    expect(inspect(own).access?.protocol).toBe('PACE');
  });
});

function never(): never {
  throw new Error('no such value');
}
