import { concat } from '../../result/bytes.ts';

/** A command APDU as the chip understands it (ISO/IEC 7816-4 §5.1). `expected` is Ne; null where Le is absent. */
export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  readonly expected: number | null;
  /** Whether Lc and Le came in extended form. A command without both is short. */
  readonly extended: boolean;
}

/** Status words that the chips give (ISO/IEC 7816-4 §5.1.3; 9303-11 §4.3, §4.4.4). */
export const status = {
  done: 0x9000,
  endOfFile: 0x6282,
  authenticationFailed: 0x6300,
  wrongLength: 0x6700,
  logicalChannel: 0x6881,
  lastOfChainExpected: 0x6883,
  chainingNotSupported: 0x6884,
  accessNotAllowed: 0x6982,
  authenticationBlocked: 0x6983,
  conditionsOfUse: 0x6985,
  noCurrentFile: 0x6986,
  secureMessagingObjectMissing: 0x6987,
  secureMessagingObjectWrong: 0x6988,
  wrongData: 0x6a80,

  fileNotFound: 0x6a82,
  wrongParameters: 0x6a86,
  lengthAgainstParameters: 0x6a87,
  referenceNotFound: 0x6a88,
  offsetOutside: 0x6b00,
  instructionUnknown: 0x6d00,
  classUnknown: 0x6e00,
} as const;
/** SW1 and SW2 as one number: one of the above, or `63Cx`. */
export type StatusWord = number;

export interface Response {
  readonly data: Uint8Array;
  readonly status: StatusWord;
}

const none = new Uint8Array();

/** A response without data. */
export function answer(word: StatusWord, data: Uint8Array = none): Response {
  return { data, status: word };
}

/** Data, SW1, SW2. */
export function encodeResponse({ data, status: word }: Response): Uint8Array {
  return concat(data, Uint8Array.of(word >> 8, word & 0xff));
}

// Le 00 asks for the most that its form can ask for.
function lengthOrMost(value: number, most: number): number {
  return value === 0 ? most : value;
}

/** The seven cases of ISO/IEC 7816-4 §5.1; null where the bytes are none of them. */
export function parseCommand(bytes: Uint8Array): Command | null {
  const [cla, ins, p1, p2] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null;
  const header = { cla, ins, p1, p2 };
  const body = bytes.subarray(4);
  const first = body[0];
  if (first === undefined) return { ...header, data: none, expected: null, extended: false };
  if (body.length === 1) return { ...header, data: none, expected: lengthOrMost(first, 0x100), extended: false };
  if (first !== 0) return parseBody(header, body.subarray(1), first, 1);
  if (body.length < 3) return null;
  const length = ((body[1] ?? 0) << 8) | (body[2] ?? 0);
  if (body.length === 3) return { ...header, data: none, expected: lengthOrMost(length, 0x10000), extended: true };
  return length === 0 ? null : parseBody(header, body.subarray(3), length, 2);
}

function parseBody(
  header: Pick<Command, 'cla' | 'ins' | 'p1' | 'p2'>,
  rest: Uint8Array,
  length: number,
  lengthBytes: 1 | 2,
): Command | null {
  const extended = lengthBytes === 2;
  const data = rest.subarray(0, length);
  const tail = rest.subarray(length);
  if (data.length !== length || (tail.length !== 0 && tail.length !== lengthBytes)) return null;
  if (tail.length === 0) return { ...header, data, expected: null, extended };
  const le = extended ? ((tail[0] ?? 0) << 8) | (tail[1] ?? 0) : (tail[0] ?? 0);
  return { ...header, data, expected: lengthOrMost(le, extended ? 0x10000 : 0x100), extended };
}
