import { decodeTlv, encodeTlv } from '../document/tlv.ts';
import { Failure } from '../result/failure.ts';
import type { ResponseApdu } from './apdu.ts';
import type { ChipChannel } from './channel.ts';
import type { ReadLength } from './read-lengths.ts';

/** The highest offset that P1 P2 can name: bit 8 of P1 marks a short file identifier (ISO 7816-4 §11.3.3). */
const offsetLimit = 0x8000;

/** Tag and length around the data of an answer to READ BINARY with an odd INS, at most. */
const discretionaryOverhead = 5;

/** READ BINARY at offset 0 of the file with this short identifier, which becomes the current file. */
export function readByShortId(channel: ChipChannel, shortId: number, read: ReadLength): Promise<ResponseApdu> {
  return channel.send({ cla: 0x00, ins: 0xb0, p1: 0x80 | shortId, p2: 0x00, expectedLength: read.length }, read.form);
}

/**
 * READ BINARY of the current file. The even INS ends before offset 32 768: on some chips both kinds of INS may not overlap
 * (9303-10 §3.6.6). The data is at most `read.length` bytes.
 */
export function readAtOffset(channel: ChipChannel, offset: number, read: ReadLength): Promise<ResponseApdu> {
  if (offset >= offsetLimit) return readBeyond(channel, offset, read);
  const expectedLength = Math.min(read.length, offsetLimit - offset);
  const command = { cla: 0x00, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, expectedLength };
  return channel.send(command, read.form);
}

// READ BINARY with the odd INS: offset in DO 54, data in DO 53 (9303-10 §3.6.6.2).
async function readBeyond(channel: ChipChannel, offset: number, read: ReadLength): Promise<ResponseApdu> {
  const offsetBytes =
    offset > 0xffff ? [offset >> 16, (offset >> 8) & 0xff, offset & 0xff] : [offset >> 8, offset & 0xff];
  const data = encodeTlv(0x54, Uint8Array.from(offsetBytes));
  const expectedLength = Math.max(discretionaryOverhead + 1, read.length);
  const answer = await channel.send({ cla: 0x00, ins: 0xb1, p1: 0x00, p2: 0x00, data, expectedLength }, read.form);
  if (answer.data.length === 0) return answer;
  const object = decodeTlv(answer.data);
  if (object.tag !== 0x53) throw new Failure('card.response-malformed', { ins: 0xb1 });
  return { ...answer, data: object.value };
}
