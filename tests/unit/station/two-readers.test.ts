import { beforeEach, describe, expect, test } from 'vitest';
import { unsuccessful } from '../../../main/result/check.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { stripView } from '../../../renderer/desk/reader-view.ts';
import { textsIn } from '../../../resources/texts/texts.ts';
import { anna, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';

/*
 * eid-mw#180, nfc-pcsc#70, web-eid-app#184: a card that always lies in another reader (a staff card, a security key, Windows
 * Hello's virtual reader) is read instead of the passport.
 */

let fake: FakeHouse;
let desk: Desk;

const deskOf = ({ beside, house }: FakeHouse): Desk =>
  createDesk({ ...beside, house, standIn: false, newCaseId: () => 'case', timers: new FakeTimers() });

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
  desk = deskOf(fake);
  await desk.start();
});

describe('a card without travel application', () => {
  test('is lifted and the passport laid in its place: reading goes on by itself', async () => {
    fake = new FakeHouse();
    desk = deskOf(fake);
    await desk.start();
    fake.lay();
    await caseWithKey();
    await fake.current.finish(noDocument());
    expect(reading()).toMatchObject({ state: 'done', code: null });
    fake.lift();
    await settled();
    expect(reading().state).toBe('done');
    fake.lay();
    await settled();
    expect(reading().state).toBe('reading');
    expect(fake.inspections).toHaveLength(2);
  });

  test('is not read once more where it lies on, also where another program held it for a moment', async () => {
    fake = new FakeHouse();
    desk = deskOf(fake);
    await desk.start();
    fake.lay();
    await desk.answers['desk.setReader']('Reader A');
    await caseWithKey();
    const before = fake.inspections.length;
    await fake.current.finish(noDocument());
    fake.setReader('Reader A', 'in-use');
    fake.setReader('Reader A', 'card');
    await settled();
    expect(fake.inspections).toHaveLength(before);
    expect(reading().state).toBe('done');
  });

  test('nothing is read while staff look at the decision', async () => {
    fake = new FakeHouse();
    desk = deskOf(fake);
    await desk.start();
    fake.lay();
    await caseWithKey();
    await fake.current.finish(noDocument());
    await desk.answers['case.goTo']('decide');
    fake.lift();
    fake.lay();
    await settled();
    expect(fake.inspections).toHaveLength(1);
  });
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
    desk = deskOf(fake);
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

  test('that another program held may be the document, and is read as soon as it is let go', async () => {
    fake.connectFailure = 'reader.shared';
    await caseWithKey();
    fake.setReader('Staff', 'in-use');
    expect(reading()).toMatchObject({ state: 'failed', code: 'reader.shared' });
    fake.connectFailure = null;
    fake.setReader('Staff', 'card');
    await settled();
    expect(readOn()).toBe('Staff');
    expect(reading().state).toBe('reading');
  });

  // PC/SC's word on another program's connection comes late, and the end of a reading later still: the e2e spec of another program
  // waited for a letting go that had been.
  test.each([
    ['as soon as it was refused', () => undefined],
    [
      'before its refusal was known',
      () => {
        fake.setReader('Staff', 'in-use');
        fake.setReader('Staff', 'card');
      },
    ],
  ])('that another program let go %s is read, and not passed over', async (_when, meanwhile) => {
    let asked = 0;
    fake.connectFailure = 'reader.shared';
    fake.onConnect = () => {
      asked += 1;
      fake.connectFailure = null;
      if (asked === 1) meanwhile();
    };
    await caseWithKey();
    expect(asked).toBe(2);
    expect(readOn()).toBe('Staff');
    expect(reading().state).toBe('reading');
  });

  test('that another program has again is told after the second refusal', async () => {
    let asked = 0;
    fake.connectFailure = 'reader.shared';
    fake.onConnect = () => {
      asked += 1;
    };
    await caseWithKey();
    expect(asked).toBe(2);
    expect(reading()).toMatchObject({ state: 'failed', code: 'reader.shared' });
  });

  test('that is no document stays passed over when another program had it for a moment', async () => {
    await caseWithKey();
    await fake.current.finish(noDocument());
    expect(reading()).toMatchObject({ state: 'done' });
    fake.setReader('Staff', 'in-use');
    fake.setReader('Staff', 'card');
    await settled();
    expect(fake.inspections).toHaveLength(1);
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

  // A reader plugged in elsewhere bears another number; who set it means the model at its slot.
  test('is kept when the app starts again, also where it is plugged in elsewhere', async () => {
    fake = new FakeHouse(['Other 00 00', 'Plate reader 01 00']);
    await deskOf(fake).answers['desk.setReader']('Plate reader 01 00');
    const { settings } = fake;
    fake = new FakeHouse(['Other 00 00', 'Plate reader 02 00']);
    for (const [name, value] of settings) fake.settings.set(name, value);
    desk = deskOf(fake);
    await desk.start();
    expect(desk.state()).toMatchObject({ reader: 'Plate reader 02 00', readerSet: 'Plate reader 01 00' });
    await desk.answers['desk.setReader'](null);
    expect(deskOf(fake).state().readerSet).toBeNull();
  });

  // pcsc-lite counts readers as it finds them: after a restart two of one model may have changed their names.
  describe('of which two of one model are there', () => {
    const startedAgain = async (places: FakeHouse['places']) => {
      const { settings } = fake;
      fake = new FakeHouse(['Plate reader 00 00', 'Plate reader 01 00']);
      fake.places = places;
      for (const [name, value] of settings) fake.settings.set(name, value);
      desk = deskOf(fake);
      await desk.start();
      await settled();
    };
    const places = { 'Plate reader 00 00': '1-1:1.0', 'Plate reader 01 00': '1-2:1.0' };

    test('is found again at its place, whatever its name is then', async () => {
      await startedAgain(places);
      await desk.answers['desk.setReader']('Plate reader 00 00');
      expect(desk.state()).toMatchObject({ reader: 'Plate reader 00 00', readerSet: 'Plate reader 00 00' });
      await startedAgain({ 'Plate reader 00 00': '1-2:1.0', 'Plate reader 01 00': '1-1:1.0' });
      expect(desk.state()).toMatchObject({ reader: 'Plate reader 01 00', readerSet: 'Plate reader 01 00' });
      await caseWithKey();
      fake.lay('Plate reader 00 00');
      await settled();
      expect(reading().state).toBe('waiting');
      fake.lay('Plate reader 01 00');
      await settled();
      expect(readOn()).toBe('Plate reader 01 00');
    });

    test('is away where it was unplugged: the other one is not taken for it', async () => {
      await startedAgain(places);
      await desk.answers['desk.setReader']('Plate reader 00 00');
      fake.unplug('Plate reader 00 00');
      await settled();
      expect(desk.state()).toMatchObject({ reader: null, readerSet: 'Plate reader 00 00' });
    });

    test('goes by its name where no driver says where it is', async () => {
      await startedAgain({});
      await desk.answers['desk.setReader']('Plate reader 01 00');
      expect(fake.settings.get('reader.set')).toBe('Plate reader 01 00');
      await startedAgain({});
      expect(desk.state()).toMatchObject({ reader: 'Plate reader 01 00', readerSet: 'Plate reader 01 00' });
    });
  });

  test.each([7, '', 'x'.repeat(301), { name: 'Plate' }])('kept as what is no name is none: %j', async (kept) => {
    fake.settings.set('reader.set', kept);
    expect(deskOf(fake).state().readerSet).toBeNull();
  });
});

// A card that another program holds exclusively is not to be had, and pcsc-lite says so before anyone connects to it.
describe('a staff card that another program holds exclusively', () => {
  const shown = () => stripView(desk.state(), textsIn('en'), (code) => code);

  beforeEach(() => fake.setReader('Staff', 'in-use'));

  test('does not keep an idle desk from being ready where a reader is free', async () => {
    expect(desk.state().reader).toBe('Plate');
    expect(shown()).toMatchObject({ tone: 'calm', code: null });
    await desk.answers['case.begin']();
    expect(shown()).toMatchObject({ tone: 'calm', code: null });
  });

  test('is told while a document is awaited: it may be the document', async () => {
    await caseWithKey();
    expect(shown()).toMatchObject({ tone: 'trouble', code: 'reader.shared' });
    expect(reading()).toMatchObject({ state: 'waiting', code: 'reader.shared' });
  });

  test('is told no more once a document was read beside it, for as long as it lies there', async () => {
    await caseWithKey();
    fake.lay('Plate');
    await settled();
    await fake.current.finish(wholeInspection());
    expect(reading().state).toBe('done');
    await desk.answers['case.abandon'](null, null);
    fake.lift('Plate');
    await caseWithKey();
    expect(shown()).toMatchObject({ tone: 'calm', code: null });
    fake.lift('Staff');
    fake.setReader('Staff', 'in-use');
    expect(shown()).toMatchObject({ tone: 'trouble', code: 'reader.shared' });
  });

  test('in the only reader is told at once', () => {
    fake.unplug('Plate');
    expect(shown()).toMatchObject({ tone: 'trouble', code: 'reader.shared' });
  });
});

test('a reader that does not answer keeps no desk from another that is free', () => {
  fake.setReader('Staff', 'unusable');
  expect(desk.state().reader).toBe('Plate');
});

test('a document that does not answer is looked at, not the empty reader beside it', async () => {
  fake.setReader('Staff', 'empty');
  fake.setReader('Plate', 'mute');
  await caseWithKey();
  expect(desk.state().reader).toBe('Plate');
});
