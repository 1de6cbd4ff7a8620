import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Inspection } from '../../../../main/inspection/types.ts';
import { type CheckId, unsuccessful } from '../../../../main/result/check.ts';
import type { FailureCode } from '../../../../main/result/failure-codes.ts';
import { kioskHealthSetting } from '../../../../main/result/kiosk-health.ts';
import { quietMillis, warningSeconds } from '../../../../main/station/kiosk/quiet.ts';
import { kioskStateSchema } from '../../../../preload/kiosk-contract.ts';
import { anna, endedInspection, settled, wholeInspection } from '../../../support/fake-house.ts';
import { operatorOf } from '../../../support/fake-operators.ts';
import { KioskWithoutWindow } from '../../../support/kiosk-without-window.ts';
import { anOrder } from '../../../support/orders.ts';
import { rejection } from '../../../support/rejection.ts';

// 9303-4 Appendix B: the passport of Anna Maria Eriksson, Utopia.
const utopia = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10';

let at: KioskWithoutWindow;
const state = () => at.kiosk.state();
const acts = () => at.kiosk.answers;

beforeEach(async () => {
  at = new KioskWithoutWindow();
  at.fake.verdict = 'refer';
  at.fake.reasons = ['face.not-compared'];
  at.fake.alone = false;
  await at.start();
});

async function toWay(): Promise<void> {
  await acts().go('language');
  await acts().chooseLanguage('en');
  await acts().choosePurpose('renew-bankid');
}

async function toLaying(): Promise<void> {
  await toWay();
  await acts().typeCan('123456');
  await settled();
}

async function read(inspection: Inspection = wholeInspection()): Promise<void> {
  at.fake.lay();
  await settled();
  await at.fake.current.finish(inspection);
  await settled();
}

/** Read, and then the step with the camera is left to a colleague: as most people end who come so far. */
async function readToEnd(inspection: Inspection = wholeInspection()): Promise<void> {
  await read(inspection);
  expect(state().screen).toBe('face');
  await acts().endFace();
  await settled();
}

const withCheck = (id: CheckId, code: FailureCode): Inspection => {
  const whole = wholeInspection();
  return { ...whole, checks: [...whole.checks, unsuccessful(id, 'failed', code)] };
};

