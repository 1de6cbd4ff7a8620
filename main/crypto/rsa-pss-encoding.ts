import { concat, equal } from '../result/bytes.ts';
import { digestLength, digest as digestOf, type HashName } from './hash.ts';

/** RSASSA-PSS-params (RFC 8017 §A.2.3); the mask generation function is MGF1 over `maskHash`. `saltLength` in bytes. */
export interface PssParameters {
  readonly hash: HashName;
  readonly maskHash: HashName;
  readonly saltLength: number;
}

const trailer = 0xbc;

// MGF1 (RFC 8017 §B.2.1).
function mask(hash: HashName, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let counter = 0; counter * digestLength(hash) < length; counter++) {
    const counterBytes = new Uint8Array(4);
    new DataView(counterBytes.buffer).setUint32(0, counter);
    blocks.push(digestOf(hash, concat(seed, counterBytes)));
  }
  return concat(...blocks).subarray(0, length);
}

function xor(first: Uint8Array, second: Uint8Array): Uint8Array {
  return first.map((byte, index) => byte ^ (second[index] ?? 0));
}

function saltedDigest(hash: HashName, digest: Uint8Array, salt: Uint8Array): Uint8Array {
  return digestOf(hash, concat(new Uint8Array(8), digest, salt));
}

// The bits of the first byte that the encoded message of so many bits has.
function usedBitsOfFirstByte(bits: number): number {
  return 0xff >> (8 * Math.ceil(bits / 8) - bits);
}

/** EMSA-PSS-VERIFY (RFC 8017 §9.1.2) for an encoded message of `bits` bits. */
export function verifyPssEncoding(
  { hash, maskHash, saltLength }: PssParameters,
  digest: Uint8Array,
  encoded: Uint8Array,
  bits: number,
): boolean {
  const hashLength = digestLength(hash);
  const maskedLength = encoded.length - hashLength - 1;
  const fillLength = maskedLength - saltLength - 1;
  if (!Number.isInteger(saltLength) || saltLength < 0 || fillLength < 0 || digest.length !== hashLength) return false;
  if (encoded.at(-1) !== trailer) return false;
  const masked = encoded.subarray(0, maskedLength);
  const inner = encoded.subarray(maskedLength, maskedLength + hashLength);
  const used = usedBitsOfFirstByte(bits);
  if (((masked[0] ?? 0) & ~used) !== 0) return false;
  const block = xor(masked, mask(maskHash, inner, maskedLength));
  block[0] = (block[0] ?? 0) & used;
  const fill = block.subarray(0, fillLength);
  if (fill.some((byte) => byte !== 0) || block[fillLength] !== 1) return false;
  return equal(inner, saltedDigest(hash, digest, block.subarray(fillLength + 1)));
}

/** EMSA-PSS-ENCODE (RFC 8017 §9.1.1) for an encoded message of `bits` bits. Throws where they do not suffice. */
export function encodePss(
  { hash, maskHash }: PssParameters,
  digest: Uint8Array,
  salt: Uint8Array,
  bits: number,
): Uint8Array {
  const length = Math.ceil(bits / 8);
  const maskedLength = length - digestLength(hash) - 1;
  const fillLength = maskedLength - salt.length - 1;
  if (fillLength < 0) throw new RangeError('modulus too short');
  const inner = saltedDigest(hash, digest, salt);
  const block = concat(new Uint8Array(fillLength), Uint8Array.of(1), salt);
  const masked = xor(block, mask(maskHash, inner, maskedLength));
  masked[0] = (masked[0] ?? 0) & usedBitsOfFirstByte(bits);
  return concat(masked, inner, Uint8Array.of(trailer));
}
