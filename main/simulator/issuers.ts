import { digest } from '../crypto/hash.ts';
import { toHex } from '../result/bytes.ts';
import { addDays, addYears, type PlainDate, plainDate } from '../result/plain-date.ts';
import { type Authority, type CertificateContent, issueCertificate } from './certificates.ts';
import {
  type IssuingKeyId,
  issuingKey,
  issuingKeyIds,
  type SignatureScheme,
  subjectPublicKeyInfo,
} from './issuing-keys.ts';

interface CountrySigner {
  readonly authority: Authority;
  readonly key: IssuingKeyId;
  readonly scheme: SignatureScheme;
  readonly parameters: 'explicit' | 'named';
}

const sweden = { country: 'SE', state: 'SWE', commonName: 'Styrk Specimen CSCA SE' };
const germany = { country: 'DE', state: 'D', commonName: 'Styrk Specimen CSCA DE' };

/** Like Sweden's own, both Swedish CSCAs have one name and different keys: only the key identifier tells them apart. */
const countrySigners = {
  'csca-se': {
    authority: sweden,
    key: 'csca-se',
    scheme: { name: 'ECDSA', hash: 'SHA-512' },
    parameters: 'explicit',
  },
  'csca-se-rsa': {
    authority: sweden,
    key: 'csca-se-rsa',
    scheme: { name: 'RSASSA-PSS', hash: 'SHA-256' },
    parameters: 'explicit',
  },
  'csca-de': {
    authority: germany,
    key: 'csca-de',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'explicit',
  },
  'csca-unknown': {
    authority: { country: 'SE', state: 'SWE', commonName: 'Styrk Specimen Unknown CSCA SE' },
    key: 'csca-unknown',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'named',
  },
} as const satisfies Record<string, CountrySigner>;

/** A document signer: whose it is, how it signs, which documents. */
export interface DocumentSigner {
  readonly issuer: keyof typeof countrySigners;
  readonly key: IssuingKeyId;
  readonly scheme: SignatureScheme;
  readonly parameters: 'explicit' | 'named';
  readonly documentCodes: readonly string[];
}

export const documentSigners = {
  'ds-se': {
    issuer: 'csca-se',
    key: 'ds-se',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-se-384': {
    issuer: 'csca-se',
    key: 'ds-se-384',
    scheme: { name: 'ECDSA', hash: 'SHA-384' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-se-512': {
    issuer: 'csca-se',
    key: 'ds-se-512',
    scheme: { name: 'ECDSA', hash: 'SHA-512' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-se-id': {
    issuer: 'csca-se',
    key: 'ds-se-id',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['I'],
  },
  'ds-se-rsa': {
    issuer: 'csca-se-rsa',
    key: 'ds-se-rsa',
    scheme: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-se-pss': {
    issuer: 'csca-se-rsa',
    key: 'ds-se-pss',
    scheme: { name: 'RSASSA-PSS', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-de': {
    issuer: 'csca-de',
    key: 'ds-de',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'explicit',
    documentCodes: ['P'],
  },
  'ds-unknown': {
    issuer: 'csca-unknown',
    key: 'ds-unknown',
    scheme: { name: 'ECDSA', hash: 'SHA-256' },
    parameters: 'named',
    documentCodes: ['P'],
  },
} as const satisfies Record<string, DocumentSigner>;
export type DocumentSignerId = keyof typeof documentSigners;

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
    documentCodes: null,
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
    documentCodes: signer.documentCodes,
  };
}

let fingerprints: ReadonlySet<string> | null = null;

/**
 * SHA-256 over subjectPublicKeyInfo, lower-case hex, of every issuing key that is published with the specimens: CSCAs,
 * document signers and the unknown issuer, with named and with explicit parameters. Import refuses them outside training.
 */
export function publishedIssuerKeyFingerprints(): ReadonlySet<string> {
  const forms = ['explicit', 'named'] as const;
  fingerprints ??= new Set(
    issuingKeyIds.flatMap((id) =>
      forms.map((form) => toHex(digest('SHA-256', subjectPublicKeyInfo(issuingKey(id), form)))),
    ),
  );
  return fingerprints;
}
