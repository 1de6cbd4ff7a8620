/** A moment by the clock on the wall (ISO 8601 with `Z`) and by the one that nobody sets (milliseconds). */
export interface ReadingTime {
  readonly instant: string;
  readonly millis: number;
}

/**
 * The minutes from one moment to a later one. The greater of the two clocks counts: one stands still while the machine sleeps,
 * the other can be set. Where that one has gone back nobody knows, and it is infinite.
 */
export function minutesBetween(before: ReadingTime, now: ReadingTime): number {
  const byDate = Date.parse(now.instant) - Date.parse(before.instant);
  return byDate >= 0 ? Math.max(byDate, now.millis - before.millis) / 60_000 : Number.POSITIVE_INFINITY;
}
