import type { Database, Statement, Transaction } from 'better-sqlite3';
import { contentDigest } from '../../crypto/mark.ts';
import { Failure } from '../../result/failure.ts';
import type { SecretBytes } from '../../result/secret-bytes.ts';
import { prepared, preparedValue } from '../prepared.ts';
import {
  isMarked,
  markEverything,
  marksName,
  markWritten,
  readMarks,
  rowComparer,
  schemaName,
  touchedTables,
  writeMarks,
} from './mark-tables.ts';
import { markedTable, markedTables } from './marked-tables.ts';
import { rowText } from './row-text.ts';
import { takeOutTouched } from './take-out-touched.ts';
import { type TouchedRow, touchedRows } from './touched-rows.ts';

/** Whether what verdicts rest on is as the station itself left it. */
export interface Integrity {
  readonly whole: boolean;
  /** The rows that are not; empty where it is whole. */
  readonly touched: readonly TouchedRow[];
  /** When what an earlier app had left was marked as it was found (ISO 8601); null for a folder that began with marks. */
  readonly adoptedAt: string | null;
}

/** A row's large content under its primary key. */
export interface KeyedContent {
  readonly key: string;
  readonly content: Uint8Array;
}

/**
 * One connection's way to the marked tables: what is read was compared with its marks in the same snapshot, what is written
 * is marked in the same transaction, and nothing is marked that was touched by others (docs/decisions/0012).
 */
export class StoreMarks {
  readonly #database: Database;
  readonly #path: string;
  #key: SecretBytes | null;
  /** `data_version` of what was compared last: it changes when another connection writes. */
  #compared: { readonly version: number; readonly touched: readonly string[] } | null = null;
  /** Rows whose large contents were compared since. */
  readonly #contents = new Set<string>();
  readonly #version: Statement<[], number>;
  readonly #pin: Statement<[], unknown>;
  /** Made once: to make a transaction takes as long as some statements in it. */
  readonly #transaction: Transaction<(act: () => unknown) => unknown>;
  #watching = false;
  #writing = false;

  /** `key` is null where the key of the folder is gone: then nothing can be compared, and all counts as touched. */
  constructor(database: Database, path: string, key: SecretBytes | null) {
    this.#database = database;
    this.#path = path;
    this.#key = key;
    this.#version = database.prepare<[], number>('PRAGMA data_version').pluck();
    this.#pin = database.prepare('SELECT number FROM marks');
    this.#transaction = database.transaction((act: () => unknown) => act());
  }

  /** The key of the marks; null where it is gone. */
  get key(): SecretBytes | null {
    return this.#key;
  }

  /** A key that came back takes the place of the one that was gone. */
  takeKey(key: SecretBytes): void {
    this.#key?.purge();
    this.#key = key;
    this.forget();
  }

  /** Whether all marked tables are as they were marked, large contents aside. */
  isWhole(): boolean {
    return this.#snapshot(() => this.#touched().length === 0);
  }

