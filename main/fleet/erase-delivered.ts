import * as v from 'valibot';
import { hexDigest, isSignatureOf } from '../crypto/sealing.ts';
import { readStrictJson } from '../result/strict-json.ts';
import { aNumber, columnsOf } from './answers-of-headquarters.ts';
import type { Connection } from './connection.ts';

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

/**
 * Empties at headquarters what stations have erased, and says so beside each notice: seals and keys go, place, hashes and signature
 * stay, and the chain holds. As who administers the database. Fails as the connection does; what was done until then stays done.
 */
export async function eraseDelivered(connection: Connection): Promise<ErasedDelivered> {
  let [records, answers] = [0, 0];
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
      const erased = notice === null ? null : await eraseOne(connection, row, notice);
      if (erased === null) unproved.push({ station, number });
      records += erased?.records ?? 0;
      answers += erased?.answers ?? 0;
    }
    if (rows.length < page) break;
  }
  // Else the old versions of the rows lie in the table's pages until the server comes to it.
  if (records + answers > 0) await connection.ask('VACUUM styrk.records, styrk.answers');
  return { records, answers, unproved };
}

function eraseOne(
  connection: Connection,
  { station, number, digest, record }: NoticeRow,
  { hash, answers }: ProvedNotice,
): Promise<{ readonly records: number; readonly answers: number } | null> {
  return connection.atOnce(async () => {
    const held = await connection.ask('SELECT hash FROM styrk.records WHERE station = $1 AND number = $2', [
      station,
      record,
    ]);
    if (held.rows.some((row) => columnsOf(row, { hash: v.string() }).hash !== hash)) return null;
    const emptied = await connection.ask(
      `UPDATE styrk.records SET wrapped_key = '', sealed = '', key_seal = NULL WHERE station = $1 AND number = $2
       AND (length(sealed) > 0 OR length(wrapped_key) > 0 OR key_seal IS NOT NULL)`,
      [station, record],
    );
    const gone = await connection.ask(
      `UPDATE styrk.answers SET sealed = '' WHERE station = $1 AND number = ANY ($2::bigint[]) AND length(sealed) > 0`,
      [station, answers],
    );
    await connection.ask(
      'UPDATE styrk.erasures SET erased_at = now() WHERE station = $1 AND number = $2 AND digest = $3',
      [station, number, digest],
    );
    return { records: emptied.count, answers: gone.count };
  });
}
