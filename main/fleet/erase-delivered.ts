import * as v from 'valibot';
import { hexDigest, isSignatureOf } from '../crypto/sealing.ts';
import { readStrictJson } from '../result/strict-json.ts';
import { aNumber, columnsOf } from './answers-of-headquarters.ts';
import { type Connection, type ConnectionLimits, standardLimits } from './connection.ts';

/** What a station says of a record that it erased: proved. */
interface ProvedNotice {
  readonly hash: string;
  /** Numbers of answers that went with it. */
  readonly answers: readonly number[];
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const noticeSchema = v.strictObject({
  format: v.literal('styrk-erasure-notice'),
  version: v.literal(1),
  station: v.string(),
  number: count,
  record: count,
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  at: v.string(),
  answers: v.array(count),
});
const columns = {
  station: v.string(),
  number: aNumber,
  record: aNumber,
  digest: v.string(),
  content: v.string(),
  signature: v.instance(Uint8Array),
  public_key: v.instance(Uint8Array),
};
type NoticeRow = v.InferOutput<v.ObjectSchema<typeof columns, undefined>>;

const select = `SELECT e.station, e.number, e.record, e.digest, e.content, e.signature, s.public_key
  FROM styrk.erasures e JOIN styrk.stations s USING (station)`;
const page = 100;

/** What this notice says, by the key that the station was enrolled with; null where it is not the station's, or of another row. */
function proved(row: NoticeRow): ProvedNotice | null {
  const bytes = new TextEncoder().encode(row.content);
  if (hexDigest(row.content) !== row.digest || !isSignatureOf(row.public_key, bytes, row.signature)) return null;
  const json = readStrictJson(bytes);
  const read = 'value' in json ? v.safeParse(noticeSchema, json.value) : null;
  if (read?.success !== true) return null;
  const { station, number, record, hash, answers } = read.output;
  return station === row.station && number === row.number && record === row.record ? { hash, answers } : null;
}

/** Whether the station says, proved, that it has erased this record. Fails as the connection does. */
export async function isErasedAtStation(
  connection: Connection,
  { station, number, hash }: { readonly station: string; readonly number: number; readonly hash: string },
): Promise<boolean> {
  const { rows } = await connection.ask(`${select} WHERE e.station = $1 AND e.record = $2 LIMIT ${page}`, [
    station,
    number,
  ]);
  return rows.some((row) => proved(columnsOf(row, columns))?.hash === hash);
}

/** How an erasing at headquarters went. */
export interface ErasedDelivered {
  readonly records: number;
  readonly answers: number;
  /** Notices that their station did not sign, or of another record than lies here: nothing was erased for them. */
  readonly unproved: readonly { readonly station: string; readonly number: number }[];
}

/** A notice that was proved, and how much was emptied for it. */
interface Emptied {
  readonly row: NoticeRow;
  readonly records: number;
  readonly answers: number;
  /** Whether answers went with the record, now or at a try before. */
  readonly ofAnswers: boolean;
}

/** To write a large table anew takes as long as it takes; who waits for it is the system's timer. */
export const erasingLimits: ConnectionLimits = { ...standardLimits, statementMillis: 12 * 60 * 60_000 };

/**
 * Empties at headquarters what stations have erased, writes the tables anew without it, and then says so beside each notice: seals
 * and keys go, place, hashes and signature stay, and the chain holds. As who administers the database. Fails as the connection does;
 * what was done until then stays done, and what was not written anew stays due.
 */
export async function eraseDelivered(connection: Connection): Promise<ErasedDelivered> {
  const done: Emptied[] = [];
  const unproved: { station: string; number: number }[] = [];
  let [station, number, digest] = ['', 0, ''];
  for (;;) {
    const { rows } = await connection.ask(
      `${select} WHERE e.erased_at IS NULL AND (e.station, e.number, e.digest) > ($1, $2, $3)
       ORDER BY e.station, e.number, e.digest LIMIT ${page}`,
      [station, number, digest],
    );
    for (const each of rows) {
      const row = columnsOf(each, columns);
      ({ station, number, digest } = row);
      const notice = proved(row);
      const emptied = notice === null ? null : await emptyOne(connection, row, notice);
      if (emptied === null) unproved.push({ station, number });
      else done.push(emptied);
    }
    if (rows.length < page) break;
  }
  if (done.length > 0) await writeAnew(connection, done);
  for (const { row } of done)
    await connection.ask(
      'UPDATE styrk.erasures SET erased_at = now() WHERE station = $1 AND number = $2 AND digest = $3',
      [row.station, row.number, row.digest],
    );
  const sum = (of: 'records' | 'answers'): number => done.reduce((all, each) => all + each[of], 0);
  return { records: sum('records'), answers: sum('answers'), unproved };
}

// An emptied row's bytes before it stay in the table's files: VACUUM alone frees their place and overwrites nothing. Also after a try
// that was broken off before this. What the planner sampled earlier lies in a table of its own.
async function writeAnew(connection: Connection, done: readonly Emptied[]): Promise<void> {
  const tables = ['styrk.records', ...(done.some(({ ofAnswers }) => ofAnswers) ? ['styrk.answers'] : [])];
  // Deliveries wait behind whoever waits for the table: what another holds longer is left for the next time.
  await connection.ask("SET lock_timeout = '30s'");
  for (const table of [...tables, 'pg_catalog.pg_statistic']) await connection.ask(`VACUUM (FULL) ${table}`);
}

function emptyOne(connection: Connection, row: NoticeRow, { hash, answers }: ProvedNotice): Promise<Emptied | null> {
  const { station, record } = row;
  return connection.atOnce(async () => {
    const held = await connection.ask('SELECT hash FROM styrk.records WHERE station = $1 AND number = $2', [
      station,
      record,
    ]);
    if (held.rows.some((found) => columnsOf(found, { hash: v.string() }).hash !== hash)) return null;
    const emptied = await connection.ask(
      `UPDATE styrk.records SET wrapped_key = '', sealed = '', key_seal = NULL WHERE station = $1 AND number = $2
       AND (length(sealed) > 0 OR length(wrapped_key) > 0 OR key_seal IS NOT NULL)`,
      [station, record],
    );
    const gone = await connection.ask(
      `UPDATE styrk.answers SET sealed = '' WHERE station = $1 AND number = ANY ($2::bigint[]) AND length(sealed) > 0`,
      [station, answers],
    );
    return { row, records: emptied.count, answers: gone.count, ofAnswers: answers.length > 0 };
  });
}
