import { encodeTlv } from '../../document/tlv.ts';
import { concat } from '../../result/bytes.ts';
import type { ChipProfile } from './chip-profile.ts';

// ISO/IEC 7816-4 §12.1.1.9: selection by whole name, by file identifier, by short identifier; data units of one byte;
// chaining, extended length, and that EF.ATR/INFO states the buffers.
const selection = 0x84;
const dataCoding = 0x21;
const chaining = 0x80;
const extended = 0x60;

function cardCapabilities(length: ChipProfile['extendedLength']): Uint8Array {
  return Uint8Array.of(selection, dataCoding, length === null ? chaining : chaining | extended);
}

/** The answer to reset that a PC/SC reader makes up for a contactless card of ISO/IEC 14443-4 (PC/SC part 3 §3.1.3.2.3.1). */
export function contactlessAnswerToReset(length: ChipProfile['extendedLength']): Uint8Array {
  // Category 80, then card capabilities in compact TLV (ISO/IEC 7816-4 §12.1.1.1).
  const historical = concat(Uint8Array.of(0x80, 0x73), cardCapabilities(length));
  const body = concat(Uint8Array.of(0x80 | historical.length, 0x80, 0x01), historical);
  const check = body.reduce((sum, byte) => sum ^ byte, 0);
  return concat(Uint8Array.of(0x3b), body, Uint8Array.of(check));
}

/** EF.ATR/INFO: card capabilities and the longest APDUs (9303-10 §3.11.1). */
export function answerToResetInformation(length: NonNullable<ChipProfile['extendedLength']>): Uint8Array {
  const number = (value: number): Uint8Array => encodeTlv(0x02, Uint8Array.of(value >> 8, value & 0xff));
  return concat(
    encodeTlv(0x47, cardCapabilities(length)),
    encodeTlv(0x7f66, number(length.maxCommand), number(length.maxResponse)),
  );
}
