import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalBytes } from '../../../main/result/canonical-json.ts';

// RFC 8785 §3.2.2 and §3.2.3, against the library.
it.each([
  [{ b: 1, a: 'x', '€': null, '1': true, '\u{1F600}': 0, '\uFB33': -0 }],
  [{ number: 1e21, small: 1e-7, text: '\u2028"\\\n\u0007ö' }],
  [{}],
  [{ a: { b: [1, { d: 2, c: 3 }] } }],
  [{ b: [{ '10': 1, '9': 2, a: 3, '-1': 4, '01': 5 }], a: { '2': {}, '': [] } }],
  [{ z: JSON.parse('{"__proto__":{"b":1,"a":2},"A":[]}') }],
])('an object has one form: %j', (value) => {
  expect(new TextDecoder().decode(canonicalBytes(value))).toBe(canonicalize(value));
});

it('any plain value has the form that the library gives it', () => {
  const names = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.nat(200).map(String),
    fc.constantFrom('__proto__', 'toJSON'),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(names, tie('value')), { maxLength: 6 }).map((members) => Object.fromEntries(members)),
    ),
  }));
  fc.assert(
    fc.property(value, (given) => {
      expect(new TextDecoder().decode(canonicalBytes(given))).toBe(canonicalize(given));
    }),
  );
});

it.each([
  ['bytes', { a: [new Uint8Array(1)] }],
  ['a date', { a: new Date(0) }],
  ['a field without a value', { a: undefined }],
  ['a place without a value', { a: new Array(1) }],
  ['no number', { a: Number.NaN }],
  ['half a letter', { a: '\ud800' }],
  ['half a letter in a name', { '\ud800': 1 }],
  ['a function', { toJSON: () => 1 }],
  ['too deep', Array.from({ length: 40 }).reduce((inner) => [inner], 1)],
])('%s has none', (_, value) => {
  expect(() => canonicalBytes(value)).toThrow(expect.objectContaining({ code: 'record.malformed' }));
});
