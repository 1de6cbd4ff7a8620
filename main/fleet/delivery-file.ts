import * as v from 'valibot';
import { Failure } from '../result/failure.ts';
import { isInstant } from '../result/instant.ts';
import { type OutboxMark, type OutboxPart, outboxParts } from '../store/outbox.ts';
import { aDigest, aNumber, columnsOf, oneRow } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';
import type { DeliveryGround } from './deliver.ts';
import { makingRows, partTables, type Row } from './rows.ts';
import { openSigned, writeSigned } from './signed-file.ts';
import { isOfColumn } from './sql-arrays.ts';
import { rowsOfStatement, takeBatch } from './take-batch.ts';

/*
 * A delivery as a file, for a site without a line: the same rows, sealed alike, signed by the station; and headquarters' receipt,
 * which says how far it has come.
 */

/** So many bytes of rows go into one file; what is left goes into the next. */
const largestRows = 32 * 1024 * 1024;
const marksSchema = v.strictObject({
  records: v.number(),
  checkpoints: v.number(),
  answers: v.number(),
  erasures: v.number(),
});

const valueSchema = v.union([
  v.string(),
  v.number(),
  v.null(),
  v.strictObject({ bytes: v.pipe(v.string(), v.base64()) }),
]);
const rowSchema = v.strictObject({
  part: v.picklist(outboxParts),
  number: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  digest: v.pipe(aDigest, v.minLength(1)),
  values: v.array(valueSchema),
});

/** How many rows of each part a file holds, and whether more wait. */
export interface ExportedDelivery {
  readonly bytes: Uint8Array;
  readonly rows: Readonly<Record<OutboxPart, number>>;
  readonly more: boolean;
}

/** Writes what has no receipt yet, in turns with others of the process. Fails with `service.cancelled` where it was aborted. */
export async function exportDelivery(
  ground: DeliveryGround & { readonly signal?: AbortSignal | undefined },
): Promise<ExportedDelivery> {
  const { outbox, station, now, signal, turn, arrived } = ground;
  using making = makingRows(ground);
  const lines: string[] = [];
  const rows = { records: 0, checkpoints: 0, answers: 0, erasures: 0 };
  let length = 0;
  let more = false;
  for (const part of outboxParts) {
    let { number: after } = outbox.delivered(part);
    for (;;) {
      if (signal?.aborted === true) throw new Failure('service.cancelled');
      const next = making.after(part, after, rowsOfStatement);
      if (length > largestRows) more ||= next.length > 0;
      if (next.length === 0 || length > largestRows) break;
      for (const row of next) {
        const line = lineOf(part, row);
        lines.push(line);
        length += line.length;
      }
      rows[part] += next.length;
      after = next.at(-1)?.number ?? after;
      arrived?.({ ...rows });
      await turn?.();
    }
  }
  const manifest = { station: station.id, writtenAt: now(), rows };
  const content = new TextEncoder().encode(lines.join(''));
  return { bytes: writeSigned('delivery', manifest, content, station.sign), rows, more };
}

function lineOf(part: OutboxPart, { number, digest, values }: Row): string {
  const written = values.map((value) =>
    value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value,
  );
  return `${JSON.stringify({ part, number, digest, values: written })}\n`;
}

/**
 * Takes such a file into headquarters' database, as if the station had delivered it, and answers what has arrived from it by then:
 * for the receipt. A file that came before changes nothing. Fails with `fleet.malformed`, `fleet.signature-wrong` (by the key that
 * the station was enrolled with), `fleet.not-enrolled`, and as `takeBatch`.
 */
export async function importDelivery(
  connection: Connection,
  bytes: Uint8Array,
): Promise<{ readonly station: string; readonly added: Readonly<Record<OutboxPart, number>>; readonly marks: Marks }> {
  const { manifest, content } = await openSigned('delivery', bytes, ({ station }) => publicKeyOf(connection, station));
  const { station } = manifest;
  if (typeof station !== 'string') throw new Failure('fleet.malformed', { reason: 'manifest' });
  const held = rowsIn(content);
  const added = { records: 0, checkpoints: 0, answers: 0, erasures: 0 };
  const marks: Record<OutboxPart, OutboxMark> = { records: none, checkpoints: none, answers: none, erasures: none };
  const source = {
    station,
    goOnFrom: async (part: OutboxPart, mark: OutboxMark) => {
      const same = held[part].find(({ number }) => number === mark.number);
      if (part === 'erasures' && same?.digest !== mark.digest)
        return goOnErasing(connection, { station, held: held[part] }, mark);
      if (same !== undefined && same.digest !== mark.digest)
        throw new Failure('fleet.other-history', { part, number: mark.number });
      return mark;
    },
    rowsAfter: (part: OutboxPart, after: number, limit: number) =>
      held[part].filter(({ number }) => number > after).slice(0, limit),
  };
  for (const part of outboxParts) {
    for (;;) {
      const taken = await takeBatch(connection, part, source);
      added[part] += taken.added;
      marks[part] = taken.mark;
      if (taken.done) break;
    }
  }
  return { station, added, marks };
}

