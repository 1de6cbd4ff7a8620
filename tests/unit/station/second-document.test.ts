import { beforeEach, describe, expect, it } from 'vitest';
import type { Inspection } from '../../../main/inspection/types.ts';
import { type Check, inspectionCheckIds, successful, unsuccessful } from '../../../main/result/check.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { checksBeside, secondDocumentCheck } from '../../../main/verification/second-document.ts';
import type { Policy } from '../../../main/verification/types.ts';
import { judge } from '../../../main/verification/verdict.ts';
import type { CaseView } from '../../../preload/contract.ts';
import {
  anna,
  day,
  endedInspection,
  FakeHouse,
  FakeTimers,
  settled,
  wholeInspection,
} from '../../support/fake-house.ts';
import { policy } from '../../support/own-resources.ts';
import { rejection } from '../../support/rejection.ts';
import { readDocument } from '../holders/support.ts';

/*
 * A residence permit beside the passport at the desk (docs/policies.md, `documentsInCase`): a second tap in the same case, judged
 * by its own checks and compared with the first, kept in the record. A permit alone, or first, proves nobody.
 */

const today = day('2026-11-23');
const samira = { surname: 'Haddad', givenNames: 'Samira', birthDate: day('1990-05-01'), nationality: 'SYR' };
type Printed = Partial<Parameters<typeof readDocument>[0]>;

const typed = (type: 'passport' | 'residence-permit' | 'identity-card', printed: Printed): Check => {
  const detail = { type, code: printed.documentCode ?? 'P', issuer: printed.issuer ?? 'SWE', nationality: 'SYR' };
  return type === 'residence-permit'
    ? unsuccessful('document.type', 'failed', 'document.residence-permit', detail)
    : successful('document.type', detail);
};

/** A document that was read whole, each of its own checks well but those that are given. */
function read(type: 'passport' | 'residence-permit' | 'identity-card', printed: Printed, ...but: Check[]): Inspection {
  const { document } = wholeInspection();
  if (document === null) throw new Error('no document');
  const others = [typed(type, printed), successful('document.expiry', { expiry: '2030-01-31', at: today }), ...but];
  const checks = inspectionCheckIds.map((id) => others.findLast((each) => each.id === id) ?? successful(id));
  const { mrz, details } = readDocument({ ...samira, ...printed }, today);
  return wholeInspection({ document: { ...document, type }, checks, mrz, details });
}

const passport = () => read('passport', { issuer: 'SYR' });
const permit = (printed: Printed = {}, ...but: Check[]) =>
  read('residence-permit', { format: 'TD1', documentCode: 'IR', ...printed }, ...but);

let fake: FakeHouse;
let timers: FakeTimers;
let desk: Desk;
let takes: Policy['documentsInCase'];

beforeEach(async () => {
  fake = new FakeHouse();
  timers = new FakeTimers();
  takes = 'passport-with-permit';
  const house = {
    ...fake.house,
    policy: (id: Policy['id']) => ({
      ...fake.house.policy(id),
      documentsInCase: id === 'renew-bankid' ? ('one' as const) : takes,
    }),
    // The house's own.
    secondDocument: (first: Inspection, second: Inspection) => {
      const context = { training: true, specimen: second.specimen, station: 'attended' as const };
      const proved = judge(policy('document'), checksBeside(second.checks), context);
      return secondDocumentCheck(first, second, proved, today);
    },
  };
  let number = 0;
  desk = createDesk({ ...fake.beside, house, standIn: false, newCaseId: () => `case-${++number}`, timers });
  await desk.start();
});

const view = (): CaseView => {
  const open = desk.state().case;
  if (open === null) throw new Error('no case');
  return open;
};
const second = (): NonNullable<CaseView['second']> => {
  const there = view().second;
  if (there === null) throw new Error('no second document');
  return there;
};
const told = () => view().checks.find(({ id }) => id === 'document.second') ?? null;
const codeOf = async (act: () => unknown): Promise<string | null> =>
  (await rejection((async () => act())()))?.code ?? null;
const typeKey = async (can = '123456'): Promise<void> => {
  await desk.answers['case.setAccessKey']({ kind: 'can', can });
  await settled();
};

async function firstRead(inspection: Inspection = passport()): Promise<void> {
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('large-transfer');
  await desk.answers['case.chooseHolder'](anna.id);
  fake.lay();
  await typeKey();
  await fake.current.finish(inspection);
}

/** The passport was read, the permit's key is typed, and the two are changed. */
async function secondLaid(): Promise<void> {
  await firstRead();
  await desk.answers['case.goTo']('second');
  await typeKey('654321');
  fake.lift();
  fake.lay();
  await settled();
}

async function secondRead(inspection: Inspection): Promise<void> {
  await secondLaid();
  await fake.current.finish(inspection);
}

async function decided(outcome: 'go-on' | 'refer' | 'stop' = 'go-on') {
  if (view().face === null) await desk.answers['case.answerFace']('same', null);
  return desk.answers['case.decide']({ outcome, reason: null, sign: null, seen: fake.verdict });
}

