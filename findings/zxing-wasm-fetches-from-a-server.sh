#!/usr/bin/env bash
# Reading a barcode on a machine without network, with a package that holds the reader as WebAssembly.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts zxing-wasm@3.1.6

cat <<'TEXT'
guess: the .wasm file that lies in the package is what is used.
true:  it is fetched from a public content network at the first barcode, in Node too, and nothing holds its digest against what
       comes unless one asks. On a machine without network (or under a content security policy) it ends with "Aborted".
       `prepareZXingModule` takes the file of the package instead.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const asked = [];
globalThis.fetch = async (address) => {
  asked.push(String(address));
  throw new TypeError('no network');
};
const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
const picture = { data: new Uint8ClampedArray(64).fill(255), width: 4, height: 4 };
const ended = await readBarcodes(picture).then(() => 'read', (error) => error.message);
const file = 'node_modules/zxing-wasm/dist/reader/zxing_reader.wasm';
const there = existsSync(file);
prepareZXingModule({ overrides: { wasmBinary: readFileSync(file).buffer } });
const asks = asked.length;
const mended = await readBarcodes(picture);
const { version } = JSON.parse(readFileSync('node_modules/zxing-wasm/package.json', 'utf8'));
console.log(`version: zxing-wasm ${version}, node ${process.versions.node}`);
console.log('seen:  the file is in the package:', there, '; asked for', [...new Set(asked)].join(', '), '; ended:', ended.slice(0, 60));
console.log('seen:  given the file:', JSON.stringify(mended), '; asked again:', asked.length - asks);
assert.ok(there && asks > 0 && asked.every((address) => /^https:\/\/.*zxing_reader\.wasm$/.test(address)));
assert.match(ended, /Aborted/);
assert.deepEqual([mended, asked.length], [[], asks]);
JS
node seen.mjs 2>/dev/null
