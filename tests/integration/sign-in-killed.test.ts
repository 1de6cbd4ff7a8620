import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { openKeeping } from '../../main/house/open-keeping.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import { markKeyFile } from '../../main/store/marks/mark-key.ts';
import { mostFailures } from '../../main/store/operators/lock-out.ts';
import { fromOutside } from '../support/from-outside.ts';
import type { SignInOrder } from '../support/sign-in-order.ts';

/*
 * Twenty wrong tries in processes that are killed (SIGKILL) in the middle of them and started again, with the clock set back, and
 * rows and files deleted in between: still locked out (docs/decisions/0015-operators.md; NIST SP 800-63B-4 §3.2.2).
 */

const processFile = resolve(import.meta.dirname, '../support/sign-in-process.ts');
const right = { sign: 'TE', secret: 'the right secret of hers' };
const wrong = { sign: 'TE', secret: 'not the right one at all' };
const wrongTries = (count: number) => Array.from({ length: count }, () => wrong);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-locked-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** How a process answered its tries, in order, until it was killed: once it had told `until`. */
async function killedAt(until: string, order: SignInOrder): Promise<readonly string[]> {
  const child = spawn(process.execPath, [processFile], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(`${JSON.stringify(order)}\n`);
  const codes: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const tried = /^tried \d+ (\S+)$/.exec(line)?.[1];
    if (tried !== undefined) codes.push(tried);
    if (line === until) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return codes;
}

/** The folder as another process of the station has it, with the clock of that day. */
async function administer<Answer>(
  directory: string,
  act: (keeping: Awaited<ReturnType<typeof openKeeping>>) => Promise<Answer> | Answer,
): Promise<Answer> {
  const keeping = await openKeeping({
    directory,
    kind: 'training',
    clock: { now: () => '2026-11-23T09:00:00Z', today: () => '2026-11-23' as PlainDate },
    resourcesDirectory: resolve(import.meta.dirname, '../../resources'),
    signIn: { costs: { cost: 2, blockSize: 8, parallelization: 1 }, millis: () => performance.now() },
  });
  try {
    await keeping.unlock({ kind: 'key-file', path: null });
    return await act(keeping);
  } finally {
    keeping.close();
  }
}

async function staffed(): Promise<string> {
  const directory = join(temporaryFolder(), 'data');
  const person = { name: 'Name', competentUntil: null };
  await administer(directory, async ({ operators }) => {
    const first = { ...person, sign: 'AB', role: 'administrator', secret: 'the secret of an administrator' } as const;
    const by = { operators: [await operators.add(first, { names: [] })] };
    await operators.add({ ...person, ...right, name: 'Another name', role: 'teller' }, by);
  });
  return directory;
}

it('twenty wrong tries, killed, restarted, the clock set back, rows and files deleted: still locked out', async () => {
  const directory = await staffed();
  const order = (tries: SignInOrder['tries'], day = '2026-11-23', holdAt: number | null = null): SignInOrder => ({
    directory,
    day,
    holdAt,
    tries,
  });
  // The right secret is let in at first: what is refused below is not refused for another reason.
  expect(await killedAt('done', order([right]))).toEqual(['signed-in']);

  // Killed while the third secret is computed, which counts all the same.
  expect(await killedAt('computing 3', order(wrongTries(5), '2026-11-23', 3))).toEqual([
    'operator.refused',
    'operator.refused',
  ]);
  // The log beside the database goes with the process: what was counted is in the file.
  rmSync(join(directory, 'styrk.db-wal'), { force: true });
  rmSync(join(directory, 'styrk.db-shm'), { force: true });
  const failures = () =>
    administer(directory, ({ operators }) => operators.list().find(({ sign }) => sign === 'TE')?.failures);
  expect(await failures()).toBe(3);

  // A year back by the clock, and killed once more in the middle.
  expect(await killedAt('computing 4', order(wrongTries(9), '2025-11-23', 4))).toEqual(
    wrongTries(3).map(() => 'operator.refused'),
  );
  expect(await failures()).toBe(7);
  const refused = await killedAt('done', order(wrongTries(13), '2025-11-23'));
  expect(refused.filter((code) => code === 'operator.refused')).toHaveLength(mostFailures - 7);
  expect(new Set(refused.slice(mostFailures - 7))).toEqual(new Set(['operator.locked']));
  expect(await killedAt('done', order([right]))).toEqual(['operator.locked']);

  const tampering: Readonly<Record<string, (folder: string) => void>> = {
    'her tries': (folder) => fromOutside(join(folder, 'styrk.db'), 'DELETE FROM operator_tries WHERE failures >= 10'),
    'all tries': (folder) => fromOutside(join(folder, 'styrk.db'), 'DELETE FROM operator_tries'),
    'her count': (folder) => fromOutside(join(folder, 'styrk.db'), 'UPDATE operator_tries SET failures = 0'),
    'tries and their marks': (folder) =>
      fromOutside(
        join(folder, 'styrk.db'),
        "DELETE FROM operator_tries; DELETE FROM row_marks WHERE table_name = 'operator_tries'",
      ),
    'that there are operators': (folder) => fromOutside(join(folder, 'styrk.db'), 'DELETE FROM operators_state'),
    'every operator, and the mark over all': (folder) =>
      fromOutside(
        join(folder, 'styrk.db'),
        'DELETE FROM operators; DELETE FROM operator_tries; DELETE FROM operators_state; DELETE FROM marks; DELETE FROM row_marks',
      ),
    'the key of the marks': (folder) => rmSync(markKeyFile(folder)),
    'the log beside the database': (folder) => {
      for (const name of ['styrk.db-wal', 'styrk.db-shm']) rmSync(join(folder, name), { force: true });
    },
  };
  for (const [what, touch] of Object.entries(tampering)) {
    const copy = join(temporaryFolder(), 'data');
    cpSync(directory, copy, { recursive: true });
    touch(copy);
    const [code] = await killedAt('done', { ...order([right], '2025-11-23'), directory: copy });
    expect([what, ['operator.locked', 'trust.tampered'].includes(code ?? 'none')]).toEqual([what, true]);
    // And nobody needs no sign-in for it.
    expect([what, await administer(copy, ({ operators }) => operators.state())]).not.toEqual([what, 'none']);
  }

  // An administrator lets her in again, as a recorded act: then the right secret counts.
  expect(existsSync(join(directory, 'styrk.db'))).toBe(true);
  await administer(directory, async ({ operators }) => {
    const by = await operators.signIn('AB', 'the secret of an administrator');
    operators.reset('TE', { operators: [by] });
  });
  expect(await killedAt('done', order([right]))).toEqual(['signed-in']);
  expect(await administer(directory, ({ acts }) => acts.done().broken)).toEqual([]);
}, 600_000);
