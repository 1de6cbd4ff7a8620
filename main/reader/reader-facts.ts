import { lengthsOf, maxDataSize, vendorOf } from './reader-lengths.ts';
import { placeOf, type UsbSockets } from './reader-place.ts';
import type { ScardCard } from './scard.ts';

/** What a reader and its driver tell of themselves. Null: it was asked and told nothing that could be read. */
export interface ReaderFacts {
  /** SCARD_ATTR_VENDOR_NAME. */
  readonly vendor: string | null;
  /** SCARD_ATTR_VENDOR_IFD_VERSION: `major.minor.build` of the reader (libccid answers with its bcdDevice), never of the driver. */
  readonly version: string | null;
  /** Where it is plugged in (`placeOf`). It stays when the system counts anew. */
  readonly place: string | null;
  /** dwMaxAPDUDataSize in bytes (PC/SC part 10, 2.6.14). */
  readonly maxApduDataSize: number | null;
  /** Whether it bears APDUs of extended length, by that and by the table of known readers. */
  readonly extendedLength: 'yes' | 'no' | 'unknown';
}

const vendorIfdVersion = 0x0001_0102;

/** Asks the reader of that name through a connection to it. Never fails: a driver that refuses a question has told nothing. */
export async function readFacts(
  name: string,
  platform: string,
  reader: Pick<ScardCard, 'control' | 'attribute'>,
  sockets?: UsbSockets,
): Promise<ReaderFacts> {
  const told = <Value>(answer: Promise<Value>): Promise<Value | null> => answer.catch(() => null);
  const vendor = await vendorOf(reader);
  const maxApduDataSize = await told(maxDataSize(reader));
  const { extendedLength, untold } = lengthsOf({ name, platform, vendor, maxApduDataSize });
  return {
    vendor,
    version: await told(reader.attribute(vendorIfdVersion).then(versionIn)),
    place: await placeOf(reader, sockets),
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
