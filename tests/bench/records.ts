import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { houseRecords } from '../../main/house/house-records.ts';
import type { RecordQuery } from '../../main/store/retention/record-terms.ts';
import type { UnlockedStore } from '../../main/store/types.ts';
import { computed, percentile, round } from './figures.ts';
import { benchChecks } from './records-check.ts';
import { benchExport } from './records-export.ts';
import { floorActs } from './records-floor.ts';
import { madeCase, openedIn, rawRecords, sealedLength, withLongLog } from './records-made.ts';

/*
 * Records: a case's record with its checkpoint at full synchronous writes beside raw better-sqlite3 with the same bytes; appending to a
 * short log and to a long one; receipts; the check of all, in full and from what was remembered; pages and searches; the export at
 * once. `rows` records are made, and a log of fifty times as many leaves. Goals are told as met, as not met, or, where the sizes are
 * smaller than the goal's, as not tried: by the clock, at the quickest tenth, which waited for no other program, and by what was
 * computed, in which waiting for the disk does not stand and other programs move less. A p99 has the clock alone.
 */

const appends = 300;
const warm = 100;
const block = 20;
const shortLog = 10_000;
const longLog = 10_000_000;
const many = 1_000_000;
const pages = 40;
/** So many of one customer: a file is written as one text, and its pages lie in memory. */
const mostExported = 500;

interface Measured {
  readonly millis: readonly number[];
  readonly computedMillis: number;
}

export async function benchRecords(rows: number): Promise<unknown> {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-records-'));
  try {
    const appending = await benchAppending(join(directory, 'short'), join(directory, 'long'), rows * 50);
    const reading = await benchReading(join(directory, 'many'), rows);
    const exporting = await benchExporting(join(directory, 'exported'), Math.min(rows, mostExported));
    return { rows, goals: goalsOf(appending, reading, rows), ...appending, ...reading, export: exporting };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
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
      ...floorActs(),
    };
    inTurns(warm, acts);
    number += warm;
    const measured = inTurns(appends, acts) as Record<keyof typeof acts, Measured>;
    const { append: ours, appendLong, raw: theirs, signatures, seal } = measured;
    number += appends;
    // The log is signed by ML-DSA-44 beside the station's own key from here on; the other one was measured without.
    short.atOnce(() => short.log.signBy('ml-dsa-44'));
    const { beside } = inTurns(warm, { beside: append(short) }) as Record<'beside', Measured>;
    const size = long.log.newest().size;
    const { receipt, consistency } = inTurns(appends, {
      receipt: (index) => void long.log.receipt(size - index),
      consistency: () => void long.log.consistency(1 + Math.floor(Math.random() * (size - 1)), size),
    }) as Record<'receipt' | 'consistency', Measured>;
    return {
      sealedBytes: bytes,
      append: told(ours),
      raw: told(theirs),
      ratioToRaw: ratio([ours], [theirs]),
      floor: {
        signatures: told(signatures),
        seal: told(seal),
        // Raw and what an append does beside writing, of raw; and how much of an append is neither.
        ratioToRaw: ratio([theirs, signatures, seal], [theirs]),
        appendToFloor: ratio([ours], [theirs, signatures, seal]),
      },
      appendSignedByMlDsa: told(beside),
      long: {
        leaves,
        append: told(appendLong),
        ratioToShort: ratio([appendLong], [ours]),
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

async function benchReading(folder: string, rows: number) {
  const unlocked = await openedIn(folder);
  try {
    const check = await benchChecks(unlocked, rows);
    const began = computed();
    while (!unlocked.retention.follow(200));
    const indexed = (computed() - began) / rows;
    return { check, indexedMillisEach: round(indexed), ...(await benchPages(unlocked, rows)) };
  } finally {
    unlocked.store.close();
  }
}

async function benchExporting(folder: string, records: number) {
  const unlocked = await openedIn(folder);
  try {
    return await benchExport(unlocked, records);
  } finally {
    unlocked.store.close();
  }
}

async function benchPages(unlocked: UnlockedStore, rows: number) {
  const house = houseRecords(() => unlocked, {
    version: '1.0.0',
    training: true,
    policy: () => {
      throw new Error('nothing is closed here');
    },
    newestAt: () => null,
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
  const slowest = Object.values(reading.pages).reduce((one, other) => (other.p99 > one.p99 ? other : one));
  const [isLong, isMany] = [long.leaves >= longLog, rows >= many];
  return [
    goal('append with checkpoint, ms p99', { most: 10 }, { clock: append.p99 }),
    goal('append to raw, ratio', { most: 2.5 }, ratioToRaw),
    goal('append to 10 M as to 10 k, ratio', { most: 1.2 }, long.ratioToShort, isLong),
    goal('receipt from 10 M, ms p99', { most: 2 }, { clock: long.receipt.p99 }, isLong),
    goal('check of 1 M in full, records a second', { least: 4_000 }, ratesOf(full), isMany),
    goal('check of 1 M from what is kept, records a second', { least: 50_000 }, ratesOf(fromKept), isMany),
    goal('page of 1 M, ms p99', { most: 30 }, { clock: slowest.p99 }, isMany),
  ];
}

type Values = Readonly<Partial<Record<'clock' | 'quickest' | 'computed', number>>>;

function goal(
  what: string,
  limit: { readonly most: number } | { readonly least: number },
  values: Values,
  isTried = true,
) {
  const fits = (value: number): boolean => ('most' in limit ? value <= limit.most : value >= limit.least);
  const met = Object.entries(values).map(([by, value]) => [by, fits(value) ? 'met' : 'not met']);
  return { what, ...limit, values, met: isTried ? Object.fromEntries(met) : 'not tried at this size' };
}

/** By the clock with the thread's start, computed without. */
function ratesOf(check: { readonly perComputedSecond: number; readonly inThread: { readonly perSecond: number } }) {
  return { clock: check.inThread.perSecond, computed: check.perComputedSecond };
}

function ratio(ones: readonly Measured[], others: readonly Measured[]) {
  const sum = (all: readonly Measured[], value: (measured: Measured) => number): number =>
    all.reduce((total, each) => total + value(each), 0);
  const by = (value: (measured: Measured) => number): number => round(sum(ones, value) / sum(others, value));
  return {
    clock: by(({ millis }) => percentile(millis, 0.5)),
    quickest: by(({ millis }) => percentile(millis, 0.1)),
    computed: by(({ computedMillis }) => computedMillis),
  };
}

function told({ millis, computedMillis }: Measured) {
  return {
    p10: percentile(millis, 0.1),
    p50: percentile(millis, 0.5),
    p99: percentile(millis, 0.99),
    computedMillis: round(computedMillis),
  };
}
