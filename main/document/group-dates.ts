import { toHex } from '../result/bytes.ts';
import { plainDate } from '../result/plain-date.ts';
import { find, type Tlv } from './tlv.ts';
import type { DocumentDate } from './types.ts';

const utf8 = new TextDecoder('utf-8');

// Digits stand as ASCII or as BCD, two in a byte (9303-10 §4.7.12 for DG12; found in DG11 as well).
function digitsOf(bytes: Uint8Array, count: number): string | null {
  if (bytes.length === 0) return null;
  // More than twice as long as a date is none, and not kept.
  return bytes.length === count / 2 ? toHex(bytes) : utf8.decode(bytes.subarray(0, 2 * count));
}

/**
 * A date YYYYMMDD in ASCII or BCD; null where the object is missing or empty. Its day is null where a part is unknown
 * (`00`, year `0000`: 9303-10 §4.7.11.1) or the characters name none.
 */
export function groupDate(node: Tlv, tag: number): DocumentDate | null {
  const found = find(node, tag);
  const printed = found === null ? null : digitsOf(found.value, 8);
  if (printed === null) return null;
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(printed);
  const date = match === null ? null : plainDate(Number(match[1]), Number(match[2]), Number(match[3]));
  return { printed, date };
}

/** A time YYYYMMDDhhmmss in ASCII or BCD, as its digits; null where the object is missing or empty. */
export function groupTime(node: Tlv, tag: number): string | null {
  const found = find(node, tag);
  return found === null ? null : digitsOf(found.value, 14);
}
