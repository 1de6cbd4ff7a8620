import { expect, test } from 'vitest';
import { bacSeed, pacePasswordKey } from '../../../main/chip/access-key.ts';
import { deriveKey } from '../../../main/chip/key-derivation.ts';
import { digest } from '../../../main/crypto/hash.ts';
import { concat, fromHex, toHex } from '../../../main/result/bytes.ts';

test('9303-11 D.1: keys from a seed, with odd parity', () => {
  const seed = fromHex('239ab9cb282daf66231dc5a4df6bfbae');
  expect(toHex(deriveKey(seed, 'encryption', '3DES').reveal())).toBe('ab94fdecf2674fdfb9b391f85d7f76f2');
  expect(toHex(deriveKey(seed, 'messageAuthentication', '3DES').reveal())).toBe('7962d9ece03d1acd4c76089dce131543');
});

test('9303-11 D.2: seed of the BAC keys', () => {
  expect(toHex(bacSeed('L898902C<369080619406236').reveal())).toBe('239ab9cb282daf66231dc5a4df6bfbae');
});

test('9303-11 G.1, H.1, I.1: keys from the password', () => {
  const mrz = (information: string) => ({ kind: 'mrz', information }) as const;
  expect(toHex(pacePasswordKey(mrz('T22000129364081251010318'), 'AES-128').reveal())).toBe(
    '89ded1b26624ec1e634c1989302849dd',
  );
  expect(toHex(pacePasswordKey({ kind: 'can', can: '123456' }, 'AES-128').reveal())).toBe(
    '591468cda83d65219cccb8560233600f',
  );
  expect(toHex(pacePasswordKey(mrz('C11T002JM496081222310314'), 'AES-128').reveal())).toBe(
    '4e6f6fbf7be748b932c7b74161bba9df',
  );
});

test('9303-11 §9.7.1: AES-192 takes 24 bytes of SHA-256, AES-256 all 32', () => {
  const secret = fromHex('00112233');
  const whole = digest('SHA-256', concat(secret, fromHex('00000002')));
  expect(deriveKey(secret, 'messageAuthentication', 'AES-256').reveal()).toEqual(whole);
  expect(deriveKey(secret, 'messageAuthentication', 'AES-192').reveal()).toEqual(whole.subarray(0, 24));
});

test('a password beyond ISO 8859-1 is refused', () => {
  expect(() => pacePasswordKey({ kind: 'can', can: '12345€' }, 'AES-128')).toThrow(RangeError);
});
