import type { Database } from 'better-sqlite3';
import { isSameMark } from '../../crypto/mark.ts';
import { rowKeys, rowMarker } from './mark-tables.ts';
import { type MarkedTable, markedTables } from './marked-tables.ts';

/** A row that is not as the station left it. */
export interface TouchedRow {
  readonly table: string;
  /** Its primary key as a JSON array; null where it cannot be told which row it is. */
  readonly key: string | null;
  readonly what: 'changed' | 'inserted' | 'deleted' | 'not told';
}

/**
 * Compares every row with its own mark. A table of `touched` whose rows all fit is named as a whole: rows and their marks were
 * taken away, or brought back, together. Without a key nothing can be compared: every table is named.
 */
export function touchedRows(
  database: Database,
  key: Uint8Array | null,
  touched: readonly string[],
): readonly TouchedRow[] {
  const rows = key === null ? [] : markedTables.flatMap((table) => touchedRowsOf(database, key, table));
  const named = new Set(rows.map(({ table }) => table));
  const others = touched.filter((name) => !named.has(name));
  return [
    ...rows,
    ...others.map((table): TouchedRow => ({ table: table === '' ? 'schema' : table, key: null, what: 'not told' })),
  ];
}

function touchedRowsOf(database: Database, key: Uint8Array, table: MarkedTable): readonly TouchedRow[] {
  const { name } = table;
  const kept = new Map(
    database
      .prepare<[string], { rowKey: string; mark: Uint8Array }>(
        'SELECT row_key AS rowKey, mark FROM row_marks WHERE table_name = ?',
      )
      .all(name)
      .map(({ rowKey, mark }) => [rowKey, mark]),
  );
  const touched: TouchedRow[] = [];
  const keys = rowKeys(database, table);
  const markOfRow = keys.length === 0 ? () => null : rowMarker(database, key, table);
  for (const rowKey of keys) {
    const mark = kept.get(rowKey);
    kept.delete(rowKey);
    if (mark === undefined) touched.push({ table: name, key: rowKey, what: 'inserted' });
    else if (!isSameMark(markOfRow(rowKey) ?? new Uint8Array(), mark))
      touched.push({ table: name, key: rowKey, what: 'changed' });
  }
  return [...touched, ...[...kept.keys()].map((rowKey): TouchedRow => ({ table: name, key: rowKey, what: 'deleted' }))];
}
