import { closeSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RandomSource } from '../../crypto/random.ts';
import type { Holder } from '../../holders/holder.ts';
import { numberKeys } from '../../holders/search.ts';
import { toHex } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { guarded } from '../database-failure.ts';
import { isTakenFromDocument } from '../holders-repository.ts';
import { type CompactHolder, holderOfCompact } from './compact-holder.ts';
import { beginningsCounted, blockRows, isGone, layerApplication, layerSchema, openBlock, rowOf } from './layer.ts';
import { type PostingRun, PostingRuns } from './posting-runs.ts';
import type { PlacedPart, RosterAround } from './roster-around.ts';
import { packRows } from './row-lists.ts';
import type { SealedPiece } from './seal-piece.ts';
import { isIdToken, isNumberToken } from './tokens.ts';

/** Enough postings for a run, and so for what a kill may cost: about 80 000 people. */
const usualRunPostings = 1_000_000;
const mostRunRows = 2 ** 24;
const indexBatch = 100_000;
/** A layer is taken into a new one that would not be far smaller: so there are never many. */
const foldFactor = 4;
const mostNamed = 1_000;

/** Why something is told of a line. */
export type NoteKind = 'fault' | 'remark' | 'sharing';

/** Lines of one note: how many, and the first of them. */
export interface NotedLines {
  readonly kind: NoteKind;
  readonly note: string;
  readonly count: number;
  readonly lines: readonly number[];
}

interface StageState {
  /** The file's digest and how it is read: what is found of another is put away. */
  readonly of: string;
  /** Files of the layers that were there, and of those that are taken into this one. */
  readonly layers: readonly string[];
  readonly folded: readonly string[];
  /** Where in the layers below it is, and where in the file. */
  readonly fold: { readonly layer: number; readonly block: number };
  readonly offset: number;
  readonly line: number;
  readonly block: number;
  readonly people: number;
  /** Of those, whom the file itself brought. */
  readonly ofFile: number;
  /** Of the first person of the file itself. */
  readonly firstRow: number | null;
  readonly runs: readonly PostingRun[];
}

/**
 * A layer that is being made, beside the database: what is added is kept run by run, and found again after the process was killed.
 * Nobody sees any of it before `activate`. One at a time: another process is told `holder.import-running`.
 */
export class RosterStage {
  readonly #around: RosterAround;
  readonly #path: string;
  readonly #runPostings: number;
  readonly #random: RandomSource;
  #database: Database.Database;
  #runs: PostingRuns;
  #state: StageState;
  #waiting: Uint32Array<ArrayBuffer>[] = [];
  #waitingPostings = 0;
  #runFirstBlock = 0;
  #below: readonly PlacedPart[] = [];
  /** Whether it goes on with what an earlier process left. */
  readonly resumed: boolean;

