import { execFile } from 'node:child_process';
import { mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { blockRows } from '../../main/store/roster/layer.ts';
import { unpackRows } from '../../main/store/roster/row-lists.ts';
import { drawing, madeHeader, madePerson, madeRow } from '../support/made-register.ts';
import { goalsOf, type ImportFigures, type SearchFigures } from './holders-goals.ts';

/*
 * The register: an import of made people into an empty folder, raw SQLite with the same in the same run, and searches as they come,
 * names drawn by their frequency.
 */

const processFile = resolve(import.meta.dirname, 'holders-process.ts');
const run = promisify(execFile);

export async function benchHolders(rows: number): Promise<unknown> {
  return inFolder(async (directory) => {
    const { folder, layer, imported, raw } = await importBesideRaw(directory, rows);
    const searches = await inProcess<SearchFigures>('search', folder, String(rows));
    return {
      rows,
      // More than there are cores: times by the clock are waits for one.
      machine: { cores: availableParallelism(), load: loadavg().map(round) },
      import: imported,
      raw,
      layerMegabytes: megabytes(statSync(join(folder, layer)).size),
      ...searches,
      goals: goalsOf(imported, raw, rows, searches),
    };
  });
}

/** The import alone, and raw SQLite with the same. */
export function benchImport(rows: number) {
  return inFolder(async (directory) => {
    const { imported, raw } = await importBesideRaw(directory, rows);
    return { import: imported, raw };
  });
}

async function importBesideRaw(directory: string, rows: number) {
  const file = join(directory, 'register.csv');
  writeRegister(file, rows);
  const folder = join(directory, 'data');
  const imported = await inProcess<ImportFigures>('import', folder, file);
  const layer = readdirSync(folder).find((name) => name.startsWith('roster-')) ?? '';
  return { folder, layer, imported, raw: rawInserts(join(folder, layer), join(directory, 'raw.db'), rows) };
}

async function inFolder<Figures>(work: (directory: string) => Promise<Figures>): Promise<Figures> {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-holders-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What a process of its own does and measures: the bench's memory is not the product's. */
async function inProcess<Figures>(...words: readonly string[]): Promise<Figures> {
  const { stdout } = await run(process.execPath, [processFile, ...words]);
  return JSON.parse(stdout) as Figures;
}

/** So many made people as CSV. Without `shared` nobody's number is also somebody else's: builds before this one refuse that. */
export function writeRegister(path: string, rows: number, { shared } = { shared: true }): void {
  const draw = drawing(1);
  const file = openSync(path, 'wx');
  let text = madeHeader;
  const numbers = new Set<string>();
  for (let index = 0, written = 0; written < rows; index++) {
    const person = madePerson(index, draw);
    if (!shared && numbers.has(person.personalNumber)) continue;
    if (!shared) numbers.add(person.personalNumber);
    text += madeRow(person);
    written++;
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
}

/** One row for each person, of their share of a seal, each followed by their tokens; the index of the tokens afterwards. */
function rawInserts(layerPath: string, path: string, rows: number) {
  const layer = new Database(layerPath, { readonly: true });
  const { ends, tokens } = tokensByRow(layer);
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
  const { user, system } = process.cpuUsage();
  raw.exec('BEGIN');
  const person = raw.prepare('INSERT INTO people (row, sealed) VALUES (?, ?)');
  const key = raw.prepare('INSERT INTO keys (token, row) VALUES (?, ?)');
  let at = 0;
  for (const [row, end] of ends.entries()) {
    if (row < rows) person.run(row, sealed);
    for (; at < end; at++) key.run(tokens[at], row);
  }
  raw.exec('CREATE INDEX by_token ON keys (token, row); COMMIT');
  const seconds = (performance.now() - began) / 1000;
  const computed = process.cpuUsage({ user, system });
  raw.close();
  return {
    rows,
    keys: tokens.length,
    seconds: round(seconds),
    computedSeconds: round((computed.user + computed.system) / 1e6),
    rowsPerSecond: Math.round(rows / seconds),
    megabytes: megabytes(statSync(path).size),
  };
}

/** The tokens of each row, one row after the other, and where each row's end. */
function tokensByRow(layer: Database.Database): { readonly ends: Uint32Array; readonly tokens: Float64Array } {
  interface Posting {
    readonly token: number;
    readonly people: number;
    readonly rows: Uint8Array | null;
  }
  const postings = layer.prepare<[], Posting>('SELECT * FROM postings');
  const each = function* (): Generator<readonly [number, number]> {
    for (const { token, people, rows: packed } of postings.iterate())
      for (const row of packed === null ? [people] : (unpackRows(packed, people) ?? [])) yield [token, row];
  };
  const blocks = layer.prepare('SELECT max(block) + 1 FROM blocks').pluck().get() as number;
  const ends = new Uint32Array(blocks * blockRows);
  let sum = 0;
  for (const [, row] of each()) {
    ends[row] = (ends[row] ?? 0) + 1;
    sum++;
  }
  for (let row = 1; row < ends.length; row++) ends[row] = (ends[row] ?? 0) + (ends[row - 1] ?? 0);
  const tokens = new Float64Array(sum);
  const placed = new Uint8Array(ends.length);
  for (const [token, row] of each()) {
    const first = row === 0 ? 0 : (ends[row - 1] ?? 0);
    const before = placed[row] ?? 0;
    tokens[first + before] = token;
    placed[row] = before + 1;
  }
  return { ends, tokens };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
