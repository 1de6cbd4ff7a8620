import { generateKeyPairSync } from 'node:crypto';
import { type Curve, type CurveName, curveByName } from '../../main/crypto/curves.ts';
import { encodeEcdsaSignature, signEcdsa } from '../../main/crypto/ecdsa.ts';
import { digest, type HashName } from '../../main/crypto/hash.ts';
import { bytesToUnsigned, encodePoint, publicPoint, unsignedToBytes } from '../../main/crypto/points.ts';
import { signRsaPkcs1, signRsaPss } from '../../main/crypto/rsa.ts';
import { encodeInteger, encodeOid } from '../../main/document/der.ts';
import { encodeTlv } from '../../main/document/tlv.ts';

/** A small PKI for tests: keys, certificates and signed data with whatever a test wants to be right or wrong in them. */
export interface EcTestKey {
  readonly kind: 'EC';
  readonly curve: Curve;
  readonly privateKey: bigint;
  readonly form: 'named' | 'explicit';
}

export interface RsaTestKey {
  readonly kind: 'RSA';
  readonly modulus: bigint;
  readonly exponent: bigint;
  readonly privateExponent: bigint;
}

export type TestKey = EcTestKey | RsaTestKey;

export type TestScheme =
  | { readonly scheme: 'ECDSA'; readonly hash: HashName; readonly plain?: boolean }
  | { readonly scheme: 'RSASSA-PKCS1-v1_5'; readonly hash: HashName }
  | {
      readonly scheme: 'RSASSA-PSS';
      readonly hash: HashName;
      readonly saltLength: number;
      readonly maskHash?: HashName;
    };

const none = new Uint8Array();
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const sequence = (...parts: Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts);
const bitString = (bytes: Uint8Array): Uint8Array => encodeTlv(0x03, Uint8Array.of(0), bytes);
const octetString = (bytes: Uint8Array): Uint8Array => encodeTlv(0x04, bytes);

/** An EC key; the same `seed` gives the same key. */
export function ecTestKey(curve: CurveName, form: EcTestKey['form'] = 'named', seed = 7): EcTestKey {
  const known = curveByName(curve);
  const hash = bytesToUnsigned(digest('SHA-512', ascii(`${curve} ${seed}`)));
  return { kind: 'EC', curve: known, privateKey: (hash % (known.parameters.n - 1n)) + 1n, form };
}

/** A fresh RSA key. */
export function rsaTestKey(modulusLength = 2048, publicExponent = 0x10001): RsaTestKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent });
  const { n = '', e = '', d = '' } = privateKey.export({ format: 'jwk' });
  const number = (text: string): bigint => bytesToUnsigned(new Uint8Array(Buffer.from(text, 'base64url')));
  return { kind: 'RSA', modulus: number(n), exponent: number(e), privateExponent: number(d) };
}

/** ECParameters; `generator` and `cofactor` may be replaced (null: left out). */
export function ecParameters(
  curve: Curve,
  change: { readonly generator?: Uint8Array; readonly cofactor?: bigint | null } = {},
): Uint8Array {
  const { p, a, b, generator, n, h } = curve.parameters;
  const cofactor = change.cofactor === undefined ? h : change.cofactor;
  return sequence(
    encodeInteger(1),
    sequence(encodeOid('1.2.840.10045.1.1'), encodeInteger(p)),
    sequence(octetString(unsignedToBytes(a, curve.fieldLength)), octetString(unsignedToBytes(b, curve.fieldLength))),
    octetString(change.generator ?? encodePoint(curve, generator)),
    encodeInteger(n),
    cofactor === null ? none : encodeInteger(cofactor),
  );
}

export function testPublicKeyInfo(key: TestKey): Uint8Array {
  if (key.kind === 'RSA')
    return sequence(
      sequence(encodeOid('1.2.840.113549.1.1.1'), encodeTlv(0x05)),
      bitString(sequence(encodeInteger(key.modulus), encodeInteger(key.exponent))),
    );
  const parameters = key.form === 'named' ? encodeOid(key.curve.oid) : ecParameters(key.curve);
  const point = encodePoint(key.curve, publicPoint(key.curve, key.privateKey));
  return sequence(sequence(encodeOid('1.2.840.10045.2.1'), parameters), bitString(point));
}

