/** A version of the app: three numbers, no more (`0.2.0`). What is neither older nor newer by them is the same. */
export type AppVersion = readonly [number, number, number];

/** The version that a text names; null for any other text, one with a suffix too: nobody could say which of two is older. */
export function appVersion(text: string): AppVersion | null {
  const [, ...numbers] = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/.exec(text) ?? [];
  const [major, minor, patch] = numbers.map(Number);
  return major === undefined || minor === undefined || patch === undefined ? null : [major, minor, patch];
}

/** Whether the one came before the other. */
export function isOlder(one: AppVersion, other: AppVersion): boolean {
  const at = one.findIndex((number, index) => number !== other[index]);
  return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
}