  /** Reads what verdicts rest on. Fails with `trust.tampered` where it is not as the station left it. */
  read<Answer>(act: () => Answer): Answer {
    return this.#snapshot(() => {
      this.#require();
      return act();
    });
  }

  /** One moment of the store, whatever others touched. */
  seen<Answer>(act: () => Answer): Answer {
    return this.#snapshot(act);
  }

  /** Whether others touched one of these tables, or what says so of any. Inside `seen`. */
  touchedAmong(names: readonly string[]): boolean {
    return this.#firstTouched(names) !== undefined;
  }

  /** Reads what rests on these tables alone. Fails with `trust.tampered` where others touched one of them. */
  readAmong<Answer>(names: readonly string[], act: () => Answer): Answer {
    return this.#snapshot(() => {
      this.#requireAmong(names);
      return act();
    });
  }

  /**
   * As `write`, of a change to these tables alone: it is made also where others touched what does not concern them, and what
   * they touched stays unmarked.
   */
  writeAmong<Answer>(names: readonly string[], act: () => Answer): Answer {
    return this.#change(() => this.#requireAmong(names), act);
  }

  /**
   * Compares large contents as they were read, each once. Inside `read`. Fails with `trust.tampered`. Contents of which the key
   * is the digest are known by the key, which is in the mark of the table: SHA-256 over 588 certificates is a tenth of comparing
   * as many rows with their own marks.
   */
  compareContents(name: string, rows: readonly KeyedContent[]): void {
    let fits: ((rowKey: string) => boolean) | null = null;
    for (const { key, content } of rows) {
      const rowKey = JSON.stringify([key]);
      const row = `${name} ${rowKey}`;
      if (this.#contents.has(row)) continue;
      if (contentDigest(content) !== key) {
        fits ??= rowComparer(this.#database, this.#reveal(), markedTable(name));
        if (!fits(rowKey)) throw this.#failure(name);
      }
      this.#contents.add(row);
    }
  }

  /**
   * One change, all or nothing, marked as part of it. Inside another it is part of that one. Fails with `trust.tampered`:
   * what others touched is never marked as ours.
   */
  write<Answer>(act: () => Answer): Answer {
    return this.#change(() => this.#require(), act);
  }

  #change<Answer>(require: () => void, act: () => Answer): Answer {
    if (this.#writing) return act();
    this.#watch();
    const change = this.#database.transaction(() => {
      require();
      return this.#marked(act);
    });
    return change.immediate();
  }

  // Inside a transaction, with the triggers there.
  #marked<Answer>(act: () => Answer): Answer {
    prepared<[]>(this.#database, 'DELETE FROM temp.written').run();
    this.#writing = true;
    try {
      const answer = act();
      this.#mark();
      return answer;
    } finally {
      this.#writing = false;
    }
  }

  /**
   * One change, all or nothing, of what needs no mark: it is made also where others touched what does (`whole` false), and
   * then marks nothing.
   */
  keep<Answer>(act: (whole: boolean) => Answer): Answer {
    if (this.#writing || !this.#watching) {
      if (this.isWhole()) return this.write(() => act(true));
      return this.#transaction.immediate(() => act(false)) as Answer;
    }
    // Compared in the same transaction: a record costs one, not two.
    const kept = () => (this.#touched().length === 0 ? this.#marked(() => act(true)) : act(false));
    return this.#transaction.immediate(kept) as Answer;
  }

  /**
   * Puts right what others touched and does more in the same transaction; all is marked anew. Where the key was gone a new one
   * is to be taken (`takeKey`) before.
   */
  mend<Answer>(act: () => Answer): Answer {
    const key = this.#reveal();
    const mending = this.#database.transaction(() => {
      // What only the indexes hid is there again.
      this.#database.exec('REINDEX');
      this.forget();
      const { touched, adoptedAt } = this.examine();
      takeOutTouched(this.#database, this.#path, touched);
      this.#writing = true;
      try {
        const answer = act();
        markEverything(this.#database, key, adoptedAt);
        return answer;
      } finally {
        this.#writing = false;
        this.forget();
      }
    });
    return mending.immediate();
  }

  /** Everything compared, large contents included, and told row by row. */
  examine(): Integrity {
    return this.#snapshot(() => {
      const adoptedAt = readMarks(this.#database)?.adoptedAt ?? null;
      const touched = touchedRows(this.#database, this.#key?.reveal() ?? null, this.#touched());
      return { whole: touched.length === 0, touched, adoptedAt };
    });
  }

  /** Overwrites the key. */
  close(): void {
    this.#key?.purge();
  }

  /** Compares anew at the next use. */
  forget(): void {
    this.#compared = null;
    this.#contents.clear();
  }

  // The answer of one moment: nobody writes between the comparison and what rests on it.
  #snapshot<Answer>(act: () => Answer): Answer {
    return this.#database.inTransaction ? act() : (this.#transaction(act) as Answer);
  }

  #touched(): readonly string[] {
    // Our own change is marked at its end only; nobody else writes meanwhile.
    if (this.#writing && this.#compared !== null) return this.#compared.touched;
    // A read pins the snapshot that the version is asked of.
    this.#pin.get();
    const version = this.#version.get() ?? 0;
    if (this.#compared?.version !== version) {
      this.forget();
      const names = markedTables.map(({ name }) => name);
      const touched = this.#key === null ? names : touchedTables(this.#database, this.#key.reveal(), names);
      this.#compared = { version, touched };
    }
    return this.#compared.touched;
  }

  #require(): void {
    const [first] = this.#touched();
    if (first !== undefined) throw this.#failure(first);
  }

  // Without the mark over all, and under another schema, nothing can be told of any table.
  #firstTouched(names: readonly string[]): string | undefined {
    return this.#touched().find((name) => [schemaName, marksName, ...names].includes(name));
  }

  #requireAmong(names: readonly string[]): void {
    const first = this.#firstTouched(names);
    if (first !== undefined) throw this.#failure(first);
  }

  #reveal(): Uint8Array {
    if (this.#key === null) throw this.#failure('');
    return this.#key.reveal();
  }

  #failure(table: string): Failure {
    return new Failure('trust.tampered', { path: this.#path, table: table === '' ? 'schema' : table });
  }

  #mark(): void {
    const names = preparedValue<[], string>(this.#database, 'SELECT DISTINCT name FROM temp.written').all();
    if (names.length === 0) return;
    const key = this.#reveal();
    this.#compareBefore(key);
    for (const name of names) markWritten(this.#database, key, name);
    this.#forgetWritten();
    const adoptedAt = readMarks(this.#database)?.adoptedAt ?? null;
    writeMarks(this.#database, key, { tables: names, adoptedAt });
  }

  #forgetWritten(): void {
    if (this.#contents.size === 0) return;
    const rows = preparedValue<[], string>(this.#database, "SELECT name || ' ' || row_key FROM temp.written");
    for (const row of rows.all()) this.#contents.delete(row);
  }

  // Contents that nobody compared since somebody else wrote must not be marked as ours for the sake of another column.
  #compareBefore(key: Uint8Array): void {
    const changed = prepared<[], { name: string; rowKey: string; before: Uint8Array }>(
      this.#database,
      'SELECT name, row_key AS rowKey, CAST(before AS BLOB) AS before FROM temp.written WHERE before IS NOT NULL',
    );
    for (const { name, rowKey, before } of changed.all())
      if (!isMarked(this.#database, key, { name, rowKey, row: before })) throw this.#failure(name);
  }

  // Triggers of this connection alone note what is written, cascades included: no writer can forget to say so. What a statement
  // says of conflicts goes for its triggers too: an upsert would undo their OR IGNORE.
  #watch(): void {
    if (this.#watching) return;
    this.#database.exec(
      'CREATE TEMP TABLE written (name TEXT, row_key TEXT, before TEXT, PRIMARY KEY (name, row_key)) WITHOUT ROWID',
    );
    for (const table of markedTables) {
      const { keyOf, wholeOf } = rowText(this.#database, table);
      const before = table.contents.length > 0 ? wholeOf('OLD') : 'NULL';
      for (const [event, row, text] of [
        ['INSERT', 'NEW', 'NULL'],
        ['UPDATE', 'NEW', before],
        ['DELETE', 'OLD', 'NULL'],
      ] as const)
        this.#database.exec(
          `CREATE TEMP TRIGGER written_${table.name}_${event} AFTER ${event} ON main.${table.name}
           BEGIN
             INSERT INTO written SELECT '${table.name}', ${keyOf(row)}, ${text} WHERE NOT EXISTS
               (SELECT 1 FROM written WHERE name = '${table.name}' AND row_key = ${keyOf(row)});
           END`,
        );
    }
    this.#watching = true;
  }
}
