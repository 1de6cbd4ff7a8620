import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../../main/fleet/connection.ts';
import { deliverAll } from '../../main/fleet/deliver.ts';
import { eraseDelivered } from '../../main/fleet/erase-delivered.ts';
import { numbersText } from '../../main/records/record-numbers.ts';
import { around, asAdministrator, enrolled, headquartersOf } from '../support/fleet-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { caseFacts } from '../unit/records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../unit/store/support.ts';

/*
 * What headquarters has erased lies in none of its tables' files: key_seal whole would open the record for whoever has headquarters'
 * key. Written out, the files are looked into as they lie on the disk.
 */

const at = '2026-11-28T09:00:00Z';

interface Kept {
  readonly number: string;
  readonly sealed: Buffer;
  readonly wrapped_key: Buffer;
  readonly key_seal: Buffer;
}

describe.skipIf(postgresPrograms === null)('the files of headquarters’ tables', () => {
  let postgres: TestPostgres;
  let sealingKey: Uint8Array;
  beforeAll(async () => {
    postgres = await startPostgres({ settings: { autovacuum: 'off' } });
    ({ publicKey: sealingKey } = await headquartersOf(postgres));
  }, 120_000);
  afterAll(() => postgres.close());

  async function delivered(records: number) {
    const { acts, retention, outbox, station, ...unlocked } = await unlockedIn(temporaryFolder());
    for (let number = 1; number <= records; number++) unlocked.records.append(caseFacts(`case-${number}`), '0.1.0');
    const { order } = unlocked.receivedOrders.take('order', {}, at);
    unlocked.receivedOrders.noteRecord(order.number, 'case-3');
    unlocked.receivedOrders.answer(order.number, 'an answer of the third case');
    const address = await enrolled(postgres, { station });
    const deliver = async () => {
      await using connection = await openConnection(address, around);
      await deliverAll(connection, { outbox, station, sealingKey, random, now: () => at });
    };
    await deliver();
    const erase = async (numbers: readonly number[]): Promise<void> => {
      const rule = { keep: 'reference', years: 5, on: '2026-11-28', event: null, eventOn: null };
      const detail = { records: numbersText(numbers), ...rule };
      acts.record({ kind: 'record.erase', at, signs: [], reason: '', detail }, () => numbers.forEach(retention.erase));
      await deliver();
    };
    return { id: station.id, erase };
  }
  const asked = <Row>(sql: string): Promise<readonly Row[]> =>
    asAdministrator(postgres, async (connection) => (await connection.ask(sql)).rows as Row[]);
  const keptOf = (id: string) =>
    asked<Kept>(
      `SELECT number, sealed, wrapped_key, key_seal FROM styrk.records WHERE station = '${id}' ORDER BY number`,
    );

  /** Of which of these records a piece of this column lies in a file of the server's tables. */
  async function stillThere(kept: readonly Kept[], column: Exclude<keyof Kept, 'number'>): Promise<readonly number[]> {
    await asked('CHECKPOINT');
    const all = Buffer.concat(
      readdirSync(postgres.tables, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
    );
    const pieces = (bytes: Buffer): readonly Buffer[] =>
      Array.from({ length: Math.ceil(bytes.length / 240) }, (_, index) =>
        bytes.subarray(index * 240, index * 240 + 24),
      );
    return kept
      .filter((row) => pieces(row[column]).some((piece) => all.includes(piece)))
      .map(({ number }) => Number(number));
  }

  it('hold no byte of what was erased, and of what is kept everything', async () => {
    const { id, erase } = await delivered(40);
    // As the server does by itself: samples of columns lie in a table of its own.
    await asked('ANALYZE styrk.records, styrk.answers');
    const kept = await keptOf(id);
    const answers = await asked<{ sealed: Buffer }>(`SELECT sealed FROM styrk.answers WHERE station = '${id}'`);
    const gone = [3, 4, 5, 11, 17, 23, 38, 39, 40];
    await erase(gone);
    expect(await asAdministrator(postgres, eraseDelivered)).toEqual({ records: 9, answers: 1, unproved: [] });
    const others = kept.map(({ number }) => Number(number)).filter((number) => !gone.includes(number));
    for (const column of ['sealed', 'wrapped_key', 'key_seal'] as const)
      expect(await stillThere(kept, column), column).toEqual(others);
    const asRecords = answers.map(({ sealed }) => ({ number: '1', sealed, wrapped_key: sealed, key_seal: sealed }));
    expect(await stillThere(asRecords, 'sealed')).toEqual([]);
  });

  it('what could not be written anew stays due, and the next erasing does it', async () => {
    const { id, erase } = await delivered(6);
    const kept = (await keptOf(id)).filter(({ number }) => number === '2');
    await erase([2]);
    const due = async () =>
      (
        await asked<{ erasures_due: string }>(`SELECT erasures_due FROM styrk.audit_stations WHERE station = '${id}'`)
      )[0];
    const cutOff = (connection: Connection) =>
      eraseDelivered({
        ...connection,
        ask: (text, ...more) => {
          if (text.startsWith('VACUUM')) throw new Error('cut off');
          return connection.ask(text, ...more);
        },
      });
    await expect(asAdministrator(postgres, cutOff)).rejects.toThrow('cut off');
    expect(await due()).toEqual({ erasures_due: '1' });
    expect(await stillThere(kept, 'key_seal')).toEqual([2]);
    expect(await asAdministrator(postgres, eraseDelivered)).toEqual({ records: 0, answers: 0, unproved: [] });
    expect(await due()).toEqual({ erasures_due: '0' });
    expect(await stillThere(kept, 'key_seal')).toEqual([]);
    expect(await stillThere(kept, 'sealed')).toEqual([]);
  });
});
