import { digest } from '../../crypto/hash.ts';
import { toHex } from '../../result/bytes.ts';
import { addDays, addYears, type PlainDate, plainDate } from '../../result/plain-date.ts';
import { encoded } from './asn1.ts';
import type { CertificateContent } from './certificate-content.ts';
import { issueCertificate } from './certificates.ts';
import { type CountrySigner, countrySigners } from './country-signers.ts';
import { type DocumentSigner, type DocumentSignerId, documentSigners } from './document-signers.ts';
import { issuingKey, issuingKeyIds } from './issuing-keys.ts';
import { subjectPublicKeyInfo } from './public-key-info.ts';

// A training folder keeps the anchors that it imported on its first day, so they hold for as long as anyone trains.
const anchorsFrom = day(2015, 1, 1);
const anchorsUntil = day(2049, 12, 31);

function day(year: number, month: number, dayOfMonth: number): PlainDate {
  const date = plainDate(year, month, dayOfMonth);
  if (date === null) throw new RangeError('no such day');
  return date;
}

function selfSigned({ authority, key: id, scheme, parameters }: CountrySigner): Uint8Array {
  const key = issuingKey(id);
  return issueCertificate({
    subject: authority,
    issuer: authority,
    key,
    issuerKey: key,
    scheme,
    parameters,
    notBefore: anchorsFrom,
    notAfter: anchorsUntil,
    signsUntil: anchorsUntil,
    kind: 'CSCA',
    documentCodes: null,
    documentTypesForm: 'standard',
  });
}

let anchors: readonly Uint8Array[] | null = null;

/** The certificates of the specimens' CSCAs (DER) that a training trust store believes; the unknown issuer is not among them. */
export function trainingAnchors(): readonly Uint8Array[] {
  const { 'csca-unknown': _unknown, ...believed } = countrySigners;
  anchors ??= Object.values(believed).map(selfSigned);
  return anchors.map((anchor) => anchor.slice());
}

/** What a document signer's certificate says for a document issued on that day and valid until the other. */
export function documentSignerCertificate(
  id: DocumentSignerId,
  issued: PlainDate,
  expires: PlainDate,
): CertificateContent {
  const signer: DocumentSigner = documentSigners[id];
  const issuer: CountrySigner = countrySigners[signer.issuer];
  return {
    subject: { ...issuer.authority, commonName: `Styrk Specimen Document Signer ${id}` },
    issuer: issuer.authority,
    key: issuingKey(signer.key),
    issuerKey: issuingKey(issuer.key),
    scheme: issuer.scheme,
    parameters: signer.parameters,
    notBefore: addDays(issued, -30),
    // 9303-12 §4.1.1.1: valid for at least as long as the documents that it signed. An expired document must fail for
    // that alone, so its signer lives on.
    notAfter: addYears(expires, 5),
    signsUntil: addDays(issued, 60),
    kind: 'document signer',
    documentCodes: signer.documentCodes,
    documentTypesForm: signer.documentTypesForm ?? 'standard',
    oneNumber: signer.revoked === true,
  };
}

let fingerprints: ReadonlySet<string> | null = null;

/**
 * SHA-256 over subjectPublicKeyInfo, lower-case hex, of every issuing key that is published with the specimens: CSCAs,
 * document signers and the unknown issuer, with named and with explicit parameters. Import refuses them outside training, by
 * `resources/training-issuers.json`.
 */
export function publishedIssuerKeyFingerprints(): ReadonlySet<string> {
  const forms = ['explicit', 'named'] as const;
  fingerprints ??= new Set(
    issuingKeyIds.flatMap((id) =>
      forms.map((form) => toHex(digest('SHA-256', encoded(subjectPublicKeyInfo(issuingKey(id), form).toSchema())))),
    ),
  );
  return fingerprints;
}
