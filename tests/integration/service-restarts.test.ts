import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { startPcscd } from '../support/pcscd.ts';

const root = resolve(import.meta.dirname, '../..');
const rounds = Number(process.env.STYRK_RESTARTS ?? 6);

/*
 * `pcsc-mini` 0.1.3: a client whose context went with its service releases it once more when it is collected, and what its
 * finalizer throws ends the process. So: the service restarted again and again in the middle of readings, in a process that
 * is collected after each of them and has little room.
 */
it.each(['pcscd', 'pcsc-mini'])('a process that reads by %s outlives every restart of the service', async (binding) => {
  const pcscd = await startPcscd();
  onTestFinished(() => pcscd.stop());
  const reader = spawn(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=64', join(root, 'tests/support/restart-process.ts'), binding],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...pcscd.env } },
  );
  onTestFinished(() => void reader.kill('SIGKILL'));
  let errors = '';
  reader.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<never>((_, reject) => {
    reader.once('close', (status, signal) => reject(new Error(`ended: ${status} ${signal} ${errors}`)));
  });
  ended.catch(() => undefined);
  const lines = createInterface(reader.stdout)[Symbol.asyncIterator]();
  const said = async (): Promise<string | undefined> => (await Promise.race([lines.next(), ended])).value;
  expect(await said()).toBe('watching');
  const ends = new Set<string | undefined>();
  for (let round = 0; round < rounds; round++) {
    const card = await pcscd.connectCard({
      answer: (asked) => (asked.length > 5 ? 'silence' : Uint8Array.of(0x90, 0)),
    });
    expect(await said()).toBe('reading');
    // In turn in the middle of a command and between two.
    if (round % 2 === 0) await card.nextCommand();
    await pcscd.kill();
    ends.add(await said());
    await card.leave();
    await pcscd.restart();
    expect(await said()).toBe('back');
  }
  expect([...ends]).toEqual(['reader.service-stopped']);
  expect(errors).toBe('');
});
