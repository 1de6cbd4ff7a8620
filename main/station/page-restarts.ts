/** How often in a row a page that crashed is started again before the window is left to staff. */
const mostReloads = 5;
/** A page that stood this long was started well: what came before it is forgotten. */
const stableMillis = 5 * 60_000;

/**
 * Whether a page that went down may be started again, asked each time it does. `clock`: monotonic milliseconds. The first ones
 * in a row may; what went down again and again is left to staff.
 */
export function restarts(clock: () => number): () => boolean {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = clock();
    if (now - last >= stableMillis) count = 0;
    last = now;
    count += 1;
    return count <= mostReloads;
  };
}
