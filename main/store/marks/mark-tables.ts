import type { Database } from 'better-sqlite3';
import { isSameMark, type MarkingKey, markingKey, markOf } from '../../crypto/mark.ts';
import { toHex } from '../../result/bytes.ts';
import { canonicalBytes } from '../../result/canonical-json.ts';
import { prepared, preparedValue } from '../prepared.ts';
import { type MarkedTable, markedTable, markedTables } from './marked-tables.ts';
import { rowText } from './row-text.ts';

/** The mark over all tables as it stands in the database. Nothing of it is sure before its mark was compared. */
export interface Marks {
  /** One more with each change. */
  readonly number: number;
  /** When the rows of an earlier app were marked as they were found (ISO 8601); null for a folder that began with marks. */
  readonly adoptedAt: string | null;
  /** Mark (hex) of each table, and of the schema under the empty name, as JSON. */
  readonly tables: string;
  readonly mark: Uint8Array;
}

type TableMarks = Readonly<Record<string, string>>;

/** The name under which the schema is marked. */
export const schemaName = '';
/** The name of the mark over all, where that is what was touched. */
export const marksName = 'marks';

const noTable = '';

/** The marks of all tables and when they were adopted; null where the folder has none. */
export function readMarks(database: Database): Marks | null {
  const found = prepared<[], Marks>(
    database,
    'SELECT number, adopted_at AS adoptedAt, tables, mark FROM marks WHERE only_row = 1',
  ).get();
  return found ?? null;
}

/** The mark of a row by its key, all that the row holds included; null where there is none of that key. */
export function rowMarker(
  database: Database,
  key: Uint8Array,
  table: MarkedTable,
): (rowKey: string) => Uint8Array | null {
  const { whole, byKey } = rowText(database, table);
  const find = preparedValue<[{ key: string }], Uint8Array>(
    database,
    `SELECT CAST(${whole} AS BLOB) FROM ${table.name} WHERE ${byKey}`,
  );
  const marking = markingKey(key);
  return (rowKey) => {
    const row = find.get({ key: rowKey });
    return row === undefined ? null : markOf(marking, ['styrk/row/1', table.name, row]);
  };
}

/** Tells whether the row of this key is as its own mark says, all that it holds included. */
export function rowComparer(database: Database, key: Uint8Array, table: MarkedTable): (rowKey: string) => boolean {
  const { whole, byKey } = rowText(database, table);
  const find = database.prepare<{ key: string; name: string }, { row: Uint8Array; mark: Uint8Array | null }>(
    `SELECT CAST(${whole} AS BLOB) AS row,
       (SELECT mark FROM row_marks WHERE table_name = @name AND row_key = @key) AS mark
     FROM ${table.name} WHERE ${byKey}`,
  );
  const marking = markingKey(key);
  return (rowKey) => {
    const found = find.get({ key: rowKey, name: table.name });
    return found !== undefined && isSameMark(markOf(marking, ['styrk/row/1', table.name, found.row]), found.mark);
  };
}

/** Whether a row was marked with this text (`rowText().whole`). */
export function isMarked(
  database: Database,
  key: Uint8Array,
  { name, rowKey, row }: { readonly name: string; readonly rowKey: string; readonly row: Uint8Array },
): boolean {
  const mark = preparedValue<[string, string], Uint8Array>(
    database,
    'SELECT mark FROM row_marks WHERE table_name = ? AND row_key = ?',
  ).get(name, rowKey);
  return mark !== undefined && isSameMark(markOf(key, ['styrk/row/1', name, row]), mark);
}

/** The keys of all rows of a table; none of one that an earlier schema does not have. */
export function rowKeys(database: Database, table: MarkedTable): readonly string[] {
  const { key, order } = rowText(database, table);
  if (order === '') return [];
  return database.prepare<[], string>(`SELECT ${key} FROM ${table.name} ORDER BY ${order}`).pluck().all();
}

/** What is marked, and as what. */
export interface Marking {
  readonly tables: readonly string[] | 'all';
  readonly adoptedAt: string | null;
  /** Whose schema is marked as the right one; that of the database itself where it is not given. */
  readonly schemaOf?: Database;
}

