import type { Holder } from '../../main/holders/holder.ts';
import { lookAtFile } from '../../main/holders/import/look-at-file.ts';
import { type ReadPiece, readRows } from '../../main/holders/import/read-rows.ts';
import { splitRows } from '../../main/holders/import/row-splitter.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';

/** How a made file comes: in chunks of so many bytes, and how it is wished to be read. */
export interface RegisterWish {
  readonly chunkBytes?: number;
  readonly mapping?: readonly (readonly [string, string])[];
  readonly encoding?: 'utf-8' | 'windows-1252';
}

/** Reads a whole register as an import does, without a folder. */
export async function readRegister(
  bytes: Uint8Array,
  today: PlainDate,
  { chunkBytes = 1 << 20, mapping = [], encoding }: RegisterWish = {},
): Promise<ReadPiece & { readonly encoding: string; readonly unused: readonly string[] }> {
  async function* chunks(from = 0): AsyncGenerator<Uint8Array> {
    for (let at = from; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const file = { bytes: bytes.length, head: (most: number) => bytes.subarray(0, most), chunks };
  const { reading, start } = await lookAtFile(file, { mapping, encoding: encoding ?? null, today }, () => undefined);
  const holders: Holder[] = [];
  const lines: number[] = [];
  const faults: { line: number; note: string }[] = [];
  const remarks: { line: number; note: string }[] = [];
  for await (const piece of splitRows(chunks(start.offset), start, reading.format)) {
    const read = readRows(piece.bytes, piece.line, reading);
    holders.push(...read.holders);
    lines.push(...read.lines);
    faults.push(...piece.tooLong.map((line) => ({ line, note: 'row-too-long' })), ...read.faults);
    remarks.push(...read.remarks);
  }
  faults.sort((a, b) => a.line - b.line);
  return { holders, lines, faults, remarks, encoding: reading.encoding, unused: reading.columns.unused };
}
