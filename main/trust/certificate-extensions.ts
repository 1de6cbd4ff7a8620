import { decodeInteger } from '../document/der.ts';
import { decodeTlv, find, findAll, type Tlv } from '../document/tlv.ts';
import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { dayOf, expectTag, namedBit, oidOf, tag, textOf } from './asn1-values.ts';
import { parseName } from './distinguished-name.ts';
import { oid } from './object-identifiers.ts';

/** The extensions that decide or are shown (9303-12 §7.1); null or empty where a certificate has none. */
export interface CertificateExtensions {
  /** Lower-case hex. */
  readonly subjectKeyIdentifier: string | null;
  readonly authorityKeyIdentifier: string | null;
  readonly keyUsage: {
    readonly digitalSignature: boolean;
    readonly keyCertSign: boolean;
    readonly cRLSign: boolean;
  } | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  readonly privateKeyUsagePeriod: { readonly notBefore: PlainDate | null; readonly notAfter: PlainDate | null } | null;
  /** localityName of subjectAltName and issuerAltName: the three-letter code of the MRZ (9303-12 §7.1.1.2). */
  readonly subjectLocality: string | null;
  readonly issuerLocality: string | null;
  /** Document codes of the MRZ that a document signer may sign (9303-12 §7.1.1.6). */
  readonly documentTypes: readonly string[] | null;
  /** Critical extensions that this reader does not know: who must rely on the certificate refuses it (RFC 5280 §4.2). */
  readonly unknownCritical: readonly string[];
}

const localityName = /(?:^|[,+])L=([^,+]*)/;
const known: ReadonlySet<string> = new Set([
  oid.subjectKeyIdentifier,
  oid.keyUsage,
  oid.privateKeyUsagePeriod,
  oid.subjectAltName,
  oid.issuerAltName,
  oid.basicConstraints,
  oid.authorityKeyIdentifier,
  oid.extendedKeyUsage,
  oid.documentType,
  // Certificate policies and CRL distribution points say nothing that a check without network could act on.
  '2.5.29.32',
  '2.5.29.31',
]);

// GeneralNames (RFC 5280 §4.2.1.6): directoryName is [4].
function locality(names: Tlv): string | null {
  for (const name of findAll(names, 0xa4)) {
    const found = localityName.exec(parseName(name.children[0]).text);
    if (found?.[1] !== undefined) return found[1].trim().toUpperCase();
  }
  return null;
}

// SEQUENCE { version, SET OF PrintableString }; the Philippines write a SEQUENCE of the strings alone.
function documentTypes(value: Tlv): string[] {
  const strings = find(value, tag.set)?.children ?? value.children.filter((child) => child.tag !== tag.integer);
  const codes = strings.map((node) => textOf(node).replace(/[<\s]/g, '').toUpperCase());
  // What is no document code allows nothing.
  return codes.filter((code) => /^[A-Z]{1,2}$/.test(code));
}

// RFC 5280 §4.2.1.4 gives implicit tags: [0] notBefore, [1] notAfter, both GeneralizedTime.
function usagePeriod(value: Tlv): CertificateExtensions['privateKeyUsagePeriod'] {
  const [notBefore, notAfter] = [find(value, 0x80), find(value, 0x81)].map((node) =>
    node === null ? null : dayOf({ ...node, tag: tag.generalizedTime }),
  );
  return { notBefore: notBefore ?? null, notAfter: notAfter ?? null };
}

function basicConstraints(value: Tlv): CertificateExtensions['basicConstraints'] {
  const ca = find(value, tag.boolean);
  const pathLength = find(value, tag.integer);
  return {
    ca: ca !== null && (ca.value[0] ?? 0) !== 0,
    pathLength: pathLength === null ? null : Number(decodeInteger(pathLength.value)),
  };
}

/** Reads Extensions (RFC 5280 §4.1.2.9). One that occurs twice makes the whole malformed. Fails with `tlv.*`. */
export function parseExtensions(node: Tlv | null): CertificateExtensions {
  const values = new Map<string, Uint8Array>();
  const unknownCritical: string[] = [];
  for (const extension of node?.children ?? []) {
    const name = oidOf(expectTag(extension, tag.sequence, 'extension').children[0]);
    const octets = expectTag(extension.children.at(-1), tag.octetString, 'extension').value;
    if (values.has(name)) throw new Failure('tlv.malformed', { reason: 'extension twice' });
    values.set(name, octets);
    const critical = find(extension, tag.boolean);
    if (critical !== null && critical.value[0] !== 0 && !known.has(name)) unknownCritical.push(name);
  }
  const read = <Value>(name: string, reader: (value: Tlv) => Value): Value | null => {
    const octets = values.get(name);
    return octets === undefined ? null : reader(decodeTlv(octets));
  };
  return {
    subjectKeyIdentifier: read(oid.subjectKeyIdentifier, (value) => toHex(value.value)),
    authorityKeyIdentifier: read(oid.authorityKeyIdentifier, (value) => {
      const identifier = find(value, 0x80);
      return identifier === null ? null : toHex(identifier.value);
    }),
    keyUsage: read(oid.keyUsage, (value) => {
      expectTag(value, tag.bitString, 'key usage');
      return {
        digitalSignature: namedBit(value, 0),
        keyCertSign: namedBit(value, 5),
        cRLSign: namedBit(value, 6),
      };
    }),
    extendedKeyUsage: read(oid.extendedKeyUsage, (value) => value.children.map(oidOf)),
    basicConstraints: read(oid.basicConstraints, basicConstraints),
    privateKeyUsagePeriod: read(oid.privateKeyUsagePeriod, usagePeriod),
    subjectLocality: read(oid.subjectAltName, locality),
    issuerLocality: read(oid.issuerAltName, locality),
    documentTypes: read(oid.documentType, documentTypes),
    unknownCritical,
  };
}
