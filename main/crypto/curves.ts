import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { curveParameters } from './curve-parameters.ts';

/** A point that is not the point at infinity. */
export interface CurvePoint {
  readonly x: bigint;
  readonly y: bigint;
}

/** Domain parameters over a prime field (TR-03111 §4.1). */
export interface CurveParameters {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly generator: CurvePoint;
  readonly n: bigint;
  readonly h: bigint;
}

/** A named curve: standard name, object identifier, full parameters. */
export interface Curve {
  readonly name: CurveName;
  readonly oid: string;
  readonly parameters: CurveParameters;
  /** Length of a coordinate in bytes. */
  readonly fieldLength: number;
  /** Length of the generator's order in bytes. */
  readonly orderLength: number;
}

/** Every curve of the standardised domain parameters (9303-11 §9.5.1), in their order there. */
export const curveNames = [
  'P-192',
  'brainpoolP192r1',
  'P-224',
  'brainpoolP224r1',
  'P-256',
  'brainpoolP256r1',
  'brainpoolP320r1',
  'P-384',
  'brainpoolP384r1',
  'brainpoolP512r1',
  'P-521',
] as const;
export type CurveName = (typeof curveNames)[number];

type Arithmetic = WeierstrassPointCons<bigint>;

function arithmeticOf(name: keyof typeof curveParameters): Arithmetic {
  const { p, a, b, x, y, n } = curveParameters[name];
  const number = (hex: string): bigint => BigInt(`0x${hex}`);
  const parameters = { p: number(p), a: number(a), b: number(b), Gx: number(x), Gy: number(y), n: number(n), h: 1n };
  return weierstrass(parameters);
}

const known: { readonly [Name in CurveName]: { readonly oid: string; readonly arithmetic: Arithmetic } } = {
  'P-192': { oid: '1.2.840.10045.3.1.1', arithmetic: arithmeticOf('P-192') },
  brainpoolP192r1: { oid: '1.3.36.3.3.2.8.1.1.3', arithmetic: arithmeticOf('brainpoolP192r1') },
  'P-224': { oid: '1.3.132.0.33', arithmetic: arithmeticOf('P-224') },
  brainpoolP224r1: { oid: '1.3.36.3.3.2.8.1.1.5', arithmetic: arithmeticOf('brainpoolP224r1') },
  'P-256': { oid: '1.2.840.10045.3.1.7', arithmetic: p256.Point },
  brainpoolP256r1: { oid: '1.3.36.3.3.2.8.1.1.7', arithmetic: brainpoolP256r1.Point },
  brainpoolP320r1: { oid: '1.3.36.3.3.2.8.1.1.9', arithmetic: arithmeticOf('brainpoolP320r1') },
  'P-384': { oid: '1.3.132.0.34', arithmetic: p384.Point },
  brainpoolP384r1: { oid: '1.3.36.3.3.2.8.1.1.11', arithmetic: brainpoolP384r1.Point },
  brainpoolP512r1: { oid: '1.3.36.3.3.2.8.1.1.13', arithmetic: brainpoolP512r1.Point },
  'P-521': { oid: '1.3.132.0.35', arithmetic: p521.Point },
};

// noble would compute a table of the generator’s multiples at its first multiplication, as much work as five of them without
// one, where a command makes one to four. So the table grows with its use: from which one on, and the bits of its window.
const noTable = 1;
const tables: ReadonlyMap<number, number> = new Map([
  [2, 3],
  [24, 6],
]);
for (const { arithmetic } of Object.values(known)) arithmetic.BASE.precompute(noTable);

function byteLength(number: bigint): number {
  return Math.ceil(number.toString(2).length / 8);
}

function curveOf(name: CurveName): Curve {
  const { oid, arithmetic } = known[name];
  const { p, a, b, Gx, Gy, n, h } = arithmetic.CURVE();
  const parameters = { p, a, b, generator: { x: Gx, y: Gy }, n, h };
  return { name, oid, parameters, fieldLength: byteLength(p), orderLength: byteLength(n) };
}

/** Every known curve. */
export const curves: readonly Curve[] = curveNames.map(curveOf);

/** noble's arithmetic of a curve. Only for this room. */
export function pointArithmetic(curve: Curve): Arithmetic {
  return known[curve.name].arithmetic;
}

const generatorUses = new Map<CurveName, number>();

/** The generator for one multiplication: every one of a curve takes it from here. Only for this room. */
export function generatorOf({ name }: Curve): Arithmetic['BASE'] {
  const uses = (generatorUses.get(name) ?? 0) + 1;
  generatorUses.set(name, uses);
  const { BASE: generator } = known[name].arithmetic;
  const window = tables.get(uses);
  return window === undefined ? generator : generator.precompute(window);
}

/** The same where its multiples have a table by now, this use counted; null where they have none yet. Only for this room. */
export function tabledGenerator(curve: Curve): Arithmetic['BASE'] | null {
  const generator = generatorOf(curve);
  return (generatorUses.get(curve.name) ?? 0) < Math.min(...tables.keys()) ? null : generator;
}

/** Makes the large table of the generator's multiples now. Some tens of milliseconds. */
export function tabulateGenerator({ name }: Curve): void {
  generatorUses.set(name, Math.max(generatorUses.get(name) ?? 0, ...tables.keys()));
  known[name].arithmetic.BASE.precompute(Math.max(...tables.values()), false);
}

export function curveByName(name: CurveName): Curve {
  const curve = curves.find((candidate) => candidate.name === name);
  if (curve === undefined) throw new RangeError('curve unknown');
  return curve;
}

/** The curve of this object identifier, dotted; null where it is not one of the known curves. */
export function curveByOid(oid: string): Curve | null {
  return curves.find((curve) => curve.oid === oid) ?? null;
}

/**
 * The known curve with exactly these explicit parameters; null where one of them differs from every known curve's.
 * The generator and its order count as much as the equation: another generator lets anyone forge (CVE-2020-0601).
 * The cofactor is optional in ECParameters (RFC 3279 §2.3.5); where it is there it must agree.
 */
export function curveByParameters(
  given: Omit<CurveParameters, 'h'> & { readonly h?: bigint | undefined },
): Curve | null {
  const same = ({ parameters: own }: Curve): boolean =>
    own.p === given.p &&
    own.a === given.a &&
    own.b === given.b &&
    own.generator.x === given.generator.x &&
    own.generator.y === given.generator.y &&
    own.n === given.n &&
    (given.h === undefined || own.h === given.h);
  return curves.find(same) ?? null;
}
