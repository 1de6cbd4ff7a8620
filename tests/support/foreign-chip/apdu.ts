import { join } from './data-objects.ts';

/** A command in short length (ISO/IEC 7816-4 §5.3): `expected` is Ne, 256 where Le is 00, null without Le. */
export interface ShortCommand {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  readonly expected: number | null;
}

export interface Answer {
  readonly data: Uint8Array;
  readonly status: number;
}

export const said = (status: number, data: Uint8Array = new Uint8Array()): Answer => ({ data, status });

export const statusBytes = (status: number): Uint8Array => Uint8Array.of(status >> 8, status & 0xff);

export const encoded = ({ data, status }: Answer): Uint8Array => join(data, statusBytes(status));

/** Ne of an Le of one byte. */
export const lengthExpected = (le: number): number => (le === 0 ? 256 : le);

/** Reads cases 1 to 4 in short length; null for all else, extended length among it. */
export function readCommand(bytes: Uint8Array): ShortCommand | null {
  const [cla, ins, p1, p2, third] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null;
  const header = { cla, ins, p1, p2 };
  if (third === undefined) return { ...header, data: new Uint8Array(), expected: null };
  if (bytes.length === 5) return { ...header, data: new Uint8Array(), expected: lengthExpected(third) };
  const data = bytes.slice(5, 5 + third);
  // A zero here begins an extended length field.
  if (third === 0 || data.length !== third || bytes.length > 6 + third) return null;
  const le = bytes[5 + third];
  return { ...header, data, expected: le === undefined ? null : lengthExpected(le) };
}
