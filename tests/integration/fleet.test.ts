import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Connection, openConnection } from '../../main/fleet/connection.ts';
import { deliverAll } from '../../main/fleet/deliver.ts';
import { eraseDelivered } from '../../main/fleet/erase-delivered.ts';
import { readDelivered } from '../../main/fleet/read-delivered.ts';
import { enrolStation, migrateHeadquarters, newestSchema } from '../../main/fleet/schema/migrate.ts';
import { Failure } from '../../main/result/failure.ts';
import { around, asAdministrator, enrolled, fleetSetTo, headquartersOf, heldOf } from '../support/fleet-stations.ts';
import { deliverInStorm } from '../support/fleet-storm.ts';
import { administratorOf, postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { fleetStorm, soakTimeout } from '../support/soak-numbers.ts';
import { caseFacts } from '../unit/records/case-facts.ts';
import { random, temporaryFolder, today, unlockedIn } from '../unit/store/support.ts';

const at = '2026-11-28T09:00:00Z';
const clock = { now: () => at, today: () => today };

const codeOf = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act();
    return 'none';
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.code;
    throw thrown;
  }
};

/** Why a connection does not come about. */
const reasonOf = async (address: Parameters<typeof openConnection>[0]): Promise<unknown> =>
  openConnection(address, around).then(
    () => null,
    (thrown) => (thrown instanceof Failure ? thrown.fields.reason : thrown),
  );

