import type { TransportLimits } from '../chip/card-transport.ts';
import type { ScardCard } from './scard.ts';

/** Limits of short APDUs: 4 + 1 + 255 + 1 bytes out, 256 + 2 bytes in (ISO 7816-4 §5.2). */
export const shortLengths: TransportLimits = { extendedLength: false, maxCommand: 261, maxResponse: 258 };

/** Readers that are known to say something else than they do, or nothing. First match of the name holds. */
const knownReaders: readonly { readonly name: RegExp; readonly limits: TransportLimits }[] = [
  // vpcd carries at most 65 535 bytes in a message and answers no question about features.
  { name: /^Virtual PCD\b/, limits: { extendedLength: true, maxCommand: 65_535, maxResponse: 65_535 } },
  // ACR122U takes a response with 256 bytes of data for an empty one.
  { name: /\bACR122\b|\bACR122U\b/, limits: { extendedLength: false, maxCommand: 261, maxResponse: 257 } },
  // acsccid#42: an extended APDU is never sent, SCARD_E_NOT_TRANSACTED comes back.
  { name: /\bACR1(?:281|252)/, limits: shortLengths },
];

const getFeatureRequest = 3400;
const featureTlvProperties = 0x12;
const propertyMaxApduDataSize = 0x0a;

/**
 * What this reader and its driver bear: from the table of known readers, else from its property dwMaxAPDUDataSize (PC/SC
 * part 10, 2.6.14: up to 256 means short APDUs only), else, where the driver is silent, short APDUs. Fails as `card` does.
 */
export async function readLengths(reader: string, card: Pick<ScardCard, 'control'>): Promise<TransportLimits> {
  const known = knownReaders.find(({ name }) => name.test(reader));
  if (known !== undefined) return known.limits;
  const code = findTag(await card.control({ ioctl: getFeatureRequest }), featureTlvProperties);
  if (code?.length !== 4) return shortLengths;
  const properties = await card.control({ whole: new DataView(code.buffer, code.byteOffset).getUint32(0) });
  const size = findTag(properties, propertyMaxApduDataSize);
  if (size?.length !== 4) return shortLengths;
  const dataBytes = new DataView(size.buffer, size.byteOffset).getUint32(0, true);
  if (dataBytes <= 256 || dataBytes > 65_536) return shortLengths;
  return {
    extendedLength: true,
    maxCommand: 4 + 3 + Math.min(dataBytes, 65_535) + 2,
    maxResponse: dataBytes + 2,
  };
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
