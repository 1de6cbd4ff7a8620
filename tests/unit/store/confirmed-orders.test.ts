import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { mendTrust } from '../../../main/keeping/station-acts.ts';
import type { CaseOrder } from '../../../main/verification/order-case.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { caseOrder } from '../../support/orders.ts';
import { caseFacts } from '../records/case-facts.ts';
import { temporaryFolder, unlockedIn } from './support.ts';

/* An order is confirmed once (Show 3 of the branch: "an order confirmed twice refused"). */

const by = { sign: 'anna', source: 'typed' } as const;
const decided = (outcome: CaseFacts['decision']['outcome']): Partial<CaseFacts> => ({
  decision: { outcome, reason: null, by },
});

const confirming = (
  id: string,
  order: Parameters<typeof caseOrder>[0] = {},
  changes: Partial<CaseFacts> = {},
): CaseFacts => caseFacts(id, { order: caseOrder(order), ...changes });

/** Writes past Styrk; with `guards` what keeps records from being deleted is dropped before. */
function fromOutside(folder: string, sql: string, guards = false): void {
  const database = new Database(join(folder, 'styrk.db'));
  const triggers = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  if (guards) for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
  database.exec(sql);
  database.close();
}

interface Carried {
  readonly outcome?: CaseFacts['decision']['outcome'];
  readonly source?: CaseOrder['source'];
  /** The place of the case that it decides, from 1. */
  readonly of?: number;
}

const carried = (id: string, { outcome = 'go-on', source = 'typed', of }: Carried): CaseFacts => {
  const facts = confirming(id, {}, decided(outcome));
  const referral = { recordId: `case-${of}`, at: '2026-11-20T12:00:00Z', by };
  return {
    ...facts,
    order: { ...caseOrder(), source, issuerKey: source === 'signed' ? 'key-1' : null },
    ...(of === undefined ? {} : { referral }),
  };
};

/** Whose an order is after these cases. */
const taken: readonly (readonly [name: string, had: string | null, cases: readonly Carried[]])[] = [
  ['nobody signed it, and it was stopped', null, [{ outcome: 'stop' }]],
  ['nobody signed it, and it was abandoned', null, [{ outcome: 'abandoned' }]],
  ['nobody signed it, and it was stopped, then referred', 'case-2', [{ outcome: 'stop' }, { outcome: 'refer' }]],
  ['nobody signed it, and it was referred twice', 'case-1', [{ outcome: 'refer' }, { outcome: 'refer' }]],
  ['a colleague sent it further', 'case-2', [{ outcome: 'refer' }, { outcome: 'refer', of: 1 }]],
  ['a colleague stopped it', 'case-2', [{ outcome: 'refer' }, { outcome: 'stop', of: 1 }]],
  ['a colleague let it go on', 'case-3', [{ outcome: 'refer' }, { outcome: 'abandoned' }, { of: 1 }]],
  ['a colleague of another case', 'case-1', [{ outcome: 'refer' }, { outcome: 'refer' }, { outcome: 'stop', of: 2 }]],
  ['a bank signed it, and it was stopped', 'case-1', [{ source: 'signed', outcome: 'stop' }]],
  ['a bank signed it, and it was abandoned', 'case-1', [{ source: 'signed', outcome: 'abandoned' }]],
  [
    'a bank signed it, and it was decided',
    'case-3',
    [
      { source: 'signed', outcome: 'refer' },
      { source: 'signed', outcome: 'abandoned' },
      { source: 'signed', of: 1 },
    ],
  ],
];

