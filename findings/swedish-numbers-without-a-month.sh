#!/usr/bin/env bash
# A coordination number (samordningsnummer) of somebody whose day or month of birth nobody knows holds zeros in their place:
# month 00, or day 00 and so 60. The tax agency has such a one in the series that it publishes for tests: 191500722390.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts personnummer@3.2.1 personnummer.js@3.0.0 swedish-personal-identity-number-validator@2.1.2

cat <<'TEXT'
guess: packages that know coordination numbers take all of them: the day is 60 more, and the rest is as ever.
true:  each of the three takes the ones with a day in the calendar, and refuses this one, though its check digit is right: whoever
       has such a number is told that it is wrong. And of a number that is right no birth date follows.
TEXT
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const personnummer = require('personnummer');
const personnummerJs = require('personnummer.js');
const validator = require('swedish-personal-identity-number-validator');

const checks = {
  personnummer: (number) => (personnummer.default ?? personnummer).valid(number),
  'personnummer.js': (number) => personnummerJs.validate(number),
  'swedish-personal-identity-number-validator': (number) => validator.isValid(number),
};
const version = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version}`;
console.log(`version: ${Object.keys(checks).map(version).join(', ')}, node ${process.versions.node}`);
// All four are of the tax agency's test series.
const numbers = ['199006022397', '197010632391', '192301612392', '191500722390'];
const crossSum = (digits) => [...digits].reduce((sum, digit) => sum + Number(digit), 0);
const doubled = (digits) => crossSum([...digits].map((digit, at) => String(Number(digit) * (at % 2 === 0 ? 2 : 1))).join(''));
assert.deepEqual(numbers.map((number) => doubled(number.slice(2)) % 10), [0, 0, 0, 0]);
const seen = Object.entries(checks).map(([name, check]) => [name, numbers.map(check)]);
console.log('seen:  a person, two coordination numbers with a day, one without a month:', numbers.join(' '));
for (const [name, answers] of seen) console.log('seen: ', name, answers.join(' '));
for (const [name, answers] of seen) assert.deepEqual(answers, [true, true, true, false], name);
JS
node seen.cjs
