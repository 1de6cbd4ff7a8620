import { beforeEach, describe, expect, test } from 'vitest';
import { unsuccessful } from '../../../main/result/check.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { anna, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';

/*
 * eid-mw#180, nfc-pcsc#70, web-eid-app#184: a card that always lies in another reader (a staff card, a security key, Windows
 * Hello's virtual reader) is read instead of the passport.
 */

let fake: FakeHouse;
let desk: Desk;

const noDocument = () =>
  wholeInspection({
    document: null,
    access: null,
    portrait: null,
    checks: [unsuccessful('document.type', 'failed', 'document.no-application')],
  });
const readOn = () => fake.current.request.connection.reader;
const reading = () => {
  const { case: open } = desk.state();
  if (open === null) throw new Error('no case is open');
  return open.reading;
};

async function caseWithKey(): Promise<void> {
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('renew-bankid');
  await desk.answers['case.chooseHolder'](anna.id);
  await desk.answers['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
}

beforeEach(async () => {
  fake = new FakeHouse(['Staff', 'Plate']);
  fake.lay('Staff');
  const timers = new FakeTimers();
  desk = createDesk({ ...fake.beside, house: fake.house, standIn: false, newCaseId: () => 'case', timers });
  await desk.start();
});

describe('a staff card that always lies in another reader', () => {
  test('is not read where the document came after it', async () => {
    fake.lay('Plate');
    await caseWithKey();
    expect(readOn()).toBe('Plate');
  });

  test('is left for the document that lies beside it from the start', async () => {
    fake = new FakeHouse(['A staff card', 'Plate']);
    fake.lay('Plate');
    fake.lay('A staff card');
    desk = createDesk({
      ...fake.beside,
      house: fake.house,
      standIn: false,
      newCaseId: () => 'case',
      timers: new FakeTimers(),
    });
    await desk.start();
    await caseWithKey();
    const first = readOn();
    await fake.current.finish(noDocument());
    expect(readOn()).not.toBe(first);
    expect(reading().state).toBe('reading');
    await fake.current.finish(wholeInspection());
    expect(reading()).toMatchObject({ state: 'done', code: null });
  });

  test('was read first: the document is read when it is laid down, and the card never again by itself', async () => {
    await caseWithKey();
    expect(readOn()).toBe('Staff');
    await fake.current.finish(noDocument());
    expect(reading()).toMatchObject({ state: 'done', code: null });
    fake.lay('Plate');
    await settled();
    expect(readOn()).toBe('Plate');
    expect(reading().state).toBe('reading');
    expect(fake.inspections).toHaveLength(2);
  });

  test('that another program holds keeps nobody from the document', async () => {
    fake.connectFailure = 'reader.shared';
    await caseWithKey();
    expect(reading()).toMatchObject({ state: 'failed', code: 'reader.shared' });
    fake.connectFailure = null;
    fake.lay('Plate');
    await settled();
    expect(readOn()).toBe('Plate');
  });

  test('let go by another program is no new card', async () => {
    fake.lay('Plate');
    fake.setReader('Staff', 'in-use');
    fake.setReader('Staff', 'card');
    await caseWithKey();
    expect(readOn()).toBe('Plate');
  });
});

describe('a reader that staff set', () => {
  test('wins over the newest card, and is told', async () => {
    fake.lay('Plate');
    await desk.answers['desk.setReader']('Staff');
    expect(desk.state()).toMatchObject({ reader: 'Staff', readerSet: 'Staff' });
    await caseWithKey();
    expect(readOn()).toBe('Staff');
    await fake.current.finish(noDocument());
    expect(fake.inspections).toHaveLength(1);
  });

  test('is named where it is away, and left again', async () => {
    await desk.answers['desk.setReader']('Elsewhere');
    await caseWithKey();
    expect(reading()).toMatchObject({ state: 'waiting', code: 'reader.not-found' });
    await desk.answers['desk.setReader'](null);
    await settled();
    expect(readOn()).toBe('Staff');
  });

  test('cannot be changed while a chip is read', async () => {
    await caseWithKey();
    expect(() => desk.answers['desk.setReader']('Plate')).toThrow('case.busy');
  });
});
