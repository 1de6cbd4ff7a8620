#!/usr/bin/env bash
# An object that is encoded already, put into one that asn1js builds: a key's parameters, an extension's value.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts asn1js@4.0.0

cat <<'TEXT'
guess: `RawData` holds encoded bytes for just this: inside a Sequence they stand where it stands.
true:  by itself it gives its bytes; inside another object it gives nothing, and the length in front does not count it. What
       comes out is valid DER of something else, and nothing is thrown.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Integer, Null, RawData, Sequence } from 'asn1js';

const { version } = JSON.parse(readFileSync('node_modules/asn1js/package.json', 'utf8'));
const hex = (object) => Buffer.from(object.toBER()).toString('hex');
const encoded = Uint8Array.of(0x05, 0x00).buffer;
const raw = new RawData({ data: encoded });
const alone = hex(raw);
const inside = hex(new Sequence({ value: [new Integer({ value: 1 }), raw] }));
const built = hex(new Sequence({ value: [new Integer({ value: 1 }), new Null()] }));
console.log(`version: asn1js ${version}, node ${process.versions.node}`);
console.log('seen:  RawData alone            ', alone);
console.log('seen:  1 and RawData in SEQUENCE', inside);
console.log('seen:  1 and NULL in SEQUENCE   ', built);
assert.equal(alone, '0500');
assert.equal(built, '30050201010500');
assert.equal(inside, '3003020101');
JS
node seen.mjs
