import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron } from 'playwright-core';
import { buildIfStale } from '../start/build-if-stale.ts';
import { electronBinary } from '../start/electron-binary.ts';
import { type AskedLine, askedLines, electronLines, type Outcome, pageLines } from './lines.ts';
import { exitStatus, type Result, resultsPage } from './results.ts';

/*
 * `npm run electron-proof`: what can be proved only where Electron's binary is. Writes a page of results to keep. Exit status: 0
 * everything holds, 1 something fails, 2 unusable arguments, 3 something was not run.
 */

const root = resolve(import.meta.dirname, '../..');
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'electron-proof.md' },
    package: { type: 'string' },
    program: { type: 'string' },
    reader: { type: 'string' },
    'access-file': { type: 'string' },
    specs: { type: 'boolean', default: false },
    seen: { type: 'string', multiple: true },
    'retry-electron': { type: 'boolean', default: false },
  },
});

const notRun = (detail: string): Outcome => ({ state: 'not-run', detail });

async function guarded(run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (thrown) {
    return { state: 'fails', detail: thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : 'unknown' };
  }
}

async function inElectron(): Promise<readonly Result[]> {
  const binary = electronBinary(root, values['retry-electron'], say);
  if ('reason' in binary)
    return [...electronLines, ...pageLines].map(({ id, title }) => ({ id, title, outcome: notRun(binary.reason) }));
  buildIfStale(root, say);
  const directory = mkdtempSync(join(tmpdir(), 'styrk-proof-'));
  const args = [root, '--training', '--data', directory, '--reader-port', 'training'];
  const electron = await _electron.launch({ executablePath: binary.path, args });
  try {
    const page = await electron.firstWindow();
    await page.locator('main').waitFor();
    const results: Result[] = [];
    for (const { id, title, run } of electronLines)
      results.push({ id, title, outcome: await guarded(() => run({ electron, page })) });
    for (const { id, title, run } of pageLines) results.push({ id, title, outcome: await guarded(() => run(page)) });
    return results;
  } finally {
    await electron.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function byStatus(command: string, args: readonly string[], wanted: number): Outcome {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 1_800_000,
  });
  if (error !== undefined) return { state: 'fails', detail: 'it could not be started' };
  return { state: status === wanted ? 'holds' : 'fails', detail: `exit status ${status}` };
}

function asked(line: AskedLine, proved: boolean): Outcome {
  const node = process.execPath;
  const { package: file, program, reader, 'access-file': access } = values;
  if (line.id === 'fuses' && file !== undefined)
    return byStatus(node, [join(root, 'tools/package/verify.ts'), file], 0);
  if (line.id === 'start-refused' && program !== undefined) return byStatus(program, ['--remote-debugging-port=0'], 3);
  // Without a list and a package it has nothing to prove, and says so.
  if (line.id === 'update-check' && program !== undefined) return byStatus(program, ['--check-update'], 2);
  if (line.id === 'specs' && values.specs)
    return proved
      ? byStatus(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e'], 0)
      : notRun('the specs would run in the stand-in');
  if (line.id === 'reader' && reader !== undefined && access !== undefined)
    return byStatus(node, [join(root, 'main/cli.ts'), 'inspect', '--reader', reader, '--access-file', access], 0);
  if (line.option.startsWith('--seen') && values.seen?.includes(line.id))
    return { state: 'holds', detail: 'seen by who ran this' };
  const platforms: Readonly<Record<string, string>> = { linux: 'linux', 'windows-platform': 'win32', macos: 'darwin' };
  if (platforms[line.id] === process.platform && proved) return { state: 'holds', detail: release() };
  return notRun(`needs ${line.option}`);
}

const results: Result[] = [...(await inElectron())];
const proved = results.every(({ outcome }) => outcome.state === 'holds');
for (const line of askedLines) results.push({ id: line.id, title: line.title, outcome: asked(line, proved) });
const page = resultsPage(
  results,
  `${new Date().toISOString().slice(0, 10)}, ${process.platform} ${release()}, ${process.arch}.`,
);
writeFileSync(values.out, page);
process.stdout.write(page);
process.exitCode = exitStatus(results);
