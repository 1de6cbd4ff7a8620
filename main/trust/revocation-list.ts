import { decodeInteger } from '../document/der.ts';
import { decodeTlv, find, type Tlv } from '../document/tlv.ts';
import { equal, fromHex, toHex } from '../result/bytes.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { bitStringBytes, dayOf, expectTag, oidOf, tag } from './asn1-values.ts';
import { type DistinguishedName, parseName } from './distinguished-name.ts';
import { fingerprintOf } from './fingerprint.ts';
import { oid } from './object-identifiers.ts';

export interface RevokedCertificate {
  readonly date: PlainDate;
  /** CRLReason (RFC 5280 §5.3.1), null where none is given. */
  readonly reason: number | null;
}

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
  readonly revoked: ReadonlyMap<string, RevokedCertificate>;
}

const maximumListLength = 8 * 1024 * 1024;
const maximumListNodes = 1_200_000;
const maximumNumberLength = 64;

const harmless: ReadonlySet<string> = new Set([
  oid.authorityKeyIdentifier,
  oid.revocationListNumber,
  oid.issuerAltName,
  oid.reasonCode,
  oid.invalidityDate,
]);

/** A serial number (hex of the INTEGER's contents) in the one form in which it is compared. */
export function serialKey(serialNumber: string): string {
  return decodeInteger(fromHex(serialNumber)).toString(16);
}

/**
 * Reads one complete revocation list, nothing after it. Deltas, parts of lists and lists with critical extensions that this
 * reader does not know are refused: they do not say who is *not* revoked. Fails with `revocation.malformed`,
 * `revocation.not-complete`.
 */
export function parseRevocationList(bytes: Uint8Array): RevocationList {
  if (bytes.length > maximumListLength) throw new Failure('revocation.malformed', { reason: 'length' });
  try {
    return readList(decodeTlv(bytes, { maximumNodes: maximumListNodes }));
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    if (code === 'revocation.not-complete') throw thrown;
    throw new Failure('revocation.malformed', { reason: String(fields.reason ?? code) }, thrown);
  }
}

function readList(node: Tlv): RevocationList {
  const [signed, signatureAlgorithm, signature, ...rest] = expectTag(node, tag.sequence, 'revocation list').children;
  const body = expectTag(signed, tag.sequence, 'tbsCertList');
  const outerAlgorithm = expectTag(signatureAlgorithm, tag.sequence, 'signature algorithm');
  const fields = [...body.children];
  const versioned = fields[0]?.tag === tag.integer;
  if (versioned) fields.shift();
  const innerAlgorithm = expectTag(fields.shift(), tag.sequence, 'signature algorithm');
  // RFC 5280 §5.1.1.2: the signed and the unsigned identifier are the same.
  if (rest.length > 0 || !equal(innerAlgorithm.raw, outerAlgorithm.raw))
    throw new Failure('revocation.malformed', { reason: 'signature algorithm differs' });
  const issuer = parseName(fields.shift());
  const thisUpdate = dayOf(fields.shift());
  const nextUpdate = isTime(fields[0]) ? dayOf(fields.shift()) : null;
  const entries = fields[0]?.tag === tag.sequence ? fields.shift() : undefined;
  const extensions = extensionsOf(find(body, 0xa0, tag.sequence));
  const number = extensions.get(oid.revocationListNumber);
  const authority = extensions.get(oid.authorityKeyIdentifier);
  const identifier = authority === undefined ? null : find(decodeTlv(authority), 0x80);
  return {
    der: node.raw,
    fingerprint: fingerprintOf(node.raw),
    signed: body.raw,
    signatureAlgorithm: outerAlgorithm,
    signature: bitStringBytes(signature),
    issuer,
    thisUpdate,
    nextUpdate,
    number: number === undefined ? null : listNumber(number),
    authorityKeyIdentifier: identifier === null ? null : toHex(identifier.value),
    revoked: revokedOf(entries),
  };
}

function isTime(node: Tlv | undefined): boolean {
  return node?.tag === tag.utcTime || node?.tag === tag.generalizedTime;
}

function listNumber(octets: Uint8Array): string {
  const { value } = expectTag(decodeTlv(octets), tag.integer, 'list number');
  if (value.length > maximumNumberLength) throw new Failure('revocation.malformed', { reason: 'list number' });
  return decodeInteger(value).toString();
}

// The values by name; whatever changes what the list says about those who are not in it ends the reading (RFC 5280 §5.2).
function extensionsOf(node: Tlv | null): ReadonlyMap<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  for (const extension of node?.children ?? []) {
    const name = oidOf(expectTag(extension, tag.sequence, 'extension').children[0]);
    const critical = find(extension, tag.boolean);
    const restricts = name === oid.deltaRevocationList || name === oid.issuingDistributionPoint;
    if (restricts || (critical !== null && critical.value[0] !== 0 && !harmless.has(name)))
      throw new Failure('revocation.not-complete', { extension: name });
    if (values.has(name)) throw new Failure('revocation.malformed', { reason: 'extension twice' });
    values.set(name, expectTag(extension.children.at(-1), tag.octetString, 'extension').value);
  }
  return values;
}

function revokedOf(entries: Tlv | undefined): ReadonlyMap<string, RevokedCertificate> {
  const revoked = new Map<string, RevokedCertificate>();
  for (const entry of entries?.children ?? []) {
    const [serialNumber, date, extensions] = expectTag(entry, tag.sequence, 'revoked certificate').children;
    const { value } = expectTag(serialNumber, tag.integer, 'serial number');
    if (value.length === 0 || value.length > maximumNumberLength)
      throw new Failure('revocation.malformed', { reason: 'serial number' });
    const reason = extensionsOf(extensions ?? null).get(oid.reasonCode);
    revoked.set(serialKey(toHex(value)), {
      date: dayOf(date),
      reason: reason === undefined ? null : (expectTag(decodeTlv(reason), 0x0a, 'reason').value.at(-1) ?? null),
    });
  }
  return revoked;
}
