import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openConnection } from '../../main/fleet/connection.ts';
import { deliverAll } from '../../main/fleet/deliver.ts';
import { cuttingProxy } from '../support/cutting-proxy.ts';
import { around, asAdministrator, enrolled, fleetSetTo, headquartersOf, heldOf } from '../support/fleet-stations.ts';
import { fromOutside } from '../support/from-outside.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { rejection } from '../support/rejection.ts';
import { caseFacts } from '../unit/records/case-facts.ts';
import { random, temporaryFolder, today, unlockedIn } from '../unit/store/support.ts';

/*
 * Ways to make a station's outbox lose, double or reorder what it delivers: answers that are never heard, a line that died without
 * a word, several that deliver for one station at once, copies of its folder, and what somebody wrote into its file.
 */

const at = '2026-11-28T09:00:00Z';

describe.skipIf(postgresPrograms === null)('a delivery that is broken off, doubled or told of another history', () => {
  let postgres: TestPostgres;
  let sealingKey: Uint8Array;
  beforeAll(async () => {
    postgres = await startPostgres();
    sealingKey = (await headquartersOf(postgres)).publicKey;
  }, 120_000);
  afterAll(() => postgres.close());

  async function station(records: number, directory = temporaryFolder()) {
    const opened = await unlockedIn(directory);
    const address = await enrolled(postgres, opened);
    const { outbox, station: who } = opened;
    const keep = (from: number, to: number, mark = ''): void => {
      for (let number = from; number <= to; number++)
        opened.records.append(caseFacts(`case-${number}${mark}`), '0.1.0');
    };
    keep(1, records);
    return {
      ...opened,
      directory,
      address,
      keep,
      deliver: async (port = postgres.port) => {
        await using connection = await openConnection({ ...address, port }, around);
        return await deliverAll(connection, { outbox, station: who, sealingKey, random, now: () => at });
      },
      chain: () =>
        opened.records
          .list({ limit: 10_000 })
          .map(({ number, hash }) => `${number} ${hash}`)
          .reverse(),
      held: () => heldOf(postgres, who.id),
    };
  }

  const countOf = (table: string, id: string): Promise<number> =>
    asAdministrator(postgres, async (connection) => {
      const { rows } = await connection.ask(`SELECT count(*) FROM styrk.${table} WHERE station = $1`, [id]);
      return Number((rows as { count: string }[])[0]?.count);
    });

  it('each answer of the server in turn is never heard: what was done counts, and nothing is lost or twice', async () => {
    const one = await station(1);
    const { acts, retention, receivedOrders } = one;
    let atAnswer = 0;
    const proxy = await cuttingProxy(postgres.port, {
      nextCut: () => ({ atAnswer }),
      giveBack: () => undefined,
      onBytes: () => undefined,
    });
    onTestFinished(() => proxy.close());
    let [rounds, doneUnheard] = [0, 0];
    // One of each part in each round, until the cut lies behind the last answer.
    for (;;) {
      rounds += 1;
      atAnswer = rounds;
      one.keep(rounds + 1, rounds + 1);
      const { order } = receivedOrders.take(`order-${rounds}`, {}, at);
      receivedOrders.noteRecord(order.number, `case-${rounds + 1}`);
      receivedOrders.answer(order.number, `answer ${rounds}`);
      const detail = {
        records: `${rounds}`,
        keep: 'reference',
        years: 5,
        on: '2026-11-28',
        event: null,
        eventOn: null,
      };
      acts.record({ kind: 'record.erase', at, signs: [], reason: '', detail }, () => retention.erase(rounds));
      const before = await one.held();
      const failure = await rejection(one.deliver(proxy.port));
      const after = await one.held();
      expect(one.chain().slice(0, after.length)).toEqual(after);
      if (failure !== null) expect(failure.code).toMatch(/^service\.(?:broken|unreachable|not-trusted)$/);
      if (failure !== null && after.length > before.length) doneUnheard += 1;
      await one.deliver();
      expect(await one.held()).toEqual(one.chain());
      expect(await countOf('erasures', one.station.id)).toBe(rounds);
      expect(await countOf('answers', one.station.id)).toBe(rounds);
      expect(one.outbox.delivered('records').number).toBe(one.outbox.newest('records').number);
      if (failure === null) break;
    }
    // Four parts, each at least a beginning, a mark, rows, the mark moved, and the end.
    expect(rounds).toBeGreaterThan(20);
    // The last cut, if it came at all, was of the server's farewell.
    expect([rounds - 1, rounds]).toContain(proxy.cut());
    // The end of the first transaction was among what was not heard, and all that follow it.
    expect(doneUnheard).toBeGreaterThan(5);
  });

  it('after a try that failed begins with small transactions, that a line which never lives long brings something too', async () => {
    const transactionsOf = async (isFailing: boolean): Promise<number> => {
      const one = await station(350);
      const { identity, user } = one.address;
      const clock = { now: () => at, today: () => today };
      const fleet = fleetSetTo(postgres, one, { identity, sealingKey, clock });
      const may = (login: 'LOGIN' | 'NOLOGIN') =>
        asAdministrator(postgres, (connection) => connection.ask(`ALTER ROLE "${user}" ${login}`));
      const delivering = { signal: new AbortController().signal };
      if (isFailing) {
        await may('NOLOGIN');
        expect((await rejection(fleet.deliver(delivering)))?.code).toBe('service.refused');
        await may('LOGIN');
      }
      expect(await fleet.deliver(delivering)).toMatchObject({ records: 350 });
      expect(await one.held()).toEqual(one.chain());
      return asAdministrator(postgres, async (connection) => {
        // now() is that of the transaction.
        const { rows } = await connection.ask(
          'SELECT count(DISTINCT received_at) FROM styrk.records WHERE station = $1',
          [one.station.id],
        );
        return Number((rows as { count: string }[])[0]?.count);
      });
    };
    expect(await transactionsOf(false)).toBe(1);
    // A hundred, two hundred, and what is left.
    expect(await transactionsOf(true)).toBe(3);
  });

  it('a line that died in the midst of a transaction holds up nobody for longer than a statement may take', async () => {
    const one = await station(2);
    const limits = { connectMillis: 60_000, statementMillis: 400, answerBytes: 50_000 };
    const dead = await openConnection(one.address, { ...around, limits });
    await dead.ask('BEGIN');
    await dead.ask('SELECT 1 FROM styrk.stations WHERE station = $1 FOR UPDATE', [one.station.id]);
    // Nothing more comes from there, and nobody says that it is gone: the server lets go of what it held.
    expect(await one.deliver()).toMatchObject({ records: 2 });
    expect((await rejection(dead.ask('COMMIT')))?.code).toBe('service.broken');
    expect(await one.held()).toEqual(one.chain());
  });

  it('desk and side door deliver at once: each record once', async () => {
    const one = await station(420);
    const all = await Promise.all([one.deliver(), one.deliver(), one.deliver()]);
    expect(all.reduce((sum, { records }) => sum + records, 0)).toBe(420);
    expect(await one.held()).toEqual(one.chain());
    expect(await countOf('checkpoints', one.station.id)).toBe(1);
  });

  it('copies of the folder: what each tells otherwise than headquarters holds is refused, and changes nothing', async () => {
    const one = await station(3);
    const copyOf = (): string => {
      const directory = join(temporaryFolder(), 'copy');
      cpSync(one.directory, directory, { recursive: true });
      return directory;
    };
    const [older, other, longer] = [copyOf(), copyOf(), copyOf()];
    one.keep(4, 5);
    await one.deliver();
    const held = await one.held();
    const codeOfCopy = async (directory: string, to: number): Promise<string | undefined> => {
      const copy = await station(0, directory);
      expect(copy.station.id).toBe(one.station.id);
      copy.keep(4, to, '-copy');
      const code = (await rejection(copy.deliver()))?.code;
      // Tried again it is the same.
      expect((await rejection(copy.deliver()))?.code).toBe(code);
      copy.store.close();
      return code;
    };
    expect(await codeOfCopy(older, 3)).toBe('fleet.mark-ahead');
    expect(await codeOfCopy(other, 5)).toBe('fleet.other-history');
    expect(await codeOfCopy(longer, 9)).toBe('fleet.other-history');
    expect(await one.held()).toEqual(held);
    one.keep(6, 6);
    expect(await one.deliver()).toMatchObject({ records: 1 });
  });

  it('what somebody wrote into the file: a record taken out is not passed over, and what was delivered is not believed', async () => {
    const one = await station(5);
    one.store.close();
    // As if all had arrived: headquarters' own mark says that nothing has.
    fromOutside(
      join(one.directory, 'styrk.db'),
      "INSERT INTO outbox (part, number, digest, delivered_at) VALUES ('records', 5, 'x', '2026-11-28T09:00:00Z') ON CONFLICT (part) DO UPDATE SET number = 5",
    );
    const again = await station(0, one.directory);
    expect(await again.deliver()).toMatchObject({ records: 5 });
    expect(await again.held()).toEqual(again.chain());
    again.keep(6, 8);
    again.store.close();
    fromOutside(
      join(one.directory, 'styrk.db'),
      'DROP TRIGGER records_are_not_deleted; DELETE FROM records WHERE number = 7',
    );
    const cut = await station(0, one.directory);
    const before = await cut.held();
    expect((await rejection(cut.deliver()))?.code).toBe('fleet.gap');
    expect(await cut.held()).toEqual(before);
  });
});
