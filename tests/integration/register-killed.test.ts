import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { openFolder, unlockFolder } from '../../main/house/folder.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { drawing, type MadePerson, madeHeader, madePerson, madeRow } from '../support/made-register.ts';
import { registerKills, registerRows, soakTimeout } from '../support/soak-numbers.ts';

const processFile = resolve(import.meta.dirname, '../support/killed-register-process.ts');

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-register-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function* people(): Generator<MadePerson> {
  const draw = drawing(4711);
  for (let index = 0; index < registerRows; index++) yield madePerson(index, draw);
}

function madeFile(path: string): void {
  const file = openSync(path, 'wx');
  let text = madeHeader;
  for (const person of people()) {
    text += madeRow(person);
    if (text.length > 65_536) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
}

/** Where an import ends itself, as a kill does: at that part of a stage, from 0 to 1, or in a later stage. */
interface Aim {
  readonly stage: 'looking' | 'taking' | 'indexing';
  readonly part: number;
}
/** Each piece of the file is a run of its own, so that what was told was kept. */
const runPostings = 10_000;

/** Runs an import, to its end or to where it is killed; answers what it told last. */
async function run(args: readonly string[], aim: Aim | null) {
  const child: ChildProcess = spawn(
    process.execPath,
    [processFile, ...args, ...(aim === null ? [] : [aim.stage, String(aim.part)])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let last = '';
  if (child.stdout === null) throw new Error('no pipe');
  for await (const line of createInterface({ input: child.stdout })) last = line;
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { last, killed: last === 'killed', status: child.exitCode };
}

/** Every way in which a secret may lie in a file. */
function writings(text: string): readonly Buffer[] {
  return [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('hex'))];
}

it(
  'an import that is killed again and again and begun again has exactly the rows in the end, and leaves none of them in clear',
  async () => {
    const directory = temporaryFolder();
    const path = join(temporaryFolder(), 'register.csv');
    madeFile(path);
    // A training folder holds its own people from the start.
    const before = await openFolder({ directory, kind: 'training', clock: machineClock });
    const own = (await unlockFolder(before, { kind: 'key-file', path: null })).holders.count();
    before.close();
    const args = [path, directory, String(runPostings)];
    const secrets = [...people()]
      .filter((_, index) => index % Math.ceil(registerRows / 40) === 0)
      .flatMap(({ personalNumber, surname }) => (surname.length > 7 ? [personalNumber, surname] : [personalNumber]));
    const inClear = (): readonly string[] =>
      readdirSync(directory).flatMap((name) => {
        const bytes = readFileSync(join(directory, name));
        return secrets.some((secret) => writings(secret).some((written) => bytes.includes(written))) ? [name] : [];
      });

    const shown = async (): Promise<number> => {
      const seen = await openFolder({ directory, kind: 'training', clock: machineClock });
      const { holders } = await seen.unlock({ kind: 'key-file', path: null });
      const count = holders.count();
      seen.close();
      return count;
    };
    const ended = async (): Promise<{ read: number; resumed: boolean }> => {
      const { last, status } = await run(args, null);
      expect(status).toBe(0);
      return JSON.parse(last.slice('ended '.length)) as { read: number; resumed: boolean };
    };

    // First before anything is kept, then on all the way through the file.
    for (let kills = 0; kills < registerKills; kills++) {
      const { killed, last } = await run(args, {
        stage: kills === 0 ? 'looking' : 'taking',
        part: kills / registerKills,
      });
      expect([killed, last]).toEqual([true, 'killed']);
      if (kills % 5 !== 4) continue;
      expect(inClear()).toEqual([]);
      expect(await shown(), 'nobody is found before everybody is').toBe(own);
    }
    expect(await ended()).toEqual({ read: registerRows, resumed: true });
    expect(await shown()).toBe(own + registerRows);

    // The same file once more, which takes the first in; while the index is made it goes fast, so that it may be in place already.
    await run(args, { stage: 'indexing', part: 0 });
    expect(await shown()).toBe(own + registerRows);
    expect((await ended()).read).toBe(registerRows);

    expect(inClear()).toEqual([]);
    const store = await openFolder({ directory, kind: 'training', clock: machineClock });
    const { holders } = await store.unlock({ kind: 'key-file', path: null });
    try {
      expect(holders.count()).toBe(own + registerRows);
      let index = 0;
      for (const person of people()) {
        if (index++ % Math.ceil(registerRows / 2_000) === 0) expect(holders.get(person.id)).toEqual(person);
      }
    } finally {
      store.close();
    }
    expect(readdirSync(directory).filter((name) => name.startsWith('roster-'))).toHaveLength(1);
  },
  soakTimeout,
);
