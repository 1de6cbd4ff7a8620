import { digest } from '../../../main/crypto/hash.ts';
import { encodeInteger } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { type PlainDate, parsePlainDate } from '../../../main/result/plain-date.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import type { StoredCertificate, StoredRevocationList, TrustLookup } from '../../../main/trust/types.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { summarise } from '../../../main/trust/x509/summarise.ts';
import { extension, testName } from '../../support/test-pki.ts';
import { ascii, assemble, type Change } from './parts.ts';
import { authorityKey, pss, type Signing, signerKey, signing } from './signing.ts';

/** The day on which every inspection takes place: that of the plan's version 1.5, when its document was in date. */
export const inspectionDay: PlainDate = parsePlainDate('2020-02-10') as PlainDate;

/** Who signs what: the authority its own certificate and the signer's, the signer the security object. */
export interface Chain {
  readonly authority: Signing;
  readonly signer: Signing;
}

/** RSA 3072 and RSA 2048, both RSASSA-PSS with SHA-256. */
export const defaultChain: Chain = {
  authority: signing(authorityKey, pss('SHA-256')),
  signer: signing(signerKey, pss('SHA-256')),
};

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts);
const bitString = (bytes: Uint8Array): Uint8Array => encodeTlv(0x03, Uint8Array.of(0), bytes);
const yes = encodeTlv(0x01, Uint8Array.of(0xff));

export function utcTime(text: string): Uint8Array {
  return encodeTlv(0x17, ascii(`${text}000000Z`));
}

export const names = {
  authority: testName([
    ['2.5.4.6', 'DE'],
    ['2.5.4.10', 'Styrk'],
    ['2.5.4.3', 'Conformance CSCA'],
  ]),
  signer: testName([
    ['2.5.4.6', 'DE'],
    ['2.5.4.10', 'Styrk'],
    ['2.5.4.3', 'Conformance Document Signer'],
  ]),
} as const;

export function keyIdentifierOf({ publicKeyInfo }: Signing): Uint8Array {
  return digest('SHA-1', publicKeyInfo);
}

export type BodyPart =
  | 'version'
  | 'serialNumber'
  | 'signature'
  | 'issuer'
  | 'validity'
  | 'subject'
  | 'subjectPublicKeyInfo'
  | 'extensions';
export type ExtensionPart = 'authorityKeyIdentifier' | 'subjectKeyIdentifier' | 'keyUsage' | 'basicConstraints';
export type CertificatePart = 'tbsCertificate' | 'signatureAlgorithm' | 'signatureValue';

/** What a case does to a document signer's certificate before, or after, the authority signs it. */
export interface CertificateChange {
  readonly body?: Change<BodyPart>;
  readonly extensions?: Change<ExtensionPart>;
  readonly outer?: Change<CertificatePart>;
  /** Replaces the finished signature. */
  readonly signature?: (value: Uint8Array) => Uint8Array;
}

// The profile SHA-1 is of documents that may rest on it: made before 2018 (docs/policies.md).
const firstDay = '170601';

interface CertificateContent {
  readonly subject: Uint8Array;
  readonly key: Signing;
  readonly issuer: Signing;
  readonly serialNumber: number;
  readonly extensions: Readonly<Record<ExtensionPart, Uint8Array>>;
}

function certificate(content: CertificateContent, change: CertificateChange = {}): Uint8Array {
  const { issuer, key } = content;
  const body = sequence(
    assemble<BodyPart>(
      {
        version: encodeTlv(0xa0, encodeInteger(2)),
        serialNumber: encodeInteger(content.serialNumber),
        signature: issuer.algorithm,
        issuer: names.authority,
        validity: sequence(utcTime(firstDay), utcTime('320101')),
        subject: content.subject,
        subjectPublicKeyInfo: key.publicKeyInfo,
        extensions: encodeTlv(0xa3, sequence(assemble(content.extensions, change.extensions))),
      },
      change.body,
    ),
  );
  const value = issuer.sign(body);
  return sequence(
    assemble<CertificatePart>(
      {
        tbsCertificate: body,
        signatureAlgorithm: issuer.algorithm,
        signatureValue: bitString(change.signature?.(value) ?? value),
      },
      change.outer,
    ),
  );
}

