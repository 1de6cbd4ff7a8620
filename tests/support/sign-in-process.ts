import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { openKeeping } from '../../main/house/open-keeping.ts';
import { asFailure } from '../../main/result/failure.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import type { SignInOrder } from './sign-in-order.ts';

/*
 * Opens a folder as the app does and signs in as it is told, one try after the other, each long enough after the last. Tells
 * `tried N CODE` after a try, `computing N` in the one in which it stands still, `done` at the end, and then waits to be killed. Written at once, not by a stream:
 * what was told stays told when the process is killed.
 */
const tell = (line: string): void => {
  writeSync(1, `${line}\n`);
};

tell('ready');
for await (const line of createInterface({ input: process.stdin })) {
  await run(JSON.parse(line) as SignInOrder);
  break;
}

async function run({ directory, day, holdAt, tries }: SignInOrder): Promise<void> {
  let millis = 0;
  const keeping = await openKeeping({
    directory,
    kind: 'training',
    clock: { now: () => `${day}T09:00:00Z`, today: () => day as PlainDate },
    resourcesDirectory: join(import.meta.dirname, '../../resources'),
    // Weak, and still long enough to be killed in it: how long a secret takes to compute is not what is tried here.
    signIn: { costs: { cost: 2 ** 14, blockSize: 8, parallelization: 1 }, millis: () => millis },
  });
  await keeping.unlock({ kind: 'key-file', path: null });
  for (const [index, { sign, secret }] of tries.entries()) {
    // Longer than any wait after wrong tries: what is left is the count.
    millis += 10 * 60_000;
    const trying = keeping.operators.signIn(sign, secret).then(
      () => 'signed-in',
      (thrown: unknown) => asFailure(thrown).code,
    );
    if (index + 1 === holdAt) {
      // Another turn of the loop: the computation has begun, which yields in slices, and nobody lets it end.
      await setImmediate();
      tell(`computing ${holdAt}`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    const code = await trying;
    tell(`tried ${index + 1} ${code}`);
  }
  tell('done');
  setInterval(() => undefined, 60_000);
}
