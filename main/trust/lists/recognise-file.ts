import { decodeOid } from '../../document/der.ts';
import { readTlvHeader } from '../../document/tlv.ts';
import { Failure } from '../../result/failure.ts';
import { tag } from '../x509/asn1-values.ts';
import { oid } from '../x509/object-identifiers.ts';
import { pemBlocks } from '../x509/pem.ts';

/** What a file for the trust store is. PEM and DER of the same thing are the same kind. */
export const trustFileKinds = [
  'master-list',
  'certificate-bundle',
  'certificate',
  'revocation-list',
  'ldif',
  'defect-list',
  'deviation-list',
  'station-bundle',
] as const;
export type TrustFileKind = (typeof trustFileKinds)[number];

/** How many bytes from the start of a file are enough to tell what it is, where it is not armoured text. */
export const recognisableHead = 4_096;

/** The first line of a station bundle, by the version of its form. */
export const stationBundleMagic = { 1: 'styrk-station-bundle 1\n', 2: 'styrk-station-bundle 2\n' } as const;

const signedContents: ReadonlyMap<string, TrustFileKind> = new Map([
  [oid.masterList, 'master-list'],
  [oid.defectList, 'defect-list'],
  [oid.deviationList, 'deviation-list'],
  [oid.data, 'certificate-bundle'],
]);

interface Position {
  readonly tag: number;
  /** Where the contents begin, and where the next object does; null where the length is indefinite. */
  readonly contents: number;
  readonly next: number | null;
}

/**
 * What a file is, by its contents alone: names and endings say nothing. The head of a binary file or of an LDIF is enough
 * (`recognisableHead`); it is not read any further here, so a kind is no promise that the rest is whole. Fails with
 * `trust.file-unknown`.
 */
export function recogniseTrustFile(bytes: Uint8Array): TrustFileKind {
  const kind = bytes[0] === tag.sequence ? kindOfDer(bytes) : kindOfText(bytes);
  if (kind === null) throw new Failure('trust.file-unknown');
  return kind;
}

function kindOfText(bytes: Uint8Array): TrustFileKind | null {
  const head = new TextDecoder('utf-8').decode(bytes.subarray(0, recognisableHead));
  if (Object.values(stationBundleMagic).some((magic) => head.startsWith(magic))) return 'station-bundle';
  const blocks = pemBlocks(bytes);
  const [first] = blocks;
  if (first !== undefined) {
    const kind = kindOfDer(first.der);
    return kind === 'certificate' && blocks.length > 1 ? 'certificate-bundle' : kind;
  }
  // RFC 2849: comments and a version may come before the first entry. Line by line, so that no text can be read in two ways.
  return /^(?:[ \t]*(?:#[^\n]*|version:[ \t]*1[ \t]*)?\r?\n)*[ \t]*dn::?\s/i.test(head) ? 'ldif' : null;
}

function kindOfDer(bytes: Uint8Array): TrustFileKind | null {
  try {
    const outer = at(bytes, 0);
    const first = outer === null ? null : at(bytes, outer.contents);
    if (first === null) return null;
    if (first.tag === tag.oid) return kindOfContentInfo(bytes, first);
    return first.tag === tag.sequence ? kindOfSigned(bytes, first) : null;
  } catch {
    return null;
  }
}

// ContentInfo { signedData, [0] { version, digestAlgorithms, { eContentType, .. } } } (RFC 5652 §5.1).
function kindOfContentInfo(bytes: Uint8Array, type: Position): TrustFileKind | null {
  if (oidAt(bytes, type) !== oid.signedData) return null;
  const content = after(bytes, type);
  const signedData = content === null ? null : at(bytes, content.contents);
  const version = signedData === null ? null : at(bytes, signedData.contents);
  const encapsulated = after(bytes, after(bytes, version));
  const contentType = encapsulated === null ? null : at(bytes, encapsulated.contents);
  return contentType?.tag === tag.oid ? (signedContents.get(oidAt(bytes, contentType)) ?? null) : null;
}

// A certificate has its serial number before the algorithm and a validity SEQUENCE after the issuer; a revocation list has
// the time of this update there (RFC 5280 §4.1, §5.1).
function kindOfSigned(bytes: Uint8Array, signed: Position): TrustFileKind | null {
  let field = at(bytes, signed.contents);
  if (field?.tag === 0xa0) field = after(bytes, field);
  if (field?.tag === tag.integer) field = after(bytes, field);
  const issuer = after(bytes, field);
  const time = after(bytes, issuer);
  if (field?.tag !== tag.sequence || issuer?.tag !== tag.sequence) return null;
  if (time?.tag === tag.utcTime || time?.tag === tag.generalizedTime) return 'revocation-list';
  return time?.tag === tag.sequence ? 'certificate' : null;
}

function at(bytes: Uint8Array, offset: number): Position | null {
  const header = readTlvHeader(bytes, offset);
  if (header === null) return null;
  const contents = offset + header.headerLength;
  return { tag: header.tag, contents, next: header.length === null ? null : contents + header.length };
}

function after(bytes: Uint8Array, position: Position | null): Position | null {
  return position === null || position.next === null ? null : at(bytes, position.next);
}

function oidAt(bytes: Uint8Array, { contents, next }: Position): string {
  return decodeOid(bytes.subarray(contents, next ?? contents));
}
