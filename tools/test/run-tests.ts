import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/*
 * `npm test`: types, lint, dead code, build, then the test projects. A step counts as one test, a project as its
 * tests; the last line is `N passed, N failed`, with `, N skipped` behind it where tests were skipped.
 */

const root = resolve(import.meta.dirname, '../..');
const bin = join(root, 'node_modules/.bin');
const counts = { passed: 0, failed: 0, skipped: 0 };
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };

function run(command: string, ...words: string[]): boolean {
  const started = performance.now();
  process.stdout.write(`\n== ${command} ${words.join(' ')}\n`);
  const { status } = spawnSync(join(bin, command), words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
  process.stdout.write(
    `== ${command}: ${status === 0 ? 'ok' : 'failed'}, ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  return status === 0;
}

function step(command: string, ...words: string[]): void {
  if (run(command, ...words)) counts.passed += 1;
  else counts.failed += 1;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

function project(name: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-test-'));
  const file = join(folder, 'report.json');
  const ended = run(
    'vitest',
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  );
  if (existsSync(file)) {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    // A file that could not even be loaded has no tests to count; it is a failure all the same.
    const broken = report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    );
    counts.passed += report.numPassedTests;
    counts.failed += report.numFailedTests + broken.length;
    counts.skipped += report.numPendingTests + report.numTodoTests;
    if (!ended && report.numFailedTests + broken.length === 0) counts.failed += 1;
  } else {
    counts.failed += 1;
  }
  rmSync(folder, { recursive: true, force: true });
}

if (!process.versions.node.startsWith('24.')) throw new Error(`tests run on Node 24, not ${process.versions.node}`);
step('tsc', '-p', '.');
step('biome', 'ci', '.');
step('knip');
// What only tests use is dead all the same.
step('knip', '--production');
step('electron-vite', 'build');
const wanted = process.argv.slice(2);
for (const name of ['unit', 'red-team', 'conformance', 'integration', 'e2e']) {
  if (wanted.length === 0 || wanted.includes(name)) project(name);
}
const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exit(counts.failed === 0 ? 0 : 1);
