import type { Curve } from '../crypto/curves.ts';
import { decodeInteger, encodeInteger, encodeOid } from '../document/der.ts';
import { imitatesKnownCurve, type NamedCurve, parseEcParameters } from '../document/ec-parameters.ts';
import { decodeTlv, encodeTlv, type Tlv } from '../document/tlv.ts';
import { Failure } from '../result/failure.ts';
import { bitStringBytes, expectTag, oidOf, tag } from './asn1-values.ts';
import { oid } from './object-identifiers.ts';

export interface RsaKey {
  readonly kind: 'RSA';
  readonly modulus: bigint;
  readonly exponent: bigint;
}

export interface EcKey {
  readonly kind: 'EC';
  readonly curve: Curve;
  /** Whether the key brings its domain parameters along instead of naming them. */
  readonly explicit: boolean;
  readonly point: Uint8Array;
}

export type PublicKey = RsaKey | EcKey;

// Bounds of the handbook (Security §5): beyond them a verification costs an attacker nothing and us seconds.
const maximumModulusBits = 8192;
const minimumModulusBits = 1024;
const maximumExponentBits = 64;

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

function rsaKey(encoded: Uint8Array): RsaKey {
  const [modulus, exponent] = expectTag(decodeTlv(encoded), tag.sequence, 'RSA key').children;
  const key: RsaKey = {
    kind: 'RSA',
    modulus: decodeInteger(expectTag(modulus, tag.integer, 'modulus').value),
    exponent: decodeInteger(expectTag(exponent, tag.integer, 'exponent').value),
  };
  const bits = bitLength(key.modulus);
  const odd = key.modulus > 0n && (key.modulus & 1n) === 1n && (key.exponent & 1n) === 1n;
  const bounded = bits >= minimumModulusBits && bits <= maximumModulusBits && key.exponent > 1n;
  if (!odd || !bounded || bitLength(key.exponent) > maximumExponentBits)
    throw new Failure('certificate.parameters-unknown', { key: 'RSA', bits });
  return key;
}

function curveOf(parameters: Tlv | undefined): NamedCurve {
  const curve = parseEcParameters(parameters);
  if (curve !== null) return curve;
  if (imitatesKnownCurve(parameters)) throw new Failure('certificate.parameters-altered', { key: 'EC' });
  const name = parameters?.tag === tag.oid ? oidOf(parameters) : 'explicit';
  throw new Failure('certificate.parameters-unknown', { key: 'EC', curve: name });
}

/**
 * The key in a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), whole structure. RSA up to 8192 bits with an exponent up to 64
 * bits, EC over the known curves, named or explicit. Fails with `certificate.algorithm-unknown`,
 * `certificate.parameters-unknown`, `certificate.parameters-altered` (those of a known curve with something changed),
 * `tlv.malformed`.
 */
export function parsePublicKey(subjectPublicKeyInfo: Uint8Array): PublicKey {
  const [algorithm, subjectPublicKey] = expectTag(decodeTlv(subjectPublicKeyInfo), tag.sequence, 'public key').children;
  const [identifier, parameters] = expectTag(algorithm, tag.sequence, 'public key').children;
  const name = oidOf(identifier);
  const encoded = bitStringBytes(subjectPublicKey);
  if (name === oid.rsaEncryption || name === oid.rsassaPss) return rsaKey(encoded);
  if (name !== oid.ecPublicKey) throw new Failure('certificate.algorithm-unknown', { algorithm: name });
  const { curve, explicit } = curveOf(parameters);
  // 9303-12 §4.1.6.3: points uncompressed; with one form for each point a refused key cannot come back as another.
  if (encoded[0] !== 0x04 || encoded.length !== 1 + 2 * curve.fieldLength)
    throw new Failure('certificate.parameters-unknown', { key: 'EC', curve: curve.name });
  return { kind: 'EC', curve, explicit, point: encoded };
}

/** The key as SubjectPublicKeyInfo in one form for each key: curves named, RSA as rsaEncryption with NULL. */
export function canonicalPublicKeyInfo(key: PublicKey): Uint8Array {
  const [identifier, parameters, encoded] =
    key.kind === 'EC'
      ? [oid.ecPublicKey, encodeOid(key.curve.oid), key.point]
      : [
          oid.rsaEncryption,
          encodeTlv(tag.null),
          encodeTlv(tag.sequence, encodeInteger(key.modulus), encodeInteger(key.exponent)),
        ];
  const algorithm = encodeTlv(tag.sequence, encodeOid(identifier), parameters);
  return encodeTlv(tag.sequence, algorithm, encodeTlv(tag.bitString, Uint8Array.of(0), encoded));
}

/** For people: `RSA 4096`, `EC brainpoolP512r1 (explicit)`. */
export function keyKind(key: PublicKey): string {
  return key.kind === 'RSA'
    ? `RSA ${bitLength(key.modulus)}`
    : `EC ${key.curve.name}${key.explicit ? ' (explicit)' : ''}`;
}
