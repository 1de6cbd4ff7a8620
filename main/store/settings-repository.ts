import type { Database } from 'better-sqlite3';
import type { Detail } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import { guarded } from './database-failure.ts';
import type { StoreMarks } from './marks/store-marks.ts';
import type { SettingsRepository } from './types.ts';

const longestName = 64;
const longestValue = 16 * 1024;

/**
 * Settings in clear: nothing of a person, no key. Where what verdicts rest on was touched by others every setting counts as
 * never set, so that the app can still say so, and none is written (`trust.tampered`). Throws `input.too-large` for a value
 * that is none.
 */
export function settingsRepository(database: Database, path: string, marks: StoreMarks): SettingsRepository {
  return {
    get: (name) =>
      guarded(path, () => {
        const find = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck();
        const text = marks.isWhole() ? find.get(name) : undefined;
        return text === undefined ? undefined : parsed(text, path);
      }),
    set: (name, value) =>
      guarded(path, () => {
        const text = JSON.stringify(value);
        if (name.length > longestName || text.length > longestValue)
          throw new Failure('input.too-large', { limit: longestValue });
        marks.write(() =>
          database
            .prepare(
              'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
            )
            .run(name, text),
        );
      }),
  };
}

function parsed(text: string, path: string): Detail {
  try {
    return JSON.parse(text) as Detail;
  } catch (thrown) {
    throw new Failure('storage.corrupt', { path, part: 'settings' }, thrown);
  }
}
