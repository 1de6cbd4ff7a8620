import { decodeTlvs, type Tlv } from '../document/tlv.ts';
import { concat, equal } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { decodeResponse, statusName } from './apdu.ts';
import { macLength } from './cipher-suite.ts';

/** Data objects of secure messaging (9303-11 §9.8.4). */
export const tags = { cryptogram: 0x87, cryptogramOfTlv: 0x85, le: 0x97, status: 0x99, mac: 0x8e } as const;

export interface ProtectedResponse {
  /** The objects that the MAC covers, as received. */
  readonly authenticated: Uint8Array;
  readonly mac: Uint8Array;
  /** The protected status word; the plain one after the objects proves nothing. */
  readonly status: number;
  /** Without the padding indicator; null where the answer carries no data. */
  readonly cryptogram: Uint8Array | null;
}

function malformed(reason: string): Failure {
  return new Failure('secure-messaging.malformed', { reason });
}

const macHeader = Uint8Array.of(tags.mac, macLength);

/** Whether the data ends as every protected answer does, with a MAC; what does not was never meant as one. */
function endsWithMac(data: Uint8Array): boolean {
  const at = data.length - macLength - macHeader.length;
  return at >= 0 && equal(data.subarray(at, at + macHeader.length), macHeader);
}

// At most three objects are allowed, so a fourth is already too many.
const maximumObjects = 4;

function objectsOf(data: Uint8Array): readonly Tlv[] {
  try {
    return decodeTlvs(data, { maximumNodes: maximumObjects });
  } catch (thrown) {
    if (thrown instanceof Failure) throw malformed(thrown.code);
    throw thrown;
  }
}

function cryptogramOf(object: Tlv): Uint8Array {
  if (object.tag === tags.cryptogramOfTlv) return object.value;
  if (object.value[0] !== 0x01) throw malformed('padding indicator');
  return object.value.subarray(1);
}

/**
 * The parts of a response: [87 or 85] 99 8E, in this order (9303-11 §9.8.4). Nothing is verified here. Fails with
 * `secure-messaging.unprotected-answer` where the answer does not end with a MAC, and `secure-messaging.malformed`.
 */
export function parseProtectedResponse(response: Uint8Array): ProtectedResponse {
  const { data, status: plainStatus } = decodeResponse(response);
  if (!endsWithMac(data)) {
    const fields = { status: statusName(plainStatus), dataLength: data.length };
    throw new Failure('secure-messaging.unprotected-answer', fields);
  }
  const objects = objectsOf(data);
  const mac = objects.at(-1);
  if (mac?.tag !== tags.mac) throw malformed('order');
  const status = objects.at(-2);
  if (status?.tag !== tags.status || status.value.length !== 2) throw malformed('status');
  const [cryptogram, ...more] = objects.slice(0, -2);
  if (more.length > 0) throw malformed('objects');
  if (cryptogram !== undefined && cryptogram.tag !== tags.cryptogram && cryptogram.tag !== tags.cryptogramOfTlv)
    throw malformed('objects');
  return {
    authenticated: concat(...objects.slice(0, -1).map((object) => object.raw)),
    mac: mac.value,
    status: ((status.value[0] ?? 0) << 8) | (status.value[1] ?? 0),
    cryptogram: cryptogram === undefined ? null : cryptogramOf(cryptogram),
  };
}

export interface ProtectedCommand {
  readonly header: Uint8Array;
  /** The objects that the MAC covers, as found. */
  readonly authenticated: Uint8Array;
  readonly mac: Uint8Array;
}

/** The parts of a protected command (9303-11 §9.8.4), short or extended. Fails with `secure-messaging.malformed`. */
export function parseProtectedCommand(command: Uint8Array): ProtectedCommand {
  const [lc = 0, high = 0, low = 0] = command.subarray(4);
  const [start, length] = lc === 0 ? [7, (high << 8) | low] : [5, lc];
  const data = command.subarray(start, start + length);
  if (data.length !== length || !endsWithMac(data)) throw malformed('command');
  const end = data.length - macLength;
  return {
    header: command.subarray(0, 4),
    authenticated: data.subarray(0, end - macHeader.length),
    mac: data.subarray(end),
  };
}
