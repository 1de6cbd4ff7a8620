import { machineAfter } from '../machine/clock.ts';
import type { After } from '../result/after.ts';

/** Time as the desk is given it, so that tests need not wait. */
export interface Timers {
  /** Calls once after so many milliseconds; the answer cancels it. */
  readonly after: After;
  /** A monotonic clock in milliseconds. */
  readonly millis: () => number;
}

/** The machine's own timers and monotonic clock. */
export const machineTimers: Timers = {
  after: machineAfter,
  millis: () => performance.now(),
};

/** How long the desk may stand still while another process writes: people do not notice a quarter of a second. */
export const deskPatienceMillis = 250;
