#!/usr/bin/env bash
# A GeneralizedTime with an offset from UTC, as BER allows (X.680 §46.2 c), read by asn1js.
# Certificates must write Z (RFC 5280 §4.1.2.5.2); signing times and other people's logs need not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts asn1js@4.0.0

cat <<'TEXT'
guess: the offset is applied, or the form is refused.
true:  the day of the month becomes the day of the week, in whatever month, and the offset is applied the wrong way round.
       No error is set. With Z the same class reads the time as it stands. A UTCTime with an offset gives the year 1899;
       that one does set `error`, but `toDate()` answers all the same.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromBER } from 'asn1js';

const { version } = JSON.parse(readFileSync('node_modules/asn1js/package.json', 'utf8'));
const read = (tag, text) => {
  const { result } = fromBER(Buffer.concat([Buffer.from([tag, text.length]), Buffer.from(text)]));
  return { read: result.toDate().toISOString(), error: result.error };
};
const seen = {
  '20300615100000Z': read(0x18, '20300615100000Z'),
  '20300615120000+0200': read(0x18, '20300615120000+0200'),
  '20300615050000-0500': read(0x18, '20300615050000-0500'),
  '300615120000+0200 (UTCTime)': read(0x17, '300615120000+0200'),
};
console.log(`version: asn1js ${version}, node ${process.versions.node}`);
console.log('seen: ', JSON.stringify(seen, null, 2));
const [plain, east, west, short] = Object.values(seen);
assert.equal(plain.read, '2030-06-15T10:00:00.000Z');
// The three of them are one instant. 15 July 2030, one month on, is a Monday: day 1.
assert.deepEqual(east, { read: '2030-06-01T14:00:00.000Z', error: '' });
assert.deepEqual(west, { read: '2030-06-01T00:00:00.000Z', error: '' });
assert.equal(short.read, '1899-11-30T00:00:00.000Z');
assert.notEqual(short.error, '');
JS
TZ=UTC node seen.mjs
