import type { Database, Statement } from 'better-sqlite3';

type Value = number | Uint8Array | null;

/** A statement for each row costs more than what it does: so many rows are given to one. */
const together = 64;

/** Inserts many small rows in the order in which they are added, within the caller's transaction; `end` writes the last of them. */
export class RowsTogether {
  readonly #one: Statement<Value[]>;
  readonly #many: Statement<Value[]>;
  readonly #columns: number;
  #waiting: Value[] = [];

  /** `insert` is a statement up to its `VALUES`. */
  constructor(database: Database, insert: string, columns: number) {
    const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
    this.#one = database.prepare(`${insert} VALUES ${row}`);
    this.#many = database.prepare(`${insert} VALUES ${Array.from({ length: together }, () => row).join(', ')}`);
    this.#columns = columns;
  }

  add(...values: readonly Value[]): void {
    this.#waiting.push(...values);
    if (this.#waiting.length < together * this.#columns) return;
    this.#many.run(...this.#waiting);
    this.#waiting = [];
  }

  end(): void {
    for (let at = 0; at < this.#waiting.length; at += this.#columns)
      this.#one.run(...this.#waiting.slice(at, at + this.#columns));
    this.#waiting = [];
  }
}
