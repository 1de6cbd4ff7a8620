import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { retentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { addDays, addYears, type PlainDate } from '../../../main/result/plain-date.ts';
import { readKeyFile } from '../../../main/store/key-file.ts';
import { markKeyFile } from '../../../main/store/marks/mark-key.ts';
import { markEverything } from '../../../main/store/marks/mark-tables.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { caseOrder } from '../../support/orders.ts';
import { rejection } from '../../support/rejection.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random, temporaryFolder, unlockedIn } from '../store/support.ts';

/*
 * Retention with a given clock (AMLR 2024/1624 art. 77: five years from the end of the relationship or the transaction, then
 * delete; an authority may lengthen that by five more, case by case).
 */

const day = '2026-11-23' as PlainDate;
const by = ['AB'];

/** A folder whose clock is the test's. */
async function station() {
  const folder = temporaryFolder();
  const opened = await unlockedIn(folder);
  let today = day;
  const clock = { today: () => today, now: () => `${today}T09:00:00Z` };
  const keeping = retentionKeeping(opened.store, () => opened, { clock, random });
  return {
    ...opened,
    folder,
    keeping,
    keep: (id: string, changes: Partial<CaseFacts> = {}) =>
      opened.records.append(caseFacts(id, { endedAt: `${today}T09:03:12Z`, ...changes }), '1.0.0').number,
    erase: () => keeping.eraseDue({ signs: by, most: 1000 }),
    /** As if the station had seen it by its lists. */
    goTo: (to: PlainDate) => {
      today = to;
      opened.acceptDay(to);
    },
    goToByItself: (to: PlainDate) => {
      today = to;
    },
  };
}

const ended = (on: PlainDate) => ({ kind: 'relationship-ended', on }) as const;

/** Every byte of the folder. */
function bytesOf(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}

/** The sealed bytes and the wrapped key of a record, in pieces small enough to lie in one page. */
function piecesOf(folder: string, number: number): readonly Buffer[] {
  const database = new Database(join(folder, 'styrk.db'), { readonly: true });
  const row = database
    .prepare<[number], { wrapped_key: Buffer; sealed: Buffer }>(
      'SELECT wrapped_key, sealed FROM records WHERE number = ?',
    )
    .get(number);
  database.close();
  if (row === undefined) throw new Error('no record');
  const pieces: Buffer[] = [];
  for (const bytes of [row.wrapped_key, row.sealed])
    for (let from = 0; from + 24 <= bytes.length; from += 24) pieces.push(bytes.subarray(from, from + 24));
  return pieces;
}

describe('erasure', () => {
  it('leaves the content in no byte of the folder once its day is over; the chain stays whole and says so', async () => {
    const { keeping, keep, erase, goTo, records, log, folder, referrals, holders, store } = await station();
    const bulk = 'padding '.repeat(3000);
    const facts = { face: { answer: 'unsure', reason: bulk } } as const;
    const [gone, other] = [keep('case-1', facts), keep('case-2', { holder: null })];
    referrals.put({ id: 'case-1', at: day, text: 'a case that nobody decided' });
    keeping.report({ record: 'case-1' }, ended(day), by);
    // Pieces that two pages share are found in neither.
    const all = piecesOf(folder, gone);
    const before = bytesOf(folder);
    const pieces = all.filter((piece) => before.includes(piece));
    expect(pieces.length).toBeGreaterThan(all.length * 0.9);
    const last = addYears(day, 5);
    goTo(last);
    expect(await erase()).toMatchObject({ erased: [] });
    const still = bytesOf(folder);
    expect(pieces.every((piece) => still.includes(piece))).toBe(true);

    goTo(addDays(last, 1));
    expect(await erase()).toEqual({ erased: [gone], left: 0, cleaned: true });
    // While the folder is open, its log included.
    const now = bytesOf(folder);
    expect(pieces.filter((piece) => now.includes(piece))).toEqual([]);
    expect(records.check()).toMatchObject({ records: 2, erased: 1, intact: true, broken: [] });
    expect(log.check()).toMatchObject({ intact: true });
    const rule = { on: addDays(last, 1), keep: 'reference', years: 5, event: { kind: 'relationship-ended', on: day } };
    expect(records.list().map(({ erased }) => erased ?? null)).toEqual([null, rule]);
    expect(() => records.get('case-1')).toThrow(
      expect.objectContaining({ code: 'record.erased', fields: expect.objectContaining({ on: rule.on }) }),
    );
    expect(records.get('case-2').number).toBe(other);
    expect(referrals.list()).toEqual({ whole: [], damaged: [] });
    expect(holders.count()).toBe(0);
    // The chain goes on over it.
    keep('case-3');
    expect(records.check()).toMatchObject({ records: 3, intact: true });
    store.close();
    const closed = bytesOf(folder);
    expect(pieces.filter((piece) => closed.includes(piece))).toEqual([]);
  });

  it('of many records in any order leaves nothing of them, and all of the others', async () => {
    const { keeping, keep, erase, goTo, records, folder } = await station();
    const numbers = Array.from({ length: 60 }, (_, index) =>
      keep(`case-${index}`, { face: { answer: 'unsure', reason: 'x'.repeat((index * 977) % 9000) } }),
    );
    const due = numbers.filter((number) => (number * 7) % 10 < 6);
    const left = numbers.filter((number) => !due.includes(number));
    for (const number of due) keeping.report({ record: `${number}` }, ended(day), by);
    const pieces = due.flatMap((number) => piecesOf(folder, number));
    const stays = left.map((number) => piecesOf(folder, number)[0]);
    goTo(addYears(day, 6));
    expect((await erase()).erased).toEqual(due);
    const now = bytesOf(folder);
    expect(pieces.filter((piece) => now.includes(piece))).toEqual([]);
    expect(stays.every((piece) => piece !== undefined && now.includes(piece))).toBe(true);
    expect(records.check()).toMatchObject({ records: 60, erased: due.length, intact: true });
  });

  it('takes the order that it came for, and the person whom the case took from a document', async () => {
    const { keeping, keep, erase, goTo, holders, receivedOrders, folder } = await station();
    const person = { id: 'case-1', personalNumber: null, givenNames: 'Erika', surname: 'Mustermann', birthDate: null };
    holders.importAll([
      { ...person, fromDocument: true },
      { ...person, id: 'customer-1', surname: 'Berg' },
    ]);
    const { order } = receivedOrders.take('order', { text: 'an order' }, `${day}T08:00:00Z`);
    receivedOrders.noteRecord(order.number, 'case-1');
    receivedOrders.answer(order.number, 'an answer');
    keep('case-1', { holder: { ...person, fromDocument: true } });
    keep('case-2');
    for (const record of ['case-1', 'case-2']) keeping.report({ record }, ended(day), by);
    const database = new Database(join(folder, 'styrk.db'), { readonly: true });
    const sealed = database
      .prepare<[], Buffer>(
        `SELECT sealed FROM received_orders UNION ALL SELECT sealed_answer FROM received_orders
         UNION ALL SELECT sealed FROM holders WHERE row = 1`,
      )
      .pluck()
      .all();
    database.close();
    goTo(addYears(day, 6));
    expect((await erase()).erased).toEqual([1, 2]);
    // Whom the bank's register names stays.
    expect([holders.get('case-1'), holders.get('customer-1')?.surname]).toEqual([null, 'Berg']);
    expect(failureCodeOf(() => receivedOrders.find('order'))).toBe('order.replayed');
    expect([receivedOrders.unanswered(9), receivedOrders.undelivered(9, 0)]).toEqual([[], []]);
    const now = bytesOf(folder);
    expect(sealed).toHaveLength(3);
    expect(sealed.filter((bytes) => now.includes(bytes.subarray(0, 24)))).toEqual([]);
  });

  it('waits for the event: without one a record stays; of no relationship the years run by themselves', async () => {
    const { keep, erase, goTo } = await station();
    keep('case-1');
    keep('case-2', { retention: { keep: 'none', years: 1 } });
    keep('case-3', { retention: { keep: 'copy', years: 7 } });
    goTo(addYears(day, 1));
    expect((await erase()).erased).toEqual([]);
    goTo(addDays(addYears(day, 1), 1));
    expect((await erase()).erased).toEqual([2]);
    goTo(addYears(day, 40));
    expect((await erase()).erased).toEqual([]);
  });

  it('an order that an erased record confirmed is confirmed still', async () => {
    const { keeping, keep, erase, goTo, records } = await station();
    const order = caseOrder();
    keep('case-1', { order });
    keeping.report({ record: '1' }, ended(day), by);
    goTo(addYears(day, 6));
    expect((await erase()).erased).toEqual([1]);
    expect(records.confirmedBy(order.order)).toBe('case-1');
  });
});

describe('a hold', () => {
  it('keeps a record, five years more at most, and no longer once it is released; who asked is nowhere in clear', async () => {
    const { keeping, keep, erase, goTo, acts, folder } = await station();
    for (const id of ['case-1', 'case-2', 'case-3']) keep(id);
    for (const record of ['1', '2', '3']) keeping.report({ record }, ended(day), by);
    const until = addYears(day, 8);
    const why = { authority: 'Finanspolisen 12-345', reason: 'a pending inquiry', until };
    const { hold } = keeping.hold({ record: '1' }, why, by);
    const second = keeping.hold({ record: '2' }, why, by).hold;
    const tooLong = { ...why, until: addDays(addYears(day, 10), 1) };
    expect(failureCodeOf(() => keeping.hold({ record: '1' }, tooLong, by))).toBe('retention.hold-too-long');
    expect(failureCodeOf(() => keeping.hold({ record: '1' }, { ...why, authority: ' ' }, by))).toBe(
      'decision.reason-missing',
    );
    goTo(addYears(day, 6));
    expect((await erase()).erased).toEqual([3]);
    expect(keeping.state()).toMatchObject({ due: [], holds: [{ hold, ...why }, { hold: second }], erased: 1 });
    expect(bytesOf(folder).includes('Finanspolisen')).toBe(false);
    keeping.release(second, by);
    expect(failureCodeOf(() => keeping.release(second, by))).toBe('retention.hold-unknown');
    expect((await erase()).erased).toEqual([2]);
    goTo(addDays(until, 1));
    expect((await erase()).erased).toEqual([1]);
    expect(acts.broken()).toEqual([]);
    expect(acts.list().filter(({ kind }) => kind === 'record.erase')).toHaveLength(3);
  });
});

describe('the event', () => {
  it('is of all records of a customer that were there on the day, can be corrected, and lies neither ahead nor before', async () => {
    const { keeping, keep, goTo } = await station();
    keep('case-1');
    keep('case-2', { holder: null });
    goTo(addDays(day, 10));
    keep('case-3');
    const customer = { customer: 'customer-1' };
    expect(keeping.report(customer, ended(addDays(day, 5)), by).records).toEqual([1]);
    expect(keeping.report(customer, ended(addDays(day, 10)), by).records).toEqual([1, 3]);
    expect(keeping.state()).toMatchObject({ due: [], next: addYears(addDays(day, 10), 5) });
    keeping.report({ record: '3' }, null, by);
    const codes = [
      () => keeping.report({ record: '1' }, ended(addDays(day, 11)), by),
      () => keeping.report({ record: '3' }, ended(day), by),
      () => keeping.report({ record: '9' }, ended(day), by),
      () => keeping.report({ customer: 'nobody' }, ended(day), by),
    ].map((report) => failureCodeOf(report));
    expect(codes).toEqual(['retention.day', 'retention.day', 'record.not-found', 'retention.customer-unknown']);
  });
});

describe('an erasure is refused', () => {
  it('by a clock that went back, and by one that is further ahead than anything that the station has seen', async () => {
    const { keeping, keep, erase, goToByItself, goTo } = await station();
    keep('case-1');
    keeping.report({ record: '1' }, ended(day), by);
    goToByItself(addYears(day, 6));
    expect((await rejection(erase()))?.code).toBe('retention.clock-unproved');
    goTo(addYears(day, 7));
    goToByItself(addYears(day, 6));
    expect((await rejection(erase()))?.code).toBe('clock.went-back');
    goTo(addYears(day, 7));
    expect((await erase()).erased).toEqual([1]);
  });

  it('where others changed an act, also where they could mark it as ours', async () => {
    const { keeping, keep, goTo, folder, store } = await station();
    keep('case-1');
    keep('case-2');
    keeping.report({ record: '1' }, ended(day), by);
    goTo(addYears(day, 6));
    store.close();
    fromOutside(join(folder, 'styrk.db'), "UPDATE acts SET detail = json_set(detail, '$.records', '1-2')");
    const clock = { today: () => addYears(day, 6), now: () => `${addYears(day, 6)}T09:00:00Z` };
    const eraseAgain = async () => {
      const again = await unlockedIn(folder);
      const keeps = retentionKeeping(again.store, () => again, { clock, random });
      const failure = await rejection(keeps.eraseDue({ signs: by, most: 9 }));
      expect(again.records.get('case-1').number).toBe(1);
      again.store.close();
      return failure?.code;
    };
    expect(await eraseAgain()).toBe('trust.tampered');
    const writer = new Database(join(folder, 'styrk.db'));
    using key = readKeyFile(markKeyFile(folder));
    markEverything(writer, key.reveal(), null);
    writer.close();
    expect(await eraseAgain()).toBe('retention.acts-broken');
  });
});

describe('what somebody with the file can do', () => {
  it('emptying a record past Styrk is no erasure, and putting an erased one back is told', async () => {
    const { keeping, keep, erase, goTo, folder, store } = await station();
    for (const id of ['case-1', 'case-2']) keep(id);
    keeping.report({ record: '1' }, ended(day), by);
    const database = new Database(join(folder, 'styrk.db'), { readonly: true });
    const before = database.prepare<[], { wrapped_key: Buffer; sealed: Buffer }>('SELECT * FROM records').get();
    database.close();
    goTo(addYears(day, 6));
    await erase();
    store.close();
    // The trigger allows it: what it means, acts say.
    fromOutside(join(folder, 'styrk.db'), "UPDATE records SET wrapped_key = x'', sealed = x'' WHERE number = 2");
    const again = await unlockedIn(folder);
    expect(again.records.check().broken).toEqual([{ id: 'case-2', number: 2, code: 'record.seal-broken' }]);
    again.store.close();
    const writer = new Database(join(folder, 'styrk.db'));
    writer.exec('DROP TRIGGER records_are_not_changed');
    writer
      .prepare('UPDATE records SET wrapped_key = ?, sealed = ? WHERE number = 1')
      .run(before?.wrapped_key, before?.sealed);
    writer.close();
    expect((await unlockedIn(folder)).records.check().broken).toContainEqual({
      id: 'case-1',
      number: 1,
      code: 'record.erased-returned',
    });
  });
});
