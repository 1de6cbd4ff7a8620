import { beforeEach, describe, expect, it } from 'vitest';
import { roles } from '../../../main/result/roles.ts';
import { answerCall, methodNames } from '../../../main/station/call-gate.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { methodRoles } from '../../../main/station/method-roles.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import { idleMillis } from '../../../main/station/session.ts';
import type { Operator } from '../../../main/store/operators/operator.ts';
import type { Arguments, CallResult, MethodName } from '../../../preload/contract.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { anna, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { fakeOperators, operatorOf } from '../../support/fake-operators.ts';

/*
 * Who is at the desk (docs/decisions/0015-operators.md): each call of the page's contract is made by somebody who signed in and
 * whose role includes it; a desk that is left alone shows nothing of the case, which stays.
 */

let fake: FakeHouse;
let timers: FakeTimers;
let staff: Operator[];
let desk: Desk;

function openDesk(): void {
  const { house, beside } = fake;
  desk = createDesk({
    ...beside,
    house: { ...house, keeping: { ...house.keeping, operators: fakeOperators(staff) } },
    standIn: false,
    newCaseId: () => 'case-1',
    timers,
  });
}

beforeEach(() => {
  fake = new FakeHouse();
  timers = new FakeTimers();
  staff = [
    operatorOf('TE', 'teller'),
    operatorOf('TF', 'teller'),
    operatorOf('SU', 'supervisor'),
    operatorOf('AD', 'administrator'),
    operatorOf('AU', 'auditor'),
  ];
  openDesk();
});

const signIn = (sign: string) => desk.answers['session.signIn'](sign, sign.toLowerCase());
const call = <M extends MethodName>(method: M, ...args: Arguments<M>): Promise<CallResult<M>> =>
  answerCall(
    { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined },
    method,
    { url: `${appOrigin}/index.html`, mainFrame: true },
    args,
  );

