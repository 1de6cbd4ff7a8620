import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { open, seal } from '../crypto/sealing.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';

/** A case that waits, by its id and since when (ISO 8601), and what was sealed of it as text. */
export interface WaitingCase {
  readonly id: string;
  readonly at: string;
  readonly text: string;
}

/**
 * The cases that wait for a colleague. They need no mark: each is sealed with its id under the master key, and the record that it
 * was referred by stands in the chain.
 */
export interface ReferralsRepository {
  put(waiting: WaitingCase): void;
  /** The longest waiting first. */
  list(): readonly WaitingCase[];
  /** The ids of those that wait, in the same order. Nothing is opened. */
  ids(): readonly string[];
  /** Null where none of that id waits, or waits any more. */
  get(id: string): WaitingCase | null;
  /** Fails with `referral.gone` where it does not wait any more: nobody decides it twice. */
  take(id: string): void;
}

interface Row {
  readonly id: string;
  readonly at: string;
  readonly sealed: Uint8Array;
}

const utf8 = new TextEncoder();

/** The referrals of an unlocked folder. `SQLite` overwrites what is deleted (`secure_delete`). */
export function referralsRepository(
  database: Database,
  path: string,
  { sealingKey, random }: { readonly sealingKey: SecretBytes; readonly random: RandomSource },
): ReferralsRepository {
  const contextOf = (id: string, at: string): Uint8Array => utf8.encode(`styrk/referral/1/${id}/${at}`);
  const opened = ({ id, at, sealed }: Row): WaitingCase => {
    const plain = open(sealingKey.reveal(), sealed, contextOf(id, at));
    if (plain === null) throw new Failure('storage.corrupt', { path, part: 'referrals' });
    return { id, at, text: new TextDecoder().decode(plain) };
  };
  return {
    put: ({ id, at, text }) =>
      guarded(path, () => {
        const sealed = seal(sealingKey.reveal(), utf8.encode(text), contextOf(id, at), random);
        database.prepare('INSERT INTO referrals (id, at, sealed) VALUES (?, ?, ?)').run(id, at, sealed);
      }),
    list: () =>
      guarded(path, () =>
        database.prepare<[], Row>('SELECT id, at, sealed FROM referrals ORDER BY at, id').all().map(opened),
      ),
    ids: () =>
      guarded(path, () => database.prepare<[], string>('SELECT id FROM referrals ORDER BY at, id').pluck().all()),
    get: (id) =>
      guarded(path, () => {
        const row = database.prepare<[string], Row>('SELECT id, at, sealed FROM referrals WHERE id = ?').get(id);
        return row === undefined ? null : opened(row);
      }),
    take: (id) =>
      guarded(path, () => {
        if (database.prepare('DELETE FROM referrals WHERE id = ?').run(id).changes !== 1)
          throw new Failure('referral.gone');
      }),
  };
}
