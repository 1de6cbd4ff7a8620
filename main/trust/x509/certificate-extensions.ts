import { decodeInteger } from '../../document/der.ts';
import { decodeTlv, find, findAll, type Tlv } from '../../document/tlv.ts';
import { toHex } from '../../result/bytes.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { dayOf, expectTag, namedBit, oidOf, tag, textOf } from './asn1-values.ts';
import { parseName } from './distinguished-name.ts';
import { distributionAddresses } from './distribution-addresses.ts';
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
  /** Where the issuer's revocation list lies (`distributionAddresses`); null where the certificate names no place at all. */
  readonly revocationAddresses: readonly string[] | null;
  /** Critical extensions that this reader does not know: who must rely on the certificate refuses it (RFC 5280 §4.2). */
  readonly unknownCritical: readonly string[];
  /** Extensions that are not critical and not written as they should be: absent, or a bare key identifier as it stands. */
  readonly unreadable: readonly string[];
}

/** The extensions that this reader knows: no other may be critical. */
export const knownExtensions: ReadonlySet<string> = new Set([
  oid.subjectKeyIdentifier,
  oid.keyUsage,
  oid.privateKeyUsagePeriod,
  oid.subjectAltName,
  oid.issuerAltName,
  oid.basicConstraints,
  oid.authorityKeyIdentifier,
  oid.extendedKeyUsage,
  oid.documentType,
  oid.revocationDistributionPoints,
  // Certificate policies say nothing that a check could act on.
  '2.5.29.32',
]);

// GeneralNames (RFC 5280 §4.2.1.6): directoryName is [4].
function locality(names: Tlv): string | null {
  const directoryNames = findAll(expectTag(names, tag.sequence, 'names'), 0xa4).map(({ children }) =>
    parseName(children[0]),
  );
  return directoryNames.find(({ locality: found }) => found !== '')?.locality ?? null;
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
  const ca = find(expectTag(value, tag.sequence, 'basic constraints'), tag.boolean);
  const stated = find(value, tag.integer);
  const pathLength = stated === null ? null : Number(decodeInteger(stated.value));
  if (pathLength !== null && pathLength < 0) throw new Failure('tlv.malformed', { reason: 'path length' });
  return { ca: ca !== null && (ca.value[0] ?? 0) !== 0, pathLength };
}

interface Extension {
  readonly octets: Uint8Array;
  readonly critical: boolean;
}

interface KeyIdentifier {
  readonly bytes: Uint8Array;
  readonly bare: boolean;
}

const longestBareIdentifier = 64;

// KeyIdentifier ::= OCTET STRING (RFC 5280 §4.2.1.2). Lithuania's link certificates hold its bytes without it: bytes as they
// stand are what others name the key by.
function keyIdentifier(octets: Uint8Array, inner: (node: Tlv) => Uint8Array | null): KeyIdentifier | null {
  try {
    const bytes = inner(decodeTlv(octets));
    return bytes === null ? null : { bytes, bare: false };
  } catch (thrown) {
    if (octets.length === 0 || octets.length > longestBareIdentifier) throw thrown;
    return { bytes: octets, bare: true };
  }
}

function extensionsByName(node: Tlv | null): ReadonlyMap<string, Extension | null> {
  const values = new Map<string, Extension | null>();
  for (const extension of node?.children ?? []) {
    const [name, ...rest] = expectTag(extension, tag.sequence, 'extension').children;
    const identifier = oidOf(name);
    if (values.has(identifier)) throw new Failure('tlv.malformed', { reason: 'extension twice' });
    const flag = find(extension, tag.boolean);
    const critical = flag !== null && flag.value[0] !== 0;
    const value = rest.at(-1);
    if (value?.tag !== tag.octetString && critical) throw new Failure('tlv.malformed', { reason: 'extension' });
    values.set(identifier, value?.tag === tag.octetString ? { octets: value.value, critical } : null);
  }
  return values;
}

/**
 * Reads Extensions (RFC 5280 §4.1.2.9). One that cannot be read counts as absent where it is not critical (§4.2: it may be
 * ignored) and is told; a critical one, or one that occurs twice, makes the whole malformed. Fails with `tlv.*`.
 */
export function parseExtensions(node: Tlv | null): CertificateExtensions {
  const values = extensionsByName(node);
  const unreadable: string[] = [...values].filter(([, value]) => value === null).map(([name]) => name);
  const readOctets = <Value>(name: string, reader: (octets: Uint8Array) => Value): Value | null => {
    const extension = values.get(name);
    if (extension === undefined || extension === null) return null;
    try {
      return reader(extension.octets);
    } catch (thrown) {
      if (asFailure(thrown).code === 'internal.unexpected' || extension.critical) throw thrown;
      unreadable.push(name);
      return null;
    }
  };
  const read = <Value>(name: string, reader: (value: Tlv) => Value): Value | null =>
    readOctets(name, (octets) => reader(decodeTlv(octets)));
  const identifier = (name: string, inner: (node: Tlv) => Uint8Array | null): string | null => {
    const found = readOctets(name, (octets) => keyIdentifier(octets, inner));
    if (found?.bare === true) unreadable.push(name);
    return found === null || found.bytes.length === 0 ? null : toHex(found.bytes);
  };
  return {
    subjectKeyIdentifier: identifier(
      oid.subjectKeyIdentifier,
      (node) => expectTag(node, tag.octetString, 'key identifier').value,
    ),
    authorityKeyIdentifier: identifier(
      oid.authorityKeyIdentifier,
      (node) => find(expectTag(node, tag.sequence, 'key identifier'), 0x80)?.value ?? null,
    ),
    keyUsage: read(oid.keyUsage, (value) => {
      expectTag(value, tag.bitString, 'key usage');
      return {
        digitalSignature: namedBit(value, 0),
        keyCertSign: namedBit(value, 5),
        cRLSign: namedBit(value, 6),
      };
    }),
    extendedKeyUsage: read(oid.extendedKeyUsage, (value) =>
      expectTag(value, tag.sequence, 'extended key usage').children.map(oidOf),
    ),
    basicConstraints: read(oid.basicConstraints, basicConstraints),
    privateKeyUsagePeriod: read(oid.privateKeyUsagePeriod, usagePeriod),
    subjectLocality: read(oid.subjectAltName, locality),
    issuerLocality: read(oid.issuerAltName, locality),
    documentTypes: read(oid.documentType, documentTypes),
    // One that cannot be read names a place all the same.
    revocationAddresses: values.has(oid.revocationDistributionPoints)
      ? (read(oid.revocationDistributionPoints, distributionAddresses) ?? [])
      : null,
    unknownCritical: [...values]
      .filter(([name, value]) => value?.critical === true && !knownExtensions.has(name))
      .map(([name]) => name),
    unreadable,
  };
}
