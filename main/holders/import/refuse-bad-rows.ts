import { Failure } from '../../result/failure.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { lookAtFile } from './look-at-file.ts';
import { readRows } from './read-rows.ts';
import { splitRows } from './row-splitter.ts';

/**
 * Reads a whole register as an import without `--partial` would, header and rows, and keeps nothing of it. Fails with
 * `holder.import-malformed` (line and reason of the first bad row, and how many there are).
 */
export async function refuseBadRows(
  file: Parameters<typeof lookAtFile>[0] & { readonly chunks: (from?: number) => AsyncIterable<Uint8Array> },
  today: PlainDate,
): Promise<void> {
  const { reading, start } = await lookAtFile(file, { mapping: [], encoding: null, today }, () => undefined);
  let first: { readonly line: number; readonly reason: string } | null = null;
  let rejected = 0;
  for await (const { bytes, line, tooLong } of splitRows(file.chunks(start.offset), start, reading.format)) {
    const faults = [
      ...tooLong.map((at) => ({ line: at, note: 'row-too-long' })),
      ...readRows(bytes, line, reading).faults,
    ].sort((one, other) => one.line - other.line);
    const [fault] = faults;
    if (fault !== undefined) first ??= { line: fault.line, reason: fault.note };
    rejected += faults.length;
  }
  if (first !== null) throw new Failure('holder.import-malformed', { ...first, rejected });
}
