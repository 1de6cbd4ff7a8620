import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { holderQueries } from '../../main/holders/search.ts';
import { openFolder } from '../../main/house/folder.ts';
import { runRosterImport } from '../../main/house/roster-workshop.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { asFailure } from '../../main/result/failure.ts';
import type { HoldersRepository, Store, UnlockedStore } from '../../main/store/types.ts';
import { drawGivenName, drawing, drawSurname, type MadePerson, madePerson } from '../support/made-register.ts';

/*
 * One process that does with the register what the app's own does, and nothing else, so that its memory is that of the product:
 * `import DIR FILE`, or `search DIR ROWS`. Prints one object.
 */

const searches = 1_000;
const sampled = 5_000;
const { positionals } = parseArgs({ allowPositionals: true });
const [act = '', directory = '', what = ''] = positionals;
const today = machineClock.today();

const store = await openFolder({ directory, kind: 'training', clock: machineClock });
const unlocked = await store.unlock({ kind: 'key-file', path: null });
const figures =
  act === 'import' ? await timedImport(store, unlocked, what) : searchesOf(unlocked.holders, Number(what));
store.close();
process.stdout.write(JSON.stringify(figures));

/** The most memory that the process had at one time, all its threads together (VmHWM), in megabytes. */
function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/** What all threads of the process computed, in seconds. */
function computedSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function timedImport({ settings }: Store, { rosterKeys }: UnlockedStore, path: string): Promise<object> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const computing = computingBetweenTurns();
  const writes: number[] = [];
  // Another row of the database is written all the time, as records are.
  const writing = setInterval(() => {
    const began = performance.now();
    settings.set('bench', String(began));
    writes.push(performance.now() - began);
  }, 50);
  const before = peakMegabytes();
  const computed = computedSeconds();
  delay.enable();
  const began = performance.now();
  const order = { path, today, mapping: [], encoding: null, partial: false, rejects: null, dryRun: false };
  const report = await runRosterImport(
    new URL('../../main/house/roster-worker.ts', import.meta.url),
    { directory, kind: 'training', keys: rosterKeys() },
    { ...order, runPostings: null },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  const computedBetween = computing.end();
  clearInterval(writing);
  return {
    seconds: round(seconds),
    computedSeconds: round(computedSeconds() - computed),
    rowsPerSecond: Math.round(report.added / seconds),
    peakMegabytes: peakMegabytes(),
    megabytesBefore: before,
    eventLoopDelayP99Millis: round(delay.percentile(99) / 1e6 - 5),
    computedBetweenTurnsP99Millis: percentile(computedBetween, 0.99),
    writesMeanwhile: writes.length,
    writeP99Millis: percentile(writes, 0.99),
  };
}

/**
 * What the main thread computes from one turn of its loop to the next: a delay of the loop is at least that, and the rest of it is
 * a wait for a core. In milliseconds.
 */
function computingBetweenTurns(): { readonly end: () => readonly number[] } {
  const computed: number[] = [];
  let before = threadMillis();
  const turning = setInterval(() => {
    const now = threadMillis();
    computed.push(now - before);
    before = now;
  }, 5);
  return {
    end: () => {
      clearInterval(turning);
      return computed;
    },
  };
}

/** What this thread computed so far, in milliseconds. */
function threadMillis(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Some of the people whom the file holds. */
function peopleOf(rows: number): readonly MadePerson[] {
  const draw = drawing(1);
  const keep = Math.max(1, Math.floor(rows / sampled));
  const people: MadePerson[] = [];
  for (let index = 0; index < rows; index++) {
    const person = madePerson(index, draw);
    if (index % keep === 0) people.push(person);
  }
  return people;
}

function searchesOf(holders: HoldersRepository, rows: number): object {
  const people = peopleOf(rows);
  const draw = drawing(2);
  const drawn = (): MadePerson => people[Math.floor(draw() * people.length)] ?? missing();
  const year = (): number => 1930 + Math.floor(draw() * 85);
  const figures = {
    number: timed(holders, () => drawn().personalNumber),
    nameWithBirthDate: timed(holders, () => `${drawSurname(draw)} ${drawn().birthDate}`),
    twoNamesWithBirthDate: timed(holders, () => {
      const { surname, givenNames, birthDate } = drawn();
      return `${givenNames.split(' ')[0]} ${surname} ${birthDate}`;
    }),
    twoNamesWithInitial: timed(
      holders,
      () => `${drawGivenName(draw)} ${drawSurname(draw)} ${drawGivenName(draw).slice(0, 1)}`,
    ),
    twoNamesWithYear: timed(holders, () => `${drawGivenName(draw)} ${drawSurname(draw)} ${year()}`),
    twoNames: timed(holders, () => `${drawGivenName(draw)} ${drawSurname(draw)}`),
    oneName: timed(holders, () => drawSurname(draw)),
    beginning: timed(holders, () => drawSurname(draw).slice(0, 3 + Math.floor(draw() * 3))),
  };
  return { ...figures, searchPeakMegabytes: peakMegabytes() };
}

function missing(): never {
  throw new Error('nobody was made');
}

interface Took {
  readonly clock: number;
  /** The same less the time in which the thread could have gone on and had no core. */
  readonly unhindered: number;
}

/**
 * How long this thread waited for a core so far, in milliseconds: other load on the machine. What it computed is told by the system in
 * steps of a clock tick, some milliseconds, in which a search has long ended. 0 where the system does not tell.
 */
function waitedMillis(): number {
  if (process.platform !== 'linux') return 0;
  const [, waited = '0'] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
  return Number(waited) / 1e6;
}

/** Times of searches that found somebody or nobody, and of those that counted. */
function timed(holders: HoldersRepository, next: () => string): object {
  const found: Took[] = [];
  const counted: Took[] = [];
  for (let search = 0; search < searches; search++) {
    const text = next();
    const waited = waitedMillis();
    const began = performance.now();
    let answers = found;
    try {
      for (const query of holderQueries(text, today)) if (holders.find(query, 20).length > 0) break;
    } catch (thrown) {
      if (asFailure(thrown).code !== 'holder.too-many') throw thrown;
      answers = counted;
    }
    const clock = performance.now() - began;
    answers.push({ clock, unhindered: clock - (waitedMillis() - waited) });
  }
  return { found: times(found), ...(counted.length === 0 ? {} : { tooMany: times(counted) }) };
}

function times(took: readonly Took[]): object {
  const of = (values: readonly number[]): object => ({
    p50: percentile(values, 0.5),
    p95: percentile(values, 0.95),
    p99: percentile(values, 0.99),
  });
  return {
    count: took.length,
    clock: of(took.map(({ clock }) => clock)),
    unhindered: of(took.map(({ unhindered }) => unhindered)),
  };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
