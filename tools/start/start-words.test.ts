import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseAppArguments } from '../../main/station/arguments.ts';
import { appWords, startWords } from './start-words.ts';

/* `npm start` with a link, as a bank's developer did who followed docs/integration.md (Link). */

const link = 'styrk://order/a.b.c';

// Electron takes no word behind a URL: where there was no reader, `--reader-port training` was put there, and the app did not open.
it('a link stands last, whatever is put to the words of the app', () => {
  const chosen = ['--reader-port', 'training'];
  expect(appWords(startWords([link]), [...chosen, '--training'])).toEqual([...chosen, '--training', link]);
  const words = appWords(startWords(['--training', link, '--data', '/srv/d']), chosen);
  expect(words).toEqual(['--training', '--data', '/srv/d', '--reader-port', 'training', link]);
  expect(parseAppArguments(words)).toEqual({
    kiosk: false,
    directory: '/srv/d',
    training: true,
    readers: 'training',
    link,
  });
});

it('without a link the words are as they were given', () => {
  expect(startWords(['--data', '/srv/d'])).toEqual({ words: ['--data', '/srv/d'], links: [] });
  expect(appWords(startWords(['--training']), [])).toEqual(['--training']);
});

// The link was handed to `demo` as a word, which it refused by its usage alone.
it.runIf(process.platform === 'linux')('a link without a display is told how its order goes on', () => {
  const started = spawnSync(process.execPath, [join(import.meta.dirname, 'start.ts'), '--training', link], {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
    encoding: 'utf8',
  });
  expect(started).toMatchObject({ status: 2, stdout: '' });
  expect(started.stderr).toContain('There is no display');
  expect(started.stderr).toMatch(/npm run -s styrk -- verify .* --order LINK/);
  expect(started.stderr).not.toContain('a.b.c');
});

// The word was handed to `demo`, which knows no kiosk.
it.runIf(process.platform === 'linux')('a kiosk without a display is told how it is looked at', () => {
  const started = spawnSync(process.execPath, [join(import.meta.dirname, 'start.ts'), '--kiosk', '--training'], {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
    encoding: 'utf8',
  });
  expect(started).toMatchObject({ status: 2, stdout: '' });
  expect(started.stderr).toContain('There is no display');
  expect(started.stderr).not.toContain('in the terminal');
  const [, way = ''] = /tools\/electron-stand-in\/run\.ts (.*)\n/.exec(started.stderr) ?? [];
  const [ofStandIn = '', ofApp = ''] = way.split(' -- ');
  expect(ofStandIn).toBe('--headless --debug-port 9222');
  expect(parseAppArguments(ofApp.split(' '))).toMatchObject({ kiosk: true, training: true, readers: 'training' });
});
