import type { CheckView } from '../../preload/contract.ts';

/** Passports and cards are valid for ten years at the most (9303-2 advises no more). */
const longestValidity = 10;

/**
 * How many years old the portrait of a document can be at the most, begun years counted whole; null where its last day is not known or
 * lies further ahead than any document is valid. A bound above and none below: when a portrait was taken is on no document, and its day
 * of issue only in a group that few chips have (DG12). Out of what `document.expiry` was judged by, so that no other clock is asked.
 */
export function mostPortraitYears(checks: readonly Pick<CheckView, 'id' | 'detail'>[]): number | null {
  const { expiry, at } = checks.find(({ id }) => id === 'document.expiry')?.detail ?? {};
  if (!isDay(expiry) || !isDay(at)) return null;
  const years = Number(at.slice(0, 4)) - Number(expiry.slice(0, 4)) + longestValidity;
  const begun = at.slice(5) >= expiry.slice(5) ? years + 1 : years;
  return begun < 1 ? null : begun;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}
