import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';

/** Lengths in bytes of ML-DSA-44 (FIPS 204, table 2). */
export const mlDsaPublicKeyLength = 1312;
export const mlDsaSignatureLength = 2420;

/** The public key of a seed of 32 bytes (FIPS 204, algorithm 6). */
export function mlDsaPublicKey(seed: Uint8Array): Uint8Array {
  const { publicKey, secretKey } = ml_dsa44.keygen(seed);
  secretKey.fill(0);
  return publicKey;
}

/** ML-DSA-44 over the message with the key of this seed, without a context string (FIPS 204, algorithm 2). */
export function mlDsaSign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  const { secretKey } = ml_dsa44.keygen(seed);
  try {
    return ml_dsa44.sign(message, secretKey);
  } finally {
    secretKey.fill(0);
  }
}

/** Whether the key made this signature over the message (FIPS 204, algorithm 3). */
export function isMlDsaSignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== mlDsaPublicKeyLength || signature.length !== mlDsaSignatureLength) return false;
  try {
    return ml_dsa44.verify(signature, message, publicKey);
  } catch {
    return false;
  }
}
