import type { BaseBlock } from 'asn1js';
import {
  AltName,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CRLDistributionPoints,
  DistributionPoint,
  Extension,
  GeneralName,
  PrivateKeyUsagePeriod,
} from 'pkijs';
import { bitString, integer, octetString, printableString, sequence, setOf } from './asn1.ts';
import type { Authority, CertificateContent } from './certificate-content.ts';
import type { IssuingKey } from './issuing-keys.ts';
import { localityOf } from './names.ts';
import { keyIdentifier } from './public-key-info.ts';
import { instant } from './times.ts';

// GeneralName (RFC 5280 §4.2.1.6).
const uniformResourceIdentifier = 6;
const directoryName = 4;

/** Extension (RFC 5280 §4.1). */
export function extension(extnID: string, value: BaseBlock, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() });
}

/** authorityKeyIdentifier of what that key signs (RFC 5280 §4.2.1.1). */
export function authorityKeyIdentifier(issuerKey: IssuingKey): Extension {
  const identifier = new AuthorityKeyIdentifier({ keyIdentifier: octetString(keyIdentifier(issuerKey)) });
  return extension('2.5.29.35', identifier.toSchema());
}

/** issuerAltName: the code of the state (9303-12 §7.1.1.2). */
export function issuerAlternativeName(issuer: Authority): Extension {
  return extension('2.5.29.18', alternativeName(issuer));
}

/** Where an authority publishes its list: a name of a domain that never is (RFC 2606 §2). */
function distributionPoints({ state }: Authority): BaseBlock {
  const value = `http://specimen.styrk.invalid/crl/${state}.crl`;
  const point = new DistributionPoint({
    distributionPoint: [new GeneralName({ type: uniformResourceIdentifier, value })],
  });
  return new CRLDistributionPoints({ distributionPoints: [point] }).toSchema();
}

function alternativeName(authority: Authority): BaseBlock {
  return new AltName({
    altNames: [new GeneralName({ type: directoryName, value: localityOf(authority) })],
  }).toSchema();
}

// 9303-12 §7.1.1.6: version 0 and a SET OF the codes.
function documentTypeList(codes: readonly string[], form: CertificateContent['documentTypesForm']): BaseBlock {
  const list = codes.map(printableString);
  return form === 'bare' ? sequence(...list) : sequence(integer(0), setOf(...list));
}

// keyUsage: digitalSignature is bit 0; keyCertSign and cRLSign are bits 5 and 6.
function ofAuthority(): readonly Extension[] {
  return [
    extension('2.5.29.15', bitString(Uint8Array.of(0x06), 1), true),
    extension('2.5.29.19', new BasicConstraints({ cA: true, pathLenConstraint: 0 }).toSchema(), true),
  ];
}

function ofDocumentSigner({ documentCodes, documentTypesForm }: CertificateContent): readonly Extension[] {
  const usage = extension('2.5.29.15', bitString(Uint8Array.of(0x80), 7), true);
  if (documentCodes === null) return [usage];
  return [usage, extension('2.23.136.1.1.6.2', documentTypeList(documentCodes, documentTypesForm))];
}

/** The extensions of a certificate by the profile of 9303-12 §7.1. */
export function certificateExtensions(content: CertificateContent): Extension[] {
  const usage = new PrivateKeyUsagePeriod({
    notBefore: instant(content.notBefore),
    notAfter: instant(content.signsUntil),
  });
  return [
    authorityKeyIdentifier(content.issuerKey),
    extension('2.5.29.14', octetString(keyIdentifier(content.key))),
    ...(content.kind === 'CSCA' ? ofAuthority() : ofDocumentSigner(content)),
    extension('2.5.29.16', usage.toSchema()),
    extension('2.5.29.17', alternativeName(content.subject)),
    issuerAlternativeName(content.issuer),
    extension('2.5.29.31', distributionPoints(content.issuer)),
  ];
}
