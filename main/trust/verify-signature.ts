import { verifyDsa } from '../crypto/dsa.ts';
import { verifyEcdsa } from '../crypto/ecdsa.ts';
import { digest, type HashName } from '../crypto/hash.ts';
import { verifyRsaPkcs1, verifyRsaPss } from '../crypto/rsa.ts';
import { decodeUnsigned } from '../document/der.ts';
import type { PublicKey } from './public-key.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/**
 * Whether `signature` over `message` was made with the key. `hash` is used where the algorithm names none. False where the
 * key is of another kind than the algorithm, or no hash is known.
 */
export function verifySignature(
  key: PublicKey,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
  hash: HashName | null = algorithm.hash,
): boolean {
  const used = algorithm.scheme === 'RSASSA-PSS' ? algorithm.hash : hash;
  if (used === null) return false;
  const messageDigest = digest(used, message);
  if (algorithm.scheme === 'ECDSA') {
    if (key.kind !== 'EC') return false;
    if (!algorithm.plain) return verifyEcdsa(key.curve, key.point, messageDigest, signature);
    const half = signature.length / 2;
    if (!Number.isInteger(half)) return false;
    const [r, s] = [decodeUnsigned(signature.subarray(0, half)), decodeUnsigned(signature.subarray(half))];
    return verifyEcdsa(key.curve, key.point, messageDigest, { r, s });
  }
  if (algorithm.scheme === 'DSA') return key.kind === 'DSA' && verifyDsa(key, messageDigest, signature);
  if (key.kind !== 'RSA') return false;
  return algorithm.scheme === 'RSASSA-PSS'
    ? verifyRsaPss(key, algorithm, messageDigest, signature)
    : verifyRsaPkcs1(key, used, messageDigest, signature);
}
