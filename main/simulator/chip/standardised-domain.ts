import { type Curve, type CurveName, curveByName } from '../../crypto/curves.ts';
import { type DhGroup, dhGroups } from '../../crypto/dh-groups.ts';

// 9303-11 §9.5.1, the curves among the standardised domain parameters.
const parameterCurves: ReadonlyMap<number, CurveName> = new Map([
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

/** The curve of these standardised domain parameters. Throws a RangeError where they stand for none. */
export function standardisedCurve(parameterId: number): Curve {
  const name = parameterCurves.get(parameterId);
  if (name === undefined) throw new RangeError('no such curve');
  return curveByName(name);
}

/** The number of a curve among the standardised domain parameters. */
export function standardisedCurveId(name: CurveName): number {
  const found = [...parameterCurves].find(([, curve]) => curve === name);
  if (found === undefined) throw new RangeError('no such curve');
  return found[0];
}

/** The group of RFC 5114 of these standardised domain parameters, 0 to 2. Throws a RangeError on any other. */
export function standardisedPrimeField(parameterId: number): DhGroup {
  const group = dhGroups[parameterId];
  if (group === undefined) throw new RangeError('no such group');
  return group;
}
