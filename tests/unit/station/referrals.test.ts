import { beforeEach, describe, expect, it } from 'vitest';
import { referralOf, referralText } from '../../../main/house/referral.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { Failure } from '../../../main/result/failure.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { confirmedIn } from '../../../main/store/confirmed-orders.ts';
import type { Operator } from '../../../main/store/operators/operator.ts';
import { type Order, orderHash } from '../../../main/verification/order.ts';
import type { Arguments } from '../../../preload/contract.ts';
import { anna, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { fakeOperators, operatorOf } from '../../support/fake-operators.ts';
import { anOrder } from '../../support/orders.ts';
import { rejection } from '../../support/rejection.ts';

/*
 * Referred cases are a queue (docs/decisions/0015-operators.md): a colleague decides by their own sign-in, whoever had the case
 * never does, and what was read stays as it was.
 */

let fake: FakeHouse;
let timers: FakeTimers;
let staff: Operator[];
let desk: Desk;
let cases = 0;

/** The app started anew on the same folder. */
function openDesk(): void {
  const { house, beside } = fake;
  desk = createDesk({
    ...beside,
    house: { ...house, keeping: { ...house.keeping, operators: fakeOperators(staff) } },
    standIn: false,
    newCaseId: () => `case-${++cases}`,
    timers,
  });
}

beforeEach(async () => {
  fake = new FakeHouse();
  timers = new FakeTimers();
  cases = 0;
  staff = ['TE', 'TF', 'TG'].map((sign) => operatorOf(sign, 'teller'));
  fake.verdict = 'refer';
  fake.alone = false;
  openDesk();
  await desk.start();
});

const signIn = (sign: string) => desk.answers['session.signIn'](sign, sign.toLowerCase());
const codeOf = async (act: () => unknown): Promise<string | null> =>
  (await rejection((async () => act())()))?.code ?? null;
const decide = (
  outcome: Arguments<'case.decide'>[0]['outcome'],
  reason: string | null = null,
  sign: string | null = null,
) => codeOf(() => desk.answers['case.decide']({ outcome, reason, sign, seen: fake.verdict }));
const by = (sign: string) => ({ sign, source: 'operator', operatorId: `id-${sign}` });

const nonce = 'ab'.repeat(32);
const signedFor = (order: Order) =>
  successful('active-authentication', { boundTo: toHex(orderHash(order)), boundBy: 'active-authentication', nonce });

/** TE reads a case that nobody decides alone, and refers it. */
async function referred(sign = 'TE', order: Order | null = null): Promise<void> {
  if (staff.length > 0) await signIn(sign);
  const { answers } = desk;
  answers['case.begin']();
  answers['case.choosePurpose']('renew-bankid');
  await answers['case.chooseHolder'](anna.id);
  if (order !== null) await answers['case.readOrder'](JSON.stringify(order));
  fake.lay();
  answers['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
  const checks = order === null ? [] : [signedFor(order)];
  const whole = wholeInspection();
  await fake.current.finish({ ...whole, checks: [...whole.checks, ...checks] });
  answers['case.answerFace']('same', null);
  expect(await decide('go-on', 'I know her')).toBe('decision.needs-second');
  expect(await decide('refer', 'The name is near')).toBeNull();
}

describe('a referred case', () => {
  // Who refers confirms nothing; by the colleague's record the order counts as confirmed, with the chip's proof of then.
  it('keeps its order and what binds it, and the colleague is the one who confirms it', async () => {
    const order = anOrder({ purpose: null, issuedAt: null, expiresAt: null });
    fake.carriesOrder = 'optional';
    await referred('TE', order);
    fake.waiting = fake.waiting.map((waiting) => referralOf(referralText(waiting)));
    openDesk();
    await desk.start();
    await signIn('TF');
    // Of each case the house is told which referral it decides: an order that was referred is that one's alone.
    const asked: (string | null | undefined)[] = [];
    const { orders } = fake.house;
    Object.assign(orders, {
      hindrances: (_: unknown, of: { readonly referral?: string | null }) => {
        asked.push(of.referral);
        return fake.orderHindrances;
      },
    });
    await desk.answers['referrals.open']('case-1');
    expect(desk.state().case).not.toBeNull();
    expect([...new Set(asked)]).toEqual(['case-1']);
    expect(desk.state().case?.order).toMatchObject({ text: order.text, boundBy: 'active-authentication', codes: [] });
    expect(await decide('go-on', 'I asked her for her old passport')).toBeNull();
    const bound = { order, hash: toHex(orderHash(order)), source: 'qr', boundBy: 'active-authentication', nonce };
    expect(fake.records.map((facts) => facts.order)).toEqual([
      { ...bound, issuerKey: null },
      { ...bound, issuerKey: null },
    ]);
    expect(fake.judgedFor.at(-1)).toBe(bound.hash);
    expect(fake.records.map((facts) => confirmedIn(facts))).toEqual([null, order]);
  });

  // Approving it does more than let the person go on (`knownDocuments: approved`): whoever decides is told so before.
  it.each([
    ['a supervisor whose approval puts the document on file', 'approved', 'SU', true],
    ['a teller whose approval does not', 'approved', 'TF', false],
    ['a supervisor under another policy', 'accepted', 'SU', false],
  ] as const)('tells %s so before the decision', async (_, knownDocuments, sign, putsOnFile) => {
    staff = [...staff, operatorOf('SU', 'supervisor')];
    fake.knownDocuments = knownDocuments;
    fake.filesFor = 'id-SU';
    openDesk();
    await desk.start();
    await referred();
    await signIn(sign);
    await desk.answers['referrals.open']('case-1');
    expect(desk.state().case?.referral).toMatchObject({ by: 'TE', putsOnFile });
  });

  it('that came from another station is counted at once, also while a case is open, and changes nothing of that', async () => {
    await referred();
    const [came] = fake.waiting;
    if (came === undefined) throw new Error('nothing waits');
    fake.waiting = [];
    let tell = (): void => undefined;
    const { house } = fake;
    Object.assign(house, {
      parcels: {
        ...house.parcels,
        keepExchanging: (told: () => void) => {
          tell = told;
          return { nudge: () => undefined, between: (act: () => unknown) => act(), close: async () => undefined };
        },
      },
    });
    openDesk();
    await desk.start();
    await signIn('TF');
    desk.answers['case.begin']();
    const { case: before, referrals } = desk.state();
    expect(referrals).toBe(0);
    const counted: unknown[] = [];
    desk.onState((told) => counted.push(told.referrals));
    fake.waiting = [came];
    tell();
    await settled();
    // The looks at what other processes did are not due: no clock went on.
    expect(counted).toContain(1);
    expect(desk.state()).toMatchObject({ case: before, referrals: 1 });
  });

  it('waits after a restart, tells for what and why, and is decided by a colleague as it was read', async () => {
    await referred();
    expect(desk.state()).toMatchObject({ case: null, referrals: 1 });
    // The text is what the store seals: all of the case comes back from it.
    fake.waiting = fake.waiting.map((waiting) => referralOf(referralText(waiting)));
    openDesk();
    await desk.start();
    await signIn('TF');
    expect((await desk.answers['referrals.list']()).rows).toEqual([
      {
        id: 'case-1',
        at: fake.now,
        by: 'TE',
        purpose: 'renew-bankid',
        holderName: 'Anna Andersson',
        nameless: null,
        verdict: 'refer',
        reasons: fake.reasons,
        reason: 'The name is near',
        own: false,
        until: '2026-11-23T10:30:00Z',
        past: false,
        from: null,
        travels: true,
      },
    ]);
    await desk.answers['referrals.open']('case-1');
    const view = desk.state().case;
    expect(view).toMatchObject({
      id: 'case-1-2',
      step: 'decide',
      holder: { id: anna.id },
      face: { answer: 'same' },
      document: { number: 'AA0000001' },
      referral: { by: 'TE', reason: 'The name is near' },
      goOnHindrance: null,
    });
    expect(desk.answers['case.portrait']()).toMatchObject({ format: 'jpeg' });
    const [first] = fake.records;
    expect(view?.checks.map(({ id, result }) => [id, result])).toEqual(
      first?.checks.map(({ id, result }) => [id, result]),
    );
    expect(await decide('go-on')).toBe('decision.reason-missing');
    expect(await decide('go-on', 'I asked her for her old passport')).toBeNull();
    expect(fake.records.at(-1)).toMatchObject({
      id: 'case-1-2',
      decision: { outcome: 'go-on', by: by('TF') },
      referral: { recordId: 'case-1', by: by('TE') },
      checks: first?.checks,
    });
    expect(desk.state()).toMatchObject({ case: null, referrals: 0 });
    expect(await codeOf(() => desk.answers['referrals.open']('case-1'))).toBe('referral.gone');
  });

  // A tester's walk of two desks: "Waiting (0)" stayed until the next act.
  it('of another process is counted here within seconds, without any act', async () => {
    await referred();
    const { waiting } = fake;
    fake.waiting = [];
    const told: (number | null)[] = [];
    desk.onState(({ referrals }) => told.push(referrals));
    timers.advance(3_000);
    expect(desk.state().referrals).toBe(0);
    fake.waiting = waiting;
    timers.advance(3_000);
    await settled();
    expect(desk.state().referrals).toBe(1);
    timers.advance(1_000);
    expect(told.at(-1)).toBe(1);
  });

  // The same walk: an open case stayed shown after the first operator was named at the side door.
  it('and the first operator, whom another process names: nothing is shown before somebody signs in', async () => {
    staff = [];
    openDesk();
    await desk.start();
    desk.answers['case.begin']();
    expect(desk.state()).toMatchObject({ session: { needed: false }, case: { step: 'purpose' } });
    staff.push(operatorOf('TE', 'teller'));
    timers.advance(3_000);
    expect(desk.state()).toMatchObject({ session: { needed: true, operator: null }, case: null });
    await signIn('TE');
    expect(desk.state().case).toMatchObject({ step: 'purpose' });
    // Taken out again: whoever it was is gone as well.
    staff.splice(0, 1, operatorOf('TF', 'teller'));
    timers.advance(3_000);
    expect(desk.state()).toMatchObject({ session: { needed: true, operator: null }, case: null });
  });

  it('is not decided by whoever had it: neither who referred it nor who handed it over', async () => {
    await referred();
    const [waiting] = fake.waiting;
    if (waiting === undefined) throw new Error('nothing waits');
    fake.waiting = [{ ...waiting, handledBy: [...waiting.handledBy, { ...by('TG'), source: 'operator' }] }];
    expect((await desk.answers['referrals.list']()).rows.map(({ own }) => own)).toEqual([true]);
    expect(await codeOf(() => desk.answers['referrals.open']('case-1'))).toBe('referral.own');
    await signIn('TG');
    expect(await codeOf(() => desk.answers['referrals.open']('case-1'))).toBe('referral.own');
    await signIn('TF');
    await desk.answers['referrals.open']('case-1');
    // Nor by coming back to the desk while a colleague has it open.
    desk.answers['session.signOut']();
    await signIn('TE');
    expect(await decide('go-on', 'I know her')).toBe('referral.own');
    expect(fake.records).toHaveLength(1);
  });

  it('stays as it was: nothing is answered, read or abandoned again', async () => {
    await referred();
    await signIn('TF');
    await desk.answers['referrals.open']('case-1');
    const { answers } = desk;
    for (const act of [
      () => answers['case.choosePurpose']('large-transfer'),
      () => answers['case.chooseHolder'](anna.id),
      () => answers['case.holderNotOnFile'](),
      () => answers['case.setAccessKey']({ kind: 'can', can: '123456' }),
      () => answers['case.tap'](),
      () => answers['case.answerFace']('same', null),
      () => answers['case.abandon'](null, null),
    ])
      expect(await codeOf(act)).toBe('referral.as-it-was');
    answers['referrals.putBack']();
    expect(desk.state()).toMatchObject({ case: null, referrals: 1 });
    expect(fake.records).toHaveLength(1);
  });

  it('counts what got worse since: nobody goes on against a verdict that is reject now', async () => {
    await referred();
    await signIn('TF');
    fake.judgeAgain = (inspection) => {
      fake.verdict = 'reject';
      const revoked = unsuccessful('passive-authentication.revocation', 'failed', 'certificate.revoked');
      return { ...inspection, checks: [...inspection.checks, revoked] };
    };
    await desk.answers['referrals.open']('case-1');
    expect(desk.state().case).toMatchObject({ verdict: { verdict: 'reject' }, goOnHindrance: 'decision.not-allowed' });
    expect(await decide('go-on', 'I know her')).toBe('decision.not-allowed');
    expect(await decide('stop', 'The signer was withdrawn')).toBeNull();
    expect(desk.state().referrals).toBe(0);
  });

  it('that cannot be judged now is not on the desk: it waits on, and is opened once more', async () => {
    await referred();
    await signIn('TF');
    fake.judgeAgain = () => {
      throw new Failure('storage.busy');
    };
    expect(await codeOf(() => desk.answers['referrals.open']('case-1'))).toBe('storage.busy');
    expect(desk.state()).toMatchObject({ case: null, referrals: 1 });
    fake.judgeAgain = (inspection) => inspection;
    await desk.answers['referrals.open']('case-1');
    expect(desk.state().case).toMatchObject({ id: 'case-1-2', step: 'decide' });
  });

  it('is not decided by whoever had it under another account: the name is the same', async () => {
    staff.push({ ...operatorOf('T2', 'supervisor'), name: 'Name of TE' });
    openDesk();
    await desk.start();
    await referred();
    await signIn('T2');
    expect((await desk.answers['referrals.list']()).rows.map(({ own }) => own)).toEqual([true]);
    expect(await codeOf(() => desk.answers['referrals.open']('case-1'))).toBe('referral.own');
  });

  it('may be too old to go on with, by the limit of its errand', async () => {
    await referred();
    fake.now = '2026-11-23T10:31:00Z';
    await signIn('TF');
    await desk.answers['referrals.open']('case-1');
    expect(desk.state().case?.goOnHindrance).toBe('referral.past');
    expect(await decide('refer', 'To the main office')).toBeNull();
    // Sent on, it waits here no more.
    expect(desk.state().referrals).toBe(0);
  });

  // Nothing happens by itself with those that are too old: they may be left lying for weeks.
  it('stands before those that nobody can approve any more, however many there are', async () => {
    await referred();
    const [one] = fake.waiting;
    if (one === undefined) throw new Error('nothing waits');
    const at = '2026-11-20T09:00:00Z';
    const old = Array.from({ length: 205 }, (_, index) => ({ ...one, id: `old-${index}`, at, readAt: at }));
    fake.waiting = [...old, one];
    await signIn('TF');
    const { rows } = await desk.answers['referrals.list']();
    expect(rows).toHaveLength(200);
    expect(rows.slice(0, 3).map(({ id, past }) => [id, past])).toEqual([
      ['case-1', false],
      ['old-0', true],
      ['old-1', true],
    ]);
    expect(desk.state().referrals).toBe(206);
  });

  it('that does not open any more is named beside the others, and opens to nobody', async () => {
    await referred();
    const damaged = { id: 'case-0', at: '2026-11-22T09:00:00Z' };
    // Whoever damaged it may have written anything into what stands beside the seal.
    const written = { id: 'x'.repeat(100), at: 'y'.repeat(100) };
    fake.damagedCases = [damaged, written];
    await signIn('TF');
    const queue = await desk.answers['referrals.list']();
    expect([queue.rows.map(({ id }) => id), queue.damaged]).toEqual([
      ['case-1'],
      [damaged, { id: 'x'.repeat(60), at: null }],
    ]);
    expect(await codeOf(() => desk.answers['referrals.open']('case-0'))).toBe('referral.damaged');
    await desk.answers['referrals.open']('case-1');
    expect(desk.state().case?.id).toBe('case-1-2');
  });

  // What was read counted when it was referred: a colleague of the next day decides by today's lists (docs/policies.md).
  it('may be decided the next day where its policy says so, and not past that', async () => {
    fake.referralHours = 24;
    await referred();
    const [waiting] = fake.waiting;
    fake.now = '2026-11-24T10:00:00Z';
    await signIn('TF');
    const told = async () => (await desk.answers['referrals.list']()).rows.map(({ until, past }) => [until, past]);
    expect(await told()).toEqual([['2026-11-24T10:00:00Z', false]]);
    await desk.answers['referrals.open']('case-1');
    expect(desk.state().case?.goOnHindrance).toBeNull();
    const again = fake.judgedFor.length;
    expect(await decide('go-on', 'I know her from before')).toBeNull();
    // Judged by the lists of the day on which it was decided.
    expect(fake.judgedFor.length).toBeGreaterThan(again);
    expect(fake.records.at(-1)).toMatchObject({
      decision: { outcome: 'go-on' },
      referral: { recordId: 'case-1', at: waiting?.at },
      readAt: waiting?.readAt,
    });

    fake.now = '2026-11-23T10:00:00Z';
    await desk.answers['session.signOut']();
    await referred();
    fake.now = '2026-11-24T10:30:00Z';
    await desk.answers['session.signOut']();
    await signIn('TF');
    expect(await told()).toEqual([['2026-11-24T10:00:00Z', true]]);
    await desk.answers['referrals.open'](fake.waiting[0]?.id ?? '');
    expect(desk.state().case?.goOnHindrance).toBe('referral.past');
    expect(await decide('go-on', 'I know her from before')).toBe('referral.past');
    expect(await decide('stop', 'She is to come back')).toBeNull();
  });

  it('waits on where the app ends while a colleague looks at it', async () => {
    await referred();
    await signIn('TF');
    await desk.answers['referrals.open']('case-1');
    await desk.leave();
    expect(fake.records).toHaveLength(1);
    expect(fake.waiting).toHaveLength(1);
  });
});

describe('whoever decides', () => {
  /** TE has read a case and compared the faces. */
  async function read(): Promise<void> {
    await signIn('TE');
    const { answers } = desk;
    answers['case.begin']();
    answers['case.choosePurpose']('renew-bankid');
    await answers['case.chooseHolder'](anna.id);
    fake.lay();
    answers['case.setAccessKey']({ kind: 'can', can: '123456' });
    await settled();
    await fake.current.finish(wholeInspection());
    answers['case.answerFace']('same', null);
  }

  it('is the one who asked: a colleague who signs in while it is judged decides nothing', async () => {
    fake.verdict = 'accept';
    await read();
    const { promise, resolve } = Promise.withResolvers<void>();
    fake.judgeAgain = async (inspection) => {
      await promise;
      return inspection;
    };
    const decided = decide('go-on');
    await signIn('TF');
    resolve();
    expect(await decided).toBe('case.busy');
    expect(fake.records).toEqual([]);
    fake.judgeAgain = (inspection) => inspection;
    expect(await decide('go-on')).toBeNull();
    expect(fake.records[0]?.decision.by).toEqual(by('TF'));
  });

  it('has the role and the training of now, not those of when they took the case', async () => {
    Object.assign(fake.house, { mayGoOnAlone: (...[, , , role]: unknown[]) => role === 'supervisor' });
    staff[0] = operatorOf('TE', 'supervisor');
    openDesk();
    await desk.start();
    await read();
    expect(desk.state().case?.goOnHindrance).toBeNull();
    // Made a teller at the side door meanwhile.
    staff[0] = operatorOf('TE', 'teller');
    expect(await decide('go-on', 'I know her')).toBe('decision.needs-second');
    // And training that ended meanwhile.
    staff[0] = operatorOf('TE', 'supervisor', '2020-01-01');
    expect(await decide('go-on', 'I know her')).toBe('operator.lapsed');
    expect(fake.records).toEqual([]);
  });
});

describe('in training without operators', () => {
  it('a second sign that is typed stands for the colleague, and the record says so', async () => {
    staff = [];
    openDesk();
    await desk.start();
    expect(desk.state().referrals).toBe(0);
    await referred();
    await desk.answers['referrals.open']('case-1');
    const user = fake.house.operatingSystemUser;
    expect(await decide('go-on', 'I know her')).toBe('referral.own');
    expect(await decide('go-on', 'I know her', ` ${user.toUpperCase()}`)).toBe('referral.own');
    expect(await decide('go-on', 'I know her', 'Colleague')).toBeNull();
    expect(fake.records.at(-1)?.decision.by).toEqual({ sign: 'Colleague', source: 'typed' });
  });
});
