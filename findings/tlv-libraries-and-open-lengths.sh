#!/usr/bin/env bash
# Two elements one after the other. The first is a sequence of open length (80, ended by 00 00: X.690 §8.1.3.6), as some security objects
# of passports are written; the second is a plain integer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: a library that calls itself BER reads an open length, or refuses it; a sequence and the integer behind it are two elements.
true:  neither. ber-tlv takes 80 for a length of nothing: the sequence is empty, its contents stand beside it, and the end marks are
       skipped as filling, so that nothing looks amiss. node-tlv takes all the rest for the contents, end marks and the next element
       with them. Neither throws. asn1js reads what is there.
TEXT
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ber-tlv@0.9.2 node-tlv@1.5.14 asn1js@3.0.6
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { fromBER } from 'asn1js';
import berTlv from 'ber-tlv';
import NodeTlv from 'node-tlv';

const open = '3080' + '020101' + '040207AA' + '0000';
const closed = '3007' + '020101' + '040207AA';
const next = '02010F';

const byBer = (hex) => berTlv.TlvFactory.parse(Buffer.from(hex, 'hex')).map(told);
const told = ({ tag, items, value }) => (items === null ? `${tag}:${value.toString('hex')}` : `${tag}[${items.map(told)}]`);
const byNode = (hex) => NodeTlv.parseList(Buffer.from(hex, 'hex')).map(({ tag, value }) => `${tag}:${value}`);
const byAsn1 = (hex) => {
  const { offset, result } = fromBER(new Uint8Array(Buffer.from(hex, 'hex')));
  return `${offset} bytes, ${result.valueBlock.value.length} within`;
};

const seen = {
  'ber-tlv, length told': byBer(closed + next).join(' '),
  'ber-tlv, length open': byBer(open + next).join(' '),
  'node-tlv, length told': byNode(closed + next).join(' '),
  'node-tlv, length open': byNode(open + next).join(' '),
  'asn1js, length told': byAsn1(closed + next),
  'asn1js, length open': byAsn1(open + next),
};
console.log(`version: ber-tlv 0.9.2, node-tlv 1.5.14, asn1js 3.0.6, Node ${process.versions.node}`);
for (const [what, is] of Object.entries(seen)) console.log(`seen: ${what}: ${is}`);
assert.deepEqual(Object.values(seen), [
  '30[02:01,04:07aa] 02:0f',
  '30[] 02:01 04:07aa 02:0f',
  '30:020101040207AA 02:0F',
  '30:020101040207AA000002010F',
  '9 bytes, 2 within',
  '11 bytes, 2 within',
]);
JS
node seen.mjs
