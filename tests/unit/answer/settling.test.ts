import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bankAnswers } from '../../../main/answer/bank-answers.ts';
import { houseRecords } from '../../../main/house/house-records.ts';
import type { Referral } from '../../../main/house/referral.ts';
import type { StationClock } from '../../../main/machine/clock.ts';
import { limitClock } from '../../../main/machine/limit-clock.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { boundOrder, givenOrder } from '../../../main/verification/order-case.ts';
import type { CaseFacts, Decision } from '../../../main/verification/types.ts';
import { alone, bankFile, bankSigner, orderClaims, orderToken, verifiedAnswer } from '../../support/bank-side.ts';
import { fromOutside } from '../../support/from-outside.ts';
import { anOrder } from '../../support/orders.ts';
import { policy } from '../../support/own-resources.ts';
import { rejection } from '../../support/rejection.ts';
import { caseFacts } from '../records/case-facts.ts';
import { openIn, ownKeyFileProvider, random, temporaryFolder } from '../store/support.ts';

/*
 * A case has left its record, and its order is to be answered (docs/decisions/0016): however it ended, by whomever it was decided,
 * and also where the answer could not be made at that moment.
 */

const two = ['A. Berg', 'C. Dahl'];
const signer = bankSigner();
const instant = '2026-11-23T09:00:00Z';
const clock: StationClock = { now: () => instant, today: () => '2026-11-23' as PlainDate };
const folder = { way: 'folder', origins: [] } as const;
const training = 'styrk-training-answer+jwt';

async function station(directory = temporaryFolder()) {
  const store = openIn(directory);
  const unlocked = await store.unlock(ownKeyFileProvider);
  const timers: (() => void)[] = [];
  const after = (_: number, act: () => void) => {
    timers.push(act);
    return () => void timers.splice(timers.indexOf(act), 1);
  };
  const answers = bankAnswers(store, () => unlocked, { clock: limitClock(clock, store.recordedTime), after, random });
  const { keepRecord } = houseRecords(() => unlocked, {
    version: '1',
    training: true,
    policy,
    newestAt: () => null,
    answers,
    publishing: { soon: () => undefined },
  });
  const heard: string[] = [];
  answers.onChange(({ order, state }) => heard.push(`${order.id} ${state}`));
  const goOff = (): void => {
    for (const act of timers.splice(0)) act();
  };
  const taken = () => answers.taken('https://bank.example/branch', 'order-4711');
  return { directory, store, unlocked, answers, keepRecord, heard, goOff, taken };
}

const token = orderToken(signer, orderClaims(Date.parse(instant) / 1000));

async function withOrder(bank: Awaited<ReturnType<typeof station>>) {
  bank.answers.addBank(bankFile(signer), two, alone);
  const { order, kid } = await bank.answers.take(token, folder);
  return boundOrder(givenOrder(order, 'signed', kid), []);
}

const codeOf = async (kept: Promise<unknown>) => (await rejection(kept))?.code ?? null;
const by = { sign: 'anna', source: 'typed' } as const;
const ended = (id: string, order: NonNullable<CaseFacts['order']>, outcome: Decision['outcome'], sign = 'anna') =>
  caseFacts(id, { order, decision: { outcome, reason: 'said so', by: { ...by, sign } } });
/** A colleague decides what was referred by this record. */
const decidedOf = (recordId: string, order: NonNullable<CaseFacts['order']>, outcome: Decision['outcome']) => ({
  ...ended(`${recordId}-2`, order, outcome, 'bo'),
  referral: { recordId, at: instant, by },
});

// As the desk lays a referred case in the queue.
const inQueue = (id: string, order: NonNullable<CaseFacts['order']>) => ({
  put: { id, at: instant, by, handledBy: [by], order, inspection: null } as unknown as Referral,
});

