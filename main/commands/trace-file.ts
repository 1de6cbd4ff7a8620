import { closeSync, openSync, writeFileSync } from 'node:fs';
import { outputFailure } from '../machine/input-file.ts';
import { toHex } from '../result/bytes.ts';

/** Where the APDUs of a reading go, one exchange a line as JSON: `c` and `r` in hex. */
export interface TraceFile {
  readonly record: (direction: 'command' | 'response', apdu: Uint8Array) => void;
  readonly close: () => void;
}

/**
 * Makes the file at `path`, which must not be there yet: what a trace holds is personal, and a file or link that lies there
 * has another mode, or leads elsewhere. Only its owner may read it. Fails with `output.unwritable`, also later.
 */
export function openTrace(path: string): TraceFile {
  const written = <Result>(act: () => Result): Result => {
    try {
      return act();
    } catch (thrown) {
      throw outputFailure(thrown, path);
    }
  };
  const descriptor = written(() => openSync(path, 'wx', 0o600));
  let command = '';
  return {
    record: (direction, apdu) => {
      if (direction === 'command') command = toHex(apdu);
      else written(() => writeFileSync(descriptor, `${JSON.stringify({ c: command, r: toHex(apdu) })}\n`));
    },
    close: () => closeSync(descriptor),
  };
}
