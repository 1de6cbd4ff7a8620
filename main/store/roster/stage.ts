import { closeSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RandomSource } from '../../crypto/random.ts';
import { Failure } from '../../result/failure.ts';
import { guarded } from '../database-failure.ts';
import { layerApplication, layerSchema, layerVersion, rowOf } from './layer.ts';
import { isLayerFile, newLayerFile } from './layer-seals.ts';
import { type PostingRun, PostingRuns } from './posting-runs.ts';
import { PostingsWaiting } from './postings-waiting.ts';
import type { RosterAround } from './roster-around.ts';
import { RowsTogether } from './rows-together.ts';
import type { SealedPiece } from './seal-piece.ts';
import { type IndexedStage, StageIndex } from './stage-index.ts';
import { faultsOf, type NotedLines, type NoteKind, notesOf, notesSchema } from './stage-notes.ts';

/** Enough postings for a run, and so for what a kill may cost: about 80 000 people. */
const usualRunPostings = 1_000_000;
const mostRunRows = 2 ** 24;
/** A layer is taken into a new one that would not be far smaller: so there are never many. */
const foldFactor = 4;
/** What a layer that is ready says of its stage. */
const ended = '';

/** The blocks that a piece of people was given: from `first` on so many, some of which may stay unused. */
export interface BlocksKept {
  readonly first: number;
  readonly count: number;
}

interface StageState {
  /** What the layer's file will be called: its seals are bound to that. */
  readonly file: string;
  /** The file's digest and how it is read: what is found of another is put away. */
  readonly of: string;
  /** Files of the layers that were there, and of those that are taken into this one. */
  readonly layers: readonly string[];
  readonly folded: readonly string[];
  /** Where in the layers below it is, and where in the file. */
  readonly fold: { readonly layer: number; readonly block: number };
  readonly offset: number;
  readonly line: number;
  /** The next; numbers before it that no block has were kept for rows that were not taken. */
  readonly block: number;
  readonly people: number;
  /** Of those, whom the file itself brought. */
  readonly ofFile: number;
  /** Of the first person of the file itself. */
  readonly firstRow: number | null;
  readonly runs: readonly PostingRun[];
}

// A layer that was ready, and whose process was killed before it was in place, has none any more.
function stateOf(stage: string): StageState | 'ended' {
  return stage === ended ? 'ended' : (JSON.parse(stage) as StageState);
}

/** Made once: a statement for each piece would be memory that nobody sees. */
interface Inserts {
  readonly block: Database.Statement<[number, Uint8Array]>;
  readonly beginnings: RowsTogether;
  readonly note: Database.Statement<[NoteKind, number, string]>;
  readonly about: Database.Statement<[string]>;
}

