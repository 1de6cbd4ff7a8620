import { decodeInteger } from '../../document/der.ts';
import { decodeTlv, find, readTlvHeader, type Tlv } from '../../document/tlv.ts';
import { equal, toHex } from '../../result/bytes.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { bitStringBytes, dayOf, expectTag, tag } from '../x509/asn1-values.ts';
import { type DistinguishedName, parseName } from '../x509/distinguished-name.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { oid } from '../x509/object-identifiers.ts';
import { revocationExtensions } from './revocation-extensions.ts';
import { RevokedCertificates } from './revoked-certificates.ts';

/** A certificate revocation list (RFC 5280 §5.1, 9303-12 §7.1.4). The arrays are views of `der`. */
export interface RevocationList {
  readonly der: Uint8Array;
  /** SHA-256 over `der`, lower-case hex. */
  readonly fingerprint: string;
  /** tbsCertList as it stands: what the signature covers. */
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: Tlv;
  readonly signature: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: PlainDate;
  readonly nextUpdate: PlainDate | null;
  /** Decimal, null where there is none. */
  readonly number: string | null;
  /** Lower-case hex. */
  readonly authorityKeyIdentifier: string | null;
  /** By serial number as `serialKey` writes it. */
  readonly revoked: RevokedCertificates;
}

const maximumListLength = 8 * 1024 * 1024;
const maximumNumberLength = 64;
const mostParts = 8;

/**
 * Reads one complete revocation list, nothing after it. Deltas, parts of lists and lists with critical extensions that this
 * reader does not know are refused: they do not say who is *not* revoked. Fails with `revocation.malformed`,
 * `revocation.not-complete`.
 */
export function parseRevocationList(bytes: Uint8Array): RevocationList {
  if (bytes.length > maximumListLength) throw new Failure('revocation.malformed', { reason: 'length' });
  try {
    return readList(bytes);
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    if (code === 'revocation.not-complete') throw thrown;
    throw new Failure('revocation.malformed', { reason: String(fields.reason ?? code) }, thrown);
  }
}

// The entries are a part of their own: as a tree they would be hundreds of megabytes.
function readList(bytes: Uint8Array): RevocationList {
  const [signed, signatureAlgorithm, signature, ...rest] = partsOf(sequenceOf(bytes));
  const fields = partsOf(sequenceOf(signed));
  const outerAlgorithm = expectTag(
    decodeTlv(signatureAlgorithm ?? new Uint8Array()),
    tag.sequence,
    'signature algorithm',
  );
  if (fields[0]?.[0] === tag.integer) fields.shift();
  const innerAlgorithm = fields.shift() ?? new Uint8Array();
  // RFC 5280 §5.1.1.2: the signed and the unsigned identifier are the same.
  if (rest.length > 0 || signature === undefined || !equal(innerAlgorithm, outerAlgorithm.raw))
    throw new Failure('revocation.malformed', { reason: 'signature algorithm differs' });
  const issuer = parseName(nodeOf(fields.shift()));
  const thisUpdate = dayOf(nodeOf(fields.shift()));
  const nextUpdate = isTime(fields[0]) ? dayOf(nodeOf(fields.shift())) : null;
  const entries = fields[0]?.[0] === tag.sequence ? sequenceOf(fields.shift()) : new Uint8Array();
  const tagged = fields[0]?.[0] === 0xa0 ? nodeOf(fields.shift()) : null;
  if (fields.length > 0) throw new Failure('revocation.malformed', { reason: 'tbsCertList' });
  const extensions = revocationExtensions(tagged === null ? null : find(tagged, tag.sequence));
  const number = extensions.get(oid.revocationListNumber);
  const authority = extensions.get(oid.authorityKeyIdentifier);
  const identifier = authority === undefined ? null : find(decodeTlv(authority), 0x80);
  const fingerprint = fingerprintOf(bytes);
  return {
    der: bytes,
    fingerprint,
    signed: signed ?? new Uint8Array(),
    signatureAlgorithm: outerAlgorithm,
    signature: bitStringBytes(nodeOf(signature)),
    issuer,
    thisUpdate,
    nextUpdate,
    number: number === undefined ? null : listNumber(number),
    authorityKeyIdentifier: identifier === null ? null : toHex(identifier.value),
    revoked: new RevokedCertificates(entries, Number.parseInt(fingerprint.slice(0, 8), 16)),
  };
}

function nodeOf(bytes: Uint8Array | undefined): Tlv {
  return decodeTlv(bytes ?? new Uint8Array());
}

function sequenceOf(bytes: Uint8Array | undefined): Uint8Array {
  const header = bytes === undefined ? null : readTlvHeader(bytes);
  if (bytes === undefined || header === null || header.tag !== tag.sequence || header.length === null)
    throw new Failure('revocation.malformed', { reason: 'revocation list' });
  if (header.headerLength + header.length !== bytes.length)
    throw new Failure('revocation.malformed', { reason: 'length' });
  return bytes.subarray(header.headerLength);
}

// The objects one after the other, each as it stands; a list has a handful of them at these depths.
function partsOf(contents: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < contents.length; ) {
    const header = readTlvHeader(contents, at);
    const end = header === null || header.length === null ? Number.NaN : at + header.headerLength + header.length;
    if (!(end <= contents.length) || parts.length > mostParts)
      throw new Failure('revocation.malformed', { reason: 'revocation list' });
    parts.push(contents.subarray(at, end));
    at = end;
  }
  return parts;
}

function isTime(bytes: Uint8Array | undefined): boolean {
  return bytes?.[0] === tag.utcTime || bytes?.[0] === tag.generalizedTime;
}

function listNumber(octets: Uint8Array): string {
  const { value } = expectTag(decodeTlv(octets), tag.integer, 'list number');
  if (value.length > maximumNumberLength) throw new Failure('revocation.malformed', { reason: 'list number' });
  return decodeInteger(value).toString();
}