// Debian's server, where it is installed (tools/setup): elsewhere this is skipped, and the run says so.
describe.skipIf(postgresPrograms === null)('headquarters in a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let sealing: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
  beforeAll(async () => {
    postgres = await startPostgres();
    sealing = await headquartersOf(postgres);
  }, 120_000);
  afterAll(() => postgres.close());

  async function station(records: number, directory = temporaryFolder()) {
    const store = await unlockedIn(directory);
    for (let number = 1; number <= records; number++) store.records.append(caseFacts(`case-${number}`), '0.1.0');
    const address = await enrolled(postgres, store);
    const { outbox, station } = store;
    const ground = { outbox, station, sealingKey: sealing.publicKey, random, now: () => at };
    const deliver = async () => {
      await using connection = await openConnection(address, around);
      return await deliverAll(connection, ground);
    };
    return { ...store, directory, address, ground, deliver };
  }
  type Station = Awaited<ReturnType<typeof station>>;

  /** Sets headquarters as two administrators do. */
  const set = (one: Station, port = postgres.port) => {
    const { identity } = one.address;
    return fleetSetTo(postgres, one, { identity, sealingKey: sealing.publicKey, clock, port });
  };
  const delivering = { signal: new AbortController().signal };

  const own = (store: Station): readonly string[] =>
    store.records
      .list({ limit: 100_000 })
      .map(({ number, hash }) => `${number} ${hash}`)
      .reverse();

  it('takes every record once and in order, and its owner alone reads them', async () => {
    const one = await station(250);
    expect(await one.deliver()).toEqual({ records: 250, checkpoints: 1, answers: 0, erasures: 0 });
    expect(await one.deliver()).toEqual({ records: 0, checkpoints: 0, answers: 0, erasures: 0 });
    expect(one.outbox.delivered('records')).toEqual({ ...one.outbox.newest('records'), at });
    expect(await heldOf(postgres, one.station.id)).toEqual(own(one));
    const place = { station: one.station.id, number: 7 };
    await asAdministrator(postgres, async (connection) => {
      const { content } = await readDelivered(connection, place, sealing.secretKey);
      expect(content).toEqual(one.records.get('case-7').content);
      expect(await codeOf(() => readDelivered(connection, place, random(32)))).toBe('record.signature-wrong');
      // What a server swaps does not open in another's place.
      await connection.ask(
        'UPDATE styrk.records r SET key_seal = o.key_seal FROM styrk.records o WHERE r.station = o.station AND r.number = 7 AND o.number = 8',
      );
      expect(await codeOf(() => readDelivered(connection, place, sealing.secretKey))).toBe('record.seal-broken');
      await connection.ask("UPDATE styrk.records SET id = 'case-x' WHERE number = 9");
      expect(await codeOf(() => readDelivered(connection, { ...place, number: 9 }, sealing.secretKey))).toBe(
        'record.hash-wrong',
      );
    });
  });

  it('is made of numbered steps, each once; a newer one is told', async () => {
    await asAdministrator(postgres, async (connection) => {
      expect(await migrateHeadquarters(connection)).toEqual({ before: newestSchema, after: newestSchema });
    });
    const one = await station(1);
    const fleet = set(one);
    await asAdministrator(postgres, (connection) =>
      connection.ask('INSERT INTO styrk.migrations (number) VALUES (99)'),
    );
    expect(await codeOf(() => fleet.deliver(delivering))).toBe('fleet.schema-newer');
    await asAdministrator(postgres, (connection) => connection.ask('DELETE FROM styrk.migrations WHERE number > 0'));
    expect(await codeOf(() => fleet.deliver(delivering))).toBe('fleet.schema-older');
    expect(fleet.report()?.last).toMatchObject({ code: 'fleet.schema-older', failingSince: at });
    await asAdministrator(postgres, (connection) =>
      connection.ask(`INSERT INTO styrk.migrations (number) VALUES (${newestSchema})`),
    );
    expect(await fleet.deliver(delivering)).toMatchObject({ records: 1 });
    expect(fleet.report()?.last).toMatchObject({ code: null, failingSince: null });
  });

  const refused = 'service.refused 42501';
  /** What the database answers a station that asks it so: the first count, or the refusal. */
  const tried = async (who: Station, sql: string): Promise<number | string> => {
    await using connection = await openConnection(who.address, around);
    try {
      const { rows, count } = await connection.ask(sql);
      return rows.length > 0 ? Number((rows[0] as { count?: string }).count ?? rows.length) : count;
    } catch (thrown) {
      return thrown instanceof Failure ? `${thrown.code} ${thrown.fields.reason}` : 'thrown';
    }
  };
  const insertAs = (who: string): string =>
    `INSERT INTO styrk.records (station, number, id, written_at, wrapped_key, sealed, sealed_hash, commitment, previous_hash, hash, signature, ephemeral, ephemeral_signature)
       VALUES ('${who}', 99999, 'x', 'x', '', '', '', '', '', '', '', '', '')`;
  /** Tries as SQL to read and write another's rows. */
  const neitherReadsNorWrites = async (one: Station, other: Station): Promise<void> => {
    const [mine, theirs] = [one.station.id, other.station.id];
    for (const table of ['records', 'checkpoints', 'answers', 'erasures', 'stations']) {
      expect(await tried(one, `SELECT count(*) FROM styrk.${table} WHERE station = '${theirs}'`), table).toBe(0);
      for (const whose of [theirs, mine])
        expect(await tried(one, `DELETE FROM styrk.${table} WHERE station = '${whose}'`), table).toBe(refused);
    }
    expect(await tried(one, insertAs(theirs))).toBe(refused);
    // A row of its own takes no other's place: whose it is cannot be told by the conflict either.
    expect(await tried(one, `${insertAs(theirs)} ON CONFLICT DO NOTHING`)).toBe(refused);
    expect(await tried(one, `${insertAs(theirs)} ON CONFLICT (station, number) DO UPDATE SET hash = 'x'`)).toBe(
      refused,
    );
    expect(await tried(one, `UPDATE styrk.records SET hash = 'x' WHERE station = '${theirs}'`)).toBe(refused);
    expect(await tried(one, `UPDATE styrk.stations SET records = 0 WHERE station = '${theirs}'`)).toBe(0);
    expect(await tried(one, `SELECT 1 FROM styrk.stations WHERE station = '${theirs}' FOR UPDATE`)).toBe(0);
    expect(await tried(one, `UPDATE styrk.stations SET station = '${theirs}' WHERE station = '${mine}'`)).toBe(refused);
    expect(await tried(one, `SET ROLE "styrk-${theirs}"`)).toBe(refused);
  };

  it('shows a station its own rows alone, and lets it do nothing but add to them', async () => {
    const [one, other] = [await station(2), await station(3)];
    await one.deliver();
    await other.deliver();
    await neitherReadsNorWrites(one, other);
    const mine = one.station.id;
    const asOne = (sql: string) => tried(one, sql);
    expect(await asOne('SELECT count(*) FROM styrk.records')).toBe(2);
    expect(await asOne(`UPDATE styrk.records SET hash = 'x' WHERE station = '${mine}'`)).toBe(refused);
    // When it came is headquarters' word, and nobody else waits for what a station locks.
    for (const [table, columns] of [
      [
        'records',
        insertAs(mine)
          .replace('ephemeral_signature)', 'ephemeral_signature, received_at)')
          .replace(/\)$/, ", '2020-01-01')"),
      ],
      [
        'checkpoints',
        `INSERT INTO styrk.checkpoints (station, number, digest, content, received_at) VALUES ('${mine}', 9, 'x', 'x', '2020-01-01')`,
      ],
      [
        'answers',
        `INSERT INTO styrk.answers (station, number, digest, sealed, ephemeral, ephemeral_signature, received_at) VALUES ('${mine}', 9, 'x', '', '', '', '2020-01-01')`,
      ],
      [
        'erasures',
        `INSERT INTO styrk.erasures (station, number, digest, record, content, signature, erased_at) VALUES ('${mine}', 9, 'x', 1, 'x', '', '2020-01-01')`,
      ],
    ] as const) {
      expect(await asOne(columns), table).toBe(refused);
      expect(await asOne(`BEGIN; LOCK TABLE styrk.${table} IN SHARE MODE`), table).toBe(refused);
    }
    expect(await asOne('BEGIN; LOCK TABLE styrk.stations IN ACCESS EXCLUSIVE MODE')).toBe(refused);
    expect(await asOne(`UPDATE styrk.stations SET public_key = '' WHERE station = '${mine}'`)).toBe(refused);
    expect(await asOne(`INSERT INTO styrk.stations (station, public_key) VALUES ('station-00', '')`)).toBe(refused);
    expect(await asOne(`INSERT INTO styrk.issues (kind, number, content) VALUES ('trust', 1, '')`)).toBe(refused);
    expect(await asOne('SELECT * FROM styrk.audit_records')).toBe(refused);
    expect(await asOne('SET ROLE styrk_station; SELECT count(*) FROM styrk.records')).toBe(0);
    expect(await asOne('SET row_security = off; SELECT count(*) FROM styrk.records')).toBe(refused);
    expect(await asOne('TRUNCATE styrk.records')).toBe(refused);
    expect(await asOne('DROP TABLE styrk.records')).toBe(refused);
    expect(await asOne('CREATE TABLE styrk.mine (a int)')).toBe(refused);
    expect(await asOne(`COPY styrk.records TO PROGRAM 'true'`)).toBe(refused);
    // As somebody else it does not come in at all: the certificate names it.
    expect(await codeOf(() => openConnection({ ...one.address, user: other.address.user }, around))).toBe(
      'service.refused',
    );
    const stranger = { kind: 'pem', ...postgres.clientOf('headquarters', {}), passphrase: null } as const;
    expect(await codeOf(() => openConnection({ ...one.address, identity: stranger }, around))).toBe('service.refused');
  });

  it('shows auditors what follows what, and nothing that is sealed', async () => {
    const one = await station(3);
    await one.deliver();
    await asAdministrator(postgres, async (connection) => {
      await connection.ask('CREATE ROLE auditor LOGIN IN ROLE styrk_auditor');
      await connection.ask(
        `UPDATE styrk.records SET hash = repeat('a', 64) WHERE station = '${one.station.id}' AND number = 2`,
      );
    });
    const address = {
      ...one.address,
      user: 'auditor',
      identity: { kind: 'pem', ...postgres.clientOf('auditor'), passphrase: null } as const,
    };
    const asAuditor = async (sql: string) => {
      await using connection = await openConnection(address, around);
      return (await connection.ask(sql)).rows;
    };
    const chain = `SELECT number, follows, in_order, readable FROM styrk.audit_records WHERE station = '${one.station.id}' ORDER BY number`;
    expect(await asAuditor(chain)).toEqual([
      { number: '1', follows: true, in_order: true, readable: true },
      { number: '2', follows: true, in_order: true, readable: true },
      { number: '3', follows: false, in_order: true, readable: true },
    ]);
    const sums = `SELECT records, records_held, checkpoints_held FROM styrk.audit_stations WHERE station = '${one.station.id}'`;
    expect(await asAuditor(sums)).toEqual([{ records: '3', records_held: '3', checkpoints_held: '1' }]);
    for (const sql of [
      'SELECT content FROM styrk.erasures',
      'SELECT sealed FROM styrk.records',
      'SELECT * FROM styrk.answers',
      "UPDATE styrk.stations SET station = 'x'",
    ])
      expect(await codeOf(() => asAuditor(sql)), sql).toBe('service.refused');
  });

  it('is told what a station erased, once and in order, and empties it on that word alone', async () => {
    const one = await station(5);
    const fleet = set(one);
    const { acts, retention, receivedOrders } = one;
    const { order } = receivedOrders.take('order', {}, at);
    receivedOrders.noteRecord(order.number, 'case-2');
    receivedOrders.answer(order.number, 'an answer of the second case');
    await fleet.deliver(delivering);
    const { id } = one.station;
    const erase = (numbers: string, ...each: readonly number[]): void => {
      const detail = { records: numbers, keep: 'reference', years: 5, on: '2026-11-28', event: null, eventOn: null };
      acts.record({ kind: 'record.erase', at, signs: [], reason: '', detail }, () => each.forEach(retention.erase));
    };
    erase('2,4', 2, 4);
    expect(await fleet.deliver(delivering)).toEqual({ records: 0, checkpoints: 0, answers: 0, erasures: 2 });
    expect(await fleet.deliver(delivering)).toEqual({ records: 0, checkpoints: 0, answers: 0, erasures: 0 });
    const held = (connection: Connection) =>
      connection.ask(
        `SELECT number, readable, bytes > 0 AS kept, erasure, follows FROM styrk.audit_records WHERE station = '${id}' ORDER BY number`,
      );
    const row = (number: number, there: boolean, erasure: string | null) => ({
      ...{ number: String(number), readable: there, kept: there, erasure, follows: true },
    });
    await asAdministrator(postgres, async (connection) => {
      expect((await held(connection)).rows).toEqual([
        ...[row(1, true, null), row(2, true, 'due'), row(3, true, null), row(4, true, 'due'), row(5, true, null)],
      ]);
      // Whoever has the station's certificate alone, or the database, takes no record away by a notice.
      await connection.ask(
        `INSERT INTO styrk.erasures (station, number, digest, record, content, signature)
         SELECT station, number + 10, digest, 5, content, signature FROM styrk.erasures WHERE station = '${id}'`,
      );
      expect(await eraseDelivered(connection)).toEqual({
        records: 2,
        answers: 1,
        unproved: [
          { station: id, number: 11 },
          { station: id, number: 12 },
        ],
      });
      await connection.ask(`DELETE FROM styrk.erasures WHERE station = '${id}' AND number > 10`);
      expect((await held(connection)).rows).toEqual([
        ...[row(1, true, null), row(2, false, 'done'), row(3, true, null), row(4, false, 'done'), row(5, true, null)],
      ]);
      expect(await eraseDelivered(connection)).toEqual({ records: 0, answers: 0, unproved: [] });
      const read = (number: number) =>
        codeOf(() => readDelivered(connection, { station: id, number }, sealing.secretKey));
      expect(await read(1)).toBe('none');
      expect(await read(2)).toBe('record.erased');
      await connection.ask(
        `UPDATE styrk.records SET sealed = '', wrapped_key = '', key_seal = NULL WHERE station = '${id}' AND number = 3`,
      );
      expect(await read(3)).toBe('record.seal-broken');
    });
    // What was never delivered goes as its place and hash, and its notice after it.
    one.records.append(caseFacts('case-6'), '0.1.0');
    erase('6', 6);
    expect(await fleet.deliver(delivering)).toMatchObject({ records: 1, erasures: 1 });
    expect(await heldOf(postgres, id)).toEqual(own(one));
  });

  describe('headquarters that is wrong, slow or away: a code, and nothing lost or twice', () => {
    const lies = [
      [
        'claims more than there is',
        (id: string) => `UPDATE styrk.stations SET records = 9 WHERE station = '${id}'`,
        'fleet.mark-ahead',
      ],
      [
        'holds another record there',
        (id: string) => `UPDATE styrk.stations SET records_digest = repeat('b', 64) WHERE station = '${id}'`,
        'fleet.other-history',
      ],
      [
        'has rows of another history',
        (id: string) =>
          `UPDATE styrk.records SET signature = '\\x00' WHERE station = '${id}' AND number = 2; UPDATE styrk.stations SET records = 1, records_digest = (SELECT hash FROM styrk.records WHERE station = '${id}' AND number = 1) WHERE station = '${id}'`,
        'fleet.other-history',
      ],
      [
        'does not know the station',
        (id: string) =>
          `DELETE FROM styrk.records WHERE station = '${id}'; DELETE FROM styrk.checkpoints WHERE station = '${id}'; DELETE FROM styrk.stations WHERE station = '${id}'`,
        'fleet.not-enrolled',
      ],
      ['is out of connections', (id: string) => `ALTER ROLE "styrk-${id}" CONNECTION LIMIT 0`, 'service.broken'],
      ['took the right back', (id: string) => `ALTER ROLE "styrk-${id}" NOLOGIN`, 'service.refused'],
    ] as const;
    it.each(lies)('%s', async (_, sql, code) => {
      const one = await station(3);
      const fleet = set(one);
      await fleet.deliver(delivering);
      await asAdministrator(postgres, (connection) => connection.ask(sql(one.station.id)));
      one.records.append(caseFacts('case-later'), '0.1.0');
      const before = await heldOf(postgres, one.station.id);
      expect(await codeOf(() => fleet.deliver(delivering))).toBe(code);
      expect(fleet.report()?.last?.code).toBe(code);
      expect(await heldOf(postgres, one.station.id)).toEqual(before);
      // The case goes on.
      expect(one.records.append(caseFacts('case-after'), '0.1.0').number).toBe(5);
    });

    it('was put back: what it lacks is delivered again, and told', async () => {
      const one = await station(6);
      const fleet = set(one);
      await fleet.deliver(delivering);
      const id = one.station.id;
      await asAdministrator(postgres, (connection) =>
        connection.ask(
          `DELETE FROM styrk.records WHERE station = '${id}' AND number > 2; UPDATE styrk.stations SET records = 2, records_digest = (SELECT hash FROM styrk.records WHERE station = '${id}' AND number = 2) WHERE station = '${id}'`,
        ),
      );
      expect(await fleet.deliver(delivering)).toMatchObject({ records: 4 });
      expect(await heldOf(postgres, id)).toEqual(own(one));
      expect(fleet.report()?.last).toMatchObject({ code: null, wentBack: 4, wentBackAt: at });
    });

    it('lacks a row that its mark says it has: who reads it is told so', async () => {
      const one = await station(3);
      await one.deliver();
      const read = (number: number, station = one.station.id) =>
        codeOf(() =>
          asAdministrator(postgres, (connection) => readDelivered(connection, { station, number }, sealing.secretKey)),
        );
      await asAdministrator(postgres, (connection) =>
        connection.ask('DELETE FROM styrk.records WHERE station = $1 AND number = 2', [one.station.id]),
      );
      expect([await read(2), await read(3), await read(4)]).toEqual(['fleet.row-gone', 'none', 'record.not-found']);
      expect(await read(1, `station-${'0'.repeat(16)}`)).toBe('fleet.not-enrolled');
    });

    it('has the rows, and its mark alone was put back: nothing twice', async () => {
      const one = await station(6);
      const fleet = set(one);
      await fleet.deliver(delivering);
      const back = `UPDATE styrk.stations SET records = 0, records_digest = '' WHERE station = '${one.station.id}'`;
      await asAdministrator(postgres, (connection) => connection.ask(back));
      expect(await fleet.deliver(delivering)).toMatchObject({ records: 0 });
      expect(await heldOf(postgres, one.station.id)).toEqual(own(one));
    });

    it('never answers, speaks no TLS, or is not there', async () => {
      const one = await station(1);
      const listening = async (first: string | null): Promise<number> => {
        const server = createServer((socket) => {
          socket.on('error', () => undefined);
          if (first !== null) socket.once('data', () => socket.write(first));
        });
        await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
        onTestFinished(() => void server.close());
        return (server.address() as { port: number }).port;
      };
      const open = (port: number, limit?: 'at once') =>
        codeOf(() =>
          openConnection(
            { ...one.address, port },
            limit === undefined ? around : { after: (_, act) => around.after(0, act) },
          ),
        );
      expect(await open(await listening(null), 'at once')).toBe('service.too-slow');
      expect(await open(await listening('N'))).toBe('service.not-trusted');
      expect(await open(await listening('HTTP'))).toBe('service.not-trusted');
      expect(await open(1)).toBe('service.unreachable');
    });

    it('has an authority that is not known, or the station a certificate that ran out', async () => {
      const one = await station(1);
      expect(await codeOf(() => openConnection({ ...one.address, authority: null }, around))).toBe(
        'service.not-trusted',
      );
      const past = { notBefore: '200101', notAfter: '210101' };
      const old = { kind: 'pem', ...postgres.clientOf(one.address.user, past), passphrase: null } as const;
      expect(await codeOf(() => openConnection({ ...one.address, identity: old }, around))).toBe('service.refused');
      expect(await reasonOf({ ...one.address, identity: old })).toBe('certificate_expired');
    });

    it('asks for a password where none is set, or has no such database: told as what it is, not as an outage', async () => {
      const asking = await startPostgres({ hba: 'local all all scram-sha-256\n' });
      onTestFinished(() => asking.close());
      const address = administratorOf(asking);
      expect(await codeOf(() => openConnection(address, around))).toBe('service.refused');
      expect(await reasonOf(address)).toBe('asks for a password, and none is set: pg_hba.conf');
      const other = { ...administratorOf(postgres), database: 'other' };
      expect(await codeOf(() => openConnection(other, around))).toBe('fleet.no-database');
    });

    it('ends in the midst: the question fails, and the next connection goes on', async () => {
      const one = await station(5);
      const fleet = set(one);
      await using connection = await openConnection(one.address, around);
      await connection.ask('BEGIN');
      await postgres.crash();
      expect(await codeOf(() => connection.ask('SELECT 1'))).toBe('service.broken');
      expect(await fleet.deliver(delivering)).toMatchObject({ records: 5 });
    });

    it('is stopped in order, fails over to a standby, and is promoted: a code each time, and nothing lost', async () => {
      const one = await station(5);
      const fleet = set(one);
      await postgres.stop();
      expect(await codeOf(() => fleet.deliver(delivering))).toBe('service.unreachable');
      await postgres.start();
      await using connection = await openConnection(one.address, around);
      await connection.ask('BEGIN');
      await postgres.failOver();
      expect(await codeOf(() => connection.ask('SELECT 1'))).toBe('service.broken');
      expect(await codeOf(() => fleet.deliver(delivering))).toBe('fleet.read-only');
      expect(fleet.report()?.last).toMatchObject({ code: 'fleet.read-only' });
      postgres.promote();
      expect(await fleet.deliver(delivering)).toMatchObject({ records: 5 });
      expect(await heldOf(postgres, one.station.id)).toEqual(own(one));
    });

    it('has no connection left', async () => {
      const one = await station(1);
      const fleet = set(one);
      const limited = (most: number) =>
        asAdministrator(postgres, (connection) =>
          connection.ask(`ALTER ROLE "${one.address.user}" CONNECTION LIMIT ${most}`),
        );
      await limited(0);
      expect(await codeOf(() => fleet.deliver(delivering))).toBe('service.broken');
      await limited(-1);
      expect(await fleet.deliver(delivering)).toMatchObject({ records: 1 });
    });

    it('is slow, or busy with the same station elsewhere: it is not waited for', async () => {
      const one = await station(1);
      const limits = { connectMillis: 60_000, statementMillis: 100, answerBytes: 50_000 };
      const slow = await openConnection(one.address, { ...around, limits });
      expect(await codeOf(() => slow.ask('SELECT pg_sleep(600)'))).toBe('service.too-slow');
      await asAdministrator(postgres, async (other) => {
        await other.ask('BEGIN');
        await other.ask('SELECT * FROM styrk.stations WHERE station = $1 FOR UPDATE', [one.station.id]);
        const held = await openConnection(one.address, { ...around, limits });
        expect(await codeOf(() => deliverAll(held, one.ground))).toBe('service.too-slow');
        await other.ask('COMMIT');
      });
      expect(await one.deliver()).toMatchObject({ records: 1 });
    });

    it('has a certificate that ran out', async () => {
      const past = await startPostgres({ certificate: { notBefore: '200101', notAfter: '210101' } });
      onTestFinished(() => past.close());
      await headquartersOf(past);
      const one = await unlockedIn(temporaryFolder());
      const address = await enrolled(past, one);
      expect(await codeOf(() => openConnection(address, around))).toBe('service.not-trusted');
    });

    it('answers with more than was asked for: it is cut off', async () => {
      await using connection = await openConnection(administratorOf(postgres), {
        ...around,
        limits: { connectMillis: 10_000, statementMillis: 10_000, answerBytes: 50_000 },
      });
      expect(await codeOf(() => connection.ask("SELECT repeat('x', 1000000) AS much"))).toBe(
        'service.answer-too-large',
      );
    });

    it('gives one identity to two machines: the second is told', async () => {
      const one = await station(2);
      const { id } = one.station;
      const enrol = (publicKey: Uint8Array) =>
        codeOf(() => asAdministrator(postgres, (connection) => enrolStation(connection, { id, publicKey })));
      expect(await enrol(one.station.publicKey)).toBe('none');
      expect(await enrol(random(32))).toBe('fleet.other-key');
    });
  });

  it(
    'has each record once and in order through cut connections, kills on both sides and restarts',
    async () => {
      const { records, ...storm } = fleetStorm;
      const stations: Station[] = [];
      for (let each = 0; each < 3; each++) stations.push(await station(Math.ceil(records / 3)));
      const chains = stations.map(own);
      const folders = stations.map(({ directory }) => directory);
      const begun = performance.now();
      const happened = await deliverInStorm(postgres, folders, { ...storm, bytes: records * 1_500 }, async (port) => {
        for (const one of stations) set(one, port);
      });
      const { cuts, stationKills, serverKills, restarts } = storm;
      expect(happened).toEqual({ cuts, stationKills, serverKills, restarts });
      for (const [index, one] of stations.entries()) {
        const { id } = one.station;
        expect(await heldOf(postgres, id)).toEqual(chains[index]);
        expect(one.store.deliveries()).toMatchObject({ waitingSince: null, last: { code: null, wentBack: null } });
        await asAdministrator(postgres, async (connection) => {
          // In order as they came, too: no record was there before the one that it follows.
          const { rows } = await connection.ask(
            `SELECT count(*) AS all, count(*) FILTER (WHERE follows AND in_order AND readable) AS whole, count(*) FILTER (WHERE came_back) AS back
               FROM (SELECT *, received_at < lag(received_at) OVER (ORDER BY number) AS came_back FROM styrk.audit_records WHERE station = $1) AS each`,
            [id],
          );
          const count = String(chains[index]?.length);
          expect(rows).toEqual([{ all: count, whole: count, back: '0' }]);
          for (const number of [1, Math.ceil(Number(count) / 2), Number(count)])
            expect((await readDelivered(connection, { station: id, number }, sealing.secretKey)).content).toEqual(
              one.records.get(`case-${number}`).content,
            );
        });
        await neitherReadsNorWrites(one, stations[(index + 1) % stations.length] as Station);
      }
      const sums = `${chains.flat().length} records, ${JSON.stringify(happened)}`;
      process.stdout.write(`storm: ${sums}, ${Math.round((performance.now() - begun) / 1000)} s\n`);
    },
    soakTimeout,
  );
});
