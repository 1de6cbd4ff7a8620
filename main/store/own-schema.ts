import Sqlite, { type Database } from 'better-sqlite3';
import { migrate } from './migrate.ts';

/** Asks something of an empty database in memory that has the schema which this app writes. */
export function withOwnSchema<Answer>(path: string, ask: (ours: Database) => Answer): Answer {
  const ours = new Sqlite(':memory:');
  try {
    migrate(ours, path);
    return ask(ours);
  } finally {
    ours.close();
  }
}
