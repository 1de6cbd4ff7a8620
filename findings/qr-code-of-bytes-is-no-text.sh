#!/usr/bin/env bash
# A visible digital seal (Doc 9303-13) is bytes in a barcode, beginning with DC. Here sixteen bytes of that kind in a QR code, read by two
# libraries of npm that hand out bytes as well as text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts lean-qr@2.7.4 jsqr@1.4.0 @zxing/library@0.23.0

cat <<'TEXT'
guess: `getRawBytes()` of @zxing/library are the bytes that were put in; its text holds them too, letter by letter; and a reader
       with nothing to say as text says so.
true:  the raw bytes are the codewords of the barcode: mode (4 bits) and length come first, so that every byte stands half a byte
       off, and padding follows. The content is in the result's metadata, as BYTE_SEGMENTS. The text has U+FFFD for what is no UTF-8
       and cannot be turned back. jsQR reads the code, has the right `binaryData`, and an empty text: who asks `if (code.data)` sees no code.
TEXT
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { generate, mode } = require('lean-qr');
const jsqr = require('jsqr');
const zxing = require('@zxing/library');

const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version}`;
console.log(`version: ${['lean-qr', 'jsqr', '@zxing/library'].map(version).join(', ')}, node ${process.versions.node}`);
const content = Buffer.from('dc03c1c2c3c4e0e1e2e3f0f1808182ff', 'hex');
const code = generate(mode.bytes(content));
// Four pixels a module, four modules of white around.
const width = (code.size + 8) * 4;
const grey = Uint8ClampedArray.from({ length: width * width }, (_, at) => (code.get(Math.floor((at % width) / 4) - 4, Math.floor(at / width / 4) - 4) ? 0 : 255));
const colour = Uint8ClampedArray.from({ length: width * width * 4 }, (_, at) => (at % 4 === 3 ? 255 : grey[Math.floor(at / 4)]));

const read = new zxing.QRCodeReader().decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(new zxing.RGBLuminanceSource(grey, width, width))));
const raw = Buffer.from(read.getRawBytes()).toString('hex');
const segments = read.getResultMetadata().get(zxing.ResultMetadataType.BYTE_SEGMENTS).map((bytes) => Buffer.from(bytes));
const text = read.getText();
const other = (jsqr.default ?? jsqr)(colour, width, width);
console.log('seen:  content      ', content.toString('hex'));
console.log('seen:  getRawBytes  ', raw);
console.log('seen:  BYTE_SEGMENTS', segments.map((bytes) => bytes.toString('hex')).join(' '));
console.log('seen:  text of @zxing/library:', JSON.stringify(text), '; of jsqr:', JSON.stringify(other.data), 'beside', Buffer.from(other.binaryData).toString('hex'));
assert.notDeepEqual(Buffer.from(read.getRawBytes()).subarray(0, content.length), content);
assert.ok(raw.startsWith(`410${content.toString('hex')}`));
assert.deepEqual(segments, [content]);
assert.ok(text.includes('\uFFFD'));
assert.equal(other.data, '');
assert.deepEqual(Buffer.from(other.binaryData), content);
JS
node seen.cjs