function insertsOf(database: Database.Database): Inserts {
  return {
    block: database.prepare('INSERT INTO blocks (block, sealed) VALUES (?, ?)'),
    beginnings: new RowsTogether(database, 'INSERT OR IGNORE INTO beginnings (beginning, word)', 2),
    note: database.prepare('INSERT OR IGNORE INTO notes (kind, line, note) VALUES (?, ?, ?)'),
    about: database.prepare('INSERT OR REPLACE INTO about (only_row, stage, gone) VALUES (1, ?, NULL)'),
  };
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
  readonly #waiting: PostingsWaiting;
  #runFirstBlock = 0;
  #inserts: Inserts;
  /** Whether it goes on with what an earlier process left. */
  readonly resumed: boolean;

  constructor(around: RosterAround, what: { name: string; of: string; random: RandomSource; runPostings?: number }) {
    this.#around = around;
    this.#random = what.random;
    this.#runPostings = what.runPostings ?? usualRunPostings;
    this.#path = join(around.directory, `roster-${what.name}.db`);
    // What an app of another form left is nothing to go on with.
    const of = `${layerVersion} ${what.of}`;
    const layers = around.layers().map(({ file }) => file);
    const opened = this.#open();
    this.#database = opened.database;
    this.#runs = opened.runs;
    this.#waiting = new PostingsWaiting(this.#runPostings);
    const found = opened.state;
    const goesOn =
      found !== null &&
      found !== 'ended' &&
      found.of === of &&
      String(found.layers) === String(layers) &&
      this.#runs.keepOnly(found.runs);
    this.resumed = goesOn && (found.offset > 0 || found.block > 0);
    if (goesOn) this.#state = found;
    else {
      if (found !== null) this.#startOver();
      this.#state = {
        file: newLayerFile(this.#random),
        of,
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
    this.#inserts = insertsOf(this.#database);
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

  #open(): { database: Database.Database; runs: PostingRuns; state: StageState | 'ended' | null } {
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
          database.exec(notesSchema);
          database.pragma(`user_version = ${layerVersion}`);
          database.pragma(`application_id = ${layerApplication}`);
        }
        database.exec('COMMIT');
        const stage = database.prepare<[], string>('SELECT stage FROM about').pluck().get();
        const state = stage === undefined ? null : stateOf(stage);
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

  /** Takes what a layer below held, up to where it was read, as the blocks from `place.first` on. */
  addFolded(piece: SealedPiece, place: BlocksKept, fold: StageState['fold']): void {
    this.#add(piece, place);
    this.#state = { ...this.#state, fold };
    this.#flushIfDue();
  }

  /** Takes people of the file, with what is to be told of their lines, up to where it was read. */
  addRows(
    piece: SealedPiece,
    place: BlocksKept,
    notes: readonly { readonly line: number; readonly kind: NoteKind; readonly note: string }[],
    end: { readonly offset: number; readonly line: number },
  ): void {
    if (this.#state.firstRow === null) this.#state = { ...this.#state, firstRow: rowOf(this.#state.block, 0) };
    this.#add(piece, place);
    for (const { line, kind, note } of notes) this.#note(line, kind, note);
    this.#state = { ...this.#state, ...end, ofFile: this.#state.ofFile + piece.people };
    this.#flushIfDue();
  }

  #note(line: number, kind: NoteKind, note: string): void {
    this.#inserts.note.run(kind, line, note);
  }

  #add(piece: SealedPiece, { first, count }: BlocksKept): void {
    // Sealed as other blocks than these nobody could open them.
    if (first !== this.#state.block || piece.blocks.length > count) throw new Failure('call.malformed');
    const behind = rowOf(first - this.#runFirstBlock + count, 0);
    if (behind >= mostRunRows || !this.#waiting.hasRoomFor(piece.postings)) this.flush();
    this.#waiting.add(piece.postings, rowOf(first - this.#runFirstBlock, 0));
    const { block, beginnings } = this.#inserts;
    for (const [position, sealed] of piece.blocks.entries()) block.run(first + position, sealed);
    for (let at = 0; at < piece.beginnings.length; at += 2)
      beginnings.add(piece.beginnings[at] ?? 0, piece.beginnings[at + 1] ?? 0);
    beginnings.end();
    this.#state = { ...this.#state, block: first + count, people: this.#state.people + piece.people };
  }

  #flushIfDue(): void {
    if (this.#waiting.count >= this.#runPostings) this.flush();
  }

  /** Keeps what was added: a process that is killed afterwards finds it again. */
  flush(): void {
    guarded(this.#path, () => {
      const postings = this.#waiting.count;
      if (postings > 0) {
        this.#runs.add(this.#waiting.take());
        const firstRow = rowOf(this.#runFirstBlock, 0);
        this.#state = { ...this.#state, runs: [...this.#state.runs, { firstRow, postings }] };
      }
      this.#runFirstBlock = this.#state.block;
      this.#inserts.about.run(JSON.stringify(this.#state));
      this.#database.exec('COMMIT; BEGIN');
    });
  }

  /** How many lines of each note, and the first of them. */
  notes(): readonly NotedLines[] {
    return notesOf(this.#database);
  }

  /** The lines that are not taken, in order, with the reason. */
  faults(): IterableIterator<{ readonly line: number; readonly note: string }> {
    return faultsOf(this.#database);
  }

  /**
   * Makes the index of all that was added: who of the file replaces whom, which lines have an id twice (`id-twice`, the later is
   * not taken) or a number that somebody else has. Answers what `activate` will do. Begins anew where it was killed.
   */
  index(onProgress: (part: number) => void): IndexedStage {
    return guarded(this.#path, () => {
      this.flush();
      const { file, block, people, firstRow, folded, runs } = this.#state;
      this.#database.exec('DELETE FROM postings; DELETE FROM token_seals');
      this.#database.exec("DELETE FROM notes WHERE kind = 'sharing' OR note = 'id-twice'");
      const counts = new StageIndex(this.#database, {
        path: this.#path,
        file,
        random: this.#random,
        layerKey: this.#around.layerKey(),
        tokenKey: this.#around.tokenKey,
        blocks: block,
        firstRow,
        below: this.#around.parts(folded).filter((part) => part.people() > 0),
        note: (line, kind, note) => this.#note(line, kind, note),
        onProgress,
      }).make(this.#runs, runs);
      this.#database.exec('COMMIT; BEGIN');
      return { ...counts, people: people - counts.gone };
    });
  }

  /** Puts the layer in place of those that it took in: from now on everybody finds who is in it. */
  activate(indexed: IndexedStage): void {
    const { file, folded } = this.#state;
    guarded(this.#path, () => {
      this.#database.exec('DROP TABLE notes');
      this.#database.prepare('UPDATE about SET stage = ?').run(ended);
      this.#database.exec('COMMIT');
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
      this.#database.pragma('journal_mode = DELETE');
      this.#close();
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

/** Removes layers that no longer count, and those that a killed process had not put in place yet. */
function removeUnlisted(around: RosterAround): void {
  const listed = new Set(around.layers().map(({ file }) => file));
  for (const name of readdirSync(around.directory)) {
    const [file = ''] = /^[^.]*\.db/.exec(name) ?? [];
    if (!isLayerFile(file) || listed.has(file)) continue;
    try {
      rmSync(join(around.directory, name), { force: true });
    } catch {
      // Another process has it open still (Windows): the next import tries again.
    }
  }
}