const hashOids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-224': '2.16.840.1.101.3.4.2.4',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
};
const rsaOids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.2.840.113549.1.1.5',
  'SHA-224': '1.2.840.113549.1.1.14',
  'SHA-256': '1.2.840.113549.1.1.11',
  'SHA-384': '1.2.840.113549.1.1.12',
  'SHA-512': '1.2.840.113549.1.1.13',
};
const ecdsaOids: Readonly<Record<HashName, string>> = {
  'SHA-1': '1.2.840.10045.4.1',
  'SHA-224': '1.2.840.10045.4.3.1',
  'SHA-256': '1.2.840.10045.4.3.2',
  'SHA-384': '1.2.840.10045.4.3.3',
  'SHA-512': '1.2.840.10045.4.3.4',
};
const plainOids: Readonly<Record<HashName, string>> = {
  'SHA-1': '0.4.0.127.0.7.1.1.4.1.1',
  'SHA-224': '0.4.0.127.0.7.1.1.4.1.2',
  'SHA-256': '0.4.0.127.0.7.1.1.4.1.3',
  'SHA-384': '0.4.0.127.0.7.1.1.4.1.4',
  'SHA-512': '0.4.0.127.0.7.1.1.4.1.5',
};

export function testDigestAlgorithm(hash: HashName): Uint8Array {
  return sequence(encodeOid(hashOids[hash]));
}

export function testSignatureAlgorithm(scheme: TestScheme): Uint8Array {
  if (scheme.scheme === 'ECDSA') return sequence(encodeOid((scheme.plain ? plainOids : ecdsaOids)[scheme.hash]));
  if (scheme.scheme === 'RSASSA-PKCS1-v1_5') return sequence(encodeOid(rsaOids[scheme.hash]), encodeTlv(0x05));
  const mask = sequence(encodeOid('1.2.840.113549.1.1.8'), testDigestAlgorithm(scheme.maskHash ?? scheme.hash));
  return sequence(
    encodeOid('1.2.840.113549.1.1.10'),
    sequence(
      encodeTlv(0xa0, testDigestAlgorithm(scheme.hash)),
      encodeTlv(0xa1, mask),
      encodeTlv(0xa2, encodeInteger(scheme.saltLength)),
    ),
  );
}

export function testSign(key: TestKey, scheme: TestScheme, message: Uint8Array): Uint8Array {
  const hashed = digest(scheme.hash, message);
  if (scheme.scheme === 'ECDSA') {
    if (key.kind !== 'EC') throw new Error('not an EC key');
    const { r, s } = signEcdsa(key.curve, key.privateKey, scheme.hash, hashed);
    const { orderLength } = key.curve;
    return scheme.plain
      ? new Uint8Array([...unsignedToBytes(r, orderLength), ...unsignedToBytes(s, orderLength)])
      : encodeEcdsaSignature({ r, s });
  }
  if (key.kind !== 'RSA') throw new Error('not an RSA key');
  if (scheme.scheme === 'RSASSA-PKCS1-v1_5') return signRsaPkcs1(key, scheme.hash, hashed);
  const salt = new Uint8Array(scheme.saltLength).fill(0x5a);
  return signRsaPss(key, { hash: scheme.hash, maskHash: scheme.maskHash ?? scheme.hash }, hashed, salt);
}

/** A Name: pairs of attribute type and value; `printable` writes PrintableString instead of UTF8String. */
export function testName(pairs: readonly (readonly [string, string])[], printable = false): Uint8Array {
  return sequence(
    ...pairs.map(([type, value]) =>
      encodeTlv(0x31, sequence(encodeOid(type), encodeTlv(printable ? 0x13 : 0x0c, ascii(value)))),
    ),
  );
}

/** Country and common name. */
export function nameOf(country: string, commonName: string): Uint8Array {
  return testName([
    ['2.5.4.6', country],
    ['2.5.4.3', commonName],
  ]);
}

