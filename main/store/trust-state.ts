import type { Database } from 'better-sqlite3';

/** One row that a change made, altered or took away: its key, and the row as it was; null where there was none. */
export interface RowBefore {
  readonly table: string;
  readonly key: Readonly<Record<string, Cell>>;
  readonly row: Readonly<Record<string, Cell>> | null;
}

type Cell = string | number | null | { readonly base64: string };
type Row = Record<string, string | number | null | Uint8Array>;

// What is believed, parents first. Document signers are not here: they come in great numbers, and never go but with the
// import that brought them. Revocation lists are not here either: what was revoked stays so, whatever else is taken back.
const tables: readonly { readonly name: string; readonly key: readonly string[] }[] = [
  { name: 'certificates', key: ['fingerprint'] },
  { name: 'trust_sources', key: ['id'] },
  { name: 'certificate_sources', key: ['fingerprint', 'source', 'vouched_by'] },
  { name: 'defect_lists', key: ['digest'] },
  { name: 'trust_bundles', key: ['issuer'] },
  { name: 'policies', key: ['id'] },
];

/** The believed state, row by row as JSON: to be compared, and to be brought back. */
export type TrustState = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The believed state as it is now. Reads every row: for one change, not for many. */
export function trustState(database: Database): TrustState {
  return new Map(
    tables.map(({ name, key }) => [
      name,
      new Map(
        database
          .prepare<[], Row>(`SELECT * FROM ${name}`)
          .all()
          .map((row) => [JSON.stringify(cells(row, key)), JSON.stringify(cells(row, Object.keys(row)))]),
      ),
    ]),
  );
}

function cells(row: Row, columns: readonly string[]): Record<string, Cell> {
  return Object.fromEntries(
    columns.map((column) => {
      const value = row[column] ?? null;
      return [column, value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value];
    }),
  );
}

/** What differs between two states, as it was in the first. */
export function rowsBefore(before: TrustState, after: TrustState): readonly RowBefore[] {
  return tables.flatMap(({ name }) => {
    const [old, now] = [before.get(name) ?? new Map<string, string>(), after.get(name) ?? new Map<string, string>()];
    const made = [...now.keys()].filter((key) => !old.has(key)).map((key) => ({ key, row: null }));
    const altered = [...old].filter(([key, row]) => now.get(key) !== row).map(([key, row]) => ({ key, row }));
    return [...made, ...altered].map(
      ({ key, row }): RowBefore => ({
        table: name,
        key: JSON.parse(key),
        row: row === null ? null : JSON.parse(row),
      }),
    );
  });
}

/** Brings rows back as they were. Call it inside a transaction. */
export function bringBack(database: Database, rows: readonly RowBefore[]): void {
  // Rows refer to each other: they fit again when all of them are back.
  database.pragma('defer_foreign_keys = ON');
  for (const { name, key } of tables.toReversed()) {
    const remove = database.prepare(`DELETE FROM ${name} WHERE ${matching(key)}`);
    for (const made of rows) if (made.table === name && made.row === null) remove.run(values(made.key));
  }
  for (const { name, key } of tables) {
    for (const { table, row } of rows) {
      if (table !== name || row === null) continue;
      const columns = Object.keys(row);
      const others = columns
        .filter((column) => !key.includes(column))
        .map((column) => `${column} = excluded.${column}`);
      database
        .prepare(
          `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})
           ON CONFLICT (${key.join(', ')}) DO ${others.length === 0 ? 'NOTHING' : `UPDATE SET ${others.join(', ')}`}`,
        )
        .run(values(row));
    }
  }
}

function matching(key: readonly string[]): string {
  return key.map((column) => `${column} = @${column}`).join(' AND ');
}

function values(row: Readonly<Record<string, Cell>>): Record<string, string | number | null | Uint8Array> {
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [
      column,
      typeof cell === 'object' && cell !== null ? Buffer.from(cell.base64, 'base64') : cell,
    ]),
  );
}
