#!/usr/bin/env bash
# Identity cards whose number is longer than nine characters (Belgium, for one) carry its rest in the field of optional data
# (Doc 9303-5 §4.2.2 note j). `mrz` is npm's parser of machine readable zones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts mrz@5.0.2

cat <<'TEXT'
guess: once the number is put together, optional data holds what is left after it: here nothing, or AB1.
true:  the number comes whole, and its rest with the check digit stands in `optional1` as well. Who keeps optional data as a
       personal number (many states put one there) keeps the end of the document's number instead. `valid` is true.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'mrz';

const { version } = JSON.parse(readFileSync('node_modules/mrz/package.json', 'utf8'));
const value = (letter) => (letter === '<' ? 0 : /\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55);
const digit = (text) => String([...text].reduce((sum, letter, at) => sum + value(letter) * [7, 3, 1][at % 3], 0) % 10);
const card = (number, optional) => {
  const first = `IDBEL${number.slice(0, 9)}<${number.slice(9)}${digit(number)}<${optional}`.padEnd(30, '<');
  const [birth, expiry, second] = ['900101', '340415', ''.padEnd(11, '<')];
  const dates = [birth + digit(birth), expiry + digit(expiry)];
  const whole = digit(first.slice(5) + dates.join('') + second);
  return [first, `${dates[0]}F${dates[1]}BEL${second}${whole}`, 'SPECIMEN<<ANNA'.padEnd(30, '<')];
};
const number = '123456789012';
const rest = number.slice(9) + digit(number);
const seen = ['', 'AB1'].map((optional) => {
  const { format, valid, fields } = parse(card(number, optional));
  return { format, valid, documentNumber: fields.documentNumber, optional1: fields.optional1 };
});
console.log(`version: mrz ${version}, node ${process.versions.node}`);
console.log('seen: ', JSON.stringify(seen));
const as = (optional1) => ({ format: 'TD1', valid: true, documentNumber: number, optional1 });
assert.deepEqual(seen, [as(rest), as(`${rest} AB1`)]);
JS
node seen.mjs
