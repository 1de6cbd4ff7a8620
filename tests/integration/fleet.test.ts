import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection } from '../../main/fleet/connection.ts';
import { deliverAll } from '../../main/fleet/deliver.ts';
import { isHeadOf, openSealed } from '../../main/fleet/sealed-for-headquarters.ts';
import { openRecordWith } from '../../main/records/seal-record.ts';
import { around, enrolled, headquartersOf, heldOf } from '../support/fleet-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { caseFacts } from '../unit/records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../unit/store/support.ts';

describe.skipIf(postgresPrograms === null)('headquarters in a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let sealing: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  beforeAll(async () => {
    postgres = await startPostgres();
    sealing = await headquartersOf(postgres);
  });
  afterAll(() => postgres.close());

  async function station(records: number) {
    const store = await unlockedIn(temporaryFolder());
    for (let number = 1; number <= records; number++) store.records.append(caseFacts(`case-${number}`), '0.1.0');
    const address = await enrolled(postgres, store);
    const { outbox, station } = store;
    const ground = { outbox, station, sealingKey: sealing.publicKey, random, now: () => '2026-11-28T09:00:00Z' };
    return { ...store, address, ground };
  }

  it('takes every record once and in order, and reads what was sealed for it', async () => {
    const { address, ground, station: who, outbox, records } = await station(250);
    await using connection = await openConnection(address, around);
    expect(await deliverAll(connection, ground)).toEqual({ records: 250, checkpoints: 1, answers: 0 });
    expect(await deliverAll(connection, ground)).toEqual({ records: 0, checkpoints: 0, answers: 0 });
    const newest = outbox.newest('records');
    expect(newest.number).toBe(250);
    expect(outbox.delivered('records')).toEqual({ ...newest, at: '2026-11-28T09:00:00Z' });
    const held = await heldOf(postgres, who.id);
    expect(held.length).toBe(250);
    expect(held.at(-1)).toBe(`250 ${newest.digest}`);
    const { rows } = await connection.ask('SELECT * FROM styrk.records WHERE number = 7');
    const row = rows[0] as Record<string, Uint8Array> & { hash: string; id: string; commitment: string };
    const head = { ephemeral: row.ephemeral ?? random(0), signature: row.ephemeral_signature ?? random(0) };
    expect(isHeadOf(who, sealing.publicKey, head)).toBe(true);
    const place = { part: 'records', station: who.id, number: 7, digest: row.hash } as const;
    const key = openSealed(sealing.secretKey, head, place, row.key_seal ?? random(0)) ?? random(0);
    const entry = {
      number: 7,
      id: row.id,
      stationId: who.id,
      sealed: row.sealed ?? random(0),
      commitment: row.commitment,
    };
    expect(openRecordWith(key, entry)).toEqual(records.get('case-7').content);
    expect(openSealed(sealing.secretKey, head, { ...place, number: 8 }, row.key_seal ?? random(0))).toBeNull();
  });
});
