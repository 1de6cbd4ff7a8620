import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInspector } from '../../../main/inspection/inspector.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { type ChipFaults, parseChipFaults } from '../../../main/simulator/faults/faults.ts';
import { TrainingReader } from '../../../main/simulator/training-reader.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { machineTimers } from '../../../main/station/timers.ts';
import { standardLimits } from '../../../main/trust/path/freshness.ts';
import type { DeskState } from '../../../preload/contract.ts';
import { anna, day, FakeHouse } from '../../support/fake-house.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { random, trainingTrust } from '../inspection/bench-of-specimens.ts';

// The desk with the real worker and the simulator's reader: what a torn reading left crosses the worker's boundary.
const inspector = createInspector(
  pathToFileURL(resolve(import.meta.dirname, '../../../main/inspection/worker.ts')),
  () => () => undefined,
);
const trust = await trainingTrust();
const time = { limits: standardLimits, newestKnown: null, behind: null };
const today = day('2026-11-23');
const passport = issueSpecimen('se-passport', today, specimenResources);

let reader: TrainingReader;
let desk: Desk;
let fake: FakeHouse;

beforeEach(async () => {
  reader = new TrainingReader();
  fake = new FakeHouse();
  const house = {
    ...fake.house,
    readers: reader,
    inspect: ({ order, ...owner }: Parameters<typeof fake.house.inspect>[0]) =>
      inspector.inspect({ ...order, at: today, time, extendedLength: 'where-stated' }, { ...owner, trust }),
  };
  desk = createDesk({ ...fake.beside, house, standIn: false, newCaseId: () => 'case-1', timers: machineTimers });
  await desk.start();
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('renew-bankid');
  await desk.answers['case.chooseHolder'](anna.id);
  await desk.answers['case.setAccessKey']({ kind: 'mrz', text: passport.mrz.join('\n') });
});
afterEach(() => desk.leave());
afterAll(() => inspector.close());

type Reading = NonNullable<DeskState['case']>['reading'];

function until(fits: (reading: Reading) => boolean): Promise<Reading> {
  return new Promise((resolveReading) => {
    const look = ({ case: open }: DeskState): void => {
      if (open === null || !fits(open.reading)) return;
      stop();
      resolveReading(open.reading);
    };
    const stop = desk.onState(look);
    look(desk.state());
  });
}

const ended = () => until(({ state }) => state === 'done' || state === 'failed');

function lay(id: string, faults: ChipFaults = {}): void {
  reader.lay(createChip(issueSpecimen(id, today, specimenResources, faults.issue), { random, faults }));
}

describe('a passport torn away on the desk', () => {
  test.each([2, 7, 10, 13, 16, 17])('at exchange %i and laid back is read as if at once', async (leaveAtCommand) => {
    lay('se-passport', { leaveAtCommand });
    expect(await until(({ state }) => state === 'interrupted')).toMatchObject({ code: 'card.removed', taps: 1 });
    lay('se-passport');
    const reading = await ended();
    expect(reading).toMatchObject({ state: 'done', taps: 2, laidBack: leaveAtCommand < 10 ? null : 'same-chip' });
    expect(desk.state().case).toMatchObject({ document: { number: 'XA000101' }, portrait: 'verified' });
    await desk.answers['case.answerFace']('same', null);
    await desk.answers['case.decide']({ outcome: 'go-on', reason: null, sign: null, seen: 'accept' });
    const [record] = fake.records;
    expect(record?.taps).toBe(2);
    expect((record?.reading?.bytesTakenOver ?? 0) > 0).toBe(leaveAtCommand > 10);
    expect(record?.checks.find(({ id }) => id === 'chip-authentication')?.result).toBe('successful');
    expect(record?.checks.find(({ id }) => id === 'passive-authentication.hashes')?.result).toBe('successful');
  });

  test('torn twice, it goes on from both', async () => {
    lay('se-passport', { leaveAtCommand: 16 });
    await until(({ state }) => state === 'interrupted');
    lay('se-passport', { leaveAtCommand: 11 });
    await until(({ state, taps }) => state === 'interrupted' && taps === 2);
    lay('se-passport');
    expect(await ended()).toMatchObject({ state: 'done', taps: 3, laidBack: 'same-chip' });
  });

  test('and another chip that the same key opens starts afresh, and says so', async () => {
    lay('se-passport', { leaveAtCommand: 16 });
    await until(({ state }) => state === 'interrupted');
    lay('se-passport', parseChipFaults(['signer-expired']));
    expect(await ended()).toMatchObject({ state: 'done', taps: 2, laidBack: 'other-chip' });
    await desk.answers['case.decide']({ outcome: 'refer', reason: 'other', sign: null, seen: 'accept' });
    expect(fake.records[0]?.reading?.bytesTakenOver).toBeUndefined();
  });

  test('and another document that the key does not open is told', async () => {
    lay('se-passport', { leaveAtCommand: 16 });
    await until(({ state }) => state === 'interrupted');
    lay('de-passport');
    expect(await ended()).toMatchObject({ state: 'failed', code: 'access.wrong-key', laidBack: 'not-opened' });
    expect(desk.state().case?.document).toBeNull();
  });
});

test('a passport that never answers is told, and its reader goes on', async () => {
  lay('se-passport', { muteAtCommand: 5 });
  expect(await until(({ state }) => state === 'interrupted')).toMatchObject({ code: 'card.mute' });
  lay('se-passport');
  expect(await ended()).toMatchObject({ state: 'done', taps: 2 });
});
