import { mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { holderQueries } from '../../main/holders/search.ts';
import { openFolder } from '../../main/house/folder.ts';
import { runRosterImport } from '../../main/house/roster-workshop.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { asFailure } from '../../main/result/failure.ts';
import { unpackRows } from '../../main/store/roster/row-lists.ts';
import type { HoldersRepository } from '../../main/store/types.ts';
import {
  drawGivenName,
  drawing,
  drawSurname,
  type MadePerson,
  madeHeader,
  madePerson,
  madeRow,
} from '../support/made-register.ts';

/*
 * The register: an import of made people into an empty folder, raw SQLite with the same in the same run, and searches as they come,
 * names drawn by their frequency.
 */

const searches = 1_000;
const sampled = 5_000;
/** Raw SQLite is given the keys of so many people: they lie in memory. */
const mostRaw = 1_000_000;
const today = machineClock.today();

export async function benchHolders(rows: number): Promise<unknown> {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-holders-'));
  try {
    const file = join(directory, 'register.csv');
    const people = writeRegister(file, rows);
    const folder = join(directory, 'data');
    const imported = await timedImport(folder, file);
    const layer = readdirSync(folder).find((name) => name.startsWith('roster-')) ?? '';
    const raw = rawInserts(join(folder, layer), join(directory, 'raw.db'), rows);
    const store = await openFolder({ directory: folder, kind: 'training', clock: machineClock });
    try {
      const { holders } = await store.unlock({ kind: 'key-file', path: null });
      return {
        rows,
        import: imported,
        raw,
        ratioToRaw: round(imported.rowsPerSecond / raw.rowsPerSecond),
        layerMegabytes: megabytes(statSync(join(folder, layer)).size),
        ...searchesOf(holders, people),
      };
    } finally {
      store.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function writeRegister(path: string, rows: number): readonly MadePerson[] {
  const draw = drawing(1);
  const keep = Math.max(1, Math.floor(rows / sampled));
  const people: MadePerson[] = [];
  const file = openSync(path, 'wx');
  let text = madeHeader;
  for (let index = 0; index < rows; index++) {
    const person = madePerson(index, draw);
    if (index % keep === 0) people.push(person);
    text += madeRow(person);
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  return people;
}

async function timedImport(directory: string, path: string) {
  const store = await openFolder({ directory, kind: 'training', clock: machineClock });
  const { rosterKeys } = await store.unlock({ kind: 'key-file', path: null });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const writes: number[] = [];
  let mostBytes = 0;
  // Another row of the database is written all the time, as records are.
  const writing = setInterval(() => {
    const began = performance.now();
    store.settings.set('bench', String(began));
    writes.push(performance.now() - began);
    mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
  }, 50);
  const before = process.memoryUsage.rss();
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
  clearInterval(writing);
  store.close();
  return {
    seconds: round(seconds),
    rowsPerSecond: Math.round(report.added / seconds),
    peakMegabytes: megabytes(mostBytes),
    megabytesBefore: megabytes(before),
    eventLoopDelayP99Millis: round(delay.percentile(99) / 1e6 - 5),
    writesMeanwhile: writes.length,
    writeP99Millis: percentile(writes, 0.99),
  };
}

/** One row for each person, of their share of a seal, and one for each of their tokens; the index of the tokens afterwards. */
function rawInserts(layerPath: string, path: string, rows: number) {
  const layer = new Database(layerPath, { readonly: true });
  const part = Math.min(1, mostRaw / rows);
  const tokens: number[] = [];
  const owners: number[] = [];
  const postings = layer.prepare<[], { token: number; people: number; rows: Uint8Array }>('SELECT * FROM postings');
  const lastRow = (layer.prepare('SELECT max(block) FROM blocks').pluck().get() as number) * 32 * part;
  for (const { token, people, rows: packed } of postings.iterate())
    for (const row of unpackRows(packed, people) ?? [])
      if (row <= lastRow) {
        tokens.push(token);
        owners.push(row);
      }
  const count = Math.round(rows * part);
  const sealedBytes = layer.prepare('SELECT sum(length(sealed)) FROM blocks').pluck().get() as number;
  layer.close();
  const sealed = new Uint8Array(Math.round(sealedBytes / rows));
  const raw = new Database(path);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = NORMAL');
  raw.exec(
    'CREATE TABLE people (row INTEGER PRIMARY KEY, sealed BLOB); CREATE TABLE keys (token INTEGER, row INTEGER)',
  );
  const began = performance.now();
  raw.exec('BEGIN');
  const person = raw.prepare('INSERT INTO people (row, sealed) VALUES (?, ?)');
  for (let row = 0; row < count; row++) person.run(row, sealed);
  const key = raw.prepare('INSERT INTO keys (token, row) VALUES (?, ?)');
  for (let at = 0; at < tokens.length; at++) key.run(tokens[at], owners[at]);
  raw.exec('CREATE INDEX by_token ON keys (token, row); COMMIT');
  const seconds = (performance.now() - began) / 1000;
  raw.close();
  return {
    rows: count,
    keys: tokens.length,
    seconds: round(seconds),
    rowsPerSecond: Math.round(count / seconds),
    megabytes: megabytes(statSync(path).size),
  };
}

function searchesOf(holders: HoldersRepository, people: readonly MadePerson[]): object {
  const draw = drawing(2);
  const drawn = (): MadePerson => people[Math.floor(draw() * people.length)] ?? missing();
  const year = (): number => 1930 + Math.floor(draw() * 85);
  return {
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
    beginning: timed(holders, () => drawSurname(draw).slice(0, 3 + Math.floor(draw() * 3))),
  };
}

function missing(): never {
  throw new Error('nobody was made');
}

/** Times of searches that found somebody or nobody, and of those that counted. */
function timed(holders: HoldersRepository, next: () => string): object {
  const found: number[] = [];
  const counted: number[] = [];
  for (let search = 0; search < searches; search++) {
    const text = next();
    const began = performance.now();
    let answers = found;
    try {
      for (const query of holderQueries(text, today)) if (holders.find(query, 20).length > 0) break;
    } catch (thrown) {
      if (asFailure(thrown).code !== 'holder.too-many') throw thrown;
      answers = counted;
    }
    answers.push(performance.now() - began);
  }
  return { found: times(found), ...(counted.length === 0 ? {} : { tooMany: times(counted) }) };
}

function times(millis: readonly number[]): object {
  return {
    count: millis.length,
    p50: percentile(millis, 0.5),
    p95: percentile(millis, 0.95),
    p99: percentile(millis, 0.99),
  };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

const round = (value: number): number => Math.round(value * 100) / 100;
const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
