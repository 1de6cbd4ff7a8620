#!/usr/bin/env bash
# Norwegian identity numbers come in kinds: fødselsnummer, D-number, help number, and those of the tax agency's invented people (Tenor,
# Test-Norge), with 80 added to the month. `@navikt/fnrvalidator` has a function for each: `fnr`, `dnr`, `hnr`, `tnr`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @navikt/fnrvalidator@2.2.1 norwegian-national-id-validator@3.1.3

cat <<'TEXT'
guess: `fnr(number)` is valid for a fødselsnummer, `dnr(number)` for a D-number; a number that names nobody passes `tnr` alone; and the
       control digits that the rule of 2032 allows count from 2032 on.
true:  the functions are all the same one: `fnr` says `valid` of a test number as of any other kind, and only `type` beside it says
       which it was. Both rules for the first control digit hold today. The other package of npm for these numbers has no test
       numbers at all: what one calls valid in production the other refuses in the test.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as nav from '@navikt/fnrvalidator';
import { validateNorwegianIdNumber } from 'norwegian-national-id-validator';

const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version}`;
console.log(`version: ${['@navikt/fnrvalidator', 'norwegian-national-id-validator'].map(version).join(', ')}, node ${process.versions.node}`);
const sum = (digits, weights) => weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
const digit = (digits, weights, rest = 0) => (11 + rest - (sum(digits, weights) % 11)) % 11;
// Numbers of nobody: the month is raised by 80. Of the individual numbers the first that has both control digits.
function invented(day, rest) {
  for (let individual = 100; ; individual++) {
    const nine = `${day}${individual}`;
    const ten = `${nine}${digit(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2], rest)}`;
    const number = `${ten}${digit(ten, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])}`;
    if (number.length === 11) return number;
  }
}
const numbers = { test: invented('018190', 0), 'test, D': invented('418190', 0), 'test, rule of 2032': invented('018190', 1) };
for (const [name, number] of Object.entries(numbers)) {
  const said = ['fnr', 'dnr', 'hnr', 'tnr'].map((kind) => nav[kind](number));
  const other = validateNorwegianIdNumber(number);
  console.log('seen: ', name, number, 'fnr, dnr, hnr, tnr:', said.map(({ status, type }) => `${status} (${type})`).join(', '), '; the other package:', other);
  assert.deepEqual(new Set(said.map(({ status, type }) => `${status} ${type}`)), new Set([`valid ${name === 'test, D' ? 'dnr-and-tnr' : 'tnr'}`]));
  assert.equal(other, false);
}
const wrong = nav.fnr(numbers.test.slice(0, 10) + ((Number(numbers.test[10]) + 1) % 10));
console.log('seen:  the first with another last digit:', JSON.stringify(wrong));
assert.equal(wrong.status, 'invalid');
JS
node seen.mjs
