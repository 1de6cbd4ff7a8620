import type { Database, Statement } from 'better-sqlite3';
import type { RandomSource } from '../../crypto/random.ts';
import type { Holder } from '../../holders/holder.ts';
import { numberKeys } from '../../holders/search.ts';
import { Failure } from '../../result/failure.ts';
import { isTakenFromDocument } from '../holders-repository.ts';
import { type CompactHolder, holderOfCompact } from './compact-holder.ts';
import { beginningsCounted, blockRows, isGone } from './layer.ts';
import { openBlock, sealGone } from './layer-seals.ts';
import type { PostingRun, PostingRuns } from './posting-runs.ts';
import type { PlacedPart } from './roster-around.ts';
import { packRows } from './row-lists.ts';
import { RowsTogether } from './rows-together.ts';
import { TokenSealer } from './token-seals.ts';
import { isIdToken, isNumberToken, TokenBatch } from './tokens.ts';

const progressTokens = 100_000;
const progressOpenings = 1_000;
/** Tokens between two commits: what is written waits in the log until then. */
const commitTokens = 500_000;
/** Of so many people with one number each is opened once, of more as often as they are looked at. */
const mostHeld = 64;

interface IndexedCounts {
  replaced: number;
  gone: number;
  /** How many people of each layer below are replaced. */
  readonly below: Map<string, number>;
  /** Rows of the database whose people the file replaces. */
  readonly base: Set<number>;
}

/** What putting the layer in place will do. */
export interface IndexedStage extends Readonly<IndexedCounts> {
  readonly people: number;
}

/** What an index is made of. */
interface IndexSource {
  readonly path: string;
  /** What the layer's file will be called. */
  readonly file: string;
  readonly random: RandomSource;
  readonly layerKey: Uint8Array;
  readonly tokenKey: () => Uint8Array;
  readonly blocks: number;
  /** Of the first person of the file itself; those before it come from layers that are taken in. Null where it has none. */
  readonly firstRow: number | null;
  /** The database and the layers that stay below. */
  readonly below: readonly PlacedPart[];
  /** Tells of a line; of very many none is held. */
  readonly note: (line: number, kind: 'fault' | 'sharing', note: string) => void;
  /** How much is done, from 0 to 1; may throw. */
  readonly onProgress: (part: number) => void;
}

/** Who of several has one number: whoever came first, and whether somebody else did too. */
interface Having {
  readonly id: string;
  several: boolean;
}

interface OpenedRow {
  readonly row: number;
  readonly line: number;
  readonly holder: Holder;
}

/**
 * Makes the index of a layer from the runs of its postings: token by token, so that whoever has an id or a number of somebody else
 * is met in passing. However many have one, no more is held of them than a few.
 */
export class StageIndex {
  readonly #source: IndexSource;
  readonly #database: Database;
  readonly #sealed: Statement<[number], Uint8Array>;
  readonly #gone: Uint8Array;
  readonly #counts: IndexedCounts = { replaced: 0, gone: 0, below: new Map(), base: new Set() };
  #block: { readonly number: number; readonly people: readonly CompactHolder[] } | null = null;
  #openings = 0;
  #done = 0;
  #total = 1;

  constructor(database: Database, source: IndexSource) {
    this.#source = source;
    this.#database = database;
    this.#sealed = database.prepare<[number], Uint8Array>('SELECT sealed FROM blocks WHERE block = ?').pluck();
    this.#gone = new Uint8Array(Math.ceil((source.blocks * blockRows) / 8));
  }

  /** Reads the runs and writes the tables of the index, within transactions of the caller's connection. */
  make(runs: PostingRuns, kept: readonly PostingRun[]): IndexedCounts {
    this.#total = Math.max(
      1,
      kept.reduce((sum, { postings }) => sum + postings, 0),
    );
    const { layerKey, file, random } = this.#source;
    const postings = new RowsTogether(this.#database, 'INSERT INTO postings (token, people, rows)', 3);
    const seals = new TokenSealer(this.#database, { key: layerKey, file, random }, this.#source.blocks * blockRows);
    let tokens = 0;
    runs.merge(kept, (token, rows, count) => {
      this.#done += count;
      const all = rows.subarray(0, count);
      if (isIdToken(token)) this.#sameId(token, all);
      else if (isNumberToken(token)) this.#sameNumber(token, all);
      let left = 0;
      for (let at = 0; at < count; at++) {
        const row = rows[at] ?? 0;
        if (!isGone(this.#gone, row)) rows[left++] = row;
      }
      // One row is no list (`layerSchema`).
      const list = left > 1 ? packRows(rows, left) : null;
      const people = list === null ? (rows[0] ?? 0) : left;
      if (left > 0) {
        postings.add(token, people, list);
        seals.add(token, people, list);
      }
      if (++tokens % progressTokens === 0) this.#tellProgress();
      if (tokens % commitTokens === 0) this.#database.exec('COMMIT; BEGIN');
    });
    postings.end();
    seals.end();
    this.#database.prepare('UPDATE about SET gone = ?').run(sealGone(layerKey, this.#gone, file, random));
    this.#database.exec(beginningsCounted);
    return this.#counts;
  }

  #tellProgress(): void {
    this.#source.onProgress(this.#done / this.#total);
  }

  #opened(row: number): CompactHolder {
    const { path, file, layerKey } = this.#source;
    const number = Math.floor(row / blockRows);
    if (this.#block?.number !== number) {
      const sealed = this.#sealed.get(number);
      const people = sealed === undefined ? null : openBlock(layerKey, sealed, { file, block: number });
      if (people === null) throw new Failure('storage.corrupt', { path });
      this.#block = { number, people };
      if (++this.#openings % progressOpenings === 0) this.#tellProgress();
    }
    const compact = this.#block.people[row % blockRows];
    if (compact === undefined) throw new Failure('storage.corrupt', { path });
    return compact;
  }

  #isOfFile(row: number): boolean {
    const { firstRow } = this.#source;
    return firstRow !== null && row >= firstRow;
  }

  #drop(row: number): void {
    this.#gone[row >>> 3] = (this.#gone[row >>> 3] ?? 0) | (1 << (row & 7));
    this.#counts.gone++;
  }

