import { digest, type HashName } from '../../crypto/hash.ts';
import { encodeInteger, encodeOid } from '../../document/der.ts';
import { decodeTlv, encodeTlv } from '../../document/tlv.ts';
import { concat } from '../../result/bytes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { type CertificateContent, distinguishedName, issueCertificate, serialNumber, time } from './certificates.ts';
import { type DocumentSigner, type DocumentSignerId, documentSigners } from './document-signers.ts';
import { documentSignerCertificate } from './issuers.ts';
import { hashAlgorithm, issuingKey, signatureAlgorithm, signWith } from './issuing-keys.ts';

const signedData = '1.2.840.113549.1.7.2';
const ldsSecurityObject = '2.23.136.1.1.1';
/** As Belgian and French documents of the first years have it. */
const oldLdsSecurityObject = '1.3.27.1.1.1';
/** id-SecurityObject of TR-03110. */
const cardSecurityObject = '0.4.0.127.0.7.3.2.1';

export interface SecurityObjectContent {
  readonly signer: DocumentSignerId;
  readonly hash: HashName;
  /** V1 names the LDS version inside (LDS 1.8), V0 does not (LDS 1.7). */
  readonly version: 'V0' | 'V1';
  readonly dataGroups: ReadonlyMap<number, Uint8Array>;
  readonly issued: PlainDate;
  readonly expires: PlainDate;
  readonly form?: 'indefinite length' | 'old identifier' | undefined;
  /** Changes the certificate before it is signed. */
  readonly certificate?: (certificate: CertificateContent) => CertificateContent;
  /** Changes ContentInfo after it was signed. */
  readonly contentInfo?: (contentInfo: Uint8Array) => Uint8Array;
}

function lds({ hash, version, dataGroups }: SecurityObjectContent): Uint8Array {
  const hashes = [...dataGroups].map(([number, file]) =>
    encodeTlv(0x30, encodeInteger(number), encodeTlv(0x04, digest(hash, file))),
  );
  const text = new TextEncoder();
  const versions = encodeTlv(0x30, encodeTlv(0x13, text.encode('0108')), encodeTlv(0x13, text.encode('040000')));
  return encodeTlv(
    0x30,
    encodeInteger(version === 'V0' ? 0 : 1),
    hashAlgorithm(hash, version === 'V0' ? 'null' : 'absent'),
    encodeTlv(0x30, ...hashes),
    ...(version === 'V0' ? [] : [versions]),
  );
}

/** EF.SOD: SignedData over the hashes of the data groups, with the signer's certificate (9303-10 §4.6.2). */
export function securityObject(content: SecurityObjectContent): Uint8Array {
  const contentType = content.form === 'old identifier' ? oldLdsSecurityObject : ldsSecurityObject;
  const contentInfo = signedBy(content, contentType, lds(content));
  const file = encodeTlv(0x77, content.contentInfo?.(contentInfo) ?? contentInfo);
  return content.form === 'indefinite length' ? withIndefiniteLengths(file, enclosingObjects) : file;
}

/** EF.CardSecurity: SecurityInfos, signed as EF.SOD is (9303-11 §9.2.12 by way of TR-03110-3 §A.1.2.5), in DER. */
export function cardSecurity(
  content: Pick<SecurityObjectContent, 'signer' | 'issued' | 'expires' | 'certificate'>,
  securityInfos: Uint8Array,
): Uint8Array {
  return signedBy(content, cardSecurityObject, securityInfos);
}

function signedBy(
  content: Pick<SecurityObjectContent, 'signer' | 'issued' | 'expires' | 'certificate'>,
  contentType: string,
  eContent: Uint8Array,
): Uint8Array {
  const { key, scheme, digestAlgorithm: stated }: DocumentSigner = documentSigners[content.signer];
  const usual = documentSignerCertificate(content.signer, content.issued, content.expires);
  const certificate = content.certificate?.(usual) ?? usual;
  const hash = stated ?? scheme.hash;
  const attribute = (oid: string, value: Uint8Array): Uint8Array =>
    encodeTlv(0x30, encodeOid(oid), encodeTlv(0x31, value));
  // In the order of DER's SET OF: the shorter encoding first (X.690 §11.6).
  const attributes = [
    attribute('1.2.840.113549.1.9.3', encodeOid(contentType)),
    attribute('1.2.840.113549.1.9.5', time(content.issued)),
    attribute('1.2.840.113549.1.9.4', encodeTlv(0x04, digest(hash, eContent))),
  ].sort((first, second) => first.length - second.length);
  const digestAlgorithm = hashAlgorithm(hash, 'absent');
  const identifier = encodeTlv(0x30, distinguishedName(certificate.issuer), encodeInteger(serialNumber(certificate)));
  const signerInfo = encodeTlv(
    0x30,
    encodeInteger(1),
    identifier,
    digestAlgorithm,
    encodeTlv(0xa0, ...attributes),
    signatureAlgorithm(scheme),
    // RFC 5652 §5.4: signed as a SET, whatever tag they carry inside.
    encodeTlv(0x04, signWith(issuingKey(key), { ...scheme, hash }, encodeTlv(0x31, ...attributes))),
  );
  const signed = encodeTlv(
    0x30,
    encodeInteger(3),
    encodeTlv(0x31, digestAlgorithm),
    encodeTlv(0x30, encodeOid(contentType), encodeTlv(0xa0, encodeTlv(0x04, eContent))),
    encodeTlv(0xa0, issueCertificate(certificate)),
    encodeTlv(0x31, signerInfo),
  );
  return encodeTlv(0x30, encodeOid(signedData), encodeTlv(0xa0, signed));
}

/** The file, ContentInfo, its content and SignedData. */
const enclosingObjects = 4;

// BER with indefinite length (X.690 §8.1.3.6) for so many objects, each the last one within the one before.
function withIndefiniteLengths(object: Uint8Array, levels: number): Uint8Array {
  if (levels === 0) return object;
  const { tag, value, children } = decodeTlv(object);
  const last = children.at(-1);
  if (last === undefined) throw new RangeError('not that many levels');
  const before = value.subarray(0, value.length - last.raw.length);
  return concat(Uint8Array.of(tag, 0x80), before, withIndefiniteLengths(last.raw, levels - 1), new Uint8Array(2));
}
