import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNsisTools } from './stub-nsis.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'styrk-nsis-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pathOf = (tool: string): string | null => {
  const { status, stdout } = spawnSync('which', [tool], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
};
const makensis = pathOf('makensis');
const sevenZip = pathOf('7z');

describe.skipIf(makensis === null || sevenZip === null)(
  'the tools for an installer (makensis and 7z are needed)',
  () => {
    const tools = () => {
      const templates = join(folder, 'library/templates/nsis/include');
      mkdirSync(templates, { recursive: true });
      writeFileSync(join(templates, 'UAC.nsh'), 'UAC::_ 0\nStdUtils::GetDays /NOUNLOAD\n');
      return writeNsisTools(join(folder, 'nsis'), {
        makensis: makensis ?? '',
        sevenZip: sevenZip ?? '',
        builderLibrary: join(folder, 'library'),
      });
    };
    /** Compiles these lines of a section; the installer and what makensis said. */
    const compiled = (env: NodeJS.ProcessEnv, lines: readonly string[], rest: readonly string[] = []) => {
      const script = join(folder, 'script.nsi');
      const installer = join(folder, 'Setup 1.exe');
      const plugIns = join(env.ELECTRON_BUILDER_NSIS_RESOURCES_DIR ?? '', 'plugins/x86-unicode');
      const head = ['Unicode true', `OutFile "${installer}"`, `!addplugindir /x86-unicode "${plugIns}"`];
      writeFileSync(script, `${[...head, 'Section', ...lines, 'SectionEnd', ...rest].join('\n')}\n`);
      const program = join(env.ELECTRON_BUILDER_NSIS_DIR ?? '', 'makensis');
      const { status, stdout, stderr } = spawnSync(program, ['-WX', '-'], {
        encoding: 'utf8',
        input: readFileSync(script, 'utf8'),
      });
      return { status, said: `${stdout}${stderr}`, installer };
    };

    it('have each function of a plug-in that electron-builder’s script calls, and no other', () => {
      const env = tools();
      const known = compiled(env, ['UAC::_ 0', 'StdUtils::GetDays']);
      expect(known.status, known.said).toBe(0);
      const unknown = compiled(env, ['UAC::Another']);
      expect([unknown.status, unknown.said]).toEqual([1, expect.stringContaining('UAC::Another')]);
    });

    it('take the uninstaller out of the installer that would write it', () => {
      const env = tools();
      const uninstaller = join(folder, 'Setup 1.__uninstaller.exe');
      const { installer, status, said } = compiled(
        env,
        [`WriteUninstaller "Z:${uninstaller}"`],
        ['Section Un.Styrk', 'Delete "$INSTDIR\\styrk.exe"', 'SectionEnd'],
      );
      expect(status, said).toBe(0);
      const wine = join(env.ELECTRON_BUILDER_WINE_TOOLSET_DIR ?? '', 'bin/wine');
      expect(spawnSync(wine, [installer]).status).toBe(0);
      expect(readFileSync(uninstaller).subarray(0, 2).toString('latin1')).toBe('MZ');
      expect(spawnSync(sevenZip ?? '', ['l', uninstaller], { encoding: 'utf8' }).stdout).toContain('Type = Nsis');
      expect(existsSync(join(env.ELECTRON_BUILDER_NSIS_DIR ?? '', 'elevate.exe'))).toBe(true);
    });
  },
);

// electron-builder includes them as they are read: two runs gave other bytes.
describe.skipIf(process.platform === 'win32')('lists of texts', () => {
  it('are handed to makensis in one order, and the rest of the script as it is', () => {
    mkdirSync(join(folder, 'library/templates/nsis'), { recursive: true });
    const took = join(folder, 'took.nsi');
    const makensisHere = join(folder, 'makensis-here');
    writeFileSync(makensisHere, `#!/bin/sh\ncat > '${took}'\n`, { mode: 0o755 });
    const { ELECTRON_BUILDER_NSIS_DIR: tools = '' } = writeNsisTools(join(folder, 'nsis'), {
      makensis: makensisHere,
      sevenZip: '7z',
      builderLibrary: join(folder, 'library'),
    });
    const list = (file: string, text: string): string => {
      writeFileSync(join(folder, `${file}-messages.nsh`), text);
      return `!include "${join(folder, `${file}-messages.nsh`)}"`;
    };
    const [later, sooner] = [list('1', 'LangString b'), list('2', 'LangString a')];
    const handed = (...lines: readonly string[]): string => {
      const input = lines.join('\n');
      expect(spawnSync(join(tools, 'makensis'), ['-WX', '-'], { input }).status).toBe(0);
      return readFileSync(took, 'utf8');
    };
    const script = handed('!define A', later, '!addplugindir "x"', sooner, '!include "other.nsh"');
    expect(script.split('\n')).toEqual(['!define A', sooner, '!addplugindir "x"', later, '!include "other.nsh"']);
    expect(handed('!define A', sooner, '!addplugindir "x"', later, '!include "other.nsh"')).toBe(script);
  });
});
