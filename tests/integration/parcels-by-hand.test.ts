import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHeadquartersKeys } from '../../main/fleet/headquarters-keys.ts';
import { bankFile, bankSigner, hashOfOrder, orderClaims, orderToken, verifiedAnswer } from '../support/bank-side.ts';
import { asAdministrator, headquartersOf } from '../support/fleet-stations.ts';
import { postgresPrograms, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { runHere, temporaryFolder } from '../support/side-door.ts';
import { unlockedIn } from '../unit/store/support.ts';

/*
 * Two folders and a headquarters by commands alone, as administrators and unattended stations do it (docs/referrals.md): a case with a
 * signed order goes from the kiosk to the desk over the database, and its bank is answered by the kiosk.
 */

describe.skipIf(postgresPrograms === null)('a case between two folders by commands', { timeout: 400_000 }, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
    await headquartersOf(postgres);
  }, 120_000);
  afterAll(() => postgres.close());

  const by = ['--by', 'Anna Ek', '--by', 'Bo Alm'];

  async function stationOf(kind: 'attended' | 'unattended') {
    const data = temporaryFolder();
    const files = temporaryFolder();
    const run = (...argv: readonly string[]) => runHere([...argv, '--training', '--json', '--data', data]);
    const file = (name: string, content: string | Uint8Array): string => {
      const path = join(files, name);
      writeFileSync(path, content, { mode: 0o600 });
      return path;
    };
    await run('station', 'set', kind, ...by);
    const { station } = (await run('fleet', 'show')).json();
    const url = `postgresql:///styrk?host=${postgres.socket}&port=${postgres.port}&user=headquarters`;
    await runHere(['fleet', 'enrol', station.id, station.publicKey, '--url', url, '--json']);
    const { certificate, key } = postgres.clientOf(station.role);
    const sealing = newHeadquartersKeys((length) => new Uint8Array(length).fill(7)).find(
      ({ name }) => name === 'sealing.pub',
    );
    const set = await run(
      ...['fleet', 'set', `postgresql://localhost:${postgres.port}/styrk`, ...by],
      ...['--authority', file('ca.pem', postgres.authority.pem), '--certificate', file('me.pem', certificate)],
      ...['--key', file('me.key', key), '--sealing-key', file('sealing.pub', sealing?.bytes ?? '')],
    );
    expect(set.json().headquarters).toMatchObject({ host: 'localhost', issuingKey: null });
    const { own } = (await run('referrals', 'stations', '--card', join(files, 'card'))).json();
    return { data, run, file, card: join(files, 'card'), station: own.station as string };
  }

  it('goes there, is decided, comes back and is answered to its bank', async () => {
    const [kiosk, desk] = [await stationOf('unattended'), await stationOf('attended')];
    // A station that nobody trusts has nothing to exchange, and its delivery is as it was.
    expect((await kiosk.run('fleet', 'deliver')).json().parcels).toBeNull();
    const code = async (...argv: readonly string[]) => (await kiosk.run(...argv)).json().error?.code;
    expect(await code('referrals', 'route', desk.station, ...by)).toBe('referral.station-unknown');
    await kiosk.run('referrals', 'trust', desk.card, ...by);
    await desk.run('referrals', 'trust', kiosk.card, ...by);
    expect(await code('referrals', 'route', desk.station, '--by', 'Anna Ek')).toBe('arguments.unusable');
    expect(await code('referrals', 'route', desk.station, '--by', 'Anna Ek', '--by', 'anna ek')).toBe(
      'trust.pin-same-person',
    );
    expect((await kiosk.run('referrals', 'route', desk.station, ...by)).json()).toMatchObject({
      station: desk.station,
    });
    expect((await kiosk.run('referrals', 'stations')).json().route).toMatchObject({
      station: desk.station,
      names: ['Anna Ek', 'Bo Alm'],
    });

    const signer = bankSigner();
    for (const { run, file } of [kiosk, desk])
      await run('banks', 'add', file('bank', bankFile(signer)), ...by, '--audience', 'exempelbanken');
    const { keys } = (await kiosk.run('banks', 'list')).json();
    const seconds = Math.floor(Date.now() / 1000);
    const claims = orderClaims(seconds, { exp: seconds + 3600 });
    const verify = ['verify', '--specimen', 'se-passport', '--holder', 'asa', '--purpose', 'renew-bankid'];
    const unsure = ['--face', 'unsure', '--reason', 'much younger on the photo'];
    const token = kiosk.file('order', orderToken(signer, claims));
    const referred = (await kiosk.run(...verify, ...unsure, '--order', token)).json();
    expect(referred).toMatchObject({ waits: true });
    const { id } = referred.record;

    const delivered = await kiosk.run('fleet', 'deliver');
    expect([delivered.status, delivered.json().parcels]).toEqual([
      0,
      { sent: { referrals: 1, outcomes: 0 }, taken: 0, refused: [], code: null },
    ]);
    const status = async () => (await kiosk.run('fleet', 'status')).json().delivery.parcels;
    expect(await status()).toMatchObject({ waiting: 0, onTheWay: 1, last: { code: null } });
    // Headquarters issues nothing here: cases come all the same.
    expect((await desk.run('fleet', 'pull')).json()).toMatchObject({ issues: [], refused: [], parcels: { taken: 1 } });
    expect((await desk.run('referrals', 'list')).json().referrals.map((each: { id: string }) => each.id)).toEqual([id]);
    const decided = await desk.run('referrals', 'decide', id, 'accept', '--reason', 'it is she', '--sign', 'EF');
    expect(decided.json()).toMatchObject({ outcome: 'go-on' });
    expect((await desk.run('fleet', 'deliver')).json().parcels).toMatchObject({ sent: { outcomes: 1 } });
    expect((await kiosk.run('fleet', 'pull')).json().parcels).toMatchObject({ taken: 1 });
    expect(await status()).toMatchObject({ waiting: 0, onTheWay: 0, since: null });

    const { outbox } = await unlockedIn(kiosk.data);
    const [answer] = outbox.texts('answers', 0, 9);
    expect(verifiedAnswer(answer?.text ?? '', keys, 'styrk-training-answer+jwt')).toMatchObject({
      iss: kiosk.station,
      jti: `${id}-2`,
      order: { id: claims.jti, sha256: hashOfOrder(claims) },
      styrk: { decision: { outcome: 'go-on' } },
    });
    const shown = (await kiosk.run('records', 'show', `${id}-2`)).json();
    expect(shown.content).toMatchObject({
      decision: { outcome: 'go-on', by: { sign: 'EF' } },
      elsewhere: { station: desk.station, hash: decided.json().record.hash },
    });

    // An older headquarters is told for the cases alone; the delivery went well.
    await asAdministrator(postgres, (connection) => connection.ask('DELETE FROM styrk.migrations WHERE number > 5'));
    const older = await kiosk.run('fleet', 'deliver');
    expect([older.status, older.json()]).toMatchObject([
      1,
      { delivered: { records: 1, answers: 1 }, parcels: { code: 'fleet.schema-older' } },
    ]);
    expect((await kiosk.run('doctor')).json().items).toContainEqual(
      expect.objectContaining({ id: 'referred-cases', state: 'warning', code: 'fleet.schema-older' }),
    );
    expect((await kiosk.run('referrals', 'unroute', '--by', 'Anna Ek')).json()).toEqual({ station: desk.station });
    expect((await kiosk.run('referrals', 'unroute', '--by', 'Anna Ek')).json()).toEqual({ station: null });
  });
});
