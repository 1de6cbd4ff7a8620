import type { Curve } from './curves.ts';

/** `r` and `s` as numbers, or the DER SEQUENCE of both. */
export type EcdsaSignature = { readonly r: bigint; readonly s: bigint } | Uint8Array;

/**
 * ECDSA (FIPS 186-5 §6.4) over a digest, cut to the order's length by the standard's rule. `publicKey` is an uncompressed
 * (or compressed) point. False for a point off the curve, a malformed signature, or one that does not verify.
 */
export function verifyEcdsa(
  _curve: Curve,
  _publicKey: Uint8Array,
  _digest: Uint8Array,
  _signature: EcdsaSignature,
): boolean {
  throw new Error('being written');
}
