import type { Database, Statement } from 'better-sqlite3';

const rows = new WeakMap<Database, Map<string, Statement>>();
const values = new WeakMap<Database, Map<string, Statement>>();

function kept(of: WeakMap<Database, Map<string, Statement>>, database: Database, sql: string, make: () => Statement) {
  let statements = of.get(database);
  if (statements === undefined) {
    statements = new Map();
    of.set(database, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = make();
    statements.set(sql, statement);
  }
  return statement;
}

/**
 * A statement of this connection that is prepared once: to prepare it costs several times what it does. For `get`, `all` and
 * `run`, and for fixed texts; one that is iterated is prepared where it is used, for it is busy until its end.
 */
export function prepared<Parameters extends unknown[], Row = unknown>(
  database: Database,
  sql: string,
): Statement<Parameters, Row> {
  return kept(rows, database, sql, () => database.prepare(sql)) as Statement<Parameters, Row>;
}

/** The same, answering the first column alone. */
export function preparedValue<Parameters extends unknown[], Value = unknown>(
  database: Database,
  sql: string,
): Statement<Parameters, Value> {
  return kept(values, database, sql, () => database.prepare(sql).pluck()) as Statement<Parameters, Value>;
}
