import type { EcdsaNumbers } from '../../crypto/ecdsa.ts';
import { bytesToUnsigned } from '../../crypto/points.ts';
import { decodeTlv } from '../../document/tlv.ts';
import { asFailure } from '../../result/failure.ts';
import { tag } from './asn1-values.ts';

// No honest r and s come near, however they are written.
const longest = 1_024;

/**
 * The numbers that a signature of (EC)DSA may have been meant to hold where it is not written as its algorithm says: the
 * SEQUENCE in BER instead of DER, INTEGERs with needless or missing leading zeros (X.690 §8.3.2, §10.1), or r and s side by
 * side where a SEQUENCE was promised and the other way round. Whether a key made them is for the caller to verify.
 */
export function looseNumbers(signature: Uint8Array): readonly EcdsaNumbers[] {
  if (signature.length === 0 || signature.length > longest) return [];
  return [sequenceOf(signature), halvesOf(signature)].filter((numbers) => numbers !== null);
}

function sequenceOf(signature: Uint8Array): EcdsaNumbers | null {
  try {
    const sequence = decodeTlv(signature, { maximumNodes: 3 });
    const [r, s, ...rest] = sequence.children;
    const integers = r?.tag === tag.integer && s?.tag === tag.integer;
    if (sequence.tag !== tag.sequence || !integers || rest.length > 0) return null;
    return { r: bytesToUnsigned(r.value), s: bytesToUnsigned(s.value) };
  } catch (thrown) {
    if (asFailure(thrown).code === 'internal.unexpected') throw thrown;
    return null;
  }
}

/** r and s side by side, each as long as the other; null where they cannot be. */
export function halvesOf(signature: Uint8Array): EcdsaNumbers | null {
  const half = signature.length / 2;
  if (!Number.isInteger(half) || half === 0) return null;
  return { r: bytesToUnsigned(signature.subarray(0, half)), s: bytesToUnsigned(signature.subarray(half)) };
}
