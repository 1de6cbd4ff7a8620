import { lengthsOf, maxDataSize, vendorOf } from './reader-lengths.ts';
import type { ScardCard } from './scard.ts';

/** What a reader and its driver tell of themselves. Null: it was asked and told nothing that could be read. */
export interface ReaderFacts {
  /** SCARD_ATTR_VENDOR_NAME. */
  readonly vendor: string | null;
  /** SCARD_ATTR_VENDOR_IFD_VERSION: `major.minor.build` of the reader (libccid answers with its bcdDevice), never of the driver. */
  readonly version: string | null;
  /** Where it is plugged in, as the driver names it: the bus's ports (libccid's control code 3601). It stays when the system counts anew. */
  readonly place: string | null;
  /** dwMaxAPDUDataSize in bytes (PC/SC part 10, 2.6.14). */
  readonly maxApduDataSize: number | null;
  /** Whether it bears APDUs of extended length, by that and by the table of known readers. */
  readonly extendedLength: 'yes' | 'no' | 'unknown';
}

const vendorIfdVersion = 0x0001_0102;
const placeRequest = 3601;

/** Asks the reader of that name through a connection to it. Never fails: a driver that refuses a question has told nothing. */
export async function readFacts(
  name: string,
  platform: string,
  reader: Pick<ScardCard, 'control' | 'attribute'>,
): Promise<ReaderFacts> {
  const told = <Value>(answer: Promise<Value>): Promise<Value | null> => answer.catch(() => null);
  const vendor = await vendorOf(reader);
  const maxApduDataSize = await told(maxDataSize(reader));
  const { extendedLength, untold } = lengthsOf({ name, platform, vendor, maxApduDataSize });
  return {
    vendor,
    version: await told(reader.attribute(vendorIfdVersion).then(versionIn)),
    place: await told(reader.control({ ioctl: placeRequest }).then(placeIn)),
    maxApduDataSize,
    extendedLength: untold === true ? 'unknown' : extendedLength ? 'yes' : 'no',
  };
}

// 0xMMmmbbbb in the machine's byte order, which is the lowest byte first on every machine that the app runs on.
function versionIn(bytes: Uint8Array): string | null {
  if (bytes.length !== 4) return null;
  const value = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return `${value >>> 24}.${(value >>> 16) & 0xff}.${value & 0xffff}`;
}

function placeIn(bytes: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 65)).replace(/\0+$/, '');
  return /^[\x21-\x7e]{1,64}$/.test(text) ? text : null;
}
