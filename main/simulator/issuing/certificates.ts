import { digest } from '../../crypto/hash.ts';
import { bytesToUnsigned } from '../../crypto/points.ts';
import { encodeInteger, encodeOid } from '../../document/der.ts';
import { encodeTlv } from '../../document/tlv.ts';
import { concat } from '../../result/bytes.ts';
import { type PlainDate, partsOf } from '../../result/plain-date.ts';
import {
  bitString,
  type IssuingKey,
  keyIdentifier,
  type SignatureScheme,
  signatureAlgorithm,
  signWith,
  subjectPublicKeyInfo,
} from './issuing-keys.ts';

/** Who a certificate speaks of. */
export interface Authority {
  /** countryName, two upper-case letters. */
  readonly country: string;
  /** The code of the MRZ, as localityName of the alternative names (9303-12 §7.1.1.2). */
  readonly state: string;
  readonly commonName: string;
}

export interface CertificateContent {
  readonly subject: Authority;
  readonly issuer: Authority;
  readonly key: IssuingKey;
  readonly issuerKey: IssuingKey;
  readonly scheme: SignatureScheme;
  readonly parameters: 'explicit' | 'named';
  readonly notBefore: PlainDate;
  readonly notAfter: PlainDate;
  /** The end of the time in which the key signs (RFC 3280 §4.2.1.4). */
  readonly signsUntil: PlainDate;
  readonly kind: 'CSCA' | 'document signer';
  /** The document codes that a document signer may sign; null where its certificate does not say. */
  readonly documentCodes: readonly string[] | null;
  readonly documentTypesForm: 'standard' | 'bare';
}

const text = new TextEncoder();
const yes = encodeTlv(0x01, Uint8Array.of(0xff));

/** Name with country, organisation and common name (9303-12 §7.1.1.1). */
export function distinguishedName({ country, commonName }: Authority): Uint8Array {
  const attribute = (oid: string, tag: number, value: string): Uint8Array =>
    encodeTlv(0x31, encodeTlv(0x30, encodeOid(oid), encodeTlv(tag, text.encode(value))));
  return encodeTlv(
    0x30,
    attribute('2.5.4.6', 0x13, country),
    attribute('2.5.4.10', 0x0c, 'Styrk Specimen'),
    attribute('2.5.4.3', 0x0c, commonName),
  );
}

function digits(number: number): string {
  return String(number).padStart(2, '0');
}

/** UTCTime to 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5), at the day's first second. */
export function time(date: PlainDate): Uint8Array {
  const { year, month, day } = partsOf(date);
  const rest = `${digits(month)}${digits(day)}000000Z`;
  return year < 2050
    ? encodeTlv(0x17, text.encode(`${digits(year % 100)}${rest}`))
    : encodeTlv(0x18, text.encode(`${year}${rest}`));
}

function generalizedTime(tag: number, date: PlainDate): Uint8Array {
  const { year, month, day } = partsOf(date);
  return encodeTlv(tag, text.encode(`${year}${digits(month)}${digits(day)}000000Z`));
}

function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  return encodeTlv(0x30, encodeOid(oid), critical ? yes : new Uint8Array(), encodeTlv(0x04, value));
}

function alternativeName({ state }: Authority): Uint8Array {
  const locality = encodeTlv(0x30, encodeOid('2.5.4.7'), encodeTlv(0x13, text.encode(state)));
  return encodeTlv(0x30, encodeTlv(0xa4, encodeTlv(0x30, encodeTlv(0x31, locality))));
}

// 9303-12 §7.1.1.6: version 0 and a SET OF the codes.
function documentTypeList(codes: readonly string[], form: CertificateContent['documentTypesForm']): Uint8Array {
  const list = codes.map((code) => encodeTlv(0x13, text.encode(code)));
  if (form === 'bare') return encodeTlv(0x30, ...list);
  return encodeTlv(0x30, encodeInteger(0), encodeTlv(0x31, ...list));
}

function extensions(content: CertificateContent): Uint8Array {
  const { documentCodes, issuer, subject } = content;
  const authority = encodeTlv(0x30, encodeTlv(0x80, keyIdentifier(content.issuerKey)));
  const usage = encodeTlv(0x30, generalizedTime(0x80, content.notBefore), generalizedTime(0x81, content.signsUntil));
  const list = text.encode(`http://specimen.styrk.invalid/crl/${issuer.state}.crl`);
  const point = encodeTlv(0x30, encodeTlv(0x30, encodeTlv(0xa0, encodeTlv(0xa0, encodeTlv(0x86, list)))));
  // keyUsage: digitalSignature is bit 0; keyCertSign and cRLSign are bits 5 and 6.
  const own =
    content.kind === 'CSCA'
      ? [
          extension('2.5.29.15', encodeTlv(0x03, Uint8Array.of(1, 0x06)), true),
          extension('2.5.29.19', encodeTlv(0x30, yes, encodeInteger(0)), true),
        ]
      : [
          extension('2.5.29.15', encodeTlv(0x03, Uint8Array.of(7, 0x80)), true),
          ...(documentCodes === null
            ? []
            : [extension('2.23.136.1.1.6.2', documentTypeList(documentCodes, content.documentTypesForm))]),
        ];
  return encodeTlv(
    0xa3,
    encodeTlv(
      0x30,
      extension('2.5.29.35', authority),
      extension('2.5.29.14', encodeTlv(0x04, keyIdentifier(content.key))),
      ...own,
      extension('2.5.29.16', usage),
      extension('2.5.29.17', alternativeName(subject)),
      extension('2.5.29.18', alternativeName(issuer)),
      extension('2.5.29.31', point),
    ),
  );
}

/** A serial number that follows from what it numbers: positive, at most 20 bytes (9303-12 §7.1). */
export function serialNumber({ subject, key, notBefore }: CertificateContent): bigint {
  const seed = concat(distinguishedName(subject), keyIdentifier(key), text.encode(notBefore));
  return bytesToUnsigned(digest('SHA-256', seed).subarray(0, 15)) + 1n;
}

/** A certificate by the profile of 9303-12 §7.1, in DER. */
export function issueCertificate(content: CertificateContent): Uint8Array {
  const algorithm = signatureAlgorithm(content.scheme);
  const toBeSigned = encodeTlv(
    0x30,
    encodeTlv(0xa0, encodeInteger(2)),
    encodeInteger(serialNumber(content)),
    algorithm,
    distinguishedName(content.issuer),
    encodeTlv(0x30, time(content.notBefore), time(content.notAfter)),
    distinguishedName(content.subject),
    subjectPublicKeyInfo(content.key, content.parameters),
    extensions(content),
  );
  return encodeTlv(0x30, toBeSigned, algorithm, bitString(signWith(content.issuerKey, content.scheme, toBeSigned)));
}
