import { expect, test } from 'vitest';
import { asScardError } from '../../../main/reader/pcsc-mini-errors.ts';
import { ScardError } from '../../../main/reader/scard.ts';
import { type ScardMoment, scardFailure } from '../../../main/reader/scard-failures.ts';

test.each<[number, ScardMoment, string]>([
  [0x80100069, 'transmit', 'card.removed'],
  [0x80100069, 'connect', 'card.absent'],
  [0x8010000c, 'connect', 'card.absent'],
  [0x80100068, 'transmit', 'card.reset'],
  [0x80100067, 'transmit', 'card.reset'],
  [0x80100067, 'connect', 'card.mute'],
  [0x80100066, 'connect', 'card.mute'],
  [0x80100066, 'transmit', 'card.mute'],
  [0x8010002f, 'transmit', 'reader.communication'],
  [0x80100016, 'transmit', 'reader.communication'],
  [0x80100013, 'transmit', 'reader.communication'],
  [0x80100013, 'watch', 'reader.service-stopped'],
  [0x8010000b, 'connect', 'reader.shared'],
  [0x80100009, 'connect', 'reader.not-found'],
  [0x80100009, 'transmit', 'reader.lost'],
  [0x80100017, 'transmit', 'reader.lost'],
  [0x80100003, 'transmit', 'reader.lost'],
  [0x8010001d, 'watch', 'reader.service-stopped'],
  [0x8010001e, 'transmit', 'reader.service-stopped'],
  [0x80100012, 'watch', 'reader.service-stopped'],
  [0x8010006a, 'watch', 'reader.service-denied'],
  [0x8010006a, 'connect', 'reader.service-denied'],
  // Let in before: the library of pcsc-lite 2.3.3 says it of a daemon that was killed.
  [0x8010006a, 'watching', 'reader.service-stopped'],
  [0x8010006a, 'transmit', 'reader.service-stopped'],
  [0x80100027, 'connect', 'reader.service-denied'],
  [0x80100008, 'transmit', 'card.response-too-long'],
  [0x80100010, 'connect', 'reader.unusable'],
])('status %i at %s is %s', (status, moment, code) => {
  expect(scardFailure(new ScardError(status), moment, { reader: 'R' })).toMatchObject({
    code,
    fields: { reader: 'R', status: `0x${status.toString(16)}` },
  });
});

test('an error of the binding alone has no status', () => {
  expect(scardFailure(new ScardError(null), 'connect')).toMatchObject({
    code: 'reader.unusable',
    fields: { status: 'binding' },
  });
});

test('the names of pcsc-mini stand for their numbers, unknown ones for none', () => {
  const named = (code: unknown) => asScardError(Object.assign(new Error('x'), { code })).status;
  expect(named('RemovedCard')).toBe(0x80100069);
  expect(named('SharingViolation')).toBe(0x8010000b);
  expect(named('TooManyCardConnections')).toBeNull();
  expect(named('toString')).toBeNull();
  expect(named(7)).toBeNull();
  expect(asScardError('text').status).toBeNull();
});
