import type { HashName } from '../../crypto/hash.ts';
import { decodeInteger } from '../../document/der.ts';
import { decodeTlv, encodeTlv, find, findAll, type Tlv } from '../../document/tlv.ts';
import { toHex } from '../../result/bytes.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { dayOf, expectTag, oidOf, tag } from '../x509/asn1-values.ts';
import { parseName } from '../x509/distinguished-name.ts';
import { oid } from '../x509/object-identifiers.ts';
import { parseDigestAlgorithm } from '../x509/signature-algorithm.ts';

/** Who signed: by issuer name and serial number, or by key identifier (RFC 5652 §5.3). */
export type SignerIdentifier =
  | { readonly issuerKey: string; readonly serialNumber: string }
  | { readonly keyIdentifier: string };

export interface SignedAttributes {
  /** The attributes as SET OF, with the bytes as they stand: what the signature covers (RFC 5652 §5.4). */
  readonly signed: Uint8Array;
  readonly contentType: string;
  readonly messageDigest: Uint8Array;
  readonly signingTime: PlainDate | null;
  /** The algorithms as the signed attributes repeat them (RFC 6211); null where they do not. */
  readonly algorithmProtection: AlgorithmProtection | null;
}

export interface AlgorithmProtection {
  readonly digestAlgorithm: HashName | null;
  /** AlgorithmIdentifier with the tag of a SEQUENCE; null where it names a message authentication code instead. */
  readonly signatureAlgorithm: Tlv | null;
}

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  /** Null where it is not one of ours. */
  readonly digestAlgorithm: HashName | null;
  readonly signatureAlgorithm: Tlv;
  readonly signedAttributes: SignedAttributes | null;
  readonly signature: Uint8Array;
}

/** A SignedData with its content inside (RFC 5652 §5.1). */
export interface SignedData {
  readonly version: number;
  readonly contentType: string;
  readonly content: Uint8Array;
  /** Each certificate as it stands, not yet read; none is allowed (9303-10 App. D). */
  readonly certificates: readonly Uint8Array[];
  readonly signerInfos: readonly SignerInfo[];
}

const maximumSigners = 4;
const maximumCertificates = 16;

function malformed(reason: string): Failure {
  return new Failure('security-object.malformed', { reason });
}

/**
 * Reads a ContentInfo that holds SignedData, DER or BER with indefinite lengths (as the US passport's), nothing after it.
 * `maximumNodes` bounds what is decoded. Fails with `security-object.malformed`.
 */
export function parseSignedData(bytes: Uint8Array, maximumNodes = 10_000): SignedData {
  return asSecurityObject(() => readContentInfo(decodeTlv(bytes, { maximumNodes })));
}

/** What reading throws, under the name that fits what was read. */
export function asSecurityObject<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code.startsWith('security-object.') || failure.code === 'internal.unexpected') throw failure;
    throw new Failure('security-object.malformed', { reason: String(failure.fields.reason ?? failure.code) }, thrown);
  }
}

function readContentInfo(contentInfo: Tlv): SignedData {
  const [type, content, ...rest] = expectTag(contentInfo, tag.sequence, 'ContentInfo').children;
  if (oidOf(type) !== oid.signedData || rest.length > 0) throw malformed('ContentInfo');
  const signedData = expectTag(expectTag(content, 0xa0, 'ContentInfo').children[0], tag.sequence, 'SignedData');
  const [version, , encapsulated] = signedData.children;
  const [contentType, eContent] = expectTag(encapsulated, tag.sequence, 'encapContentInfo').children;
  // CertificateChoices (RFC 5652 §10.2.2): the context tags are attribute certificates and older forms, of no use here.
  const certificates = find(signedData, 0xa0)?.children.filter((node) => node.tag === tag.sequence) ?? [];
  const signerInfos = expectTag(signedData.children.at(-1), tag.set, 'signerInfos').children;
  if (certificates.length > maximumCertificates) throw malformed('certificates');
  // A SET directly after the content is signerInfos; fewer than four elements would take digestAlgorithms for it.
  if (signedData.children.length < 4 || signerInfos.length === 0 || signerInfos.length > maximumSigners)
    throw malformed('signerInfos');
  return {
    version: Number(decodeInteger(expectTag(version, tag.integer, 'version').value)),
    contentType: oidOf(contentType),
    content: octets(expectTag(eContent, 0xa0, 'eContent').children[0]),
    certificates: certificates.map((node) => node.raw),
    signerInfos: signerInfos.map(readSignerInfo),
  };
}

