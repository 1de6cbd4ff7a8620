import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hash as hashOnce,
  type KeyObject,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { concat, equal, fromHex, toHex } from '../result/bytes.ts';
import type { CurveName } from './curves.ts';

/*
 * What the runtime's own library (OpenSSL in Node, BoringSSL in Electron) does in place of noble, where it is defined alike
 * and much faster (decision 0001). Every function answers null where this runtime has not the operation, or not for these
 * values: noble's answer then counts. An operation is used after it has shown on a known answer, right and wrong, that it is
 * there; nothing rests on the name of the runtime.
 */

/** Shorter inputs are hashed and enciphered sooner in JavaScript than they are handed over. */
const shortestHashed = 256;
const shortestEnciphered = 256;

/** Answers the same without asking again: whether an operation works does not change while the process runs. */
function once(works: () => boolean): () => boolean {
  let known: boolean | null = null;
  return () => {
    if (known === null) {
      try {
        known = works();
      } catch {
        known = false;
      }
    }
    return known;
  };
}

function orNull<Result>(operation: () => Result): Result | null {
  try {
    return operation();
  } catch {
    return null;
  }
}

/** The standard's names and the runtime's. */
const runtimeHashes = {
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
} as const;
type Hash = keyof typeof runtimeHashes;

function hashed(name: Hash, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(hashOnce(runtimeHashes[name], bytes, 'buffer'));
}

// FIPS 180-4, the examples of one block: the digests of "abc".
const ofAbc: { readonly [Name in Hash]: string } = {
  'SHA-1': 'a9993e364706816aba3e25717850c26c9cd0d89d',
  'SHA-224': '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7',
  'SHA-256': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'SHA-384': 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  'SHA-512':
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
};
const abc = Uint8Array.of(0x61, 0x62, 0x63);
const hashes = once(() =>
  (Object.keys(ofAbc) as Hash[]).every((name) => equal(hashed(name, abc), fromHex(ofAbc[name]))),
);

/** The digest of a long input; null for a short one. */
export function runtimeDigest(name: Hash, bytes: Uint8Array): Uint8Array | null {
  return bytes.length >= shortestHashed && hashes() ? hashed(name, bytes) : null;
}

/** SHA-256 in hex of bytes or of a text in UTF-8, of whatever length: what goes in or out as a text is handed over at a fifth of the cost. */
export function runtimeHexDigest(input: string | Uint8Array): string | null {
  return hexHashes() ? hashOnce('sha256', input, 'hex') : null;
}

const hexHashes = once(
  () =>
    hashOnce('sha256', abc, 'hex') === ofAbc['SHA-256'] &&
    hashOnce('sha256', 'abc', 'hex') === ofAbc['SHA-256'] &&
    hashOnce('sha256', 'ö', 'hex') === ofUmlaut,
);
// SHA-256 of U+00F6 in UTF-8: the bytes c3 b6.
const ofUmlaut = '6dbd11fd012e225b28a5d94a9b432bc491344f3e92158661be2ae5ae2b8b1ad8';

// RFC 8410 §7 and §4: an Ed25519 seed and a public key in their DER frames.
const seedFrame = fromHex('302e020100300506032b657004220420');
const pointFrame = fromHex('302a300506032b6570032100');

// Reading a key takes three times as long as signing with it. Whoever holds the seed's array holds the key with it, and no longer;
// an array that holds other bytes by now, or none, is another seed.
const seedKeys = new WeakMap<Uint8Array, { readonly digest: Uint8Array; readonly key: KeyObject }>();

function keyOfSeed(seed: Uint8Array): KeyObject {
  const digest = hashed('SHA-256', seed);
  const known = seedKeys.get(seed);
  if (known !== undefined && equal(known.digest, digest)) return known.key;
  const der = concat(seedFrame, seed);
  try {
    const key = createPrivateKey({ key: Buffer.from(der.buffer), format: 'der', type: 'pkcs8' });
    seedKeys.set(seed, { digest, key });
    return key;
  } finally {
    der.fill(0);
  }
}

function signedByRuntime(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, message, keyOfSeed(seed)));
}

