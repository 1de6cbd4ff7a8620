import { DER, ecdsa } from '@noble/curves/abstract/weierstrass.js';
import { concat } from '../result/bytes.ts';
import { type Curve, generatorOf, pointArithmetic, tabledGenerator } from './curves.ts';
import { type HashName, hashFunction } from './hash.ts';
import { bytesToUnsigned, unsignedToBytes } from './points.ts';
import { runtimeVerifyEcdsa } from './runtime.ts';

export interface EcdsaNumbers {
  readonly r: bigint;
  readonly s: bigint;
}

/** `r` and `s` as numbers, or the DER SEQUENCE of both. */
export type EcdsaSignature = EcdsaNumbers | Uint8Array;

// noble's default refuses the upper half of s, which the standard allows; and the digest is ours (prehash false).
const asTheStandardSays = { lowS: false, prehash: false, format: 'compact' } as const;

function engine(curve: Curve, nonceHash: HashName): ReturnType<typeof ecdsa> {
  return ecdsa(pointArithmetic(curve), hashFunction(nonceHash), { lowS: false });
}

/**
 * ECDSA (FIPS 186-5 §6.4.2) over a digest, cut to the order's length by the standard's rule. `publicKey` is an uncompressed
 * (or compressed) point. False for a point off the curve, a malformed signature, or one that does not verify. Where the
 * message is at hand as well (`of`, whose digest this is), the runtime answers for the curves that it has.
 */
export function verifyEcdsa(
  curve: Curve,
  publicKey: Uint8Array,
  digest: Uint8Array,
  signature: EcdsaSignature,
  of: { readonly hash: HashName; readonly message: Uint8Array } | null = null,
): boolean {
  const numbers = signature instanceof Uint8Array ? decodeEcdsaSignature(signature) : signature;
  if (numbers === null) return false;
  const { r, s } = numbers;
  const { n } = curve.parameters;
  if (r < 1n || s < 1n || r >= n || s >= n) return false;
  const compact = concat(unsignedToBytes(r, curve.orderLength), unsignedToBytes(s, curve.orderLength));
  const answered = of === null ? null : runtimeVerifyEcdsa(curve.name, publicKey, { ...of, compact });
  if (answered !== null) return answered;
  const tabled = tabledGenerator(curve);
  if (tabled !== null) return verifyByTable(curve, tabled, { publicKey, digest, r, s });
  // noble answers false, not an exception, where the key is no point of the curve.
  return engine(curve, 'SHA-256').verify(compact, digest, publicKey, asTheStandardSays);
}

interface Judged extends EcdsaNumbers {
  readonly publicKey: Uint8Array;
  readonly digest: Uint8Array;
}

/**
 * FIPS 186-5 §6.4.2 with the generator's table, which noble's own verification leaves aside: a quarter of its time on
 * brainpoolP256r1. Nothing here is secret. 1 ≤ r, s < n.
 */
function verifyByTable(
  curve: Curve,
  generator: ReturnType<typeof generatorOf>,
  { publicKey, digest, r, s }: Judged,
): boolean {
  const { Fn } = pointArithmetic(curve);
  const excessBits = digest.length * 8 - curve.parameters.n.toString(2).length;
  const whole = bytesToUnsigned(digest);
  const inverse = Fn.inv(s);
  const ofGenerator = Fn.create(Fn.create(excessBits > 0 ? whole >> BigInt(excessBits) : whole) * inverse);
  const ofKey = Fn.create(r * inverse);
  try {
    const key = pointArithmetic(curve).fromBytes(publicKey);
    if (key.is0()) return false;
    const sum = generator.multiplyUnsafe(ofGenerator).add(key.multiplyUnsafe(ofKey));
    return !sum.is0() && Fn.create(sum.toAffine().x) === r;
  } catch {
    // No point of the curve.
    return false;
  }
}

/** ECDSA over a digest with the nonce of RFC 6979, so that the same input gives the same signature. 1 ≤ privateKey < n. */
export function signEcdsa(curve: Curve, privateKey: bigint, nonceHash: HashName, digest: Uint8Array): EcdsaNumbers {
  const secret = unsignedToBytes(privateKey, curve.orderLength);
  // noble takes the generator itself: it is told of one more use.
  generatorOf(curve);
  const { sign, Signature } = engine(curve, nonceHash);
  const { r, s } = Signature.fromBytes(sign(digest, secret, asTheStandardSays), 'compact');
  return { r, s };
}

/** The numbers of a DER SEQUENCE of two INTEGERs; null where it is not exactly that. */
export function decodeEcdsaSignature(der: Uint8Array): EcdsaNumbers | null {
  try {
    return DER.toSig(der);
  } catch {
    return null;
  }
}

/** The DER SEQUENCE of two INTEGERs (RFC 3279 §2.2.3). */
export function encodeEcdsaSignature({ r, s }: EcdsaNumbers): Uint8Array {
  return new Uint8Array(Buffer.from(DER.hexFromSig({ r, s }), 'hex'));
}
