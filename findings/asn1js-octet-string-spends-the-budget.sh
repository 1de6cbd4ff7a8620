#!/usr/bin/env bash
# asn1js looks for ASN.1 inside OCTET STRINGs, and what it finds there is paid from the bound on nodes of the whole file.
# Found while reading lists of certificates with a second library: whether a list was read depended on what stood before it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts asn1js@4.0.0

cat <<'TEXT'
guess: an OCTET STRING is opaque: its content costs nothing and cannot change how the rest of the file is read.
true:  the content is parsed as well, where it happens to parse. Its nodes count towards the 10 000 that a file may have, so the
       same two values are read in one order and refused in the other; a content that is too rich by itself is passed over
       without a word. Nothing is thrown: `offset` is -1 and `result.error` says why.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromBER } from 'asn1js';

const { version } = JSON.parse(readFileSync('node_modules/asn1js/package.json', 'utf8'));
const value = (tag, content) =>
  Buffer.concat([Buffer.from([tag, 0x83, content.length >> 16, (content.length >> 8) & 255, content.length & 255]), content]);
const numbers = (count) => value(0x30, Buffer.concat(Array(count).fill(Buffer.from([2, 1, 5]))));
const opaque = (content) => value(0x04, content);
const read = (file) => {
  const { offset, result } = fromBER(file);
  return { bytes: file.length, offset, error: result.error };
};
const seen = {
  'a list of 6 000 numbers': read(numbers(6_000)),
  'the list, then an OCTET STRING around its copy': read(value(0x30, Buffer.concat([numbers(6_000), opaque(numbers(6_000))]))),
  'the OCTET STRING, then the list': read(value(0x30, Buffer.concat([opaque(numbers(6_000)), numbers(6_000)]))),
  'a list of 10 000 numbers': read(numbers(10_000)),
};
const [poor, rich] = [9_000, 20_000].map((count) => fromBER(opaque(numbers(count))).result);
console.log(`version: asn1js ${version}, node ${process.versions.node}`);
console.log('seen: ', JSON.stringify(seen, null, 2));
console.log('seen:  values found inside an OCTET STRING of 9 000 numbers', poor.valueBlock.value.length, 'and of 20 000', rich.valueBlock.value.length);
const [alone, after, before, many] = Object.values(seen);
assert.equal(alone.offset, alone.bytes);
assert.equal(after.offset, after.bytes);
for (const refused of [before, many]) {
  assert.equal(refused.offset, -1);
  assert.match(refused.error, /node count/);
}
assert.deepEqual([poor.valueBlock.value.length, rich.valueBlock.value.length, rich.error], [1, 0, '']);
JS
node seen.mjs
