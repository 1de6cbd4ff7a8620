import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removalScript } from './deb-packer.ts';

const here = import.meta.dirname;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'styrk-removal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const data = (...path: string[]): string => {
  const made = join(folder, ...path);
  mkdirSync(made, { recursive: true });
  writeFileSync(join(made, 'styrk.db'), 'records');
  return made;
};

/** A machine with two accounts and a managed folder; what debconf was told, null where it is not there. */
function machine(answer: boolean | null) {
  const own = data('home/anna/.local/share/styrk');
  const training = data('home/anna/.local/share/styrk-training');
  const other = data('home/bo/.local/share/styrk');
  const managed = data('srv/styrk data');
  const settings = join(folder, 'managed.json');
  writeFileSync(settings, JSON.stringify({ kind: 'attended', dataFolder: managed }, null, 2));
  const tools = join(folder, 'bin');
  mkdirSync(tools);
  writeFileSync(
    join(tools, 'getent'),
    `#!/bin/sh\nprintf '%s\\n' 'root:x:0:0::/:/bin/sh' 'anna:x:1000:1000::${folder}/home/anna:/bin/sh' 'bo:x:1001:1001::${folder}/home/bo:/bin/sh' 'none:x:2:2:::'\n`,
  );
  chmodSync(join(tools, 'getent'), 0o755);
  const confmodule = join(folder, 'confmodule');
  if (answer !== null)
    writeFileSync(confmodule, `db_get() { RET=${answer}; }\ndb_purge() { : > '${join(folder, 'purged')}'; }\n`);
  const script = join(folder, 'styrk.postrm');
  writeFileSync(script, removalScript(`#!/bin/bash\n: > '${join(folder, 'electron-builder')}'\n`), { mode: 0o755 });
  const run = (word: string, environment: Readonly<Record<string, string>> = {}) =>
    spawnSync(script, [word], {
      encoding: 'utf8',
      env: {
        PATH: `${tools}:${process.env.PATH ?? ''}`,
        STYRK_CONFMODULE: confmodule,
        STYRK_SETTINGS: settings,
        ...environment,
      },
    });
  const left = () => [own, training, other, managed].map((each) => existsSync(each));
  return { run, left, own, managed };
}
const all = [true, true, true, true];
const none = [false, false, false, false];

// Debian Policy §6.8: `remove` before `purge`; what users made is not the package's, and goes where an administrator said so.
describe.skipIf(process.platform === 'win32')('a Debian package that is taken away', () => {
  it.each(['remove', 'upgrade', 'failed-upgrade', 'abort-install', 'disappear'])('by %s keeps all data', (word) => {
    const { run, left } = machine(true);
    expect(run(word, { STYRK_ERASE_DATA: 'yes' }).status).toBe(0);
    expect(left()).toEqual(all);
  });

  it.each([
    ['nobody was asked', null, {}],
    ['the answer is no', false, {}],
    ['the word for this one time is no', true, { STYRK_ERASE_DATA: 'no' }],
  ] as const)('and purged keeps them where %s, and says where', (_what, answer, environment) => {
    const { run, left, managed } = machine(answer);
    const { status, stderr } = run('purge', environment);
    expect([status, left()]).toEqual([0, all]);
    expect(stderr).toContain(managed);
  });

  it.each([
    ['debconf says so', true, {}],
    ['the word for this one time says so', null, { STYRK_ERASE_DATA: 'yes' }],
  ] as const)('and purged erases each account’s and the managed folder where %s', (_what, answer, environment) => {
    const { run, left } = machine(answer);
    const { status, stderr } = run('purge', environment);
    expect([status, left()]).toEqual([0, none]);
    expect(stderr.match(/erased/g)).toHaveLength(4);
    expect(existsSync(join(folder, 'purged'))).toBe(answer === true);
  });

  it('erases nothing that is not Styrk’s: no other folder of that name, and nothing behind a link', () => {
    const { run, own, managed } = machine(true);
    rmSync(own, { recursive: true });
    const foreign = data('elsewhere');
    symlinkSync(foreign, own);
    rmSync(join(managed, 'styrk.db'));
    writeFileSync(join(managed, 'letter.txt'), 'mine');
    expect(run('purge').status).toBe(0);
    expect([existsSync(foreign), existsSync(join(foreign, 'styrk.db'))]).toEqual([true, true]);
    expect(readFileSync(join(managed, 'letter.txt'), 'utf8')).toBe('mine');
  });
});

// The real thing: it starts the script anew under its front end and takes its standard output.
describe.skipIf(!existsSync('/usr/share/debconf/confmodule'))('debconf itself', () => {
  it.each([
    ['true', none],
    ['false', all],
    [null, all],
  ] as const)('with the answer %s', (answer, kept) => {
    const { run, left } = machine(null);
    const database = (name: string) => `Name: ${name}\nDriver: File\nFilename: ${join(folder, `${name}.dat`)}\n`;
    const settings = join(folder, 'debconf.conf');
    writeFileSync(settings, `Config: config\nTemplates: templates\n\n${database('config')}\n${database('templates')}`);
    const environment = {
      DEBCONF_SYSTEMRC: settings,
      DEBIAN_FRONTEND: 'noninteractive',
      STYRK_CONFMODULE: '/usr/share/debconf/confmodule',
    };
    const told = (program: string, args: readonly string[], input = '') =>
      spawnSync(program, args, { input, encoding: 'utf8', env: { ...process.env, ...environment } });
    if (answer !== null)
      expect(told('debconf-set-selections', [], `styrk styrk/erase-data boolean ${answer}\n`).status).toBe(0);
    const { status, stderr } = run('purge', environment);
    expect([status, left()], stderr).toEqual([0, kept]);
    expect(existsSync(join(folder, 'electron-builder'))).toBe(true);
  });
});

const makensis = spawnSync('makensis', ['-VERSION'], { encoding: 'utf8' });

// The macros alone, in the names that electron-builder defines: with its own script around them `npm run package -- --stub` compiles them.
describe.skipIf(makensis.status !== 0)('what the installer for Windows does beside electron-builder’s', () => {
  it.each(['', '!define STYRK_ORDER_HOST\n'])('is understood by makensis (%j)', (define) => {
    const script = join(folder, 'macros.nsi');
    writeFileSync(
      script,
      `Unicode true\nOutFile "${join(folder, 'out.exe')}"\n!define APP_EXECUTABLE_FILENAME "Styrk.exe"\n!define VERSION "0.1.0"\n!define UNINSTALL_REGISTRY_KEY "Software\\Styrk"\n!include LogicLib.nsh\n!include FileFunc.nsh\n${define}` +
        `!include "${join(here, 'installer.nsh')}"\nFunction .onInit\n!insertmacro customInit\nFunctionEnd\nSection\n!insertmacro customInstall\nWriteUninstaller "$INSTDIR\\u.exe"\nSectionEnd\nSection un.Styrk\n!insertmacro customUnInstall\nSectionEnd\n`,
    );
    const { status, stdout } = spawnSync('makensis', ['-WX', '-V2', script], { encoding: 'utf8' });
    expect(stdout).not.toMatch(/warning|error/i);
    expect(status).toBe(0);
  });
});
