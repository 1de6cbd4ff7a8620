import { beforeEach, describe, expect, test } from 'vitest';
import type { Inspection } from '../../../main/inspection/types.ts';
import { successful } from '../../../main/result/check.ts';
import { createDesk, type Desk } from '../../../main/station/desk.ts';
import { givenOrder } from '../../../main/verification/order-case.ts';
import type { Arguments } from '../../../preload/contract.ts';
import { anna, FakeHouse, FakeTimers, settled, wholeInspection } from '../../support/fake-house.ts';
import { anOrder } from '../../support/orders.ts';
import { rejection } from '../../support/rejection.ts';

let fake: FakeHouse;
let desk: Desk;

beforeEach(async () => {
  fake = new FakeHouse();
  fake.carriesOrder = 'optional';
  desk = createDesk({
    ...fake.beside,
    house: fake.house,
    standIn: false,
    newCaseId: () => 'case-1',
    timers: new FakeTimers(),
  });
  await desk.start();
  await desk.answers['case.begin']();
  await desk.answers['case.choosePurpose']('large-transfer');
  await desk.answers['case.chooseHolder'](anna.id);
});

const typed: Arguments<'case.typeOrder'>[0] = {
  issuer: 'Exempelbanken',
  text: 'Överföring till Åsa Öberg',
  amount: '125 000,00',
  currency: 'SEK',
  reference: 'OCR 1',
  expiresAt: null,
};

const codeOf = async (act: () => unknown): Promise<string | null> =>
  (await rejection((async () => act())()))?.code ?? null;

const view = () => {
  const open = desk.state().case;
  if (open === null) throw new Error('no case');
  return open;
};

async function tapped(inspection: Inspection = wholeInspection()): Promise<void> {
  fake.lay();
  await desk.answers['case.setAccessKey']({ kind: 'can', can: '123456' });
  await settled();
  await fake.current.finish(inspection);
}

const type = (changes: Partial<typeof typed> = {}) => desk.answers['case.typeOrder']({ ...typed, ...changes });
const goOn = () =>
  codeOf(() => desk.answers['case.decide']({ outcome: 'go-on', reason: null, sign: null, seen: fake.verdict }));
const proofOf = (hash: string) =>
  successful('active-authentication', { boundTo: hash, boundBy: 'active-authentication', nonce: 'ab'.repeat(32) });