describe('an order', () => {
  it('is confirmed by one record, which is named to the next', async () => {
    const { records } = await unlockedIn(temporaryFolder());
    expect(records.confirmedBy(caseOrder().order)).toBeNull();
    records.append(confirming('case-1'), '0.1.0');
    expect(records.confirmedBy(caseOrder().order)).toBe('case-1');
    expect(() => records.append(confirming('case-2'), '0.1.0')).toThrow(
      expect.objectContaining({ code: 'order.already-confirmed', fields: { record: 'case-1' } }),
    );
    expect(records.count()).toBe(1);
    expect(records.get('case-1').content.order).toEqual(caseOrder());
  });

  it('is the same with another content or another writing of who asks, and another by another name', async () => {
    const { records } = await unlockedIn(temporaryFolder());
    records.append(confirming('case-1'), '0.1.0');
    const append = (order: Parameters<typeof caseOrder>[0]) =>
      failureCodeOf(() => records.append(confirming(`case-${records.count() + 1}`, order), '0.1.0'));
    expect(append({ amount: { value: '1.00', currency: 'SEK' } })).toBe('order.already-confirmed');
    expect(append({ issuer: 'EXEMPELBANKEN' })).toBe('order.already-confirmed');
    expect(append({ id: 'order-2' })).toBe('none');
    expect(append({ issuer: 'En annan' })).toBe('none');
  });

  it('is not confirmed by a case that was referred, stopped or abandoned, and can be stopped afterwards', async () => {
    const { records } = await unlockedIn(temporaryFolder());
    for (const outcome of ['refer', 'stop', 'abandoned'] as const)
      records.append(confirming(outcome, {}, decided(outcome)), '0.1.0');
    records.append(confirming('case-1'), '0.1.0');
    records.append(confirming('case-2', {}, decided('stop')), '0.1.0');
    expect(records.confirmedBy(caseOrder().order)).toBe('case-1');
  });

  it('is confirmed once across two connections', async () => {
    const folder = temporaryFolder();
    const [one, two] = [await unlockedIn(folder), await unlockedIn(folder)];
    one.records.append(confirming('case-1'), '0.1.0');
    expect(failureCodeOf(() => two.records.append(confirming('case-2'), '0.1.0'))).toBe('order.already-confirmed');
    two.records.append(confirming('case-3', { id: 'order-3' }), '0.1.0');
    expect(one.records.confirmedBy(caseOrder({ id: 'order-3' }).order)).toBe('case-3');
    expect(one.records.check().intact).toBe(true);
  });

  it('and the record that confirms it are kept both or neither', async () => {
    const { records, atOnce } = await unlockedIn(temporaryFolder());
    const failing = () =>
      atOnce(() => {
        records.append(confirming('case-1'), '0.1.0');
        throw new Error('as if the disk were full');
      });
    expect(failing).toThrow();
    expect([records.count(), records.confirmedBy(caseOrder().order)]).toEqual([0, null]);
    records.append(confirming('case-1'), '0.1.0');
  });

  it('stays confirmed, and its case’s, however many records follow, also those that confirm none', async () => {
    const { records } = await unlockedIn(temporaryFolder());
    records.append(confirming('case-1'), '0.1.0');
    records.append(carried('referred', { outcome: 'refer', source: 'signed' }), '0.1.0');
    for (let number = 3; number <= 120; number++) records.append(caseFacts(`case-${number}`), '0.1.0');
    expect(records.confirmedBy(caseOrder().order)).toBe('case-1');
    expect(records.caseOf({ ...caseOrder(), source: 'signed' })).toBe('referred');
  });

  // What was done in a folder without such a table, by an app between: the records hold it.
  it('is found where only the records have it', async () => {
    const folder = temporaryFolder();
    const first = await unlockedIn(folder);
    first.records.append(confirming('case-1'), '0.1.0');
    first.store.close();
    fromOutside(folder, 'DELETE FROM confirmed_orders; UPDATE orders_indexed SET through = 0');
    const { records, store } = await unlockedIn(folder);
    expect(store.isWhole()).toBe(false);
    expect(records.confirmedBy(caseOrder().order)).toBe('case-1');
  });

  it.each([
    ['its row is deleted', 'DELETE FROM confirmed_orders'],
    ['its row is another', "UPDATE confirmed_orders SET order_index = order_index || '0'"],
    ['all is said to be looked through', 'DELETE FROM confirmed_orders; UPDATE orders_indexed SET through = 1'],
    ['the marks are gone', 'DELETE FROM confirmed_orders; DELETE FROM marks; DELETE FROM row_marks'],
  ])('stays confirmed where %s, before and after that is mended', async (_, sql) => {
    const folder = temporaryFolder();
    const first = await unlockedIn(folder);
    first.records.append(confirming('case-1'), '0.1.0');
    first.store.close();
    fromOutside(folder, sql);
    const unlocked = await unlockedIn(folder);
    const { records, store } = unlocked;
    expect(store.isWhole()).toBe(false);
    expect(failureCodeOf(() => records.append(confirming('case-2'), '0.1.0'))).toBe('order.already-confirmed');
    mendTrust(store, unlocked, { at: '2026-11-23T10:00:00Z', names: ['Anna Ek', 'Bo Alm'], reason: 'tested' });
    expect(store.isWhole()).toBe(true);
    expect(failureCodeOf(() => records.append(confirming('case-2'), '0.1.0'))).toBe('order.already-confirmed');
  });

  it('is confirmed by nobody where a record that may have done so is gone', async () => {
    const folder = temporaryFolder();
    const first = await unlockedIn(folder);
    first.records.append(confirming('case-1'), '0.1.0');
    first.records.append(caseFacts('case-2'), '0.1.0');
    first.store.close();
    fromOutside(folder, "DELETE FROM confirmed_orders; DELETE FROM records WHERE id = 'case-1'", true);
    const { records } = await unlockedIn(folder);
    expect(failureCodeOf(() => records.append(confirming('case-3'), '0.1.0'))).toBe('record.missing');
  });

  it.each(taken)('%s: is had by %s', async (_, had, cases) => {
    const folder = temporaryFolder();
    const first = await unlockedIn(folder);
    for (const [place, one] of cases.entries()) first.records.append(carried(`case-${place + 1}`, one), '0.1.0');
    const order = carried('wanted', cases[0] ?? {}).order ?? caseOrder();
    expect(first.records.caseOf(order)).toBe(had);
    first.store.close();
    fromOutside(folder, 'DELETE FROM confirmed_orders');
    const unlocked = await unlockedIn(folder);
    // Where nobody had it there was nothing to delete.
    expect([unlocked.store.isWhole(), unlocked.records.caseOf(order)]).toEqual([had === null, had]);
    if (had === null) return;
    const names = ['Anna Ek', 'Bo Alm'];
    mendTrust(unlocked.store, unlocked, { at: '2026-11-23T10:00:00Z', names, reason: 'tested' });
    expect([unlocked.store.isWhole(), unlocked.records.caseOf(order)]).toEqual([true, had]);
  });

  it('that a bank signed and one that was typed under its name are two', async () => {
    const { records } = await unlockedIn(temporaryFolder());
    records.append(carried('case-1', { outcome: 'refer', source: 'typed' }), '0.1.0');
    expect(records.caseOf(caseOrder())).toBe('case-1');
    expect(records.caseOf({ ...caseOrder(), source: 'qr' })).toBe('case-1');
    expect(records.caseOf({ ...caseOrder({ issuer: 'EXEMPELBANKEN' }), source: 'typed' })).toBe('case-1');
    expect(records.caseOf({ ...caseOrder(), source: 'signed' })).toBeNull();
  });

  it('leaves neither its text nor its name in the clear', async () => {
    const folder = temporaryFolder();
    const { records, store } = await unlockedIn(folder);
    records.append(
      confirming('case-1', { id: 'visible-id-1234', text: 'Synlig text 5678', issuer: 'Synliga banken' }),
      '0.1.0',
    );
    store.close();
    const bytes = readFileSync(join(folder, 'styrk.db')).toString('latin1');
    for (const word of ['visible-id-1234', 'Synlig text', 'Synliga banken']) expect(bytes).not.toContain(word);
  });
});
