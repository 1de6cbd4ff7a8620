import { concat } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';

/** A command APDU (ISO 7816-4 §5.1). Header bytes are 0–255; lengths are in bytes. */
export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Command data; absent or empty means no Lc field. */
  readonly data?: Uint8Array;
  /** Ne: the most data that the answer may have, 1–65 536; absent means no Le field. */
  readonly expectedLength?: number;
}

/** A response APDU: its data and SW1 SW2 as one number (`0x9000`). */
export interface ResponseApdu {
  readonly data: Uint8Array;
  readonly status: number;
  /** What the chip said with `6Cxx` before this answer: no other length than this is borne here (ISO 7816-4 §5.6). */
  readonly lengthNamed?: number;
}

/** How Lc and Le are written: one byte each, or extended (ISO 7816-4 §5.1). */
export type LengthForm = 'short' | 'extended';

export const statusOk = 0x9000;

/** The status word as four hex digits, as the standards write it: `6a82`. */
export function statusName(status: number): string {
  return status.toString(16).padStart(4, '0');
}

/** The bytes of a command. Throws a RangeError where data or Ne do not fit the form: lengths are the caller's to choose. */
export function encodeCommand(command: CommandApdu, form: LengthForm = 'short'): Uint8Array {
  const data = command.data ?? new Uint8Array();
  const header = Uint8Array.of(command.cla, command.ins, command.p1, command.p2);
  const expected = command.expectedLength;
  const most = form === 'short' ? { data: 255, expected: 256 } : { data: 65_535, expected: 65_536 };
  if (data.length > most.data || (expected !== undefined && (expected < 1 || expected > most.expected))) {
    throw new RangeError('command does not fit its length form');
  }
  if (form === 'short') {
    const lc = data.length === 0 ? new Uint8Array() : Uint8Array.of(data.length);
    const le = expected === undefined ? new Uint8Array() : Uint8Array.of(expected & 0xff);
    return concat(header, lc, data, le);
  }
  const lc = data.length === 0 ? new Uint8Array() : Uint8Array.of(0, data.length >> 8, data.length & 0xff);
  if (expected === undefined) return concat(header, lc, data);
  const le = Uint8Array.of((expected >> 8) & 0xff, expected & 0xff);
  // Without an extended Lc before it, an extended Le is announced by a zero byte (ISO 7816-4 §5.1, case 2E).
  return data.length === 0 ? concat(header, Uint8Array.of(0), le) : concat(header, lc, data, le);
}

/** Splits a response; fails with `card.response-malformed` where not even a status word is there. */
export function decodeResponse(bytes: Uint8Array): ResponseApdu {
  const sw1 = bytes.at(-2);
  const sw2 = bytes.at(-1);
  if (sw1 === undefined || sw2 === undefined) throw new Failure('card.response-malformed', { length: bytes.length });
  return { data: bytes.subarray(0, bytes.length - 2), status: (sw1 << 8) | sw2 };
}
