import { generateKeyPairSync } from 'node:crypto';
import { Boolean as Asn1Boolean, type BaseBlock, Null, Primitive } from 'asn1js';
import { type Curve, type CurveName, curveByName } from '../../main/crypto/curves.ts';
import { encodeEcdsaSignature, signEcdsa } from '../../main/crypto/ecdsa.ts';
import { digest, type HashName } from '../../main/crypto/hash.ts';
import { bytesToUnsigned, encodePoint, publicPoint, unsignedToBytes } from '../../main/crypto/points.ts';
import { signRsaPkcs1, signRsaPss } from '../../main/crypto/rsa.ts';
import {
  bitString,
  encoded,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  Raw,
  sequence,
  setOf,
} from '../../main/simulator/issuing/asn1.ts';

/*
 * A small PKI for tests: keys, certificates and signed data with whatever a test wants to be right or wrong in them. Written
 * by asn1js, not by the hand that is tested; what a test hands in as bytes stands as it is, so that it may be wrong.
 */
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

const universal = 1;
const contextSpecific = 3;
const printableStringTag = 0x13;
const utf8StringTag = 0x0c;
const utcTimeTag = 0x17;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const raw = (bytes: Uint8Array): Raw => new Raw(bytes);
const yes = (): BaseBlock => new Asn1Boolean({ value: true });

/** An object of any primitive tag with any contents: a string may hold what its kind forbids. */
function primitive(tagNumber: number, contents: Uint8Array, tagClass = universal): BaseBlock {
  return new Primitive({ idBlock: { tagClass, tagNumber }, valueHex: new Uint8Array(contents) });
}

/** UTCTime of a day's first second, YYMMDD. */
export function utcTime(day: string): BaseBlock {
  return primitive(utcTimeTag, ascii(`${day}000000Z`));
}

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
  const element = (number: bigint): BaseBlock => octetString(unsignedToBytes(number, curve.fieldLength));
  return encoded(
    sequence(
      integer(1),
      sequence(objectIdentifier('1.2.840.10045.1.1'), integer(p)),
      sequence(element(a), element(b)),
      octetString(change.generator ?? encodePoint(curve, generator)),
      integer(n),
      ...(cofactor === null ? [] : [integer(cofactor)]),
    ),
  );
}

export function testPublicKeyInfo(key: TestKey): Uint8Array {
  if (key.kind === 'RSA') {
    const numbers = encoded(sequence(integer(key.modulus), integer(key.exponent)));
    return encoded(sequence(sequence(objectIdentifier('1.2.840.113549.1.1.1'), new Null()), bitString(numbers)));
  }
  const parameters = key.form === 'named' ? objectIdentifier(key.curve.oid) : raw(ecParameters(key.curve));
  const point = encodePoint(key.curve, publicPoint(key.curve, key.privateKey));
  return encoded(sequence(sequence(objectIdentifier('1.2.840.10045.2.1'), parameters), bitString(point)));
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
  return encoded(sequence(objectIdentifier(hashOids[hash])));
}

export function testSignatureAlgorithm(scheme: TestScheme): Uint8Array {
  if (scheme.scheme === 'ECDSA') {
    return encoded(sequence(objectIdentifier((scheme.plain ? plainOids : ecdsaOids)[scheme.hash])));
  }
  if (scheme.scheme === 'RSASSA-PKCS1-v1_5') {
    return encoded(sequence(objectIdentifier(rsaOids[scheme.hash]), new Null()));
  }
  const mask = raw(testDigestAlgorithm(scheme.maskHash ?? scheme.hash));
  const parameters = sequence(
    explicit(0, raw(testDigestAlgorithm(scheme.hash))),
    explicit(1, sequence(objectIdentifier('1.2.840.113549.1.1.8'), mask)),
    explicit(2, integer(scheme.saltLength)),
  );
  return encoded(sequence(objectIdentifier('1.2.840.113549.1.1.10'), parameters));
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
  const stringTag = printable ? printableStringTag : utf8StringTag;
  const attributes = pairs.map(([type, value]) =>
    setOf(sequence(objectIdentifier(type), primitive(stringTag, ascii(value)))),
  );
  return encoded(sequence(...attributes));
}

/** Country and common name. */
export function nameOf(country: string, commonName: string): Uint8Array {
  return testName([
    ['2.5.4.6', country],
    ['2.5.4.3', commonName],
  ]);
}

export function extension(identifier: string, value: Uint8Array, critical = false): Uint8Array {
  return encoded(sequence(objectIdentifier(identifier), ...(critical ? [yes()] : []), octetString(value)));
}

function extensionOf(identifier: string, value: BaseBlock, critical = false): Uint8Array {
  return extension(identifier, encoded(value), critical);
}

