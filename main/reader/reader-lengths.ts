import type { TransportLimits } from '../chip/card-transport.ts';
import { entriesFor, type ReaderAttributes } from './reader-table.ts';
import type { ScardCard } from './scard.ts';

/** Limits of short APDUs: 4 + 1 + 255 + 1 bytes out, 256 + 2 bytes in (ISO 7816-4 §5.2). */
export const shortLengths: TransportLimits = { extendedLength: false, maxCommand: 261, maxResponse: 258 };

/**
 * Where neither the driver nor the table says anything. Short length holds for whatever can be said in it; a chip that
 * states buffer sizes is asked for more, with care, since nearly three in four readers bear short APDUs alone.
 */
export const untoldLengths: TransportLimits = {
  extendedLength: true,
  maxCommand: 65_544,
  maxResponse: 65_538,
  untold: true,
};

const getFeatureRequest = 3400;
const featureTlvProperties = 0x12;
const propertyMaxApduDataSize = 0x0a;
const vendorName = 0x0001_0100;

/**
 * What this reader and its driver bear: its property dwMaxAPDUDataSize (PC/SC part 10, 2.6.14), and no more than the table
 * of known readers allows. Never fails: a driver that refuses a question has told nothing.
 */
export async function readLengths(
  reader: string,
  platform: string,
  card: Pick<ScardCard, 'control' | 'attribute'>,
): Promise<TransportLimits> {
  const vendor = await vendorOf(card);
  const maxApduDataSize = await maxDataSize(card).catch(() => null);
  return lengthsOf({ name: reader, platform, vendor, maxApduDataSize });
}

/** SCARD_ATTR_VENDOR_NAME; null where the driver tells none. */
export function vendorOf(card: Pick<ScardCard, 'attribute'>): Promise<string | null> {
  return card.attribute(vendorName).then(textOf, () => null);
}

/** The same for attributes that are known. */
export function lengthsOf(reader: ReaderAttributes): TransportLimits {
  const entries = entriesFor(reader);
  const silent = reader.maxApduDataSize === null && !entries.some(({ quirks }) => quirks.includes('silent-driver'));
  const stated = reader.maxApduDataSize === null ? untoldLengths : statedLengths(reader.maxApduDataSize);
  const all = [stated, ...entries.map(({ limits }) => limits)];
  const extendedLength = all.every((limits) => limits.extendedLength);
  const maxCommand = Math.min(...all.map((limits) => limits.maxCommand));
  const maxResponse = Math.min(...all.map((limits) => limits.maxResponse));
  return { extendedLength, maxCommand, maxResponse, ...(silent && extendedLength ? { untold: true } : {}) };
}

// Up to 256 means short APDUs only; some readers stop at 251 bytes of data and say so (OpenSC/OpenSC#739).
function statedLengths(dataBytes: number): TransportLimits {
  if (dataBytes === 0) return shortLengths;
  if (dataBytes <= 256) return { ...shortLengths, maxResponse: Math.max(dataBytes, 64) + 2 };
  return { extendedLength: true, maxCommand: 4 + 3 + Math.min(dataBytes, 65_535) + 2, maxResponse: dataBytes + 2 };
}

/** dwMaxAPDUDataSize in bytes, 0 for what no APDU holds; null where the driver names none. Fails as the card does. */
export async function maxDataSize(card: Pick<ScardCard, 'control'>): Promise<number | null> {
  const code = findTag(await card.control({ ioctl: getFeatureRequest }), featureTlvProperties);
  if (code?.length !== 4) return null;
  const properties = await card.control({ whole: new DataView(code.buffer, code.byteOffset).getUint32(0) });
  const size = findTag(properties, propertyMaxApduDataSize);
  if (size?.length !== 4) return null;
  const dataBytes = new DataView(size.buffer, size.byteOffset).getUint32(0, true);
  // More than any APDU holds is no statement that could be believed: short APDUs are always right.
  return dataBytes > 65_536 ? 0 : dataBytes;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 100)).replace(/\0+$/, '');
}

/** The value of a one-byte tag with a one-byte length (PC/SC part 10, 2.2); null where it is missing or cut off. */
function findTag(list: Uint8Array, tag: number): Uint8Array | null {
  let at = 0;
  while (at + 2 <= list.length) {
    const end = at + 2 + (list[at + 1] ?? 0);
    if (end > list.length) return null;
    if (list[at] === tag) return list.subarray(at + 2, end);
    at = end;
  }
  return null;
}
