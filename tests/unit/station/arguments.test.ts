import { expect, test } from 'vitest';
import { parseAppArguments } from '../../../main/station/arguments.ts';

test('without arguments the app is an ordinary one on the first binding', () => {
  expect(parseAppArguments([])).toEqual({ directory: null, training: false, readers: 'pcsc-mini' });
});

test('its own arguments are read between switches of the platform', () => {
  const argv = [
    '--remote-debugging-port=0',
    '--data',
    '/srv/d',
    '--no-sandbox',
    '--training',
    '--reader-port=training',
  ];
  expect(parseAppArguments(argv)).toEqual({ directory: '/srv/d', training: true, readers: 'training' });
});

test.each([['--data'], ['--data='], ['--reader-port', 'usb'], ['--reader-port']])('%s %s is unusable', (...argv) => {
  expect(() => parseAppArguments(argv)).toThrow('arguments.unusable');
});
