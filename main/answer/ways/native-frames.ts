import { endianness } from 'node:os';
import { concat } from '../../result/bytes.ts';

/*
 * Native messaging of Chrome and Edge: each message is JSON in UTF-8 with its length in front, 32 bits in the machine's own
 * byte order (developer.chrome.com/docs/extensions/develop/concepts/native-messaging). What goes to the browser may have 1 MB.
 */

const prefix = 4;
const littleEndian = endianness() === 'LE';
/** More than any order; the browser would send up to 64 MB. */
const largestMessage = 128 * 1024;

/** The messages in what the browser writes; ends before one that is too large, which cannot be passed over safely. */
export async function* framesIn(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly message: Uint8Array } | { readonly tooLarge: number }> {
  let waiting: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    waiting = concat(waiting, chunk);
    while (waiting.length >= prefix) {
      const length = new DataView(waiting.buffer, waiting.byteOffset).getUint32(0, littleEndian);
      if (length > largestMessage) {
        yield { tooLarge: length };
        return;
      }
      if (waiting.length < prefix + length) break;
      yield { message: waiting.slice(prefix, prefix + length) };
      waiting = waiting.slice(prefix + length);
    }
  }
}

/** A message to the browser. */
export function frameOf(value: object): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(value));
  const length = new Uint8Array(prefix);
  new DataView(length.buffer).setUint32(0, json.length, littleEndian);
  return concat(length, json);
}