// An OCTET STRING may come in pieces (X.690 §8.7.3); pieces of pieces do not occur.
function octets(node: Tlv | undefined): Uint8Array {
  if (node?.tag === tag.octetString) return node.value;
  const pieces = expectTag(node, 0x24, 'eContent').children.map(
    (piece) => expectTag(piece, tag.octetString, 'eContent').value,
  );
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function readSignerInfo(node: Tlv): SignerInfo {
  const [version, identifier, digestAlgorithm, ...rest] = expectTag(node, tag.sequence, 'SignerInfo').children;
  expectTag(version, tag.integer, 'SignerInfo');
  const attributes = rest[0]?.tag === 0xa0 ? rest[0] : null;
  const [signatureAlgorithm, signature] = attributes === null ? rest : rest.slice(1);
  return {
    identifier: readSignerIdentifier(identifier),
    digestAlgorithm: parseDigestAlgorithm(digestAlgorithm),
    signatureAlgorithm: expectTag(signatureAlgorithm, tag.sequence, 'signature algorithm'),
    signedAttributes: attributes === null ? null : readAttributes(attributes),
    signature: expectTag(signature, tag.octetString, 'signature').value,
  };
}

/** Reads a SignerIdentifier (RFC 5652 §5.3). Fails with `tlv.malformed`. */
export function readSignerIdentifier(node: Tlv | undefined): SignerIdentifier {
  if (node?.tag === 0x80) return { keyIdentifier: toHex(node.value) };
  const [issuer, serialNumber] = expectTag(node, tag.sequence, 'SignerIdentifier').children;
  return {
    issuerKey: parseName(issuer).key,
    serialNumber: toHex(expectTag(serialNumber, tag.integer, 'serial number').value),
  };
}

function readAttributes(node: Tlv): SignedAttributes {
  // RFC 5652 §11: each of these attributes at most once, with one value. Others do not disturb.
  const single = (type: string): Tlv | null => {
    const found = findAll(node, tag.sequence).filter((attribute) => oidOf(attribute.children[0]) === type);
    if (found.length === 0) return null;
    const values = expectTag(found[0]?.children[1], tag.set, 'attribute').children;
    if (found.length > 1 || values.length !== 1) throw malformed('attribute');
    return values[0] ?? null;
  };
  const signingTime = single(oid.signingTime);
  const protection = single(oid.algorithmProtection);
  return {
    signed: encodeTlv(tag.set, node.value),
    contentType: oidOf(single(oid.contentType) ?? undefined),
    messageDigest: expectTag(single(oid.messageDigest) ?? undefined, tag.octetString, 'messageDigest').value,
    signingTime: signingTime === null ? null : dayOf(signingTime),
    algorithmProtection: protection === null ? null : readProtection(protection),
  };
}

// CMSAlgorithmProtection (RFC 6211 §2): SEQUENCE { digestAlgorithm, [1] signatureAlgorithm or [2] macAlgorithm }.
function readProtection(node: Tlv): AlgorithmProtection {
  const [digestAlgorithm] = expectTag(node, tag.sequence, 'algorithm protection').children;
  const signatureAlgorithm = find(node, 0xa1);
  return {
    digestAlgorithm: parseDigestAlgorithm(digestAlgorithm),
    signatureAlgorithm: signatureAlgorithm === null ? null : { ...signatureAlgorithm, tag: tag.sequence },
  };
}
