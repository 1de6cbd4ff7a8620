import type { Database } from 'better-sqlite3';
import type { Detail } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import { guarded } from './database-failure.ts';
import type { SettingsRepository } from './types.ts';

const longestName = 64;
const longestValue = 16 * 1024;

/** Settings in clear: nothing of a person, no key. Throws `input.too-large` for a value that is none. */
export function settingsRepository(database: Database, path: string): SettingsRepository {
  return {
    get: (name) =>
      guarded(path, () => {
        const text = database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck().get(name);
        return text === undefined ? undefined : parsed(text, path);
      }),
    set: (name, value) =>
      guarded(path, () => {
        const text = JSON.stringify(value);
        if (name.length > longestName || text.length > longestValue)
          throw new Failure('input.too-large', { limit: longestValue });
        database
          .prepare(
            'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
          )
          .run(name, text);
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
