import { expect, it } from 'vitest';
import { bankAnswers } from '../../../main/answer/bank-answers.ts';
import type { StationClock } from '../../../main/machine/clock.ts';
import { limitClock } from '../../../main/machine/limit-clock.ts';
import { minutesAfter } from '../../../main/result/instant.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { alone, bankFile, bankSigner, orderClaims, orderToken } from '../../support/bank-side.ts';
import { openIn, ownKeyFileProvider, random, temporaryFolder } from '../store/support.ts';

/* Which orders wait for somebody (docs/integration.md §5: one that expires with nobody having dealt with it has no answer). */

const noon = '2026-11-23T12:00:00Z';

it('one for an appointment does not vanish behind those that nobody dealt with, nor behind referred ones', async () => {
  const time = { now: noon };
  const clock: StationClock = { now: () => time.now, today: () => time.now.slice(0, 10) as PlainDate };
  const signer = bankSigner();
  const store = openIn(temporaryFolder());
  const unlocked = await store.unlock(ownKeyFileProvider);
  const answers = bankAnswers(store, () => unlocked, {
    clock: limitClock(clock, store.recordedTime),
    after: () => () => undefined,
    random,
  });
  answers.addBank(bankFile(signer), ['A. Berg', 'C. Dahl'], alone);
  const seconds = Date.parse(noon) / 1000;
  const take = (jti: string, days: number) =>
    answers.take(orderToken(signer, orderClaims(seconds, { jti, exp: seconds + days * 86_400 })), {
      way: 'folder',
      origins: [],
    });
  const appointment = await take('appointment', 10);
  const short = await take('short', 1);
  const [sample] = unlocked.receivedOrders.unanswered(1);
  if (sample === undefined) throw new Error('no order');
  unlocked.atOnce(() => {
    for (let each = 0; each < 300; each += 1) {
      const order = { ...(sample.content as { order: object }).order, id: `later-${each}` };
      const kept = unlocked.receivedOrders.take(`later-${each}`, { ...(sample.content as object), order }, noon);
      if (each % 3 === 0) unlocked.receivedOrders.noteRecord(kept.order.number, `record ${each}`);
    }
  });
  // In time still: the newest of them, as many as are looked at, and none that has left its record.
  // One look opens a hundred of the 202 that wait, and says how many are left.
  const first = answers.waiting();
  expect({ opened: first.orders.length, unopened: first.unopened }).toEqual({ opened: 100, unopened: 102 });
  expect(answers.waiting()).toMatchObject({ unopened: 2 });
  const all = answers.waiting();
  expect({ opened: all.orders.length, unopened: all.unopened }).toEqual({ opened: 202, unopened: 0 });
  expect(all.orders.every(({ state }) => state === 'waiting')).toBe(true);
  expect(all.orders.map(({ number }) => number)).toEqual(
    all.orders.map(({ number }) => number).toSorted((a, b) => b - a),
  );

  time.now = minutesAfter(noon, 2 * 1_440);
  const ids = () => answers.waiting().orders.map(({ order: { id } }) => id);
  expect(ids()).toEqual(['appointment']);
  expect(ids()).toEqual(['appointment']);
  // By a clock that was wrong and was set right again the others are in time as they were.
  time.now = noon;
  for (let look = 0; look < 3; look += 1) answers.waiting();
  expect(answers.waiting().orders).toHaveLength(202);
  time.now = minutesAfter(noon, 10 * 1_440);
  expect(ids()).toEqual([]);
  expect([appointment.state, short.state]).toEqual(['waiting', 'waiting']);
});
