#!/usr/bin/env bash
# A distinguished name built with pkijs, as one builds it for a certificate's issuer and subject.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pkijs@4.0.0 asn1js@4.0.0

cat <<'TEXT'
guess: `RelativeDistinguishedNames`, given country and common name, writes two relative names: SEQUENCE { SET, SET }.
true:  everything goes into one SET: one multi-valued relative name. A name of the usual form that
       the class reads and writes again changes its form as well: no reader that compares names by bytes finds it again.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromBER, PrintableString, Utf8String } from 'asn1js';
import { AttributeTypeAndValue, RelativeDistinguishedNames } from 'pkijs';

const { version } = JSON.parse(readFileSync('node_modules/pkijs/package.json', 'utf8'));
const country = new AttributeTypeAndValue({ type: '2.5.4.6', value: new PrintableString({ value: 'UT' }) });
const common = new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: 'CSCA' }) });
const made = new RelativeDistinguishedNames({ typesAndValues: [country, common] });
const bytes = Buffer.from(made.toSchema().toBER());
const usual = Buffer.from('301c310b3009060355040613025554310d300b06035504030c0443534341', 'hex');
const read = new RelativeDistinguishedNames({ schema: fromBER(usual).result });
const again = Buffer.from(new RelativeDistinguishedNames({ typesAndValues: read.typesAndValues }).toSchema().toBER());
console.log(`version: pkijs ${version}, node ${process.versions.node}`);
console.log('seen:  built   ', bytes.toString('hex'));
console.log('seen:  usual   ', usual.toString('hex'));
console.log('seen:  usual, read and built anew', again.toString('hex'));
const sets = fromBER(bytes).result.valueBlock.value;
assert.deepEqual(sets.map((set) => [set.constructor.name, set.valueBlock.value.length]), [['Set', 2]]);
assert.equal(read.typesAndValues.length, 2);
assert.deepEqual(again, bytes);
JS
node seen.mjs
