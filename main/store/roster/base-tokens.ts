import type { Database } from 'better-sqlite3';
import type { Holder } from '../../holders/holder.ts';
import type { TokenSource } from './find-name.ts';
import { type HolderTokenizer, type HolderTokens, tokensOfOne } from './holder-tokens.ts';
import { cursorOf } from './row-lists.ts';

const batchRows = 500;
/**
 * What `tokenized` says of those who have all tokens of today; of earlier forms documents have none, and of the first given names
 * have none with the initials.
 */
export const tokenForm = 3;
/** Of a beginning: more than that are too many, however many they are. */
const mostCounted = 100_000;

/** The tokens of those on file in the database of the folder. */
export interface BaseTokens extends TokenSource {
  readonly insert: (row: number | bigint, tokens: Iterable<number>) => void;
  readonly insertBeginnings: (pairs: HolderTokens['beginnings']) => void;
  /** Makes the tokens of whom an earlier app left without, or with fewer; `open` answers null for a row that cannot be read. */
  readonly complete: (tokenizer: HolderTokenizer, open: (row: number) => Holder | null) => void;
}

/** The tokens in an open database. */
export function baseTokens(database: Database): BaseTokens {
  const counted = database.prepare<[number], number>('SELECT count(*) FROM holder_tokens WHERE token = ?').pluck();
  const listed = database
    .prepare<[number], number>('SELECT holder FROM holder_tokens WHERE token = ? ORDER BY holder')
    .pluck();
  const begun = database
    .prepare<[number, number], number>('SELECT word FROM holder_beginnings WHERE beginning = ? LIMIT ?')
    .pluck();
  const begunCount = database
    .prepare<[number], number>(
      `SELECT count(*) FROM (
        SELECT 1 FROM holder_beginnings JOIN holder_tokens ON token = word WHERE beginning = ? LIMIT ${mostCounted})`,
    )
    .pluck();
  const people = database
    // About: rows that were removed between are counted, and nobody reads them all.
    .prepare<[], number>('SELECT coalesce(max(row), 0) FROM holders')
    .pluck();
  const insertToken = database.prepare<[number, number | bigint]>(
    'INSERT INTO holder_tokens (token, holder) VALUES (?, ?)',
  );
  const insertBeginning = database.prepare<[number, number]>(
    'INSERT OR IGNORE INTO holder_beginnings (beginning, word) VALUES (?, ?)',
  );
  const incomplete = database
    .prepare<[], number>(`SELECT row FROM holders WHERE tokenized < ${tokenForm} LIMIT ${batchRows}`)
    .pluck();
  const complete = database.prepare<[number]>(`UPDATE holders SET tokenized = ${tokenForm} WHERE row = ?`);
  const removeTokens = database.prepare<[number]>('DELETE FROM holder_tokens WHERE holder = ?');

  const insert = (row: number | bigint, tokens: Iterable<number>): void => {
    for (const token of tokens) insertToken.run(token, row);
  };
  const insertBeginnings = (pairs: HolderTokens['beginnings']): void => {
    for (let at = 0; at < pairs.length; at += 2) insertBeginning.run(pairs[at] ?? 0, pairs[at + 1] ?? 0);
  };

  const rows = (token: number): Uint32Array => Uint32Array.from(listed.all(token));

  return {
    initialsOfAllWords: true,
    people: () => people.get() ?? 0,
    count: (token) => counted.get(token) ?? 0,
    rows,
    list: (token) => cursorOf(rows(token)),
    end: () => (people.get() ?? 0) + 1,
    begunBy: (beginning) => begunCount.get(beginning) ?? 0,
    wordsOf: (beginning, most) => begun.all(beginning, most),
    insert,
    insertBeginnings,
    complete: (tokenizer, open) => {
      const batch = database.transaction(() => {
        const rows = incomplete.all();
        const opened = rows.flatMap((row) => {
          const holder = open(row);
          return holder === null ? [] : [{ row, holder }];
        });
        const made = tokenizer.of(opened.map(({ holder }) => holder));
        for (const row of rows) removeTokens.run(row);
        for (const [position, { row }] of opened.entries()) insert(row, tokensOfOne(made, position));
        insertBeginnings(made.beginnings);
        for (const row of rows) complete.run(row);
        return rows.length;
      });
      while (incomplete.get() !== undefined) batch.immediate();
    },
  };
}
