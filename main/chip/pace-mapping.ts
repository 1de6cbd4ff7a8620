import type { Curve, CurvePoint } from '../crypto/curves.ts';
import type { RandomSource } from '../crypto/random.ts';
import type { PaceMappingName } from './security-infos.ts';

/** What a mapping may use while PACE runs (9303-11 §4.4.3.3). */
export interface PaceMappingContext {
  readonly curve: Curve;
  /** The decrypted nonce s. */
  readonly nonce: Uint8Array;
  readonly random: RandomSource;
  /** Step 2: sends mapping data in DO 81 and returns that of DO 82. */
  exchangeMappingData(data: Uint8Array): Promise<Uint8Array>;
}

/** One way to map the nonce to a fresh generator of the curve's group. */
export interface PaceMapping {
  readonly name: PaceMappingName;
  /** The mapped generator. Fails with `access.peer-key-invalid`. */
  map(context: PaceMappingContext): Promise<CurvePoint>;
}
