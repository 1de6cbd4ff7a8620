import { expect, test } from 'vitest';
import { usualBinding } from '../../../main/reader/choose-port.ts';
import { parseAppArguments } from '../../../main/station/arguments.ts';

test('without arguments the app is an ordinary one on the usual binding of the platform', () => {
  expect(parseAppArguments([])).toEqual({
    directory: null,
    training: false,
    readers: usualBinding,
    kiosk: false,
    link: null,
  });
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
  expect(parseAppArguments(argv)).toEqual({
    directory: '/srv/d',
    training: true,
    readers: 'training',
    kiosk: false,
    link: null,
  });
});

test('a link of the bank’s is taken from between them, and nothing else is taken for one', () => {
  expect(parseAppArguments(['--training', 'styrk://order/a.b.c'])).toMatchObject({ link: 'styrk://order/a.b.c' });
  // A wrong one too: staff are told why nothing came of it.
  expect(parseAppArguments(['styrk:order/a.b.c'])).toMatchObject({ link: 'styrk:order/a.b.c' });
  expect(parseAppArguments(['https://bank.example/styrk://order/a.b.c']).link).toBeNull();
});

test.each([['--data'], ['--data='], ['--reader-port', 'usb'], ['--reader-port']])('%s %s is unusable', (...argv) => {
  expect(() => parseAppArguments(argv)).toThrow('arguments.unusable');
});
