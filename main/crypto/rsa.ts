import { concat, equal, fromHex } from '../result/bytes.ts';
import { digestLength, type HashName } from './hash.ts';
import { modularPower } from './modular.ts';
import { bytesToUnsigned, unsignedToBytes } from './points.ts';
import { encodePss, type PssParameters, verifyPssEncoding } from './rsa-pss-encoding.ts';
import { runtimeRsaPower } from './runtime.ts';

export interface RsaPublicKey {
  readonly modulus: bigint;
  readonly exponent: bigint;
}

export interface RsaPrivateKey {
  readonly modulus: bigint;
  readonly privateExponent: bigint;
}

/** Keys come from hostile certificates: beyond these bounds nothing is computed. */
const maximumModulusBits = 8192;
const minimumModulusBits = 512;
const maximumExponentBits = 64;

function bitLength(number: bigint): number {
  return number.toString(2).length;
}

function usable({ modulus, exponent }: RsaPublicKey): boolean {
  if (modulus <= 0n || exponent < 3n || modulus >> BigInt(maximumModulusBits) > 0n) return false;
  if (exponent >> BigInt(maximumExponentBits) > 0n) return false;
  return bitLength(modulus) >= minimumModulusBits && (modulus & 1n) === 1n && (exponent & 1n) === 1n;
}

/** RSAVP1 (RFC 8017 §5.2.2): the encoded message as a number; null for unusable keys and signatures out of range. */
export function recoverRsa(key: RsaPublicKey, signature: Uint8Array): bigint | null {
  if (!usable(key) || signature.length !== Math.ceil(bitLength(key.modulus) / 8)) return null;
  const representative = bytesToUnsigned(signature);
  if (representative >= key.modulus) return null;
  const power = runtimeRsaPower(key.modulus, key.exponent, signature);
  return power === null ? modularPower(representative, key.exponent, key.modulus) : bytesToUnsigned(power);
}

// DigestInfo up to the digest (RFC 8017 §9.2, note 1): SEQUENCE { SEQUENCE { OID, NULL }, OCTET STRING }.
const digestAlgorithms: { readonly [Name in HashName]: string } = {
  'SHA-1': '06052b0e03021a',
  'SHA-224': '0609608648016503040204',
  'SHA-256': '0609608648016503040201',
  'SHA-384': '0609608648016503040202',
  'SHA-512': '0609608648016503040203',
};

function digestInfo(hash: HashName, digest: Uint8Array, parameters: Uint8Array): Uint8Array {
  const algorithm = concat(fromHex(digestAlgorithms[hash]), parameters);
  const rest = concat(Uint8Array.of(0x30, algorithm.length), algorithm, Uint8Array.of(0x04, digest.length), digest);
  return concat(Uint8Array.of(0x30, rest.length), rest);
}

const nullParameters = Uint8Array.of(0x05, 0x00);
const absentParameters = new Uint8Array();

// EMSA-PKCS1-v1_5 (RFC 8017 §9.2). Null where the modulus is too short.
function encodePkcs1(info: Uint8Array, length: number): Uint8Array | null {
  const fill = length - info.length - 3;
  return fill < 8 ? null : concat(Uint8Array.of(0, 1), new Uint8Array(fill).fill(0xff), Uint8Array.of(0), info);
}

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2) over a digest. The whole block is compared, never parsed; the parameters of the
 * digest algorithm may be NULL or absent (§9.2 note 2). False for any deviation and for keys beyond the bounds.
 */
export function verifyRsaPkcs1(key: RsaPublicKey, hash: HashName, digest: Uint8Array, signature: Uint8Array): boolean {
  const recovered = recoverRsa(key, signature);
  if (recovered === null || digest.length !== digestLength(hash)) return false;
  const block = unsignedToBytes(recovered, signature.length);
  return [nullParameters, absentParameters].some((parameters) => {
    const expected = encodePkcs1(digestInfo(hash, digest, parameters), signature.length);
    return expected !== null && equal(expected, block);
  });
}

/** RSASSA-PSS (RFC 8017 §8.1.2) over a digest with MGF1. False for any deviation and for keys beyond the bounds. */
export function verifyRsaPss(
  key: RsaPublicKey,
  parameters: PssParameters,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const recovered = recoverRsa(key, signature);
  if (recovered === null) return false;
  const bits = bitLength(key.modulus) - 1;
  const length = Math.ceil(bits / 8);
  if (recovered >> BigInt(length * 8) > 0n) return false;
  return verifyPssEncoding(parameters, digest, unsignedToBytes(recovered, length), bits);
}

function signBlock({ modulus, privateExponent }: RsaPrivateKey, block: Uint8Array): Uint8Array {
  const signature = modularPower(bytesToUnsigned(block), privateExponent, modulus);
  return unsignedToBytes(signature, Math.ceil(bitLength(modulus) / 8));
}

/** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.1) over a digest. Throws where the modulus is too short. For keys that are no secret. */
export function signRsaPkcs1(key: RsaPrivateKey, hash: HashName, digest: Uint8Array): Uint8Array {
  const length = Math.ceil(bitLength(key.modulus) / 8);
  const block = encodePkcs1(digestInfo(hash, digest, nullParameters), length);
  if (block === null) throw new RangeError('modulus too short');
  return signBlock(key, block);
}

/** RSASSA-PSS (RFC 8017 §8.1.1) over a digest with this salt. Throws where the modulus is too short. For keys that are no secret. */
export function signRsaPss(
  key: RsaPrivateKey,
  hashes: { readonly hash: HashName; readonly maskHash: HashName },
  digest: Uint8Array,
  salt: Uint8Array,
): Uint8Array {
  return signBlock(key, encodePss({ ...hashes, saltLength: salt.length }, digest, salt, bitLength(key.modulus) - 1));
}
