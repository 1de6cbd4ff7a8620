import { encryptAesCbc } from '../../crypto/aes.ts';
import type { Curve, CurvePoint } from '../../crypto/curves.ts';
import { encryptTripleDesCbc } from '../../crypto/des.ts';
import { modularPower } from '../../crypto/modular.ts';
import { bytesToUnsigned, multiplyPoint } from '../../crypto/points.ts';
import { concat, fromHex } from '../../result/bytes.ts';
import type { PrimeFieldParameters } from './agreement-group.ts';
import type { Cipher } from './key-derivation.ts';

// 9303-11 §4.4.3.3.2: the constants c0 and c1, by the length of the nonce.
const constants = {
  16: { next: fromHex('a668892a7c41e3ca739f40b057d85904'), output: fromHex('a4e136ac725f738b01c1f60217c188ad') },
  32: {
    next: fromHex('d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676'),
    output: fromHex('54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517'),
  },
} as const;

const securityMargin = 64;

/** Lengths in bytes of the chip's nonce and of the terminal's, which is a key of the cipher (9303-11 §4.4.3.3). */
export function nonceLengths(cipher: Cipher): { readonly chip: 16 | 32; readonly terminal: number } {
  if (cipher === 'AES-192') return { chip: 32, terminal: 24 };
  if (cipher === 'AES-256') return { chip: 32, terminal: 32 };
  return { chip: 16, terminal: 16 };
}

function encrypt(cipher: Cipher, key: Uint8Array, plain: Uint8Array): Uint8Array {
  return cipher === '3DES'
    ? encryptTripleDesCbc(key, new Uint8Array(8), plain)
    : encryptAesCbc(key, new Uint8Array(16), plain);
}

/** R_p(s, t): the pseudo-random function of 9303-11 §4.4.3.3.2, onto the field of that prime. */
export function pseudoRandom(cipher: Cipher, nonce: Uint8Array, terminalNonce: Uint8Array, prime: bigint): bigint {
  const { chip, terminal } = nonceLengths(cipher);
  const { next, output } = constants[chip];
  if (nonce.length !== chip || terminalNonce.length !== terminal) throw new RangeError('nonce of another length');
  const wanted = prime.toString(2).length + securityMargin;
  const parts: Uint8Array[] = [];
  let key = encrypt(cipher, terminalNonce, nonce).subarray(0, terminal);
  while (parts.length * chip * 8 < wanted) {
    parts.push(encrypt(cipher, key, output));
    key = encrypt(cipher, key, next).subarray(0, terminal);
  }
  return bytesToUnsigned(concat(...parts)) % prime;
}

/** The point of a field element: the encoding of 9303-11 appendix B.2, for p ≡ 3 mod 4. Null where it is infinity. */
export function pointOfFieldElement(curve: Curve, t: bigint): CurvePoint | null {
  const { p, a, b, h } = curve.parameters;
  if (p % 4n !== 3n) throw new RangeError('curve without integrated mapping');
  const field = (number: bigint): bigint => ((number % p) + p) % p;
  const inverse = (number: bigint): bigint => modularPower(field(number), p - 2n, p);
  const equation = (x: bigint): bigint => field(x * x * x + a * x + b);
  const alpha = field(-t * t);
  const first = field(-b * inverse(a) * (1n + inverse(alpha + alpha * alpha)));
  const second = field(alpha * first);
  const value = equation(first);
  const root = modularPower(value, p - 1n - (p + 1n) / 4n, p);
  const isSquare = field(root * root * value) === 1n;
  const point = isSquare
    ? { x: first, y: field(root * value) }
    : { x: second, y: field(root * field(t * t * t * value)) };
  return multiplyPoint(curve, point, h);
}

/** The generator that integrated mapping gives over a curve (9303-11 §4.4.3.3.2). Null where it is infinity. */
export function integratedPoint(
  curve: Curve,
  cipher: Cipher,
  nonce: Uint8Array,
  terminalNonce: Uint8Array,
): CurvePoint | null {
  return pointOfFieldElement(curve, pseudoRandom(cipher, nonce, terminalNonce, curve.parameters.p));
}

/** The generator that integrated mapping gives in a prime field (9303-11 §4.4.3.3.2). Null where it is one. */
export function integratedNumber(
  { prime, order }: PrimeFieldParameters,
  cipher: Cipher,
  nonce: Uint8Array,
  terminalNonce: Uint8Array,
): bigint | null {
  if (order === null) throw new RangeError('order unknown');
  const generator = modularPower(pseudoRandom(cipher, nonce, terminalNonce, prime), (prime - 1n) / order, prime);
  return generator <= 1n ? null : generator;
}
