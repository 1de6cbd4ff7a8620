import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { House } from '../../main/house/house.ts';
import { openHouse } from '../../main/house/open-house.ts';
import { trustWorkshop } from '../../main/keeping/workshop/workshop.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { percentile, round } from './figures.ts';
import { writeRegister } from './holders.ts';
import { madeCase, openedIn } from './records-made.ts';
import { writeDirectory } from './trust-directory.ts';

/*
 * What holds the main process while long work goes on as the desk asks for it: the house of one data folder opened in this process,
 * its threads beside. A tick each millisecond; what lies between two of them is what nobody else was served in.
 */

const main = resolve(import.meta.dirname, '../../main');
const inMain = (file: string): URL => new URL(`../../main/${file}`, import.meta.url);
const goals = { p99: 50, longest: 150 } as const;
const pageLength = 50;
const tickMillis = 1;
/** A short act is seen in the second that it fell into: of one turn alone there is no 99th part. */
const leastMillis = 1_000;

interface Held {
  readonly seconds: number;
  /** How long what was due waited, by the clock: what other programs take is in it. */
  readonly p99DelayMillis: number;
  readonly longestDelayMillis: number;
  /** The same by what this thread computed meanwhile, which other programs do not change. */
  readonly p99ComputedMillis: number;
  readonly longestComputedMillis: number;
  /** By the clock, or, where only the machine was busy, by what was computed. */
  readonly goal: 'met' | 'met as computed' | 'NOT met';
}

/** `rows`: records, people and entries of a directory (whole thousands of these). */
export async function benchDesk(rows: number): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-bench-desk-'));
  try {
    const directory = join(folder, 'data');
    await withRecords(directory, rows);
    const [register, ldif] = [join(folder, 'register.csv'), join(folder, 'directory.ldif')];
    writeRegister(register, rows);
    writeDirectory(ldif, Math.max(1_000, rows - (rows % 1_000)));
    return { rows, load: loadavg().map(round), goals, ...(await heldBy(directory, register, ldif)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withRecords(directory: string, count: number): Promise<void> {
  const { records, store } = await openedIn(directory);
  for (let number = 1; number <= count; number++) records.append(madeCase(number), '1.0.0');
  store.close();
}

async function heldBy(directory: string, register: string, ldif: string): Promise<Record<string, Held>> {
  const figures: Record<string, Held> = {};
  const held = async <Answer>(what: string, act: () => Promise<Answer>): Promise<Answer> => {
    const watch = watched();
    const [answer] = await Promise.all([act(), pause(leastMillis)]);
    figures[what] = watch.stop();
    return answer;
  };
  // Once before: modules are read as they are first needed.
  await (await houseOf(directory)).close();
  let house = await held('the folder is opened', () => houseOf(directory));
  await held('every record is checked', () => house.checkRecords());
  await held('records are listed, page by page to the end', () => allPages(house));
  await held('a register is imported', () => imported(house, register));
  const workshop = trustWorkshop(inMain('house/trust-worker.ts'), {
    directory,
    kind: 'training',
    resourcesDirectory: resolve(main, '../resources'),
  });
  const around = { signal: new AbortController().signal, onProgress: () => undefined };
  await held('a directory (LDIF) is imported', () => workshop.importFiles([ldif], around));
  await held('the trust store is looked at after it', async () => house.keeping.report.countries());
  await held('the history of its updates is told', () => house.keeping.report.sources());
  workshop.endReading();
  await held('the next case is kept', async () => house.keepRecord(madeCase(0)));
  await house.close();
  house = await held('the folder is opened again, with all of it', () => houseOf(directory));
  await house.close();
  return figures;
}

function houseOf(directory: string): Promise<House> {
  return openHouse({
    directory,
    kind: 'training',
    version: '1.0.0',
    resourcesDirectory: resolve(main, '../resources'),
    workerUrl: inMain('inspection/worker.ts'),
    key: { kind: 'key-file', path: null },
    readers: 'training',
    clock: machineClock,
  });
}

async function allPages(house: House): Promise<void> {
  for (let before: number | null = null; ; ) {
    const { next, behind } = await house.findRecords({}, { before, limit: pageLength });
    // Each page is asked for by a call of its own.
    await turn();
    if (next === null && behind === 0) return;
    before = next;
  }
}

function imported(house: House, path: string) {
  const choice = { mapping: [], encoding: null, partial: true, rejects: null, dryRun: false };
  const around = { signal: new AbortController().signal, onProgress: () => undefined };
  return house.importRoster({ path, ...choice }, around);
}

function computedHere(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function watched(): { stop(): Held } {
  const delays: number[] = [];
  const computed: number[] = [];
  const begun = performance.now();
  let [at, used] = [begun, computedHere()];
  const tick = (): void => {
    const [now, usedNow] = [performance.now(), computedHere()];
    delays.push(Math.max(0, now - at - tickMillis));
    computed.push(usedNow - used);
    [at, used] = [now, usedNow];
  };
  const timer = setInterval(tick, tickMillis);
  return {
    stop() {
      tick();
      clearInterval(timer);
      const [p99DelayMillis, longestDelayMillis] = [percentile(delays, 0.99), round(Math.max(...delays))];
      const [p99ComputedMillis, longestComputedMillis] = [percentile(computed, 0.99), round(Math.max(...computed))];
      const fits = (p99: number, longest: number): boolean => p99 <= goals.p99 && longest <= goals.longest;
      const goal = fits(p99DelayMillis, longestDelayMillis)
        ? 'met'
        : fits(p99ComputedMillis, longestComputedMillis)
          ? 'met as computed'
          : 'NOT met';
      const seconds = round((performance.now() - begun) / 1_000);
      return { seconds, p99DelayMillis, longestDelayMillis, p99ComputedMillis, longestComputedMillis, goal };
    },
  };
}
