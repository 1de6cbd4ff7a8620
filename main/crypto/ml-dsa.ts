import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { runtimeMlDsaSign, runtimeMlDsaVerify } from './runtime.ts';

/** Lengths in bytes of ML-DSA-44 (FIPS 204, table 2). */
export const mlDsaPublicKeyLength = 1312;
export const mlDsaSignatureLength = 2420;
const mlDsaSeedLength = 32;

/** The public key of a seed of 32 bytes (FIPS 204, algorithm 6). */
export function mlDsaPublicKey(seed: Uint8Array): Uint8Array {
  const { publicKey, secretKey } = ml_dsa44.keygen(seed);
  secretKey.fill(0);
  return publicKey;
}

/** ML-DSA-44 over the message with the key of this seed, without a context string (FIPS 204, algorithm 2). */
export function mlDsaSign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return (isRuntimeProven() ? runtimeMlDsaSign(seed, message) : null) ?? signedByNoble(seed, message);
}

/** Whether the key made this signature over the message (FIPS 204, algorithm 3). */
export function isMlDsaSignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== mlDsaPublicKeyLength || signature.length !== mlDsaSignatureLength) return false;
  const answer = isRuntimeProven() ? runtimeMlDsaVerify(publicKey, message, signature) : null;
  return answer ?? isBelievedByNoble(publicKey, message, signature);
}

function signedByNoble(seed: Uint8Array, message: Uint8Array): Uint8Array {
  const { secretKey } = ml_dsa44.keygen(seed);
  try {
    return ml_dsa44.sign(message, secretKey);
  } finally {
    secretKey.fill(0);
  }
}

function isBelievedByNoble(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ml_dsa44.verify(signature, message, publicKey);
  } catch {
    return false;
  }
}

let proven: boolean | null = null;

/**
 * Whether the runtime's ML-DSA-44 is noble's (decision 0001). It signs with randomness, so that no answer is known beforehand: once
 * in a process what it signs is asked of noble, under the public key that noble makes of the seed, and what it takes and refuses is seen.
 */
function isRuntimeProven(): boolean {
  proven ??= provesItself();
  return proven;
}

function provesItself(): boolean {
  const [seed, message] = [new Uint8Array(mlDsaSeedLength).fill(0x5a), Uint8Array.of(1)];
  const signature = runtimeMlDsaSign(seed, message);
  if (signature?.length !== mlDsaSignatureLength) return false;
  const publicKey = mlDsaPublicKey(seed);
  return (
    isBelievedByNoble(publicKey, message, signature) &&
    runtimeMlDsaVerify(publicKey, message, signature) === true &&
    runtimeMlDsaVerify(publicKey, Uint8Array.of(2), signature) === false
  );
}
