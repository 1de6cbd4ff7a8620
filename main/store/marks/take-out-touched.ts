import type { Database } from 'better-sqlite3';
import { Failure } from '../../result/failure.ts';
import { noteDays } from '../newest-day.ts';
import { withOwnSchema } from '../own-schema.ts';
import { settle } from '../trust-removal.ts';
import { ownObjects } from './mark-tables.ts';
import { markedTable, operatorTables } from './marked-tables.ts';
import { rowText } from './row-text.ts';
import type { TouchedRow } from './touched-rows.ts';

/** What the unlocking has proved, or what is proved by signatures of its own: it stays as it is. */
const proved: readonly string[] = ['folder', 'station', 'acts'];
const importers = ['certificates', 'trust_sources', 'revocation_lists', 'defect_lists', 'document_signers'] as const;

/**
 * Takes out every row that the station did not mark, and of a table whose rows cannot be told apart all of them; drops what
 * others added to the schema. What others deleted does not come back: its lists are to be imported again. Only in a folder
 * that is unlocked. Throws `storage.corrupt` where the schema itself was changed. Inside a transaction.
 */
export function takeOutTouched(database: Database, path: string, touched: readonly TouchedRow[]): void {
  dropForeign(database, path);
  database.pragma('defer_foreign_keys = ON');
  for (const { table, key, what } of touched) {
    if (what === 'deleted' || table === 'schema' || table === 'marks' || proved.includes(table)) continue;
    if (key === null) database.prepare(`DELETE FROM ${table}`).run();
    else
      database
        .prepare<{ key: string }>(`DELETE FROM ${table} WHERE ${rowText(database, markedTable(table)).byKey}`)
        .run({ key });
  }
  for (const table of importers)
    database.prepare(`UPDATE ${table} SET added_by = NULL WHERE added_by NOT IN (SELECT id FROM trust_imports)`).run();
  // Nothing is restored past this: the states before it may have been others' too.
  database.prepare('UPDATE trust_imports SET before = NULL').run();
  database
    .prepare('UPDATE trust_imports SET undone_by = NULL WHERE undone_by NOT IN (SELECT id FROM trust_imports)')
    .run();
  database
    .prepare(
      `DELETE FROM certificate_sources WHERE fingerprint NOT IN (SELECT fingerprint FROM certificates)
         OR source NOT IN (SELECT id FROM trust_sources)`,
    )
    .run();
  settle(database);
  reopenOperators(database, touched);
  // Which orders were confirmed follows from the records, and is found there again.
  database.prepare('DELETE FROM confirmed_orders').run();
  database.prepare('INSERT OR REPLACE INTO orders_indexed (only_row, through) VALUES (1, 0)').run();
  // Days that were recorded while the store was touched were noted by nobody.
  noteDays(
    database,
    database
      .prepare<[], string>('SELECT substr(written_at, 1, 10) FROM records ORDER BY number DESC LIMIT 1')
      .pluck()
      .all(),
  );
}

// Whom nobody knows any more cannot sign in, and whoever is left was perhaps left by others: a first administrator is named anew,
// by two who hold the key of the folder. That there were operators is not forgotten.
function reopenOperators(database: Database, touched: readonly TouchedRow[]): void {
  const names: readonly string[] = [...operatorTables, 'marks'];
  if (!touched.some(({ table }) => names.includes(table))) return;
  database
    .prepare(
      `INSERT INTO operators_state (only_row, reopened)
       SELECT 1, 1 WHERE EXISTS (SELECT 1 FROM acts WHERE kind LIKE 'operators.%')
       ON CONFLICT (only_row) DO UPDATE SET reopened = 1`,
    )
    .run();
}

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

function dropForeign(database: Database, path: string): void {
  const expected = withOwnSchema(path, objectsOf);
  const foreign = objectsOf(database).filter(({ name }) => !expected.some((object) => object.name === name));
  const order = ['trigger', 'view', 'index', 'table'];
  for (const { type, name } of foreign.toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type)))
    database.exec(`DROP ${type.toUpperCase()} IF EXISTS "${name.replaceAll('"', '""')}"`);
  for (const { type, name, sql } of expected)
    if (type === 'index' && sql !== null && !objectsOf(database).some((object) => object.name === name))
      database.exec(sql);
  if (JSON.stringify(objectsOf(database)) !== JSON.stringify(expected))
    throw new Failure('storage.corrupt', { path, part: 'schema' });
}

function objectsOf(database: Database): readonly SchemaObject[] {
  return database
    .prepare<[], SchemaObject>(`SELECT type, name, sql FROM main.sqlite_schema WHERE ${ownObjects} ORDER BY type, name`)
    .all();
}
