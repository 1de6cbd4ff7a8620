import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { encodeTlv } from './tlv.ts';

// No object identifier in the field comes near: the longest in use has some 15 bytes.
const maximumOidBytes = 64;

/** The contents (no tag, no length) of an object identifier such as `0.4.0.127.0.7.2.2.4` (X.690 §8.19). Throws a RangeError on other text. */
export function oidContents(oid: string): Uint8Array {
  if (!/^[012](\.(0|[1-9]\d*))+$/.test(oid)) throw new RangeError('not an object identifier');
  const [first = 0n, second = 0n, ...rest] = oid.split('.').map(BigInt);
  if (first < 2n && second > 39n) throw new RangeError('not an object identifier');
  const bytes: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const digits = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 0x7fn) | 0x80);
    bytes.push(...digits);
  }
  return Uint8Array.from(bytes);
}

/** OBJECT IDENTIFIER, whole object with tag 06. */
export function encodeOid(oid: string): Uint8Array {
  return encodeTlv(0x06, oidContents(oid));
}

/** The dotted form of the contents (no tag, no length) of an object identifier. Fails with `tlv.malformed`. */
export function decodeOid(contents: Uint8Array): string {
  const last = contents.at(-1);
  if (last === undefined || (last & 0x80) !== 0 || contents.length > maximumOidBytes)
    throw new Failure('tlv.malformed', { reason: 'object identifier' });
  let text = '';
  let arc: number | bigint = 0;
  let fresh = true;
  for (const byte of contents) {
    // X.690 §8.19.2: an arc does not begin with an empty byte, so that each identifier has one form.
    if (fresh && byte === 0x80) throw new Failure('tlv.malformed', { reason: 'object identifier' });
    arc = withDigit(arc, byte & 0x7f);
    fresh = (byte & 0x80) === 0;
    if (fresh) {
      text = text === '' ? firstArcs(arc) : `${text}.${arc}`;
      arc = 0;
    }
  }
  return text;
}

// Arcs are small numbers but for a few, and a certificate has some thirty identifiers: numbers take a fifth of the time of bigints.
const mostByNumber = 2 ** 46;

function withDigit(arc: number | bigint, digit: number): number | bigint {
  if (typeof arc === 'number' && arc < mostByNumber) return arc * 0x80 + digit;
  return (BigInt(arc) << 7n) | BigInt(digit);
}

function firstArcs(head: number | bigint): string {
  const first = head < 40 ? 0 : head < 80 ? 1 : 2;
  const second = typeof head === 'number' ? head - first * 40 : head - BigInt(first * 40);
  return `${first}.${second}`;
}

/** INTEGER, whole object with tag 02, two's complement in the fewest bytes (X.690 §8.3). */
export function encodeInteger(value: bigint | number): Uint8Array {
  const bytes: number[] = [];
  let left = BigInt(value);
  do {
    bytes.unshift(Number(left & 0xffn));
    left >>= 8n;
  } while (!(left === 0n && (bytes[0] ?? 0) < 0x80) && !(left === -1n && (bytes[0] ?? 0) >= 0x80));
  return encodeTlv(0x02, Uint8Array.from(bytes));
}

/** The number in the contents (no tag, no length) of an INTEGER. Fails with `tlv.malformed`. */
export function decodeInteger(contents: Uint8Array): bigint {
  if (contents.length === 0) throw new Failure('tlv.malformed', { reason: 'integer' });
  return BigInt.asIntN(contents.length * 8, decodeUnsigned(contents));
}

/** The number of these bytes without sign, most significant first. */
export function decodeUnsigned(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}
