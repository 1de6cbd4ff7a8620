import { Failure } from '../result/failure.ts';
import type { OutboxMark, OutboxPart } from '../store/outbox.ts';
import { aDigest, aNumber, columnsOf, oneRow } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';
import { insertOf, partTables, type Row } from './rows.ts';

/** Where rows of one station come from: its outbox, or a file that it signed. */
export interface RowSource {
  readonly station: string;
  /** Refuses where headquarters' mark is not one that this source can go on from. */
  readonly refuseMark: (part: OutboxPart, mark: OutboxMark) => void;
  /** Rows after this number, in order, at most so many. */
  readonly rowsAfter: (part: OutboxPart, after: number, limit: number) => readonly Row[];
}

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
  batch: number,
): Promise<TakenBatch> {
  const { station } = source;
  return connection.atOnce(async () => {
    const before = await markOf(connection, part, station);
    source.refuseMark(part, before);
    const rows = source.rowsAfter(part, before.number, batch);
    const last = rows.at(-1);
    if (last === undefined) return { before, mark: before, added: 0, done: true };
    // Of checkpoints the newest goes alone: there is one for each record, and it covers those before.
    if (part !== 'checkpoints' && rows.some(({ number }, index) => number !== before.number + index + 1))
      throw new Failure('fleet.gap', { part, after: before.number });
    // A full batch comes again and is prepared once; the last one is not.
    const added = await addRows(connection, part, rows, { station, isUsual: rows.length === batch });
    await moveMark(connection, part, last, station);
    return { before, mark: { number: last.number, digest: last.digest }, added, done: rows.length < batch };
  });
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
  { station, isUsual }: { readonly station: string; readonly isUsual: boolean },
): Promise<number> {
  const values = [station, ...rows.flatMap((row) => row.values)];
  const { count } = await connection.ask(insertOf(part, rows.length), values, isUsual ? `add-${part}` : undefined);
  if (count > rows.length) throw new Failure('service.answer-malformed', { reason: 'count' });
  if (count < rows.length) await compare(connection, part, rows, station);
  return count;
}

// Some were there: by an interrupted delivery whose mark was put back, or by somebody who uses this station's name.
async function compare(connection: Connection, part: OutboxPart, rows: readonly Row[], station: string): Promise<void> {
  const { table, digest, columns } = partTables[part];
  const compared = columns.filter(
    (column) => !/^(?:sealed|key_seal|ephemeral.*)$/.test(column) || isChained(part, column),
  );
  const found = await connection.ask(
    `SELECT ${compared.join(', ')}, ${digest} AS known FROM ${table} WHERE station = $1 AND number BETWEEN $2 AND $3 ORDER BY number`,
    [station, rows[0]?.number, rows.at(-1)?.number],
  );
  if (found.rows.length !== rows.length) throw new Failure('service.answer-malformed', { reason: 'rows' });
  for (const [index, row] of rows.entries()) {
    const held = (found.rows[index] ?? {}) as Readonly<Record<string, unknown>>;
    for (const column of compared) {
      const ours = row.values[columns.indexOf(column)];
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

async function moveMark(connection: Connection, part: OutboxPart, to: Row, station: string): Promise<void> {
  const { count } = await connection.ask(
    `UPDATE styrk.stations SET ${part} = $2, ${part}_digest = $3, delivered_at = now() WHERE station = $1`,
    [station, to.number, to.digest],
    `move-${part}`,
  );
  if (count !== 1) throw new Failure('service.answer-malformed', { reason: 'mark' });
}
