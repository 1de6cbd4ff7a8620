import { hchacha, xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { sha256 as sha256OfNoble } from '@noble/hashes/sha2.js';
import { concat, equal, toHex } from '../result/bytes.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import type { RandomSource } from './random.ts';
import {
  runtimeChachaOpen,
  runtimeChachaSeal,
  runtimeDigest,
  runtimeHexDigest,
  runtimeSign,
  runtimeVerify,
  runtimeVerifySoon,
} from './runtime.ts';

/** Length in bytes of every symmetric key of this file, of digests and of Ed25519 keys. */
export const keyLength = 32;

/** How many bytes `seal` draws: the length of a nonce. */
export const nonceLength = 24;
const tagLength = 16;
const utf8 = new TextEncoder();

/** How much a seal is longer than what it seals: nonce in front, tag behind. */
export const sealOverhead = nonceLength + tagLength;

/**
 * Seals bytes, or a well-formed text in UTF-8, with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): `nonce ‖ ciphertext ‖ tag`. The
 * nonce is random, which its 192 bits allow for any number of messages under one key. `context` is bound to the seal and must be
 * given to open it.
 */
export function seal(
  key: Uint8Array,
  plain: Uint8Array | string,
  context: Uint8Array,
  random: RandomSource,
): Uint8Array {
  const nonce = random(nonceLength);
  const pieces = withSubkey({ key, nonce, context }, (given) => runtimeChachaSeal(given, plain));
  if (pieces !== null) return concat(nonce, ...pieces);
  const bytes = typeof plain === 'string' ? utf8.encode(plain) : plain;
  return concat(nonce, xchacha20poly1305(key, nonce, context).encrypt(bytes));
}

/** What was sealed, or null where key, context or bytes are not those of the seal. */
export function open(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Uint8Array | null {
  if (sealed.length < sealOverhead) return null;
  const nonce = sealed.subarray(0, nonceLength);
  const body = sealed.subarray(nonceLength);
  try {
    const plain = withSubkey({ key, nonce, context }, (given) => runtimeChachaOpen(given, body));
    return plain ?? xchacha20poly1305(key, nonce, context).decrypt(body);
  } catch {
    return null;
  }
}

const sigma = words(utf8.encode('expand 32-byte k'));

// The draft's §2.3: HChaCha20 makes a key of the key and the nonce's first 16 bytes; with that key and the other 8, after four
// zeros, it is ChaCha20-Poly1305 of RFC 8439, which the runtime may have.
function withSubkey<Answer>(
  { key, nonce, context }: Readonly<Record<'key' | 'nonce' | 'context', Uint8Array>>,
  act: (given: Readonly<Record<'key' | 'nonce' | 'context', Uint8Array>>) => Answer,
): Answer {
  const secret = words(key);
  const derived = new Uint32Array(keyLength / 4);
  try {
    hchacha(sigma, secret, words(nonce.subarray(0, 16)), derived);
    return act({
      key: new Uint8Array(derived.buffer),
      nonce: concat(new Uint8Array(4), nonce.subarray(16)),
      context,
    });
  } finally {
    secret.fill(0);
    derived.fill(0);
  }
}

/** Bytes as 32-bit words, the lowest byte first, as every machine that the app runs on has them. */
function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(bytes).buffer);
}

/** A key of 32 bytes for one purpose, by HKDF-SHA256 (RFC 5869) without salt: the source key is already uniform. */
export function deriveKey(source: Uint8Array, purpose: string): Uint8Array {
  return hkdf(sha256OfNoble, source, undefined, utf8.encode(purpose), keyLength);
}