// A chain is signed by one key: the last one is kept as the runtime has it.
let lastKey: { readonly point: Uint8Array; readonly key: KeyObject } | null = null;

function keyOfPoint(point: Uint8Array): KeyObject {
  if (lastKey === null || !equal(lastKey.point, point)) {
    const key = createPublicKey({ key: Buffer.from(concat(pointFrame, point)), format: 'der', type: 'spki' });
    lastKey = { point: point.slice(), key };
  }
  return lastKey.key;
}

function verifiedByRuntime(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, keyOfPoint(point), signature);
}

// RFC 8032 §7.1, the second vector.
const ed25519 = once(() => {
  const seed = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
  const point = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const message = Uint8Array.of(0x72);
  const signature = fromHex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  return (
    equal(signedByRuntime(seed, message), signature) &&
    verifiedByRuntime(point, message, signature) &&
    !verifiedByRuntime(point, Uint8Array.of(0x73), signature)
  );
});

/** Ed25519 (RFC 8032 §5.1.6) with this seed: the algorithm leaves no choice, so that every signer makes the same 64 bytes. */
export function runtimeSign(seed: Uint8Array, message: Uint8Array): Uint8Array | null {
  return ed25519() ? orNull(() => signedByRuntime(seed, message)) : null;
}

/**
 * Whether the equation without the cofactor holds (RFC 8032 §5.1.7, the last sentence). Where it does, the one with the
 * cofactor does too; the other way about it need not. Which points are a key is not asked here.
 */
