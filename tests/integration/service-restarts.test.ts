import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { createChip } from '../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../main/simulator/documents/specimens.ts';
import { day } from '../support/fake-house.ts';
import { startPcscd } from '../support/pcscd.ts';
import { specimenResources } from '../support/specimen-resources.ts';

const root = resolve(import.meta.dirname, '../..');
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const numberOf = ({ mrz }: { readonly mrz: readonly string[] }): string =>
  mrz[1]?.slice(0, 9).replaceAll('<', '') ?? '';
const rounds = Number(process.env.STYRK_RESTARTS ?? 6);

interface Reader {
  /** Its next word; fails with its status and what it complained of where it has ended. */
  readonly said: () => Promise<string | undefined>;
  readonly errors: () => string;
}

/** A process of the test's own on the private daemon, collected often and with little room. */
function startReader(script: string, given: readonly string[], env: Readonly<Record<string, string>>): Reader {
  const reader = spawn(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=64', join(root, 'tests/support', script), ...given],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
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
  return { said: async () => (await Promise.race([lines.next(), ended])).value, errors: () => errors };
}

/*
 * `pcsc-mini` 0.1.3: a client whose context went with its service releases it once more when it is collected, and what its
 * finalizer throws ends the process. So: the service restarted again and again in the middle of readings, in a process that
 * is collected after each of them and has little room.
 */
it.each(['pcscd', 'pcsc-mini'])('a process that reads by %s outlives every restart of the service', async (binding) => {
  const pcscd = await startPcscd();
  onTestFinished(() => pcscd.stop());
  const { said, errors } = startReader('restart-process.ts', [binding], pcscd.env);
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
  expect(errors()).toBe('');
});

// As a branch's day: whole documents, the service gone before any of their exchanges, or after the last.
it.each(['pcscd', 'pcsc-mini'])(
  'whole documents read by %s while the service restarts end whole or by name',
  async (binding) => {
    const pcscd = await startPcscd();
    onTestFinished(() => pcscd.stop());
    const specimen = issueSpecimen('se-passport', day('2026-11-23'), specimenResources);
    const given = [binding, specimen.mrz.join('\n'), '2026-11-23'];
    const { said, errors } = startReader('restart-reading-process.ts', given, pcscd.env);
    expect(await said()).toBe('watching');
    let exchanges = 0;
    const ends: (string | undefined)[] = [];
    for (let round = 0; round < rounds; round++) {
      const chip = createChip(specimen, { random });
      // Round by round later in the document; every third is left in peace, and the first of them says how long it is.
      const killAt = round % 3 === 0 ? 0 : 1 + ((round * 7) % exchanges);
      const silent = Promise.withResolvers<void>();
      let asked = 0;
      const card = await pcscd.connectCard({
        onPower: () => chip.reset(),
        answer: (command) => {
          asked += 1;
          if (asked !== killAt) return chip.transmit(command) ?? 'leave';
          silent.resolve();
          // In turn in the middle of an exchange and right behind its answer.
          return round % 2 === 0 ? 'silence' : (chip.transmit(command) ?? 'leave');
        },
      });
      expect(await said()).toBe('reading');
      if (killAt > 0) {
        await silent.promise;
        await pcscd.kill();
      }
      const end = await said();
      ends.push(end);
      if (killAt === 0) {
        expect(end).toBe(`whole ${numberOf(specimen)}`);
        exchanges = asked;
        await pcscd.kill();
      }
      expect(end, `killed at exchange ${killAt} of ${exchanges}`).toMatch(/^(whole \S+|reader\.service-stopped)$/);
      await card.leave();
      await pcscd.restart();
      expect(await said()).toBe('back');
    }
    expect(new Set(ends)).toEqual(new Set([`whole ${numberOf(specimen)}`, 'reader.service-stopped']));
    expect(errors()).toBe('');
  },
  120_000 + rounds * 20_000,
);
