import { verifyDsa } from '../../crypto/dsa.ts';
import { decodeEcdsaSignature, type EcdsaNumbers, verifyEcdsa } from '../../crypto/ecdsa.ts';
import { digest, type HashName } from '../../crypto/hash.ts';
import { verifyRsaPkcs1, verifyRsaPss } from '../../crypto/rsa.ts';
import { halvesOf, looseNumbers } from './misencoded-signature.ts';
import type { PublicKey } from './public-key.ts';
import { type SignatureAlgorithm, signedHash } from './signature-algorithm.ts';

/**
 * `misencoded`: the key made these numbers, but they are not written as the algorithm says (X.690 §8.3.2, §10.1;
 * TR-03111 §5.2). That is no forgery, and it is not right either.
 */
export type SignatureStanding = 'right' | 'misencoded' | 'wrong';

/**
 * Whether `signature` over `message` was made with the key and is written as it must be. `hash` is used where the algorithm
 * names none. `wrong` where the key is of another kind than the algorithm, or no hash is known.
 */
export function examineSignature(
  key: PublicKey,
  algorithm: SignatureAlgorithm,
  message: Uint8Array,
  signature: Uint8Array,
  hash: HashName | null = algorithm.hash,
): SignatureStanding {
  const used = signedHash(algorithm) ?? hash;
  if (used === null) return 'wrong';
  const messageDigest = digest(used, message);
  if (algorithm.scheme === 'ECDSA') {
    if (key.kind !== 'EC') return 'wrong';
    const stated = algorithm.plain ? plainNumbers(signature, key.curve.orderLength) : decodeEcdsaSignature(signature);
    const of = { hash: used, message };
    return standingOf(stated, signature, (numbers) => verifyEcdsa(key.curve, key.point, messageDigest, numbers, of));
  }
  if (algorithm.scheme === 'DSA') {
    if (key.kind !== 'DSA') return 'wrong';
    const made = (numbers: EcdsaNumbers): boolean => verifyDsa(key, messageDigest, numbers);
    return standingOf(decodeEcdsaSignature(signature), signature, made);
  }
  if (key.kind !== 'RSA') return 'wrong';
  const right =
    algorithm.scheme === 'RSASSA-PSS'
      ? verifyRsaPss(key, algorithm, messageDigest, signature)
      : verifyRsaPkcs1(key, used, messageDigest, signature);
  return right ? 'right' : 'wrong';
}

function standingOf(
  stated: EcdsaNumbers | null,
  signature: Uint8Array,
  made: (numbers: EcdsaNumbers) => boolean,
): SignatureStanding {
  if (stated !== null && made(stated)) return 'right';
  const others = looseNumbers(signature).filter(({ r, s }) => r !== stated?.r || s !== stated.s);
  return others.some(made) ? 'misencoded' : 'wrong';
}

// TR-03111 §5.2.1: each number is as long as the order of the generator.
function plainNumbers(signature: Uint8Array, orderLength: number): EcdsaNumbers | null {
  return signature.length === 2 * orderLength ? halvesOf(signature) : null;
}
