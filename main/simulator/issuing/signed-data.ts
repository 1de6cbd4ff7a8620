import { type BaseBlock, ObjectIdentifier } from 'asn1js';
import {
  Attribute,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { digest } from '../../crypto/hash.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { encoded, integer, octetString, setOf } from './asn1.ts';
import type { CertificateContent } from './certificate-content.ts';
import { certificateOf, serialNumber } from './certificates.ts';
import { type DocumentSigner, type DocumentSignerId, documentSigners } from './document-signers.ts';
import { documentSignerCertificate } from './issuers.ts';
import { issuingKey } from './issuing-keys.ts';
import { distinguishedName } from './names.ts';
import { hashAlgorithm, signatureAlgorithm, signWith } from './signature-algorithms.ts';
import { time } from './times.ts';

/** Who signs, and for which document. */
export interface Signing {
  readonly signer: DocumentSignerId;
  readonly issued: PlainDate;
  readonly expires: PlainDate;
  /** Changes the certificate before it is signed. */
  readonly certificate?: (certificate: CertificateContent) => CertificateContent;
}

// In the order of DER's SET OF (X.690 §11.6).
function inOrder(attributes: readonly Attribute[]): Attribute[] {
  const keyed = attributes.map((attribute) => ({ attribute, bytes: Buffer.from(encoded(attribute.toSchema())) }));
  return keyed.toSorted((first, second) => first.bytes.compare(second.bytes)).map(({ attribute }) => attribute);
}

function attributesOf(values: readonly (readonly [string, BaseBlock])[]): Attribute[] {
  return inOrder(values.map(([type, value]) => new Attribute({ type, values: [value] })));
}

/** ContentInfo with SignedData that holds its signer's certificate; `indefinite`: BER with indefinite length (X.690 §8.1.3.6). */
export function signedData(
  { signer, issued, expires, certificate: change }: Signing,
  contentType: string,
  content: Uint8Array,
  indefinite: boolean,
): BaseBlock {
  const { key, scheme, digestAlgorithm: stated }: DocumentSigner = documentSigners[signer];
  const usual = documentSignerCertificate(signer, issued, expires);
  const certificate = change?.(usual) ?? usual;
  const hash = stated ?? scheme.hash;
  const attributes = attributesOf([
    ['1.2.840.113549.1.9.3', new ObjectIdentifier({ value: contentType })],
    ['1.2.840.113549.1.9.5', time(issued).toSchema()],
    ['1.2.840.113549.1.9.4', octetString(digest(hash, content))],
  ]);
  // RFC 5652 §5.4: signed as a SET, whatever tag they carry inside.
  const signed = encoded(setOf(...attributes.map((attribute) => attribute.toSchema())));
  const digestAlgorithm = hashAlgorithm(hash, 'absent');
  const signerInfo = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({
      issuer: distinguishedName(certificate.issuer),
      serialNumber: integer(serialNumber(certificate)),
    }),
    digestAlgorithm,
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: signatureAlgorithm(scheme),
    signature: octetString(signWith(issuingKey(key), { ...scheme, hash }, signed)),
  });
  const encapContentInfo = new EncapsulatedContentInfo({ eContentType: contentType });
  // Not by the constructor, which cuts an OCTET STRING into a constructed one: BER, which Doc 9303 does not allow.
  encapContentInfo.eContent = octetString(content);
  const body = new SignedData({
    digestAlgorithms: [digestAlgorithm],
    encapContentInfo,
    certificates: [certificateOf(certificate)],
    signerInfos: [signerInfo],
  }).toSchema();
  // Whatever encloses an object of indefinite length becomes one itself.
  body.lenBlock.isIndefiniteForm = indefinite;
  return new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: body }).toSchema();
}
