import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { hostManifest, hostName, hostScript, manifestPlace } from '../answer/ways/host-manifest.ts';
import { outputFailure } from '../machine/input-file.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { printable } from './layout.ts';

const browsers = ['chrome', 'chromium', 'edge'] as const;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    browser: { kind: 'value', value: 'NAME', help: `one of ${browsers.join(', ')}` },
    extension: {
      kind: 'values',
      value: 'ID',
      help: "the id of the bank's extension, 32 letters; several times for several",
    },
    to: { kind: 'value', value: 'DIR', help: 'where the program is written (default: the data folder)' },
    program: {
      kind: 'value',
      value: 'FILE',
      help: "the launcher of an installed package (resources/order-host), in place of one of this checkout's",
    },
  },
  description: [
    'Writes the program that the browser starts, and the manifest that names it and the extensions for which it may be started. ' +
      'On Linux and macOS the manifest goes where the browser of this account looks for it. Windows looks into the registry: the ' +
      'command to run is printed.',
    'With --json: { "program", "manifest", "registry": command | null }',
  ],
  examples: [`styrk order install-host --browser edge --extension ${'abcdefghijklmnop'.repeat(2)}`],
  run: async (call) => {
    const { given, answer, directory, training } = call;
    const browser = browsers.find((known) => known === given.value('browser'));
    if (browser === undefined) throw unusable(`one of ${browsers.join(', ')}`, { option: '--browser' });
    const ids = given.values('extension');
    if (ids.length === 0 || !ids.every((id) => /^[a-p]{32}$/.test(id)))
      throw unusable('32 letters from a to p, as the browser shows it', { option: '--extension' });
    const extensions = ids.map((id) => `chrome-extension://${id}/`);
    const windows = process.platform === 'win32';
    const folder = resolve(given.value('to') ?? directory);
    const packaged = given.value('program');
    const own = join(folder, windows ? 'styrk-order-host.bat' : 'styrk-order-host');
    const program = packaged === null ? own : resolve(packaged);
    if (packaged !== null && !existsSync(program)) throw unusable('no such file', { option: '--program' });
    const manifest = manifestPlace(browser, process.platform, homedir()) ?? join(folder, `${hostName}.json`);
    const words = [
      process.execPath,
      ...process.execArgv,
      resolve(process.argv[1] ?? ''),
      'order',
      'host',
      '--data',
      resolve(directory),
    ];
    const text = hostManifest(program, extensions);
    if (packaged === null)
      put(program, hostScript(training ? [...words, '--training'] : words, process.platform), 0o700);
    put(manifest, text, 0o600);
    const key = browser === 'edge' ? 'Microsoft\\Edge' : browser === 'chrome' ? 'Google\\Chrome' : 'Chromium';
    const registry = windows
      ? `reg add "HKCU\\Software\\${key}\\NativeMessagingHosts\\${hostName}" /ve /t REG_SZ /d "${manifest}" /f`
      : null;
    answer({ program, manifest, registry }, () => {
      const run = registry === null ? '' : `Run:      ${printable(registry)}\n`;
      return `Program:  ${printable(program)}\nManifest: ${printable(manifest)}\n${run}`;
    });
    return 0;
  },
};

// Whole or not at all: a browser may start it at any moment.
function put(path: string, text: string, mode: number): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.part`, text, { mode });
    chmodSync(`${path}.part`, mode);
    renameSync(`${path}.part`, path);
  } catch (thrown) {
    throw outputFailure(thrown, path);
  }
}
