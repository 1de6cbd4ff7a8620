import { describe, expect, it } from 'vitest';
import { misreadToken } from '../../../main/answer/scanned-token.ts';
import { bankSigner, orderClaims, orderToken, signedBy } from '../../support/bank-side.ts';

/*
 * A bank's developer followed docs/integration.md (QR): a scanner as it comes out of its box, set to a keyboard of the United States,
 * typed the order into a Swedish computer, which made `+` of `-` and `?` of `_`. What the keys of the layouts give is written down here
 * by another hand: Microsoft's charts of KBDUS, KBDSW, KBDGR and KBDFR.
 */

const signer = bankSigner();
const digits = '1234567890';
const [small, large] = ['abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const frenchDigits = '&é"\'(-è_çà';
const frenchSmall = 'qbcdefghijkl,noparstuvzxyw';
const frenchLarge = 'QBCDEFGHIJKL?NOPARSTUVZXYW';

const scannerTo = (from: string, to: string) => (text: string) =>
  [...text].map((sign) => [...to][[...from].indexOf(sign)] ?? sign).join('');
const ways: readonly (readonly [what: string, typed: (token: string) => string])[] = [
  ['US scanner, Swedish computer', scannerTo('-_', '+?')],
  ['US scanner, German computer', scannerTo('-_yzYZ', 'ß?zyZY')],
  [
    'US scanner, French computer',
    scannerTo(`-_.${digits}${small}${large}`, `)°:${frenchDigits}${frenchSmall}${frenchLarge}`),
  ],
  ['Swedish scanner, US computer', scannerTo('-_', '/?')],
  ['German scanner, US computer', scannerTo('-_yzYZ', '/?zyZY')],
];

/** Tokens with every sign that differs, since a signature is another each time. */
function tokens(): readonly string[] {
  const found: string[] = [];
  while (found.length < 5) {
    const token = orderToken(signer, orderClaims(1_763_900_000, { jti: `order-${Math.random()}` }));
    if (/-/.test(token) && /_/.test(token)) found.push(token);
  }
  return found;
}

describe('a token that a scanner typed', () => {
  it.each(ways)('is what the scanner meant: %s', (_, typed) => {
    for (const token of tokens()) {
      expect(typed(token)).not.toBe(token);
      expect(misreadToken(`${typed(token)}\n`)).toBe(token);
    }
  });

  it('is never read otherwise than it stands where it has the form of one', () => {
    const [token = ''] = tokens();
    expect(misreadToken(token)).toBeNull();
    // As it stands, whatever it is worth.
    expect(misreadToken(scannerTo('yzYZ', 'zyZY')(token))).toBeNull();
  });

  it('is none where no keyboard makes an order of it', () => {
    const [token = ''] = tokens();
    const [, typed = (text: string) => text] = ways[0] ?? [];
    const answer = signedBy(signer, { alg: 'EdDSA', kid: 'key-1', typ: 'styrk-answer+jwt' }, { a: '?'.repeat(90) });
    const texts = [
      '',
      '{"schema":"styrk-order"}',
      'a+b',
      typed(`${token}.x`),
      typed(token).replace('.', '. '),
      typed(answer),
    ];
    for (const text of [...texts, typed(token).slice(1), '+'.repeat(70_000)]) expect(misreadToken(text)).toBeNull();
  });
});
