/** How far a measure lies over its bound, in thousandths: 500 at the bound, 1000 at twice the bound and beyond. */
export function scoreOf(value: number, bound: number): number {
  return Number.isFinite(value) ? Math.min(1_000, Math.max(0, Math.round((500 * value) / bound))) : 0;
}

/** The middle one of some numbers; 0 of none. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
}
