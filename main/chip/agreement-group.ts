import type { RandomSource } from '../crypto/random.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import type { KeyAgreement } from './security-infos.ts';

/**
 * A group in which two parties agree on a secret (9303-11 §9.6), whether of points or of numbers. Its elements are given
 * as the public keys that go over the air (§9.4): points uncompressed, numbers in their shortest form.
 */
export interface AgreementGroup {
  readonly agreement: KeyAgreement;
  /** Standard name of the parameters: `brainpoolP256r1`, `MODP-2048-256`. */
  readonly name: string;
  /** Roughly the bits of work that it takes to break; for choosing among groups. */
  readonly strength: number;
  readonly generator: Uint8Array;
  /** The prime of the field. */
  readonly prime: bigint;
  /** A number, which nothing can overwrite: it goes when the runtime takes its memory back. The bytes drawn for it are zeroed. */
  randomPrivateKey(random: RandomSource): bigint;
  /** The element in its own form, validated: on the curve or in the subgroup (§9.4.5, RFC 2631 §2.1.5). Null where it is none. */
  accept(publicKey: Uint8Array): Uint8Array | null;
  /** `base` to a secret power; null for the neutral element. */
  power(base: Uint8Array, exponent: bigint): Uint8Array | null;
  /** The same where nobody else may know the result. */
  secretPower(base: Uint8Array, exponent: bigint): SecretBytes | null;
  /** The group's operation on two elements; null for the neutral element. */
  combine(first: Uint8Array, second: Uint8Array): Uint8Array | null;
  /** The shared secret of §9.7.1 out of the common element: the x-coordinate, or the number, at full length. */
  secretOf(element: Uint8Array): SecretBytes;
  /** The element that integrated mapping makes of a field element (§4.4.3.3.2); null for the neutral one, or where the group has no such map. */
  mapFieldElement(value: bigint): Uint8Array | null;
}