/** A case that was read and compared, at its decision. */
async function caseToDecide(): Promise<void> {
  const { answers } = desk;
  await desk.start();
  answers['case.begin']();
  answers['case.choosePurpose']('renew-bankid');
  await answers['case.chooseHolder'](anna.id);
  fake.lay();
  answers['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
  await fake.current.finish(wholeInspection());
  answers['case.answerFace']('same', null);
}

describe('every method × every role', () => {
  // What the gate lets pass is what the table says, and the table is this one.
  it('is this table', () => {
    const table = methodNames().map((method) => {
      const need: readonly string[] | 'anyone' = methodRoles[method];
      return `${method}: ${need === 'anyone' ? 'anyone' : need.join(' ')}`;
    });
    expect(table).toMatchSnapshot();
  });

  it.each(['nobody', ...roles] as const)('holds for %s', async (who) => {
    const operator = staff.find(({ role }) => role === who);
    if (operator !== undefined) await signIn(operator.sign);
    for (const method of methodNames()) {
      if (method.startsWith('session.')) continue;
      const need: readonly string[] | 'anyone' = methodRoles[method];
      const passes = need === 'anyone' || need.includes(who);
      // Arguments are of no matter: who may not call learns nothing of what would come of it.
      const answer = (desk.answers[method] as (...args: unknown[]) => unknown).bind(desk.answers);
      const code = await Promise.resolve()
        .then(() => answer())
        .then(
          () => null,
          (thrown) => (thrown as { code?: string }).code ?? 'other',
        );
      const refused = code === 'operator.needed' || code === 'operator.role';
      expect([method, refused]).toEqual([method, !passes]);
    }
  });

  it('asks nobody where the folder has no operator', () => {
    staff.length = 0;
    openDesk();
    expect(desk.state().session).toEqual({ needed: false, operator: null, waiting: null });
    expect(desk.answers['case.begin']()).toBeNull();
  });

  it('asks as soon as the first one was added, and no more of one who was removed', async () => {
    const [first] = staff;
    if (first === undefined) throw new Error('nobody');
    staff.length = 0;
    openDesk();
    staff.push(first);
    expect(failureCodeOf(() => desk.answers['case.begin']())).toBe('operator.needed');
    await signIn('TE');
    desk.answers['case.begin']();
    staff.length = 0;
    staff.push(operatorOf('AD', 'administrator'));
    expect(failureCodeOf(() => desk.answers['case.choosePurpose']('renew-bankid'))).toBe('operator.needed');
    expect(desk.state().session.operator).toBeNull();
  });
});

describe('a desk that is left alone', () => {
  it('locks itself, shows nothing of the case, and keeps it', async () => {
    await signIn('TE');
    await caseToDecide();
    desk.linkOpened('order.expired');
    timers.advance(idleMillis - 1);
    expect(desk.state().case).not.toBeNull();
    expect(desk.state().refusedLink?.code).toBe('order.expired');
    desk.answers['session.active']();
    timers.advance(idleMillis - 1);
    expect(desk.state().session.operator?.sign).toBe('TE');
    timers.advance(1);
    const locked = desk.state();
    expect(locked.session).toEqual({ needed: true, operator: null, waiting: 'TE' });
    expect([locked.case, locked.refusedLink]).toEqual([null, null]);
    for (const secret of [anna.surname, anna.personalNumber, 'AA0000001'])
      expect(JSON.stringify(locked)).not.toContain(secret);
    expect(await call('case.portrait')).toMatchObject({ ok: false, code: 'operator.needed' });
    await signIn('TE');
    expect(desk.state().case).toMatchObject({ id: 'case-1', holder: { id: anna.id }, face: { answer: 'same' } });
  });

  it('closes the camera', async () => {
    await signIn('TE');
    await caseToDecide();
    desk.answers['case.goTo']('face');
    desk.answers['case.camera'](true);
    expect(desk.cameraOpen()).toBe(true);
    desk.answers['session.signOut']();
    expect(desk.cameraOpen()).toBe(false);
  });

  it('gives a list of people that was asked for before to nobody', async () => {
    await signIn('TE');
    desk.answers['case.begin']();
    desk.answers['case.choosePurpose']('renew-bankid');
    const asked = call('holders.find', 'Andersson');
    desk.answers['session.signOut']();
    expect(await asked).toMatchObject({ ok: false, code: 'operator.needed' });
  });

  it('is taken over by a colleague with the case, and the record names both', async () => {
    await signIn('TE');
    await caseToDecide();
    timers.advance(idleMillis);
    await signIn('AU');
    // Who takes no cases sees none.
    expect(desk.state()).toMatchObject({ case: null, session: { waiting: 'TE', operator: { takesCases: false } } });
    await signIn('TF');
    expect(desk.state().case?.id).toBe('case-1');
    const decided = await call('case.decide', { outcome: 'go-on', reason: null, sign: 'Somebody', seen: 'accept' });
    expect(decided).toMatchObject({ ok: true });
    const by = (sign: string) => ({ sign, source: 'operator', operatorId: `id-${sign}` });
    expect(fake.records[0]).toMatchObject({ decision: { by: by('TF') }, handledBy: [by('TE'), by('TF')] });
  });
});

describe('an operator whose training is too long ago', () => {
  // 2026-11-23 is the day of the fake house.
  it.each([
    ['2026-11-22', 'operator.lapsed'],
    ['2026-11-23', null],
  ])('trained until %s: %s', async (until, hindrance) => {
    staff.push(operatorOf('LA', 'teller', until));
    await signIn('LA');
    await caseToDecide();
    expect(desk.state().session.operator?.lapsed).toBe(hindrance !== null);
    expect(desk.state().case?.goOnHindrance).toBe(hindrance);
    const decided = await call('case.decide', { outcome: 'go-on', reason: null, sign: null, seen: 'accept' });
    expect(decided).toMatchObject(hindrance === null ? { ok: true } : { ok: false, code: hindrance });
    // What a colleague decides they may always ask for.
    if (hindrance !== null)
      expect(await call('case.decide', { outcome: 'refer', reason: 'x', sign: null, seen: 'accept' })).toMatchObject({
        ok: true,
      });
  });
});