/** Marks these tables anew, or all of them with the schema. Call it inside a transaction. */
export function writeMarks(database: Database, key: Uint8Array, what: Marking): void {
  const before = readMarks(database);
  const { tables, adoptedAt } = what;
  const marks: Record<string, string> =
    before === null || tables === 'all' ? {} : { ...(JSON.parse(before.tables) as TableMarks) };
  const names = tables === 'all' ? [schemaName, ...markedTables.map(({ name }) => name)] : tables;
  for (const name of names)
    marks[name] = markNow(name === schemaName ? (what.schemaOf ?? database) : database, key, name);
  const next = { number: (before?.number ?? 0) + 1, adoptedAt, tables: JSON.stringify(marks) };
  prepared<[Marks]>(
    database,
    `INSERT INTO marks (only_row, number, adopted_at, tables, mark) VALUES (1, @number, @adoptedAt, @tables, @mark)
     ON CONFLICT (only_row) DO UPDATE SET number = excluded.number, adopted_at = excluded.adopted_at,
       tables = excluded.tables, mark = excluded.mark`,
  ).run({ ...next, mark: overAll(key, next) });
}

/** Marks the rows that `temp.written` names of a table as they are now, and forgets those that are gone. Call it inside a transaction. */
export function markWritten(database: Database, key: Uint8Array, name: string): void {
  const { whole, byKeyOf } = rowText(database, markedTable(name));
  const marked = marking(database, key, () =>
    prepared<[string]>(
      database,
      `INSERT INTO row_marks (table_name, row_key, mark)
       SELECT '${name}', written_key, ${markFunction}('${name}', CAST(${whole} AS BLOB))
       FROM (SELECT row_key AS written_key FROM temp.written WHERE name = ?)
         CROSS JOIN main.${name} ON ${byKeyOf('written_key')} WHERE true
       ON CONFLICT (table_name, row_key) DO UPDATE SET mark = excluded.mark`,
    ).run(name),
  );
  const written = preparedValue<[string], number>(database, 'SELECT count(*) FROM temp.written WHERE name = ?');
  if (marked.changes === written.get(name)) return;
  prepared<[{ name: string }]>(
    database,
    `DELETE FROM row_marks WHERE table_name = @name AND row_key IN (SELECT row_key FROM temp.written WHERE name = @name)
       AND NOT EXISTS (SELECT 1 FROM main.${name} WHERE ${byKeyOf('row_marks.row_key')})`,
  ).run({ name });
}

/** Marks everything as it is now. Call it inside a transaction. */
export function markEverything(
  database: Database,
  key: Uint8Array,
  adoptedAt: string | null,
  schemaOf: Database = database,
): void {
  database.prepare('DELETE FROM row_marks').run();
  for (const table of markedTables) {
    const { key: keyText, whole, order } = rowText(database, table);
    if (order === '') continue;
    marking(database, key, () =>
      database
        .prepare(
          `INSERT INTO row_marks (table_name, row_key, mark)
           SELECT '${table.name}', ${keyText}, ${markFunction}('${table.name}', CAST(${whole} AS BLOB))
           FROM main.${table.name} ORDER BY ${order}`,
        )
        .run(),
    );
  }
  writeMarks(database, key, { tables: 'all', adoptedAt, schemaOf });
}

// As a function of SQL a mark costs no way there and back for each row: tens of thousands are marked at once. It can be called
// by our own statements alone, not by what stands in a schema, and answers only while we mark.
const markFunction = 'styrk_row_mark';
const markKeys = new WeakMap<Database, { key: MarkingKey | null }>();

function marking<Answer>(database: Database, key: Uint8Array, act: () => Answer): Answer {
  const held = markKeys.get(database) ?? withMarkFunction(database);
  held.key = markingKey(key);
  try {
    return act();
  } finally {
    held.key = null;
  }
}