describe('an order whose case has left its record', () => {
  it('waits for a colleague where it was referred, and is answered by the record of their decision', async () => {
    const bank = await station();
    const order = await withOrder(bank);
    await bank.keepRecord(ended('case-1', order, 'refer'), inQueue('case-1', order));
    expect(bank.taken()).toMatchObject({ state: 'referred', answer: null });
    const decided = await bank.keepRecord(decidedOf('case-1', order, 'go-on'), { take: 'case-1' });
    const answer = verifiedAnswer(bank.taken()?.answer ?? '', bank.answers.publicKeys(), training);
    expect(answer).toMatchObject({
      jti: 'case-1-2',
      order: { id: 'order-4711', sha256: order.hash },
      styrk: { decision: { outcome: 'go-on' }, record: { id: 'case-1-2', hash: decided.hash } },
    });
    expect(bank.heard).toEqual(['order-4711 waiting', 'order-4711 referred', 'order-4711 answered']);
  });

  it('is answered as referred where no colleague can decide it, or the colleague sent it further', async () => {
    const outcomeOf = (bank: Awaited<ReturnType<typeof station>>) =>
      verifiedAnswer(bank.taken()?.answer ?? '', bank.answers.publicKeys(), training).styrk.decision.outcome;
    const alone = await station();
    await alone.keepRecord(ended('case-1', await withOrder(alone), 'refer'));
    expect([alone.taken()?.state, outcomeOf(alone)]).toEqual(['answered', 'refer']);
    const further = await station();
    const order = await withOrder(further);
    await further.keepRecord(ended('case-1', order, 'refer'), inQueue('case-1', order));
    await further.keepRecord(decidedOf('case-1', order, 'refer'), { take: 'case-1' });
    expect([further.taken()?.state, outcomeOf(further)]).toEqual(['answered', 'refer']);
  });

  // Who referred it cannot end it by another case either, whichever door it came by and whatever that case found.
  it('is its colleague’s alone: another case neither goes on with it nor answers it', async () => {
    const bank = await station();
    const order = await withOrder(bank);
    await bank.keepRecord(ended('case-1', order, 'refer'), inQueue('case-1', order));
    expect(await codeOf(bank.keepRecord(ended('case-2', order, 'go-on')))).toBe('order.dealt-with');
    await bank.keepRecord(ended('case-3', order, 'abandoned'));
    await bank.keepRecord(ended('case-4', order, 'refer'), inQueue('case-4', order));
    expect(bank.taken()).toMatchObject({ state: 'referred', recordId: 'case-1', answer: null });
    await bank.keepRecord(decidedOf('case-1', order, 'go-on'), { take: 'case-1' });
    expect(bank.taken()).toMatchObject({ state: 'answered', recordId: 'case-1-2' });
    // Answered it is nobody's any more, in the transaction of the record itself.
    const others = await station();
    const stopped = await withOrder(others);
    await others.keepRecord(ended('case-1', stopped, 'stop'));
    expect(await codeOf(others.keepRecord(ended('case-2', stopped, 'go-on')))).toBe('order.dealt-with');
  });

  it.each(['stop', 'abandoned', 'go-on'] as const)(
    'is answered later where it could not be then: %s',
    async (outcome) => {
      const directory = temporaryFolder();
      const bank = await station(directory);
      const order = await withOrder(bank);
      // Its system is away for a moment: nobody is known whom to answer.
      bank.answers.removeBank('https://bank.example/branch', two);
      await bank.keepRecord(ended('case-1', order, outcome));
      expect(bank.taken()?.answer).toBeNull();
      const ways = await bank.answers.openWays();
      expect(bank.taken()?.answer).toBeNull();
      bank.answers.addBank(bankFile(signer), two, alone);
      bank.goOff();
      expect(bank.heard).toEqual(['order-4711 waiting', 'order-4711 answered']);
      const answer = verifiedAnswer(bank.taken()?.answer ?? '', bank.answers.publicKeys(), training);
      expect(answer).toMatchObject({ jti: 'case-1', styrk: { decision: { outcome } } });
      await ways.close();
      // Once, and no more: what was told stays.
      bank.goOff();
      expect(bank.heard).toHaveLength(2);
    },
  );

  // Orders that nobody ever deals with stay for good: they keep no other from its answer.
  it('is answered also where many came after it that nobody dealt with', async () => {
    const bank = await station();
    const order = await withOrder(bank);
    bank.answers.removeBank('https://bank.example/branch', two);
    await bank.keepRecord(ended('case-1', order, 'stop'));
    bank.answers.addBank(bankFile(signer), two, alone);
    for (let number = 1; number <= 51; number++)
      await bank.answers.take(
        orderToken(signer, orderClaims(Date.parse(instant) / 1000, { jti: `n-${number}` })),
        folder,
      );
    const ways = await bank.answers.openWays();
    expect(bank.taken()).toMatchObject({ state: 'answered' });
    await ways.close();
  });

  it('is never answered by the record of an order that was typed under its name', async () => {
    const bank = await station();
    const order = await withOrder(bank);
    await bank.keepRecord(ended('case-1', { ...order, source: 'typed', issuerKey: null }, 'stop'));
    const ways = await bank.answers.openWays();
    expect(bank.taken()).toMatchObject({ state: 'waiting', answer: null });
    await ways.close();
  });

  // What is erased when it was due has no answer any more: it keeps no other order from its own.
  it('is answered also where the record of another that nobody decided was erased', async () => {
    const bank = await station();
    const order = await withOrder(bank);
    await bank.keepRecord(ended('case-1', order, 'refer'), inQueue('case-1', order));
    fromOutside(
      join(bank.directory, 'styrk.db'),
      "UPDATE received_orders SET sealed = x'', sealed_answer = NULL WHERE record_id = 'case-1'",
    );
    const second = orderToken(signer, orderClaims(Date.parse(instant) / 1000, { jti: 'order-2' }));
    const { order: other, kid } = await bank.answers.take(second, folder);
    bank.answers.removeBank('https://bank.example/branch', two);
    await bank.keepRecord(ended('case-2', boundOrder(givenOrder(other, 'signed', kid), []), 'stop'));
    bank.answers.addBank(bankFile(signer), two, alone);
    const ways = await bank.answers.openWays();
    expect(bank.answers.taken(other.issuer, 'order-2')).toMatchObject({ state: 'answered', recordId: 'case-2' });
    await ways.close();
  });
});