export function extension(identifier: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(encodeOid(identifier), critical ? encodeTlv(0x01, Uint8Array.of(0xff)) : none, octetString(value));
}

export const extensions = {
  keyUsage: (bits: number): Uint8Array => extension('2.5.29.15', encodeTlv(0x03, Uint8Array.of(0, bits)), true),
  digitalSignature: (): Uint8Array => extensions.keyUsage(0x80),
  certificateSigning: (): Uint8Array => extensions.keyUsage(0x06),
  authority: (): Uint8Array =>
    extension('2.5.29.19', sequence(encodeTlv(0x01, Uint8Array.of(0xff)), encodeInteger(0)), true),
  subjectKeyIdentifier: (identifier: Uint8Array): Uint8Array => extension('2.5.29.14', octetString(identifier)),
  authorityKeyIdentifier: (identifier: Uint8Array): Uint8Array =>
    extension('2.5.29.35', sequence(encodeTlv(0x80, identifier))),
  extendedKeyUsage: (purpose: string): Uint8Array => extension('2.5.29.37', sequence(encodeOid(purpose)), true),
  documentTypes: (...types: string[]): Uint8Array =>
    extension(
      '2.23.136.1.1.6.2',
      sequence(encodeInteger(0), encodeTlv(0x31, ...types.map((type) => encodeTlv(0x13, ascii(type))))),
    ),
  /** CRLDistributionPoints with one point for each address (RFC 5280 §4.2.1.13). */
  distributionPoints: (...addresses: string[]): Uint8Array =>
    extension(
      '2.5.29.31',
      sequence(
        ...addresses.map((address) => sequence(encodeTlv(0xa0, encodeTlv(0xa0, encodeTlv(0x86, ascii(address)))))),
      ),
    ),
  locality: (code: string): Uint8Array =>
    extension('2.5.29.17', sequence(encodeTlv(0xa4, testName([['2.5.4.7', code]])))),
};

/** A short identifier that depends on the key. */
export function keyIdentifierOf(key: TestKey): Uint8Array {
  return digest('SHA-1', testPublicKeyInfo(key));
}

export interface TestCertificate {
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly key: TestKey;
  readonly issuerKey: TestKey;
  readonly scheme: TestScheme;
  readonly extensions: readonly Uint8Array[];
  readonly serialNumber?: number;
  /** YYMMDD. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** Replaces the SubjectPublicKeyInfo of `key`. */
  readonly publicKeyInfo?: Uint8Array;
  /** Replaces the signature. */
  readonly signature?: Uint8Array;
  /** Writes the signature otherwise. */
  readonly rewrite?: (signature: Uint8Array) => Uint8Array;
}

export function issueTestCertificate(content: TestCertificate): Uint8Array {
  const algorithm = testSignatureAlgorithm(content.scheme);
  const time = (day: string): Uint8Array => encodeTlv(0x17, ascii(`${day}000000Z`));
  const signed = sequence(
    encodeTlv(0xa0, encodeInteger(2)),
    encodeInteger(content.serialNumber ?? 1),
    algorithm,
    content.issuer,
    sequence(time(content.notBefore ?? '200101'), time(content.notAfter ?? '400101')),
    content.subject,
    content.publicKeyInfo ?? testPublicKeyInfo(content.key),
    encodeTlv(0xa3, sequence(...content.extensions)),
  );
  const signature = content.signature ?? testSign(content.issuerKey, content.scheme, signed);
  return sequence(signed, algorithm, bitString(content.rewrite?.(signature) ?? signature));
}

/** A self-signed CSCA with what a CSCA has, unless replaced. */
export function testAuthority(key: TestKey, scheme: TestScheme, change: Partial<TestCertificate> = {}): Uint8Array {
  const name = nameOf('UT', 'Test CSCA');
  return issueTestCertificate({
    subject: name,
    issuer: name,
    key,
    issuerKey: key,
    scheme,
    extensions: [
      extensions.certificateSigning(),
      extensions.authority(),
      extensions.subjectKeyIdentifier(keyIdentifierOf(key)),
      extensions.authorityKeyIdentifier(keyIdentifierOf(key)),
    ],
    ...change,
  });
}

