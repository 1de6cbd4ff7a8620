import type { BaseBlock } from 'asn1js';
import { Constructed } from 'asn1js';
import { digest, type HashName } from '../../crypto/hash.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { encoded, integer, octetString, printableString, Raw, sequence } from './asn1.ts';
import type { CertificateContent } from './certificate-content.ts';
import type { DocumentSignerId } from './document-signers.ts';
import { hashAlgorithm } from './signature-algorithms.ts';
import { signedData } from './signed-data.ts';

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

function lds({ hash, version, dataGroups }: SecurityObjectContent): BaseBlock {
  const hashes = [...dataGroups].map(([number, file]) => sequence(integer(number), octetString(digest(hash, file))));
  const versions = sequence(printableString('0108'), printableString('040000'));
  return sequence(
    integer(version === 'V0' ? 0 : 1),
    hashAlgorithm(hash, version === 'V0' ? 'null' : 'absent').toSchema(),
    sequence(...hashes),
    ...(version === 'V0' ? [] : [versions]),
  );
}

/** The file's own tag, 77: a constructed object of the class `application`. */
const fileTag = { tagClass: 2, tagNumber: 0x17 };

/** EF.SOD: SignedData over the hashes of the data groups, with the signer's certificate (9303-10 §4.6.2). */
export function securityObject(content: SecurityObjectContent): Uint8Array {
  const contentType = content.form === 'old identifier' ? oldLdsSecurityObject : ldsSecurityObject;
  const indefinite = content.form === 'indefinite length';
  const contentInfo = encoded(signedData(content, contentType, encoded(lds(content)), indefinite));
  const value = [new Raw(content.contentInfo?.(contentInfo) ?? contentInfo)];
  return encoded(new Constructed({ idBlock: fileTag, lenBlock: { isIndefiniteForm: indefinite }, value }));
}

/** EF.CardSecurity: SecurityInfos, signed as EF.SOD is (9303-11 §9.2.12 by way of TR-03110-3 §A.1.2.5), in DER. */
export function cardSecurity(
  content: Pick<SecurityObjectContent, 'signer' | 'issued' | 'expires' | 'certificate'>,
  securityInfos: Uint8Array,
): Uint8Array {
  return encoded(signedData(content, cardSecurityObject, securityInfos, false));
}