function identifiers(
  key: Signing,
  issuer: Signing,
): Record<'authorityKeyIdentifier' | 'subjectKeyIdentifier', Uint8Array> {
  return {
    authorityKeyIdentifier: extension('2.5.29.35', sequence(encodeTlv(0x80, keyIdentifierOf(issuer)))),
    subjectKeyIdentifier: extension('2.5.29.14', encodeTlv(0x04, keyIdentifierOf(key))),
  };
}

export const signerSerialNumber = 17;

/** keyUsage with these bits of its first byte. */
export function keyUsage(bits: number, critical = true): Uint8Array {
  return extension('2.5.29.15', encodeTlv(0x03, Uint8Array.of(0, bits)), critical);
}

export function signerCertificate({ authority, signer }: Chain, change: CertificateChange = {}): Uint8Array {
  const extensions = {
    ...identifiers(signer, authority),
    keyUsage: keyUsage(0x80),
    basicConstraints: new Uint8Array(),
  };
  const content = {
    subject: names.signer,
    key: signer,
    issuer: authority,
    serialNumber: signerSerialNumber,
    extensions,
  };
  return certificate(content, change);
}

function authorityCertificate({ authority }: Chain): Uint8Array {
  const extensions = {
    ...identifiers(authority, authority),
    keyUsage: keyUsage(0x06),
    basicConstraints: extension('2.5.29.19', sequence(yes, encodeInteger(0)), true),
  };
  return certificate({ subject: names.authority, key: authority, issuer: authority, serialNumber: 1, extensions });
}

// A list of revoked certificates (RFC 5280 §5.1), fresh on the day of inspection.
function revocationList({ authority }: Chain, revoked: readonly number[]): Uint8Array {
  const entries = revoked.map((serial) => sequence(encodeInteger(serial), utcTime('200105')));
  const body = sequence(
    encodeInteger(1),
    authority.algorithm,
    names.authority,
    utcTime('200120'),
    utcTime('200420'),
    entries.length === 0 ? new Uint8Array() : sequence(...entries),
    encodeTlv(0xa0, sequence(extension('2.5.29.20', encodeInteger(7)))),
  );
  return sequence(body, authority.algorithm, bitString(authority.sign(body)));
}

function storedCertificate(der: Uint8Array): StoredCertificate {
  const summary = summarise(parseCertificate(der), 'self-signed');
  const source = { kind: 'master-list', digest: summary.fingerprint, date: parsePlainDate('2020-01-20') } as const;
  return { summary, der, verifiedBy: summary.fingerprint, sources: [source] };
}

function storedList(der: Uint8Array): StoredRevocationList {
  const list = parseRevocationList(der);
  return {
    fingerprint: list.fingerprint,
    country: 'DE',
    issuer: list.issuer.text,
    issuerKey: list.issuer.key,
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    number: list.number,
    entries: list.revoked.size,
    der,
  };
}

/** What a case changes of the keys and lists that the inspection system is given beforehand. */
export interface TrustChange {
  readonly revoked?: readonly number[];
  /** Document signers that some directory has published. */
  readonly published?: readonly Uint8Array[];
}

/** The authority of the chain, believed without an import, and its revocation list. */
export function trustIn(chain: Chain, change: TrustChange = {}): TrustLookup {
  const store = new TrustStore([storedCertificate(authorityCertificate(chain))]);
  const list = storedList(revocationList(chain, change.revoked ?? []));
  return {
    candidates: (query) => store.candidates(query),
    size: () => store.size(),
    revocationLists: async () => [list],
    documentSigners: async () => change.published ?? [],
    defectLists: async () => [],
  };
}
