import { userInfo } from 'node:os';
import type { After } from '../result/after.ts';
import { type PlainDate, plainDate } from '../result/plain-date.ts';

/** The station's clock: the only place where the time of day enters the house. */
export interface StationClock {
  /** The instant, ISO 8601 with `Z`. */
  readonly now: () => string;
  /** The day in the station's own time zone: documents expire by the calendar on the wall. */
  readonly today: () => PlainDate;
}

/** The clock of the machine. */
export const machineClock: StationClock = {
  now: () => new Date().toISOString(),
  today: () => {
    const now = new Date();
    const day = plainDate(now.getFullYear(), now.getMonth() + 1, now.getDate());
    if (day === null) throw new RangeError('the clock shows no day of the calendar');
    return day;
  },
};

/** The machine's own timers. */
export const machineAfter: After = (millis, act) => {
  const timer = setTimeout(act, millis);
  return () => clearTimeout(timer);
};

/** The account that the operating system says is at work here. */
export function operatingSystemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry of its own, as in some containers, has no name to show.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
