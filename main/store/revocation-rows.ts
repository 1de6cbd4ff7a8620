import type { Database } from 'better-sqlite3';
import type { StoredRevocationList } from '../trust/types.ts';
import type { Disputed } from './disputed.ts';

// Large ones have some megabytes; whoever asks for one is likely to ask again with the next document.
const mostHeldBytes = 64 * 1024 * 1024;

type Head = Omit<StoredRevocationList, 'der' | 'omitted' | 'readingsDiffer'>;

/**
 * The revocation lists of the store, each brought from the disk once: the same list is answered with the same object, so that
 * what was made of it can be kept with it.
 */
export class RevocationRows {
  readonly #database: Database;
  readonly #held = new Map<string, StoredRevocationList>();
  #heldBytes = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of each issuer the newest, newest first; of one country where one is given. */
  newest(country?: string, disputed: Disputed = new Map()): readonly StoredRevocationList[] {
    const heads = this.#database
      .prepare<{ country: string | null }, Head>(
        `SELECT fingerprint, country, issuer, issuer_key AS issuerKey, this_update AS thisUpdate,
           next_update AS nextUpdate, number, entries FROM revocation_lists WHERE @country IS NULL OR country = @country
         ORDER BY this_update DESC, length(number) DESC, number DESC`,
      )
      .all({ country: country ?? null });
    const newest = new Map<string, Head>();
    for (const head of heads) if (!newest.has(head.issuerKey)) newest.set(head.issuerKey, head);
    return [...newest.values()].map((head) =>
      this.#asRead(this.#held.get(head.fingerprint) ?? this.#fetch(head), disputed.get(head.fingerprint)),
    );
  }

  // The same list is the same object for as long as its second reading says the same.
  #asRead(list: StoredRevocationList, differ: readonly string[] | undefined): StoredRevocationList {
    if (list.readingsDiffer?.join() === differ?.join()) return list;
    const { readingsDiffer: _, ...rest } = list;
    const told = differ === undefined ? rest : { ...rest, readingsDiffer: differ };
    if (this.#held.has(list.fingerprint)) this.#held.set(list.fingerprint, told);
    return told;
  }

  #fetch(head: Head): StoredRevocationList {
    const row = this.#database
      .prepare<[string], { readonly der: Uint8Array; readonly omitted: string }>(
        'SELECT der, omitted FROM revocation_lists WHERE fingerprint = ?',
      )
      .get(head.fingerprint);
    const list = { ...head, der: new Uint8Array(row?.der ?? []), omitted: JSON.parse(row?.omitted ?? '[]') };
    this.#held.set(head.fingerprint, list);
    this.#heldBytes += list.der.length;
    for (const [fingerprint, { der }] of this.#held) {
      if (this.#heldBytes <= mostHeldBytes) break;
      this.#held.delete(fingerprint);
      this.#heldBytes -= der.length;
    }
    return list;
  }
}

/** Adds lists that are not there yet; answers how many. `id`: the import that brings them, null where none does. */
export function insertRevocationLists(
  database: Database,
  lists: readonly StoredRevocationList[],
  id: number | null,
): number {
  const insert = database.prepare(
    `INSERT INTO revocation_lists (fingerprint, country, issuer, issuer_key, this_update, next_update, number, entries,
       der, omitted, added_by)
     VALUES (@fingerprint, @country, @issuer, @issuerKey, @thisUpdate, @nextUpdate, @number, @entries, @der, @omitted, @id)
     ON CONFLICT (fingerprint) DO NOTHING`,
  );
  return lists.filter((list) => insert.run({ ...list, omitted: JSON.stringify(list.omitted ?? []), id }).changes === 1)
    .length;
}
