import { isBefore, minutesAfter } from './instant.ts';

/** So far a clock may be set right by, as clocks are. */
const leewayMinutes = 5;

/**
 * Whether a clock that shows `now` was set back: it stands more than five minutes before an instant of which the station knows that it
 * was (null: it knows of none). Both ISO 8601 with `Z`.
 */
export function isSetBack(now: string, newestAt: string | null): boolean {
  return newestAt !== null && isBefore(minutesAfter(now, leewayMinutes), newestAt);
}

/** The later of two instants. */
export function laterOf(one: string, other: string): string {
  return isBefore(one, other) ? other : one;
}
