import type { CheckView } from '../../preload/contract.ts';

/** Passports and cards are valid for ten years at the most (9303-2 advises no more). */
const longestValidity = 10;

/**
 * How many years ago the document of a portrait was issued at the most, begun years counted whole; null where that is not known. By its
 * day of issue where the issuer signed one (DG12, 9303-10 §4.7.12, which not all chips have), else by its last day and the longest validity;
 * null too where either lies further ahead than it can. When a portrait was taken is on no document. Out of what `document.expiry` was
 * judged by, so that no other clock is asked.
 */
export function mostPortraitYears(checks: readonly Pick<CheckView, 'id' | 'detail'>[]): number | null {
  const { expiry, at, issued } = checks.find(({ id }) => id === 'document.expiry')?.detail ?? {};
  if (!isDay(expiry) || !isDay(at)) return null;
  if (isDay(issued)) return issued > at ? null : begunYears(issued, at);
  const begun = begunYears(expiry, at) + longestValidity;
  return begun < 1 ? null : begun;
}

function begunYears(from: string, until: string): number {
  const years = Number(until.slice(0, 4)) - Number(from.slice(0, 4));
  return until.slice(5) >= from.slice(5) ? years + 1 : years;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}
