#!/usr/bin/env bash
# The files of a passport (Doc 9303-10 §4.7) are BER with tags of two bytes: 5F1F holds the machine readable zone in DG1, 7F61 the faces in
# DG2. Readers of ASN.1 on npm are made for certificates, where every tag takes one byte.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts asn1@0.2.6 jsrsasign@11.1.5 node-forge@1.4.3 @fidm/asn1@1.0.4 asn1js@4.0.0

cat <<'TEXT'
guess: what reads ASN.1 reads its tags; or says that it does not know tags as long as that.
true:  of five libraries one (asn1js) reads DG1. node-forge and @fidm/asn1 say that bytes are missing, of a file that is whole. asn1 and
       jsrsasign say nothing: the tag's second byte, 1F, is taken for the length, and a value of 31 bytes comes back that begins with
       the real length, 58, which is the letter X.
TEXT
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { BerReader } = require('asn1');
const { ASN1HEX } = require('jsrsasign');
const forge = require('node-forge');
const fidm = require('@fidm/asn1');
const asn1js = require('asn1js');

const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version}`;
console.log(`version: ${['asn1', 'jsrsasign', 'node-forge', '@fidm/asn1', 'asn1js'].map(version).join(', ')}, node ${process.versions.node}`);
const value = (letter) => (letter === '<' ? 0 : /\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55);
const checked = (text) => text + ([...text].reduce((sum, letter, at) => sum + value(letter) * [7, 3, 1][at % 3], 0) % 10);
const [number, birth, expiry] = ['X12345678', '900101', '340415'].map(checked);
const last = `${''.padEnd(14, '<')}0`;
const zone = `${'P<UTOSPECIMEN<<ANNA'.padEnd(44, '<')}${number}UTO${birth}F${expiry}${last}${checked(number + birth + expiry + last).slice(-1)}`;
assert.equal(zone.length, 88);
const file = Buffer.concat([Buffer.from('615b5f1f58', 'hex'), Buffer.from(zone)]);
const readers = {
  asn1() {
    const reader = new BerReader(file);
    reader.readSequence(0x61);
    return reader.readString(0x5f);
  },
  jsrsasign() {
    const hex = file.toString('hex');
    return Buffer.from(ASN1HEX.getV(hex, ASN1HEX.getChildIdx(hex, 0)[0]), 'hex').toString('latin1');
  },
  'node-forge': () => forge.asn1.fromDer(file.toString('latin1')).value[0].value,
  '@fidm/asn1': () => fidm.ASN1.fromDER(file, true).value[0].value,
  asn1js: () => Buffer.from(asn1js.fromBER(file).result.valueBlock.value[0].valueBlock.valueHexView).toString('latin1'),
};
const seen = Object.fromEntries(
  Object.entries(readers).map(([name, read]) => {
    try {
      return [name, read()];
    } catch (error) {
      return [name, `Error: ${error.message}`];
    }
  }),
);
for (const [name, what] of Object.entries(seen)) console.log('seen: ', name.padEnd(10), what);
assert.equal(seen.asn1js, zone);
assert.equal(seen.asn1, `X${zone.slice(0, 30)}`);
assert.equal(seen.jsrsasign, `X${zone.slice(0, 30)}`);
assert.match(seen['node-forge'], /^Error: Too few bytes/);
assert.match(seen['@fidm/asn1'], /^Error: Too few bytes/);
JS
node seen.cjs