export function runtimeVerify(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | null {
  return ed25519() ? orNull(() => verifiedByRuntime(point, message, signature)) : null;
}

/** The same on a thread of the runtime's. */
export function runtimeVerifySoon(
  point: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean | null> {
  if (!ed25519()) return Promise.resolve(null);
  return new Promise((resolve) => {
    try {
      verify(null, message, keyOfPoint(point), signature, (failed, holds) => resolve(failed === null ? holds : null));
    } catch {
      resolve(null);
    }
  });
}

// RFC 9881 §6 and §4: the seed of ML-DSA-44 alone, and a public key, in their DER frames.
const mlDsaSeedFrame = fromHex('3034020100300b060960864801650304031104228020');
const mlDsaKeyFrame = fromHex('30820532300b06096086480165030403110382052100');

/**
 * ML-DSA-44 (FIPS 204, algorithm 2) with this seed, without a context string and with randomness: no two signatures are alike.
 * Whether what this runtime so calls is that algorithm, the caller has to try.
 */
export function runtimeMlDsaSign(seed: Uint8Array, message: Uint8Array): Uint8Array | null {
  const der = concat(mlDsaSeedFrame, seed);
  try {
    const key = createPrivateKey({ key: Buffer.from(der.buffer), format: 'der', type: 'pkcs8' });
    return new Uint8Array(sign(null, message, key));
  } catch {
    return null;
  } finally {
    der.fill(0);
  }
}

/** Whether the signature by ML-DSA-44 is this key's (FIPS 204, algorithm 3); of lengths that are the algorithm's. */
export function runtimeMlDsaVerify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | null {
  return orNull(() => {
    const der = Buffer.from(concat(mlDsaKeyFrame, publicKey).buffer);
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  });
}

function powerByRuntime(modulus: bigint, exponent: bigint, representative: Uint8Array): Uint8Array {
  const key = createPublicKey({
    key: { kty: 'RSA', n: base64Url(modulus), e: base64Url(exponent) },
    format: 'jwk',
  });
  return new Uint8Array(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, representative));
}

function base64Url(number: bigint): string {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}

// 2^65537 modulo a modulus with this many bits, and the number that a ladder of squarings comes to.
const rsa = once(() => {
  const modulus = 2n ** 1024n - 105n;
  let square = 2n;
  for (let count = 0; count < 16; count++) square = (square * square) % modulus;
  const two = new Uint8Array(128);
  two[127] = 2;
  const expected = ((square * 2n) % modulus).toString(16).padStart(256, '0');
  return equal(powerByRuntime(modulus, 65537n, two), fromHex(expected));
});

/** RSAEP (RFC 8017 §5.1.1) of a representative that is as long as the modulus and smaller than it. */
export function runtimeRsaPower(modulus: bigint, exponent: bigint, representative: Uint8Array): Uint8Array | null {
  return rsa() ? orNull(() => powerByRuntime(modulus, exponent, representative)) : null;
}

// RFC 5480 §2.1: AlgorithmIdentifier of id-ecPublicKey with these named curves, up to the point.
const pointFrames: Partial<Readonly<Record<CurveName, { readonly algorithm: string }>>> = {
  'P-256': { algorithm: '301306072a8648ce3d020106082a8648ce3d030107' },
  'P-384': { algorithm: '301006072a8648ce3d020106052b81040022' },
  'P-521': { algorithm: '301006072a8648ce3d020106052b81040023' },
};

function der(tag: number, content: Uint8Array): Uint8Array {
  const length = content.length < 128 ? Uint8Array.of(content.length) : Uint8Array.of(0x81, content.length);
  return concat(Uint8Array.of(tag), length, content);
}

// A name in a list may lead to a dozen keys, each tried again for every certificate of that name: to make one anew takes longer
// than to verify with it. The last ones are kept, as many as are tried; all are public.
const mostKeys = 16;
const lastPoints = new Map<string, KeyObject>();

function ecKey(algorithm: string, point: Uint8Array): KeyObject {
  const name = `${algorithm} ${toHex(point)}`;
  const known = lastPoints.get(name);
  lastPoints.delete(name);
  const key = known ?? newEcKey(algorithm, point);
  lastPoints.set(name, key);
  const [oldest] = lastPoints.keys();
  if (lastPoints.size > mostKeys && oldest !== undefined) lastPoints.delete(oldest);
  return key;
}

function newEcKey(algorithm: string, point: Uint8Array): KeyObject {
  const bits = der(0x03, concat(Uint8Array.of(0), point));
  return createPublicKey({
    key: Buffer.from(der(0x30, concat(fromHex(algorithm), bits))),
    format: 'der',
    type: 'spki',
  });
}

export interface SignedMessage {
  readonly hash: Hash;
  readonly message: Uint8Array;
  /** `r` and `s`, each as long as the order. */
  readonly compact: Uint8Array;
}

function ecdsaByRuntime(algorithm: string, point: Uint8Array, { hash, message, compact }: SignedMessage): boolean {
  const key = { key: ecKey(algorithm, point), dsaEncoding: 'ieee-p1363' } as const;
  return verify(runtimeHashes[hash], message, key, compact);
}

// RFC 6979 §A.2.5, P-256 with SHA-256, message "sample".
const ecdsa = once(() => {
  const point = fromHex(
    '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
  );
  const compact = fromHex(
    'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  );
  const algorithm = pointFrames['P-256']?.algorithm ?? '';
  const holds = (text: string): boolean =>
    ecdsaByRuntime(algorithm, point, { hash: 'SHA-256', message: new TextEncoder().encode(text), compact });
  return holds('sample') && !holds('simple');
});

/** ECDSA (FIPS 186-5 §6.4.2) over a message on the curves that every runtime has; 1 ≤ r, s < n is the caller's to see. */
export function runtimeVerifyEcdsa(curve: CurveName, point: Uint8Array, signed: SignedMessage): boolean | null {
  const frame = pointFrames[curve];
  return frame !== undefined && ecdsa() ? orNull(() => ecdsaByRuntime(frame.algorithm, point, signed)) : null;
}

const aesNames: Readonly<Record<number, string>> = { 16: 'aes-128-cbc', 24: 'aes-192-cbc', 32: 'aes-256-cbc' };

function aes(way: 'encrypt' | 'decrypt', key: Uint8Array, iv: Uint8Array, input: Uint8Array): Uint8Array {
  const name = aesNames[key.length] ?? '';
  // Bytes in place of an object cost Node 24 four times as much.
  const secret = createSecretKey(key);
  const cipher = way === 'encrypt' ? createCipheriv(name, secret, iv) : createDecipheriv(name, secret, iv);
  cipher.setAutoPadding(false);
  const start = cipher.update(input);
  const end = cipher.final();
  return end.length === 0 ? new Uint8Array(start.buffer, start.byteOffset, start.length) : concat(start, end);
}

// SP 800-38A §F.2.1, F.2.3, F.2.5: the first block of the examples in CBC, by key length.
const aesExamples: readonly (readonly [key: string, cipher: string])[] = [
  ['2b7e151628aed2a6abf7158809cf4f3c', '7649abac8119b246cee98e9b12e9197d'],
  ['8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b', '4f021db243bc633d7178183a9fa071e8'],
  ['603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4', 'f58c4c04d6e5f1ba779eabfb5f7bfbd6'],
];
const aesCbc = once(() => {
  const iv = fromHex('000102030405060708090a0b0c0d0e0f');
  const plain = fromHex('6bc1bee22e409f96e93d7e117393172a');
  return aesExamples.every(
    ([key, cipher]) =>
      equal(aes('encrypt', fromHex(key), iv, plain), fromHex(cipher)) &&
      equal(aes('decrypt', fromHex(key), iv, fromHex(cipher)), plain),
  );
});

/** AES in CBC without padding over long inputs of whole blocks; null for short ones and for keys of another length. */
export function runtimeAesCbc(
  way: 'encrypt' | 'decrypt',
  key: Uint8Array,
  iv: Uint8Array,
  input: Uint8Array,
): Uint8Array | null {
  const fits = input.length >= shortestEnciphered && input.length % 16 === 0 && iv.length === 16;
  return fits && key.length in aesNames && aesCbc() ? orNull(() => aes(way, key, iv, input)) : null;
}

const chachaName = 'chacha20-poly1305';

function chachaSealed({ key, nonce, context }: ChachaInput, plain: Uint8Array | string): readonly Uint8Array[] {
  // Bytes in place of an object cost Node 24 four times as much.
  const cipher = createCipheriv(chachaName, createSecretKey(key), nonce, { authTagLength: chachaTag });
  cipher.setAAD(context, { plaintextLength: Buffer.byteLength(plain) });
  const text = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  return [text, cipher.final(), cipher.getAuthTag()];
}

function chachaOpened({ key, nonce, context }: ChachaInput, sealed: Uint8Array): Uint8Array {
  const length = sealed.length - chachaTag;
  const decipher = createDecipheriv(chachaName, createSecretKey(key), nonce, { authTagLength: chachaTag });
  decipher.setAAD(context, { plaintextLength: length });
  decipher.setAuthTag(sealed.subarray(length));
  const start = decipher.update(sealed.subarray(0, length));
  const end = decipher.final();
  return end.length === 0 ? new Uint8Array(start.buffer, start.byteOffset, start.length) : concat(start, end);
}

interface ChachaInput {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
  readonly context: Uint8Array;
}

const chachaTag = 16;

// RFC 8439 §2.8.2.
const chachaWorks = once(() => {
  const key = Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index);
  const given = { key, nonce: fromHex('070000004041424344454647'), context: fromHex('50515253c0c1c2c3c4c5c6c7') };
  const advice =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
  const plain = new TextEncoder().encode(advice);
  const sealed = concat(...chachaSealed(given, plain));
  const tag = fromHex('1ae10b594f09e26a7e902ecbd0600691');
  if (!equal(sealed.subarray(-chachaTag), tag) || !equal(chachaOpened(given, sealed), plain)) return false;
  if (!equal(concat(...chachaSealed(given, advice)), sealed)) return false;
  return orNull(() => chachaOpened(given, sealed.with(0, (sealed[0] ?? 0) ^ 1))) === null;
});

/** ChaCha20-Poly1305 (RFC 8439 §2.8) of bytes or of a well-formed text in UTF-8, in pieces, the tag the last of them. */
export function runtimeChachaSeal(given: ChachaInput, plain: Uint8Array | string): readonly Uint8Array[] | null {
  return chachaWorks() ? orNull(() => chachaSealed(given, plain)) : null;
}

/** What was so sealed. Null where it does not open: then noble's answer counts. */
export function runtimeChachaOpen(given: ChachaInput, sealed: Uint8Array): Uint8Array | null {
  return chachaWorks() ? orNull(() => chachaOpened(given, sealed)) : null;
}
