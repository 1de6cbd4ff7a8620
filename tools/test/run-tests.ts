import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { errorsFileVariable, type OutsideTests } from './errors-outside-tests.ts';

/*
 * `npm test`: types, lint, dead code, build, then the test projects. A step counts as one test, a project as its
 * tests; the last line is `N passed, N failed`, with `, N skipped` behind it where tests were skipped.
 */

const root = resolve(import.meta.dirname, '../..');
const bin = join(root, 'node_modules/.bin');
const counts = { passed: 0, failed: 0, skipped: 0 };
// What failed, said again at the very end: of a long run that is what one looks for.
const failures: string[] = [];
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };

function run(command: string, words: readonly string[], more: NodeJS.ProcessEnv = {}): boolean {
  const started = performance.now();
  process.stdout.write(`\n== ${command} ${words.join(' ')}\n`);
  const { status } = spawnSync(join(bin, command), words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, ...more },
  });
  process.stdout.write(
    `== ${command}: ${status === 0 ? 'ok' : 'failed'}, ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  return status === 0;
}

function step(command: string, ...words: string[]): void {
  if (run(command, words)) {
    counts.passed += 1;
  } else {
    counts.failed += 1;
    failures.push([command, ...words].join(' '));
  }
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** A failure as it is said at the end: where, which, and the beginning of why. */
function told(file: string, name: string, why: string): string {
  const lines = stripVTControlCharacters(why)
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .slice(0, 20);
  return [`${relative(root, file) || 'vitest'}: ${name}`, ...lines].join('\n    ');
}

/** Where the reports of a run lie, and the words and the environment that have them written there. */
interface Reports {
  readonly folder: string;
  readonly file: string;
  readonly errors: string;
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

function reported(...names: readonly string[]): Reports {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-test-'));
  const file = join(folder, 'report.json');
  const errors = join(folder, 'errors.json');
  const reporters = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    `--reporter=${join(import.meta.dirname, 'errors-outside-tests.ts')}`,
  ];
  return {
    folder,
    file,
    errors,
    words: ['run', ...names.map((name) => `--project=${name}`), ...reporters],
    env: { [errorsFileVariable]: errors },
  };
}

function readOutside(file: string): OutsideTests {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as OutsideTests) : { errors: [], notRun: [] };
}

/*
 * Files whose process the runner gave up before it began: a machine that stood still for a minute. Nothing is known of their tests.
 * A process that ended by itself is not meant: that is an error of what ran in it.
 */
function neverBegun({ errors, notRun }: OutsideTests): OutsideTests['notRun'] {
  const isOfStart = errors.every(({ text }) =>
    /^Error: \[vitest-pool\]: (Failed to start[\s\S]*Timeout waiting|Timeout starting) /.test(text),
  );
  return isOfStart && errors.length === notRun.length ? notRun : [];
}

/** Counts a run; what is answered is to be run once more. */
function count({ folder, file, errors }: Reports, ended: boolean): OutsideTests['notRun'] {
  const outside = readOutside(errors);
  const again = neverBegun(outside);
  if (existsSync(file)) {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    // A file that could not even be loaded has no tests to count; it is a failure all the same.
    const broken = report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    );
    counts.passed += report.numPassedTests;
    counts.failed += report.numFailedTests + broken.length;
    counts.skipped += report.numPendingTests + report.numTodoTests;
    for (const suite of broken) failures.push(told(suite.name, 'the file could not be run', suite.message));
    for (const suite of report.testResults) {
      for (const test of suite.assertionResults.filter(({ status }) => status === 'failed')) {
        failures.push(told(suite.name, test.fullName, test.failureMessages?.join('\n') ?? ''));
      }
    }
    const others = again.length > 0 ? [] : toldOutside(outside);
    if (!ended && again.length + report.numFailedTests + broken.length + others.length === 0) {
      others.push('vitest: every test passed, and the run failed without an error (see above)');
    }
    counts.failed += others.length;
    failures.push(...others);
  } else {
    counts.failed += 1;
    failures.push('vitest: it ended without a report (see above)');
  }
  rmSync(folder, { recursive: true, force: true });
  return again;
}

function toldOutside({ errors, notRun }: OutsideTests): string[] {
  const lost = notRun.map(({ file }) => `${relative(root, file)}: it did not come to its end`);
  return [...lost, ...errors.map(({ type, text, file }) => told(file ?? root, `outside of any test, ${type}`, text))];
}

/** The files that never began, once more, each in its project; said, and what comes of them counts. */
function onceMore(notRun: OutsideTests['notRun']): void {
  for (const name of new Set(notRun.map(({ project }) => project))) {
    const files = notRun.filter(({ project }) => project === name).map(({ file }) => relative(root, file));
    process.stdout.write(`\n== the runner did not come to begin these, so they are run again: ${files.join(', ')}\n`);
    const report = reported(name);
    const still = count(report, run('vitest', [...report.words, ...files], report.env));
    counts.failed += still.length;
    for (const { file } of still) failures.push(`${relative(root, file)}: the runner did not come to begin it, twice`);
  }
}

function project(...names: readonly string[]): void {
  const report = reported(...names);
  onceMore(count(report, run('vitest', report.words, report.env)));
}

/**
 * Projects side by side: one that uses the machine's devices, a test at a time, and waits for them for more than half of its time; and
 * those that only compute, as many at once as ever. What the first prints comes when all have ended.
 */
async function projectsTogether(onDevices: string, computing: readonly string[]): Promise<void> {
  const report = reported(onDevices);
  const said = join(report.folder, 'said');
  const out = openSync(said, 'w');
  const { words } = report;
  const beside = spawn(join(bin, 'vitest'), words, {
    cwd: root,
    stdio: ['ignore', out, out],
    env: { ...env, ...report.env },
  });
  closeSync(out);
  const ended = new Promise<boolean>((done) => {
    beside.once('error', () => done(false));
    beside.once('exit', (status) => done(status === 0));
  });
  project(...computing);
  const well = await ended;
  process.stdout.write(`\n== vitest ${words.join(' ')}\n${existsSync(said) ? readFileSync(said, 'utf8') : ''}`);
  process.stdout.write(`== vitest: ${well ? 'ok' : 'failed'}\n`);
  onceMore(count(report, well));
}

if (!process.versions.node.startsWith('24.')) throw new Error(`tests run on Node 24, not ${process.versions.node}`);
step('tsc', '-p', '.');
step('biome', 'ci', '.');
step('knip');
// What only tests use is dead all the same.
step('knip', '--production');
step('electron-vite', 'build');
const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
const computing = [
  ...(isWanted('unit') ? ['unit', 'unit-alone'] : []),
  ...['red-team', 'conformance'].filter(isWanted),
];
if (isWanted('integration') && computing.length > 0) await projectsTogether('integration', computing);
else if (computing.length > 0) project(...computing);
else if (isWanted('integration')) project('integration');
if (isWanted('e2e')) project('e2e');
const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
for (const failure of failures) process.stdout.write(`\nFAILED ${failure}\n`);
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exit(counts.failed === 0 ? 0 : 1);