/** Costs of scrypt (RFC 7914): `cost` is N, a power of two. They are kept beside what they protect. */
export interface ScryptCosts {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** About 0.9 s and 128 MiB on one core of a desk PC (measured with @noble/hashes on Node 24). */
export const scryptCosts: ScryptCosts = { cost: 2 ** 17, blockSize: 8, parallelization: 1 };

const scryptMemoryLimit = 2 ** 29;

/** A key of 32 bytes from a passphrase (`passphraseOf`) by scrypt; yields to the event loop meanwhile. */
export async function keyOfPassphrase(
  passphrase: SecretBytes,
  salt: Uint8Array,
  costs: ScryptCosts,
): Promise<Uint8Array> {
  return scryptAsync(passphrase.reveal(), salt, {
    N: costs.cost,
    r: costs.blockSize,
    p: costs.parallelization,
    dkLen: keyLength,
    maxmem: scryptMemoryLimit,
  });
}

/** A hash under a key. Disposing of it wipes what was made of the key; from then on it throws. */
export interface KeyedIndex extends Disposable {
  of(data: Uint8Array): Uint8Array;
}

/** HMAC-SHA256 (RFC 2104) under one key: the key's blocks are hashed once, each answer has 32 bytes. */
export function keyedIndex(key: Uint8Array): KeyedIndex {
  const begun = hmac.create(sha256OfNoble, key);
  return { of: (data) => begun.clone().update(data).digest(), [Symbol.dispose]: () => begun.destroy() };
}

/** SHA-256, 32 bytes. */
export function sha256(data: Uint8Array): Uint8Array {
  return runtimeDigest('SHA-256', data) ?? sha256OfNoble(data);
}

/**
 * SHA-256 as lower-case hex, of bytes or of a well-formed text in UTF-8: the quickest way to a digest, short inputs too. Not for
 * digests that are secret: nothing overwrites a text.
 */
export function hexDigest(input: string | Uint8Array): string {
  return runtimeHexDigest(input) ?? toHex(sha256OfNoble(typeof input === 'string' ? utf8.encode(input) : input));
}

// Where parts are put together to be hashed: a fresh array of a record's length takes several times as long as hashing it.
const together = new Uint8Array(64 * 1024);

/** SHA-256 as `hexDigest`, of these parts one after the other. */
export function hexDigestOf(...parts: readonly Uint8Array[]): string {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > together.length) return hexDigest(concat(...parts));
  const whole = together.subarray(0, length);
  try {
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return hexDigest(whole);
  } finally {
    whole.fill(0);
  }
}

/** A fresh Ed25519 key: the secret seed and its public key, 32 bytes each (RFC 8032). */
export function newSigningKey(random: RandomSource): {
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
} {
  const secretKey = random(keyLength);
  return { secretKey, publicKey: ed25519.getPublicKey(secretKey) };
}

/** The public key of an Ed25519 seed. */
export function publicKeyOfSeed(secretKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secretKey);
}

/** Ed25519 over the message, 64 bytes. */
export function sign(secretKey: Uint8Array, message: Uint8Array): Uint8Array {
  return runtimeSign(secretKey, message) ?? ed25519.sign(message, secretKey);
}

/**
 * Whether the signature is the key's own over the message, by the strict rules (RFC 8032, no ZIP 215 leniency): a key of
 * canonical form and no small order, and the equation with the cofactor. The runtime's is the one without, which implies it;
 * where that does not hold noble decides.
 */
export function isSignatureOf(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    if (isSoundPoint(publicKey) && runtimeVerify(publicKey, message, signature) === true) return true;
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** As `isSignatureOf`, beside this thread where the runtime does it: for many that wait for nobody. */
export async function isSignedSoon(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  try {
    if (isSoundPoint(publicKey) && (await runtimeVerifySoon(publicKey, message, signature)) === true) return true;
  } catch {
    // The same answer as below.
  }
  return isSignatureOf(publicKey, message, signature);
}

// A station's chain is signed by one key: the last one that was looked at is not looked at again.
let soundPoint: Uint8Array | null = null;

function isSoundPoint(publicKey: Uint8Array): boolean {
  if (soundPoint !== null && equal(soundPoint, publicKey)) return true;
  if (ed25519.Point.fromBytes(publicKey, false).isSmallOrder()) return false;
  soundPoint = publicKey.slice();
  return true;
}
