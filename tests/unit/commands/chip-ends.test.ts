import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const askForAnswerToReset = Uint8Array.of(0, 1, 4);

/** The side door plays a chip into a virtual reader that the test is; both ends, once the reader has the chip's answer to reset. */
async function played(start: (place: string) => ChildProcess): Promise<{ started: ChildProcess; chip: Socket }> {
  const reader = createServer().listen(0, '127.0.0.1');
  await once(reader, 'listening');
  const started = start(`127.0.0.1:${(reader.address() as AddressInfo).port}`);
  // Whatever became of the test, nothing of it plays on: the group is the test's own.
  onTestFinished(() => {
    reader.close();
    try {
      process.kill(-(started.pid ?? 0), 'SIGKILL');
    } catch {
      // All of it has ended, as it should.
    }
  });
  const [chip] = (await once(reader, 'connection')) as [Socket];
  chip.write(askForAnswerToReset);
  await once(chip, 'data');
  return { started, chip };
}

// npm's own steps before a command (set-up) are left out: the packages are there.
const byNpm = (place: string): ChildProcess =>
  spawn('npm', ['run', '--ignore-scripts', '-s', 'styrk', '--', 'chip', 'se-passport', '--vpcd', place], {
    cwd: root,
    stdio: 'ignore',
    detached: true,
  });

// A reader that still has the chip reads on although whoever started it was told to end.
test.each([
  ['npm', (child: ChildProcess) => child.kill('SIGTERM')],
  ['the whole group', (child: ChildProcess) => process.kill(-(child.pid ?? 0), 'SIGTERM')],
  [
    'the whole group, as a terminal that is closed does,',
    (child: ChildProcess) => process.kill(-(child.pid ?? 0), 'SIGHUP'),
  ],
])('a signal to %s takes the chip off the reader', async (_name, signal) => {
  const { started, chip } = await played(byNpm);
  const ended = Promise.all([once(chip, 'close'), once(started, 'exit')]);
  chip.resume();
  signal(started);
  const [, [status, by]] = await ended;
  expect(status === 0 || by !== null).toBe(true);
});

test('started without npm it ends in order by SIGTERM: status 0', async () => {
  const { started, chip } = await played((place) =>
    spawn(process.execPath, ['tools/run.mjs', 'main/cli.ts', 'chip', 'se-passport', '--vpcd', place], {
      cwd: root,
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, npm_lifecycle_event: undefined },
    }),
  );
  const ended = Promise.all([once(chip, 'close'), once(started, 'exit')]);
  chip.resume();
  started.kill('SIGTERM');
  const [, [status]] = await ended;
  expect(status).toBe(0);
});

// pid_namespaces(7): in a container npm is process 1, and bash, where it is sh, gives way to what it is told to run.
const inContainer = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'] as const;
const [unshare, ...isolated] = inContainer;
const canIsolate = spawnSync(unshare, [...isolated, 'true']).status === 0;

test.skipIf(!canIsolate)('a command whose npm is the first process of a container runs to its end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-first-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = join(folder, 'script.mjs');
  // Five looks at the shell later.
  writeFileSync(script, "setTimeout(() => process.stdout.write('to its end'), 1_000);");
  const command = `"${process.execPath}" tools/run.mjs "${script}" & wait`;
  const { stdout } = spawnSync(unshare, [...isolated, 'sh', '-c', command], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_lifecycle_event: 'styrk' },
  });
  expect(stdout).toBe('to its end');
});
