import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSigningKey } from '../../main/crypto/sealing.ts';
import { takeDeliveryFile } from '../../main/fleet/at-headquarters.ts';
import { type Connection, openConnection } from '../../main/fleet/connection.ts';
import { deliverAll } from '../../main/fleet/deliver.ts';
import { exportDelivery, takeReceipt } from '../../main/fleet/delivery-file.ts';
import { eraseDelivered } from '../../main/fleet/erase-delivered.ts';
import { around, asAdministrator, enrolled, headquartersOf } from '../support/fleet-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { caseFacts } from '../unit/records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../unit/store/support.ts';

/* A station's disk dies and last night's folder is put back: no record is lost, and what was erased since is erased and said again. */

const at = '2026-11-28T09:00:00Z';

describe.skipIf(postgresPrograms === null)('a station restored from a good backup', () => {
  let postgres: TestPostgres;
  let sealing: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  const issuing = newSigningKey(random);
  beforeAll(async () => {
    postgres = await startPostgres();
    sealing = await headquartersOf(postgres);
  }, 120_000);
  afterAll(() => postgres.close());

  async function stationIn(directory: string, records = 0) {
    const { store, ...unlocked } = await unlockedIn(directory);
    for (let number = 1; number <= records; number++) unlocked.records.append(caseFacts(`case-${number}`), '0.1.0');
    const { acts, retention, outbox, station } = unlocked;
    const address = await enrolled(postgres, unlocked);
    const ground = { outbox, station, sealingKey: sealing.publicKey, random, now: () => at };
    const deliver = async (batch = 1_000) => {
      await using connection = await openConnection(address, around);
      return await deliverAll(connection, { ...ground, batch });
    };
    /** Each record by an act of its own, in this order. */
    const erase = (when: string, ...numbers: readonly number[]): void => {
      for (const number of numbers) {
        const records = String(number);
        const detail = { records, keep: 'reference', years: 5, on: '2026-11-28', event: null, eventOn: null };
        acts.record({ kind: 'record.erase', at: when, signs: [], reason: '', detail }, () => retention.erase(number));
      }
    };
    const byFile = async () => {
      const { bytes } = await exportDelivery(ground);
      const taken = await asAdministrator(postgres, (connection) =>
        takeDeliveryFile(connection, bytes, { issuingKey: issuing.secretKey, at }),
      );
      await takeReceipt(taken.receipt, issuing.publicKey, ground);
      return { bytes, ...taken };
    };
    return { ...unlocked, store, deliver, erase, byFile };
  }
  const rowsOf = async (sql: string): Promise<readonly unknown[]> =>
    asAdministrator(postgres, async (connection) => (await connection.ask(sql)).rows);
  const readable = async (station: string): Promise<readonly string[]> =>
    (
      (await rowsOf(
        `SELECT number FROM styrk.records WHERE station = '${station}' AND length(sealed) > 0 ORDER BY number`,
      )) as { number: string }[]
    ).map(({ number }) => number);
  const erasing = (): Promise<{ records: number; unproved: readonly unknown[] }> =>
    asAdministrator(postgres, (connection: Connection) => eraseDelivered(connection));
  const nothing = { records: 0, checkpoints: 0, answers: 0, erasures: 0 };

  it.each([1, 2, 1_000])('says its erasures again, whatever was said since, in batches of %i', async (batch) => {
    const [directory, lastNight] = [temporaryFolder(), temporaryFolder()];
    const before = await stationIn(directory, 7);
    const { id } = before.station;
    before.erase('2026-11-28T09:00:00Z', 7);
    await before.deliver();
    before.store.close();
    cpSync(directory, lastNight, { recursive: true });
    const lost = await stationIn(directory);
    lost.erase('2026-11-28T10:00:00Z', 1, 2, 3);
    expect(await lost.deliver()).toEqual({ ...nothing, erasures: 3 });
    expect(await erasing()).toMatchObject({ records: 3, unproved: [] });
    lost.store.close();

    const restored = await stationIn(lastNight);
    expect(await restored.deliver(batch)).toEqual(nothing);
    restored.erase('2026-11-29T10:00:00Z', 5, 2, 1);
    expect(await restored.deliver(batch)).toEqual({ ...nothing, erasures: 3 });
    expect(await restored.deliver(batch)).toEqual(nothing);
    // What headquarters emptied for the first notice stays so; the new one is emptied once.
    expect(await erasing()).toEqual({ records: 1, answers: 0, unproved: [] });
    expect(await erasing()).toEqual({ records: 0, answers: 0, unproved: [] });
    expect(await readable(id)).toEqual(['4', '6']);
    restored.erase('2026-11-29T11:00:00Z', 3, 4, 6);
    restored.records.append(caseFacts('case-8'), '0.1.0');
    expect(await restored.deliver(batch)).toMatchObject({ records: 1, erasures: 3 });
    expect(await erasing()).toMatchObject({ records: 2, unproved: [] });
    expect(await readable(id)).toEqual(['8']);
    expect(restored.outbox.delivered('erasures')).toMatchObject(restored.outbox.newest('erasures'));
  });

  it('says them again by a file, of which an older one changes nothing', async () => {
    const [directory, lastNight] = [temporaryFolder(), temporaryFolder()];
    const before = await stationIn(directory, 5);
    const { id } = before.station;
    before.erase('2026-11-28T09:00:00Z', 5);
    await before.byFile();
    before.store.close();
    cpSync(directory, lastNight, { recursive: true });
    const lost = await stationIn(directory);
    lost.erase('2026-11-28T10:00:00Z', 1, 2);
    const { bytes: older } = await lost.byFile();
    lost.store.close();

    const restored = await stationIn(lastNight);
    expect((await restored.byFile()).added).toEqual(nothing);
    restored.erase('2026-11-29T10:00:00Z', 2);
    expect((await restored.byFile()).added).toEqual({ ...nothing, erasures: 1 });
    restored.erase('2026-11-29T11:00:00Z', 3, 4);
    const mark = async () =>
      (await rowsOf(`SELECT erasures, erasures_digest FROM styrk.stations WHERE station = '${id}'`))[0];
    expect((await restored.byFile()).added).toEqual({ ...nothing, erasures: 2 });
    const reached = await mark();
    const again = await asAdministrator(postgres, (connection) =>
      takeDeliveryFile(connection, older, { issuingKey: issuing.secretKey, at }),
    );
    expect(again.added).toEqual(nothing);
    expect(await mark()).toEqual(reached);
    expect(await erasing()).toMatchObject({ records: 4, unproved: [] });
    expect(await readable(id)).toEqual([]);
    expect(restored.outbox.delivered('erasures')).toMatchObject(restored.outbox.newest('erasures'));
  });

  it('passes for the right one in no other part, and takes no word of others for its own', async () => {
    const [directory, lastNight] = [temporaryFolder(), temporaryFolder()];
    const before = await stationIn(directory, 3);
    await before.deliver();
    before.store.close();
    cpSync(directory, lastNight, { recursive: true });
    const lost = await stationIn(directory);
    lost.records.append(caseFacts('case-4'), '0.1.0');
    lost.erase('2026-11-28T10:00:00Z', 1);
    await lost.deliver();
    const { id } = lost.station;
    lost.store.close();
    const older = await stationIn(lastNight);
    older.erase('2026-11-28T11:00:00Z', 2);
    await expect(older.deliver()).rejects.toMatchObject({ code: 'fleet.mark-ahead', fields: { part: 'records' } });
    older.records.append(caseFacts('another-4'), '0.1.0');
    await expect(older.deliver()).rejects.toMatchObject({ code: 'fleet.other-history', fields: { part: 'records' } });
    expect(await rowsOf(`SELECT record FROM styrk.erasures WHERE station = '${id}'`)).toEqual([{ record: '1' }]);

    // Whoever has the certificate alone says things under its numbers: its own are said all the same.
    const again = await stationIn(directory);
    await rowsOf(
      `INSERT INTO styrk.erasures (station, number, digest, record, content, signature)
       VALUES ('${id}', 2, repeat('a', 64), 2, 'x', ''), ('${id}', 3, repeat('b', 64), 3, 'x', '')`,
    );
    await rowsOf(`UPDATE styrk.stations SET erasures = 3, erasures_digest = repeat('b', 64) WHERE station = '${id}'`);
    again.erase('2026-11-28T12:00:00Z', 2);
    expect(await again.deliver()).toEqual({ ...nothing, erasures: 1 });
    expect(await erasing()).toMatchObject({ records: 2, unproved: [{ number: 2 }, { number: 3 }] });
    expect(await readable(id)).toEqual(['3', '4']);
    // The place of its own notice with other content in it: it is told, and nothing is sent over it.
    await rowsOf(`UPDATE styrk.erasures SET content = 'x' WHERE station = '${id}' AND number = 1`);
    await rowsOf(`UPDATE styrk.stations SET erasures = 0, erasures_digest = '' WHERE station = '${id}'`);
    await expect(again.deliver()).rejects.toMatchObject({ code: 'fleet.other-history', fields: { part: 'erasures' } });
  });
});
