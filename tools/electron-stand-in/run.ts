import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { app } from './app.ts';
import { setSettings } from './settings.ts';

const usage = `node tools/run.mjs tools/electron-stand-in/run.ts [--headless] [--fake-cameras N [--film FILE]] [--debug-port N] -- --training [the app's arguments]

Runs out/main, out/preload and out/renderer without Electron's binary, with training data only (README.md).
`;

function stop(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    headless: { type: 'boolean', default: false },
    'fake-cameras': { type: 'string', default: '0' },
    film: { type: 'string' },
    'debug-port': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) stop(usage, 0);
const debugPort = values['debug-port'] === undefined ? null : Number(values['debug-port']);
if (debugPort !== null && (!Number.isInteger(debugPort) || debugPort < 0 || debugPort > 65_535)) stop(usage, 2);
if (!positionals.includes('--training')) {
  stop('The stand-in is no Electron: it works with training data only. Give the app --training.', 2);
}

const appFolder = resolve(import.meta.dirname, '../..');
const main = join(appFolder, 'out/main/index.js');
if (!existsSync(main)) stop(`${main} is missing: build first (electron-vite build).`, 3);

const { headless, film, 'fake-cameras': cameras } = values;
if (!/^[0-8]$/.test(cameras)) stop(usage, 2);
setSettings({ appFolder, headless, fakeCameras: Number(cameras), film, debugPort });
const replacement = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: replacement, shortCircuit: true } : next(specifier, context),
});

// Whoever drives the window hears when it can be joined.
app.once('window-open', () => process.stderr.write('stand-in: the window is open\n'));
// A terminal signals the whole group, so the same may come twice: the app ends once, and in its own time.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
process.argv = [process.execPath, main, ...positionals];
await import(pathToFileURL(main).href);
