import { Failure } from '../result/failure.ts';
import type { OutboxMark, OutboxPart } from '../store/outbox.ts';
import { aDigest, aNumber, columnsOf, oneRow } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';
import { insertedValues, insertOf, partTables, type Row } from './rows.ts';

/** Where rows of one station come from: its outbox, or a file that it signed. */
export interface RowSource {
  readonly station: string;
  /** Where it goes on behind headquarters' mark. Refuses a mark that it cannot go on from. */
  readonly goOnFrom: (part: OutboxPart, mark: OutboxMark) => OutboxMark | Promise<OutboxMark>;
  /** Rows after this number, in order, at most so many. */
  readonly rowsAfter: (part: OutboxPart, after: number, limit: number) => readonly Row[];
  /** Lets others of the process come to their turn, while the server has work. */
  readonly turn?: () => Promise<void>;
  /** The batch is full and on its way: what the next one begins with may be made while the server takes and keeps this one. */
  readonly ahead?: (part: OutboxPart, after: number, limit: number) => void;
}

/** So many rows of one statement: some hundred kilobytes, and some ten milliseconds of sealing between two turns. */
export const rowsOfStatement = 100;
/** So many statements are under way: when the server has taken one the next lies with it already. */
const statementsUnderWay = 2;
/** So many of one transaction: what a break may undo, and how many share one wait for the server's disk. */
export const rowsOfBatch = 1_000;

/** What one batch came to: headquarters' mark before and after it, and how many rows it did not have. */
export interface TakenBatch {
  readonly before: OutboxMark;
  readonly mark: OutboxMark;
  readonly added: number;
  /** Nothing of it waits any more. */
  readonly done: boolean;
}

/**
 * One batch of one part as one transaction, which adds its rows and moves headquarters' mark: after any break the mark says where to
 * go on. What is there already is compared and not counted. Fails as the connection and the source do, with `fleet.not-enrolled`,
 * `fleet.gap` where rows are missing in between, and `fleet.other-history` where headquarters holds others under these numbers: then
 * nothing is changed.
 */
export function takeBatch(
  connection: Connection,
  part: OutboxPart,
  source: RowSource,
  batch = rowsOfBatch,
): Promise<TakenBatch> {
  return connection.atOnce(async () => {
    const before = await markOf(connection, part, source.station);
    const from = await source.goOnFrom(part, before);
    let mark = from;
    let [added, sent] = [0, 0];
    const underWay: Promise<number>[] = [];
    const answered = async (most: number): Promise<void> => {
      while (underWay.length > most) added += (await underWay.shift()) ?? 0;
    };
    let rows = source.rowsAfter(part, from.number, Math.min(rowsOfStatement, batch));
    for (;;) {
      const last = rows.at(-1);
      if (last === undefined) break;
      refuseGap(part, rows, mark);
      sent += rows.length;
      mark = { number: last.number, digest: last.digest };
      const taken = addRows(connection, part, rows, source.station);
      // The first that fails is told; those behind it fail with it, and nobody waits for them.
      taken.catch(() => undefined);
      underWay.push(taken);
      // While the server takes these the next ones are made.
      const limit = Math.min(rowsOfStatement, batch - sent);
      if (limit === 0) {
        await source.turn?.();
        source.ahead?.(part, mark.number, Math.min(rowsOfStatement, batch));
        break;
      }
      rows = await nextRows(source, part, mark, limit);
      await answered(statementsUnderWay - 1);
    }
    await answered(0);
    if (sent > 0) await moveMark(connection, part, mark, source.station);
    return { before, mark, added, done: sent < batch };
  });
}

async function nextRows(
  { turn, rowsAfter }: RowSource,
  part: OutboxPart,
  { number }: OutboxMark,
  limit: number,
): Promise<readonly Row[]> {
  await turn?.();
  return rowsAfter(part, number, limit);
}

// Of checkpoints the newest goes alone: there is one for each record, and it covers those before.
function refuseGap(part: OutboxPart, rows: readonly Row[], { number: after }: OutboxMark): void {
  if (part !== 'checkpoints' && rows.some(({ number }, index) => number !== after + index + 1))
    throw new Failure('fleet.gap', { part, after });
}

// Locked, so that two that deliver for one station go one after the other.
async function markOf(connection: Connection, part: OutboxPart, station: string): Promise<OutboxMark> {
  const { rows } = await connection.ask(
    `SELECT ${part} AS number, ${part}_digest AS digest FROM styrk.stations WHERE station = $1 FOR UPDATE`,
    [station],
    `mark-${part}`,
  );
  if (rows.length === 0) throw new Failure('fleet.not-enrolled');
  return columnsOf(oneRow(rows), { number: aNumber, digest: aDigest });
}

async function addRows(
  connection: Connection,
  part: OutboxPart,
  rows: readonly Row[],
  station: string,
): Promise<number> {
  const { count } = await connection.ask(insertOf(part), insertedValues(part, station, rows), `add-${part}`);
  if (count > rows.length) throw new Failure('service.answer-malformed', { reason: 'count' });
  if (count < rows.length) await compare(connection, part, rows, station);
  return count;
}

// Some were there: by an interrupted delivery whose mark was put back, or by somebody who uses this station's name.
async function compare(connection: Connection, part: OutboxPart, rows: readonly Row[], station: string): Promise<void> {
  const { table, digest, columns, isSaidAgain } = partTables[part];
  const names = columns.map(([name]) => name);
  const compared = names.filter((name) => !/^(?:sealed|key_seal|ephemeral.*)$/.test(name) || isChained(part, name));
  const found = await connection.ask(
    `SELECT ${compared.join(', ')}, ${digest} AS known FROM ${table} WHERE station = $1 AND number BETWEEN $2 AND $3
     ${isSaidAgain ? `AND ${digest} = ANY ($4::text[])` : ''} ORDER BY number`,
    [station, rows[0]?.number, rows.at(-1)?.number, ...(isSaidAgain ? [rows.map((row) => row.digest)] : [])],
  );
  if (found.rows.length !== rows.length) throw new Failure('service.answer-malformed', { reason: 'rows' });
  for (const [index, row] of rows.entries()) {
    const held = (found.rows[index] ?? {}) as Readonly<Record<string, unknown>>;
    for (const column of compared) {
      const ours = row.values[names.indexOf(column)];
      if (!isSame(ours, held[column])) throw new Failure('fleet.other-history', { part, number: row.number });
    }
  }
}

// A seal for headquarters is another each time; what lies under the chain's hash is not.
function isChained(part: OutboxPart, column: string): boolean {
  return part === 'records' && column === 'sealed';
}

function isSame(ours: unknown, held: unknown): boolean {
  // Erased at the station since it was delivered: hash, commitment and signature are compared all the same.
  if (ours instanceof Uint8Array && ours.length === 0) return true;
  if (ours instanceof Uint8Array) return held instanceof Uint8Array && Buffer.compare(ours, held) === 0;
  return typeof ours === 'number' ? String(ours) === String(held) : ours === held;
}

async function moveMark(connection: Connection, part: OutboxPart, to: OutboxMark, station: string): Promise<void> {
  const { count } = await connection.ask(
    `UPDATE styrk.stations SET ${part} = $2, ${part}_digest = $3, delivered_at = now() WHERE station = $1`,
    [station, to.number, to.digest],
    `move-${part}`,
  );
  if (count !== 1) throw new Failure('service.answer-malformed', { reason: 'mark' });
}
