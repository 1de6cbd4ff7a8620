import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { machineClock } from '../../../main/machine/clock.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { bankFile, bankSigner, hashOfOrder, orderClaims, orderToken, verifiedAnswer } from '../../support/bank-side.ts';
import { anOrder } from '../../support/orders.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

/*
 * A case that one folder referred is finished at another, and its end comes back (docs/referrals.md): by files alone, decided at one of
 * the two and never at both, whatever is lost, torn, or sent twice on the way.
 */

const verify = [
  'verify',
  '--specimen',
  'se-passport',
  '--holder',
  'asa',
  '--purpose',
  'renew-bankid',
  '--face',
  'unsure',
];
const unsure = [...verify, '--reason', 'much younger on the photo'];

type Run = (...argv: readonly string[]) => ReturnType<typeof runHere>;
interface At {
  readonly data: string;
  readonly run: Run;
  readonly station: string;
}

async function stationOf(kind: 'attended' | 'unattended'): Promise<At> {
  const data = temporaryFolder();
  const run: Run = (...argv) => runHere([...argv, '--training', '--json', '--data', data]);
  await run('station', 'set', kind, '--by', 'Anna Ek', '--by', 'Bo Alm');
  const { own } = (await run('referrals', 'stations')).json();
  return { data, run, station: own.station };
}

/** A file of the test's own that is not there yet. */
const files = (): string => join(temporaryFolder(), 'file');

const codeOf = (end: Awaited<ReturnType<Run>>): string | null => end.json().error?.code ?? null;
const queueOf = async ({ run }: At): Promise<readonly string[]> =>
  (await run('referrals', 'list')).json().referrals.map(({ id }: { id: string }) => id);

async function trusts(here: At, there: At): Promise<void> {
  const card = files();
  await there.run('referrals', 'stations', '--card', card);
  const { own } = (await there.run('referrals', 'stations')).json();
  const trusted = (await here.run('referrals', 'trust', card, '--by', 'Anna Ek', '--by', 'Bo Alm')).json();
  expect(trusted).toMatchObject({ station: there.station, fingerprint: own.fingerprint });
}

async function pair(): Promise<{ readonly kiosk: At; readonly desk: At }> {
  const [kiosk, desk] = [await stationOf('unattended'), await stationOf('attended')];
  await trusts(kiosk, desk);
  await trusts(desk, kiosk);
  return { kiosk, desk };
}

async function refer({ run }: At, ...besides: readonly string[]): Promise<string> {
  const told = (await run(...unsure, ...besides)).json();
  expect(told).toMatchObject({ waits: true });
  return told.record.id;
}

const decide = (at: At, id: string, sign = 'EF') =>
  at.run('referrals', 'decide', id, 'accept', '--reason', 'it is she', '--sign', sign);

async function sent({ run }: At, to: At): Promise<string> {
  const file = files();
  expect((await run('referrals', 'export', file, '--to', to.station)).json().file).toBe(file);
  return file;
}

async function answered({ run }: At, to: At): Promise<string> {
  const file = files();
  expect((await run('referrals', 'answer', file, '--to', to.station)).json().file).toBe(file);
  return file;
}

