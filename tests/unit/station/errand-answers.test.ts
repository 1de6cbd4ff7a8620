import { beforeEach, describe, expect, it } from 'vitest';
import type { Inspection } from '../../../main/inspection/types.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { errandChecks } from '../../../main/verification/errand-checks.ts';
import type { Policy } from '../../../main/verification/types.ts';
import { anna, day, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { rejection } from '../../support/rejection.ts';

let fake: FakeHouse;
let desk: Desk;
let terms: Partial<Policy>;

beforeEach(async () => {
  fake = new FakeHouse();
  terms = {};
  const { policy } = fake.house;
  const house = {
    ...fake.house,
    policy: (id: Parameters<typeof policy>[0]) => ({ ...policy(id), ...terms }),
    reasonsToGoOn: () => ['Vigselbevis visat'],
    // The house's own: what the answers come to.
    errandChecks: (of: Policy, answers: Parameters<typeof errandChecks>[1], inspection: Inspection | null) =>
      errandChecks(of, answers, { inspection, station: 'attended', at: day('2026-11-23'), now: fake.now }),
  };
  desk = createDesk({ ...fake.beside, house, standIn: false, newCaseId: () => 'case-1', timers: new FakeTimers() });
  await desk.start();
});

async function codeOf(act: () => unknown): Promise<string | null> {
  return (await rejection((async () => act())()))?.code ?? null;
}

const view = () => {
  const open = desk.state().case;
  if (open === null) throw new Error('no case');
  return open;
};

async function begun(stated: Partial<Policy>): Promise<void> {
  terms = stated;
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('large-transfer');
  await desk.answers['case.chooseHolder'](anna.id);
}

async function read(inspection: Inspection = wholeInspection()): Promise<void> {
  fake.lay();
  await desk.answers['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
  await fake.current.finish(inspection);
}

const paper = () => view().checks.find(({ id }) => id === 'document.paper');
const right = { feel: 'right', security: 'right', signature: 'right' } as const;

describe('what the errand asks of staff', () => {
  it('is nothing before an errand is chosen, and nothing that its policy does not ask', async () => {
    await desk.answers['case.begin']();
    const nothing = { paper: null, age: null, whyNotEid: null, reasons: null };
    expect(view().asks).toEqual(nothing);
    expect(await codeOf(() => desk.answers['case.lookAtPaper'](right))).toBe('case.not-open');
    await desk.answers['case.choosePurpose']('large-transfer');
    expect(view().asks).toEqual({ ...nothing, reasons: ['Vigselbevis visat'] });
    for (const act of [
      () => desk.answers['case.lookAtPaper'](right),
      () => desk.answers['case.askAge'](18),
      () => desk.answers['case.sayWhyNotEid']('Har ingen'),
    ])
      expect(await codeOf(act)).toBe('case.not-open');
  });

  it('the age is the first limit until another of the policy is chosen', async () => {
    await begun({ age: { limits: [18, 20] } });
    expect(view().asks.age).toEqual({ limits: [18, 20], limit: 18 });
    expect(await codeOf(() => desk.answers['case.askAge'](21))).toBe('case.not-open');
    await desk.answers['case.askAge'](20);
    expect(view().asks.age?.limit).toBe(20);
    expect(view().checks.find(({ id }) => id === 'holder.age')?.detail).toEqual({ limit: 20 });
  });

  // Draft RTS on customer due diligence art. 7: documents where there is no electronic identification, and say why.
  it('why no electronic identification is open until it is said, and stays in the record', async () => {
    await begun({ whyNotEid: 'required' });
    await read();
    await desk.answers['case.answerFace']('same', null);
    expect(view().goOnHindrance).toBe('case.eid-reason-missing');
    const decision = { outcome: 'go-on', reason: null, sign: null, seen: 'accept' } as const;
    expect(await codeOf(() => desk.answers['case.decide'](decision))).toBe('case.eid-reason-missing');
    await desk.answers['case.sayWhyNotEid']('Har ingen telefon');
    expect(view()).toMatchObject({
      goOnHindrance: null,
      asks: { whyNotEid: { required: true, said: 'Har ingen telefon' } },
    });
    await desk.answers['case.sayWhyNotEid'](null);
    expect(view().goOnHindrance).toBe('case.eid-reason-missing');
    await desk.answers['case.sayWhyNotEid']('Har ingen telefon');
    expect(await codeOf(() => desk.answers['case.decide'](decision))).toBeNull();
    expect(fake.records[0]).toMatchObject({ whyNotEid: 'Har ingen telefon' });
  });
});

// Draft RTS on customer due diligence art. 6: signature and security features need eyes, of the very paper that lies there.
describe('the paper', () => {
  it('is told part by part, and taken back whole', async () => {
    await begun({ paper: 'required' });
    await read();
    expect(paper()).toMatchObject({ code: 'paper.not-seen' });
    await desk.answers['case.lookAtPaper']({ feel: 'right' });
    expect(paper()).toMatchObject({ result: 'aborted', code: 'paper.unfinished' });
    await desk.answers['case.lookAtPaper'](right);
    expect(paper()).toMatchObject({ result: 'successful' });
    expect(view().asks.paper).toEqual({ required: true, found: right });
    await desk.answers['case.lookAtPaper']({});
    expect(paper()).toMatchObject({ code: 'paper.not-seen' });
  });

  it('counts for the document that was looked at alone: laid back it stands, of another nothing was seen', async () => {
    await begun({ paper: 'required' });
    await read();
    await desk.answers['case.lookAtPaper'](right);
    await read();
    expect(paper()).toMatchObject({ result: 'successful' });
    const { document } = wholeInspection();
    if (document === null) throw new Error('no document');
    await read(wholeInspection({ document: { ...document, number: 'AA0000002' } }));
    expect(paper()).toMatchObject({ code: 'paper.not-seen' });
    expect(view().asks.paper).toEqual({ required: true, found: null });
    await desk.answers['case.answerFace']('same', null);
    const decision = { outcome: 'refer', reason: null, sign: null, seen: fake.verdict } as const;
    expect(await codeOf(() => desk.answers['case.decide'](decision))).toBeNull();
    expect(fake.records[0]?.paper).toBeNull();
  });

  it('seen before a document said what it is counts for none', async () => {
    await begun({ paper: 'required' });
    await desk.answers['case.lookAtPaper'](right);
    await read();
    expect(paper()).toMatchObject({ code: 'paper.not-seen' });
  });
});
