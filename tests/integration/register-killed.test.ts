import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
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

/** Runs an import and kills it `delay` milliseconds after a line that begins so; answers what it told last. */
async function run(args: readonly string[], killAt: { readonly line: string; readonly delay: number } | null) {
  const child: ChildProcess = spawn(process.execPath, [processFile, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told: string[] = [];
  let killing: Promise<void> | null = null;
  if (child.stdout === null) throw new Error('no pipe');
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    if (killAt === null || killing !== null || !line.startsWith(killAt.line)) continue;
    killing = setTimeout(killAt.delay).then(() => void child.kill('SIGKILL'));
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  await killing;
  return { told, last: told.at(-1) ?? '', killed: child.signalCode === 'SIGKILL', status: child.exitCode };
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
    const args = [path, directory, String(Math.ceil((registerRows * 12) / 40))];
    const secrets = [...people()]
      .filter((_, index) => index % Math.ceil(registerRows / 40) === 0)
      .flatMap(({ personalNumber, surname }) => (surname.length > 7 ? [personalNumber, surname] : [personalNumber]));
    const inClear = (): readonly string[] =>
      readdirSync(directory).flatMap((name) => {
        const bytes = readFileSync(join(directory, name));
        return secrets.some((secret) => writings(secret).some((written) => bytes.includes(written))) ? [name] : [];
      });

    let kills = 0;
    let resumed = 0;
    for (let aim = 0; kills < registerKills; aim++) {
      // What is aimed at comes later and later, as the import does.
      const lines = ['looking', 'taking', 'taking', 'taking', 'indexing'] as const;
      const line = lines[Math.floor((aim / registerKills) * lines.length)] ?? 'indexing';
      const { killed, last } = await run(args, { line, delay: Math.random() * 60 });
      if (!killed) {
        expect(last, 'an import that was too quick for its kill').toMatch(/^ended/);
        break;
      }
      kills++;
      if (kills % 5 === 0) {
        expect(inClear()).toEqual([]);
        const seen = await openFolder({ directory, kind: 'training', clock: machineClock });
        const { holders } = await seen.unlock({ kind: 'key-file', path: null });
        const shown = holders.count();
        seen.close();
        expect([own, own + registerRows], 'nobody is found before everybody is').toContain(shown);
        if (shown > own) break;
      }
    }
    const { last, told, status } = await run(args, null);
    expect([status, told.length > 0]).toEqual([0, true]);
    const ended = JSON.parse(last.slice('ended '.length)) as { read: number; resumed: boolean };
    expect(ended.read).toBe(registerRows);
    if (ended.resumed) resumed++;
    process.stdout.write(
      `${registerRows} rows, ${kills} kills, the last ${resumed > 0 ? 'resumed' : 'from the start'}\n`,
    );
    expect(kills).toBeGreaterThan(registerKills / 2);

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