// A file that came before changes nothing. One of a station that was restored says again what follows its backup: from there on it is
// taken, beside what lies there.
async function goOnErasing(
  connection: Connection,
  { station, held }: { readonly station: string; readonly held: readonly Row[] },
  mark: OutboxMark,
): Promise<OutboxMark> {
  const [first] = held;
  if (first === undefined) return mark;
  const { rows } = await connection.ask(
    'SELECT count(*) AS number FROM styrk.erasures WHERE station = $1 AND digest = ANY ($2::text[])',
    [station, held.map(({ digest }) => digest)],
  );
  if (columnsOf(oneRow(rows), { number: aNumber }).number >= held.length) return mark;
  return first.number > mark.number ? mark : { number: first.number - 1, digest: '' };
}

/** How far headquarters has come with a station. */
export type Marks = Readonly<Record<OutboxPart, OutboxMark>>;
const none: OutboxMark = { number: 0, digest: '' };

async function publicKeyOf(connection: Connection, station: unknown): Promise<Uint8Array> {
  if (typeof station !== 'string') throw new Failure('fleet.malformed', { reason: 'manifest' });
  const { rows } = await connection.ask('SELECT public_key FROM styrk.stations WHERE station = $1', [station]);
  if (rows.length === 0) throw new Failure('fleet.not-enrolled');
  return columnsOf(oneRow(rows), { public_key: v.instance(Uint8Array) }).public_key;
}

function rowsIn(content: Uint8Array): Readonly<Record<OutboxPart, readonly Row[]>> {
  const rows: Record<OutboxPart, Row[]> = { records: [], checkpoints: [], answers: [], erasures: [] };
  for (const line of new TextDecoder().decode(content).split('\n').slice(0, -1)) {
    const { part, ...row } = rowIn(line);
    rows[part].push(row);
  }
  return rows;
}

function rowIn(line: string): Row & { readonly part: OutboxPart } {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    read = null;
  }
  const found = v.safeParse(rowSchema, read);
  if (!found.success) throw new Failure('fleet.malformed', { reason: 'row' });
  const { part, number, digest, values } = found.output;
  // What the row is known by stands in its columns too.
  if (values.length !== partTables[part].columns.length || values[0] !== number || values[1] !== digest)
    throw new Failure('fleet.malformed', { reason: 'row' });
  const written = values.map((value) =>
    typeof value === 'object' && value !== null ? Buffer.from(value.bytes, 'base64') : value,
  );
  if (!partTables[part].columns.every(([, type], index) => isOfColumn(type, written[index] ?? null)))
    throw new Failure('fleet.malformed', { reason: 'row' });
  return { part, number, digest, values: written };
}

/** Writes headquarters' receipt for a station, signed with its issuing key. */
export function writeReceipt(
  { station, marks, at }: { readonly station: string; readonly marks: Marks; readonly at: string },
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const numbers = Object.fromEntries(outboxParts.map((part) => [part, marks[part].number]));
  const digests = Object.fromEntries(outboxParts.map((part) => [part, marks[part].digest]));
  return writeSigned('receipt', { station, at, numbers, digests }, new Uint8Array(), sign);
}

const receiptSchema = v.strictObject({
  station: v.string(),
  at: v.pipe(v.string(), v.maxLength(30), v.check(isInstant)),
  numbers: marksSchema,
  digests: v.strictObject({ records: aDigest, checkpoints: aDigest, answers: aDigest, erasures: aDigest }),
  length: v.literal(0),
  sha256: v.string(),
});

/**
 * Notes what headquarters' receipt says has arrived. An older receipt changes nothing. Fails with `fleet.malformed`,
 * `fleet.signature-wrong`, `fleet.mark-ahead` (more than there is), `fleet.other-history` (something else) and `fleet.other-station`.
 */
export async function takeReceipt(
  bytes: Uint8Array,
  issuingKey: Uint8Array,
  { outbox, station, now }: Pick<DeliveryGround, 'outbox' | 'station' | 'now'>,
): Promise<Readonly<Record<OutboxPart, number>>> {
  const { manifest } = await openSigned('receipt', bytes, () => issuingKey);
  const read = v.safeParse(receiptSchema, manifest);
  if (!read.success) throw new Failure('fleet.malformed', { reason: 'manifest' });
  const { numbers, digests } = read.output;
  if (read.output.station !== station.id) throw new Failure('fleet.other-station', { station: read.output.station });
  const isOwn = (part: OutboxPart): boolean => outbox.digestOf(part, numbers[part]) === digests[part];
  // Erasures of before a restoring, which headquarters still goes by: they are said anew.
  const parts = outboxParts.filter((part) => part !== 'erasures' || isOwn(part));
  for (const part of parts) {
    const number = numbers[part];
    if (number > outbox.newest(part).number) throw new Failure('fleet.mark-ahead', { part, mark: number });
    const own = number === 0 ? '' : outbox.digestOf(part, number);
    // Of checkpoints the newest alone is kept.
    if (own !== digests[part] && !(part === 'checkpoints' && own === null))
      throw new Failure('fleet.other-history', { part, number });
  }
  for (const part of parts)
    if (numbers[part] > outbox.delivered(part).number)
      outbox.noteDelivered(part, { number: numbers[part], digest: digests[part] }, now());
  return numbers;
}
