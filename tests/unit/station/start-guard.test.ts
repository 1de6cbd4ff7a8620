import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alteredBeside } from '../../../main/station/native-modules.ts';
import { refusedStart } from '../../../main/station/start-guard.ts';

const started = (argv: readonly string[], environment = {}, platform = 'linux') =>
  refusedStart({ argv, environment, platform }).map(({ name }) => name);

describe('a packaged app', () => {
  it('starts with its own options and with what changes the look alone', () => {
    expect(started([])).toEqual([]);
    expect(
      started(['--data', '/srv/styrk', '--training', '--reader-port=pcscd', '--lang=sv', '--disable-gpu']),
    ).toEqual([]);
    // Without it Chromium tells a screen reader on Linux nothing of a page.
    expect(started(['--force-renderer-accessibility'])).toEqual([]);
  });

  // `/usr/bin/styrk` of the Debian package is the window, and the side door's commands bear its name in every text.
  it('takes no command of the side door for a start', () => {
    const kinds = (...argv: string[]) =>
      refusedStart({ argv, environment: {}, platform: 'linux' }).map(({ kind }) => kind);
    expect(kinds('doctor')).toEqual(['command']);
    expect(kinds('trust', 'import', 'LIST.ml', '--by', 'A. Berg')[0]).toBe('command');
    expect(kinds('--help')[0]).toBe('command');
    expect(kinds('styrk://order/abc')).toEqual([]);
    expect(kinds('--data', 'styrk')).toEqual([]);
    expect(kinds('--check-update', 'list', 'package')).toEqual([]);
    expect(kinds('/doctor')).toEqual([]);
  });

  // A launcher of the package says first that a browser started it; Chrome and Edge on Windows name their window.
  it('is what a browser starts only with that word first, and with nothing else that a browser does not say', () => {
    const origin = `chrome-extension://${'a'.repeat(32)}/`;
    expect(started(['--order-host', origin, '--parent-window=7'], {}, 'win32')).toEqual([]);
    expect(started(['--order-host', origin, '--no-sandbox'])).toEqual(['no-sandbox']);
    expect(started([origin, '--order-host'])).toEqual(['order-host']);
    expect(started(['--parent-window=7'])).toEqual(['parent-window']);
  });

  // electron/docs/api/command-line-switches.md and Chromium's content/public/common/content_switches.cc.
  it.each([
    'remote-debugging-port=9222',
    'remote-debugging-pipe',
    'remote-allow-origins=*',
    'inspect',
    'inspect-brk=0.0.0.0:9229',
    'no-sandbox',
    'disable-setuid-sandbox',
    'disable-seccomp-filter-sandbox',
    'disable-gpu-sandbox',
    'single-process',
    'no-zygote',
    'renderer-cmd-prefix=gdb',
    'js-flags=--expose-gc',
    'load-extension=/tmp/x',
    'disable-web-security',
    'ignore-certificate-errors',
    'host-rules=MAP * 127.0.0.1',
    'proxy-server=127.0.0.1:8080',
    'log-net-log=/tmp/net.json',
    'user-data-dir=/tmp/other',
    // Electron's safeStorage then keeps keys under a password that everyone knows.
    'password-store=basic',
    'use-fake-device-for-media-stream',
    'use-file-for-fake-video-capture=/tmp/face.y4m',
    'require=/tmp/x.js',
  ])('does not start with --%s', (name) => {
    const bare = name.split('=')[0];
    expect(started([`--${name}`])).toEqual([bare]);
    // Chromium (base/command_line.cc) takes one dash as well, on Windows a slash, and letters of any case there.
    expect(started([`-${name}`])).toEqual([bare]);
    expect(started([`/${name.toUpperCase()}`], {}, 'win32')).toEqual([bare]);
    expect(started(['--data', `--${name}`])).toEqual([bare]);
  });

  // Chromium (base/command_line.cc, AppendSwitchesAndArguments) trims each word before it looks for a switch in it.
  it('does not start with a switch behind white space', () => {
    for (const before of [' ', '\t', '\n', ' \r\n'])
      expect(started([`${before}--no-sandbox `, '--data'])).toEqual(['no-sandbox']);
    for (const before of ['\u00a0', '\u0085', '\u3000', '\u180e'])
      expect(started([`${before}/remote-debugging-port=9222`], {}, 'win32')).toEqual(['remote-debugging-port']);
    expect(started(['--data', '/srv/my - folder', ' --lang=sv'])).toEqual([]);
  });

  it('does not start with a bare --, after which Chromium and Electron read differently', () => {
    expect(started(['--', '--no-sandbox'])).toEqual(['-', 'no-sandbox']);
  });

  it('does not start with variables by which the sandbox is lifted or sessions are written down', () => {
    expect(started([], { ELECTRON_DISABLE_SANDBOX: '1', SSLKEYLOGFILE: '/tmp/keys', HOME: '/home/a' })).toEqual([
      'ELECTRON_DISABLE_SANDBOX',
      'SSLKEYLOGFILE',
    ]);
    expect(started([], { ELECTRON_DISABLE_SANDBOX: '' })).toEqual([]);
  });

  it('takes a path for a path where / begins no switch', () => {
    expect(started(['/srv/styrk'])).toEqual([]);
  });
});

describe('what lies beside the archive', () => {
  let app = '';
  const native = 'node_modules/a/a.node';
  const put = (path: string, text: string) => {
    const file = join(`${app}.unpacked`, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  beforeEach(() => {
    app = join(mkdtempSync(join(tmpdir(), 'styrk-beside-')), 'app.asar');
    mkdirSync(app);
    const digest = createHash('sha256').update('module').digest('hex');
    writeFileSync(join(app, 'native-modules.json'), JSON.stringify({ [native]: digest }));
    put(native, 'module');
  });
  afterEach(() => rmSync(dirname(app), { recursive: true, force: true }));

  it('is what was packed', () => {
    expect(alteredBeside(app)).toEqual([]);
  });

  it('is found where it was changed, taken away or added', () => {
    put(native, 'another');
    expect(alteredBeside(app)).toEqual([native]);
    rmSync(`${app}.unpacked`, { recursive: true });
    expect(alteredBeside(app)).toEqual([native]);
    put(native, 'module');
    put('node_modules/a/build/Release/a.node', 'planted');
    expect(alteredBeside(app)).toEqual(['node_modules/a/build/Release/a.node']);
  });

  it('is not believed without a list', () => {
    for (const text of ['', '[', 'null', '{}']) {
      writeFileSync(join(app, 'native-modules.json'), text);
      expect(alteredBeside(app)).toEqual(['native-modules.json']);
    }
  });
});
