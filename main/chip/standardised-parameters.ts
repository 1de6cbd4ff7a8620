import { type Curve, type CurveName, curveByName } from '../crypto/curves.ts';

/** The elliptic curves among the standardised domain parameters (9303-11 §9.5.1); 0–2 are of DH, the others reserved. */
const curvesById: ReadonlyMap<number, CurveName> = new Map([
  [8, 'P-192'],
  [9, 'brainpoolP192r1'],
  [10, 'P-224'],
  [11, 'brainpoolP224r1'],
  [12, 'P-256'],
  [13, 'brainpoolP256r1'],
  [14, 'brainpoolP320r1'],
  [15, 'P-384'],
  [16, 'brainpoolP384r1'],
  [17, 'brainpoolP512r1'],
  [18, 'P-521'],
]);

/** The curve of a parameter id; null where the id names no curve. */
export function standardisedCurve(parameterId: number): Curve | null {
  const name = curvesById.get(parameterId);
  return name === undefined ? null : curveByName(name);
}
