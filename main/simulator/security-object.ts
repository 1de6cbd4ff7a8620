import { digest, type HashName } from '../crypto/hash.ts';
import { encodeInteger, encodeOid } from '../document/der.ts';
import { encodeTlv } from '../document/tlv.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { distinguishedName, issueCertificate, serialNumber, time } from './certificates.ts';
import { type DocumentSignerId, documentSignerCertificate, documentSigners } from './issuers.ts';
import { hashAlgorithm, issuingKey, signatureAlgorithm, signWith } from './issuing-keys.ts';

const signedData = '1.2.840.113549.1.7.2';
const ldsSecurityObject = '2.23.136.1.1.1';

export interface SecurityObjectContent {
  readonly signer: DocumentSignerId;
  readonly hash: HashName;
  /** V1 names the LDS version inside (LDS 1.8), V0 does not (LDS 1.7). */
  readonly version: 'V0' | 'V1';
  readonly dataGroups: ReadonlyMap<number, Uint8Array>;
  readonly issued: PlainDate;
  readonly expires: PlainDate;
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

/** EF.SOD: SignedData over the hashes of the data groups, with the signer's certificate (9303-10 §4.6.2), in DER. */
export function securityObject(content: SecurityObjectContent): Uint8Array {
  const { key, scheme } = documentSigners[content.signer];
  const certificate = documentSignerCertificate(content.signer, content.issued, content.expires);
  const eContent = lds(content);
  const attribute = (oid: string, value: Uint8Array): Uint8Array =>
    encodeTlv(0x30, encodeOid(oid), encodeTlv(0x31, value));
  // In the order of DER's SET OF: the shorter encoding first (X.690 §11.6).
  const attributes = [
    attribute('1.2.840.113549.1.9.3', encodeOid(ldsSecurityObject)),
    attribute('1.2.840.113549.1.9.5', time(content.issued)),
    attribute('1.2.840.113549.1.9.4', encodeTlv(0x04, digest(scheme.hash, eContent))),
  ];
  const digestAlgorithm = hashAlgorithm(scheme.hash, 'absent');
  const identifier = encodeTlv(0x30, distinguishedName(certificate.issuer), encodeInteger(serialNumber(certificate)));
  const signerInfo = encodeTlv(
    0x30,
    encodeInteger(1),
    identifier,
    digestAlgorithm,
    encodeTlv(0xa0, ...attributes),
    signatureAlgorithm(scheme),
    // RFC 5652 §5.4: signed as a SET, whatever tag they carry inside.
    encodeTlv(0x04, signWith(issuingKey(key), scheme, encodeTlv(0x31, ...attributes))),
  );
  const signed = encodeTlv(
    0x30,
    encodeInteger(3),
    encodeTlv(0x31, digestAlgorithm),
    encodeTlv(0x30, encodeOid(ldsSecurityObject), encodeTlv(0xa0, encodeTlv(0x04, eContent))),
    encodeTlv(0xa0, issueCertificate(certificate)),
    encodeTlv(0x31, signerInfo),
  );
  return encodeTlv(0x77, encodeTlv(0x30, encodeOid(signedData), encodeTlv(0xa0, signed)));
}
