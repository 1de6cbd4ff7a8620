import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { type KeyedIndex, open, seal } from '../crypto/sealing.ts';
import type { Holder } from '../holders/holder.ts';
import { type HolderQuery, searchWords } from '../holders/search.ts';
import { toHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { guarded } from './database-failure.ts';
import type { HoldersRepository } from './types.ts';

const usualLimit = 50;
const utf8 = new TextEncoder();

interface Row {
  readonly idIndex: Uint8Array;
  readonly sealed: Uint8Array;
}

/** A holder as it goes into the tables: nothing of it is left in clear. */
interface PreparedRow {
  readonly idIndex: Uint8Array;
  readonly number: Uint8Array | null;
  readonly sealed: Uint8Array;
  readonly wordIndexes: readonly Uint8Array[];
  readonly fromDocument: boolean;
}

/** Keys of the register, derived from the master key; whoever opened the store purges them. */
export interface HolderKeys {
  readonly sealingKey: SecretBytes;
  readonly index: KeyedIndex;
}

/**
 * The register: each row sealed; id, personal number and the words of the name stand beside it as HMAC values alone. Equal
 * words give equal values: who has the file learns how often a name occurs, not which it is.
 */
export function holdersRepository(
  database: Database,
  path: string,
  keys: HolderKeys,
  random: RandomSource,
): HoldersRepository {
  const index = (kind: HolderQuery['kind'], value: string): Uint8Array =>
    keys.index.of(utf8.encode(`${kind}\0${value}`));

  const opened = (row: Row): Holder => {
    const plain = open(keys.sealingKey.reveal(), row.sealed, contextOf(row.idIndex));
    if (plain === null) throw new Failure('storage.corrupt', { path, part: 'holders' });
    return JSON.parse(new TextDecoder().decode(plain)) as Holder;
  };

  const rowsOf = (query: HolderQuery, limit: number): readonly Row[] => {
    const columns = 'id_index AS idIndex, sealed';
    if (query.kind === 'name') {
      const each = query.words.map(() => 'SELECT holder FROM holder_words WHERE word_index = ?').join(' INTERSECT ');
      return database
        .prepare<(Uint8Array | number)[], Row>(
          `SELECT ${columns} FROM holders WHERE row IN (${each}) ORDER BY row LIMIT ?`,
        )
        .all(...query.words.map((word) => index('name', word)), limit);
    }
    const [column, value] =
      query.kind === 'id' ? ['id_index', query.id] : ['personal_number_index', query.personalNumber];
    return database
      .prepare<[Uint8Array], Row>(`SELECT ${columns} FROM holders WHERE ${column} = ?`)
      .all(index(query.kind, value));
  };

  const removeRow = database.prepare<[Uint8Array]>('DELETE FROM holders WHERE id_index = ?');
  const insertRow = database.prepare<[Uint8Array, Uint8Array | null, Uint8Array]>(
    'INSERT INTO holders (id_index, personal_number_index, sealed) VALUES (?, ?, ?)',
  );
  const insertWord = database.prepare<[Uint8Array, number | bigint]>(
    'INSERT INTO holder_words (word_index, holder) VALUES (?, ?)',
  );
  const ownerOfNumber = database.prepare<[Uint8Array], Row>(
    'SELECT id_index AS idIndex, sealed FROM holders WHERE personal_number_index = ?',
  );

  const prepare = (holder: Holder, words: Map<string, Uint8Array>): PreparedRow => {
    const idIndex = index('id', holder.id);
    const number = holder.personalNumber === null ? null : index('personal-number', holder.personalNumber);
    const sealed = seal(keys.sealingKey.reveal(), utf8.encode(JSON.stringify(holder)), contextOf(idIndex), random);
    const wordIndexes = searchWords(holder).map((word) => {
      const wordIndex = words.get(word) ?? index('name', word);
      words.set(word, wordIndex);
      return wordIndex;
    });
    return { idIndex, number, sealed, wordIndexes, fromDocument: holder.fromDocument === true };
  };

  const insert = (row: PreparedRow, line: number | null): void => {
    const { idIndex, number, sealed, wordIndexes, fromDocument } = row;
    const owner = number === null ? undefined : ownerOfNumber.get(number);
    if (owner !== undefined) {
      // Whom a case took from a document the register names by its own id once it knows them.
      if (fromDocument || opened(owner).fromDocument !== true)
        throw new Failure('holder.import-malformed', { line, reason: 'personal-number-on-file' });
      removeRow.run(owner.idIndex);
    }
    const { lastInsertRowid } = insertRow.run(idIndex, number, sealed);
    for (const wordIndex of wordIndexes) insertWord.run(wordIndex, lastInsertRowid);
  };

  return {
    importAll: (holders, lines) =>
      guarded(path, () => {
        // The same names come again and again: each is hashed once. Hashing and sealing take their time, in which others
        // may write: the transaction begins after them.
        const words = new Map<string, Uint8Array>();
        const rows = holders.map((holder) => prepare(holder, words));
        return database
          .transaction(() => {
            // Those who are replaced go first, so that two of them may have swapped their numbers.
            const replaced = rows.filter(({ idIndex }) => removeRow.run(idIndex).changes === 1).length;
            for (const [position, row] of rows.entries()) insert(row, lines?.[position] ?? null);
            return { added: rows.length - replaced, replaced };
          })
          .immediate();
      }),

    find: (query, limit = usualLimit) =>
      guarded(path, () =>
        rowsOf(query, limit)
          .map((row) => ({ holder: opened(row), matchedBy: query.kind }))
          .sort((a, b) => byName(a.holder, b.holder)),
      ),

    get: (id) =>
      guarded(path, () => {
        const row = rowsOf({ kind: 'id', id: id.normalize('NFC').trim() }, 1)[0];
        return row === undefined ? null : opened(row);
      }),

    count: () => guarded(path, () => database.prepare<[], number>('SELECT count(*) FROM holders').pluck().get() ?? 0),
  };
}

function contextOf(idIndex: Uint8Array): Uint8Array {
  return utf8.encode(`styrk/holder/1/${toHex(idIndex)}`);
}

function byName(a: Holder, b: Holder): number {
  return a.surname.localeCompare(b.surname, 'sv') || a.givenNames.localeCompare(b.givenNames, 'sv');
}
