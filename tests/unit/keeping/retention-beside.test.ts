import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { type RetentionKeeping, retentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { erasureDetail } from '../../../main/records/retention.ts';
import { Failure } from '../../../main/result/failure.ts';
import { addYears, type PlainDate } from '../../../main/result/plain-date.ts';
import { readKeyFile } from '../../../main/store/key-file.ts';
import { markKeyFile } from '../../../main/store/marks/mark-key.ts';
import { markEverything } from '../../../main/store/marks/mark-tables.ts';
import type { UnlockedStore } from '../../../main/store/types.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { rejection } from '../../support/rejection.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../store/support.ts';

/*
 * Two programs at one folder: what one of them answered holds for the other. Between what the first reads and what it writes it
 * asks for the time, or for random bytes: there the other one does its part, over a connection of its own.
 */

const day = '2026-11-23' as PlainDate;
const later = addYears(day, 6);
const by = ['AB'];
const ended = { kind: 'relationship-ended', on: day } as const;
const why = { authority: 'Finanspolisen 12-345', reason: 'a pending inquiry', until: addYears(day, 9) };

/** Records whose years are over, and two programs that keep them. `between` runs once, when the first one asks for that. */
async function two(records: number, asks: 'time' | 'random' = 'time') {
  const folder = temporaryFolder();
  const [first, second] = [await unlockedIn(folder), await unlockedIn(folder)];
  let between: () => void = () => undefined;
  const step = (): void => {
    const act = between;
    between = () => undefined;
    act();
  };
  const clock = {
    today: () => later,
    now: () => {
      if (asks === 'time') step();
      return `${later}T09:00:00Z`;
    },
  };
  const drawn: typeof random = (length) => {
    if (asks === 'random') step();
    return random(length);
  };
  const still = { today: () => later, now: () => `${later}T08:59:00Z` };
  const other = retentionKeeping(second.store, () => second, { clock: still, random });
  for (let number = 1; number <= records; number++) {
    first.records.append(caseFacts(`case-${number}`, { endedAt: `${day}T09:03:12Z` }), '1.0.0');
    other.report({ record: `${number}` }, ended, by);
  }
  first.acceptDay(later);
  return {
    folder,
    first,
    second,
    keeping: retentionKeeping(first.store, () => first, { clock, random: drawn }),
    other,
    setBetween: (act: () => void) => {
      between = act;
    },
  };
}

const eraseAll = (keeping: RetentionKeeping) => keeping.eraseDue({ signs: by, most: 1000 });
const kindsOf = ({ acts }: UnlockedStore) => acts.list().map(({ kind }) => kind);

/** As the other program erases: `eraseDue` itself ends in a later turn. */
function eraseBeside({ acts, retention }: UnlockedStore, number: number): void {
  const erasure = { keep: 'reference', years: 5, on: later, event: ended } as const;
  const detail = { records: `${number}`, ...erasureDetail(erasure) };
  const act = { kind: 'record.erase', at: `${later}T08:59:00Z`, signs: by, reason: '', detail } as const;
  retention.follow(1000);
  acts.record(act, () => retention.erase(number));
}

it.each<[string, (other: RetentionKeeping) => unknown]>([
  ['a hold', (other) => other.hold({ record: '2' }, why, by)],
  ['an event that is taken back', (other) => other.report({ record: '2' }, null, by)],
])('%s that was answered while an erasing runs keeps its record', async (_, answered) => {
  const { first, keeping, other, setBetween } = await two(3);
  setBetween(() => void answered(other));
  expect((await eraseAll(keeping)).erased).toEqual([1, 3]);
  expect(first.records.get('case-2').number).toBe(2);
  expect((await eraseAll(keeping)).erased).toEqual([]);
  expect(first.records.check()).toMatchObject({ erased: 2, intact: true });
});

it('an event that was corrected while an erasing runs is the one that its act names', async () => {
  const { keeping, other, setBetween } = await two(2);
  const corrected = { kind: 'transaction-done', on: day } as const;
  setBetween(() => void other.report({ record: '2' }, corrected, by));
  expect((await eraseAll(keeping)).erased).toEqual([1, 2]);
  expect(keeping.erasures(9)).toMatchObject([
    { event: ended, records: [1] },
    { event: corrected, records: [2] },
  ]);
});

it.each<[string, 'time' | 'random', (keeping: RetentionKeeping) => unknown]>([
  ['a hold', 'random', (keeping) => keeping.hold({ record: '1' }, why, by)],
  ['an event', 'time', (keeping) => keeping.report({ record: '1' }, ended, by)],
  ['an extract', 'time', (keeping) => keeping.extracted({ record: '1' }, 'bank', by)],
])('%s is not answered for a record that was erased meanwhile', async (_, asks, act) => {
  const { first, second, keeping, setBetween } = await two(1, asks);
  setBetween(() => eraseBeside(second, 1));
  expect(failureCodeOf(() => act(keeping))).toBe('record.erased');
  expect(kindsOf(first)).toEqual(['record.event', 'record.erase']);
});

it('a hold of a customer is of the records that are left when it is kept, and ends once', async () => {
  const { second, keeping, other, setBetween } = await two(2, 'random');
  setBetween(() => eraseBeside(second, 1));
  const { hold, records } = keeping.hold({ customer: 'customer-1' }, why, by);
  expect([records, keeping.state().holds]).toMatchObject([[2], [{ hold, records: [2] }]]);
  expect(failureCodeOf(() => keeping.hold({ customer: 'customer-1' }, why, by, [1, 2]))).toBe('confirm.changed');
  expect(failureCodeOf(() => keeping.report({ customer: 'customer-1' }, ended, by, [1, 2]))).toBe('confirm.changed');
  expect(keeping.report({ customer: 'customer-1' }, ended, by, [2]).records).toEqual([2]);
  other.release(hold, by);
  expect(failureCodeOf(() => keeping.release(hold, by))).toBe('retention.hold-unknown');
});

it('an act that the station did not sign, written while an erasing runs, ends it', async () => {
  const { first, second, keeping, setBetween, folder } = await two(1);
  setBetween(() => {
    const act = { kind: 'record.event', at: `${later}T08:59:00Z`, signs: by, reason: '' } as const;
    second.acts.record({ ...act, detail: { records: '1', event: 'taken-back', on: null } }, () => undefined);
    const writer = new Database(join(folder, 'styrk.db'));
    writer.exec("UPDATE acts SET detail = json_set(detail, '$.records', '9') WHERE number = 2");
    using key = readKeyFile(markKeyFile(folder));
    markEverything(writer, key.reveal(), null);
    writer.close();
  });
  expect((await rejection(eraseAll(keeping)))?.code).toBe('retention.acts-broken');
  expect([first.acts.broken(), first.acts.broken(2), first.records.get('case-1').number]).toEqual([[2], [], 1]);
});

it('an erasing that stops in the middle tells how many it erased', async () => {
  const { first, second } = await two(21);
  let asked = 0;
  const now = (): string => {
    asked += 1;
    if (asked === 2) throw new Failure('storage.full', { path: 'styrk.db' });
    return `${later}T09:00:00Z`;
  };
  const keeping = retentionKeeping(first.store, () => first, { clock: { today: () => later, now }, random });
  const stopped = await rejection(eraseAll(keeping));
  expect([stopped?.code, stopped?.fields]).toEqual(['storage.full', { path: 'styrk.db', erased: 20 }]);
  expect(second.records.check()).toMatchObject({ erased: 20, intact: true });
  expect(await eraseAll(keeping)).toMatchObject({ erased: [21], left: 0 });
});

it('two erasings at once erase each record once: one act of it, and one notice for headquarters', async () => {
  const { first, second, keeping, setBetween } = await two(3);
  setBetween(() => {
    for (const number of [1, 2]) eraseBeside(second, number);
  });
  expect((await eraseAll(keeping)).erased).toEqual([3]);
  const erasings = first.acts.list().filter(({ kind }) => kind === 'record.erase');
  expect(erasings.map(({ detail }) => detail.records)).toEqual(['1', '2', '3']);
  expect(first.outbox.texts('erasures', 0, 9).map(({ text }) => JSON.parse(text ?? '').record)).toEqual([1, 2, 3]);
  // Where nothing is left of what was due, nothing is recorded.
  expect([(await eraseAll(keeping)).erased, first.acts.list().length]).toEqual([[], 6]);
});
