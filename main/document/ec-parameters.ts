import { type Curve, curveByName, curveByOid, curveByParameters, curveNames } from '../crypto/curves.ts';
import { expectTag, oidOf, tag } from './asn1.ts';
import { decodeInteger, decodeUnsigned } from './der.ts';
import type { Tlv } from './tlv.ts';

const primeField = '1.2.840.10045.1.1';

/** The curve of an EC key; `explicit` says whether the key brings its parameters along instead of naming them. */
export interface NamedCurve {
  readonly curve: Curve;
  readonly explicit: boolean;
}

interface SpeltOut {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  /** As encoded. */
  readonly generator: Uint8Array;
  readonly n: bigint;
  readonly h: bigint | undefined;
}

/**
 * The known curve that these parameters (RFC 3279 §2.3.5) name or spell out; null where it is none of them. The generator
 * and the cofactor count as much as the curve does: whoever chooses the generator can sign for any public key
 * (CVE-2020-0601). Fails with `tlv.malformed`.
 */
export function parseEcParameters(parameters: Tlv | undefined): NamedCurve | null {
  if (parameters?.tag === tag.oid) {
    const curve = curveByOid(oidOf(parameters));
    return curve === null ? null : { curve, explicit: false };
  }
  const given = speltOut(parameters);
  const generator = given === null ? null : pointOf(given.generator);
  if (given === null || generator === null) return null;
  const curve = curveByParameters({ ...given, generator });
  return curve === null ? null : { curve, explicit: true };
}

/**
 * Whether these parameters take a known curve's equation or generator and change what belongs to it. Nobody's own curve
 * looks so: it is the way to sign with somebody else's key (CVE-2020-0601). A right generator that is only written as a
 * compressed point changes nothing. Fails with `tlv.malformed`.
 */
export function imitatesKnownCurve(parameters: Tlv | undefined): boolean {
  const given = parameters?.tag === tag.oid ? null : speltOut(parameters);
  if (given === null || parseEcParameters(parameters) !== null) return false;
  return curveNames.some((name) => {
    const { p, a, b, n, h, generator } = curveByName(name).parameters;
    if (p !== given.p) return false;
    const sameEquation = a === given.a && b === given.b;
    const sameGenerator = isPoint(given.generator, generator);
    const sameOrder = n === given.n && (given.h === undefined || h === given.h);
    return (sameEquation || sameGenerator) && !(sameEquation && sameGenerator && sameOrder);
  });
}

function speltOut(parameters: Tlv | undefined): SpeltOut | null {
  const parts = expectTag(parameters, tag.sequence, 'EC parameters').children;
  const [version, field, coefficients, base, order, cofactor] = parts;
  expectTag(version, tag.integer, 'EC parameters');
  const [fieldType, prime] = expectTag(field, tag.sequence, 'EC parameters').children;
  if (oidOf(fieldType) !== primeField) return null;
  const [a, b] = expectTag(coefficients, tag.sequence, 'EC parameters').children;
  return {
    p: integerOf(prime),
    a: decodeUnsigned(expectTag(a, tag.octetString, 'EC parameters').value),
    b: decodeUnsigned(expectTag(b, tag.octetString, 'EC parameters').value),
    generator: expectTag(base, tag.octetString, 'EC parameters').value,
    n: integerOf(order),
    h: cofactor === undefined ? undefined : integerOf(cofactor),
  };
}

function integerOf(node: Tlv | undefined): bigint {
  return decodeInteger(expectTag(node, tag.integer, 'EC parameters').value);
}

// 9303-12 §4.1.6.3: points uncompressed. A compressed generator names the same curve only to who computes the root.
function pointOf(encoded: Uint8Array): { x: bigint; y: bigint } | null {
  const length = (encoded.length - 1) / 2;
  if (encoded[0] !== 0x04 || !Number.isInteger(length)) return null;
  return { x: decodeUnsigned(encoded.subarray(1, 1 + length)), y: decodeUnsigned(encoded.subarray(1 + length)) };
}

function isPoint(encoded: Uint8Array, point: { readonly x: bigint; readonly y: bigint }): boolean {
  const whole = pointOf(encoded);
  if (whole !== null) return whole.x === point.x && whole.y === point.y;
  // SEC 1 §2.3.3: 02 for an even y, 03 for an odd one, then x.
  return encoded[0] === Number(2n + (point.y & 1n)) && decodeUnsigned(encoded.subarray(1)) === point.x;
}
