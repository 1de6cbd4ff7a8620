import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { type OutboxMark, type OutboxPart, outboxBeginning, outboxParts } from '../store/outbox.ts';
import type { Connection } from './connection.ts';
import type { RowsGround } from './rows.ts';
import { type RowsOfBatches, rowsOfBatches } from './rows-ahead.ts';
import { rowsOfBatch, rowsOfStatement, takeBatch } from './take-batch.ts';

/** What a delivery stands on. `now` is ISO 8601. */
export interface DeliveryGround extends RowsGround {
  readonly now: () => string;
  /** Rows of one transaction. */
  readonly batch?: number;
  /** After a try that broke off: begins with small transactions, and with larger ones as they arrive. */
  readonly careful?: boolean;
  /** Called after every hundred rows: lets others of the process come to their turn. */
  readonly turn?: () => Promise<void>;
  /** Hears after each transaction what has arrived so far; of a file, what has been written into it. */
  readonly arrived?: (delivered: Delivered) => void;
}

/** How many of each part a delivery brought, that headquarters did not have before. */
export type Delivered = Readonly<Record<OutboxPart, number>>;

/**
 * Delivers everything that waits, oldest first, as `takeBatch`. Fails as that does, and with `fleet.mark-ahead` where headquarters
 * claims more than there is. What headquarters took before and no longer has is delivered again, and noted.
 */
export async function deliverAll(connection: Connection, ground: DeliveryGround): Promise<Delivered> {
  const delivered = { records: 0, checkpoints: 0, answers: 0, erasures: 0 };
  // What broke off was undone whole: on a line that never lives so long as a large transaction nothing would ever arrive.
  const { batch: most = rowsOfBatch } = ground;
  let batch = ground.careful === true ? Math.min(rowsOfStatement, most) : most;
  using rows = rowsOfBatches(ground);
  for (const part of outboxParts) {
    for (;;) {
      const { added, done } = await deliverBatch(connection, part, { ...ground, batch }, rows);
      batch = Math.min(most, batch * 2);
      delivered[part] += added;
      ground.arrived?.({ ...delivered });
      if (done) break;
      await ground.turn?.();
    }
  }
  return delivered;
}

/** One batch of one part, of the next of these rows; noted when it was committed. */
export async function deliverBatch(
  connection: Connection,
  part: OutboxPart,
  ground: DeliveryGround,
  rows: RowsOfBatches,
): Promise<{ readonly added: number; readonly done: boolean }> {
  const { outbox, station, batch = rowsOfBatch, turn, now } = ground;
  rows.begin();
  const source = {
    station: station.id,
    goOnFrom: (_: OutboxPart, mark: OutboxMark) => goOnFrom(part, mark, ground),
    rowsAfter: rows.after,
    ahead: rows.ahead,
    ...(turn === undefined ? {} : { turn }),
  };
  const { before, mark, added, done } = await takeBatch(connection, part, source, batch);
  const known = outbox.delivered(part).number;
  // It is said and kept, and what is missing was delivered again: a database that was put back must not stay without.
  if (before.number < known) outbox.noteWentBack(now(), known - before.number);
  if (mark.number !== known || added > 0) outbox.noteDelivered(part, mark, now());
  return { added, done };
}

// A station that was restored erases again what it had erased since the backup, and says so anew: where the mark is none of its own
// it says all of its notices, and headquarters, which knows each by its digest, takes those that it does not have. It believes nothing
// that lies there, and no other part is let through by it.
function goOnFrom(part: OutboxPart, mark: OutboxMark, ground: DeliveryGround): OutboxMark {
  if (part === 'erasures') return ground.outbox.digestOf(part, mark.number) === mark.digest ? mark : outboxBeginning;
  refuseOtherMark(part, mark, ground);
  return mark;
}

// What headquarters says of itself is held against what the station wrote: it may be wrong, put back, or someone else's.
function refuseOtherMark(part: OutboxPart, mark: OutboxMark, { outbox }: DeliveryGround): void {
  if (mark.number === 0) return;
  const fields = { part, mark: mark.number };
  const newest = outbox.newest(part);
  if (mark.number > newest.number) throw new Failure('fleet.mark-ahead', { ...fields, newest: newest.number });
  const own = ownMark(part, mark.number, outbox);
  if (own !== null && own !== mark.digest) throw new Failure('fleet.other-history', fields);
}

// What the station itself wrote at this number. Null for a checkpoint that it neither has nor delivered last: such a one is held
// against the log by who witnesses it.
function ownMark(part: OutboxPart, number: number, outbox: DeliveryGround['outbox']): string | null {
  const own = outbox.digestOf(part, number);
  if (own !== null || part !== 'checkpoints') return own ?? '';
  const delivered = outbox.delivered(part);
  return delivered.number === number ? delivered.digest : null;
}

/** The failures after which trying again by itself would do no good, and nothing is sent until people have looked. */
export const standingFailures: readonly FailureCode[] = ['fleet.mark-ahead', 'fleet.other-history'];
