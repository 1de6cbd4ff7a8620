import type { Erasure } from '../records/retention.ts';

/** When and by which rule a record was erased, for people. */
export function erasureText({ on, keep, years, event }: Erasure): string {
  const from = event === null ? 'from its own day' : `from ${event.kind} on ${event.on}`;
  return `erased on ${on}: ${keep}, ${years} years ${from}`;
}