describe('a case that a kiosk refers', { timeout: 400_000 }, () => {
  it('is finished at the desk of another folder, once, and its end is a record of both', async () => {
    const { kiosk, desk } = await pair();
    const id = await refer(kiosk, '--order', orderFile(anOrder({ issuedAt: null, expiresAt: null, purpose: null })));
    const shown = (await kiosk.run('referrals', 'show', id)).json();
    const file = await sent(kiosk, desk);
    // Whoever finds the file finds nobody in it; from now on it is the desk's alone.
    expect(readFileSync(file, 'latin1')).not.toMatch(/Exempelbanken|OCR 1234|renew-bankid|younger/i);
    expect(await queueOf(kiosk)).toEqual([]);
    expect(codeOf(await decide(kiosk, id))).toBe('referral.gone');
    expect((await kiosk.run('referrals', 'stations')).json().handed).toEqual([
      { id, at: shown.referral.at, to: desk.station },
    ]);

    // The file was lost on the way: the next one holds the case again, and the desk takes it once.
    const again = await sent(kiosk, desk);
    expect((await desk.run('referrals', 'import', again)).json()).toEqual({
      kind: 'referrals',
      from: kiosk.station,
      taken: [id],
      already: [],
    });
    for (const late of [file, again])
      expect(codeOf(await desk.run('referrals', 'import', late))).toBe('referral.taken');
    expect(codeOf(await kiosk.run('referrals', 'import', again))).toBe('referral.other-station');

    // What was read and answered is what a colleague sees there.
    const there = (await desk.run('referrals', 'show', id)).json();
    expect([there.referral.from, shown.referral.from]).toEqual([kiosk.station, null]);
    expect(there.document).toEqual(shown.document);
    expect(there.order).toEqual(shown.order);
    expect(there.face).toEqual(shown.face);
    expect((await desk.run('referrals', 'answer', files(), '--to', kiosk.station)).json().file).toBeNull();
    const decided = (await decide(desk, id)).json();
    expect(decided).toMatchObject({ outcome: 'go-on', record: { id: `${id}-2` } });
    expect(codeOf(await desk.run('referrals', 'import', again))).toBe('referral.taken');

    const back = await answered(desk, kiosk);
    expect((await kiosk.run('referrals', 'import', back)).json()).toEqual({
      kind: 'outcomes',
      from: desk.station,
      decided: [{ id, outcome: 'go-on', record: `${id}-2`, answer: null }],
      returned: [],
      already: [],
      refused: [],
    });
    expect((await kiosk.run('referrals', 'import', back)).json()).toMatchObject({ decided: [], already: [id] });
    expect((await kiosk.run('referrals', 'stations')).json().handed).toEqual([]);

    const own = (await kiosk.run('records', 'show', `${id}-2`)).json();
    const theirs = (await desk.run('records', 'show', `${id}-2`)).json();
    expect(own.content).toMatchObject({
      station: { id: kiosk.station },
      decision: { outcome: 'go-on', reason: 'it is she', by: { sign: 'EF' } },
      referral: { recordId: id },
      elsewhere: { station: desk.station, hash: decided.record.hash },
    });
    expect(theirs.content).toMatchObject({ referral: { recordId: id, station: kiosk.station } });
    expect(own.content.checks).toEqual(theirs.content.checks);
    for (const { run } of [kiosk, desk]) expect((await run('records', 'check')).json()).toMatchObject({ intact: true });
    // The order is confirmed here as well: nobody is asked for it twice.
    const twice = await kiosk.run(
      ...['verify', '--specimen', 'se-passport', '--holder', 'asa', '--purpose', 'renew-bankid', '--face', 'same'],
      ...['--order', orderFile(anOrder({ issuedAt: null, expiresAt: null, purpose: null }))],
    );
    expect(codeOf(twice)).toBe('order.already-confirmed');
  });

  it('is answered to its bank by the station that took the order, once it has come back', async () => {
    const { kiosk, desk } = await pair();
    const signer = bankSigner();
    const bank = files();
    writeFileSync(bank, bankFile(signer));
    for (const { run } of [kiosk, desk])
      await run('banks', 'add', bank, '--by', 'Anna Ek', '--by', 'Bo Alm', '--audience', 'exempelbanken');
    const { keys } = (await kiosk.run('banks', 'list')).json();
    const seconds = Math.floor(Date.now() / 1000);
    const claims = orderClaims(seconds, { exp: seconds + 3600 });
    const token = files();
    writeFileSync(token, orderToken(signer, claims));
    const id = await refer(kiosk, '--order', token);
    await desk.run('referrals', 'import', await sent(kiosk, desk));
    // While it waits elsewhere nobody is told that it ended: this looks once more at all that has no answer.
    expect(codeOf(await kiosk.run(...unsure, '--order', token))).toBe('order.dealt-with');
    // The desk took no order of that bank: it has nothing to answer, and decides all the same.
    expect((await decide(desk, id)).json()).toMatchObject({ outcome: 'go-on', answer: null });
    const { decided } = (await kiosk.run('referrals', 'import', await answered(desk, kiosk))).json();
    expect(verifiedAnswer(decided[0].answer, keys, 'styrk-training-answer+jwt')).toMatchObject({
      iss: kiosk.station,
      jti: `${id}-2`,
      order: { id: claims.jti, sha256: hashOfOrder(claims) },
      styrk: { decision: { outcome: 'go-on' } },
    });
  });

  it('comes back only where the desk gives it up for good, and both say so', async () => {
    const { kiosk, desk } = await pair();
    const [taken, never] = [await refer(kiosk), await refer(kiosk)];
    const file = files();
    await kiosk.run('referrals', 'export', file, taken, '--to', desk.station);
    const second = files();
    await kiosk.run('referrals', 'export', second, never, '--to', desk.station);
    expect((await desk.run('referrals', 'import', file)).json().taken).toEqual([taken]);
    const giveBack = (id: string, ...besides: readonly string[]) =>
      desk.run('referrals', 'give-back', id, '--from', kiosk.station, '--by', 'Sara Ung', ...besides);
    expect(codeOf(await giveBack(taken))).toBe('decision.reason-missing');
    // Also what was lost on the way: its file is not taken when it turns up.
    for (const id of [taken, never]) expect(codeOf(await giveBack(id, '--reason', 'she waits there'))).toBeNull();
    expect(await queueOf(desk)).toEqual([]);
    for (const late of [file, second])
      expect(codeOf(await desk.run('referrals', 'import', late))).toBe('referral.taken');
    expect(codeOf(await giveBack(taken, '--reason', 'again'))).toBe('referral.gone');

    const back = await answered(desk, kiosk);
    expect((await kiosk.run('referrals', 'import', back)).json()).toMatchObject({
      returned: expect.arrayContaining([taken, never]),
      decided: [],
      refused: [],
    });
    expect([...(await queueOf(kiosk))].toSorted()).toEqual([taken, never].toSorted());
    // It goes there no more, and an old answer moves nothing.
    expect(codeOf(await kiosk.run('referrals', 'export', files(), taken, '--to', desk.station))).toBe('referral.taken');
    expect((await kiosk.run('referrals', 'import', back)).json()).toMatchObject({ returned: [], refused: [] });
    expect((await decide(kiosk, taken)).json()).toMatchObject({ outcome: 'go-on' });
    expect(await actsOf(kiosk)).toEqual([
      'referral.trust',
      'referral.hand-over',
      'referral.hand-over',
      'referral.take-back',
      'referral.take-back',
    ]);
    expect(await actsOf(desk)).toEqual(['referral.trust', 'referral.take', 'referral.give-back', 'referral.give-back']);
  });

  it('is not decided by whoever writes the file of the folder anew', async () => {
    const { kiosk, desk } = await pair();
    const id = await refer(kiosk);
    await sent(kiosk, desk);
    fromOutside(kiosk, 'DELETE FROM referrals_handed');
    expect(codeOf(await decide(kiosk, id))).toBe('referral.damaged');
    expect((await kiosk.run('referrals', 'list')).json()).toMatchObject({ referrals: [], damaged: [{ id }] });
    // Nor does it go anywhere, and keeps no other one back.
    const whole = await refer(kiosk);
    const parcel = (await kiosk.run('referrals', 'export', files(), '--to', desk.station, '--by', 'Gun Ek')).json();
    expect(parcel).toMatchObject({ cases: [whole], damaged: [id] });
    const named = await kiosk.run('referrals', 'export', files(), id, '--to', desk.station, '--by', 'Gun Ek');
    expect(codeOf(named)).toBe('referral.damaged');
  });

  it('is neither lost nor taken twice where the folder, or the place of the file, cannot be written just then', async () => {
    const { kiosk, desk } = await pair();
    const id = await refer(kiosk);
    // Something lies in the file's place: the case stays where it is.
    const full = files();
    writeFileSync(full, 'another file');
    expect(codeOf(await kiosk.run('referrals', 'export', full, '--to', desk.station))).toBe('output.unwritable');
    expect(readFileSync(full, 'utf8')).toBe('another file');
    expect(await queueOf(kiosk)).toEqual([id]);
    expect((await kiosk.run('referrals', 'stations')).json().handed).toEqual([]);
    const file = await sent(kiosk, desk);
    // Another process holds the folder: all of a file is taken, or nothing.
    await whileHeld(desk, async () => {
      expect(codeOf(await desk.run('referrals', 'import', file))).toBe('storage.busy');
    });
    expect(await queueOf(desk)).toEqual([]);
    expect((await desk.run('referrals', 'import', file)).json().taken).toEqual([id]);
    await decide(desk, id);
    const back = await answered(desk, kiosk);
    await whileHeld(kiosk, async () => {
      expect(codeOf(await kiosk.run('referrals', 'import', back))).toBe('storage.busy');
    });
    expect((await kiosk.run('referrals', 'stations')).json().handed).toHaveLength(1);
    expect((await kiosk.run('referrals', 'import', back)).json().decided).toHaveLength(1);
  });

  it('stays ended where its record was erased since', async () => {
    const { kiosk, desk } = await pair();
    const id = await refer(kiosk);
    await desk.run('referrals', 'import', await sent(kiosk, desk));
    await decide(desk, id);
    const back = await answered(desk, kiosk);
    await kiosk.run('referrals', 'import', back);
    for (const station of [kiosk, desk]) await erased(station, `${id}-2`);
    expect((await inYears(kiosk, 'referrals', 'import', back)).json()).toMatchObject({ already: [id], refused: [] });
    const given = ['referrals', 'give-back', id, '--from', kiosk.station, '--by', 'Sara Ung', '--reason', 'late'];
    expect(codeOf(await inYears(desk, ...given))).toBe('referral.gone');
  });

  it('goes to no station, and comes from none, that two administrators do not trust', async () => {
    const { kiosk, desk } = await pair();
    const stranger = await stationOf('attended');
    await trusts(stranger, desk);
    await refer(stranger);
    const strange = await sent(stranger, desk);
    expect(codeOf(await desk.run('referrals', 'import', strange))).toBe('referral.station-unknown');
    const id = await refer(kiosk);
    expect(codeOf(await kiosk.run('referrals', 'export', files(), '--to', stranger.station))).toBe(
      'referral.station-unknown',
    );
    const file = await sent(kiosk, desk);
    await desk.run('referrals', 'import', file);
    await decide(desk, id);
    const back = await answered(desk, kiosk);
    expect(codeOf(await kiosk.run('referrals', 'distrust', desk.station, '--by', 'Anna Ek'))).toBeNull();
    expect(codeOf(await kiosk.run('referrals', 'import', back))).toBe('referral.station-unknown');
    const card = files();
    await desk.run('referrals', 'stations', '--card', card);
    expect(codeOf(await kiosk.run('referrals', 'trust', card, '--by', 'Anna Ek', '--by', 'anna ek'))).toBe(
      'trust.pin-same-person',
    );
    expect(codeOf(await desk.run('referrals', 'trust', card, '--by', 'Anna Ek', '--by', 'Bo Alm'))).toBe(
      'referral.file-malformed',
    );
    await trusts(kiosk, desk);
    expect((await kiosk.run('referrals', 'import', back)).json().decided).toHaveLength(1);
    // Acts that somebody else wrote let nobody in.
    fromOutside(desk, "UPDATE acts SET detail = replace(detail, 'Kiosk', 'Desk'), kind = 'referral.distrust'");
    expect(codeOf(await desk.run('referrals', 'stations'))).toBe('trust.tampered');
  });
});

