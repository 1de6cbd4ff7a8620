import { expect, test } from 'vitest';
import { createLog, redact } from '../../../main/station/log.ts';

test('a line holds the instant, the event and its fields', () => {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => '2026-11-23T10:00:00Z',
  );
  log('permission', { how: 'check', permission: 'media', granted: false, count: 3 });
  expect(lines).toEqual([
    '{"at":"2026-11-23T10:00:00Z","event":"permission","how":"check","permission":"media","granted":false,"count":3}\n',
  ]);
});

test.each([
  '19820314-2392',
  '198203142392',
  '820314-2392',
  'AA1234567',
  'P<SWEANDERSSON<<ANNA',
  '0011223344556677aabbccddeeff',
  'x'.repeat(121),
])('%s is left out', (text) => {
  expect(redact(text)).toBe('[redacted]');
});

test.each(['access.wrong-key-maybe', 'media', 'Virtual PCD 00 00', '', 'gnome_libsecret'])('%s stays', (text) => {
  expect(redact(text)).toBe(text);
});
