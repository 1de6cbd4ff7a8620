import { expect, test } from 'vitest';
import { pageSilence } from '../../../../main/station/kiosk/page-silence.ts';

/** A watch, and a clock that goes on when it is told to. */
function watched() {
  let time = 0;
  const silence = pageSilence(() => time);
  return {
    silence,
    after: (seconds: number): number => {
      time += seconds * 1_000;
      return silence.overdue();
    },
  };
}

test('a page that speaks every three seconds stands', () => {
  const { silence, after } = watched();
  for (let said = 0; said < 100; said++) {
    expect(after(3)).toBe(0);
    silence.heard();
  }
});

test('one that says nothing for twelve seconds is loaded anew', () => {
  const { after } = watched();
  expect(after(12)).toBe(0);
  expect(after(1)).toBe(1);
});

// Found under load: a page that needs fifteen seconds was begun anew each twelve, and the kiosk stayed empty for good.
test('each load that is not heard gets twice the time of the one before, up to three minutes', () => {
  const { silence, after } = watched();
  for (const [index, seconds] of [12, 24, 48, 96, 180, 180, 180].entries()) {
    silence.begun();
    expect(after(seconds)).toBe(0);
    expect(after(1)).toBe(index + 1);
  }
});

test('once it is heard it is expected in time again', () => {
  const { silence, after } = watched();
  expect(after(13)).toBe(1);
  silence.begun();
  expect(after(20)).toBe(0);
  silence.heard();
  expect(after(13)).toBe(1);
});
