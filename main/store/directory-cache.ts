import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { type KeyedIndex, open, seal } from '../crypto/sealing.ts';
import type { Detail } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';

/** What the bank's directory answered once, and when (ISO 8601). */
export interface CachedAnswer {
  readonly content: Detail;
  readonly fetchedAt: string;
}

/**
 * Answers of the bank's directory, sealed, each under the keyed value of what was asked: neither who was looked for nor who was
 * found can be read here. No verdict rests on a row that is gone.
 */
export interface DirectoryCache {
  get(asked: string): CachedAnswer | null;
  put(asked: string, answer: CachedAnswer): void;
  /** Forgets all of it. */
  clear(): void;
}

/** A day at a busy station; the oldest give way. */
const mostRows = 2_000;

/** Fails as the database does, with `storage.corrupt` for a row that does not open. */
export function directoryCache(
  database: Database,
  path: string,
  keys: { readonly sealingKey: SecretBytes; readonly index: KeyedIndex },
  random: RandomSource,
): DirectoryCache {
  const utf8 = new TextEncoder();
  const indexOf = (asked: string): Uint8Array => keys.index.of(utf8.encode(asked));
  const contextOf = (index: Uint8Array, fetchedAt: string): Uint8Array =>
    utf8.encode(`styrk/directory-cache/1/${Buffer.from(index).toString('hex')}/${fetchedAt}`);
  return {
    get: (asked) =>
      guarded(path, () => {
        const index = indexOf(asked);
        const row = database
          .prepare<[Uint8Array], { readonly sealed: Uint8Array; readonly fetchedAt: string }>(
            'SELECT sealed, fetched_at AS fetchedAt FROM directory_cache WHERE asked_index = ?',
          )
          .get(index);
        if (row === undefined) return null;
        // The age is bound to the seal: nobody makes an old answer young.
        const plain = open(keys.sealingKey.reveal(), row.sealed, contextOf(index, row.fetchedAt));
        if (plain === null) throw new Failure('storage.corrupt', { path, part: 'directory-cache' });
        return { content: JSON.parse(new TextDecoder().decode(plain)), fetchedAt: row.fetchedAt };
      }),
    put: (asked, { content, fetchedAt }) =>
      guarded(path, () => {
        const index = indexOf(asked);
        const plain = utf8.encode(JSON.stringify(content));
        const sealed = seal(keys.sealingKey.reveal(), plain, contextOf(index, fetchedAt), random);
        database
          .prepare('INSERT OR REPLACE INTO directory_cache (asked_index, sealed, fetched_at) VALUES (?, ?, ?)')
          .run(index, sealed, fetchedAt);
        database
          .prepare(
            `DELETE FROM directory_cache WHERE rowid IN
             (SELECT rowid FROM directory_cache ORDER BY rowid DESC LIMIT -1 OFFSET ?)`,
          )
          .run(mostRows);
      }),
    clear: () => guarded(path, () => void database.prepare('DELETE FROM directory_cache').run()),
  };
}
