import type { Curve, CurvePoint } from './curves.ts';
import { modularPower } from './modular.ts';

/** Whether field elements can be mapped to points of this curve: p ≡ 3 mod 4, so not P-224 (9303-11 App. B). */
export function hasPointEncoding({ parameters: { p } }: Curve): boolean {
  return p % 4n === 3n;
}

/**
 * The point that the field element `t` stands for (9303-11 App. B.2, affine coordinates; every known curve has cofactor 1,
 * so no step is needed for it). Throws a RangeError where the curve has no such encoding.
 */
export function encodeFieldElement(curve: Curve, t: bigint): CurvePoint {
  if (!hasPointEncoding(curve)) throw new RangeError('curve without point encoding');
  const { p, a, b } = curve.parameters;
  const reduce = (value: bigint): bigint => ((value % p) + p) % p;
  const alpha = reduce(-t * t);
  const inverse = modularPower(reduce(a * (alpha + alpha * alpha)), p - 2n, p);
  const x2 = reduce(-b * (1n + alpha + alpha * alpha) * inverse);
  const x3 = reduce(alpha * x2);
  const h2 = reduce(x2 * x2 * x2 + a * x2 + b);
  const u = reduce(t * t * t * h2);
  const root = modularPower(h2, p - 1n - (p + 1n) / 4n, p);
  return reduce(root * root * h2) === 1n ? { x: x2, y: reduce(root * h2) } : { x: x3, y: reduce(root * u) };
}
