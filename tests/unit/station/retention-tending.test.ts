import { expect, test } from 'vitest';
import type { RetentionKeeping } from '../../../main/keeping/retention/retention-keeping.ts';
import { Failure } from '../../../main/result/failure.ts';
import { RetentionTending } from '../../../main/station/retention-tending.ts';
import { FakeHouse, FakeTimers, settled } from '../../support/fake-house.ts';

/* Records whose time is over go by themselves (AMLR 2024/1624 art. 77(3)), and never in the way of a reading. */

const minute = 60_000;

function tended(changes: Partial<RetentionKeeping>) {
  const timers = new FakeTimers();
  const state = { reading: false, told: 0 };
  const { keeping } = new FakeHouse().house;
  const tending = new RetentionTending({
    keeping: { retention: { ...keeping.retention, ...changes } },
    timers,
    isReading: () => state.reading,
    changed: () => {
      state.told += 1;
    },
  });
  tending.start();
  const pass = async (millis: number): Promise<void> => {
    timers.advance(millis);
    await settled();
  };
  return { state, tending, pass };
}

test('short batches follow each other until nothing is due, then it rests', async () => {
  const asked: number[] = [];
  let [behind, due] = [2, 45];
  const { state, pass } = tended({
    catchUp: () => behind-- <= 0,
    eraseDue: async ({ most, signs }) => {
      expect(signs).toEqual([]);
      const erased = Array.from({ length: Math.min(most, due) }, (_, index) => index + 1);
      due -= erased.length;
      asked.push(erased.length);
      return { erased, left: due, cleaned: true };
    },
  });
  await pass(9 * minute);
  expect(behind).toBe(2);
  await pass(minute);
  for (let times = 0; times < 10; times++) await pass(200);
  expect([asked, state.told]).toEqual([[20, 20, 5], 3]);
  await pass(5 * 60 * minute);
  expect(asked).toHaveLength(3);
  await pass(60 * minute);
  expect(asked).toHaveLength(4);
});

test('a reading goes first, a locked folder is looked at again, and nothing begins once it is stopped', async () => {
  let calls = 0;
  const { state, tending, pass } = tended({
    catchUp: () => {
      calls += 1;
      throw new Failure('storage.locked');
    },
  });
  state.reading = true;
  await pass(10 * minute);
  expect(calls).toBe(0);
  state.reading = false;
  await pass(minute);
  expect(calls).toBe(1);
  await pass(6 * 60 * minute);
  expect(calls).toBe(2);
  await tending.stop();
  await pass(24 * 60 * minute);
  expect(calls).toBe(2);
});
