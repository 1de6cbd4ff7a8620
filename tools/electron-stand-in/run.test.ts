import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [resolve(import.meta.dirname, 'run.ts'), ...args], {
    encoding: 'utf8',
  });

test('refuses anything but training data, and says why', () => {
  const { status, stderr, stdout } = run('--headless', '--', '--data', '/nowhere');
  expect(status).toBe(2);
  expect(stderr).toContain('training data only');
  expect(stdout).toBe('');
});

test('refuses a port that is none', () => {
  expect(run('--debug-port', 'x', '--', '--training').status).toBe(2);
  expect(run('--debug-port', '70000', '--', '--training').status).toBe(2);
});

test('tells how it is used', () => {
  expect(run('--help')).toMatchObject({ status: 0 });
});