describe('an order that somebody made new again from outside', () => {
  const ways: readonly (readonly [string, string])[] = [
    ['its row was deleted', 'DELETE FROM received_orders'],
    ['its note was deleted', 'UPDATE received_orders SET record_id = NULL, sealed_answer = NULL'],
    ['it and what waits were deleted', 'DELETE FROM received_orders; DELETE FROM referrals'],
  ];
  const outcomes = ['go-on', 'stop', 'abandoned', 'refer'] as const;

  it.each(ways.flatMap(([how, sql]) => outcomes.map((outcome) => [outcome, how, sql] as const)))(
    '%s, and %s: is no other case’s, and its bank hears what it has heard',
    async (outcome, _, sql) => {
      const bank = await station();
      const order = await withOrder(bank);
      await bank.keepRecord(ended('case-1', order, outcome));
      const before = bank.taken();
      expect(before).toMatchObject({ state: 'answered', recordId: 'case-1' });
      fromOutside(join(bank.directory, 'styrk.db'), sql);
      await bank.answers.take(token, folder);
      const open = await bank.answers.openWays();
      expect(bank.taken()).toMatchObject({ state: 'answered', recordId: 'case-1', answer: before?.answer });
      const code = await codeOf(bank.keepRecord(ended('case-2', order, 'go-on')));
      expect(code).toBe('order.dealt-with');
      await open.close();
    },
  );

  it('while a colleague is to decide stays theirs', async () => {
    const bank = await station();
    const order = await withOrder(bank);
    await bank.keepRecord(ended('case-1', order, 'refer'), inQueue('case-1', order));
    fromOutside(join(bank.directory, 'styrk.db'), 'DELETE FROM received_orders');
    expect(await bank.answers.take(token, folder)).toMatchObject({ state: 'referred', recordId: 'case-1' });
    expect(await codeOf(bank.keepRecord(ended('case-2', order, 'go-on')))).toBe('order.dealt-with');
    await bank.keepRecord(decidedOf('case-1', order, 'go-on'), { take: 'case-1' });
    expect(bank.taken()).toMatchObject({ state: 'answered', recordId: 'case-1-2' });
  });
});

// A station without operators has no queue: that it was referred is how it ended, and nobody overrules it by another case.
describe('an order that nobody signed', () => {
  const typed = (id = 'typed-1') => boundOrder(givenOrder(anOrder({ id, purpose: 'renew-bankid' }), 'typed'), []);

  it('and that was referred where no colleague can decide it, or a colleague stopped, is no other case’s', async () => {
    const { keepRecord } = await station();
    await keepRecord(ended('case-1', typed(), 'refer'));
    expect(await codeOf(keepRecord(ended('case-2', typed(), 'go-on')))).toBe('order.dealt-with');
    // What ends without going on leaves its record, and takes nothing.
    expect(await codeOf(keepRecord(ended('case-3', typed(), 'stop')))).toBeNull();
    const waiting = typed('typed-2');
    await keepRecord(ended('case-4', waiting, 'refer'), inQueue('case-4', waiting));
    await keepRecord(decidedOf('case-4', waiting, 'stop'), { take: 'case-4' });
    expect(await codeOf(keepRecord(ended('case-5', waiting, 'go-on')))).toBe('order.dealt-with');
  });

  it('and that was stopped or left can be asked again', async () => {
    const { keepRecord } = await station();
    await keepRecord(ended('case-1', typed(), 'stop'));
    await keepRecord(ended('case-2', typed(), 'abandoned'));
    expect(await codeOf(keepRecord(ended('case-3', typed(), 'go-on')))).toBeNull();
  });
});
