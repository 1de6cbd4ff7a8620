import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { type OutboxMark, type OutboxPart, outboxParts } from '../store/outbox.ts';
import { aDigest, aNumber, columnsOf, oneRow } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';
import { insertOf, partTables, type Row, type RowsGround, rowsAfter } from './rows.ts';

/** What a delivery stands on. `now` is ISO 8601. */
export interface DeliveryGround extends RowsGround {
  readonly now: () => string;
  /** Rows of one transaction. */
  readonly batch?: number;
  /** Called between two transactions: lets others of the process come to their turn. */
  readonly turn?: () => Promise<void>;
}

/** How many of each part a delivery brought, that headquarters did not have before. */
export type Delivered = Readonly<Record<OutboxPart, number>>;

/** So many rows: some hundred kilobytes, and some tens of milliseconds of sealing. */
const usualBatch = 100;

/**
 * Delivers everything that waits, oldest first: each batch in one transaction that adds its rows and moves headquarters' mark, so
 * that after any break the mark says where to go on. What is there already is compared and not counted. Fails as the connection
 * does, with `fleet.not-enrolled`, with `fleet.mark-ahead` where headquarters claims more than there is, and with
 * `fleet.other-history` where it holds other rows under this station's numbers: then nothing of the batch is changed.
 */
export async function deliverAll(connection: Connection, ground: DeliveryGround): Promise<Delivered> {
  const delivered = { records: 0, checkpoints: 0, answers: 0 };
  for (const part of outboxParts) {
    for (;;) {
      const { added, done } = await deliverBatch(connection, part, ground);
      delivered[part] += added;
      if (done) break;
      await ground.turn?.();
    }
  }
  return delivered;
}

/** One batch of one part. `done`: nothing of it waits any more. */
export async function deliverBatch(
  connection: Connection,
  part: OutboxPart,
  ground: DeliveryGround,
): Promise<{ readonly added: number; readonly done: boolean }> {
  const { outbox, station, batch = usualBatch } = ground;
  const sent = await connection.atOnce(async () => {
    const mark = await markOf(connection, part, station.id);
    refuseOtherMark(part, mark, ground);
    const rows = rowsAfter(part, mark.number, batch, ground);
    const last = rows.at(-1);
    if (last === undefined) return { mark, added: 0, done: true };
    // Of checkpoints the newest goes alone: there is one for each record, and it covers those before.
    if (part !== 'checkpoints' && rows.some(({ number }, index) => number !== mark.number + index + 1))
      throw new Failure('record.missing', { part });
    // A full batch comes again and is prepared once; the last one is not.
    const added = await addRows(connection, part, rows, { station: station.id, isUsual: rows.length === batch });
    await moveMark(connection, part, last, station.id);
    return { mark: last, added, done: rows.length < batch };
  });
  const before = outbox.delivered(part);
  if (sent.mark.number > before.number || sent.added > 0)
    outbox.noteDelivered(part, { number: sent.mark.number, digest: sent.mark.digest }, ground.now());
  return { added: sent.added, done: sent.done };
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

// What headquarters says of itself is held against what the station wrote: it may be wrong, put back, or someone else's.
function refuseOtherMark(part: OutboxPart, mark: OutboxMark, { outbox, now }: DeliveryGround): void {
  const fields = { part, mark: mark.number };
  if (mark.number > 0) {
    const newest = outbox.newest(part);
    if (mark.number > newest.number) throw new Failure('fleet.mark-ahead', { ...fields, newest: newest.number });
    if (isAnother(mark, ownMark(part, mark.number, outbox))) throw new Failure('fleet.other-history', fields);
  }
  const before = outbox.delivered(part);
  // It is said and kept, and what is missing is delivered again: a database that was put back must not stay without.
  if (mark.number < before.number) {
    outbox.noteWentBack(now(), before.number - mark.number);
    outbox.noteDelivered(part, mark, now());
  }
}

// What the station itself wrote at this number; of a checkpoint that it no longer has, what it delivered last.
function ownMark(part: OutboxPart, number: number, outbox: DeliveryGround['outbox']): string | null {
  const own = outbox.digestOf(part, number);
  if (own !== null || part !== 'checkpoints') return own ?? '';
  const delivered = outbox.delivered(part);
  return delivered.number === number ? delivered.digest : null;
}

// Null: the station no longer knows. A checkpoint is held against the log by who witnesses it.
function isAnother(mark: OutboxMark, own: string | null): boolean {
  return own !== null && own !== mark.digest;
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

/** The failures after which trying again by itself would do no good, and nothing is sent until people have looked. */
export const standingFailures: readonly FailureCode[] = ['fleet.mark-ahead', 'fleet.other-history'];
