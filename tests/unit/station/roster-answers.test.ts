import { beforeEach, expect, it } from 'vitest';
import { Failure } from '../../../main/result/failure.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import type { RosterReport } from '../../../main/station/roster-tending.ts';
import type { MethodName } from '../../../preload/contract.ts';
import { FakeHouse, FakeTimers } from '../../support/fake-house.ts';

let fake: FakeHouse;
let desk: Desk;

const report: RosterReport = {
  read: 3,
  added: 2,
  replaced: 0,
  rejected: 1,
  encoding: 'utf-8',
  unused: ['x'.repeat(500)],
  notes: [{ kind: 'fault', note: 'birth-date', count: 500, lines: Array.from({ length: 500 }, (_, line) => line + 2) }],
  resumed: false,
  taken: true,
};

beforeEach(() => {
  fake = new FakeHouse();
  fake.chosen = ['/somewhere/secret/register.csv'];
  fake.rosterHead = {
    kind: 'csv',
    columns: [
      { name: 'Kund', field: null },
      { name: 'y'.repeat(500), field: null },
    ],
  };
  desk = createDesk({
    ...fake.beside,
    house: fake.house,
    standIn: false,
    newCaseId: () => 'c',
    timers: new FakeTimers(),
  });
});

function call(method: MethodName, ...args: readonly unknown[]) {
  const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
  return answerCall(around, method, { url: 'styrk://app/index.html', mainFrame: true }, args);
}

const wish = { mapping: [{ field: 'id', column: 'Kund' }], leaveOut: false, writeLeftOut: false };

it('the page learns the name of the chosen file and what its columns are called, never where it lies', async () => {
  expect(await call('roster.choose')).toEqual({
    ok: true,
    value: { name: 'register.csv', kind: 'csv', columns: [{ name: 'Kund', field: null }] },
  });
  fake.chosen = [];
  expect(await call('roster.choose')).toEqual({ ok: true, value: null });
});

it('what was chosen is tried and taken with what the page says of its columns; long reports are cut, their counts are not', async () => {
  const orders: unknown[] = [];
  fake.importRoster = async (order) => {
    orders.push(order);
    return { ...report, taken: !order.dryRun };
  };
  await call('roster.choose');
  const tried = await call('roster.try', wish.mapping);
  expect(tried).toMatchObject({
    ok: true,
    value: { taken: false, unused: ['x'.repeat(100)], notes: [{ count: 500 }] },
  });
  fake.chosenNew = '/somewhere/left-out.csv';
  await call('roster.import', { ...wish, leaveOut: true, writeLeftOut: true });
  await call('roster.import', wish);
  const same = { path: '/somewhere/secret/register.csv', mapping: [['id', 'Kund']], encoding: null };
  expect(orders).toEqual([
    { ...same, partial: true, rejects: null, dryRun: true },
    { ...same, partial: true, rejects: '/somewhere/left-out.csv', dryRun: false },
    { ...same, partial: false, rejects: null, dryRun: false },
  ]);
  // Whoever names no file for what is left out has nothing taken.
  fake.chosenNew = null;
  expect(await call('roster.import', { ...wish, leaveOut: true, writeLeftOut: true })).toEqual({
    ok: true,
    value: null,
  });
  expect(orders).toHaveLength(3);
});

it('how far it is stands in the snapshots; one at a time, and cancelling ends it', async () => {
  await call('roster.choose');
  fake.importRoster = (_, { signal, onProgress }) => {
    onProgress({ stage: 'taking', part: 0.5, people: 10, perSecond: 5, secondsLeft: 2 });
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Failure('holder.import-cancelled')));
    });
  };
  const taken = call('roster.import', wish);
  expect(desk.state().rosterWork).toEqual({
    stage: 'taking',
    trial: false,
    part: 0.5,
    people: 10,
    perSecond: 5,
    secondsLeft: 2,
  });
  for (const other of [call('roster.import', wish), call('roster.try', []), call('roster.choose')])
    expect(await other).toMatchObject({ ok: false, code: 'holder.import-running' });
  await call('roster.cancel');
  expect(await taken).toMatchObject({ ok: false, code: 'holder.import-cancelled' });
  expect(desk.state().rosterWork).toBeNull();
});

it('nothing is taken before a file was chosen, nor of a page that asks for what there is not', async () => {
  expect(await call('roster.import', wish)).toMatchObject({ ok: false, code: 'call.malformed' });
  expect(await call('roster.try', [])).toMatchObject({ ok: false, code: 'call.malformed' });
  await call('roster.choose');
  for (const args of [[], [null], [{ ...wish, path: '/etc/passwd' }], [{ ...wish, mapping: ['id'] }]])
    expect(await call('roster.import', ...args)).toMatchObject({ ok: false, code: 'call.malformed' });
});
