/** How often in a row a page that crashed is started again before the window is left to staff. */
const mostReloads = 5;
/** A page that stood this long was started well: what came before it is forgotten. */
const stableMillis = 5 * 60_000;

export interface PageRestarts {
  /** A page went down: whether it may be started again. The first ones in a row may; what goes down again and again is left to staff. */
  readonly mayComeAgain: () => boolean;
  /** The page did what it is there for: what went down before it is of no row any more. */
  readonly startedWell: () => void;
}

/** `clock`: monotonic milliseconds. */
export function pageRestarts(clock: () => number): PageRestarts {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    mayComeAgain: () => {
      const now = clock();
      if (now - last >= stableMillis) count = 0;
      last = now;
      count += 1;
      return count <= mostReloads;
    },
    startedWell: () => {
      count = 0;
    },
  };
}
