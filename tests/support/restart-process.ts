import { openReaderPort, type ReaderBinding } from '../../main/reader/choose-port.ts';
import { asFailure } from '../../main/result/failure.ts';
import { startPort } from './reader-events.ts';

/*
 * Reads whatever is laid on a reader until its service goes, says how that ended, collects its garbage, and waits for the
 * service's return: for the test that restarts it. One word a line on standard output.
 */

const port = openReaderPort(process.argv[2] as ReaderBinding, { serviceRetryMillis: () => 20 });
const say = (word: string): void => void process.stdout.write(`${word}\n`);
const collect = (): void => globalThis.gc?.();
const events = await startPort(port);
say('watching');
for (;;) {
  const { reader } = await events.next('card-inserted');
  const connection = await port.connect(reader);
  say('reading');
  let end = '';
  while (end === '') {
    try {
      await connection.transmit(new Uint8Array(5));
      await connection.transmit(new Uint8Array(6));
    } catch (thrown) {
      end = asFailure(thrown).code;
    }
  }
  say(end);
  await connection.close('reset');
  // Memory as a long day leaves it: what is dropped is collected, finalizers run.
  const litter = Array.from({ length: 50 }, () => new Uint8Array(65_536));
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  litter.length = 0;
  collect();
  await events.next('service', ({ available }) => available);
  await events.next('readers', ({ readers }) => readers.length === 2);
  say('back');
}
