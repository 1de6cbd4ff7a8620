import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { clearParcels } from '../../main/fleet/clear-parcels.ts';
import { type Connection, openConnection } from '../../main/fleet/connection.ts';
import { newestSchema } from '../../main/fleet/schema/migrate.ts';
import { travelBook } from '../../main/house/travel/known-stations.ts';
import { canonicalBytes } from '../../main/result/canonical-json.ts';
import { asFailure } from '../../main/result/failure.ts';
import { minutesAfter } from '../../main/result/instant.ts';
import { cuttingProxy } from '../support/cutting-proxy.ts';
import { around, asAdministrator, enrolled, fleetSetTo, headquartersOf } from '../support/fleet-stations.ts';
import { fromOutside } from '../support/from-outside.ts';
import { type ParcelStation, parcelStation, trusts } from '../support/parcel-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { rejection } from '../support/rejection.ts';
import { temporaryFolder, today, unlockedIn } from '../unit/store/support.ts';

/*
 * Referred cases from station to station over headquarters' database (docs/referrals.md): each is decided at one of the two, whatever
 * breaks off, lies, or is taken away on the way.
 */

describe.skipIf(postgresPrograms === null)('referred cases over a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let sealingKey: Uint8Array;
  let at = '2026-11-28T09:00:00Z';
  const clock = { now: () => at, today: () => today };
  const signal = new AbortController().signal;
  beforeAll(async () => {
    postgres = await startPostgres();
    sealingKey = (await headquartersOf(postgres)).publicKey;
  }, 120_000);
  afterAll(() => postgres.close());
  beforeEach(async () => {
    at = '2026-11-28T09:00:00Z';
    await asAdministrator(postgres, (connection) => connection.ask('DELETE FROM styrk.parcels'));
  });

  type Station = ParcelStation & {
    readonly address: Awaited<ReturnType<typeof enrolled>>;
    readonly fleet: ReturnType<typeof fleetSetTo>;
    readonly database: string;
  };

  async function station(port = postgres.port): Promise<Station> {
    const folder = temporaryFolder();
    const opened = await unlockedIn(folder);
    const address = await enrolled(postgres, opened);
    const { identity } = address;
    const fleet = fleetSetTo(postgres, opened, { identity, sealingKey, clock, port });
    return { ...parcelStation(opened, fleet, clock.now), address, fleet, database: join(folder, 'styrk.db') };
  }

  /** A kiosk whose cases go to a desk by themselves. */
  async function pair(port = postgres.port): Promise<{ readonly kiosk: Station; readonly desk: Station }> {
    const [kiosk, desk] = [await station(port), await station(port)];
    trusts(kiosk, desk);
    trusts(desk, kiosk);
    kiosk.travel.setRoute(desk.id, ['A. Berg', 'C. Dahl']);
    return { kiosk, desk };
  }

  const round = (one: Station) => one.exchange({ signal });
  /** A round of the background, which keeps the pauses. */
  const beside = async (one: Station): Promise<void> => {
    const done = Promise.withResolvers<void>();
    const delivering = one.keepExchanging(() => done.resolve());
    await done.promise;
    await delivering.close();
  };
  const sql = (text: string, values?: readonly unknown[]): Promise<readonly unknown[]> =>
    asAdministrator(postgres, async (connection) => (await connection.ask(text, values)).rows);
  const lying = () =>
    sql(
      `SELECT sender, addressee, kind, content IS NOT NULL AS there, taken_at IS NOT NULL AS taken, refused FROM styrk.parcels
       ORDER BY received_at, kind, digest`,
    );
  const refusedAt = ({ fleet }: Station) =>
    (fleet.report()?.parcels.refused ?? []).map(({ way, kind, code }) => `${way} ${kind} ${code}`);
  const recordsOf = ({ opened }: Station): readonly string[] =>
    opened.records
      .list({ limit: 1000 })
      .map(({ id }) => id)
      .toSorted();

  it('a case goes to the desk and its end comes back, with nobody pressing anything', async () => {
    const { kiosk, desk } = await pair();
    kiosk.refer('case-1');
    expect(await round(kiosk)).toEqual({ sent: { referrals: 1, outcomes: 0 }, taken: 0, code: null });
    expect([kiosk.queue(), kiosk.travel.handed().map(({ id, to }) => [id, to])]).toEqual([[], [['case-1', desk.id]]]);
    expect(kiosk.fleet.report()?.parcels).toMatchObject({ waiting: 0, onTheWay: 1, since: at });
    // Whoever looks after the server sees who, when and how large, and no person.
    const [row] = (await sql('SELECT content FROM styrk.parcels')) as { content: Buffer }[];
    expect(row?.content.toString('latin1')).not.toMatch(/renew-bankid|face.not-compared|kiosk/);

    expect(await round(desk)).toMatchObject({ taken: 1 });
    expect(desk.queue()).toEqual(['case-1']);
    expect(await lying()).toEqual([
      ...[{ sender: kiosk.id, addressee: desk.id, kind: 'referrals', there: false, taken: true, refused: null }],
    ]);
    // What lies there was taken: it is neither sent nor fetched again.
    expect(await round(kiosk)).toEqual({ sent: { referrals: 0, outcomes: 0 }, taken: 0, code: null });
    expect(kiosk.fleet.report()?.parcels).toMatchObject({ waiting: 0, onTheWay: 0, since: null });
    expect(await round(desk)).toEqual({ sent: { referrals: 0, outcomes: 0 }, taken: 0, code: null });

    const hash = desk.decide('case-1');
    expect(await round(desk)).toMatchObject({ sent: { outcomes: 1 } });
    expect(await round(desk)).toMatchObject({ sent: { outcomes: 0 } });
    expect(await round(kiosk)).toMatchObject({ taken: 1 });
    expect(kiosk.travel.handed()).toEqual([]);
    expect(kiosk.opened.records.get('case-1-2').content).toMatchObject({
      decision: { outcome: 'stop', by: { sign: 'EF' } },
      elsewhere: { station: desk.id, hash },
    });
    // What the station did by itself nobody signed; who set it stands in the acts.
    const acts = (one: Station) =>
      one.opened.acts
        .list()
        .filter(({ kind }) => kind.startsWith('referral.'))
        .map(({ kind, signs }) => [kind, signs.join(' and ')]);
    expect(acts(kiosk)).toEqual([
      ['referral.trust', 'A. Berg and C. Dahl'],
      ['referral.route', 'A. Berg and C. Dahl'],
      ['referral.hand-over', ''],
    ]);
    expect(acts(desk)).toEqual([
      ['referral.trust', 'A. Berg and C. Dahl'],
      ['referral.take', ''],
    ]);
    // A sign of nobody is no sign where people sign.
    expect(() => kiosk.travel.setRoute(desk.id, ['', 'C. Dahl'])).toThrow('operator.name-missing');
    expect(() => kiosk.travel.endRoute([' '])).toThrow('operator.name-missing');
    expect(() => desk.travel.giveBack(kiosk.id, 'case-9', { name: '', reason: 'x' })).toThrow('operator.name-missing');
  });

  it('a case that is given back waits at the kiosk again and does not go there a second time', async () => {
    const { kiosk, desk } = await pair();
    kiosk.refer('case-1');
    await round(kiosk);
    await round(desk);
    desk.travel.giveBack(kiosk.id, 'case-1', { name: 'S. Ung', reason: 'she waits there' });
    expect(await round(desk)).toMatchObject({ sent: { outcomes: 1 } });
    expect(await round(kiosk)).toMatchObject({ taken: 1, sent: { referrals: 0 } });
    expect(kiosk.queue()).toEqual(['case-1']);
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 0 } });
  });

  it.each([
    [
      'that came by file before its parcel was taken',
      async ({ kiosk, desk }: { readonly kiosk: Station; readonly desk: Station }) => {
        const file = kiosk.travel.handOver(desk.id, ['case-1'], 'AB', (_written, act) => act());
        await desk.travel.take(file?.bytes ?? new Uint8Array(), 'CD');
        await round(desk);
        desk.decide('case-1');
      },
    ],
    [
      'that was given back by number before anything came',
      async ({ kiosk, desk }: { readonly kiosk: Station; readonly desk: Station }) =>
        desk.travel.giveBack(kiosk.id, 'case-1', { name: 'S. Ung', reason: 'she waits there' }),
    ],
  ])('the end of a first case %s goes over headquarters', async (_, ends) => {
    const { kiosk, desk } = await pair();
    kiosk.refer('case-1');
    await round(kiosk);
    await ends({ kiosk, desk });
    expect(await round(desk)).toMatchObject({ sent: { outcomes: 1 } });
    expect(await round(desk)).toMatchObject({ sent: { outcomes: 0 } });
    expect(await round(kiosk)).toMatchObject({ taken: 1 });
    expect(kiosk.travel.handed()).toEqual([]);
  });

  it('a case that is damaged is told and keeps no other one from going, coming back, or ending', async () => {
    const { kiosk, desk } = await pair();
    // The seal is bound to when the case was referred.
    const setAt = (id: string, instant: string): void =>
      fromOutside(kiosk.database, `UPDATE referrals SET at = '${instant}' WHERE id = '${id}'`);
    const damage = (id: string): (() => void) => {
      setAt(id, '2020-01-01T00:00:00Z');
      return () => setAt(id, at);
    };
    for (const id of ['case-1', 'case-2', 'case-3']) kiosk.refer(id);
    const mendSecond = damage('case-2');
    for (const sent of [2, 0])
      expect(await round(kiosk)).toMatchObject({ sent: { referrals: sent }, code: 'referral.damaged' });
    expect(kiosk.fleet.report()?.parcels).toMatchObject({ onTheWay: 2, last: { code: 'referral.damaged' } });
    await round(desk);
    expect([kiosk.queue(), desk.queue()]).toEqual([['case-2'], ['case-1', 'case-3']]);
    for (const id of desk.queue()) desk.decide(id);
    await round(desk);

    const mendFirst = damage('case-1');
    expect(await round(kiosk)).toMatchObject({ taken: 1 });
    expect(refusedAt(kiosk)).toEqual(['in outcomes referral.damaged']);
    expect(kiosk.travel.handed().map(({ id }) => id)).toEqual(['case-1']);
    // As it was in a backup.
    mendFirst();
    mendSecond();
    expect(await round(kiosk)).toEqual({ sent: { referrals: 1, outcomes: 0 }, taken: 1, code: null });
    expect([kiosk.queue(), kiosk.travel.handed().map(({ id }) => id)]).toEqual([[], ['case-2']]);
    expect(refusedAt(kiosk)).toEqual([]);
  });

  it('a hundred cases of which nothing can be told keep no later end back', async () => {
    const { kiosk, desk } = await pair();
    for (let number = 0; number < 100; number++) kiosk.refer(`gone-${number}`);
    const file = kiosk.travel.handOver(desk.id, null, 'AB', (_, act) => act());
    await desk.travel.take(file?.bytes ?? new Uint8Array(), 'CD', 'headquarters');
    for (const id of desk.queue()) desk.opened.referrals.take(id);
    at = minutesAfter(at, 1);
    kiosk.refer('case-1');
    await round(kiosk);
    await round(desk);
    desk.decide('case-1');
    expect(await round(desk)).toMatchObject({ sent: { outcomes: 1 } });
  });

  it('goes nowhere without a route, nor where headquarters or the other station is not there', async () => {
    const { kiosk, desk } = await pair();
    expect(kiosk.travel.endRoute(['A. Berg'])).toBe(desk.id);
    expect(kiosk.travel.endRoute(['A. Berg'])).toBeNull();
    kiosk.refer('case-1');
    await round(kiosk);
    expect(kiosk.queue()).toEqual(['case-1']);
    kiosk.travel.setRoute(desk.id, ['A. Berg', 'C. Dahl']);
    await postgres.stop();
    expect((await rejection(round(kiosk)))?.code).toBe('service.unreachable');
    // A colleague may decide it here until it has really gone.
    expect(kiosk.queue()).toEqual(['case-1']);
    expect(kiosk.fleet.report()?.parcels.last).toMatchObject({ code: 'service.unreachable', failingSince: at });
    await postgres.start();
    await sql('DELETE FROM styrk.stations WHERE station = $1', [desk.id]);
    expect(await round(kiosk)).toMatchObject({ code: 'referral.station-not-enrolled' });
    expect(kiosk.queue()).toEqual(['case-1']);
    await sql('INSERT INTO styrk.stations (station, public_key) VALUES ($1, $2)', [
      desk.id,
      Buffer.from(desk.opened.station.publicKey),
    ]);
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 1 }, code: null });
    expect(kiosk.fleet.report()?.parcels.last).toMatchObject({ code: null, failingSince: null });
    // The route ends with the trust, and does not come back with it.
    kiosk.travel.distrust(desk.id, ['A. Berg']);
    trusts(kiosk, desk);
    expect(travelBook(kiosk.opened.acts).route).toBeNull();
  });

  it('headquarters of an older version takes deliveries as before, and is told for this part alone', async () => {
    const { kiosk } = await pair();
    kiosk.refer('case-1');
    await sql('DELETE FROM styrk.migrations WHERE number > 5');
    onTestFinished(async () => {
      await sql(`INSERT INTO styrk.migrations (number) VALUES (${newestSchema}) ON CONFLICT DO NOTHING`);
    });
    expect(await kiosk.fleet.deliver({ signal })).toMatchObject({ records: 1 });
    expect((await rejection(round(kiosk)))?.code).toBe('fleet.schema-older');
    expect(kiosk.fleet.report()).toMatchObject({
      last: { code: null },
      parcels: { last: { code: 'fleet.schema-older' } },
    });
    expect(kiosk.queue()).toEqual(['case-1']);
  });

  it('row-level security: a third station neither sees, takes, nor forges what is between two', async () => {
    const { kiosk, desk } = await pair();
    const third = await station();
    kiosk.refer('case-1');
    await round(kiosk);
    const refused = 'service.refused 42501';
    const as = async (who: Station, text: string): Promise<number | string> => {
      await using connection = await openConnection(who.address, around);
      try {
        return (await connection.ask(text)).count;
      } catch (thrown) {
        const { code, fields } = asFailure(thrown);
        return `${code} ${fields.reason}`;
      }
    };
    const take = 'UPDATE styrk.parcels SET content = NULL, taken_at = now()';
    const put = (sender: string, addressee: string, more = ['', '']): string =>
      `INSERT INTO styrk.parcels (sender, digest, addressee, kind, content${more[0]})
       VALUES ('${sender}', encode(sha256('x'), 'hex'), '${addressee}', 'referrals', 'x'${more[1]})`;
    expect(await as(third, 'SELECT 1 FROM styrk.parcels')).toBe(0);
    expect(await as(third, take)).toBe(0);
    for (const [sender, addressee] of [
      [kiosk.id, desk.id],
      [desk.id, third.id],
    ] as const)
      expect(await as(third, put(sender, addressee))).toBe(refused);
    // The sender sees its own and takes nothing back; the addressee marks, once and by headquarters' clock, and changes nothing.
    expect(await as(kiosk, 'SELECT 1 FROM styrk.parcels')).toBe(1);
    expect(await as(kiosk, take)).toBe(0);
    for (const text of [
      'DELETE FROM styrk.parcels',
      'TRUNCATE styrk.parcels',
      `UPDATE styrk.parcels SET addressee = '${third.id}'`,
      "UPDATE styrk.parcels SET digest = 'x'",
      'UPDATE styrk.parcels SET received_at = now()',
    ])
      for (const who of [kiosk, desk, third]) expect(await as(who, text), text).toBe(refused);
    for (const wrong of [
      "UPDATE styrk.parcels SET content = 'y', taken_at = now()",
      'UPDATE styrk.parcels SET content = NULL',
      "UPDATE styrk.parcels SET content = NULL, taken_at = '2020-01-01'",
    ])
      expect(await as(desk, wrong), wrong).toMatch(/^service\.(?:refused 42501|broken 23514)$/);
    expect(await as(kiosk, put(kiosk.id, kiosk.id))).toBe('service.broken 23514');
    expect(await as(kiosk, put(kiosk.id, desk.id, [', received_at', ", '2020-01-01'"]))).toBe(refused);
    expect(await as(kiosk, put(kiosk.id, desk.id, [', taken_at', ', now()']))).toBe(refused);
    expect(await as(kiosk, put(kiosk.id, 'station-ffffffffffffffff'))).toBe('service.broken 23503');
    expect(await as(kiosk, put(kiosk.id, desk.id).replace("'x'),", "'y'),"))).toMatch(/23514$/);
    expect(await as(desk, take)).toBe(1);
    expect(await as(desk, take)).toBe(0);
    expect(await as(third, 'SELECT * FROM styrk.audit_parcels')).toBe(refused);
  });

  it('each answer of the server in turn is never heard: the case is at one of the two, and decided once', async () => {
    let atAnswer = 0;
    const proxy = await cuttingProxy(postgres.port, {
      nextCut: () => (atAnswer === 0 ? null : { atAnswer }),
      giveBack: () => undefined,
      onBytes: () => undefined,
    });
    onTestFinished(() => proxy.close());
    const { kiosk, desk } = await pair(proxy.port);
    let heardAll = 0;
    const referred: string[] = [];
    for (let cut = 1; heardAll < 4; cut++) {
      const id = `case-${cut}`;
      kiosk.refer(id);
      referred.push(id);
      const ends: (string | null)[] = [];
      for (const one of [kiosk, desk]) {
        atAnswer = cut;
        ends.push((await rejection(round(one)))?.code ?? null);
        atAnswer = 0;
        await round(one);
        expect([kiosk, desk].filter(({ queue }) => queue().includes(id)).length, id).toBeLessThanOrEqual(1);
      }
      expect(desk.queue(), id).toEqual([id]);
      desk.decide(id);
      for (const one of [desk, kiosk]) {
        atAnswer = cut;
        ends.push((await rejection(round(one)))?.code ?? null);
        atAnswer = 0;
        await round(one);
      }
      expect([kiosk.queue(), desk.queue(), kiosk.travel.handed()], id).toEqual([[], [], []]);
      expect(recordsOf(kiosk).filter((each) => each.startsWith(`${id}-2`))).toEqual([`${id}-2`]);
      for (const code of ends) if (code !== null) expect(code).toMatch(/^service\.(?:broken|unreachable|not-trusted)$/);
      heardAll = ends.filter((code) => code === null).length;
      if (cut > 60) throw new Error('no round was ever heard to its end');
    }
    // Connecting, the version, and in each of the four rounds at least what lies there, a piece of it, and the mark.
    expect(proxy.cut()).toBeGreaterThan(20);
    expect([refusedAt(kiosk), refusedAt(desk)]).toEqual([[], []]);
    const handed = kiosk.opened.acts.list().filter(({ kind }) => kind === 'referral.hand-over');
    expect(handed.map(({ detail }) => detail.referrals)).toEqual(referred);
  });

  it('what the administrator of the database takes away is sent again, what is changed is refused and made anew', async () => {
    const { kiosk, desk } = await pair();
    kiosk.refer('case-1');
    await round(kiosk);
    await sql('DELETE FROM styrk.parcels');
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 1 } });
    // Another content under the same digest takes the check of the table away first; one that is not its own is not believed.
    const check = "CHECK (length(content) BETWEEN 1 AND 100663296 AND encode(sha256(content), 'hex') = digest)";
    await sql('ALTER TABLE styrk.parcels DROP CONSTRAINT parcels_content');
    onTestFinished(async () => {
      await sql('DELETE FROM styrk.parcels');
      await sql(`ALTER TABLE styrk.parcels ADD CONSTRAINT parcels_content ${check}`);
    });
    await sql("UPDATE styrk.parcels SET content = overlay(content placing 'x' from length(content) - 5)");
    expect(await round(desk)).toMatchObject({ taken: 0 });
    expect(refusedAt(desk)).toEqual(['in referrals referral.file-malformed']);
    expect(desk.queue()).toEqual([]);
    // It is emptied, said, and tried no more by whoever it was for; another one is made.
    expect(await lying()).toMatchObject([{ there: false, taken: true, refused: 'referral.file-malformed' }]);
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 1 } });
    expect(refusedAt(kiosk)).toEqual(['out referrals referral.file-malformed']);
    const [good] = (await sql('SELECT digest, content FROM styrk.parcels WHERE content IS NOT NULL')) as {
      digest: string;
      content: Buffer;
    }[];
    expect(await round(desk)).toMatchObject({ taken: 1 });
    expect(desk.queue()).toEqual(['case-1']);
    await round(kiosk);
    expect(refusedAt(kiosk)).toEqual([]);
    // The desk cannot know which case it was: what else it takes leaves it told, for a day.
    expect(refusedAt(desk)).toEqual(['in referrals referral.file-malformed']);
    at = minutesAfter(at, 24 * 60 - 1);
    await round(kiosk);
    at = minutesAfter(at, 2);
    kiosk.refer('case-2');
    await round(kiosk);
    await round(desk);
    expect(refusedAt(desk)).toEqual([]);
    // One that was taken is put there once more: it is known, and taken once.
    await sql('UPDATE styrk.parcels SET content = $1, taken_at = NULL WHERE digest = $2', [
      good?.content,
      good?.digest,
    ]);
    expect(await round(desk)).toMatchObject({ taken: 1 });
    expect([...desk.queue()].toSorted()).toEqual(['case-1', 'case-2']);
  });

  it('a kiosk that was put back to before it handed a case over hears of its end once more', async () => {
    const { desk } = await pair();
    const restored = await station();
    trusts(restored, desk);
    trusts(desk, restored);
    restored.travel.setRoute(desk.id, ['A. Berg', 'C. Dahl']);
    restored.refer('case-2');
    await round(restored);
    await round(desk);
    desk.decide('case-2');
    await round(desk);
    // Last night's backup: the case waits here, and of its end, which was fetched since, nothing is known.
    restored.opened.referrals.takeBack('case-2', desk.id);
    await sql("UPDATE styrk.parcels SET content = NULL, taken_at = now() WHERE kind = 'outcomes' AND taken_at IS NULL");
    await round(desk);
    expect(await round(restored)).toMatchObject({ sent: { referrals: 1 }, taken: 0 });
    expect(await round(desk)).toMatchObject({ taken: 1, sent: { outcomes: 1 } });
    expect(await round(restored)).toMatchObject({ taken: 1 });
    expect([restored.queue(), restored.travel.handed(), recordsOf(restored)]).toEqual([[], [], ['case-2', 'case-2-2']]);
  });

  it.each([
    ['for a day', 31, () => undefined],
    [
      'and the kiosk was restored',
      0,
      ({ opened }: Station) =>
        opened.acts.record(
          { kind: 'backup.restore', at, signs: ['A. Berg'], reason: 'x', detail: {} },
          () => undefined,
        ),
    ],
  ])('a case whose end has not come %s goes there once more: how it ended is told again', async (_, minutes, then) => {
    const { kiosk, desk } = await pair();
    kiosk.refer('case-1');
    await round(kiosk);
    await round(desk);
    desk.decide('case-1');
    await round(desk);
    // The end came, and the kiosk is put back to before.
    await sql("UPDATE styrk.parcels SET content = NULL, taken_at = now() WHERE kind = 'outcomes'");
    await round(desk);
    await round(kiosk);
    at = minutesAfter(at, 23 * 60);
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 0 }, taken: 0 });
    at = minutesAfter(at, 30);
    then(kiosk);
    at = minutesAfter(at, minutes);
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 1 } });
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 0 } });
    expect(await round(desk)).toMatchObject({ taken: 1, sent: { outcomes: 1 } });
    expect(await round(kiosk)).toMatchObject({ taken: 1, sent: { referrals: 0 } });
    expect([kiosk.travel.handed(), recordsOf(kiosk)]).toEqual([[], ['case-1', 'case-1-2']]);
  });

  it('a desk that was put back to before it took a case has it a day later', async () => {
    const { kiosk, desk } = await pair();
    kiosk.refer('case-1');
    await round(kiosk);
    await sql('UPDATE styrk.parcels SET content = NULL, taken_at = now()');
    await round(kiosk);
    expect([await round(desk), desk.queue()]).toMatchObject([{ taken: 0 }, []]);
    at = minutesAfter(at, 24 * 60);
    await round(kiosk);
    expect([await round(desk), desk.queue()]).toMatchObject([{ taken: 1 }, ['case-1']]);
  });

  it('the same parcel under other digests, and one that others put there once more, is taken once', async () => {
    const { kiosk, desk } = await pair();
    const third = await station();
    trusts(desk, third);
    kiosk.refer('case-1');
    await round(kiosk);
    const [row] = (await sql('SELECT content FROM styrk.parcels')) as { content: Buffer }[];
    await asStation(third, (connection) =>
      connection.ask(
        `INSERT INTO styrk.parcels (sender, digest, addressee, kind, content) VALUES ($1, encode(sha256($2), 'hex'), $3, 'referrals', $2)`,
        [third.id, row?.content, desk.id],
      ),
    );
    expect(await round(desk)).toMatchObject({ taken: 1 });
    expect(desk.queue()).toEqual(['case-1']);
    // Whoever puts there what another one signed is told so.
    expect(await lying()).toMatchObject([
      { sender: kiosk.id, taken: true, refused: null },
      { sender: third.id, taken: true, refused: 'referral.file-malformed' },
    ]);
  });

  it('however much lies there under one certificate, a case of another station comes in the next round', async () => {
    const { kiosk, desk } = await pair();
    const third = await station();
    trusts(desk, third);
    const unknown = canonicalBytes({
      ...{ from: 'station-0123456789abcdef', to: desk.id, at, training: true, length: 1, sha256: 'ab'.repeat(32) },
    });
    const head = `styrk-fleet referrals 1\n${Buffer.from(unknown)}\n${'ab'.repeat(64)}\n`;
    await asStation(third, (connection) =>
      connection.ask(
        `INSERT INTO styrk.parcels (sender, digest, addressee, kind, content)
         SELECT $1, encode(sha256(whole), 'hex'), $2, 'referrals', whole
         FROM (SELECT convert_to($3 || number, 'UTF8') AS whole FROM generate_series(1, 120) AS number) AS flood`,
        [third.id, desk.id, head],
      ),
    );
    kiosk.refer('case-1');
    await round(kiosk);
    expect(await round(desk)).toMatchObject({ taken: 1 });
    expect(desk.queue()).toEqual(['case-1']);
    await round(desk);
    // Nothing of it is left to be looked at again.
    const left = (await lying()) as { sender: string; refused: string | null; there: boolean }[];
    expect(left.filter(({ there }) => there)).toEqual([]);
    expect(left.filter(({ refused }) => refused === 'referral.file-malformed')).toHaveLength(120);
  });

  it('hostile content of a trusted certificate keeps nothing after it back, and is not tried without end', async () => {
    const { kiosk, desk } = await pair();
    const contents = ['x', '{}', 'styrk-fleet referrals 1\n', `styrk-fleet referrals 1\n${'['.repeat(70_000)}\n`];
    for (const content of contents)
      await asStation(kiosk, (connection) =>
        connection.ask(
          `INSERT INTO styrk.parcels (sender, digest, addressee, kind, content) VALUES ($1, encode(sha256($2), 'hex'), $3, 'referrals', $2)`,
          [kiosk.id, Buffer.from(content), desk.id],
        ),
      );
    kiosk.refer('case-1');
    await round(kiosk);
    expect(await round(desk)).toMatchObject({ taken: 1 });
    expect(desk.queue()).toEqual(['case-1']);
    expect((await lying()).filter((each) => (each as { refused: string }).refused !== null)).toHaveLength(4);
    expect(await round(desk)).toMatchObject({ taken: 0 });
  });

  it('what comes of a station that is not trusted is told and left, and taken once it is', async () => {
    const { kiosk, desk } = await pair();
    const third = await station();
    trusts(third, desk);
    third.travel.setRoute(desk.id, ['A. Berg', 'C. Dahl']);
    third.refer('case-3');
    await round(third);
    expect(await round(desk)).toMatchObject({ taken: 0 });
    expect(refusedAt(desk)).toEqual(['in referrals referral.station-unknown']);
    expect(await lying()).toMatchObject([{ there: true, taken: false }]);
    kiosk.refer('case-1');
    await round(kiosk);
    expect(await round(desk)).toMatchObject({ taken: 1 });
    trusts(desk, third);
    expect(await round(desk)).toMatchObject({ taken: 1 });
    expect(refusedAt(desk)).toEqual([]);
    expect([...desk.queue()].toSorted()).toEqual(['case-1', 'case-3']);
  });

  it('a parcel of a clock ahead waits with growing pauses and is taken when its time has come', async () => {
    const { kiosk, desk } = await pair();
    const started = at;
    at = minutesAfter(started, 30);
    kiosk.refer('case-1');
    await round(kiosk);
    at = started;
    let looked = 0;
    const fetched = async (): Promise<void> => {
      await beside(desk);
      looked += 1;
    };
    await fetched();
    const triesOf = () => desk.opened.parcels.refused().map(({ code, tries }) => `${code} ${tries}`);
    expect(triesOf()).toEqual(['clock.went-back 1']);
    await fetched();
    expect(triesOf()).toEqual(['clock.went-back 1']);
    at = minutesAfter(started, 1);
    await fetched();
    expect(triesOf()).toEqual(['clock.went-back 2']);
    // What else comes of that station has it neither tried sooner nor told less.
    kiosk.refer('case-2');
    await round(kiosk);
    await fetched();
    expect([triesOf(), desk.queue()]).toEqual([['clock.went-back 2'], ['case-2']]);
    at = minutesAfter(started, 26);
    await fetched();
    expect([triesOf(), [...desk.queue()].toSorted(), looked]).toEqual([[], ['case-1', 'case-2'], 5]);
    expect(await round(desk)).toMatchObject({ taken: 0 });
  });

  it('after the eighth try it is said at headquarters; what went away there is told no more', async () => {
    const { kiosk, desk } = await pair();
    at = minutesAfter(at, 600);
    kiosk.refer('case-1');
    kiosk.refer('case-2');
    await round(kiosk);
    await beside(kiosk);
    at = minutesAfter(at, -600);
    for (let tries = 1; tries < 8; tries++) await round(desk);
    expect(await lying()).toMatchObject([{ taken: false }, { taken: false }]);
    await sql('DELETE FROM styrk.parcels WHERE digest = $1', [kiosk.opened.parcels.get('referrals', 'case-2')?.digest]);
    await round(desk);
    expect(await lying()).toMatchObject([{ there: false, taken: true, refused: 'clock.went-back' }]);
    expect(refusedAt(desk)).toEqual(['in referrals clock.went-back']);
    // The kiosk's clock is right by now: what it made by the one that was ahead counts as made long ago, in the background too.
    await beside(kiosk);
    expect(kiosk.fleet.report()?.parcels.last).toMatchObject({ triedAt: at });
    expect(kiosk.opened.parcels.untaken()).toMatchObject([
      { id: 'case-1', madeAt: at, sentAt: at },
      { id: 'case-2', madeAt: at, sentAt: at },
    ]);
    expect(await round(desk)).toMatchObject({ taken: 2 });
  });

  it('a case that nobody fetched for a week is made anew, and old rows are cleared', async () => {
    const { kiosk, desk } = await pair();
    kiosk.refer('case-1');
    await round(kiosk);
    at = minutesAfter(at, 8 * 24 * 60);
    expect(await round(desk)).toMatchObject({ taken: 0 });
    expect(refusedAt(desk)).toEqual(['in referrals referral.file-old']);
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 1 } });
    expect(await round(desk)).toMatchObject({ taken: 1 });
    kiosk.refer('case-2');
    await round(kiosk);
    const age = (days: number, kind: string) =>
      sql(
        `UPDATE styrk.parcels SET received_at = received_at - interval '${days} days', taken_at = taken_at - interval '${days} days' WHERE ${kind}`,
      );
    await age(9, 'true');
    expect(await asAdministrator(postgres, clearParcels)).toBe(1);
    expect(await lying()).toMatchObject([{ taken: true }, { taken: true }]);
    await age(60, 'true');
    expect(await asAdministrator(postgres, clearParcels)).toBe(2);
    // The sender misses the one that was not taken, and none else.
    expect(await round(kiosk)).toMatchObject({ sent: { referrals: 1 } });
    expect(await round(desk)).toMatchObject({ taken: 1 });
    expect([...desk.queue()].toSorted()).toEqual(['case-1', 'case-2']);
  });

  async function asStation<Answer>(who: Station, act: (connection: Connection) => Promise<Answer>): Promise<Answer> {
    await using connection = await openConnection(who.address, around);
    return await act(connection);
  }
});
