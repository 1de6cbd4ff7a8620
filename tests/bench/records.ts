import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { runRecordsCheck, unheard } from '../../main/house/check-workshop.ts';
import { houseRecords } from '../../main/house/house-records.ts';
import type { RecordQuery } from '../../main/store/retention/record-terms.ts';
import type { UnlockedStore } from '../../main/store/types.ts';
import { madeCase, openedIn, rawRecords, withLongLog } from './records-made.ts';

/*
 * Records: a case's record with its checkpoint at full synchronous writes beside raw better-sqlite3 with the same bytes; appending to a
 * short log and to a long one; receipts; the check of all, in full and from what was remembered; pages and searches. `rows` records
 * are made, and a log of fifty times as many leaves. Goals are told as met, as not met, or, where the sizes are smaller than the
 * goal's, as not tried. What was computed stands beside the clock, which other programs move.
 */

const appends = 300;
const warm = 100;
const block = 20;
const shortLog = 10_000;
const longLog = 10_000_000;
const many = 1_000_000;
const pages = 40;
const checkWorkerUrl = new URL('../../main/house/check-worker.ts', import.meta.url);

interface Measured {
  readonly millis: readonly number[];
  readonly computedMillis: number;
}

export async function benchRecords(rows: number): Promise<unknown> {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-records-'));
  try {
    const appending = await benchAppending(join(directory, 'short'), join(directory, 'long'), rows * 50);
    const reading = await benchReading(join(directory, 'many'), rows);
    return { rows, goals: goalsOf(appending, reading, rows), ...appending, ...reading };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Each in turn, block by block: what else the machine does comes to all of them. */
function inTurns(count: number, acts: Readonly<Record<string, (index: number) => void>>): Record<string, Measured> {
  const names = Object.keys(acts);
  const millis: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const spent: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  for (let from = 0; from < count; from += block)
    for (const name of names) {
      const before = computed();
      for (let index = from; index < Math.min(count, from + block); index++) {
        const began = performance.now();
        acts[name]?.(index);
        millis[name]?.push(performance.now() - began);
      }
      spent[name] = (spent[name] ?? 0) + computed() - before;
    }
  return Object.fromEntries(
    names.map((name) => [name, { millis: millis[name] ?? [], computedMillis: (spent[name] ?? 0) / count }]),
  );
}

async function benchAppending(shortFolder: string, longFolder: string, leaves: number) {
  await withLongLog(shortFolder, shortLog);
  await withLongLog(longFolder, leaves);
  const [short, long] = [await openedIn(shortFolder), await openedIn(longFolder)];
  const raw = rawRecords(shortFolder);
  try {
    const bytes = sealedLength(short);
    let number = 0;
    const append =
      ({ records }: UnlockedStore) =>
      (index: number) =>
        void records.append(madeCase(1_000_000 + number + index), '1.0.0');
    const acts = {
      append: append(short),
      appendLong: append(long),
      raw: (index: number) => raw.append(1 + number + index, bytes),
    };
    inTurns(warm, acts);
    number += warm;
    const { append: ours, appendLong, raw: theirs } = inTurns(appends, acts) as Record<keyof typeof acts, Measured>;
    const size = long.log.newest().size;
    const { receipt, consistency } = inTurns(appends, {
      receipt: (index) => void long.log.receipt(size - index),
      consistency: () => void long.log.consistency(1 + Math.floor(Math.random() * (size - 1)), size),
    }) as Record<'receipt' | 'consistency', Measured>;
    return {
      sealedBytes: bytes,
      append: told(ours),
      raw: told(theirs),
      ratioToRaw: ratio(ours, theirs),
      long: {
        leaves,
        append: told(appendLong),
        ratioToShort: ratio(appendLong, ours),
        receipt: told(receipt),
        consistency: told(consistency),
      },
    };
  } finally {
    raw.close();
    short.store.close();
    long.store.close();
  }
}

function sealedLength({ records, store }: UnlockedStore & { readonly store: { readonly path: string } }): number {
  records.append(madeCase(1), '1.0.0');
  const database = new Database(store.path, { readonly: true });
  try {
    return database.prepare('SELECT length(sealed) FROM records ORDER BY number DESC LIMIT 1').pluck().get() as number;
  } finally {
    database.close();
  }
}

async function benchReading(folder: string, rows: number) {
  const unlocked = await openedIn(folder);
  const { store, records, log, atOnce } = unlocked;
  try {
    for (let from = 1; from <= rows; from += 500)
      atOnce(() => {
        for (let number = from; number < Math.min(from + 500, rows + 1); number++)
          records.append(madeCase(number), '1.0.0');
      });
    const full = await timedCheck(unlocked, null);
    const kept = await timedCheck(unlocked, { size: rows, root: log.rootAt(rows) });
    const began = computed();
    while (!unlocked.retention.follow(200));
    const indexed = (computed() - began) / rows;
    return {
      check: { full, fromKept: kept },
      indexedMillisEach: round(indexed),
      ...(await benchPages(unlocked, rows)),
    };
  } finally {
    store.close();
  }
}

async function timedCheck(
  unlocked: UnlockedStore & { readonly store: { readonly path: string } },
  remembered: { size: number; root: Uint8Array } | null,
) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const [began, spent] = [performance.now(), computed()];
  delay.enable();
  const work = { path: unlocked.store.path, ...unlocked.checkKeys(), remembered };
  const { chain, log, rested } = await runRecordsCheck(checkWorkerUrl, work, unheard);
  delay.disable();
  const seconds = (performance.now() - began) / 1000;
  const computedSeconds = (computed() - spent) / 1000;
  if (!chain.intact || !log.intact) throw new Error('what was just written is not whole');
  return {
    records: chain.records,
    rested,
    seconds: round(seconds),
    perSecond: Math.round(chain.records / seconds),
    perComputedSecond: Math.round(chain.records / computedSeconds),
    eventLoopDelayP99Millis: round(delay.percentile(99) / 1e6 - 5),
  };
}

async function benchPages(unlocked: UnlockedStore, rows: number) {
  const house = houseRecords(() => unlocked, {
    version: '1.0.0',
    training: true,
    policy: () => {
      throw new Error('nothing is closed here');
    },
    answers: { caseKept: () => undefined, caseEnded: () => null, taken: () => null },
    publishing: { soon: () => undefined },
  });
  const drawn = (): number => 1 + Math.floor(Math.random() * rows);
  const queries: Readonly<Record<string, () => RecordQuery>> = {
    list: () => ({}),
    day: () => ({ from: '2026-10-10', to: '2026-10-12' }) as RecordQuery,
    teller: () => ({ teller: `T${drawn() % 12}` }),
    verdict: () => ({ verdict: 'refer' }),
    document: () => ({ document: `AA${drawn()}` }),
    tellerPurposeVerdict: () => ({ teller: `T${drawn() % 12}`, purpose: 'renew-bankid', verdict: 'refer' }),
    nothing: () => ({ teller: 'T1', verdict: 'reject' }),
  };
  const figures: Record<string, ReturnType<typeof told>> = {};
  for (const [name, query] of Object.entries(queries)) {
    const millis: number[] = [];
    const before = computed();
    for (let page = 0; page < pages; page++) {
      const began = performance.now();
      await house.findRecords(query(), { before: page % 2 === 0 ? null : drawn(), limit: 50 });
      millis.push(performance.now() - began);
    }
    figures[name] = told({ millis, computedMillis: (computed() - before) / pages });
  }
  return { pages: figures };
}

function goalsOf(
  appending: Awaited<ReturnType<typeof benchAppending>>,
  reading: Awaited<ReturnType<typeof benchReading>>,
  rows: number,
) {
  const { append, ratioToRaw, long } = appending;
  const { full, fromKept } = reading.check;
  const slowest = Math.max(...Object.values(reading.pages).map(({ p99 }) => p99));
  const goal = (what: string, value: number, fits: boolean, isTried = true) => ({
    what,
    value,
    met: isTried ? (fits ? 'met' : 'not met') : 'not tried at this size',
  });
  return [
    goal('append with checkpoint, ms p99, at most 10', append.p99, append.p99 <= 10),
    goal('append to raw, by the clock, at most 2.5', ratioToRaw.clock, ratioToRaw.clock <= 2.5),
    goal(
      'append to 10 M as to 10 k, computed, at most 1.2',
      long.ratioToShort.computed,
      long.ratioToShort.computed <= 1.2,
      long.leaves >= longLog,
    ),
    goal('receipt from 10 M, ms p99, at most 2', long.receipt.p99, long.receipt.p99 <= 2, long.leaves >= longLog),
    goal(
      'check of 1 M in full, records a second, at least 4 000',
      full.perSecond,
      full.perSecond >= 4_000,
      rows >= many,
    ),
    goal(
      'check of 1 M from what is kept, at least 50 000',
      fromKept.perSecond,
      fromKept.perSecond >= 50_000,
      rows >= many,
    ),
    goal('page of 1 M, ms p99, at most 30', slowest, slowest <= 30, rows >= many),
  ];
}

function ratio(one: Measured, other: Measured) {
  return {
    clock: round(percentile(one.millis, 0.5) / percentile(other.millis, 0.5)),
    computed: round(one.computedMillis / other.computedMillis),
  };
}

function told({ millis, computedMillis }: Measured) {
  return { p50: percentile(millis, 0.5), p99: percentile(millis, 0.99), computedMillis: round(computedMillis) };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
