import { beforeEach, describe, expect, it } from 'vitest';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { FailureCode } from '../../../main/result/failure-codes.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import type { EarlierReading } from '../../../main/verification/freshness.ts';
import type { Policy } from '../../../main/verification/types.ts';
import { anna, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { rejection } from '../../support/rejection.ts';

/*
 * An earlier reading of the same document counts once more at the desk (docs/policies.md, `freshness`): offered where the person was
 * read within the limit, taken with the number of the document in the hand, looked at again when the case is decided.
 */

const { document } = wholeInspection();
const earlier: EarlierReading = {
  recordId: 'r-1',
  readAt: '2026-11-23T09:45:00Z',
  document,
  access: null,
  checks: [successful('passive-authentication.signature', { earlierRecord: 'r-1' }), successful('holder.name')],
  specimen: true,
};

let fake: FakeHouse;
let desk: Desk;
let hindrance: FailureCode | null;
let asked: string[];
let referrals: (string | undefined)[];

beforeEach(async () => {
  fake = new FakeHouse();
  hindrance = null;
  asked = [];
  referrals = [];
  const house = {
    ...fake.house,
    policy: (id: Policy['id']): Policy => ({
      ...fake.house.policy(id),
      order: 'optional',
      freshness: id === 'step-up' ? { minutes: 30, purposes: ['large-transfer'] } : null,
    }),
    reusableCase: ({ holder }: { readonly holder: { readonly id: string } | null }) =>
      holder?.id === anna.id ? { recordId: 'r-1', readAt: earlier.readAt } : null,
    earlierCase: ({ documentNumber, referral }: { readonly documentNumber: string; readonly referral?: string }) => {
      asked.push(documentNumber);
      referrals.push(referral);
      if (hindrance !== null) throw new Failure(hindrance);
      if (documentNumber !== document?.number) throw new Failure('freshness.other-document');
      return earlier;
    },
  };
  let number = 0;
  desk = createDesk({
    ...fake.beside,
    house,
    standIn: false,
    newCaseId: () => `case-${++number}`,
    timers: new FakeTimers(),
  });
  await desk.start();
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('step-up');
  await desk.answers['case.chooseHolder'](anna.id);
});

const view = () => {
  const open = desk.state().case;
  if (open === null) throw new Error('no case');
  return open;
};
const codeOf = async (act: () => unknown): Promise<string | null> =>
  (await rejection((async () => act())()))?.code ?? null;
const decide = () => desk.answers['case.decide']({ outcome: 'go-on', reason: null, sign: null, seen: 'accept' });

async function reused(): Promise<void> {
  await desk.answers['case.reuse'](document?.number ?? '');
}

describe('an earlier reading at the desk', () => {
  it('is offered, taken with the number of the document in the hand, and stated in the record', async () => {
    expect(view().reuse).toEqual({ offered: earlier.readAt, used: null });
    await reused();
    expect(view()).toMatchObject({
      step: 'face',
      reuse: { used: earlier.readAt },
      document: { number: document?.number },
    });
    // No chip gave a photo today: the printed one is compared.
    expect(view().portrait).toBe('none');
    await desk.answers['case.answerFace']('same', null);
    expect(view().checks.find(({ id }) => id === 'passive-authentication.signature')?.detail).toEqual({
      earlierRecord: 'r-1',
    });
    await decide();
    expect(fake.records[0]).toMatchObject({
      freshness: { recordId: 'r-1', readAt: earlier.readAt },
      readAt: earlier.readAt,
      reading: null,
      taps: 0,
      face: { answer: 'same' },
    });
    expect(fake.records[0]?.checks.filter(({ id }) => id === 'holder.name')).toHaveLength(1);
    // Once when it was taken, once when it was decided.
    expect(asked).toEqual([document?.number, document?.number]);
    expect(fake.inspections).toHaveLength(0);
  });

  it('counts for no other document, and the document may be read all the same', async () => {
    expect(await codeOf(() => desk.answers['case.reuse']('XX9999999'))).toBe('freshness.other-document');
    expect(view().reuse?.used).toBeNull();
    expect(view().document).toBeNull();
    await reused();
    fake.lay();
    await desk.answers['case.setAccessKey']({ kind: 'can', can: '123456' });
    await settled();
    await fake.current.finish(wholeInspection());
    expect(view().reuse?.used).toBeNull();
    await desk.answers['case.answerFace']('same', null);
    await decide();
    expect(fake.records[0]).not.toHaveProperty('freshness');
  });

  it.each(['freshness.later-record', 'freshness.lists-changed', 'freshness.past'] as const)(
    'that no longer counts when the case is decided (%s) ends nothing',
    async (code) => {
      await reused();
      await desk.answers['case.answerFace']('same', null);
      hindrance = code;
      expect(await codeOf(decide)).toBe(code);
      expect([fake.records.length, desk.state().case?.id]).toEqual([0, 'case-1']);
    },
  );

  it('past its limit hinders going on', async () => {
    await reused();
    await desk.answers['case.answerFace']('same', null);
    expect(view().goOnHindrance).toBeNull();
    fake.now = '2026-11-23T10:15:01Z';
    expect(view().goOnHindrance).toBe('case.evidence-old');
  });

  it('is none of an errand that reads each time, of somebody else, or of an order', async () => {
    await reused();
    await desk.answers['case.choosePurpose']('large-transfer');
    expect([view().reuse, view().document]).toEqual([null, null]);
    expect(await codeOf(reused)).toBe('case.not-open');
    await desk.answers['case.choosePurpose']('step-up');
    await reused();
    await desk.answers['case.holderNotOnFile']();
    expect([view().reuse, view().document]).toEqual([{ offered: null, used: null }, null]);
    await desk.answers['case.chooseHolder'](anna.id);
    await reused();
    const order = { issuer: 'Bank', text: 'Nytt', amount: '', currency: '', reference: '', expiresAt: null };
    await desk.answers['case.typeOrder'](order);
    expect([view().reuse?.used, view().document]).toEqual([null, null]);
    expect(await codeOf(reused)).toBe('order.other-proof');
  });

  it('waits with its case for a colleague, as it was', async () => {
    fake.verdict = 'refer';
    await reused();
    await desk.answers['case.answerFace']('unsure', 'beard');
    await desk.answers['case.decide']({ outcome: 'refer', reason: null, sign: null, seen: 'refer' });
    expect(fake.waiting[0]?.reused).toEqual({
      recordId: 'r-1',
      readAt: earlier.readAt,
      documentNumber: document?.number,
    });
    await desk.answers['referrals.open']('case-1');
    expect(view()).toMatchObject({ reuse: { used: earlier.readAt }, document: { number: document?.number } });
    // Its own record is no later one that speaks against it.
    expect(referrals.at(-1)).toBe('case-1');
    expect(view().goOnHindrance).toBeNull();
    await desk.answers['referrals.putBack']();
    // A list came, the document was blocked, another case spoke against it: nobody goes on, and it may be ended all the same.
    hindrance = 'freshness.lists-changed';
    await desk.answers['referrals.open']('case-1');
    expect(view().goOnHindrance).toBe('freshness.lists-changed');
    const goOn = { outcome: 'go-on', reason: 'x', sign: 'colleague', seen: 'refer' } as const;
    expect(await codeOf(() => desk.answers['case.decide'](goOn))).toBe('freshness.lists-changed');
    await desk.answers['case.decide']({ outcome: 'stop', reason: 'x', sign: 'colleague', seen: 'refer' });
    expect(fake.records[1]).toMatchObject({ freshness: { recordId: 'r-1' } });
  });

  it('of which a check speaks against the person is judged as any other', async () => {
    fake.verdict = 'reject';
    Object.assign(earlier, { checks: [unsuccessful('holder.status', 'failed', 'holder.deceased')] });
    await reused();
    await desk.answers['case.answerFace']('same', null);
    expect(view().goOnHindrance).toBe('decision.not-allowed');
  });
});
