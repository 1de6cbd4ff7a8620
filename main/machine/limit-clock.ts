import { laterOf } from '../result/set-back.ts';
import type { StationClock } from './clock.ts';

/** The clock, and beside it what limits are measured by. */
export interface LimitClock extends StationClock {
  /** The newest instant of which the station knows that it was, ISO 8601 with `Z`: nothing that was over by then has time left. */
  readonly newestAt: () => string;
}

/** What the station's own records tell of its clock (`Store.recordedTime`). */
interface Recorded {
  readonly newestAt: string | null;
  readonly acceptedBy: number | null;
}

// Of two clocks in one machine neither is right: a thousandth is left to them, more than a minute a day.
const counted = 0.999;

/**
 * Limits are measured by the newest of the station's records, and by what this process has seen of the clock, with the time that has
 * gone by since on the one that nobody sets (`millis`, in milliseconds). Whoever sets the clock back brings nothing back that was
 * over. Once administrators accept the clock (`clock accept`), what was seen before counts no more.
 */
export function limitClock(
  clock: StationClock,
  recorded: () => Recorded,
  millis: () => number = () => performance.now(),
): LimitClock {
  let seen: { readonly at: string; readonly millis: number; readonly acceptedBy: number | null } | null = null;
  const newestAt = (): string => {
    const { newestAt: newest, acceptedBy } = recorded();
    const [now, moment] = [clock.now(), millis()];
    const since = seen === null || seen.acceptedBy !== acceptedBy ? null : seen;
    const at = since === null ? now : laterOf(now, later(since.at, (moment - since.millis) * counted));
    seen = { at, millis: moment, acceptedBy };
    return newest === null ? at : laterOf(at, newest);
  };
  return { ...clock, newestAt };
}

function later(instant: string, millis: number): string {
  return new Date(Date.parse(instant) + Math.max(0, millis)).toISOString();
}
