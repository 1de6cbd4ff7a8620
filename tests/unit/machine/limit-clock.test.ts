import { expect, it } from 'vitest';
import type { StationClock } from '../../../main/machine/clock.ts';
import { limitClock } from '../../../main/machine/limit-clock.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';

/*
 * What was over stays over (a tester's walk of two desks and a clock): a running desk forgot what it had seen of its clock, and what had
 * expired was confirmed once it was set back.
 */

const minute = 60_000;
const noon = '2026-11-23T12:00:00.000Z';

function running() {
  const state = { now: noon, millis: 0, newestAt: null as string | null, acceptedBy: null as number | null };
  const wall: StationClock = { now: () => state.now, today: () => '2026-11-23' as PlainDate };
  const { newestAt } = limitClock(
    wall,
    () => ({ newestAt: state.newestAt, acceptedBy: state.acceptedBy }),
    () => state.millis,
  );
  return { state, newestAt };
}

it('a process keeps the latest that it saw of its clock', () => {
  const { state, newestAt } = running();
  expect(newestAt()).toBe(noon);
  state.now = '2026-11-23T12:40:00.000Z';
  expect(newestAt()).toBe(state.now);
  state.now = '2026-11-23T12:10:00.000Z';
  expect(newestAt()).toBe('2026-11-23T12:40:00.000Z');
});

it('time goes by for it also while nobody asks, by the clock that nobody sets, a little less than that one says', () => {
  const { state, newestAt } = running();
  newestAt();
  state.millis = 60 * minute;
  expect(newestAt()).toBe('2026-11-23T12:59:56.400Z');
  // A clock that is faster by a little and is set right again and again: nothing adds up.
  for (let day = 0; day < 60; day++) {
    state.millis += 24 * 60 * minute;
    state.now = new Date(Date.parse(noon) + (state.millis - 10_000 * (day + 1))).toISOString();
    expect(newestAt()).toBe(state.now);
  }
});

it('the records of the station count beside it', () => {
  const { state, newestAt } = running();
  state.newestAt = '2026-11-23T15:00:00.000Z';
  expect(newestAt()).toBe(state.newestAt);
  state.newestAt = '2026-11-23T10:00:00.000Z';
  expect(newestAt()).toBe(noon);
});

it('once administrators accept the clock, what was seen before counts no more, in a process that goes on running too', () => {
  const { state, newestAt } = running();
  state.now = '2026-11-23T15:00:00.000Z';
  newestAt();
  state.now = noon;
  expect(newestAt()).toBe('2026-11-23T15:00:00.000Z');
  state.acceptedBy = 7;
  expect(newestAt()).toBe(noon);
  // And only then: what is seen from now on counts as before.
  state.now = '2026-11-23T12:30:00.000Z';
  newestAt();
  state.now = noon;
  expect(newestAt()).toBe('2026-11-23T12:30:00.000Z');
});
