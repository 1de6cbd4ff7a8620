import { decodeTlvs, findAll } from '../document/tlv.ts';
import { Failure } from '../result/failure.ts';

/** The longest APDUs that a chip states in EF.ATR/INFO, in bytes, header, lengths and status word included. */
export interface BufferSizes {
  readonly maxCommand: number;
  readonly maxResponse: number;
}

const extendedLengthInformation = 0x7f66;

function sizeOf(bytes: Uint8Array | undefined): number {
  return bytes === undefined || bytes.length > 4 ? 0 : bytes.reduce((size, byte) => size * 0x100 + byte, 0);
}

/**
 * Extended length information of EF.ATR/INFO (DO 7F66, 9303-10 §3.11.1; ISO 7816-4 §12.7.1): only where it is there may a
 * terminal use extended length for reading (9303-11 §9.3.1.2). Null where it is missing or unreadable.
 */
export function parseBufferSizes(atrInfo: Uint8Array): BufferSizes | null {
  try {
    const object = decodeTlvs(atrInfo, { maximumNodes: 100 }).find((node) => node.tag === extendedLengthInformation);
    if (object === undefined) return null;
    const [command, response] = findAll(object, 0x02).map((node) => node.value);
    const sizes = { maxCommand: sizeOf(command), maxResponse: sizeOf(response) };
    return sizes.maxCommand > 261 && sizes.maxResponse > 258 ? sizes : null;
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}
