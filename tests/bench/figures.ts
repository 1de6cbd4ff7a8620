/* How figures of the benches are taken and told. */

/** Milliseconds that this process computed until now, on all its threads. */
export function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** To three digits behind the point. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The value below which this part of them lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}