  // Of the file the first of an id stays, and of the layers that are taken in the newest, where the file has none.
  #sameId(token: number, rows: Uint32Array): void {
    const below = this.#source.below.filter((part) => part.count(token) > 0);
    if (rows.length === 1 && below.length === 0) return;
    const ids = new Map<string, { stays: number; ofFile: boolean; wasThere: boolean }>();
    for (const row of rows) {
      const [line, id] = this.#opened(row);
      const ofFile = this.#isOfFile(row);
      const known = ids.get(id);
      if (known === undefined) ids.set(id, { stays: row, ofFile, wasThere: !ofFile });
      else if (known.ofFile) {
        this.#source.note(line, 'fault', 'id-twice');
        this.#drop(row);
      } else {
        this.#drop(known.stays);
        known.stays = row;
        known.ofFile = ofFile;
      }
    }
    for (const part of below)
      for (const row of part.rows(token)) {
        const id = part.open(row)?.holder.id;
        const known = id === undefined ? undefined : ids.get(id);
        if (known !== undefined) this.#replaceBelow(part, row, known);
      }
    for (const { ofFile, wasThere } of ids.values()) if (ofFile && wasThere) this.#counts.replaced++;
  }

  #replaceBelow(part: PlacedPart, row: number, known: { stays: number; ofFile: boolean; wasThere: boolean }): void {
    const { below, base } = this.#counts;
    // Whom a case put on file after the layer that is taken in stays.
    if (!known.ofFile && part.file === null) this.#drop(known.stays);
    else if (part.file === null) base.add(row);
    else if (!known.wasThere) below.set(part.file, (below.get(part.file) ?? 0) + 1);
    known.wasThere = true;
  }

  #sameNumber(token: number, rows: Uint32Array): void {
    const below = this.#source.below.filter((part) => part.count(token) > 0);
    if (rows.length === 1 && below.length === 0) return;
    const staying = rows.filter((row) => !isGone(this.#gone, row));
    // Whoever is alone with a number is not opened: of a file that comes again that is everybody.
    if (staying.length === 0 || staying.length + below.length < 2) return;
    const own = this.#openedRows(staying);
    this.#leaveToRegister(token, own, below);
    const having = new Map<string, Having>();
    const take = (holder: Holder): void => {
      for (const key of this.#keysOf(token, holder)) {
        const known = having.get(key);
        if (known === undefined) having.set(key, { id: holder.id, several: false });
        else if (known.id !== holder.id) known.several = true;
      }
    };
    for (const { holder } of own) take(holder);
    for (const part of below)
      for (const row of part.rows(token)) {
        const opened = part.file === null && this.#counts.base.has(row) ? null : part.open(row);
        if (opened !== null) take(opened.holder);
      }
    for (const { row, line, holder } of own) {
      const shares = (key: string): boolean => having.get(key)?.several === true;
      if (this.#isOfFile(row) && this.#keysOf(token, holder).some(shares)) this.#source.note(line, 'sharing', 'number');
    }
  }

  // Whom a case took from a document the register names by its own id once it knows them.
  #leaveToRegister(token: number, own: Iterable<OpenedRow>, below: readonly PlacedPart[]): void {
    for (const part of below) {
      if (part.file !== null) continue;
      for (const other of part.rows(token)) {
        const taken = part.open(other)?.holder;
        if (taken?.fromDocument !== true) continue;
        const keys = this.#keysOf(token, taken);
        for (const { row, holder } of own) {
          const same = holder.id !== taken.id && this.#keysOf(token, holder).some((key) => keys.includes(key));
          if (this.#isOfFile(row) && same && isTakenFromDocument(taken, holder)) this.#counts.base.add(other);
        }
      }
    }
  }

  #openedRows(rows: Uint32Array): Iterable<OpenedRow> {
    const open = (row: number): OpenedRow => {
      const compact = this.#opened(row);
      return { row, line: compact[0], holder: holderOfCompact(compact) };
    };
    return rows.length <= mostHeld ? [...rows].map(open) : { [Symbol.iterator]: () => rows.values().map(open) };
  }

  // A person may have several numbers, of which the token stands for one.
  #keysOf(token: number, holder: Holder): readonly string[] {
    const keys = numberKeys(holder);
    if (keys.length === 1) return keys;
    const batch = new TokenBatch();
    for (const key of keys) batch.add('number', key);
    const tokens = batch.tokens(this.#source.tokenKey());
    return keys.filter((_, position) => tokens[position] === token);
  }
}
