import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWire } from './wire.ts';

const wire = createWire();

test('byte arrays cross as byte arrays, wherever they stand', () => {
  const value = { ok: true, value: { format: 'jpeg', bytes: Uint8Array.of(0, 255, 128) }, list: [Uint8Array.of()] };
  expect(wire.decode(wire.encode(value))).toEqual(value);
});

test('a large image crosses whole', () => {
  const bytes = Uint8Array.from({ length: 262_144 }, (_, index) => index % 251);
  expect(wire.decode(wire.encode(bytes))).toEqual(bytes);
});

test('every plain value crosses', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(wire.decode(wire.encode(value)))).toBe(JSON.stringify(value));
    }),
  );
  expect(wire.decode(wire.encode(undefined))).toBeUndefined();
});
