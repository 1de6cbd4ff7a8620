import canonicalize from 'canonicalize';
import { expect, it } from 'vitest';
import { canonicalBytes } from '../../../main/result/canonical-json.ts';

// RFC 8785 §3.2.2 and §3.2.3, against the library that writes what is nested.
it.each([
  [{ b: 1, a: 'x', '€': null, '1': true, '\u{1F600}': 0, '\uFB33': -0 }],
  [{ number: 1e21, small: 1e-7, text: '\u2028"\\\n\u0007ö' }],
  [{}],
  [{ a: { b: [1, { d: 2, c: 3 }] } }],
])('an object has one form: %j', (value) => {
  expect(new TextDecoder().decode(canonicalBytes(value))).toBe(canonicalize(value));
});
