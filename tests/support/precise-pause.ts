import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

/** Waits so many milliseconds and their parts, for whoever kills at random points: what it waits for is nothing that could be told. */
export async function precisePause(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  if (milliseconds >= 2) await setTimeout(milliseconds - 1);
  // A timer knows no parts of a millisecond.
  while (performance.now() < end);
}
