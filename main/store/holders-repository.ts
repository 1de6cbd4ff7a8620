import type { Database } from 'better-sqlite3';
import type { RandomSource } from '../crypto/random.ts';
import { type KeyedIndex, open, seal } from '../crypto/sealing.ts';
import type { Holder } from '../holders/holder.ts';
import { allNumbers } from '../holders/match-personal-number.ts';
import { type HolderQuery, registeredNumber, searchWords } from '../holders/search.ts';
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
  /** Of each number that the person has or had. */
  readonly numberIndexes: readonly Uint8Array[];
  readonly sealed: Uint8Array;
  readonly wordIndexes: readonly Uint8Array[];
  readonly holder: Holder;
}

/** Keys of the register, derived from the master key; whoever opened the store purges them. */
export interface HolderKeys {
  readonly sealingKey: SecretBytes;
  readonly index: KeyedIndex;
}

/**
 * The register: each row sealed; id, numbers and the words of the name stand beside it as HMAC values alone. Equal words
 * give equal values: who has the file learns how often a name occurs, and that two have one number, not which it is.
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
    if (query.kind === 'id') {
      return database
        .prepare<[Uint8Array], Row>(`SELECT ${columns} FROM holders WHERE id_index = ?`)
        .all(index('id', query.id));
    }
    return database
      .prepare<[Uint8Array, number], Row>(
        `SELECT ${columns} FROM holders WHERE row IN (SELECT holder FROM holder_numbers WHERE number_index = ?)
         ORDER BY row LIMIT ?`,
      )
      .all(index('personal-number', query.personalNumber), limit);
  };

  const removeRow = database.prepare<[Uint8Array]>('DELETE FROM holders WHERE id_index = ?');
  const insertRow = database.prepare<[Uint8Array, Uint8Array]>('INSERT INTO holders (id_index, sealed) VALUES (?, ?)');
  const insertNumber = database.prepare<[Uint8Array, number | bigint]>(
    'INSERT OR IGNORE INTO holder_numbers (number_index, holder) VALUES (?, ?)',
  );
  const insertWord = database.prepare<[Uint8Array, number | bigint]>(
    'INSERT INTO holder_words (word_index, holder) VALUES (?, ?)',
  );
  const ownersOfNumber = database.prepare<[Uint8Array], Row>(
    `SELECT id_index AS idIndex, sealed FROM holders
     WHERE row IN (SELECT holder FROM holder_numbers WHERE number_index = ?)`,
  );
  const countOfNumber = database
    .prepare<[Uint8Array], number>('SELECT count(*) FROM holder_numbers WHERE number_index = ?')
    .pluck();

  const prepare = (holder: Holder, words: Map<string, Uint8Array>): PreparedRow => {
    const idIndex = index('id', holder.id);
    const numberIndexes = allNumbers(holder).map((number) => index('personal-number', registeredNumber(number)));
    const sealed = seal(keys.sealingKey.reveal(), utf8.encode(JSON.stringify(holder)), contextOf(idIndex), random);
    const wordIndexes = searchWords(holder).map((word) => {
      const wordIndex = words.get(word) ?? index('name', word);
      words.set(word, wordIndex);
      return wordIndex;
    });
    return { idIndex, numberIndexes, sealed, wordIndexes, holder };
  };

  const insert = ({ idIndex, numberIndexes, sealed, wordIndexes, holder }: PreparedRow): void => {
    for (const number of holder.fromDocument === true ? [] : numberIndexes) {
      for (const owner of ownersOfNumber.all(number)) {
        // Whom a case took from a document the register names by its own id once it knows them.
        if (isTakenFromDocument(opened(owner), holder)) removeRow.run(owner.idIndex);
      }
    }
    const { lastInsertRowid } = insertRow.run(idIndex, sealed);
    for (const number of numberIndexes) insertNumber.run(number, lastInsertRowid);
    for (const wordIndex of wordIndexes) insertWord.run(wordIndex, lastInsertRowid);
  };

  const isShared = ({ numberIndexes }: PreparedRow): boolean =>
    numberIndexes.some((number) => (countOfNumber.get(number) ?? 0) > 1);

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
            for (const row of rows) insert(row);
            const sharing = rows.flatMap((row, position) => (isShared(row) ? [lines?.[position] ?? position + 1] : []));
            return { added: rows.length - replaced, replaced, sharing };
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

// Another birth date is another person, to whom the number was given too.
function isTakenFromDocument(onFile: Holder, { birthDate }: Holder): boolean {
  const sameBirth = onFile.birthDate === null || birthDate === null || onFile.birthDate === birthDate;
  return onFile.fromDocument === true && sameBirth;
}

function contextOf(idIndex: Uint8Array): Uint8Array {
  return utf8.encode(`styrk/holder/1/${toHex(idIndex)}`);
}

function byName(a: Holder, b: Holder): number {
  return a.surname.localeCompare(b.surname, 'sv') || a.givenNames.localeCompare(b.givenNames, 'sv');
}
