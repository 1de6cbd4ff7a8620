import { decodeInteger, encodeInteger } from '../../document/der.ts';
import { decodeTlv } from '../../document/tlv.ts';
import { fromHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { dayOf, expectTag, tag } from '../x509/asn1-values.ts';
import { oid } from '../x509/object-identifiers.ts';
import { revocationExtensions } from './revocation-extensions.ts';

export interface RevokedCertificate {
  readonly date: PlainDate;
  /** CRLReason (RFC 5280 §5.3.1), null where none is given. */
  readonly reason: number | null;
}

/** certificateHold (RFC 5280 §5.3.1): the one reason from which a certificate may come back. */
export const onHold = 6;

const maximumNumberLength = 64;
// SEQUENCE { SEQUENCE { OID reasonCode, OCTET STRING { ENUMERATED } } } but for its last byte: what most entries with
// extensions have.
const reasonAlone = fromHex('300c300a0603551d1504030a01');

/** A serial number (hex of the INTEGER's contents) in the one form in which it is compared. */
export function serialKey(serialNumber: string): string {
  return decodeInteger(fromHex(serialNumber)).toString(16);
}

function malformed(reason: string): Failure {
  return new Failure('revocation.malformed', { reason });
}

/** One object in the bytes: read without making anything, for a list has some hundred thousand of them. */
class Cursor {
  /** Where the contents begin and end. */
  from = 0;
  to = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(at: number, limit: number, expected: number | null): void {
    const bytes = this.#bytes;
    const first = bytes[at + 1] ?? 0x80;
    const count = first < 0x80 ? 0 : first & 0x7f;
    let length = first < 0x80 ? first : 0;
    for (let index = 0; index < count; index++) length = length * 0x100 + (bytes[at + 2 + index] ?? 0);
    const found = bytes[at] ?? 0;
    this.from = at + 2 + count;
    this.to = this.from + length;
    // One-byte tags and definite lengths only.
    const plain = first !== 0x80 && count <= 4 && (found & 0x1f) !== 0x1f && this.to <= limit;
    if (!plain || (expected !== null && found !== expected)) throw malformed('entry');
  }
}

/** Where the parts of an entry stand. */
interface Places {
  numberFrom: number;
  numberTo: number;
  timeAt: number;
  timeTo: number;
  end: number;
}

/**
 * revokedCertificates of a list (RFC 5280 §5.1.2.6). Every entry is read once and none is kept but its place: a list of some
 * megabytes takes one more, not hundreds, and a look-up costs nothing.
 */
export class RevokedCertificates {
  readonly #entries: Uint8Array;
  readonly #table: Uint32Array;
  readonly #seed: number;
  readonly #cursor: Cursor;
  #size = 0;

  /**
   * `entries`: the contents of the SEQUENCE OF. `seed`: any number that depends on the whole list, so that nobody can make
   * a list whose numbers all fall on one place. Fails with `tlv.malformed`, `revocation.malformed`, `revocation.not-complete`.
   */
  constructor(entries: Uint8Array, seed: number) {
    this.#entries = entries;
    this.#seed = seed;
    this.#cursor = new Cursor(entries);
    const places: number[] = [];
    let time = { timeAt: 0, timeTo: 0 };
    for (let at = 0; at < entries.length; ) {
      const entry = this.#entryAt(at);
      const length = entry.numberTo - entry.numberFrom;
      if (length === 0 || length > maximumNumberLength) throw malformed('serial number');
      // Lists are written in order of time more often than not.
      if (!this.#isSameTime(entry, time)) this.#dateOf(entry);
      time = entry;
      if (entry.timeTo < entry.end) this.#reasonOf(entry);
      places.push(at);
      at = entry.end;
    }
    let slots = 16;
    while (slots < places.length * 2) slots *= 2;
    this.#table = new Uint32Array(slots);
    for (const at of places) this.#put(at);
  }

  /** How many certificates are named. */
  get size(): number {
    return this.#size;
  }

  has(serial: string): boolean {
    return this.#find(serial) !== null;
  }

  /** The entry of a serial number as `serialKey` writes it. */
  get(serial: string): RevokedCertificate | undefined {
    const at = this.#find(serial);
    if (at === null) return undefined;
    const entry = this.#entryAt(at);
    return { date: this.#dateOf(entry), reason: this.#reasonOf(entry) };
  }

  /** The serial numbers as `serialKey` writes them, in the order of the list. */
  *keys(): Generator<string> {
    for (let at = 0; at < this.#entries.length; ) {
      const entry = this.#entryAt(at);
      yield decodeInteger(this.#entries.subarray(entry.numberFrom, entry.numberTo)).toString(16);
      at = entry.end;
    }
  }

  #entryAt(at: number): Places {
    const cursor = this.#cursor;
    cursor.read(at, this.#entries.length, tag.sequence);
    const end = cursor.to;
    cursor.read(cursor.from, end, tag.integer);
    const { from: numberFrom, to: numberTo } = cursor;
    cursor.read(numberTo, end, null);
    const timeTo = cursor.to;
    if (timeTo < end) cursor.read(timeTo, end, tag.sequence);
    if (cursor.to !== end) throw malformed('entry');
    return { numberFrom, numberTo, timeAt: numberTo, timeTo, end };
  }

  #isSameTime(one: Pick<Places, 'timeAt' | 'timeTo'>, other: Pick<Places, 'timeAt' | 'timeTo'>): boolean {
    if (one.timeTo - one.timeAt !== other.timeTo - other.timeAt) return false;
    for (let at = one.timeAt; at < one.timeTo; at++)
      if (this.#entries[at] !== this.#entries[at - one.timeAt + other.timeAt]) return false;
    return true;
  }

  #dateOf({ timeAt, timeTo }: Places): PlainDate {
    return dayOf(decodeTlv(this.#entries.subarray(timeAt, timeTo)));
  }

  #reasonOf({ timeTo, end }: Places): number | null {
    if (timeTo === end) return null;
    const { length } = reasonAlone;
    const alone = end - timeTo === length + 1 && reasonAlone.every((byte, at) => this.#entries[timeTo + at] === byte);
    if (alone) return this.#entries[end - 1] ?? null;
    const reason = revocationExtensions(decodeTlv(this.#entries.subarray(timeTo, end))).get(oid.reasonCode);
    return reason === undefined ? null : (expectTag(decodeTlv(reason), 0x0a, 'reason').value.at(-1) ?? null);
  }

  #put(at: number): void {
    const { numberFrom, numberTo } = this.#entryAt(at);
    const from = shortest(this.#entries, numberFrom, numberTo);
    const slot = this.#slotOf(this.#entries, from, numberTo);
    // A number that is named twice is revoked as it is the first time.
    if (this.#table[slot] !== 0) return;
    this.#table[slot] = at + 1;
    this.#size++;
  }

  #find(serial: string): number | null {
    const negative = serial.startsWith('-');
    const value = BigInt(`0x${negative ? serial.slice(1) : serial}`);
    const contents = encodeInteger(negative ? -value : value).subarray(2);
    const place = this.#table[this.#slotOf(contents, 0, contents.length)] ?? 0;
    return place === 0 ? null : place - 1;
  }

  // FNV-1a with a seed; the next free slot where another number has this one.
  #slotOf(bytes: Uint8Array, from: number, to: number): number {
    const mask = this.#table.length - 1;
    let hash = (0x811c9dc5 ^ this.#seed) >>> 0;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193) >>> 0;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let place = this.#table[slot]; place !== 0; place = this.#table[slot]) {
      if (this.#isAt((place ?? 1) - 1, bytes, from, to)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isAt(place: number, bytes: Uint8Array, from: number, to: number): boolean {
    const { numberFrom, numberTo } = this.#entryAt(place);
    const start = shortest(this.#entries, numberFrom, numberTo);
    if (numberTo - start !== to - from) return false;
    for (let at = from; at < to; at++) if (bytes[at] !== this.#entries[start + at - from]) return false;
    return true;
  }
}

// An INTEGER in its fewest bytes (X.690 §8.3.2): where they begin.
function shortest(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at + 1 < to && bytes[at] === ((bytes[at + 1] ?? 0) < 0x80 ? 0x00 : 0xff)) at++;
  return at;
}
