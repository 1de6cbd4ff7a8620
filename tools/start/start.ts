import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildIfStale } from './build-if-stale.ts';
import { electronBinary } from './electron-binary.ts';
import { appWords, kioskWithoutDisplay, linkWithoutDisplay, startWords } from './start-words.ts';

/*
 * `npm start`: builds, then opens the app: in Electron where its binary can be had, in the stand-in where not. Without a
 * display the same case runs in the terminal. What was chosen, and why, is said first.
 */

const root = resolve(import.meta.dirname, '../..');
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const given = process.argv.slice(2);
const retry = given.includes('--retry-electron');
const asked = startWords(given.filter((word) => word !== '--retry-electron'));
const { words, links } = asked;

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

// Asked of the side door in a process of its own: PC/SC bindings keep threads.
function hasReader(): boolean {
  const run = spawnSync(process.execPath, [join(root, 'main/cli.ts'), 'readers', '--json'], { encoding: 'utf8' });
  if (run.status !== 0) return false;
  const { readers } = JSON.parse(run.stdout) as { readers: readonly unknown[] };
  return readers.length > 0;
}

function hand(command: string, ...rest: readonly string[]): void {
  const child = spawn(command, rest, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`Could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (status) => process.exit(status ?? 1));
}

if (!hasDisplay() && words.includes('--kiosk')) {
  say(kioskWithoutDisplay);
  process.exitCode = 2;
} else if (!hasDisplay() && links.length > 0) {
  say(linkWithoutDisplay);
  process.exitCode = 2;
} else if (!hasDisplay()) {
  say('There is no display on this machine: the same case runs here in the terminal.\n');
  hand(process.execPath, join(root, 'main/cli.ts'), 'demo', ...words.filter((word) => word !== '--training'));
} else {
  buildIfStale(root, say);
  const electron = electronBinary(root, retry, say);
  const chosen: string[] = [];
  if (!words.includes('--reader-port') && !hasReader()) {
    say('No card reader was found: the training reader is used, and everything is marked as training.');
    chosen.push('--reader-port', 'training');
    if (!words.includes('--training')) chosen.push('--training');
  }
  if ('path' in electron) {
    say('Opening the app in Electron.');
    hand(electron.path, root, ...appWords(asked, chosen));
  } else {
    say(`Opening the app in the stand-in, since ${electron.reason}. It works with training data only.`);
    if (![...words, ...chosen].includes('--training')) chosen.push('--training');
    hand(process.execPath, join(root, 'tools/electron-stand-in/run.ts'), '--', ...appWords(asked, chosen));
  }
}