describe('an order at the desk', () => {
  test('is typed, shown, read for, and in the record', async () => {
    await type();
    const order = view().order;
    expect(order).toMatchObject({
      source: 'typed',
      issuer: 'Exempelbanken',
      amount: { value: '125000.00', currency: 'SEK' },
      boundBy: null,
      codes: [],
    });
    const hash = order?.hash ?? '';
    const whole = wholeInspection();
    await tapped({ ...whole, checks: [...whole.checks, proofOf(hash)] });
    expect(fake.current.request.order.orderHash).toBe(hash);
    expect(view().order?.boundBy).toBe('active-authentication');
    await desk.answers['case.answerFace']('same', null);
    expect(await goOn()).toBeNull();
    expect(fake.records[0]?.order).toMatchObject({ hash, boundBy: 'active-authentication', nonce: 'ab'.repeat(32) });
  });

  test('a chip that cannot sign for it leaves it to the station, and a case without an order has none', async () => {
    await type();
    await tapped();
    await desk.answers['case.answerFace']('same', null);
    expect(await goOn()).toBeNull();
    expect(fake.records[0]?.order).toMatchObject({ source: 'typed', boundBy: 'station', nonce: null });
    await desk.answers['case.begin']();
    await desk.answers['case.abandon'](null, null);
    expect(fake.records[1]).not.toHaveProperty('order');
  });

  // What was read was for the order of then: "order text changed after the tap".
  test.each([
    ['another', () => type({ text: 'Överföring till någon annan' })],
    ['one more zero', () => type({ amount: '1250000,00' })],
    ['none', () => desk.answers['case.dropOrder']()],
  ])('that becomes %s after the reading asks for another tap and another comparison', async (_, change) => {
    await type();
    await tapped();
    await desk.answers['case.answerFace']('same', null);
    expect(view().goOnHindrance).toBeNull();
    await change();
    expect(view()).toMatchObject({ step: 'chip', document: null, face: null });
    expect(view().reading).toMatchObject({ state: 'failed', code: 'order.other-proof' });
    expect(await goOn()).not.toBeNull();
    await desk.answers['case.tap']();
    await settled();
    await fake.current.finish(wholeInspection());
    expect(fake.current.request.order.orderHash).toBe(view().order?.hash);
    await desk.answers['case.answerFace']('same', null);
    expect(await goOn()).toBeNull();
  });

  test('added after a reading that was for none asks for another tap too', async () => {
    await tapped();
    await type();
    expect(view().reading).toMatchObject({ state: 'failed', code: 'order.other-proof' });
  });

  test('is not changed while a chip is read', async () => {
    await type();
    fake.lay();
    await desk.answers['case.setAccessKey']({ kind: 'can', can: '123456' });
    await settled();
    expect(await codeOf(() => type({ text: 'Annat' }))).toBe('case.busy');
    expect(await codeOf(() => desk.answers['case.dropOrder']())).toBe('case.busy');
    await fake.current.finish(wholeInspection());
  });

  test('is judged again for itself when the case is decided', async () => {
    await type();
    await tapped();
    await desk.answers['case.answerFace']('same', null);
    const hash = view().order?.hash;
    await goOn();
    expect(fake.judgedFor.at(-1)).toBe(hash);
  });

  test.each(['order.expired', 'order.already-confirmed', 'order.foreign'] as const)(
    'cannot be gone on with where the house says %s; it can be stopped',
    async (code) => {
      await type();
      await tapped();
      await desk.answers['case.answerFace']('same', null);
      fake.orderHindrances = { codes: [code], record: 'case-0' };
      fake.now = '2026-11-23T10:00:05Z';
      expect(await goOn()).toBe(code);
      expect(view()).toMatchObject({ goOnHindrance: code, order: { codes: [code], record: 'case-0' } });
      const stop = { outcome: 'stop', reason: null, sign: null, seen: fake.verdict } as const;
      expect(await codeOf(() => desk.answers['case.decide'](stop))).toBeNull();
      expect(fake.records[0]).toMatchObject({ decision: { outcome: 'stop' }, order: { source: 'typed' } });
    },
  );

  test('that another case confirmed meanwhile leaves the case open', async () => {
    await type();
    await tapped();
    await desk.answers['case.answerFace']('same', null);
    fake.recordFailure = 'order.already-confirmed';
    expect(await goOn()).toBe('order.already-confirmed');
    expect(view().id).toBe('case-1');
  });

  test('has no place where the purpose carries none, and is missed where it must', async () => {
    fake.carriesOrder = 'none';
    expect(await codeOf(() => type())).toBe('order.other-purpose');
    fake.carriesOrder = 'optional';
    await type();
    // Another errand, which has no place for it, says so beside the order.
    fake.carriesOrder = 'none';
    await desk.answers['case.choosePurpose']('step-up');
    expect(view().order?.codes).toEqual(['order.other-purpose']);
    await desk.answers['case.dropOrder']();
    fake.carriesOrder = 'required';
    await tapped();
    await desk.answers['case.answerFace']('same', null);
    expect([view().goOnHindrance, await goOn()]).toEqual(['order.missing', 'order.missing']);
  });

  test('is scanned, and refused where it is none', async () => {
    await desk.answers['case.readOrder'](JSON.stringify(anOrder()));
    expect(view().order).toMatchObject({ source: 'qr', text: anOrder().text });
    expect(await codeOf(() => desk.answers['case.readOrder']('nonsense'))).toBe('order.malformed');
    const turned = JSON.stringify(anOrder({ text: 'Till \u202egnI' }));
    expect(await codeOf(() => desk.answers['case.readOrder'](turned))).toBe('order.characters');
    expect(view().order?.text).toBe(anOrder().text);
  });

  test("is taken from what the bank's system handed over, twenty shown, each found, and gone with its case", async () => {
    const signed = (id: string) => givenOrder(anOrder({ id, audience: 'Kontoret' }), 'signed', 'key-1');
    const newestFirst = Array.from({ length: 25 }, (_, index) => signed(`order-${25 - index}`));
    for (const given of newestFirst) fake.takeIn(given);
    desk.offerOrders({ orders: newestFirst, unopened: 0 });
    expect(desk.state()).toMatchObject({ offeredMore: 5 });
    expect(desk.state().offered).toHaveLength(20);
    // Two that say the same are told apart by their end.
    expect(desk.state().offered.every(({ expiresAt }) => expiresAt !== null)).toBe(true);
    expect(await codeOf(() => desk.answers['case.takeOrder'](signed('order-26').hash))).toBe('order.missing');
    // One that is not among the newest is taken as well.
    await desk.answers['case.takeOrder'](signed('order-1').hash);
    expect(view().order?.hash).toBe(signed('order-1').hash);
    // As long as its case has no record it waits, and is offered again.
    await desk.answers['case.takeOrder'](signed('order-25').hash);
    desk.offerOrders({ orders: newestFirst, unopened: 0 });
    expect(view().order).toMatchObject({ source: 'signed' });
    await desk.answers['case.abandon'](null, null);
    expect(fake.records[0]?.order).toMatchObject({ source: 'signed', issuerKey: 'key-1' });
    expect(desk.state().offered.map(({ hash }) => hash)).not.toContain(signed('order-25').hash);
  });

  test('is found by its words among all that wait, with what names the customer of the case before the rest', async () => {
    const made = (id: string, changes: Parameters<typeof anOrder>[0]) =>
      givenOrder(anOrder({ id, audience: 'Kontoret', ...changes }), 'signed', 'key-1');
    const many = Array.from({ length: 30 }, (_, index) => made(`many-${index}`, { reference: `OCR ${1000 + index}` }));
    const theirs = made('theirs', { text: 'Nytt kort', reference: 'R-7', customer: anna.id });
    const others = made('others', { text: 'Nytt kort till Öberg', reference: 'R-8', customer: 'SWE:19121212-1212' });
    desk.offerOrders({ orders: [...many, others, theirs], unopened: 3 });
    const find = async (query: string) => {
      const { orders, more, unopened } = await desk.answers['case.findOrders'](query);
      return { references: orders.map(({ reference }) => reference), more, unopened };
    };
    expect(await find('nytt KORT')).toEqual({ references: ['R-7', 'R-8'], more: 0, unopened: 3 });
    expect((await find('oberg kort')).references).toEqual(['R-8']);
    for (const writing of ['191212121212', '19121212-1212', '121212-1212'])
      expect((await find(writing)).references).toEqual(['R-8']);
    expect((await find('1029')).references).toEqual(['OCR 1029']);
    expect(await find('ocr')).toMatchObject({ more: 10 });
    expect(await find('finns inte')).toEqual({ references: [], more: 0, unopened: 3 });
    expect(desk.state()).toMatchObject({ offeredMore: 15 });
    await desk.answers['case.abandon'](null, null);
    expect(await codeOf(() => desk.answers['case.findOrders']('kort'))).toBe('case.not-open');
  });

  // Another process on the folder may have had its case: the side door, a second desk.
  test('that another process dealt with since it was offered is refused, and not offered any more', async () => {
    const given = givenOrder(anOrder({ audience: 'Kontoret' }), 'signed', 'key-1');
    desk.offerOrders({ orders: [given], unopened: 0 });
    for (const state of ['answered', 'referred'] as const) {
      fake.takeIn(given, state);
      desk.offerOrders({ orders: [given], unopened: 0 });
      const told: number[] = [];
      const stop = desk.onState(({ offered }) => told.push(offered.length));
      expect(await codeOf(() => desk.answers['case.takeOrder'](given.hash))).toBe('order.dealt-with');
      stop();
      expect({ told, order: view().order }).toEqual({ told: [0], order: null });
    }
    desk.offerOrders({ orders: [given], unopened: 0 });
    fake.takeIn(givenOrder(anOrder({ audience: 'Kontoret', text: 'Annat' }), 'signed', 'key-1'));
    expect(await codeOf(() => desk.answers['case.takeOrder'](given.hash))).toBe('order.dealt-with');
    // What is looked at anew and is the same as before is no news.
    fake.takeIn(given);
    const told: number[] = [];
    desk.onState(({ offered }) => told.push(offered.length));
    for (const waiting of [[given], [given], []]) desk.offerOrders({ orders: waiting, unopened: 0 });
    expect(told).toEqual([1, 0]);
  });

  test('its answer is there in short once the case has ended, where the bank is told one, and gone with the next case', async () => {
    const given = givenOrder(anOrder({ audience: 'Kontoret' }), 'signed', 'key-1');
    fake.takeIn(given);
    desk.offerOrders({ orders: [given], unopened: 0 });
    await desk.answers['case.takeOrder'](given.hash);
    expect(await desk.answers['case.lastAnswer']()).toBeNull();
    const { recordId } = await desk.answers['case.abandon'](null, null);
    expect(await desk.answers['case.lastAnswer']()).toBeNull();
    const answer = 'signed';
    // Another desk went on with the order: its answer does not stand on the screen of the case that was declined here.
    fake.takeIn(given, 'answered', answer, 'of-another-desk');
    expect(await desk.answers['case.lastAnswer']()).toBeNull();
    fake.takeIn(given, 'answered', answer, recordId);
    expect(await desk.answers['case.lastAnswer']()).toEqual({
      bank: 'Exempelbanken',
      way: 'folder',
      short: 'short signed',
    });
    await desk.answers['case.begin']();
    expect(await desk.answers['case.lastAnswer']()).toBeNull();
    await desk.answers['case.abandon'](null, null);
    expect(await desk.answers['case.lastAnswer']()).toBeNull();
  });

  // The page that opened it hears nothing, and neither did staff.
  test('whose link was refused is told by its code alone, beside the case, until staff have seen it', async () => {
    const before = desk.state();
    expect(before.refusedLink).toBeNull();
    fake.now = '2026-11-23T10:00:05Z';
    desk.linkOpened('order.expired');
    expect(desk.state()).toEqual({
      ...before,
      revision: expect.any(Number),
      refusedLink: { code: 'order.expired', at: fake.now },
    });
    // What came meanwhile nobody has seen.
    await desk.answers['desk.dismissLink']('2026-11-23T09:00:00Z');
    expect(desk.state().refusedLink?.code).toBe('order.expired');
    await desk.answers['desk.dismissLink'](fake.now);
    expect(desk.state().refusedLink).toBeNull();
    desk.linkOpened('order.foreign');
    expect(desk.state().refusedLink?.code).toBe('order.foreign');
    desk.linkOpened(null);
    expect(desk.state().refusedLink).toBeNull();
  });

  test.each([
    ['nobody who asks', { issuer: ' \u200b ' }, 'issuer'],
    ['no text', { text: '\u202e' }, 'text'],
    ['a sum that can be read in two ways', { amount: '1.234' }, 'amount'],
    ['a sum that is none', { amount: 'mycket' }, 'amount'],
    ['a currency that is none', { currency: 'KRN' }, 'amount'],
    ['an end that lies behind', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('that is typed with %s is told', async (_, changes, field) => {
    const failure = await rejection((async () => type(changes))());
    expect(failure).toMatchObject({ code: 'order.malformed', fields: { field } });
  });

  test('that is pasted loses what is not seen; typed twice under a reference it is the same order', async () => {
    await type({ text: 'Till \u202eÅsa\u200b', issuer: 'Exempel\u00adbanken' });
    expect(view().order).toMatchObject({ text: 'Till Åsa', issuer: 'Exempelbanken' });
  });
});
