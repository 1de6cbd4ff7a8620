import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Holder } from '../../holders/holder.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { guarded } from '../database-failure.ts';
import { holderOfCompact } from './compact-holder.ts';
import type { TokenSource } from './find-name.ts';
import { openBlock, openGone } from './layer-seals.ts';
import { cursorOf, packedCursor, unpackRows } from './row-lists.ts';
import { tokenCheck, tokenSealsSchema } from './token-seals.ts';

/*
 * A layer of the register: a file that holds the people of one import, which nobody writes any more. They are sealed in blocks, and
 * packed lists say which rows a token leads to. What is newer lies above: in a later layer, or in the database of the folder.
 */

/** The `application_id` of a layer: no other SQLite file is taken for one. */
export const layerApplication = 0x5374524c;

/**
 * The `user_version` of a layer. Before 1 surnames alone have tokens with the initials, and a single row is a list too; before 2 seals
 * are bound to no layer, before 3 tokens are not sealed (which its name says, too: `layer-seals.ts`).
 */
export const layerVersion = 3;
const initialsOfAllWordsSince = 1;

/** So many holders are sealed together: a seal costs as much as a hundred of its bytes, and each search opens a block. */
export const blockRows = 32;
/** A person's row, by their block and their place in it. */
export const rowOf = (block: number, slot: number): number => block * blockRows + slot;

/** The tables of a layer. Where a posting has no `rows` one person has the token, and `people` is their row. */
export const layerSchema = `
CREATE TABLE blocks (block INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
CREATE TABLE postings (token INTEGER PRIMARY KEY, people INTEGER NOT NULL, rows BLOB) STRICT;
CREATE TABLE beginnings (
  beginning INTEGER NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (beginning, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE about (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), stage TEXT NOT NULL, gone BLOB) STRICT;
${tokenSealsSchema}`;

const peopleOfPosting = "CASE typeof(rows) WHEN 'null' THEN 1 ELSE people END";

/** How many people the words of each beginning lead to, so that nobody need look at the words: made once the postings are. */
export const beginningsCounted = `
DROP TABLE IF EXISTS begun;
CREATE TABLE begun (beginning INTEGER PRIMARY KEY, people INTEGER NOT NULL) STRICT;
INSERT INTO begun SELECT beginning, sum(${peopleOfPosting}) FROM beginnings JOIN postings ON token = word GROUP BY beginning ORDER BY beginning;
`;

/** The keys that layers need. */
export interface LayerKeys {
  readonly layerKey: SecretBytes;
  readonly tokenKey: SecretBytes;
}

/** A sealed block of a layer, by its number; bits of `gone` are the slots of those who are. */
export interface SealedBlock {
  readonly block: number;
  readonly sealed: Uint8Array;
  readonly gone: number;
}

/** Sealed blocks of a layer as they lie there. */
export interface LayerBlocks {
  readonly blocks: readonly SealedBlock[];
  /** Where the next begin; null behind the last. */
  readonly next: number | null;
}

/** A layer that is open for reading. */
export interface Layer extends TokenSource {
  /** From the block `first` on, so many together. Fails as the storage does. */
  readonly blocks: (first: number, count: number) => Generator<LayerBlocks>;
  /** Null where the row is gone: a later one of the layer has its id. Fails with `storage.corrupt`. */
  readonly open: (row: number) => { readonly holder: Holder; readonly line: number } | null;
  readonly close: () => void;
}

/** What is known of a layer before it is opened. */
interface LayerPlace {
  readonly directory: string;
  /** As the marked head names it. */
  readonly file: string;
  readonly people: number;
}

