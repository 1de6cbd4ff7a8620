/** Domain parameters over a prime field (TR-03111 §4.1). `generator` is the affine point. */
export interface CurveParameters {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly generator: { readonly x: bigint; readonly y: bigint };
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
}

export type CurveName =
  | 'P-192'
  | 'brainpoolP192r1'
  | 'P-224'
  | 'brainpoolP224r1'
  | 'P-256'
  | 'brainpoolP256r1'
  | 'brainpoolP320r1'
  | 'P-384'
  | 'brainpoolP384r1'
  | 'brainpoolP512r1'
  | 'P-521';

export function curveByName(_name: CurveName): Curve {
  throw new Error('being written');
}

export function curveByOid(_oid: string): Curve | null {
  throw new Error('being written');
}

/** The known curve with exactly these parameters, generator, order and cofactor included (a missing cofactor is undefined). */
export function curveByParameters(
  _parameters: Omit<CurveParameters, 'h'> & { readonly h?: bigint | undefined },
): Curve | null {
  throw new Error('being written');
}
