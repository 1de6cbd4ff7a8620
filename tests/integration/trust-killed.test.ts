import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openFolder } from '../../main/house/folder.ts';
import { importTrust } from '../../main/keeping/import/import-trust.ts';
import { stationTime } from '../../main/keeping/station-time.ts';
import type { ImportOrder, ImportStage } from '../support/killed-import.ts';
import {
  importClock,
  importInto,
  madeAuthorities,
  madeDirectory,
  madeListSigner,
  madeMasterList,
  trustFileOf,
  voucherBy,
} from '../support/made-trust-files.ts';
import { precisePause } from '../support/precise-pause.ts';
import { soakTimeout, trustKills } from '../support/soak-numbers.ts';

const processFile = resolve(import.meta.dirname, '../support/killed-import-process.ts');
const lanes = 2;

/** A process that imports, as far as it has told. */
class ImportingProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #heard = new Map<string, number>();
  #rest = '';
  #errors = '';
  #wake = (): void => undefined;
  #over = false;
  readonly #ended: Promise<NodeJS.Signals | null>;

  /** The first of them leaves its code translated in this folder, which makes the others start in half the time. */
  constructor(codeFolder: string) {
    const env = { ...process.env, NODE_COMPILE_CACHE: codeFolder };
    this.#child = spawn(process.execPath, [processFile], { stdio: 'pipe', env });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${this.#rest}${text}`.split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#heard.set(line, performance.now());
      this.#wake();
    });
    this.#ended = once(this.#child, 'close').then(([status, signal]) => {
      this.#over = true;
      this.#wake();
      if (signal === null && status !== 0) throw new Error(`the import failed: ${this.#errors}`);
      return signal;
    });
    this.#ended.catch(() => undefined);
  }

  /** Resolves once the line was told, at once where the process ended before. */
  async heard(line: string): Promise<void> {
    while (!this.#heard.has(line) && !this.#over)
      await new Promise<void>((resolveWait) => {
        this.#wake = resolveWait;
      });
  }

  async begin(order: ImportOrder): Promise<void> {
    await this.heard('ready' satisfies ImportStage);
    this.#child.stdin.end(`${JSON.stringify(order)}\n`);
  }

  kill(): Promise<NodeJS.Signals | null> {
    this.#child.kill('SIGKILL');
    return this.#ended;
  }

  get ended(): Promise<NodeJS.Signals | null> {
    return this.#ended;
  }

  told(stage: ImportStage): boolean {
    return this.#heard.has(stage);
  }

  /** Milliseconds from one line to another. */
  between(from: ImportStage, to: ImportStage): number {
    return (this.#heard.get(to) ?? Number.NaN) - (this.#heard.get(from) ?? Number.NaN);
  }

  get looks(): readonly string[] {
    return [...this.#heard.keys()].filter((line) => line.startsWith('looked'));
  }
}

/** Where a process was when it was killed: before its one change of the store, within, after, or already gone. */
type Moment = 'before' | 'within' | 'after' | 'ended';

interface Kill {
  readonly moment: Moment;
  readonly state: 'old' | 'new' | 'mixed';
}

/** A kill `delay` milliseconds after this line. */
interface Aim {
  readonly line: string;
  readonly delay: number;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** All that a folder opened afresh believes and remembers; its file is whole. */
async function stateOf(directory: string): Promise<unknown> {
  const store = await openFolder({ directory, kind: 'ordinary', clock: importClock });
  try {
    const { trust } = store;
    return {
      certificates: trust.list(),
      sources: trust.sources(),
      documentSigners: trust.countDocumentSigners(),
      history: trust.history(),
      newestKnown: (await stationTime(store, importClock.now())).newestKnown,
      integrity: integrityOf(store.path),
    };
  } finally {
    store.close();
  }
}

function integrityOf(path: string): unknown {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return database.pragma('integrity_check', { simple: true });
  } finally {
    database.close();
  }
}

async function importHere(directory: string, files: ImportOrder['files']): Promise<void> {
  const store = await openFolder({ directory, kind: 'ordinary', clock: importClock });
  try {
    await importTrust(
      files.map(({ kind, path }) => trustFileOf(kind, new Uint8Array(readFileSync(path)))),
      voucherBy(madeListSigner),
      importInto(store),
    );
  } finally {
    store.close();
  }
}

/** A folder with an older state, the files of a newer one, and both states as an unharmed import leaves them. */
async function prepared() {
  const root = temporaryFolder();
  const file = (name: string, content: Uint8Array | string): string => {
    const path = join(root, name);
    writeFileSync(path, content);
    return path;
  };
  const authorities = madeAuthorities(40);
  const old = join(root, 'old');
  // The newer edition leaves ten of the older one out.
  const older = file('older.ml', madeMasterList('260101', authorities.slice(0, 20)));
  await importHere(old, [{ kind: 'master-list', path: older }]);
  const files = [
    { kind: 'master-list', path: file('newer.ml', madeMasterList('260201', authorities.slice(10))) },
    { kind: 'ldif', path: file('directory.ldif', madeDirectory(520)) },
  ] as const;
  const signerPath = file('signer.cer', madeListSigner);
  const orderFor = (directory: string): ImportOrder => ({ directory, files, signerPath });
  const copy = (name: string): string => {
    const directory = join(root, name);
    cpSync(old, directory, { recursive: true });
    return directory;
  };
  return { old, files, orderFor, copy };
}

/** Half of the kills are aimed at the change itself, the others at what comes before and after it. */
function aimsAt(unharmed: ImportingProcess): (index: number) => Aim {
  const { looks } = unharmed;
  // Two at a time take longer than one alone: so far beyond its end is still aimed.
  const beyond = 1.5;
  const reading = unharmed.between('begun', 'changing') / looks.length;
  const changing = unharmed.between('changing', 'changed');
  const closing = unharmed.between('changed', 'closed');
  return (index) => {
    if (index % 2 === 0) return { line: 'changing', delay: Math.random() * changing * beyond };
    if (index % 4 === 3) return { line: 'changed', delay: Math.random() * closing * beyond };
    const line = ['begun', ...looks][Math.floor(Math.random() * (looks.length + 1))] ?? 'begun';
    return { line, delay: Math.random() * reading };
  };
}

function momentOf(killed: ImportingProcess, signal: NodeJS.Signals | null): Moment {
  if (signal !== 'SIGKILL') return 'ended';
  if (killed.told('changed')) return 'after';
  return killed.told('changing') ? 'within' : 'before';
}

it(
  'an import that is killed leaves the old state or the new one, and never a mix',
  async () => {
    const { old, files, orderFor, copy } = await prepared();
    const codeFolder = temporaryFolder();
    const whole = copy('whole');
    const unharmed = new ImportingProcess(codeFolder);
    await unharmed.begin(orderFor(whole));
    expect(await unharmed.ended).toBeNull();
    const states = { old: await stateOf(old), new: await stateOf(whole) };
    expect(states.old).toMatchObject({ documentSigners: 0, newestKnown: importClock.today(), integrity: 'ok' });
    expect(states.new).toMatchObject({ documentSigners: 520, newestKnown: importClock.today(), integrity: 'ok' });
    expect((states.new as { certificates: unknown[] }).certificates).toHaveLength(30);
    const aimOf = aimsAt(unharmed);

    const kills: Kill[] = [];
    let begun = 0;
    const lane = async (): Promise<void> => {
      let next = new ImportingProcess(codeFolder);
      while (begun < trustKills) {
        const index = begun++;
        const running = next;
        const directory = copy(`killed-${index}`);
        const aim = aimOf(index);
        await running.begin(orderFor(directory));
        await running.heard(aim.line);
        await precisePause(aim.delay);
        const signal = await running.kill();
        // It loads while the folder is looked at.
        next = new ImportingProcess(codeFolder);
        const found = await stateOf(directory);
        const state = (['old', 'new'] as const).find((name) => isDeepStrictEqual(found, states[name])) ?? 'mixed';
        kills.push({ moment: momentOf(running, signal), state });
        if (state === 'mixed') expect(found, `killed ${JSON.stringify(aim)}`).toEqual(states.old);
        if (state === 'old') {
          await importHere(directory, files);
          expect(await stateOf(directory), 'an import afterwards').toEqual(states.new);
        }
        rmSync(directory, { recursive: true });
      }
      await next.kill();
    };
    await Promise.all(Array.from({ length: lanes }, lane));

    const counted = Object.fromEntries(
      [...Map.groupBy(kills, ({ moment, state }) => `${moment}: ${state}`)].map(([name, all]) => [name, all.length]),
    );
    const told = `${trustKills} kills ${JSON.stringify(counted)}`;
    process.stdout.write(`${told}\n`);
    const at = (moment: Moment): readonly Kill[] => kills.filter((kill) => kill.moment === moment);
    expect(kills, told).toHaveLength(trustKills);
    // Before the change nothing is changed; once it was told, it holds.
    expect(new Set(at('before').map(({ state }) => state)), told).toEqual(new Set(['old']));
    expect(
      [...at('after'), ...at('ended')].every(({ state }) => state === 'new'),
      told,
    ).toBe(true);
    expect(at('within').length, told).toBeGreaterThan(0);
    expect(kills.length - at('ended').length, told).toBeGreaterThan(trustKills / 2);
  },
  soakTimeout,
);