describe('a second document at the desk', () => {
  it('is laid by a second tap, shown beside the first, counted, and kept in the record', async () => {
    await firstRead();
    expect(second()).toMatchObject({ open: true, laid: false, document: null });
    expect(told()).toBeNull();
    await desk.answers['case.goTo']('second');
    expect(told()).toBeNull();
    await typeKey('654321');
    // The passport still lies there: nobody tries the permit's key on it, and nobody asks what lies there.
    expect(fake.inspections).toHaveLength(1);
    timers.advance(60_000);
    expect(second().reading.state).toBe('waiting');
    expect(told()).toMatchObject({ result: 'undetermined', code: 'document.second-not-read' });
    fake.lift();
    fake.lay();
    await settled();
    expect(second().reading.state).toBe('reading');
    await fake.current.finish(permit());
    expect(told()).toMatchObject({ result: 'successful', code: null });
    expect(second()).toMatchObject({ document: { type: 'residence-permit' }, reading: { state: 'done', taps: 1 } });
    expect(view()).toMatchObject({ document: { type: 'passport' }, reading: { state: 'done', taps: 1 } });
    await decided();
    const [record] = fake.records;
    expect(record?.document?.type).toBe('passport');
    expect(record?.second).toMatchObject({
      document: { type: 'residence-permit' },
      reading: { exchanges: 20 },
      readAt: fake.now,
      taps: 1,
    });
    expect(record?.second?.checks).toHaveLength(inspectionCheckIds.length);
    expect(record?.checks.find(({ id }) => id === 'document.second')?.result).toBe('successful');
  });

  it('is offered beside a passport that was read, and where the errand takes two, alone', async () => {
    await desk.answers['case.begin']();
    await desk.answers['case.choosePurpose']('large-transfer');
    await desk.answers['case.chooseHolder'](anna.id);
    expect(second()).toMatchObject({ open: false, laid: false });
    expect(await codeOf(() => desk.answers['case.goTo']('second'))).toBe('case.not-open');
    fake.lay();
    await typeKey();
    expect(await codeOf(() => desk.answers['case.goTo']('second'))).toBe('case.not-open');
    // A permit first proves nobody, whatever lies beside it.
    await fake.current.finish(permit());
    expect(second().open).toBe(false);
    expect(await codeOf(() => desk.answers['case.goTo']('second'))).toBe('case.not-open');
    await desk.answers['case.abandon'](null, null);
    takes = 'one';
    await firstRead();
    expect(view().second).toBeNull();
    expect(await codeOf(() => desk.answers['case.goTo']('second'))).toBe('case.not-open');
    expect(await codeOf(() => desk.answers['case.dropSecond']())).toBe('case.not-open');
  });

  it.each([
    [
      'another person’s permit',
      permit({ surname: 'Ek', givenNames: 'Nils' }),
      'failed',
      'document.second-other-person',
    ],
    [
      'a permit of another birth date',
      permit({ birthDate: day('1979-02-11') }),
      'failed',
      'document.second-other-person',
    ],
    ['a permit that names another nationality', permit({ nationality: 'IRQ' }), 'undetermined', 'document.second-open'],
    ['a second passport', passport(), 'undetermined', 'document.second-kind'],
    [
      'an identity card',
      read('identity-card', { format: 'TD1', documentCode: 'I' }),
      'undetermined',
      'document.second-kind',
    ],
    [
      'a permit that has run out',
      permit({}, unsuccessful('document.expiry', 'failed', 'document.expired')),
      'failed',
      'document.second-not-proved',
    ],
    [
      'a forged permit',
      permit({}, unsuccessful('passive-authentication.signature', 'failed', 'security-object.signature-wrong')),
      'failed',
      'document.second-not-proved',
    ],
    ['a bank card', endedInspection('document.no-application', 'failed'), 'undetermined', 'document.second-not-read'],
  ] as const)('%s is told as what it is, and kept', async (_, inspection, result, code) => {
    await secondRead(inspection);
    expect(told()).toMatchObject({ result, code });
    await decided('refer');
    expect(fake.records[0]?.second?.document?.type ?? null).toBe(inspection.document?.type ?? null);
    expect(fake.records[0]?.checks.find(({ id }) => id === 'document.second')).toMatchObject({ result, code });
  });

  it('torn in the middle is read on; decided meanwhile it was not read, and the record says so', async () => {
    await secondLaid();
    const torn = endedInspection('card.removed');
    await fake.current.finish(torn);
    expect(second().reading).toMatchObject({ state: 'interrupted', code: 'card.removed' });
    expect(told()).toMatchObject({ result: 'undetermined', code: 'document.second-not-read' });
    // The passport's reading is not touched.
    expect(view().reading).toMatchObject({ state: 'done', taps: 1 });
    fake.lift();
    fake.lay();
    await settled();
    expect(second().reading).toMatchObject({ state: 'reading', taps: 2 });
    await fake.current.finish(permit());
    expect(told()?.result).toBe('successful');

    await desk.answers['case.tap']();
    await settled();
    await fake.current.finish(torn);
    await decided('refer');
    expect(fake.records[0]?.second).toMatchObject({ document: null, taps: 3 });
    expect(fake.records[0]?.checks.find(({ id }) => id === 'document.second')?.code).toBe('document.second-not-read');
  });

  it('is not decided while it is read, and the passport is not read beside it', async () => {
    await secondLaid();
    await desk.answers['case.answerFace']('same', null);
    for (const act of [
      () => desk.answers['case.decide']({ outcome: 'refer', reason: null, sign: null, seen: 'accept' }),
      () => desk.answers['desk.setReader'](null),
      async () => {
        await desk.answers['case.goTo']('chip');
        await desk.answers['case.tap']();
      },
      () => typeKey(),
    ])
      expect(await codeOf(act)).toBe('case.busy');
    expect(fake.inspections).toHaveLength(2);
  });

  it('that nobody lays down counts as not read until it is taken out of the case', async () => {
    await firstRead();
    await desk.answers['case.goTo']('second');
    fake.lift();
    await typeKey('654321');
    timers.advance(10_000);
    expect(second().reading).toMatchObject({ state: 'no-chip', code: 'card.absent' });
    expect(told()).toMatchObject({ code: 'document.second-not-read' });
    await desk.answers['case.dropSecond']();
    expect([view().step, second().laid, told()]).toEqual(['chip', false, null]);
    fake.lay();
    await settled();
    expect(fake.inspections).toHaveLength(1);
    await decided();
    expect(fake.records[0]).not.toHaveProperty('second');
  });

  it('whose key was refused is read at once with the right one', async () => {
    await secondLaid();
    await fake.current.finish(endedInspection('access.wrong-key', 'failed'));
    expect(second().reading).toMatchObject({ state: 'failed', code: 'access.wrong-key' });
    await typeKey('654322');
    expect(fake.inspections).toHaveLength(3);
    await fake.current.finish(permit());
    expect(told()?.result).toBe('successful');
  });

  it('is waited for no more when the passport is laid down again, and goes when the errand takes one document', async () => {
    await firstRead();
    await desk.answers['case.goTo']('second');
    await typeKey('654321');
    await desk.answers['case.goTo']('chip');
    await desk.answers['case.tap']();
    await settled();
    expect(second().reading).toMatchObject({ state: 'failed', code: 'inspection.cancelled' });
    expect(fake.inspections).toHaveLength(2);
    await fake.current.finish(passport());
    await desk.answers['case.goTo']('second');
    await desk.answers['case.choosePurpose']('renew-bankid');
    expect([view().second, view().step, told()]).toEqual([null, 'chip', null]);
  });

  it('grows old as the first one does, and is judged by the lists that came since', async () => {
    fake.verdict = 'accept';
    await secondRead(permit());
    await desk.answers['case.answerFace']('same', null);
    await desk.answers['case.goTo']('chip');
    fake.now = '2026-11-23T10:20:00Z';
    timers.advance(20 * 60_000);
    await desk.answers['case.tap']();
    await settled();
    await fake.current.finish(passport());
    fake.now = '2026-11-23T10:31:00Z';
    timers.advance(11 * 60_000);
    await desk.answers['case.answerFace']('same', null);
    // The passport is eleven minutes old, the permit thirty-one.
    expect(view().goOnHindrance).toBe('case.evidence-old');
    const revoked = unsuccessful('passive-authentication.revocation', 'failed', 'certificate.revoked');
    fake.judgeAgain = (inspection) =>
      inspection.document?.type === 'residence-permit' ? permit({}, revoked) : inspection;
    await decided('refer');
    expect(fake.records[0]?.checks.find(({ id }) => id === 'document.second')).toMatchObject({
      result: 'failed',
      detail: { reasons: ['certificate.revoked'] },
    });
  });

  it('is bound to no order: that is the first document’s', async () => {
    fake.carriesOrder = 'optional';
    await firstRead();
    await desk.answers['case.typeOrder']({
      issuer: 'Bank',
      text: 'Nytt konto',
      amount: '',
      currency: '',
      reference: '',
      expiresAt: null,
    });
    await desk.answers['case.tap']();
    await settled();
    expect(fake.current.request.order.orderHash).toMatch(/^[0-9a-f]{64}$/);
    await fake.current.finish(passport());
    await desk.answers['case.goTo']('second');
    await typeKey('654321');
    fake.lift();
    fake.lay();
    await settled();
    expect(fake.current.request.order).not.toHaveProperty('orderHash');
  });

  it('waits with its case for a colleague, who sees it and cannot take it out', async () => {
    fake.verdict = 'refer';
    await secondRead(permit({ nationality: 'IRQ' }));
    await decided('refer');
    const [waiting] = fake.waiting;
    expect(waiting?.second).toMatchObject({ keyKind: 'can', taps: 1, readAt: fake.now });
    await desk.answers['referrals.open']('case-1');
    expect(second().document?.type).toBe('residence-permit');
    expect(told()).toMatchObject({ code: 'document.second-open' });
    expect(await codeOf(() => desk.answers['case.dropSecond']())).toBe('referral.as-it-was');
    await desk.answers['case.decide']({ outcome: 'stop', reason: 'x', sign: 'colleague', seen: 'refer' });
    expect(fake.records[1]?.second?.document?.type).toBe('residence-permit');
  });
});
