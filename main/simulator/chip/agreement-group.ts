import type { Curve, CurvePoint } from '../../crypto/curves.ts';
import { modularPower } from '../../crypto/modular.ts';
import {
  addPoints,
  bytesToUnsigned,
  decodePoint,
  encodePoint,
  isOnCurve,
  multiplyPoint,
  randomPrivateKey,
  unsignedToBytes,
} from '../../crypto/points.ts';
import type { RandomSource } from '../../crypto/random.ts';

/** A group in which keys are agreed, seen alike for curves and for prime fields. */
export interface AgreementGroup<Element> {
  readonly generator: Element;
  /** Tag of a public key in the authentication token (9303-11 §9.4.4, §9.4.5 by way of Tables 19 and 20). */
  readonly publicKeyTag: 0x84 | 0x86;
  /** A private key; asks `random` for the length of the order. */
  privateKey(random: RandomSource): bigint;
  /** base^exponent; null where that is the neutral element. */
  power(base: Element, exponent: bigint): Element | null;
  /** The product of both; null where that is the neutral element. */
  combine(first: Element, second: Element): Element | null;
  /** As it goes on the wire (9303-11 §9.4). */
  encode(element: Element): Uint8Array;
  /** Null for what is no element of the group, and for its neutral element. */
  decode(bytes: Uint8Array): Element | null;
  /** The shared secret at full length (9303-11 §9.7.1). */
  secret(element: Element): Uint8Array;
}

/** The group of a curve's points. */
export function curveGroup(curve: Curve): AgreementGroup<CurvePoint> {
  return {
    generator: curve.parameters.generator,
    publicKeyTag: 0x86,
    privateKey: (random) => randomPrivateKey(curve, random),
    power: (base, exponent) => (isOnCurve(curve, base) ? multiplyPoint(curve, base, exponent) : null),
    combine: (first, second) => addPoints(curve, first, second),
    encode: (point) => encodePoint(curve, point),
    decode: (bytes) => decodePoint(curve, bytes),
    secret: ({ x }) => unsignedToBytes(x, curve.fieldLength),
  };
}

/** A subgroup of a prime field. `order` is null where the parameters do not tell it (PKCS#3). */
export interface PrimeFieldParameters {
  readonly prime: bigint;
  readonly generator: bigint;
  readonly order: bigint | null;
}

/** Length of a number in bytes. */
export function byteLength(number: bigint): number {
  return Math.ceil(number.toString(16).length / 2);
}

const drawsAtMost = 256;

function drawBelow(bound: bigint, random: RandomSource): bigint {
  const length = byteLength(bound);
  const excess = BigInt(length * 8 - bound.toString(2).length);
  for (let draw = 0; draw < drawsAtMost; draw++) {
    const candidate = bytesToUnsigned(random(length)) & ((1n << (BigInt(length * 8) - excess)) - 1n);
    if (candidate > 0n && candidate < bound) return candidate;
  }
  throw new RangeError('random source gives no private key');
}

/**
 * The subgroup of a prime field. Public values go out in their shortest form (9303-11 §9.4.1), padded ones come in as
 * well; the secret is as long as the prime. Where the order is known, so is whether a value is of the group (RFC 2631
 * §2.1.5, a must by 9303-11 §4.4.3.3.1).
 */
export function primeFieldGroup({ prime, generator, order }: PrimeFieldParameters): AgreementGroup<bigint> {
  const length = byteLength(prime);
  const orNull = (value: bigint): bigint | null => (value === 1n ? null : value);
  return {
    generator,
    publicKeyTag: 0x84,
    privateKey: (random) => drawBelow(order ?? prime - 1n, random),
    power: (base, exponent) => orNull(modularPower(base, exponent, prime)),
    combine: (first, second) => orNull((first * second) % prime),
    encode: (value) => unsignedToBytes(value, byteLength(value)),
    decode: (bytes) => {
      if (bytes.length === 0 || bytes.length > length) return null;
      const value = bytesToUnsigned(bytes);
      if (value < 2n || value > prime - 1n) return null;
      return order === null || modularPower(value, order, prime) === 1n ? value : null;
    },
    secret: (value) => unsignedToBytes(value, length),
  };
}