describe('a visit', () => {
  it('goes from the attract screen to a case that a colleague finishes', async () => {
    expect(state()).toMatchObject({ screen: 'attract', purposes: ['renew-bankid', 'replace-device'] });
    await acts().go('language');
    expect(state().screen).toBe('language');
    await acts().chooseLanguage('fi');
    expect(state()).toMatchObject({ screen: 'purpose', language: 'fi' });
    await acts().choosePurpose('renew-bankid');
    expect(state().screen).toBe('way');
    await acts().go('can');
    await acts().typeCan('123456');
    expect(state()).toMatchObject({ screen: 'lay', laying: { kind: 'unknown', place: 'unknown' } });
    at.fake.lay();
    await settled();
    expect(state().screen).toBe('reading');
    await at.fake.current.finish(wholeInspection());
    await settled();
    expect(state()).toMatchObject({ screen: 'face', face: { phase: 'asked', asked: null }, result: null });
    expect(at.fake.waiting).toEqual([]);
    await acts().endFace();
    expect(state()).toMatchObject({ screen: 'result', face: null, result: 'colleague', receipt: 'CASE-1' });
    const [record] = at.fake.records;
    expect(record).toMatchObject({ purpose: 'renew-bankid', face: null, decision: { outcome: 'refer' } });
    expect(record?.holder?.id).toBe(anna.id);
    expect(at.fake.waiting.map(({ id }) => id)).toEqual(['case-1']);
    await acts().leave();
    expect(state()).toMatchObject({ screen: 'attract', visit: 1, receipt: null, result: null });
    expect(at.moved).toEqual(['wiped']);
  });

  it('asks after nobody on file before a chip has said who they are, and then after that one alone', async () => {
    await toLaying();
    expect(at.lookedUp).toEqual([]);
    await read();
    expect(at.lookedUp).toEqual(['198203142392']);
  });

  it('ends in the same words whether the person is on file or not, and whatever the register says', async () => {
    const ends: unknown[] = [];
    for (const onFile of [[anna], [], [anna, anna]]) {
      at = new KioskWithoutWindow();
      at.fake.verdict = 'refer';
      at.onFile = onFile;
      await at.start();
      await toLaying();
      await readToEnd();
      const { revision: _, receipt, ...told } = state();
      expect(receipt).not.toBeNull();
      ends.push(told);
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });

  it('accepts nobody whose face nobody compared, whatever the verdict', async () => {
    at.fake.verdict = 'accept';
    at.fake.reasons = [];
    await toLaying();
    await readToEnd();
    expect(state().result).toBe('colleague');
    expect(at.fake.records.map(({ decision }) => decision.outcome)).toEqual(['refer']);
  });

  it('is offered what the policies let a kiosk begin, and nothing else', async () => {
    await acts().go('language');
    await acts().chooseLanguage('en');
    await acts().choosePurpose('large-transfer');
    expect(state()).toMatchObject({ screen: 'purpose', purpose: null });
    expect(at.desk.unattended.view()).toBeNull();
  });

  it('begins with a page that was swiped, and still asks for the language first', async () => {
    await acts().scan(utopia);
    expect(state().screen).toBe('language');
    await acts().chooseLanguage('sv');
    await acts().choosePurpose('renew-bankid');
    expect(state()).toMatchObject({ screen: 'lay', laying: { kind: 'passport', place: 'unknown' } });
  });

  it('begins with an order that was scanned, for the purpose that it names, and still asks for the language first', async () => {
    at.fake.carriesOrder = 'optional';
    await acts().scan(JSON.stringify(anOrder({ purpose: 'replace-device' })));
    expect(state()).toMatchObject({ screen: 'language', purpose: 'replace-device', said: null });
    expect(state().order).toMatchObject({ text: anOrder().text });
    await acts().chooseLanguage('sv');
    expect(state().screen).toBe('way');
  });

  it.each([
    ['that is no order', '{"schema":"styrk-order","id":1}'],
    ['for what nobody begins alone', JSON.stringify(anOrder({ purpose: 'large-transfer' }))],
  ])('says of a code %s that it cannot be carried out here, and takes nothing of it', async (_, text) => {
    at.fake.carriesOrder = 'optional';
    await toWay();
    await acts().scan(text);
    expect(state()).toMatchObject({ screen: 'way', purpose: 'renew-bankid', order: null, said: 'order-refused' });
    await acts().scan(JSON.stringify(anOrder({ purpose: null })));
    expect(state()).toMatchObject({ purpose: 'renew-bankid', said: null, order: { text: anOrder().text } });
  });

  it('takes no order where no purpose carries any', async () => {
    at.fake.carriesOrder = 'none';
    await acts().scan(JSON.stringify(anOrder({ purpose: null })));
    expect(state()).toMatchObject({ screen: 'language', purpose: null, order: null, said: 'order-refused' });
    expect(at.desk.unattended.view()).toBeNull();
  });

  it('says what was typed wrong in words that blame nobody', async () => {
    await toWay();
    await acts().go('can');
    await acts().typeCan('12');
    expect(state()).toMatchObject({ screen: 'can', said: 'number-wrong' });
    await acts().go('fields');
    await acts().typeFields({ documentNumber: 'AA0000001', birthDate: '821399', expiryDate: '300131' });
    expect(state()).toMatchObject({ screen: 'fields', said: 'lines-wrong' });
  });

  it('asks a colleague to come after three keys that open no chip', async () => {
    await toWay();
    for (const [tries, screen] of [
      [1, 'way'],
      [2, 'way'],
      [3, 'result'],
    ] as const) {
      await acts().typeCan('123456');
      await read(endedInspection('access.wrong-key', 'failed'));
      expect([tries, state().screen]).toEqual([tries, screen]);
      at.fake.lift();
    }
    expect(state().result).toBe('colleague');
  });

  it('lets nobody try again and again with what has shown itself to be no true document', async () => {
    await toLaying();
    const { checks } = endedInspection('secure-messaging.unprotected-answer');
    await read({
      ...endedInspection('secure-messaging.unprotected-answer'),
      checks: [...checks, unsuccessful('chip-authentication', 'failed', 'chip-authentication.failed')],
    });
    expect(state()).toMatchObject({ screen: 'result', result: 'colleague' });
  });

  it('goes on where a torn document was laid back', async () => {
    await toLaying();
    await read(endedInspection('card.removed'));
    expect(state()).toMatchObject({ screen: 'lay', said: 'lay-again' });
    at.fake.lift();
    await readToEnd();
    expect(state().result).toBe('colleague');
  });
});

describe('what a person is told of their document', () => {
  it.each([
    ['document.expiry', 'document.expired', 'document-expired', 'stop'],
    ['document.type', 'document.type-not-accepted', 'document-other-kind', 'stop'],
  ] as const)('what stands on its face: %s', async (id, code, told, outcome) => {
    at.fake.verdict = 'reject';
    await toLaying();
    await read(withCheck(id, code));
    expect(state().result).toBe(told);
    expect(at.fake.records.at(-1)?.decision.outcome).toBe(outcome);
  });

  it.each([
    ['passive-authentication.hashes', 'passive-authentication.hash-mismatch'],
    ['passive-authentication.signature', 'signature.invalid'],
    ['document.defects', 'defects.revoked'],
    ['holder.name', 'holder.name-mismatch'],
    ['chip-authentication', 'chip-authentication.failed'],
  ])('and of %s nothing but that a colleague comes', async (id, code) => {
    at.fake.verdict = 'reject';
    await toLaying();
    await readToEnd(withCheck(id as CheckId, code as FailureCode));
    expect(state()).toMatchObject({ screen: 'result', result: 'colleague' });
    expect(at.fake.waiting).toHaveLength(1);
    // Whatever was found, nothing of it crosses to the page.
    expect(JSON.stringify(state())).not.toContain(code);
  });

  it('an expired document that is forged besides teaches nobody which of the two was seen', async () => {
    await toLaying();
    const { checks } = withCheck('passive-authentication.hashes', 'document.dg-hash-mismatch' as FailureCode);
    await readToEnd({
      ...wholeInspection(),
      checks: [...checks, unsuccessful('document.expiry', 'failed', 'document.expired')],
    });
    expect(state().result).toBe('colleague');
  });
});

describe('nothing of a person', () => {
  it('is in what the page is ever told', async () => {
    const told: string[] = [];
    at.kiosk.onState((now) => {
      expect(v.safeParse(kioskStateSchema, now).success).toBe(true);
      told.push(JSON.stringify(now));
    });
    await acts().scan(utopia);
    await acts().chooseLanguage('en');
    await acts().choosePurpose('renew-bankid');
    await readToEnd();
    expect(state().screen).toBe('result');
    expect(told.length).toBeGreaterThan(4);
    for (const secret of [
      'ANDERSSON',
      'Andersson',
      'ERIKSSON',
      'L898902C3',
      '198203142392',
      'AA0000001',
      'K-1001',
      '1982',
    ])
      expect(told.some((each) => each.includes(secret))).toBe(false);
  });

  it('stays when they leave in the middle: the case ends as abandoned, and the next one begins as the first did', async () => {
    const first = state();
    await toLaying();
    await acts().prefer({ speech: true, lower: true, contrast: true });
    await acts().callStaff(true);
    await acts().leave();
    const { revision: _, visit, ...rest } = state();
    const { revision: __, visit: before, ...then } = first;
    expect(rest).toEqual(then);
    expect(visit).toBe(before + 1);
    expect(at.desk.unattended.view()).toBeNull();
    expect(at.fake.records.map(({ decision }) => decision.outcome)).toEqual(['abandoned']);
    expect(at.moved).toEqual(['wiped']);
  });
});

describe('time', () => {
  it('warns, counts, and wipes; any touch extends it, as often as people like', async () => {
    await toWay();
    for (let round = 0; round < 12; round++) {
      at.timers.advance(quietMillis);
      expect(state().time).toEqual({ total: warningSeconds, left: warningSeconds });
      at.pass(warningSeconds - 1);
      expect(state().time).toEqual({ total: warningSeconds, left: 1 });
      await acts().touched();
      expect(state()).toMatchObject({ time: null, screen: 'way' });
    }
    at.timers.advance(quietMillis);
    at.pass(warningSeconds);
    await settled();
    expect(state()).toMatchObject({ screen: 'attract', time: null });
    expect(at.fake.records.map(({ decision }) => decision.outcome)).toEqual(['abandoned']);
  });

  it('does not run while a chip is read, nor on the attract screen', async () => {
    await toLaying();
    at.fake.lay();
    await settled();
    at.timers.advance(10 * quietMillis);
    expect(state()).toMatchObject({ screen: 'reading', time: null });
    await at.fake.current.finish(wholeInspection());
    await settled();
    await acts().leave();
    at.timers.advance(10 * quietMillis);
    expect(state()).toMatchObject({ screen: 'attract', time: null });
  });

  it('is longer for who called somebody', async () => {
    await toWay();
    await acts().callStaff(true);
    at.timers.advance(2 * quietMillis);
    expect(state()).toMatchObject({ screen: 'staff', called: true, time: null });
    await acts().goOn();
    expect(state().screen).toBe('way');
  });
});

describe('a colleague', () => {
  it('comes by their own sign-in, and the kiosk is closed to everybody meanwhile', async () => {
    at.staff.push(operatorOf('TE', 'teller'));
    await toLaying();
    await acts().callStaff(true);
    expect(state().signIn).toBe(true);
    await acts().signIn('TE', 'wrong');
    expect(state()).toMatchObject({ screen: 'staff', said: 'sign-in-refused' });
    await acts().signIn('', '');
    expect(state()).toMatchObject({ screen: 'staff', said: 'sign-in-refused' });
    expect(at.moved).toEqual([]);
  });

  it('takes over the case that is open, and leaves a kiosk for the next person', async () => {
    at = new KioskWithoutWindow('training', [operatorOf('TE', 'teller')]);
    await at.start();
    await toLaying();
    await acts().callStaff(true);
    await acts().signIn('TE', 'te');
    expect(state().screen).toBe('colleague');
    expect(at.moved).toEqual(['open']);
    expect(at.desk.state().case?.step).toBe('chip');
    expect((await rejection(Promise.resolve(acts().typeCan('123456'))))?.code).toBe('case.busy');
    await at.desk.answers['session.signOut']();
    expect(at.moved).toEqual(['open', 'close']);
    await at.kiosk.colleagueGone();
    expect(state()).toMatchObject({ screen: 'attract', visit: 1 });
    expect(at.desk.unattended.view()).toBeNull();
  });

  it('finishes what the kiosk referred: compares the face, which nobody had, and decides', async () => {
    await toLaying();
    await readToEnd();
    await acts().leave();
    await acts().callStaff(true);
    await acts().signIn('', '');
    expect(state().screen).toBe('colleague');
    const { answers } = at.desk;
    at.fake.verdict = 'accept';
    await answers['referrals.open']('case-1');
    expect(at.desk.state().case?.goOnHindrance).toBe('face.not-compared');
    await answers['case.answerFace']('same', null);
    expect(at.desk.state().case?.goOnHindrance).toBeNull();
    await answers['case.decide']({ outcome: 'go-on', reason: null, sign: 'CD', seen: 'accept' });
    expect(at.fake.records.at(-1)).toMatchObject({
      face: { answer: 'same' },
      decision: { outcome: 'go-on' },
      referral: { recordId: 'case-1' },
    });
    await at.kiosk.colleagueGone();
    expect(state().screen).toBe('attract');
  });
});

describe('a kiosk looks after itself', () => {
  it('is out of order once the reader is gone for a while, and in order when it is back', async () => {
    at.fake.unplug('Reader A');
    expect(state().screen).toBe('attract');
    at.pass(5);
    expect(state()).toMatchObject({ screen: 'out-of-order', code: 'reader.none' });
    expect(at.fake.settings.get(kioskHealthSetting)).toMatchObject({ code: 'reader.none' });
    at.fake.setReader('Reader A', 'empty');
    expect(state()).toMatchObject({ screen: 'attract', code: null });
    expect(at.fake.settings.get(kioskHealthSetting)).toMatchObject({ code: null });
  });

  it('leaves nobody before a machine that does not go on', async () => {
    await toLaying();
    at.fake.event({ type: 'service', available: false, code: 'reader.service-stopped' });
    at.pass(5);
    await settled();
    expect(state()).toMatchObject({ screen: 'out-of-order', code: 'reader.service-stopped' });
    expect(at.fake.records.map(({ decision }) => decision.outcome)).toEqual(['abandoned']);
    at.fake.event({ type: 'service', available: true, code: null });
    at.fake.setReader('Reader A', 'empty');
    expect(state().screen).toBe('attract');
  });

  it('is out of order while nothing can be kept', async () => {
    const { settings } = at.fake;
    const set = settings.set.bind(settings);
    settings.set = () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    at.timers.advance(60_000);
    expect(state().screen).toBe('out-of-order');
    settings.set = set;
    at.timers.advance(60_000);
    expect(state().screen).toBe('attract');
  });

  it('is out of order once its page went down too often, and whole when one has stood', () => {
    at.kiosk.pageGone(true);
    expect(state().screen).toBe('attract');
    at.kiosk.pageGone(false);
    expect(state()).toMatchObject({ screen: 'out-of-order', code: 'kiosk.page-gone' });
    at.kiosk.pageStands();
    at.pass(301);
    expect(state().screen).toBe('attract');
  });

  it('starts anew at its hour, when nobody is there', async () => {
    at.timers.advance(3 * 60 * 60_000);
    at.hour = 4;
    await acts().go('language');
    at.timers.advance(60_000);
    expect(at.moved).not.toContain('restart');
    await acts().leave();
    at.timers.advance(60_000);
    expect(at.moved.at(-1)).toBe('restart');
  });

  it('serves nobody in an ordinary folder that no operator could leave, or whose policies offer nothing', async () => {
    at = new KioskWithoutWindow('ordinary');
    await at.start();
    expect(state()).toMatchObject({ screen: 'out-of-order', code: 'kiosk.no-operators' });
    at.staff.push(operatorOf('TE', 'teller'));
    at.timers.advance(60_000);
    expect(state().code).toBe('kiosk.no-purposes');
    at.unattended = 'begun';
    at.timers.advance(60_000);
    expect(state().screen).toBe('attract');
  });
});
