import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openHouse } from '../../main/house/open-house.ts';
import { createDesk } from '../../main/station/desk.ts';
import type { Timers } from '../../main/station/timers.ts';
import { drawing, madeHeader, madePerson, madeRow } from '../support/made-register.ts';

const root = resolve(import.meta.dirname, '../..');
const rows = 20_000;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'styrk-desk-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whatever is to happen later happens as soon as it can: each progress is told, and nobody waits for a clock. */
const atOnce: Timers = {
  millis: () => performance.now(),
  after: (_millis, act) => {
    const timer = setImmediate(act);
    return () => clearImmediate(timer);
  },
};

const untold = () => Promise.reject(new Error('the lists are not worked on here'));

// A record of a case waits for nobody: an import of the register writes beside the database until its last moment.
it('cases go on and records are kept while the register is imported', { timeout: 300_000 }, async () => {
  const draw = drawing(7);
  const file = join(temporaryFolder(), 'register.csv');
  writeFileSync(
    file,
    madeHeader + Array.from({ length: rows }, (_, index) => madeRow(madePerson(index, draw))).join(''),
  );
  const house = await openHouse({
    directory: temporaryFolder(),
    kind: 'training',
    version: '0.1.0',
    resourcesDirectory: join(root, 'resources'),
    workerUrl: pathToFileURL(join(root, 'main/inspection/worker.ts')),
    key: { kind: 'key-file', path: null },
    readers: 'training',
  });
  onTestFinished(() => house.close());
  let cases = 0;
  const desk = createDesk({
    house,
    standIn: false,
    newCaseId: () => `case-${cases++}`,
    workshop: {
      update: untold,
      importFiles: untold,
      signingOf: untold,
      takeBundle: untold,
      endReading: () => undefined,
    },
    chooseFiles: async () => [file],
    chooseNewFile: async () => null,
    showConfirmation: (confirmation) => confirmation.cancel(),
    timers: atOnce,
  });
  expect(await desk.answers['roster.choose']()).toMatchObject({
    name: 'register.csv',
    columns: [{ name: 'id', field: 'id' }, { field: 'personalNumber' }, { field: 'givenNames' }, {}, {}],
  });
  const before = (await house.checkRecords()).records;
  /** The stage in which each record was begun, and what became of it: its id or how it failed. */
  const kept: { readonly stage: string; readonly record: Promise<string> }[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let heard = '';
  const stop = desk.onState(({ rosterWork, case: open }) => {
    const told = JSON.stringify(rosterWork);
    // One record for each step that is told: the case itself is told too, and must not beget the next.
    if (rosterWork === null || open !== null || told === heard) return;
    heard = told;
    desk.answers['case.begin']();
    const record = Promise.resolve(desk.answers['case.abandon'](null, null)).then(({ recordId }) => recordId);
    last = record.catch(() => undefined);
    kept.push({ stage: rosterWork.stage, record });
  });
  const report = await desk.answers['roster.import']({ mapping: [], leaveOut: false, writeLeftOut: false });
  stop();
  await last;
  expect(report).toMatchObject({ read: rows, added: rows, rejected: 0, taken: true });
  // No `storage.busy`, in any of them.
  const ids = await Promise.all(kept.map(({ record }) => record));
  expect(new Set(kept.map(({ stage }) => stage))).toEqual(new Set(['looking', 'taking', 'indexing']));
  expect(await house.checkRecords()).toMatchObject({ records: before + ids.length, intact: true });
  expect(desk.state().rosterWork).toBeNull();
  await desk.leave();
});
