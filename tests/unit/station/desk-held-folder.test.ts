import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { houseRecords } from '../../../main/house/house-records.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import type { UnlockedStore } from '../../../main/store/types.ts';
import { anna, endedInspection, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { temporaryFolder, unlockedIn } from '../store/support.ts';

/*
 * Another program holds the database, with a lock of SQLite's own: no document is read for a case that could leave no record,
 * and no case ends without one.
 */

let fake: FakeHouse;
let timers: FakeTimers;
let desk: Desk;
let store: UnlockedStore;
let directory: string;

beforeEach(async () => {
  directory = temporaryFolder();
  store = await unlockedIn(directory);
  fake = new FakeHouse();
  timers = new FakeTimers();
  const house = {
    ...fake.house,
    ...houseRecords(() => store, {
      version: '0.1.0',
      training: true,
      policy: fake.house.policy,
      newestAt: () => null,
      answers: fake.house.answers,
      publishing: { soon: () => undefined },
    }),
  };
  let number = 0;
  desk = createDesk({ ...fake.beside, house, standIn: false, newCaseId: () => `case-${++number}`, timers });
  await desk.start();
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('renew-bankid');
  await desk.answers['case.chooseHolder'](anna.id);
});

/** Takes the lock for writing, as an import or a backup of another program does; the answer gives it back. */
function hold(): () => void {
  const other = new Database(join(directory, 'styrk.db'));
  onTestFinished(() => {
    other.close();
  });
  other.exec('BEGIN IMMEDIATE');
  return () => other.exec('ROLLBACK');
}

const key = { kind: 'can', can: '123456' } as const;
const reading = () => desk.state().case?.reading;
const codeOf = (act: () => unknown): Promise<string | null> =>
  Promise.resolve()
    .then(act)
    .then(
      () => null,
      (thrown: unknown) => asFailure(thrown).code,
    );

/** Lets the pauses between tries go by until the end of what is under way. */
async function patiently(ending: Promise<unknown>): Promise<number> {
  let ended = false;
  void ending.then(
    () => (ended = true),
    () => (ended = true),
  );
  let pauses = 0;
  for (await settled(); !ended; await settled()) {
    timers.advance(1_000);
    pauses += 1;
  }
  return pauses;
}

describe('before the tap', () => {
  test('it is said when the key is given: nothing is read, and the key can be given again', async () => {
    fake.lay();
    const release = hold();
    expect(await codeOf(() => desk.answers['case.setAccessKey'](key))).toBe('storage.busy');
    expect(fake.inspections).toHaveLength(0);
    expect(reading()?.state).toBe('idle');
    release();
    expect(await codeOf(() => desk.answers['case.setAccessKey'](key))).toBeNull();
    await settled();
    expect(fake.inspections).toHaveLength(1);
  });

  test('it is said when the document comes later, and a tap reads it', async () => {
    await desk.answers['case.setAccessKey'](key);
    const release = hold();
    fake.lay();
    await settled();
    expect(reading()).toMatchObject({ state: 'failed', code: 'storage.busy', taps: 0 });
    expect(fake.inspections).toHaveLength(0);
    expect(await codeOf(() => desk.answers['case.tap']())).toBe('storage.busy');
    release();
    await desk.answers['case.tap']();
    await settled();
    expect(reading()?.state).toBe('reading');
  });

  test('a torn reading that cannot go on keeps what it has, and a tap goes on from there', async () => {
    fake.lay();
    await desk.answers['case.setAccessKey'](key);
    await settled();
    const resume = { securityObject: Uint8Array.of(1), files: [] };
    await fake.current.finish({ ...endedInspection('card.removed'), resume });
    fake.lift();
    const release = hold();
    fake.lay();
    await settled();
    expect(reading()).toMatchObject({ state: 'failed', code: 'storage.busy' });
    release();
    await desk.answers['case.tap']();
    await settled();
    expect(fake.current.request.order.resume).toEqual(resume);
  });
});

describe('at the end of a case', () => {
  const decision = { outcome: 'stop', reason: null, sign: 'AB', seen: 'accept' } as const;

  beforeEach(async () => {
    fake.lay();
    await desk.answers['case.setAccessKey'](key);
    await settled();
    await fake.current.finish(wholeInspection());
  });

  test('the record waits for the lock and is kept, once', async () => {
    const release = hold();
    const ending = Promise.resolve(desk.answers['case.decide'](decision));
    await settled();
    expect(await codeOf(() => desk.answers['case.tap']())).toBe('case.busy');
    timers.advance(1_000);
    await settled();
    release();
    expect(await patiently(ending)).toBeGreaterThan(0);
    expect((await ending).recordId).toBe('case-1');
    expect(desk.state().case).toBeNull();
    expect(store.records.check()).toMatchObject({ intact: true, records: 1 });
  });

  test('that never comes is said; the case stays open with all it has, and is decided later', async () => {
    const release = hold();
    const before = desk.state().case;
    const ending = Promise.resolve(desk.answers['case.decide'](decision));
    const code = codeOf(() => ending);
    expect(await patiently(ending)).toBe(19);
    expect(await code).toBe('storage.busy');
    expect(desk.state().case).toEqual(before);
    release();
    await desk.answers['case.decide'](decision);
    expect(store.records.check()).toMatchObject({ intact: true, records: 1 });
    expect(store.records.list()[0]?.id).toBe('case-1');
  });

  test('a case that is left with the app waits as long, and then says that it left no record', async () => {
    const release = hold();
    const leaving = desk.leave();
    const code = codeOf(() => leaving);
    expect(await patiently(leaving)).toBe(19);
    expect(await code).toBe('storage.busy');
    release();
    expect(store.records.count()).toBe(0);
  });

  test('a case that is left with the app while the folder is held for a moment has its record', async () => {
    const release = hold();
    const leaving = desk.leave();
    await settled();
    release();
    await patiently(leaving);
    await leaving;
    expect(store.records.list()[0]?.content?.decision.outcome).toBe('abandoned');
  });
});
