import { setImmediate } from 'node:timers/promises';
import { parseMrz } from '../../main/document/mrz.ts';
import { createInspector } from '../../main/inspection/inspector.ts';
import { outcomeOf } from '../../main/inspection/outcome.ts';
import { openReaderPort, type ReaderBinding } from '../../main/reader/choose-port.ts';
import { asFailure } from '../../main/result/failure.ts';
import { standardLimits } from '../../main/trust/path/freshness.ts';
import { TrustStore } from '../../main/trust/path/trust-store.ts';
import { day } from './fake-house.ts';
import { startPort } from './reader-events.ts';

/*
 * Reads whole documents for as long as it is let, and says how each reading ended, for the test that restarts the service
 * under it. One line a word: `watching`; then for each card `reading`, `whole DOCUMENT` or the failure's code, `back`.
 */

const [binding, mrz = '', at = ''] = process.argv.slice(2);
const port = openReaderPort(binding as ReaderBinding, { serviceRetryMillis: () => 20 });
const inspector = createInspector(new URL('../../main/inspection/worker.ts', import.meta.url), () => () => undefined);
const say = (word: string): void => void process.stdout.write(`${word}\n`);
const request = {
  accessKey: { kind: 'mrz', information: parseMrz(mrz, day(at)).information },
  at: day(at),
  time: { limits: standardLimits, newestKnown: null, behind: null },
  extendedLength: 'where-stated',
} as const;

async function read(reader: string): Promise<string> {
  try {
    const connection = await port.connect(reader);
    say('reading');
    const inspection = await inspector.inspect(request, {
      connection,
      trust: new TrustStore([]),
      onProgress: () => undefined,
    });
    await connection.close('reset');
    const { state, code } = outcomeOf(inspection);
    return state === 'done' ? `whole ${inspection.document?.number}` : code;
  } catch (thrown) {
    return asFailure(thrown).code;
  }
}

const events = await startPort(port);
say('watching');
for (;;) {
  const { reader } = await events.next('card-inserted');
  say(await read(reader));
  // Memory as a long day leaves it: what is dropped is collected, finalizers run.
  const litter = Array.from({ length: 50 }, () => new Uint8Array(65_536));
  globalThis.gc?.();
  await setImmediate();
  litter.length = 0;
  globalThis.gc?.();
  await events.next('service', ({ available }) => available);
  await events.next('readers', ({ readers }) => readers.length === 2);
  say('back');
}
