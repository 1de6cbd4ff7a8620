/**
 * How alike two descriptions of faces are, in thousandths: the cosine of the angle between them, none below 0. A score of one model and no
 * probability. Null where they cannot be compared.
 */
export function likenessOf(one: readonly number[], other: readonly number[]): number | null {
  if (one.length === 0 || one.length !== other.length) return null;
  let [product, ones, others] = [0, 0, 0];
  for (const [at, value] of one.entries()) {
    const beside = other[at] ?? 0;
    product += value * beside;
    ones += value * value;
    others += beside * beside;
  }
  const length = Math.sqrt(ones) * Math.sqrt(others);
  if (!(length > 0) || !Number.isFinite(length)) return null;
  return Math.round(1_000 * Math.min(1, Math.max(0, product / length)));
}
