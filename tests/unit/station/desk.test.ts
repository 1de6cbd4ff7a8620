import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Inspection } from '../../../main/inspection/types.ts';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { type DeskState, deskStateSchema } from '../../../preload/contract.ts';
import { languageFor } from '../../../resources/texts/languages.ts';
import {
  anna,
  endedInspection,
  FakeHouse,
  FakeTimers,
  settled,
  vouched,
  wholeInspection,
} from '../../support/fake-house.ts';

// 9303-4 Appendix B: the passport of Anna Maria Eriksson, Utopia.
const utopia = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10';
const information = 'L898902C3674081221204159';

let fake: FakeHouse;
let timers: FakeTimers;
let desk: Desk;
let number: number;

async function openDesk(): Promise<void> {
  number = 0;
  desk = createDesk({ ...fake.beside, house: fake.house, standIn: false, newCaseId: () => `case-${++number}`, timers });
  await desk.start();
}

beforeEach(async () => {
  fake = new FakeHouse();
  timers = new FakeTimers();
  await openDesk();
});

const call = () => desk.answers;

async function caseAtChip(): Promise<void> {
  await call()['case.begin']();
  await call()['case.choosePurpose']('renew-bankid');
  await call()['case.chooseHolder'](anna.id);
}

async function caseWaiting(): Promise<void> {
  await caseAtChip();
  await call()['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
}

async function caseReading(): Promise<void> {
  fake.lay();
  await caseWaiting();
}

async function caseRead(): Promise<void> {
  await caseReading();
  await fake.current.finish(wholeInspection());
}

async function caseCompared(): Promise<void> {
  await caseRead();
  await call()['case.answerFace']('same', null);
}

const reading = () => {
  const state = desk.state().case?.reading;
  if (state === undefined) throw new Error('no case');
  return state;
};

const failing = async (act: () => unknown): Promise<string> => {
  try {
    await act();
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'not an error';
  }
  return 'no failure';
};

describe('a whole case', () => {
  test('goes from purpose to a record that holds what was answered', async () => {
    await caseRead();
    await call()['case.goTo']('face');
    await call()['case.answerFace']('same', null);
    expect(desk.state().case?.step).toBe('decide');
    const answer = await call()['case.decide']({ outcome: 'go-on', reason: null, sign: ' AB ', seen: 'accept' });
    expect(answer).toEqual({ recordId: 'case-1', hash: 'ab'.repeat(32) });
    expect(fake.records).toHaveLength(1);
    expect(fake.records[0]).toMatchObject({
      id: 'case-1',
      training: true,
      purpose: 'renew-bankid',
      holder: anna,
      face: { answer: 'same', reason: null },
      policy: { id: 'renew-bankid', version: 3 },
      decision: { outcome: 'go-on', reason: null, by: { sign: 'AB', source: 'typed' } },
      taps: 1,
    });
    expect(fake.records[0]?.checks.map(({ id }) => id)).toEqual([
      'access.pace',
      'passive-authentication.hashes',
      'passive-authentication.signature',
      'holder.name',
      'face.comparison',
      'face.presentation-attack',
    ]);
  });

  test('leaves nothing of the customer in the state', async () => {
    fake.lying = 'se-passport';
    await caseCompared();
    await call()['case.decide']({ outcome: 'go-on', reason: null, sign: null, seen: 'accept' });
    const after = JSON.stringify(desk.state());
    expect(desk.state().case).toBeNull();
    expect(desk.state().specimen).toBeNull();
    expect(after).not.toContain('ANDERSSON');
    expect(after).not.toContain(anna.personalNumber);
    expect(await failing(() => call()['case.portrait']())).toBe('case.not-open');
  });

  test('shows every state in the form of the contract, and the revision grows', async () => {
    const states: DeskState[] = [];
    desk.onState((state) => states.push(state));
    await caseRead();
    await call()['case.goTo']('face');
    await call()['case.answerFace']('unsure', 'beard');
    await call()['case.abandon'](null, null);
    for (const state of states) expect(v.is(deskStateSchema, state)).toBe(true);
    const revisions = states.map(({ revision }) => revision);
    expect(revisions.toSorted((a, b) => a - b)).toEqual(revisions);
    expect(new Set(revisions).size).toBe(revisions.length);
  });

  test('shows a document whose personal number is longer than any, cut, and records it whole', async () => {
    await caseReading();
    const { document } = wholeInspection();
    if (document === null) throw new Error('no document');
    const personalNumber = '1'.repeat(60_000);
    await fake.current.finish(
      wholeInspection({ document: { ...document, holder: { ...document.holder, personalNumber } } }),
    );
    expect(v.is(deskStateSchema, desk.state())).toBe(true);
    expect(desk.state().case?.document?.holder.personalNumber).toBe(`${'1'.repeat(39)}…`);
    await call()['case.decide']({ outcome: 'refer', reason: null, sign: null, seen: 'accept' });
    expect(fake.records[0]?.document?.holder.personalNumber).toBe(personalNumber);
  });

  test('takes the operating system account where no sign was typed', async () => {
    await caseRead();
    await call()['case.decide']({ outcome: 'stop', reason: null, sign: '  ', seen: 'accept' });
    expect(fake.records[0]?.decision.by).toEqual({ sign: 'teller', source: 'operating-system' });
  });

  test('stays open when the record cannot be kept', async () => {
    await caseRead();
    fake.recordFailure = 'storage.full';
    expect(
      await failing(() => call()['case.decide']({ outcome: 'stop', reason: null, sign: null, seen: 'accept' })),
    ).toBe('storage.full');
    expect(desk.state().case?.id).toBe('case-1');
    fake.recordFailure = null;
    await call()['case.decide']({ outcome: 'stop', reason: null, sign: null, seen: 'accept' });
    expect(fake.records).toHaveLength(1);
  });

  test('is refused while another is open, and while the folder is locked', async () => {
    await call()['case.begin']();
    expect(await failing(() => call()['case.begin']())).toBe('case.busy');
    await call()['case.abandon'](null, null);
    fake.key = 'locked';
    expect(await failing(() => call()['case.begin']())).toBe('storage.locked');
    expect(await failing(() => call()['app.unlock']('wrong'))).toBe('storage.wrong-key');
    await call()['app.unlock']('right');
    await call()['case.begin']();
  });
});

describe('abandoning', () => {
  test('before anything was chosen leaves a record that says so', async () => {
    await call()['case.begin']();
    await call()['case.abandon'](' customer left ', null);
    expect(fake.records[0]).toMatchObject({
      purpose: null,
      holder: null,
      document: null,
      policy: null,
      verdict: { verdict: 'refer', reasons: ['case.abandoned'] },
      decision: { outcome: 'abandoned', reason: 'customer left' },
      taps: 0,
    });
  });

  test('in the middle of a reading leaves the chip and ignores what it still says', async () => {
    await caseReading();
    const { request, finish } = fake.current;
    await call()['case.abandon'](null, null);
    expect(request.signal.aborted).toBe(true);
    request.onProgress({ type: 'file', file: 'EF.DG2', bytesRead: 1, bytesTotal: 2 });
    await finish(wholeInspection());
    expect(desk.state().case).toBeNull();
    expect(fake.closed).toEqual(['reset']);
    expect(fake.records[0]).toMatchObject({ taps: 1, decision: { outcome: 'abandoned' } });
  });
});

describe('order of the steps', () => {
  test('no step is open without its ground', async () => {
    expect(await failing(() => call()['case.choosePurpose']('renew-bankid'))).toBe('case.not-open');
    expect(await failing(() => call()['holders.find']('anna'))).toBe('case.not-open');
    await call()['case.begin']();
    for (const step of ['holder', 'chip', 'face', 'decide'] as const) {
      expect(await failing(() => call()['case.goTo'](step))).toBe('case.not-open');
    }
    expect(await failing(() => call()['case.chooseHolder'](anna.id))).toBe('case.not-open');
    await call()['case.choosePurpose']('renew-bankid');
    expect(await failing(() => call()['case.chooseHolder']('nobody'))).toBe('holder.not-found');
    expect(await failing(() => call()['case.setAccessKey']({ kind: 'can', can: '123456' }))).toBe('case.not-open');
    await call()['case.holderNotOnFile']();
    expect(desk.state().case).toMatchObject({ step: 'chip', holder: null, holderNotOnFile: true });
    expect(await failing(() => call()['case.goTo']('face'))).toBe('case.not-open');
    expect(await failing(() => call()['case.answerFace']('same', null))).toBe('case.not-open');
    expect(await failing(() => call()['case.tap']())).toBe('access.key-missing');
  });

  test('going back loses nothing', async () => {
    await caseRead();
    await call()['case.goTo']('purpose');
    await call()['case.choosePurpose']('large-transfer');
    await call()['case.goTo']('chip');
    expect(desk.state().case).toMatchObject({ purpose: 'large-transfer', holder: anna, portrait: 'verified' });
  });

  test('at most twenty holders are shown', async () => {
    await call()['case.begin']();
    expect(await call()['holders.find']('anna')).toHaveLength(20);
  });

  test('a verdict stands from the purpose on', async () => {
    await call()['case.begin']();
    expect(desk.state().case?.verdict).toBeNull();
    await call()['case.choosePurpose']('renew-bankid');
    expect(desk.state().case?.verdict?.verdict).toBe('accept');
  });
});

describe('the key', () => {
  const keyGiven = () => fake.current.request.order.accessKey;

  test('is the information of the machine readable zone', async () => {
    fake.lay();
    await caseAtChip();
    await call()['case.setAccessKey']({ kind: 'mrz', text: utopia });
    await settled();
    expect(keyGiven()).toEqual({ kind: 'mrz', information, lines: utopia.split('\n') });
    expect(desk.state().case?.keyKind).toBe('mrz');
  });

  test('may be typed as three fields', async () => {
    fake.lay();
    await caseAtChip();
    await call()['case.setAccessKey']({
      kind: 'fields',
      documentNumber: 'L898902C3',
      birthDate: '740812',
      expiryDate: '120415',
    });
    await settled();
    expect(keyGiven()).toEqual({ kind: 'mrz', information });
  });

  test.each([
    [{ kind: 'mrz', text: utopia.replace('36UTO', '37UTO') }, 'mrz.check-digit'],
    [{ kind: 'mrz', text: 'nonsense' }, 'mrz.malformed'],
    [{ kind: 'can', can: '12345' }, 'access.key-missing'],
  ] as const)('%j is refused', async (input, code) => {
    await caseAtChip();
    expect(await failing(() => call()['case.setAccessKey'](input))).toBe(code);
    expect(desk.state().case).toMatchObject({ keyKind: null, reading: { state: 'idle' } });
  });
});

describe('waiting for the chip', () => {
  test('reads by itself when a card is laid down', async () => {
    await caseWaiting();
    expect(reading()).toMatchObject({ state: 'waiting', code: null });
    fake.lay();
    await settled();
    expect(reading().state).toBe('reading');
    expect(fake.current.request.connection.reader).toBe('Reader A');
  });

  test('hears of a card by its own event too', async () => {
    await caseWaiting();
    fake.event({ type: 'card-inserted', reader: 'Reader A', atr: '3b' });
    await settled();
    expect(reading().state).toBe('reading');
  });

  test('asks what was laid down after ten seconds, and still reads what comes', async () => {
    await caseWaiting();
    timers.advance(9_999);
    expect(reading().state).toBe('waiting');
    timers.advance(1);
    expect(reading()).toMatchObject({ state: 'no-chip', code: 'card.absent' });
    fake.lay();
    await settled();
    expect(reading().state).toBe('reading');
  });

  test('a card that does not answer counts as none', async () => {
    await caseWaiting();
    fake.setReader('Reader A', 'mute');
    timers.advance(10_000);
    expect(reading()).toMatchObject({ state: 'no-chip', code: 'card.mute' });
  });

  test('a tap asks again for ten seconds', async () => {
    await caseWaiting();
    timers.advance(10_000);
    await call()['case.tap']();
    expect(reading().state).toBe('waiting');
    timers.advance(10_000);
    expect(reading().state).toBe('no-chip');
  });

  test('without a reader says so and does not ask; it goes on when one comes', async () => {
    fake = new FakeHouse([]);
    await openDesk();
    await caseWaiting();
    timers.advance(60_000);
    expect(reading()).toMatchObject({ state: 'waiting', code: 'reader.none' });
    fake.setReader('Reader B', 'empty');
    expect(reading()).toMatchObject({ state: 'waiting', code: null });
    fake.lay('Reader B');
    await settled();
    expect(fake.current.request.connection.reader).toBe('Reader B');
  });

  test('a stopped service is named and recovered from', async () => {
    await caseWaiting();
    fake.event({ type: 'service', available: false, code: 'reader.service-stopped' });
    timers.advance(60_000);
    expect(reading()).toMatchObject({ state: 'waiting', code: 'reader.service-stopped' });
    expect(desk.state().service).toEqual({ available: false, code: 'reader.service-stopped' });
    fake.event({ type: 'service', available: true, code: null });
    fake.lay();
    await settled();
    expect(reading().state).toBe('reading');
  });

  test('a port that cannot begin is named, and the desk opens all the same', async () => {
    fake.startFailure = 'reader.binding-missing';
    await openDesk();
    expect(desk.state().service).toEqual({ available: false, code: 'reader.binding-missing' });
    await caseWaiting();
    expect(reading()).toMatchObject({ state: 'waiting', code: 'reader.binding-missing' });
  });

  test('a card held by another program is named and read when it is free', async () => {
    fake.setReader('Reader A', 'in-use');
    await caseWaiting();
    expect(reading()).toMatchObject({ state: 'waiting', code: 'reader.shared' });
    fake.connectFailure = 'reader.shared';
    fake.lay();
    await settled();
    expect(reading()).toMatchObject({ state: 'failed', code: 'reader.shared', taps: 0 });
    fake.connectFailure = null;
    fake.setReader('Reader A', 'in-use');
    fake.lay();
    await settled();
    expect(reading()).toMatchObject({ state: 'reading', taps: 1 });
  });

  test('a card gone before it answered is waited for again', async () => {
    await caseWaiting();
    fake.connectFailure = 'card.absent';
    fake.lay();
    await settled();
    expect(reading()).toMatchObject({ state: 'waiting', taps: 0 });
    timers.advance(10_000);
    expect(reading().state).toBe('no-chip');
  });

  test('the first reader with a card is used, else the first', async () => {
    fake = new FakeHouse(['Reader A', 'Reader B']);
    await openDesk();
    expect(desk.state().reader).toBe('Reader A');
    fake.lay('Reader B');
    expect(desk.state().reader).toBe('Reader B');
  });
});

describe('reading', () => {
  test('shows steps, bytes, evidence and seconds as they come, gathered', async () => {
    await caseReading();
    const states: DeskState[] = [];
    desk.onState((state) => states.push(state));
    const { onProgress } = fake.current.request;
    onProgress({ type: 'step', step: 'access', state: 'begun' });
    onProgress({ type: 'step', step: 'access', state: 'ended' });
    onProgress({ type: 'step', step: 'portrait', state: 'begun' });
    onProgress({ type: 'check', check: successful('access.pace') });
    onProgress({ type: 'file', file: 'EF.DG2', bytesRead: 9_000, bytesTotal: 18_000 });
    expect(states).toHaveLength(0);
    timers.advance(1_500);
    expect(states).toHaveLength(1);
    expect(states[0]?.case).toMatchObject({
      reading: { state: 'reading', file: 'EF.DG2', bytesRead: 9_000, bytesTotal: 18_000, seconds: 1.5 },
    });
    expect(states[0]?.case?.checks.map(({ id }) => id)).toEqual([
      'access.pace',
      'face.comparison',
      'face.presentation-attack',
    ]);
    const steps = Object.fromEntries(reading().steps.map(({ step, state }) => [step, state]));
    expect(steps).toMatchObject({ application: 'waiting', access: 'ended', portrait: 'under-way' });
  });

  test('a second tap and another key are refused meanwhile, and so is a decision', async () => {
    await caseReading();
    expect(await failing(() => call()['case.tap']())).toBe('case.busy');
    expect(await failing(() => call()['case.setAccessKey']({ kind: 'can', can: '654321' }))).toBe('case.busy');
    expect(
      await failing(() => call()['case.decide']({ outcome: 'stop', reason: null, sign: null, seen: 'accept' })),
    ).toBe('case.busy');
    expect(fake.inspections).toHaveLength(1);
  });

  test('a torn card keeps its place and is read again when laid back', async () => {
    await caseReading();
    fake.current.request.onProgress({ type: 'file', file: 'EF.DG2', bytesRead: 9_000, bytesTotal: 18_000 });
    fake.lift();
    await fake.current.finish(
      wholeInspection({
        checks: [successful('access.pace'), unsuccessful('document.type', 'aborted', 'card.removed')],
      }),
    );
    expect(reading()).toMatchObject({ state: 'interrupted', code: 'card.removed', bytesRead: 9_000, taps: 1 });
    fake.lay();
    await settled();
    expect(reading()).toMatchObject({ state: 'reading', taps: 2 });
    await fake.current.finish(wholeInspection());
    expect(reading()).toMatchObject({ state: 'done', code: null });
    expect(fake.closed).toEqual(['reset', 'reset']);
  });

  test('a card laid back before the reading noticed is read again', async () => {
    await caseReading();
    fake.lift();
    fake.lay();
    await fake.current.finish(endedInspection('card.removed'));
    expect(reading()).toMatchObject({ state: 'reading', taps: 2 });
  });

  describe('what a torn reading left', () => {
    const resume = { securityObject: Uint8Array.of(0x77), files: [] };
    const torn = (changes: Partial<Inspection> = {}) =>
      wholeInspection({
        checks: [successful('access.pace'), unsuccessful('document.type', 'aborted', 'card.removed')],
        resume,
        ...changes,
      });
    const tear = async (inspection: Inspection) => {
      fake.lift();
      await fake.current.finish(inspection);
    };
    const layBack = async () => {
      fake.lay();
      await settled();
    };

    test('goes to the next reading, which says whether the chip is the same', async () => {
      await caseReading();
      expect(fake.current.request.order.resume).toBeNull();
      await tear(torn());
      await layBack();
      expect(fake.current.request.order.resume).toBe(resume);
      expect(reading().laidBack).toBeNull();
      fake.current.request.onProgress({ type: 'resume', sameChip: true });
      expect(reading().laidBack).toBe('same-chip');
      await fake.current.finish(wholeInspection());
      expect(reading()).toMatchObject({ state: 'done', taps: 2, laidBack: 'same-chip' });
    });

    test('keeps the bar where it was until its file is read on', async () => {
      await caseReading();
      fake.current.request.onProgress({ type: 'file', file: 'EF.DG2', bytesRead: 9_000, bytesTotal: 18_000 });
      await tear(torn());
      await layBack();
      const bar = { file: 'EF.DG2', bytesRead: 9_000, bytesTotal: 18_000 };
      expect(reading()).toMatchObject(bar);
      fake.current.request.onProgress({ type: 'file', file: 'EF.SOD', bytesRead: 10, bytesTotal: 20 });
      expect(reading()).toMatchObject(bar);
      fake.current.request.onProgress({ type: 'file', file: 'EF.DG2', bytesRead: 9_223, bytesTotal: 18_000 });
      fake.current.request.onProgress({ type: 'file', file: 'EF.DG7', bytesRead: 1, bytesTotal: 2 });
      expect(reading()).toMatchObject({ file: 'EF.DG7', bytesRead: 1 });
    });

    test('stays where the next reading was torn before it came to the security object', async () => {
      await caseReading();
      await tear(torn());
      await layBack();
      await tear(endedInspection('card.removed'));
      await layBack();
      expect(fake.current.request.order.resume).toBe(resume);
    });

    test('is replaced by what a further torn reading left', async () => {
      await caseReading();
      await tear(torn());
      await layBack();
      const more = { ...resume, files: [{ file: 'EF.DG1', bytes: Uint8Array.of(0x61), whole: true }] } as const;
      await tear(torn({ resume: more }));
      await layBack();
      expect(fake.current.request.order.resume).toBe(more);
    });

    test('is forgotten and not shown where another chip comes, and the face is compared anew', async () => {
      await caseReading();
      await tear(torn());
      await call()['case.goTo']('face');
      await call()['case.answerFace']('same', null);
      await layBack();
      expect(desk.state().case).toMatchObject({ document: null, portrait: 'none' });
      fake.current.request.onProgress({ type: 'resume', sameChip: false });
      expect(reading()).toMatchObject({ laidBack: 'other-chip', file: null, bytesRead: 0, bytesTotal: 0 });
      expect(desk.state().case?.face).toBeNull();
      await tear(endedInspection('card.removed'));
      await layBack();
      expect(fake.current.request.order.resume).toBeNull();
    });

    test('is forgotten where what comes back does not open with the key, which is told', async () => {
      await caseReading();
      await tear(torn());
      await layBack();
      await fake.current.finish(endedInspection('access.wrong-key', 'failed'));
      expect(reading()).toMatchObject({ state: 'failed', code: 'access.wrong-key', laidBack: 'not-opened' });
      expect(desk.state().case?.document).toBeNull();
      await call()['case.tap']();
      await settled();
      expect(fake.current.request.order.resume).toBeNull();
    });

    test('is forgotten with another key, with a stop, and at the end of the reading', async () => {
      await caseReading();
      await tear(torn());
      await call()['case.setAccessKey']({ kind: 'can', can: '654321' });
      await layBack();
      expect(fake.current.request.order.resume).toBeNull();
      await tear(torn());
      await call()['case.stopReading']();
      await layBack();
      await call()['case.tap']();
      await settled();
      expect(fake.current.request.order.resume).toBeNull();
      await fake.current.finish(wholeInspection());
      await call()['case.tap']();
      await settled();
      expect(fake.current.request.order.resume).toBeNull();
    });

    test('is there still when staff tap after the last automatic reading', async () => {
      await caseReading();
      for (let turn = 0; turn < 9; turn++) {
        await tear(torn());
        await layBack();
      }
      expect(reading()).toMatchObject({ state: 'failed', code: 'card.removed', taps: 9 });
      await call()['case.tap']();
      await settled();
      expect(fake.current.request.order.resume).toBe(resume);
    });

    test('leaves a record as if it were read at once, with its taps', async () => {
      await caseReading();
      await tear(torn());
      await layBack();
      fake.current.request.onProgress({ type: 'resume', sameChip: true });
      const whole = wholeInspection();
      await fake.current.finish(wholeInspection({ reading: { ...whole.reading, bytesTakenOver: 9_000 } }));
      await call()['case.decide']({ outcome: 'refer', reason: 'torn once', sign: null, seen: fake.verdict });
      expect(fake.records[0]).toMatchObject({ taps: 2, reading: { bytesTakenOver: 9_000 }, document: whole.document });
      expect(JSON.stringify(fake.records[0])).not.toContain('securityObject');
    });
  });

  describe('a chip that makes us wait', () => {
    const refused = (delayMillis?: number) =>
      wholeInspection({
        document: null,
        access: null,
        portrait: null,
        checks: [
          unsuccessful('access.pace', 'failed', 'access.wrong-key', delayMillis === undefined ? {} : { delayMillis }),
        ],
      });

    test('is given twice the time that it took, told second by second, and no try before', async () => {
      await caseReading();
      await fake.current.finish(refused(2_400));
      expect(reading()).toMatchObject({ state: 'failed', code: 'access.wrong-key', delay: { total: 5, left: 5 } });
      const key = { kind: 'can', can: '654321' } as const;
      expect(await failing(() => call()['case.tap']())).toBe('access.delayed');
      expect(await failing(() => call()['case.setAccessKey'](key))).toBe('access.delayed');
      let told = 0;
      desk.onState(() => told++);
      for (let left = 4; left >= 0; left--) {
        timers.advance(1_000);
        expect(reading().delay).toEqual({ total: 5, left });
      }
      expect(told).toBe(5);
      timers.advance(60_000);
      expect(told).toBe(5);
      fake.lift();
      fake.lay();
      await settled();
      expect(fake.inspections).toHaveLength(1);
      await call()['case.setAccessKey'](key);
      await settled();
      expect(reading()).toMatchObject({ state: 'reading', delay: null });
    });

    test('at once: nobody waits', async () => {
      await caseReading();
      await fake.current.finish(refused());
      expect(reading().delay).toBeNull();
      await call()['case.tap']();
      await settled();
      expect(fake.inspections).toHaveLength(2);
    });

    test('holds nobody up in the next case', async () => {
      await caseReading();
      await fake.current.finish(refused(9_000));
      await call()['case.abandon'](null, null);
      await caseReading();
      expect(reading()).toMatchObject({ state: 'reading', delay: null });
    });
  });

  test('reading again by itself has an end', async () => {
    await caseReading();
    for (let turn = 0; turn < 20 && reading().state === 'reading'; turn++) {
      fake.lift();
      await fake.current.finish(endedInspection('card.removed'));
      fake.lay();
      await settled();
    }
    expect(reading()).toMatchObject({ state: 'failed', code: 'card.removed', taps: 9 });
    await call()['case.tap']();
    await settled();
    expect(reading()).toMatchObject({ state: 'reading', taps: 10 });
  });

  test('a card that another program reset is read again where it lies', async () => {
    await caseReading();
    await fake.current.finish(endedInspection('card.reset'));
    expect(reading()).toMatchObject({ state: 'reading', taps: 2 });
  });

  test.each(['reader.lost', 'reader.service-stopped'] as const)('%s is named and recovers', async (code) => {
    await caseReading();
    if (code === 'reader.lost') fake.unplug('Reader A');
    else fake.event({ type: 'service', available: false, code });
    await fake.current.finish(endedInspection(code));
    expect(reading()).toMatchObject({ state: 'interrupted', code });
    if (code === 'reader.service-stopped') fake.event({ type: 'service', available: true, code: null });
    fake.lay();
    await settled();
    expect(reading()).toMatchObject({ state: 'reading', taps: 2 });
  });

  test.each(['access.wrong-key', 'access.wrong-key-maybe'] as const)(
    '%s is never tried again by itself',
    async (code) => {
      await caseReading();
      await fake.current.finish(endedInspection(code, 'failed'));
      expect(reading()).toMatchObject({ state: 'failed', code, taps: 1 });
      fake.lift();
      fake.lay();
      await settled();
      expect(fake.inspections).toHaveLength(1);
      await call()['case.setAccessKey']({ kind: 'can', can: '654321' });
      await settled();
      expect(fake.current.request.order.accessKey).toEqual({ kind: 'can', can: '654321' });
    },
  );

  test('a document without a travel application was read wholly', async () => {
    await caseReading();
    await fake.current.finish(
      wholeInspection({
        document: null,
        access: null,
        portrait: null,
        checks: [
          unsuccessful('access.pace', 'aborted', 'document.no-application'),
          unsuccessful('document.type', 'failed', 'document.no-application'),
        ],
      }),
    );
    expect(reading()).toMatchObject({ state: 'done', code: null });
  });

  test('a lost worker is named, and a tap reads again', async () => {
    await caseReading();
    await fake.current.fail('inspection.worker-lost');
    expect(reading()).toMatchObject({ state: 'failed', code: 'inspection.worker-lost' });
    await call()['case.tap']();
    await settled();
    expect(reading().taps).toBe(2);
  });

  test('stopped by staff, it waits for their tap', async () => {
    await caseReading();
    const first = fake.current;
    await call()['case.stopReading']();
    expect(first.request.signal.aborted).toBe(true);
    expect(reading()).toMatchObject({ state: 'failed', code: 'inspection.cancelled' });
    await call()['case.tap']();
    await settled();
    expect(fake.inspections).toHaveLength(1);
    await first.finish(endedInspection('inspection.cancelled'));
    expect(fake.inspections).toHaveLength(2);
    expect(reading().state).toBe('reading');
  });

  test('another card after a finished reading changes nothing by itself', async () => {
    await caseRead();
    fake.lift();
    fake.lay();
    await settled();
    expect(fake.inspections).toHaveLength(1);
    expect(desk.state().case?.document?.number).toBe('AA0000001');
  });
});

describe('faces and the decision', () => {
  test('an answer other than same needs its reason', async () => {
    await caseRead();
    expect(await failing(() => call()['case.answerFace']('unsure', '  '))).toBe('decision.reason-missing');
    await call()['case.answerFace']('not-same', 'another nose');
    expect(desk.state().case?.face).toEqual({ answer: 'not-same', reason: 'another nose' });
  });

  test('another reading asks for another comparison', async () => {
    await caseRead();
    await call()['case.answerFace']('same', null);
    await call()['case.tap']();
    expect(desk.state().case?.face).toBeNull();
  });

  test('what was read is forgotten with a tap, also where no document lies there', async () => {
    await caseRead();
    fake.lift();
    await call()['case.tap']();
    expect(reading()).toMatchObject({ state: 'waiting', bytesRead: 0 });
    expect(desk.state().case).toMatchObject({ document: null, access: null, portrait: 'none' });
    expect(await failing(() => call()['case.goTo']('face'))).toBe('case.not-open');
  });

  // A face is compared while the chip is read; the document is lifted, and laid back.
  const comparedThenLaidBack = async () => {
    await caseReading();
    const { portrait } = wholeInspection();
    if (portrait === null) throw new Error('no portrait');
    fake.current.request.onProgress({ type: 'portrait', image: portrait });
    fake.current.request.onProgress({ type: 'check', check: vouched });
    await call()['case.answerFace']('same', null);
    fake.lift();
    await fake.current.finish(endedInspection('card.removed'));
    fake.lay();
    await settled();
    return portrait;
  };

  test('a portrait that took the page down is not given to it again, and nobody is the same as it', async () => {
    await caseRead();
    expect(await call()['case.portrait']()).not.toBeNull();
    desk.pageGone();
    expect(desk.state().case?.portrait).toBe('broken');
    expect(await call()['case.portrait']()).toBeNull();
    await call()['case.goTo']('face');
    await call()['case.answerFace']('same', null);
    expect(desk.state().case?.checks.find(({ id }) => id === 'face.comparison')).toMatchObject({
      result: 'undetermined',
      code: 'face.no-image',
    });
    await call()['case.tap']();
    await settled();
    await fake.current.finish(wholeInspection());
    expect(desk.state().case?.portrait).toBe('broken');
  });

  test('a page that decoded it goes down over something else', async () => {
    await caseRead();
    await call()['case.portrait']();
    await call()['case.portraitDecoded'](true);
    desk.pageGone();
    expect(desk.state().case?.portrait).toBe('verified');
  });

  test('an answer is not carried over to another portrait', async () => {
    const portrait = await comparedThenLaidBack();
    await fake.current.finish(wholeInspection({ portrait: { ...portrait, bytes: new Uint8Array([0xff, 0xd8, 1]) } }));
    expect(desk.state().case?.face).toBeNull();
    expect(desk.state().case?.checks).toContainEqual(
      unsuccessful('face.comparison', 'undetermined', 'face.not-compared'),
    );
    await call()['case.decide']({ outcome: 'refer', reason: null, sign: null, seen: 'accept' });
    expect(fake.records[0]?.face).toBeNull();
  });

  test('an answer stays where the same document is laid back', async () => {
    await comparedThenLaidBack();
    await fake.current.finish(wholeInspection());
    expect(desk.state().case?.face).toEqual({ answer: 'same', reason: null });
  });

  test('going on is refused against reject, and needs a reason against refer', async () => {
    await caseCompared();
    fake.verdict = 'reject';
    desk.state();
    const goOn = (reason: string | null) =>
      call()['case.decide']({ outcome: 'go-on', reason, sign: null, seen: fake.verdict });
    expect(await failing(() => goOn('I know her'))).toBe('decision.not-allowed');
    fake.verdict = 'refer';
    desk.state();
    expect(await failing(() => goOn(null))).toBe('decision.reason-missing');
    await goOn('supervisor agreed');
    expect(fake.records[0]).toMatchObject({
      verdict: { verdict: 'refer' },
      decision: { outcome: 'go-on', reason: 'supervisor agreed' },
    });
  });

  test('a decision on a verdict that is no longer there is refused, and nothing is sealed', async () => {
    await caseCompared();
    fake.verdict = 'refer';
    const decide = (seen: 'accept' | 'refer') =>
      call()['case.decide']({ outcome: 'go-on', reason: 'known for years', sign: null, seen });
    expect(await failing(() => decide('accept'))).toBe('decision.verdict-changed');
    expect(fake.records).toEqual([]);
    await decide('refer');
    expect(fake.records).toHaveLength(1);
  });

  test('the camera is open while lines are asked for, until a chip is read, and in the face step', async () => {
    await caseAtChip();
    await call()['case.camera'](true);
    expect(desk.cameraOpen()).toBe(true);
    await call()['case.camera'](false);
    expect(desk.cameraOpen()).toBe(false);
  });

  test('each thing is filmed by the camera that is chosen for it, from the next time on', async () => {
    await caseAtChip();
    expect(await call()['case.camera'](true)).toEqual({ named: null });
    await call()['case.chooseCamera']('Document camera');
    expect(await call()['case.camera'](true)).toEqual({ named: 'Document camera' });
    await call()['case.abandon'](null, null);
    await caseRead();
    expect(await failing(() => call()['case.chooseCamera']('Another'))).toBe('case.not-open');
    await call()['case.goTo']('face');
    expect(await call()['case.camera'](true)).toEqual({ named: null });
    await call()['case.chooseCamera']('Webcam');
    expect([fake.settings.get('camera.lines'), fake.settings.get('camera.face')]).toEqual([
      'Document camera',
      'Webcam',
    ]);
    await call()['case.chooseCamera'](null);
    expect(await call()['case.camera'](true)).toEqual({ named: null });
  });

  test('what was read is not filmed again: then the camera is open in the face step alone', async () => {
    await caseRead();
    expect(await failing(() => call()['case.camera'](true))).toBe('case.not-open');
    await call()['case.goTo']('face');
    expect(desk.cameraOpen()).toBe(false);
    await call()['case.camera'](true);
    expect(desk.cameraOpen()).toBe(true);
    await call()['case.answerFace']('same', null);
    expect(desk.cameraOpen()).toBe(false);
    await call()['case.goTo']('face');
    await call()['case.camera'](true);
    await call()['case.abandon'](null, null);
    expect(desk.cameraOpen()).toBe(false);
  });
});

describe('the end of the app', () => {
  test('a case that is open leaves a record, and its chip is left', async () => {
    await caseReading();
    await desk.leave();
    expect(fake.current.request.signal.aborted).toBe(true);
    expect(fake.records).toHaveLength(1);
    expect(fake.records[0]).toMatchObject({
      id: 'case-1',
      holder: anna,
      decision: { outcome: 'abandoned', reason: null, by: { sign: 'teller', source: 'operating-system' } },
    });
    expect(desk.state().case).toBeNull();
  });

  test('without a case there is no record', async () => {
    await desk.leave();
    expect(fake.records).toEqual([]);
  });

  test('a record that cannot be kept is told, and the chip is left all the same', async () => {
    await caseReading();
    fake.recordFailure = 'storage.full';
    expect(await failing(() => desk.leave())).toBe('storage.full');
    expect(fake.current.request.signal.aborted).toBe(true);
  });
});

test('the language is that of the system until somebody chooses one, and is kept', async () => {
  const { locale } = Intl.DateTimeFormat().resolvedOptions();
  expect(await call()['app.info']()).toMatchObject({ language: languageFor(locale), training: true, standIn: false });
  await call()['app.setLanguage']('fi');
  expect(await call()['app.info']()).toMatchObject({ language: 'fi' });
  await call()['app.setLanguage']('en');
  expect(await call()['app.info']()).toMatchObject({ language: 'en' });
});
