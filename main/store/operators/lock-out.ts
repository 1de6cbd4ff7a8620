/*
 * How wrong tries are slowed and stopped. The count is what stops a guesser: it is kept in the marked store, written before the
 * secret is looked at, and no clock, restart or other operator takes it back. The wait only slows him, and is measured by a
 * clock that nobody sets.
 */

/** What was tried against one operator, or at the station. */
export interface Tries {
  /** Wrong tries since the last right one; at the station those that no right one of the same operator took back. */
  readonly failures: number;
  /** All tries ever: it never goes down. */
  readonly tries: number;
}

/** NIST SP 800-63B-4 §3.2.2 allows up to 100 in a row; ten are enough for a person who mistypes. */
export const mostFailures = 10;
/** At one station, whoever is meant: one secret tried against many operators adds up here. */
export const mostStationFailures = 30;

/**
 * So often wrong tries are forgiven before the secret has to be a new one: 100 tries at one secret in all, those of NIST
 * SP 800-63B-4 §3.2.2. Else one administrator alone could guess another's, letting them in again each time.
 */
export const mostResets = 9;

const firstDelayed = 3;
const firstDelayMillis = 5_000;
const longestDelayMillis = 60_000;

/** How long after that many wrong tries the next one waits, in milliseconds. */
export function delayAfter(failures: number): number {
  if (failures < firstDelayed) return 0;
  return Math.min(longestDelayMillis, firstDelayMillis * 2 ** (failures - firstDelayed));
}
