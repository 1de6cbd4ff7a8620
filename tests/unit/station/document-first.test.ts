import { beforeEach, describe, expect, it } from 'vitest';
import { buildMrz } from '../../../main/document/mrz-build.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { anna, endedInspection, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';

/*
 * The case may begin with the document (INTERFACE, "Document first"): swiped on any screen where no case is open or the case waits.
 * Whose it is, staff say: nobody is taken by it.
 */

const passport = buildMrz({
  ...{ format: 'TD3', documentCode: 'PP', issuer: 'SWE', documentNumber: 'AA0000001', nationality: 'SWE' },
  ...{ surname: 'Andersson', givenNames: 'Anna', birthDate: '820314', sex: 'F', expiryDate: '300131' },
  optionalData: '198203142392',
});
const swipe = `${passport.join('\r')}\r`;

let fake: FakeHouse;
let desk: Desk;
const call = () => desk.answers;
const view = () => {
  const { case: open } = desk.state();
  if (open === null) throw new Error('no case is open');
  return open;
};

beforeEach(async () => {
  fake = new FakeHouse();
  desk = createDesk({
    ...fake.beside,
    house: fake.house,
    standIn: false,
    newCaseId: () => 'case',
    timers: new FakeTimers(),
  });
  await desk.start();
  fake.candidates = { found: [{ holder: anna, reasons: ['number'], against: [] }], tooMany: false };
});

describe('a document that is swiped where no case is open', () => {
  it('begins one, and says what lies in the hand', () => {
    call()['case.takeDocument'](swipe);
    expect(view()).toMatchObject({ step: 'purpose', purpose: null, holder: null, keyKind: null });
    expect(view().printed).toMatchObject({ number: 'AA0000001', issuer: 'SWE', expiry: '2030-01-31' });
  });

  it('leads to people on file, and takes none of them by itself', () => {
    call()['case.takeDocument'](swipe);
    call()['case.choosePurpose']('renew-bankid');
    expect(view()).toMatchObject({ step: 'holder', holder: null, keyKind: null });
    expect(call()['holders.byDocument']()).toMatchObject({
      found: [{ holder: { id: anna.id }, reasons: ['number'], against: [] }],
      tooMany: false,
    });
    expect(view().holder).toBeNull();
  });

  it('opens its chip once staff have said who it is: nothing is typed', async () => {
    fake.lay();
    call()['case.takeDocument'](swipe);
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    await settled();
    expect(view()).toMatchObject({ step: 'chip', keyKind: 'mrz', reading: { state: 'reading' } });
    expect(fake.current.request.order.accessKey).toMatchObject({ kind: 'mrz', lines: passport });
  });

  it('opens its chip for a person who is not on file as well', async () => {
    call()['case.takeDocument'](swipe);
    call()['case.choosePurpose']('renew-bankid');
    call()['case.holderNotOnFile']();
    await settled();
    expect(view()).toMatchObject({ step: 'chip', keyKind: 'mrz', reading: { state: 'waiting' } });
  });

  it('goes to the chip at once where the purpose asks for nobody on file', async () => {
    fake.holderFrom = 'from-document';
    call()['case.takeDocument'](swipe);
    call()['case.choosePurpose']('new-customer');
    await settled();
    expect(view()).toMatchObject({ step: 'chip', keyKind: 'mrz', reading: { state: 'waiting' } });
  });
});

