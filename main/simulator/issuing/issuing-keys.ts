import keyFile from '../../../resources/specimens/issuer-keys.json' with { type: 'json' };
import { type Curve, type CurveName, curveByName, curveNames } from '../../crypto/curves.ts';
import { encodeEcdsaSignature, signEcdsa } from '../../crypto/ecdsa.ts';
import { digest, digestLength, type HashName } from '../../crypto/hash.ts';
import { bytesToUnsigned, unsignedToBytes } from '../../crypto/points.ts';
import { signRsaPkcs1, signRsaPss } from '../../crypto/rsa.ts';
import { encodeInteger, encodeOid } from '../../document/der.ts';
import { encodeTlv } from '../../document/tlv.ts';
import { fromHex } from '../../result/bytes.ts';

export type IssuingKeyId = keyof typeof keyFile.keys;

/** Whose key it is does not matter: all of them are published with the project. */
export type IssuingKey =
  | { readonly kind: 'EC'; readonly curve: Curve; readonly privateKey: bigint; readonly publicKey: Uint8Array }
  | {
      readonly kind: 'RSA';
      readonly modulus: bigint;
      readonly exponent: bigint;
      readonly privateExponent: bigint;
    };

export type SignatureScheme = {
  readonly name: 'ECDSA' | 'RSASSA-PSS' | 'RSASSA-PKCS1-v1_5';
  readonly hash: HashName;
};

const noParameters = encodeTlv(0x05);

function isCurveName(name: string): name is CurveName {
  return curveNames.some((known) => known === name);
}

/** One of the published keys. */
export function issuingKey(id: IssuingKeyId): IssuingKey {
  const entry = keyFile.keys[id];
  const number = (hex: string): bigint => bytesToUnsigned(fromHex(hex));
  if ('curve' in entry) {
    if (!isCurveName(entry.curve)) throw new RangeError('curve unknown');
    return {
      kind: 'EC',
      curve: curveByName(entry.curve),
      privateKey: number(entry.privateKey),
      publicKey: fromHex(entry.publicKey),
    };
  }
  return {
    kind: 'RSA',
    modulus: number(entry.modulus),
    exponent: number(entry.publicExponent),
    privateExponent: number(entry.privateExponent),
  };
}

export const issuingKeyIds: readonly IssuingKeyId[] = Object.keys(keyFile.keys).filter(
  (id): id is IssuingKeyId => id in keyFile.keys,
);

/** ECParameters with everything spelt out, cofactor included, as 9303-12 §4.1.6.3 demands (RFC 3279 §2.3.5). */
function explicitParameters({ parameters, fieldLength }: Curve): Uint8Array {
  const { p, a, b, generator, n, h } = parameters;
  const element = (number: bigint): Uint8Array => unsignedToBytes(number, fieldLength);
  return encodeTlv(
    0x30,
    encodeInteger(1),
    encodeTlv(0x30, encodeOid('1.2.840.10045.1.1'), encodeInteger(p)),
    encodeTlv(0x30, encodeTlv(0x04, element(a)), encodeTlv(0x04, element(b))),
    encodeTlv(0x04, Uint8Array.of(4), element(generator.x), element(generator.y)),
    encodeInteger(n),
    encodeInteger(h),
  );
}

/** subjectPublicKeyInfo (RFC 5280 §4.1.2.7); `parameters` says how a curve is given. */
export function subjectPublicKeyInfo(key: IssuingKey, parameters: 'explicit' | 'named'): Uint8Array {
  if (key.kind === 'RSA') {
    const numbers = encodeTlv(0x30, encodeInteger(key.modulus), encodeInteger(key.exponent));
    const algorithm = encodeTlv(0x30, encodeOid('1.2.840.113549.1.1.1'), noParameters);
    return encodeTlv(0x30, algorithm, bitString(numbers));
  }
  const curve = parameters === 'explicit' ? explicitParameters(key.curve) : encodeOid(key.curve.oid);
  const algorithm = encodeTlv(0x30, encodeOid('1.2.840.10045.2.1'), curve);
  return encodeTlv(0x30, algorithm, bitString(key.publicKey));
}

/** SHA-1 over the key itself, as RFC 5280 §4.2.1.2 (1) proposes. */
export function keyIdentifier(key: IssuingKey): Uint8Array {
  const bits =
    key.kind === 'EC' ? key.publicKey : encodeTlv(0x30, encodeInteger(key.modulus), encodeInteger(key.exponent));
  return digest('SHA-1', bits);
}

/** BIT STRING of whole bytes. */
export function bitString(bytes: Uint8Array): Uint8Array {
  return encodeTlv(0x03, Uint8Array.of(0), bytes);
}

const hashOids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-224': '2.16.840.1.101.3.4.2.4',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
};

// RFC 5758 §3.2 and RFC 3279 §2.2.3; RFC 8017 §A.2.4.
const ecdsaOids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.2.840.10045.4.1',
  'SHA-224': '1.2.840.10045.4.3.1',
  'SHA-256': '1.2.840.10045.4.3.2',
  'SHA-384': '1.2.840.10045.4.3.3',
  'SHA-512': '1.2.840.10045.4.3.4',
};
const pkcs1Oids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.2.840.113549.1.1.5',
  'SHA-224': '1.2.840.113549.1.1.14',
  'SHA-256': '1.2.840.113549.1.1.11',
  'SHA-384': '1.2.840.113549.1.1.12',
  'SHA-512': '1.2.840.113549.1.1.13',
};

/** AlgorithmIdentifier of a hash; both forms are in use (9303-10 §4.6.2.3 note 2). */
export function hashAlgorithm(hash: HashName, parameters: 'null' | 'absent'): Uint8Array {
  const oid = encodeOid(hashOids[hash]);
  return parameters === 'null' ? encodeTlv(0x30, oid, noParameters) : encodeTlv(0x30, oid);
}

/** AlgorithmIdentifier of a signature. */
export function signatureAlgorithm({ name, hash }: SignatureScheme): Uint8Array {
  if (name === 'ECDSA') return encodeTlv(0x30, encodeOid(ecdsaOids[hash]));
  if (name === 'RSASSA-PKCS1-v1_5') return encodeTlv(0x30, encodeOid(pkcs1Oids[hash]), noParameters);
  const digestAlgorithm = hashAlgorithm(hash, 'null');
  const mask = encodeTlv(0x30, encodeOid('1.2.840.113549.1.1.8'), digestAlgorithm);
  const parameters = encodeTlv(
    0x30,
    encodeTlv(0xa0, digestAlgorithm),
    encodeTlv(0xa1, mask),
    encodeTlv(0xa2, encodeInteger(digestLength(hash))),
  );
  return encodeTlv(0x30, encodeOid('1.2.840.113549.1.1.10'), parameters);
}

/** The signature over `message`. The same message gives the same bytes: RFC 6979, and a salt that is the digest itself. */
export function signWith(key: IssuingKey, { name, hash }: SignatureScheme, message: Uint8Array): Uint8Array {
  const hashed = digest(hash, message);
  if (key.kind === 'EC') return encodeEcdsaSignature(signEcdsa(key.curve, key.privateKey, hash, hashed));
  if (name === 'RSASSA-PSS') return signRsaPss(key, { hash, maskHash: hash }, hashed, digest(hash, hashed));
  return signRsaPkcs1(key, hash, hashed);
}