function withMarkFunction(database: Database): { key: MarkingKey | null } {
  const held: { key: MarkingKey | null } = { key: null };
  database.function(markFunction, { directOnly: true }, (name: string, row: Uint8Array) => {
    if (held.key === null) throw new Error('nothing is marked now');
    return markOf(held.key, ['styrk/row/1', name, row]);
  });
  markKeys.set(database, held);
  return held;
}

/**
 * The tables that are not as they were marked, large contents aside, whose indexes tell something else than they hold, or that
 * are older than the records: `schemaName` for the schema, `marksName` alone where the mark over all is gone or not ours. `expected` must all be marked.
 */
export function touchedTables(database: Database, key: Uint8Array, expected: readonly string[]): readonly string[] {
  const marks = readMarks(database);
  if (marks === null || !isSameMark(overAll(key, marks), marks.mark)) return [marksName];
  const tables = JSON.parse(marks.tables) as TableMarks;
  const names = new Set([schemaName, ...expected, ...Object.keys(tables)]);
  return [...names].filter((name) => {
    const now = markNow(database, key, name);
    if (tables[name] === undefined || tables[name] !== now) return true;
    if (now === noTable) return false;
    return !isIndexedRightly(database, name) || (name === 'newest_day' && isBehindRecords(database));
  });
}

// An older state of all marked tables fits its own marks. The records that were written since then show that it is older: each
// of them noted its day in the same change.
function isBehindRecords(database: Database): boolean {
  return (
    database
      .prepare<[], number>(
        `SELECT 1 FROM (SELECT substr(written_at, 1, 10) AS day FROM records ORDER BY number DESC LIMIT 1) newest
         WHERE NOT EXISTS (SELECT 1 FROM newest_day WHERE accepted = 1 OR newest_day.day >= newest.day)`,
      )
      .pluck()
      .get() === 1
  );
}

// Rows are found by indexes: one that is emptied past SQLite hides them from every question, though each of them still fits
// its mark. A revocation list that nobody finds revokes nobody. A document signer that nobody finds clears none, and there may
// be tens of thousands of them.
function isIndexedRightly(database: Database, name: string): boolean {
  if (name === schemaName || name === 'document_signers') return true;
  return database.pragma(`integrity_check(${name})`, { simple: true }) === 'ok';
}

function markNow(database: Database, key: Uint8Array, name: string): string {
  return name === schemaName ? schemaMark(database, key) : tableMark(database, key, markedTable(name));
}

function tableMark(database: Database, key: Uint8Array, table: MarkedTable): string {
  const { outline, order } = rowText(database, table);
  // No column at all: no such table.
  if (order === '') return noTable;
  const rows = preparedValue<[], Uint8Array | null>(
    database,
    `SELECT CAST(group_concat(row, '') AS BLOB) FROM (SELECT ${outline} AS row FROM ${table.name} ORDER BY ${order})`,
  ).get();
  return toHex(markOf(key, ['styrk/table/1', table.name, rows ?? new Uint8Array()]));
}

/**
 * What of `sqlite_schema` is a schema's own: all but the indexes that go with a key and SQLite's tables of counters and
 * statistics, which hold no code. A name alone says nothing: a schema that is written by hand gives a trigger any name.
 */
export const ownObjects = `sql IS NOT NULL AND sql NOT IN ('CREATE TABLE sqlite_sequence(name,seq)',
  'CREATE TABLE sqlite_stat1(tbl,idx,stat)', 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)')`;

// A trigger or a view that somebody adds would act in our name.
function schemaMark(database: Database, key: Uint8Array): string {
  const objects = database
    .prepare<[], Uint8Array | null>(
      `SELECT CAST(group_concat(object, '') AS BLOB) FROM (
         SELECT json_array(type, name, tbl_name, sql) AS object FROM main.sqlite_schema
         WHERE ${ownObjects} ORDER BY type, name)`,
    )
    .pluck()
    .get();
  return toHex(markOf(key, ['styrk/schema/1', objects ?? new Uint8Array()]));
}

function overAll(key: Uint8Array, { number, adoptedAt, tables }: Omit<Marks, 'mark'>): Uint8Array {
  return markOf(key, ['styrk/marks/1', canonicalBytes([number, adoptedAt]), tables]);
}