/** A command some years on, when the time of today's records is over. */
const inYears = ({ data }: At, ...argv: readonly string[]) => {
  const day = machineClock.today();
  const later = `${Number(day.slice(0, 4)) + 7}-01-31` as PlainDate;
  const clock = { now: () => `${later}T10:00:00Z`, today: () => later };
  return runHere([...argv, '--training', '--json', '--data', data], { clock });
};

async function erased(at: At, record: string): Promise<void> {
  const ended = ['records', 'event', record, 'relationship-ended', '--on', machineClock.today()];
  expect(codeOf(await at.run(...ended))).toBeNull();
  expect((await inYears(at, 'records', 'erase', '--due')).json()).toMatchObject({ erased: [expect.any(Number)] });
}

function orderFile(order: unknown): string {
  const path = files();
  writeFileSync(path, JSON.stringify(order));
  return path;
}

function fromOutside({ data }: At, statement: string): void {
  const database = new Database(join(data, 'styrk.db'));
  database.exec(statement);
  database.close();
}

async function whileHeld({ data }: At, work: () => Promise<void>): Promise<void> {
  const database = new Database(join(data, 'styrk.db'));
  database.exec('BEGIN IMMEDIATE');
  try {
    await work();
  } finally {
    database.exec('ROLLBACK');
    database.close();
  }
}

async function actsOf({ data }: At): Promise<readonly string[]> {
  const database = new Database(join(data, 'styrk.db'), { readonly: true });
  try {
    return database
      .prepare<[], string>("SELECT kind FROM acts WHERE kind LIKE 'referral.%' ORDER BY number")
      .pluck()
      .all();
  } finally {
    database.close();
  }
}
