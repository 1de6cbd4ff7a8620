/** Time as the desk is given it, so that tests need not wait. */
export interface Timers {
  /** Calls once after so many milliseconds; the answer cancels it. */
  readonly after: (millis: number, act: () => void) => () => void;
  /** A monotonic clock in milliseconds. */
  readonly millis: () => number;
}

/** The machine's own timers and monotonic clock. */
export const machineTimers: Timers = {
  after: (millis, act) => {
    const timer = setTimeout(act, millis);
    return () => clearTimeout(timer);
  },
  millis: () => performance.now(),
};
