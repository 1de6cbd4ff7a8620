import { tag } from '../../document/asn1.ts';
import type { Tlv } from '../../document/tlv.ts';
import { Failure } from '../../result/failure.ts';
import { addDays, type PlainDate, plainDate } from '../../result/plain-date.ts';

export { bitStringBytes, expectTag, oidOf, tag } from '../../document/asn1.ts';

function malformed(reason: string): Failure {
  return new Failure('tlv.malformed', { reason });
}

/** Whether a bit of a named BIT STRING is set; bit 0 is the most significant one of the first byte. */
export function namedBit(node: Tlv, bit: number): boolean {
  const byte = node.value[1 + (bit >> 3)] ?? 0;
  return (byte & (0x80 >> (bit & 7))) !== 0;
}

const timeForm = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,]\d+)?(?:Z|([+-])(\d{2})(\d{2}))?$/;

/** The day in UTC of a UTCTime or GeneralizedTime (RFC 5280 §4.1.2.5). Fails with `tlv.malformed`. */
export function dayOf(node: Tlv | undefined): PlainDate {
  if (node === undefined || (node.tag !== tag.utcTime && node.tag !== tag.generalizedTime)) throw malformed('time');
  const match = timeForm.exec(node.value.length <= 32 ? latin1(node.value) : '');
  const yearDigits = match?.[1] ?? '';
  if (match === null || yearDigits.length !== (node.tag === tag.utcTime ? 2 : 4)) throw malformed('time');
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  const year = Number(yearDigits);
  // RFC 5280 §4.1.2.5.1: two digits from 50 on mean 19YY.
  const fullYear = node.tag === tag.generalizedTime ? year : year >= 50 ? 1900 + year : 2000 + year;
  const day = plainDate(fullYear, Number(match[2]), Number(match[3]));
  if (day === null || hour > 24 || minute > 59 || second > 60) throw malformed('time');
  const offset = (match[7] === '-' ? -1 : 1) * (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0));
  const minutes = hour * 60 + minute - offset;
  return addDaysWithin(day, minutes < 0 ? -1 : minutes >= 1440 ? 1 : 0);
}

// The first and the last day of the calendar have no neighbour.
function addDaysWithin(day: PlainDate, days: number): PlainDate {
  try {
    return addDays(day, days);
  } catch {
    throw malformed('time');
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

const utf8 = new TextDecoder('utf-8');
const utf16 = new TextDecoder('utf-16be');

/**
 * The text of any of the string types of a DirectoryString or GeneralName. Bytes that the type does not allow become
 * U+FFFD: names in the field are written carelessly, and they are compared and shown, never obeyed.
 */
export function textOf(node: Tlv): string {
  if (node.tag === 0x1e) return utf16.decode(node.value);
  if (node.tag === 0x1c) return String.fromCodePoint(...codePoints(node.value));
  // TeletexString (14) is written as ISO 8859-1 in practice; all others are UTF-8 or a part of it.
  return node.tag === 0x14 ? latin1(node.value) : utf8.decode(node.value);
}

function codePoints(bytes: Uint8Array): number[] {
  const points: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
    points.push(point <= 0x10ffff ? point : 0xfffd);
  }
  return points;
}
