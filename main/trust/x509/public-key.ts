import type { Curve } from '../../crypto/curves.ts';
import { type DsaPublicKey, isDsaKey } from '../../crypto/dsa.ts';
import { decodeInteger, encodeInteger, encodeOid } from '../../document/der.ts';
import { imitatesKnownCurve, type NamedCurve, parseEcParameters } from '../../document/ec-parameters.ts';
import { decodeTlv, encodeTlv, type Tlv } from '../../document/tlv.ts';
import { Failure } from '../../result/failure.ts';
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

/** FIPS 186-4 §4.1. */
export interface DsaKey extends DsaPublicKey {
  readonly kind: 'DSA';
}

export type PublicKey = RsaKey | EcKey | DsaKey;

// No norm bounds a key: beyond these a verification costs an attacker nothing and us seconds.
const maximumModulusBits = 8192;
const minimumModulusBits = 1024;
const maximumExponentBits = 64;
const maximumDsaBits = 3072;
const dsaOrderBits = [160, 224, 256];

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

// The pairs of FIPS 186-4 §4.2 and what came before them; more bits of q than of p would be no subgroup.
function dsaKey(parameters: Tlv | undefined, encoded: Uint8Array): DsaKey {
  // RFC 3279 §2.3.2: a certificate may leave them to its issuer's; which key it holds cannot be told then.
  if (parameters?.tag !== tag.sequence) throw new Failure('certificate.parameters-unknown', { key: 'DSA' });
  const [p, q, g] = parameters.children.map((node) => decodeInteger(expectTag(node, tag.integer, 'DSA key').value));
  const y = decodeInteger(expectTag(decodeTlv(encoded), tag.integer, 'DSA key').value);
  if (p === undefined || q === undefined || g === undefined) throw new Failure('tlv.malformed', { reason: 'DSA key' });
  const bits = bitLength(p);
  const bounded = bits >= minimumModulusBits && bits <= maximumDsaBits && dsaOrderBits.includes(bitLength(q));
  if (!bounded || !isDsaKey({ p, q, g, y })) throw new Failure('certificate.parameters-unknown', { key: 'DSA', bits });
  return { kind: 'DSA', p, q, g, y };
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
 * bits, EC over the known curves, named or explicit, DSA up to 3072 bits with its own parameters. Fails with `certificate.algorithm-unknown`,
 * `certificate.parameters-unknown`, `certificate.parameters-altered` (those of a known curve with something changed),
 * `tlv.malformed`.
 */
export function parsePublicKey(subjectPublicKeyInfo: Uint8Array): PublicKey {
  const [algorithm, subjectPublicKey] = expectTag(decodeTlv(subjectPublicKeyInfo), tag.sequence, 'public key').children;
  const [identifier, parameters] = expectTag(algorithm, tag.sequence, 'public key').children;
  const name = oidOf(identifier);
  const encoded = bitStringBytes(subjectPublicKey);
  if (name === oid.rsaEncryption || name === oid.rsassaPss) return rsaKey(encoded);
  if (name === oid.dsa) return dsaKey(parameters, encoded);
  if (name !== oid.ecPublicKey) throw new Failure('certificate.algorithm-unknown', { algorithm: name });
  const { curve, explicit } = curveOf(parameters);
  // 9303-12 §4.1.6.3: points uncompressed; with one form for each point a refused key cannot come back as another.
  if (encoded[0] !== 0x04 || encoded.length !== 1 + 2 * curve.fieldLength)
    throw new Failure('certificate.parameters-unknown', { key: 'EC', curve: curve.name });
  return { kind: 'EC', curve, explicit, point: encoded };
}

/** The key as SubjectPublicKeyInfo in one form for each key: curves named, RSA as rsaEncryption with NULL, DSA with its parameters. */
export function canonicalPublicKeyInfo(key: PublicKey): Uint8Array {
  const [identifier, parameters, encoded] = canonicalParts(key);
  const algorithm = encodeTlv(tag.sequence, encodeOid(identifier), parameters);
  return encodeTlv(tag.sequence, algorithm, encodeTlv(tag.bitString, Uint8Array.of(0), encoded));
}

function canonicalParts(key: PublicKey): readonly [string, Uint8Array, Uint8Array] {
  const sequence = (...numbers: readonly bigint[]): Uint8Array =>
    encodeTlv(tag.sequence, ...numbers.map((number) => encodeInteger(number)));
  switch (key.kind) {
    case 'EC':
      return [oid.ecPublicKey, encodeOid(key.curve.oid), key.point];
    case 'DSA':
      return [oid.dsa, sequence(key.p, key.q, key.g), encodeInteger(key.y)];
    case 'RSA':
      return [oid.rsaEncryption, encodeTlv(tag.null), sequence(key.modulus, key.exponent)];
  }
}

/** For people: `RSA 4096`, `EC brainpoolP512r1 (explicit)`. */
export function keyKind(key: PublicKey): string {
  if (key.kind === 'DSA') return `DSA ${bitLength(key.p)}`;
  return key.kind === 'RSA'
    ? `RSA ${bitLength(key.modulus)}`
    : `EC ${key.curve.name}${key.explicit ? ' (explicit)' : ''}`;
}
