#!/usr/bin/env bash
# The content of a signed message (a master list, the hashes of a passport) put in the place that pkijs has for it. Doc 9303
# wants DER.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pkijs@4.0.0 asn1js@4.0.0

cat <<'TEXT'
guess: the OCTET STRING that one hands over is the OCTET STRING that is written.
true:  `EncapsulatedContentInfo`, given ten bytes by its constructor, writes a constructed OCTET STRING around the primitive one, and
       more than 64 KiB in several pieces: BER, and no DER any more. It takes the bytes out again by `getValue()`; who reads
       `valueBlock.valueHexView`, where the bytes of a primitive one are, gets none, without an error. The same object set after the
       constructor is written as it is.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromBER, OctetString } from 'asn1js';
import { EncapsulatedContentInfo } from 'pkijs';

const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version}`;
console.log(`version: ${['pkijs', 'asn1js'].map(version).join(', ')}, node ${process.versions.node}`);
const eContentType = '2.23.136.1.1.2';
const written = (info) => Buffer.from(info.toSchema().toBER());
function seen(length) {
  const eContent = new OctetString({ valueHex: new Uint8Array(length).fill(7) });
  const given = written(new EncapsulatedContentInfo({ eContentType, eContent }));
  const later = new EncapsulatedContentInfo({ eContentType });
  later.eContent = eContent;
  const read = new EncapsulatedContentInfo({ schema: fromBER(given).result }).eContent;
  return {
    length,
    constructed: read.idBlock.isConstructed,
    pieces: read.valueBlock.value.length,
    valueHexView: read.valueBlock.valueHexView.length,
    getValue: read.getValue().byteLength,
    constructedWhenSetLater: new EncapsulatedContentInfo({ schema: fromBER(written(later)).result }).eContent.idBlock.isConstructed,
  };
}
const short = new EncapsulatedContentInfo({ eContentType, eContent: new OctetString({ valueHex: new Uint8Array(10).fill(7) }) });
console.log('seen:  ten bytes are written as', written(short).subarray(12).toString('hex'));
const all = [10, 65_536, 65_537, 200_000].map(seen);
for (const one of all) console.log('seen: ', JSON.stringify(one));
assert.equal(written(short).subarray(12).toString('hex'), '240c040a07070707070707070707');
const as = (length, pieces) => ({ length, constructed: true, pieces, valueHexView: 0, getValue: length, constructedWhenSetLater: false });
assert.deepEqual(all, [as(10, 1), as(65_536, 1), as(65_537, 2), as(200_000, 4)]);
JS
node seen.mjs
