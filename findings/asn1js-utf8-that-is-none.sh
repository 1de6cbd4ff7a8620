#!/usr/bin/env bash
# asn1js reads a UTF8String that is no UTF-8 as Latin-1, and says nothing.
# Found while comparing names in certificates with a second library: one hand had no name, the other a wrong one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts asn1js@4.0.0

cat <<'TEXT'
guess: bytes that are no UTF-8 end in an error, or in the replacement character U+FFFD.
true:  each byte becomes the letter of that number in Latin-1: a name that nobody wrote. `result.error` is empty and the offset
       is that of a value that was read. A name in Latin-1 under the tag of UTF-8, as some issuers write it, so looks right;
       any other text looks like text too.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromBER } from 'asn1js';

const { version } = JSON.parse(readFileSync('node_modules/asn1js/package.json', 'utf8'));
const read = (bytes) => {
  const { offset, result } = fromBER(Uint8Array.from([0x0c, bytes.length, ...bytes]));
  return { offset, error: result.error, value: result.valueBlock.value };
};
const seen = {
  'Åsa in UTF-8': read([0xc3, 0x85, 0x73, 0x61]),
  'Åsa in Latin-1': read([0xc5, 0x73, 0x61]),
  'Šárka in Latin-2': read([0xa9, 0xe1, 0x72, 0x6b, 0x61]),
};
console.log(`version: asn1js ${version}, node ${process.versions.node}`);
console.log('seen: ', JSON.stringify(seen, null, 2));
const [utf8, latin1, latin2] = Object.values(seen);
assert.deepEqual([utf8.value, latin1.value, latin2.value], ['Åsa', 'Åsa', '©árka']);
assert.deepEqual([latin1.error, latin2.error, latin1.offset, latin2.offset], ['', '', 5, 7]);
JS
node seen.mjs
