/** Calls `act` once after so many milliseconds; the answer cancels it. Given by whoever has a clock, so that tests need not wait. */
export type After = (millis: number, act: () => void) => () => void;