/** A document signer of the authority above, unless replaced. */
export function testDocumentSigner(
  key: TestKey,
  issuerKey: TestKey,
  scheme: TestScheme,
  change: Partial<TestCertificate> = {},
): Uint8Array {
  return issueTestCertificate({
    subject: nameOf('UT', 'Test Document Signer'),
    issuer: nameOf('UT', 'Test CSCA'),
    key,
    issuerKey,
    scheme,
    serialNumber: 17,
    extensions: [extensions.digitalSignature(), extensions.authorityKeyIdentifier(keyIdentifierOf(issuerKey))],
    ...change,
  });
}

export interface TestSignedData {
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly key: TestKey;
  readonly scheme: TestScheme;
  /** Whole SignerIdentifier: see `byIssuerAndSerial`, `byKeyIdentifier`. */
  readonly identifier: Uint8Array;
  readonly digestAlgorithm?: HashName;
  /** False: the content itself is signed. */
  readonly signedAttributes?: boolean;
  /** contentType as the signed attributes state it. */
  readonly attributeContentType?: string;
  readonly messageDigest?: Uint8Array;
  readonly moreAttributes?: readonly Uint8Array[];
  readonly signature?: Uint8Array;
  /** Writes the signature otherwise. */
  readonly rewrite?: (signature: Uint8Array) => Uint8Array;
}

export function byIssuerAndSerial(issuer: Uint8Array, serialNumber: number): Uint8Array {
  return sequence(issuer, encodeInteger(serialNumber));
}

export function byKeyIdentifier(identifier: Uint8Array): Uint8Array {
  return encodeTlv(0x80, identifier);
}

export function attribute(type: string, ...values: Uint8Array[]): Uint8Array {
  return sequence(encodeOid(type), encodeTlv(0x31, ...values));
}

/** A ContentInfo with SignedData. */
export function testSignedData(data: TestSignedData): Uint8Array {
  const hash = data.digestAlgorithm ?? data.scheme.hash;
  const attributes = [
    attribute('1.2.840.113549.1.9.3', encodeOid(data.attributeContentType ?? data.contentType)),
    attribute('1.2.840.113549.1.9.4', octetString(data.messageDigest ?? digest(hash, data.content))),
    ...(data.moreAttributes ?? []),
  ];
  const withAttributes = data.signedAttributes !== false;
  const message = withAttributes ? encodeTlv(0x31, ...attributes) : data.content;
  const signature = data.signature ?? testSign(data.key, data.scheme, message);
  const signerInfo = sequence(
    encodeInteger(1),
    data.identifier,
    testDigestAlgorithm(hash),
    withAttributes ? encodeTlv(0xa0, ...attributes) : none,
    testSignatureAlgorithm(data.scheme),
    octetString(data.rewrite?.(signature) ?? signature),
  );
  return sequence(
    encodeOid('1.2.840.113549.1.7.2'),
    encodeTlv(
      0xa0,
      sequence(
        encodeInteger(3),
        encodeTlv(0x31, testDigestAlgorithm(hash)),
        sequence(encodeOid(data.contentType), encodeTlv(0xa0, octetString(data.content))),
        data.certificates.length === 0 ? none : encodeTlv(0xa0, ...data.certificates),
        encodeTlv(0x31, signerInfo),
      ),
    ),
  );
}

/** LDSSecurityObject of version 0 over raw files by number. */
export function testLdsSecurityObject(hash: HashName, files: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const hashes = [...files].map(([number, file]) => sequence(encodeInteger(number), octetString(digest(hash, file))));
  return sequence(encodeInteger(0), testDigestAlgorithm(hash), sequence(...hashes));
}

/** CscaMasterList, the content of a master list. */
export function testMasterListContent(certificates: readonly Uint8Array[]): Uint8Array {
  return sequence(encodeInteger(0), encodeTlv(0x31, ...certificates));
}
