import { x25519 } from '@noble/curves/ed25519.js';
import { extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat } from '../result/bytes.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { RandomSource } from './random.ts';
import { keyedIndex, keyLength } from './sealing.ts';

/** A fresh X25519 key (RFC 7748 §6.1), 32 bytes each: whoever has the secret one opens what is sealed for the public one. */
export function newRecipientKey(random: RandomSource): {
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
} {
  const secretKey = random(keyLength);
  return { secretKey, publicKey: x25519.getPublicKey(secretKey) };
}

/** The public key of an X25519 secret, 32 bytes. */
export function recipientKeyOf(secretKey: Uint8Array): Uint8Array {
  return x25519.getPublicKey(secretKey);
}

/** Whether something can be sealed for these 32 bytes: with a point of small order anybody could open it (RFC 7748 §6.1). */
export function isRecipientKey(publicKey: Uint8Array): boolean {
  try {
    // Noble refuses the all-zero secret to which every such point leads.
    return (
      publicKey.length === keyLength && x25519.getSharedSecret(new Uint8Array(keyLength).fill(1), publicKey) !== null
    );
  } catch {
    return false;
  }
}

/** A secret that sender and recipient share, from which any number of keys come. Disposing of it wipes it. */
export interface SharedSecret extends Disposable {
  /** 32 bytes for one use alone: `info` names it (RFC 5869 §3.2). Whoever asked purges them. */
  readonly keyFor: (info: Uint8Array) => SecretBytes;
}

/**
 * Agrees on a secret with a recipient who is not asked: a fresh X25519 key, whose public half goes along and whose secret half
 * is overwritten here. Throws where `recipient` is no key (`isRecipientKey`).
 */
export function agreeWith(
  recipient: Uint8Array,
  random: RandomSource,
): { readonly ephemeral: Uint8Array; readonly shared: SharedSecret } {
  const { secretKey, publicKey } = newRecipientKey(random);
  using onlyHere = new SecretBytes(secretKey);
  return {
    ephemeral: publicKey,
    shared: sharedSecret(x25519.getSharedSecret(onlyHere.reveal(), recipient), publicKey, recipient),
  };
}

/** The same secret on the recipient's side. Throws where `ephemeral` is no key. */
export function agreedWith(ephemeral: Uint8Array, secretKey: Uint8Array): SharedSecret {
  return sharedSecret(x25519.getSharedSecret(secretKey, ephemeral), ephemeral, x25519.getPublicKey(secretKey));
}

const firstBlock = Uint8Array.of(1);

// HKDF-SHA256 with both public keys as the salt: the secret alone does not say between whom it is (RFC 7748 §6.1, RFC 9180 §4.1).
function sharedSecret(agreed: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array): SharedSecret {
  using onlyHere = new SecretBytes(agreed);
  using drawn = new SecretBytes(extract(sha256, onlyHere.reveal(), concat(ephemeral, recipient)));
  // HKDF's first block is all that 32 bytes take: T(1) = HMAC(PRK, info ‖ 1) (RFC 5869 §2.3). Its key is taken in once.
  const expanding = keyedIndex(drawn.reveal());
  return {
    keyFor: (info) => new SecretBytes(expanding.of(concat(info, firstBlock))),
    [Symbol.dispose]: () => expanding[Symbol.dispose](),
  };
}
