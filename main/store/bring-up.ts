import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { existsMarkKey, markKey, pendingMarkKey, settlePending } from './marks/mark-key.ts';
import { markEverything, readMarks, touchedTables } from './marks/mark-tables.ts';
import { touchedRows } from './marks/touched-rows.ts';
import { firstMarked, migrate } from './migrate.ts';
import { withOwnSchema } from './own-schema.ts';

/**
 * Brings the schema of a database that is there to the newest version. What an earlier app left has no marks: it is marked as
 * it is found, once, and that is kept; its schema has to be this app's. Where the folder has a key of marks already, the marks were taken away, and nothing is
 * marked again.
 */
export function bringUp(database: Database, folder: { directory: string; path: string; random: RandomSource }): void {
  const { directory, path, random } = folder;
  let adopted = false;
  migrate(database, path, (version, steps) => {
    if (version >= firstMarked) {
      using key = markKey(directory);
      const { adoptedAt } = readMarks(database) ?? { adoptedAt: null };
      // Large contents too: what is marked anew is compared with its old mark never again.
      const whole =
        key !== null &&
        touchedTables(database, key.reveal(), []).length === 0 &&
        touchedRows(database, key.reveal(), []).length === 0;
      steps();
      // What was touched before stays touched: its marks no longer fit.
      if (whole) markEverything(database, key.reveal(), adoptedAt);
      return;
    }
    const marked = existsMarkKey(directory);
    using key = marked ? null : pendingMarkKey(directory, random);
    steps();
    // Marked as right is the schema that this app writes: a trigger or view that somebody had added is told, not adopted.
    if (key !== null) withOwnSchema(path, (ours) => markEverything(database, key.reveal(), instant(database), ours));
    adopted = key !== null;
  });
  if (adopted) settlePending(directory);
}

function instant(database: Database): string {
  return String(database.prepare("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").pluck().get());
}
