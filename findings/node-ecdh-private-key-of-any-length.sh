#!/usr/bin/env bash
# A key pair for one session (PACE and chip authentication, Doc 9303-11 §4.4 and §6.2), made by `createECDH` and used by another library,
# or kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @noble/curves@2.4.0

cat <<'TEXT'
guess: `getPrivateKey()` of a curve of 256 bits is 32 bytes, as the private key of RFC 5915, the coordinates of `getPublicKey()` and the
       shared secret of `computeSecret()` are.
true:  it is the number without the zero bytes before it: of every 256 keys one has 31 bytes, of 65 536 one has 30. Node takes such a key
       back, in a JWK too, which by RFC 7518 §6.2.2.1 has its full length; @noble/curves refuses it. A test with a
       few keys does not show it. As a KeyObject, exported as JWK, the key has its zeros again.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { createECDH, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brainpoolP256r1 } from '@noble/curves/misc.js';
import { p256 } from '@noble/curves/nist.js';

const { version } = JSON.parse(readFileSync('node_modules/@noble/curves/package.json', 'utf8'));
console.log(`version: node ${process.versions.node} (OpenSSL ${process.versions.openssl}), @noble/curves ${version}`);
const keyOf = (curve, zeros) => {
  const pair = createECDH(curve);
  pair.setPrivateKey(Buffer.concat([Buffer.alloc(zeros), Buffer.alloc(32 - zeros, 7)]));
  return pair;
};
const lengthsOf = (curve) => [0, 1, 2].map((zeros) => keyOf(curve, zeros).getPrivateKey().length);
const lengths = ['prime256v1', 'brainpoolP256r1'].flatMap(lengthsOf);
console.log('seen:  keys that begin with 0, 1 and 2 zero bytes have', lengths.join(', '), 'bytes');
const made = createECDH('prime256v1');
let short = 0;
for (let n = 0; n < 20_000; n += 1) {
  made.generateKeys();
  if (made.getPrivateKey().length < 32) short += 1;
}
console.log(`seen:  of 20000 keys that were made ${short} are shorter than 32 bytes`);
const pair = keyOf('prime256v1', 1);
const [key, point] = [pair.getPrivateKey(), pair.getPublicKey()];
const again = createECDH('prime256v1');
again.setPrivateKey(key);
const part = (from) => point.subarray(from, from + 32).toString('base64url');
const jwk = { kty: 'EC', crv: 'P-256', x: part(1), y: part(33), d: key.toString('base64url') };
const exported = createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'jwk' });
const other = keyOf('prime256v1', 3).getPublicKey();
const refused = [p256, brainpoolP256r1].map((curve) => {
  try {
    return curve.getPublicKey(key).length;
  } catch (thrown) {
    return thrown.message;
  }
});
const back = Buffer.from(exported.d, 'base64url').length;
console.log('seen:  by createECDH again:', again.getPublicKey().equals(point), 'as JWK and back:', back, 'bytes');
console.log('seen:  by @noble/curves:', refused.join('; '));
assert.deepEqual(lengths, [32, 31, 30, 32, 31, 30]);
assert.ok(short > 20 && short < 200);
assert.ok(again.getPublicKey().equals(point));
assert.equal(back, 32);
assert.equal(pair.computeSecret(other).length, 32);
assert.ok(refused.every((answer) => /expected 32 bytes, got 31/.test(answer)));
JS
node seen.mjs