export const extensions = {
  keyUsage: (bits: number): Uint8Array => extensionOf('2.5.29.15', bitString(Uint8Array.of(bits)), true),
  digitalSignature: (): Uint8Array => extensions.keyUsage(0x80),
  certificateSigning: (): Uint8Array => extensions.keyUsage(0x06),
  authority: (): Uint8Array => extensionOf('2.5.29.19', sequence(yes(), integer(0)), true),
  /** cA and pathLenConstraint in the wrong order: our own reading takes both, PKI.js takes it for no authority. */
  misreadAuthority: (): Uint8Array => extensionOf('2.5.29.19', sequence(integer(0), yes()), true),
  subjectKeyIdentifier: (identifier: Uint8Array): Uint8Array => extensionOf('2.5.29.14', octetString(identifier)),
  authorityKeyIdentifier: (identifier: Uint8Array): Uint8Array =>
    extensionOf('2.5.29.35', sequence(primitive(0, identifier, contextSpecific))),
  extendedKeyUsage: (purpose: string): Uint8Array =>
    extensionOf('2.5.29.37', sequence(objectIdentifier(purpose)), true),
  documentTypes: (...types: string[]): Uint8Array =>
    extensionOf(
      '2.23.136.1.1.6.2',
      sequence(integer(0), setOf(...types.map((type) => primitive(printableStringTag, ascii(type))))),
    ),
  /** CRLDistributionPoints with one point for each address (RFC 5280 §4.2.1.13). */
  distributionPoints: (...addresses: string[]): Uint8Array => {
    const points = addresses.map((address) => {
      const name = primitive(6, ascii(address), contextSpecific);
      return sequence(explicit(0, explicit(0, name)));
    });
    return extensionOf('2.5.29.31', sequence(...points));
  },
  locality: (code: string): Uint8Array =>
    extensionOf('2.5.29.17', sequence(explicit(4, raw(testName([['2.5.4.7', code]]))))),
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
  const signed = encoded(
    sequence(
      explicit(0, integer(2)),
      integer(content.serialNumber ?? 1),
      raw(algorithm),
      raw(content.issuer),
      sequence(utcTime(content.notBefore ?? '200101'), utcTime(content.notAfter ?? '400101')),
      raw(content.subject),
      raw(content.publicKeyInfo ?? testPublicKeyInfo(content.key)),
      explicit(3, sequence(...content.extensions.map(raw))),
    ),
  );
  const signature = content.signature ?? testSign(content.issuerKey, content.scheme, signed);
  return encoded(sequence(raw(signed), raw(algorithm), bitString(content.rewrite?.(signature) ?? signature)));
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

/** The authority above, with a right signature over what two hands read otherwise. */
export function misreadAuthority(key: TestKey, scheme: TestScheme, change: Partial<TestCertificate> = {}): Uint8Array {
  const written = [extensions.certificateSigning(), extensions.misreadAuthority()];
  return testAuthority(key, scheme, { extensions: written, ...change });
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
  return encoded(sequence(raw(issuer), integer(serialNumber)));
}

export function byKeyIdentifier(identifier: Uint8Array): Uint8Array {
  return encoded(primitive(0, identifier, contextSpecific));
}

export function attribute(type: string, ...values: Uint8Array[]): Uint8Array {
  return encoded(sequence(objectIdentifier(type), setOf(...values.map(raw))));
}

/** A ContentInfo with SignedData. */
export function testSignedData(data: TestSignedData): Uint8Array {
  const hash = data.digestAlgorithm ?? data.scheme.hash;
  const digestOfContent = octetString(data.messageDigest ?? digest(hash, data.content));
  const attributes = [
    attribute('1.2.840.113549.1.9.3', encoded(objectIdentifier(data.attributeContentType ?? data.contentType))),
    attribute('1.2.840.113549.1.9.4', encoded(digestOfContent)),
    ...(data.moreAttributes ?? []),
  ].map(raw);
  const withAttributes = data.signedAttributes !== false;
  const message = withAttributes ? encoded(setOf(...attributes)) : data.content;
  const signature = data.signature ?? testSign(data.key, data.scheme, message);
  const digestAlgorithm = raw(testDigestAlgorithm(hash));
  const signerInfo = sequence(
    integer(1),
    raw(data.identifier),
    digestAlgorithm,
    ...(withAttributes ? [explicit(0, ...attributes)] : []),
    raw(testSignatureAlgorithm(data.scheme)),
    octetString(data.rewrite?.(signature) ?? signature),
  );
  const signedData = sequence(
    integer(3),
    setOf(digestAlgorithm),
    sequence(objectIdentifier(data.contentType), explicit(0, octetString(data.content))),
    ...(data.certificates.length === 0 ? [] : [explicit(0, ...data.certificates.map(raw))]),
    setOf(signerInfo),
  );
  return encoded(sequence(objectIdentifier('1.2.840.113549.1.7.2'), explicit(0, signedData)));
}

/** LDSSecurityObject of version 0 over raw files by number. */
export function testLdsSecurityObject(hash: HashName, files: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const hashes = [...files].map(([number, file]) => sequence(integer(number), octetString(digest(hash, file))));
  return encoded(sequence(integer(0), raw(testDigestAlgorithm(hash)), sequence(...hashes)));
}

/** CscaMasterList, the content of a master list. */
export function testMasterListContent(certificates: readonly Uint8Array[]): Uint8Array {
  return encoded(sequence(integer(0), setOf(...certificates.map(raw))));
}