/** Opens a layer for reading. Fails as SQLite does, with `storage.corrupt`, and with `storage.newer` where a later app made it. */
export function openLayer(place: LayerPlace, layerKey: () => Uint8Array): Layer {
  const path = join(place.directory, place.file);
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    if (database.pragma('application_id', { simple: true }) !== layerApplication) throw corrupt(path);
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.pragma('cache_size = -16000');
    // Nobody writes a layer any more: what was read of it is right for as long as it is open.
    database.pragma('locking_mode = EXCLUSIVE');
    return layerOf(database, path, place, layerKey);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function layerOf(
  database: Database.Database,
  path: string,
  { file, people }: LayerPlace,
  layerKey: () => Uint8Array,
): Layer {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > layerVersion) throw new Failure('storage.newer', { path, found: version, known: layerVersion });
  const stored = database.prepare<[], Uint8Array | null>('SELECT gone FROM about').pluck().get();
  const gone = openGone(layerKey(), stored ?? null, file);
  if (gone === null) throw corrupt(path);
  const isWhole = tokenCheck(database, { key: layerKey, file });
  const end = rowOf((database.prepare<[], number>('SELECT max(block) FROM blocks').pluck().get() ?? 0) + 1, 0);
  const counted = database.prepare<[number], number>(`SELECT ${peopleOfPosting} FROM postings WHERE token = ?`).pluck();
  const posting = database.prepare<[number], { people: number; rows: Uint8Array | null }>(
    'SELECT people, rows FROM postings WHERE token = ?',
  );
  const begun = database
    .prepare<[number, number], number>('SELECT word FROM beginnings WHERE beginning = ? LIMIT ?')
    .pluck();
  const begunCount = database.prepare<[number], number>('SELECT people FROM begun WHERE beginning = ?').pluck();
  const sealed = database.prepare<[number], Uint8Array>('SELECT sealed FROM blocks WHERE block = ?').pluck();
  const following = database.prepare<[number, number], { block: number; sealed: Uint8Array }>(
    'SELECT block, sealed FROM blocks WHERE block >= ? ORDER BY block LIMIT ?',
  );
  return {
    blocks: function* (first, count) {
      for (let from: number | null = first; from !== null; ) {
        const begin: number = from;
        const rows: readonly { block: number; sealed: Uint8Array }[] = guarded(path, () => following.all(begin, count));
        const last = rows.at(-1);
        const next: number | null = last === undefined || rows.length < count ? null : last.block + 1;
        yield { blocks: rows.map((each) => ({ ...each, gone: goneOf(gone, each.block) })), next };
        from = next;
      }
    },
    initialsOfAllWords: version >= initialsOfAllWordsSince,
    people: () => people,
    count: (token) => counted.get(token) ?? 0,
    rows: (token) => {
      if (!isWhole(token)) throw corrupt(path);
      const found = posting.get(token);
      if (found === undefined) return new Uint32Array();
      const rows = found.rows === null ? Uint32Array.of(found.people) : unpackRows(found.rows, found.people);
      if (rows === null) throw corrupt(path);
      return rows;
    },
    list: (token) => {
      const found = posting.get(token);
      if (found === undefined || found.rows === null)
        return cursorOf(found === undefined ? new Uint32Array() : Uint32Array.of(found.people));
      return packedCursor(found.rows, found.people, () => corrupt(path));
    },
    end: () => end,
    begunBy: (beginning) => begunCount.get(beginning) ?? 0,
    wordsOf: (beginning, most) => begun.all(beginning, most),
    open: (row) => {
      if (isGone(gone, row)) return null;
      const block = Math.floor(row / blockRows);
      const found = sealed.get(block);
      const holders = found === undefined ? null : openBlock(layerKey(), found, { file, block });
      const compact = holders?.[row % blockRows];
      if (compact === undefined) throw corrupt(path);
      return { holder: holderOfCompact(compact), line: compact[0] };
    },
    close: () => database.close(),
  };
}

/** Rows that are gone, as bits of a file. */
export function isGone(gone: Uint8Array, row: number): boolean {
  return ((gone[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

function goneOf(gone: Uint8Array, block: number): number {
  let bits = 0;
  for (let slot = 0; slot < blockRows; slot++) if (isGone(gone, rowOf(block, slot))) bits |= 1 << slot;
  return bits;
}

function corrupt(path: string): Failure {
  return new Failure('storage.corrupt', { path, part: 'holders' });
}
