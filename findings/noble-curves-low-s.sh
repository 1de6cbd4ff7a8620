#!/usr/bin/env bash
# ECDSA signatures as certificates and chips carry them, verified with @noble/curves as it comes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @noble/curves@2.4.0

cat <<'TEXT'
guess: refusing the upper half of s is a rule of block chains, so it is the default of secp256k1 alone.
true:  it is the default of every curve, NIST's and brainpool's too. FIPS 186-5 §6.4.2 and BSI TR-03111 §4.2.1 allow all of s, and
       signers draw it evenly: half of all genuine signatures are refused, half pass, and a test with one signature is a coin.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brainpoolP256r1 } from '@noble/curves/misc.js';
import { p256 } from '@noble/curves/nist.js';

const { version } = JSON.parse(readFileSync('node_modules/@noble/curves/package.json', 'utf8'));
console.log(`version: @noble/curves ${version}, node ${process.versions.node}`);
for (const [name, curve] of [['P-256', p256], ['brainpoolP256r1', brainpoolP256r1]]) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: name });
  // The uncompressed point is the end of the DER of the key.
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
  const counts = { low: 0, 'low, passes': 0, high: 0, 'high, passes': 0, 'passes with lowS: false': 0 };
  while (counts.low < 5 || counts.high < 5) {
    const message = Buffer.from(`${name} ${counts.low} ${counts.high}`);
    const signature = sign('sha256', message, { key: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })), dsaEncoding: 'ieee-p1363' });
    const half = curve.Signature.fromBytes(signature).hasHighS() ? 'high' : 'low';
    counts[half] += 1;
    if (curve.verify(signature, message, point)) counts[`${half}, passes`] += 1;
    if (curve.verify(signature, message, point, { lowS: false })) counts['passes with lowS: false'] += 1;
  }
  console.log('seen: ', name, JSON.stringify(counts));
  assert.equal(counts['low, passes'], counts.low);
  assert.equal(counts['high, passes'], 0);
  assert.equal(counts['passes with lowS: false'], counts.low + counts.high);
}
JS
node seen.mjs