describe('a document that is swiped while the case waits', () => {
  it('for the person is looked up for them', () => {
    call()['case.begin']();
    call()['case.choosePurpose']('renew-bankid');
    call()['case.takeDocument'](swipe);
    expect(view()).toMatchObject({ step: 'holder', printed: { number: 'AA0000001' } });
  });

  it('for what opens the chip opens it', async () => {
    call()['case.begin']();
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    call()['case.takeDocument'](swipe);
    expect(view()).toMatchObject({ step: 'chip', keyKind: 'mrz', reading: { state: 'waiting' } });
  });

  it('takes the place of one that was swiped before', () => {
    call()['case.takeDocument'](swipe);
    const other = buildMrz({
      ...{ format: 'TD1', documentCode: 'I', issuer: 'SWE', documentNumber: 'BB0000002', nationality: 'SWE' },
      ...{ surname: 'Andersson', givenNames: 'Anna', birthDate: '820314', sex: 'F', expiryDate: '300131' },
    });
    call()['case.takeDocument'](other.join('\n'));
    expect(view().printed).toMatchObject({ number: 'BB0000002', type: 'identity-card' });
  });

  it('opens the chip also where staff went to it on their own way', async () => {
    call()['case.begin']();
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    call()['case.goTo']('holder');
    call()['case.takeDocument'](swipe);
    expect(view().keyKind).toBeNull();
    call()['case.goTo']('chip');
    expect(view()).toMatchObject({ step: 'chip', keyKind: 'mrz' });
  });

  it('changes nothing once the case rests on what was read', async () => {
    fake.lay();
    call()['case.takeDocument'](swipe);
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    await settled();
    await fake.current.finish(wholeInspection());
    call()['case.goTo']('face');
    const before = view();
    expect(failureCodeOf(() => call()['case.takeDocument'](swipe))).toBe('case.busy');
    expect(view()).toEqual(before);
  });
});

describe('what is no document', () => {
  it.each([
    ['ten thousand letters, of which four hundred arrive', 'A'.repeat(400), 'mrz.malformed'],
    ['lines with a wrong check digit', swipe.replace('AA0000001', 'AA0000002'), 'mrz.check-digit'],
    ['the code of a digital identity card', 'BANKIDF.1', 'bankid-card.recognised'],
  ])('begins no case: %s', (_, text, code) => {
    expect(failureCodeOf(() => call()['case.takeDocument'](text))).toBe(code);
    expect(desk.state().case).toBeNull();
  });

  it('leads to nobody', () => {
    call()['case.begin']();
    expect(failureCodeOf(() => call()['holders.byDocument']())).toBe('case.not-open');
  });
});

describe('what the page alone says', () => {
  it('is told before the tap, and no more once the chip has spoken', async () => {
    fake.knownBefore = ['document.expired'];
    call()['case.takeDocument'](swipe);
    expect(view().before).toEqual(['document.expired']);
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    expect(view()).toMatchObject({ before: ['document.expired'], reading: { state: 'waiting' } });
    fake.lay();
    await settled();
    expect(view()).toMatchObject({ before: ['document.expired'], reading: { state: 'reading' } });
    await fake.current.finish(wholeInspection());
    expect(view().before).toEqual([]);
  });

  it('hinders nothing and makes no verdict', async () => {
    call()['case.begin']();
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    const { verdict } = view();
    fake.knownBefore = ['document.expired', 'holder.name-differs'];
    call()['case.takeDocument'](swipe);
    expect(view()).toMatchObject({ verdict, reading: { state: 'waiting' } });
  });

  it('is there again where the chip refused the key', async () => {
    fake.knownBefore = ['document.expired'];
    fake.lay();
    call()['case.takeDocument'](swipe);
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    await settled();
    await fake.current.finish(endedInspection('access.wrong-key', 'failed'));
    expect(view()).toMatchObject({ before: ['document.expired'], reading: { state: 'failed' } });
  });
});

describe('number and dates', () => {
  it.each([
    ['820230', '300131', 'birthDate'],
    ['820314', '300230', 'expiryDate'],
    ['821314', '300131', 'birthDate'],
    ['820314', '000000', 'expiryDate'],
  ])('refuse a day that no calendar has: %s, %s', async (birthDate, expiryDate) => {
    call()['case.begin']();
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    const typed = { kind: 'fields', documentNumber: 'AA0000001', birthDate, expiryDate } as const;
    expect(failureCodeOf(() => call()['case.setAccessKey'](typed))).toBe('mrz.malformed');
  });

  it('take a birth date that is told in part (9303-3 §4.8)', async () => {
    call()['case.begin']();
    call()['case.choosePurpose']('renew-bankid');
    await call()['case.chooseHolder'](anna.id);
    call()['case.setAccessKey']({
      kind: 'fields',
      documentNumber: 'AA0000001',
      birthDate: '820000',
      expiryDate: '300131',
    });
    expect(view()).toMatchObject({ keyKind: 'fields', printed: null });
  });
});