  constructor(around: RosterAround, what: { name: string; of: string; random: RandomSource; runPostings?: number }) {
    this.#around = around;
    this.#random = what.random;
    this.#runPostings = what.runPostings ?? usualRunPostings;
    this.#path = join(around.directory, `roster-${what.name}.db`);
    const layers = around.layers().map(({ file }) => file);
    const opened = this.#open();
    this.#database = opened.database;
    this.#runs = opened.runs;
    const found = opened.state;
    const goesOn =
      found !== null &&
      found.of === what.of &&
      String(found.layers) === String(layers) &&
      this.#runs.keepOnly(found.runs);
    this.resumed = goesOn && (found.offset > 0 || found.block > 0);
    if (goesOn) this.#state = found;
    else {
      if (found !== null) this.#startOver();
      this.#state = {
        of: what.of,
        layers,
        folded: [],
        fold: { layer: 0, block: 0 },
        offset: 0,
        line: 1,
        block: 0,
        people: 0,
        ofFile: 0,
        firstRow: null,
        runs: [],
      };
      this.#runs.keepOnly([]);
    }
    this.#runFirstBlock = this.#state.block;
    this.#database.exec('BEGIN');
  }

  get state(): StageState {
    return this.#state;
  }

  /** How many people the file brought so far. */
  get ofFile(): number {
    return this.#state.ofFile;
  }

  #open(): { database: Database.Database; runs: PostingRuns; state: StageState | null } {
    return guarded(this.#path, () => {
      // For its owner alone, as the database is.
      closeSync(openSync(this.#path, 'a', 0o600));
      const database = new Database(this.#path, { timeout: 0 });
      try {
        database.pragma('locking_mode = EXCLUSIVE');
        database.pragma('journal_mode = WAL');
        // The last runs may be lost with the power, never a part of one: the file with them is looked at when it goes on.
        database.pragma('synchronous = NORMAL');
        database.pragma('temp_store = MEMORY');
        database.pragma('cache_size = -16000');
        database.exec('BEGIN EXCLUSIVE');
        const isNew = database.pragma('application_id', { simple: true }) !== layerApplication;
        if (isNew) {
          database.exec(layerSchema);
          database.exec('CREATE TABLE notes (line INTEGER NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL) STRICT');
          database.pragma(`application_id = ${layerApplication}`);
        }
        database.exec('COMMIT');
        const stage = database.prepare<[], string>('SELECT stage FROM about').pluck().get();
        const state = stage === undefined ? null : (JSON.parse(stage) as StageState);
        return { database, runs: new PostingRuns(`${this.#path}.runs`), state };
      } catch (thrown) {
        database.close();
        if ((thrown as { code?: unknown }).code === 'SQLITE_BUSY') throw new Failure('holder.import-running');
        throw thrown;
      }
    });
  }

  #startOver(): void {
    this.#close();
    this.#remove();
    const { database, runs } = this.#open();
    this.#database = database;
    this.#runs = runs;
  }

  /**
   * Which layers are taken into this one, the oldest first: from the newest down, those that are not far larger than what came
   * so far. Asked once, when it is known how many people there are, about.
   */
  chooseFolded(people: number): void {
    if (this.#state.folded.length > 0 || this.#state.offset > 0) return;
    const folded: string[] = [];
    let sum = people;
    for (const layer of this.#around.layers()) {
      if (layer.people() > sum * foldFactor) break;
      folded.unshift(layer.file);
      sum += layer.people();
    }
    this.#state = { ...this.#state, folded };
  }

  /** Takes what a layer below held, up to where it was read. */
  addFolded(piece: SealedPiece, fold: StageState['fold']): void {
    this.#add(piece);
    this.#state = { ...this.#state, fold };
    this.#flushIfDue();
  }

  /** Takes people of the file, with what is to be told of their lines, up to where it was read. */
  addRows(
    piece: SealedPiece,
    notes: readonly { readonly line: number; readonly kind: NoteKind; readonly note: string }[],
    end: { readonly offset: number; readonly line: number },
  ): void {
    if (this.#state.firstRow === null) this.#state = { ...this.#state, firstRow: rowOf(this.#state.block, 0) };
    this.#add(piece);
    for (const { line, kind, note } of notes) this.#note(line, kind, note);
    this.#state = { ...this.#state, ...end, ofFile: this.#state.ofFile + piece.people };
    this.#flushIfDue();
  }

  #note(line: number, kind: NoteKind, note: string): void {
    this.#database.prepare('INSERT INTO notes (line, kind, note) VALUES (?, ?, ?)').run(line, kind, note);
  }

  #add(piece: SealedPiece): void {
    const insert = this.#database.prepare<[number, Uint8Array]>('INSERT INTO blocks (block, sealed) VALUES (?, ?)');
    const begin = this.#database.prepare<[number, number]>(
      'INSERT OR IGNORE INTO beginnings (beginning, word) VALUES (?, ?)',
    );
    let { block } = this.#state;
    if (rowOf(block - this.#runFirstBlock + piece.blocks.length, 0) >= mostRunRows) this.flush();
    const offset = rowOf(block - this.#runFirstBlock, 0);
    for (let at = 0; at < piece.postings.length; at += 2) piece.postings[at] = (piece.postings[at] ?? 0) + offset;
    this.#waiting.push(piece.postings);
    this.#waitingPostings += piece.postings.length / 2;
    for (const sealed of piece.blocks) insert.run(block++, sealed);
    for (let at = 0; at < piece.beginnings.length; at += 2)
      begin.run(piece.beginnings[at] ?? 0, piece.beginnings[at + 1] ?? 0);
    this.#state = { ...this.#state, block, people: this.#state.people + piece.people };
  }

  #flushIfDue(): void {
    if (this.#waitingPostings >= this.#runPostings) this.flush();
  }

  /** Keeps what was added: a process that is killed afterwards finds it again. */
  flush(): void {
    guarded(this.#path, () => {
      if (this.#waitingPostings > 0) {
        const run = new Uint32Array(this.#waitingPostings * 2);
        let at = 0;
        for (const postings of this.#waiting) {
          run.set(postings, at);
          at += postings.length;
        }
        this.#runs.add(run);
        const firstRow = rowOf(this.#runFirstBlock, 0);
        const runs = [...this.#state.runs, { firstRow, postings: this.#waitingPostings }];
        this.#state = { ...this.#state, runs };
        this.#waiting = [];
        this.#waitingPostings = 0;
      }
      this.#runFirstBlock = this.#state.block;
      this.#database
        .prepare('INSERT OR REPLACE INTO about (only_row, stage, gone) VALUES (1, ?, NULL)')
        .run(JSON.stringify(this.#state));
      this.#database.exec('COMMIT; BEGIN');
    });
  }

  /** How many lines of each note, and the first of them. */
  notes(): readonly NotedLines[] {
    const kinds = this.#database
      .prepare<[], { kind: NoteKind; note: string; count: number }>(
        'SELECT kind, note, count(*) AS count FROM notes GROUP BY kind, note ORDER BY kind, note',
      )
      .all();
    const lines = this.#database
      .prepare<[string, string, number], number>(
        'SELECT line FROM notes WHERE kind = ? AND note = ? ORDER BY line LIMIT ?',
      )
      .pluck();
    return kinds.map((each) => ({ ...each, lines: lines.all(each.kind, each.note, mostNamed) }));
  }

  /** The lines that are not taken, in order, with the reason. */
  faults(): IterableIterator<{ readonly line: number; readonly note: string }> {
    return this.#database
      .prepare<[], { line: number; note: string }>(
        "SELECT line, note FROM notes WHERE kind = 'fault' ORDER BY line, note",
      )
      .iterate();
  }

  /**
   * Makes the index of all that was added: who of the file replaces whom, which lines have an id twice (`id-twice`, the later is
   * not taken) or a number that somebody else has. Answers what `activate` will do. Begins anew where it was killed.
   */
  index(onProgress: (part: number) => void): IndexedStage {
    return guarded(this.#path, () => {
      this.flush();
      this.#database.exec('DELETE FROM postings');
      this.#database.exec("DELETE FROM notes WHERE kind = 'sharing' OR note = 'id-twice'");
      this.#below = this.#around.parts(this.#state.folded).filter((part) => part.people() > 0);
      const gone = new Uint8Array(Math.ceil((this.#state.block * blockRows) / 8));
      const result = { replaced: 0, gone: 0, below: new Map<string, number>(), base: new Set<number>() };
      const insert = this.#database.prepare<[number, number, Uint8Array]>(
        'INSERT INTO postings (token, people, rows) VALUES (?, ?, ?)',
      );
      const total = this.#state.runs.reduce((sum, { postings }) => sum + postings, 0);
      let done = 0;
      let inserted = 0;
      this.#runs.merge(this.#state.runs, (token, rows, count) => {
        done += count;
        if (isIdToken(token)) this.#sameId(token, rows.subarray(0, count), gone, result);
        else if (isNumberToken(token)) this.#sameNumber(token, rows.subarray(0, count), gone, result);
        let kept = 0;
        for (let at = 0; at < count; at++) {
          const row = rows[at] ?? 0;
          if (!isGone(gone, row)) rows[kept++] = row;
        }
        if (kept > 0) insert.run(token, kept, packRows(rows, kept));
        if (++inserted % indexBatch === 0) {
          this.#database.exec('COMMIT; BEGIN');
          onProgress(done / total);
        }
      });
      this.#database.prepare('UPDATE about SET gone = ?').run(gone);
      this.#database.exec(beginningsCounted);
      this.#database.exec('COMMIT; BEGIN');
      return { ...result, people: this.#state.people - result.gone };
    });
  }

  #opened(row: number): CompactHolder {
    const sealed = this.#database
      .prepare<[number], Uint8Array>('SELECT sealed FROM blocks WHERE block = ?')
      .pluck()
      .get(Math.floor(row / blockRows));
    const compact = sealed === undefined ? null : openBlock(this.#around.layerKey(), sealed)?.[row % blockRows];
    if (compact === undefined || compact === null) throw new Failure('storage.corrupt', { path: this.#path });
    return compact;
  }

  #isOfFile(row: number): boolean {
    return this.#state.firstRow !== null && row >= this.#state.firstRow;
  }

  #sameId(token: number, rows: Uint32Array, gone: Uint8Array, result: IndexedCounts): void {
    const below = this.#below.filter((part) => part.count(token) > 0);
    if (rows.length === 1 && below.length === 0) return;
    const byId = Map.groupBy(rows, (row) => this.#opened(row)[1]);
    for (const [id, same] of byId) {
      const ofFile = same.filter((row) => this.#isOfFile(row));
      const [first, ...again] = ofFile;
      for (const row of again) this.#note(this.#opened(row)[0], 'fault', 'id-twice');
      // Of those of the layers below the newest counts, where the file has none.
      const stays = first ?? same.at(-1);
      for (const row of same.filter((each) => each !== stays)) {
        gone[row >>> 3] = (gone[row >>> 3] ?? 0) | (1 << (row & 7));
        result.gone++;
      }
      let wasThere = same.some((row) => !this.#isOfFile(row));
      for (const part of below) {
        for (const row of part.rows(token)) {
          if (part.open(row)?.holder.id !== id) continue;
          if (first === undefined && part.file === null && stays !== undefined) {
            // Whom a case put on file after the layer that is taken in.
            gone[stays >>> 3] = (gone[stays >>> 3] ?? 0) | (1 << (stays & 7));
            result.gone++;
          } else if (part.file === null) result.base.add(row);
          else if (!wasThere) result.below.set(part.file, (result.below.get(part.file) ?? 0) + 1);
          wasThere = true;
        }
      }
      if (first !== undefined && wasThere) result.replaced++;
    }
  }

  #sameNumber(token: number, rows: Uint32Array, gone: Uint8Array, result: IndexedCounts): void {
    const below = this.#below.filter((part) => part.count(token) > 0);
    const own = [...rows].filter((row) => !isGone(gone, row));
    if (own.length + below.length < 2 || own.length === 0) return;
    const people = own.map((row) => ({ row, compact: this.#opened(row) }));
    const holders = people.map(({ row, compact }) => ({ row, line: compact[0], holder: holderOfCompact(compact) }));
    const others = below.flatMap((part) =>
      [...part.rows(token)].flatMap((row) => {
        const opened = part.open(row);
        if (opened === null || (part.file === null && result.base.has(row))) return [];
        return [{ file: part.file, row, holder: opened.holder }];
      }),
    );
    for (const { row, line, holder } of holders) {
      if (!this.#isOfFile(row)) continue;
      const numbers = new Set(numberKeys(holder));
      const shares = (other: Holder): boolean =>
        other.id !== holder.id && numberKeys(other).some((number) => numbers.has(number));
      // Whom a case took from a document the register names by its own id once it knows them.
      for (const other of others)
        if (other.file === null && shares(other.holder) && isTakenFromDocument(other.holder, holder))
          result.base.add(other.row);
      const left = others.filter(({ file, row: at }) => file !== null || !result.base.has(at));
      if ([...holders, ...left].some((other) => shares(other.holder))) this.#note(line, 'sharing', 'number');
    }
  }

  /** Puts the layer in place of those that it took in: from now on everybody finds who is in it. */
  activate(indexed: IndexedStage): void {
    const folded = this.#state.folded;
    guarded(this.#path, () => {
      this.#database.exec('DROP TABLE notes');
      this.#database.prepare("UPDATE about SET stage = ''").run();
      this.#database.exec('COMMIT');
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
      this.#database.pragma('journal_mode = DELETE');
      this.#close();
      const file = `roster-${toHex(this.#random(8))}.db`;
      renameSync(this.#path, join(this.#around.directory, file));
      rmSync(`${this.#path}.runs`, { force: true });
      this.#around.putInPlace({ file, people: indexed.people, folded, below: indexed.below, base: indexed.base });
      this.#around.removeLeaving();
      removeUnlisted(this.#around);
    });
  }

  /** Leaves what was kept for the next process. */
  leave(): void {
    this.#database.exec('ROLLBACK');
    this.#close();
  }

  /** Puts everything away. */
  discard(): void {
    this.#database.exec('ROLLBACK');
    this.#close();
    this.#remove();
  }

  #close(): void {
    this.#database.close();
    this.#runs.close();
  }

  #remove(): void {
    for (const ending of ['', '-wal', '-shm', '-journal', '.runs']) rmSync(`${this.#path}${ending}`, { force: true });
  }
}

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

const layerForm = /^roster-[0-9a-f]{16}\.db/;

/** Removes layers that no longer count, and those that a killed process had not put in place yet. */
function removeUnlisted(around: RosterAround): void {
  const listed = new Set(around.layers().map(({ file }) => file));
  for (const name of readdirSync(around.directory)) {
    const [file = ''] = /^[^.]*\.db/.exec(name) ?? [];
    if (!layerForm.test(name) || listed.has(file)) continue;
    try {
      rmSync(join(around.directory, name), { force: true });
    } catch {
      // Another process has it open still (Windows): the next import tries again.
    }
  }
}
