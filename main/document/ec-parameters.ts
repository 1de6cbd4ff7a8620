import { type Curve, curveByOid, curveByParameters } from '../crypto/curves.ts';
import { expectTag, oidOf, tag } from './asn1.ts';
import { decodeInteger, decodeUnsigned } from './der.ts';
import type { Tlv } from './tlv.ts';

const primeField = '1.2.840.10045.1.1';

/** The curve of an EC key; `explicit` says whether the key brings its parameters along instead of naming them. */
export interface NamedCurve {
  readonly curve: Curve;
  readonly explicit: boolean;
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
  const parts = expectTag(parameters, tag.sequence, 'EC parameters').children;
  const [version, field, coefficients, base, order, cofactor] = parts;
  expectTag(version, tag.integer, 'EC parameters');
  const [fieldType, prime] = expectTag(field, tag.sequence, 'EC parameters').children;
  if (oidOf(fieldType) !== primeField) return null;
  const [a, b] = expectTag(coefficients, tag.sequence, 'EC parameters').children;
  const generator = generatorOf(expectTag(base, tag.octetString, 'EC parameters').value);
  if (generator === null) return null;
  const curve = curveByParameters({
    p: integerOf(prime),
    a: decodeUnsigned(expectTag(a, tag.octetString, 'EC parameters').value),
    b: decodeUnsigned(expectTag(b, tag.octetString, 'EC parameters').value),
    generator,
    n: integerOf(order),
    h: cofactor === undefined ? undefined : integerOf(cofactor),
  });
  return curve === null ? null : { curve, explicit: true };
}

function integerOf(node: Tlv | undefined): bigint {
  return decodeInteger(expectTag(node, tag.integer, 'EC parameters').value);
}

// 9303-12 §4.1.6.3: points uncompressed. A compressed generator names the same curve only to who computes the root.
function generatorOf(encoded: Uint8Array): { x: bigint; y: bigint } | null {
  const length = (encoded.length - 1) / 2;
  if (encoded[0] !== 0x04 || !Number.isInteger(length)) return null;
  return { x: decodeUnsigned(encoded.subarray(1, 1 + length)), y: decodeUnsigned(encoded.subarray(1 + length)) };
}
