import { closeSync, openSync, writeSync } from 'node:fs';
import { nextRow, type RowFormat } from '../holders/import/next-row.ts';
import { splitRows } from '../holders/import/row-splitter.ts';
import { type InputFile, outputFailure } from '../machine/input-file.ts';
import { concat } from '../result/bytes.ts';

const utf8 = new TextEncoder();

/**
 * Writes the rows that were left out to a new file, for its owner alone: each as it stood, after a line that says where it began and
 * why. Rows that are too long are named and not written. Fails with `output.unwritable`, where there is a file too.
 */
export async function writeRejects(
  path: string,
  file: InputFile,
  {
    start,
    reading,
  }: {
    readonly start: { readonly offset: number; readonly line: number };
    readonly reading: { readonly format: RowFormat };
  },
  faultsOf: () => IterableIterator<{ readonly line: number; readonly note: string }>,
): Promise<void> {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o600);
  } catch (thrown) {
    throw outputFailure(thrown, path);
  }
  // Begun late, and ended however this ends: while it runs nothing else is done with the stage.
  const faults = faultsOf();
  try {
    let next = faults.next();
    const write = (line: number, row: Uint8Array): void => {
      while (!next.done && next.value.line < line) {
        writeSync(descriptor, `# line ${next.value.line}: ${next.value.note}\n`);
        next = faults.next();
      }
      if (next.done || next.value.line !== line) return;
      const head = utf8.encode(`# line ${line}: ${next.value.note}\n`);
      writeSync(descriptor, concat(head, row, utf8.encode('\n')));
      next = faults.next();
    };
    for await (const { bytes, line } of splitRows(file.chunks(start.offset), start, reading.format)) {
      let begins = line;
      for (let at = 0; at < bytes.length; ) {
        const row = nextRow(bytes, at, reading.format, true);
        if (row === null || row === 'too-long') break;
        write(begins, bytes.subarray(at, row.end));
        at = row.next;
        begins += row.lines;
      }
    }
    write(Number.MAX_SAFE_INTEGER, new Uint8Array());
  } catch (thrown) {
    throw outputFailure(thrown, path);
  } finally {
    faults.return?.();
    closeSync(descriptor);
  }
}
