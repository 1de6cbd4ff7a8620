import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What an import of a directory export fills most of: its rows, their indexes, and a mark for each row. */
const filled = ['document_signers', 'row_marks'] as const;

/**
 * Processor time in milliseconds that SQLite takes by itself to write what an import left in `folder`: the same rows into new
 * tables of the same shape with the same indexes at `path`, in one transaction with the same log. Reading them is not counted.
 */
export function rawKeeping(folder: string, path: string): number {
  using imported = disposable(new Database(join(folder, 'styrk.db'), { readonly: true }));
  using raw = disposable(new Database(path));
  raw.database.pragma('journal_mode = WAL');
  raw.database.pragma('foreign_keys = OFF');
  const shapes = imported.database
    .prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL')
    .pluck();
  for (const sql of filled.flatMap((table) => shapes.all(table))) raw.database.exec(sql);
  const rows = filled.map((table) => ({
    table,
    rows: imported.database.prepare<[], unknown[]>(`SELECT * FROM ${table} ORDER BY 1`).raw().all(),
  }));
  const before = process.cpuUsage();
  raw.database.transaction(() => {
    for (const { table, rows: values } of rows) {
      const insert = raw.database.prepare(
        `INSERT INTO ${table} VALUES (${(values[0] ?? []).map(() => '?').join(', ')})`,
      );
      for (const row of values) insert.run(...row);
    }
  })();
  raw.database.pragma('wal_checkpoint(TRUNCATE)');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function disposable(database: Database.Database) {
  return { database, [Symbol.dispose]: () => void database.close() };
}
