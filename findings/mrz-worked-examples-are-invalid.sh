#!/usr/bin/env bash
# Doc 9303 works out an example of each size of machine readable zone (parts 4, 5 and 6), issued by UTO, the code of its specimens.
# `mrz` is npm's parser of machine readable zones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts mrz@5.0.2

cat <<'TEXT'
guess: the examples that a standard works out are the first thing that a parser of it calls valid, and `valid` says whether format
       and check digits are right.
true:  `valid` says as well whether the library has the code among the states that it knows. It has those of bodies (UNO, XOM, XXA),
       not UTO: each example of the standard, whose check digits are right, ends in `valid: false`, state and nationality are null.
       Who asks for `valid` alone turns away a bearer for a code that came after the library's release, as if the lines were wrong.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'mrz';

const { version } = JSON.parse(readFileSync('node_modules/mrz/package.json', 'utf8'));
const examples = {
  TD1: ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
  TD2: ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'],
  TD3: ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'],
};
const wrongIn = (lines) =>
  parse(lines)
    .details.filter(({ valid }) => !valid)
    .map(({ field }) => field);
console.log(`version: mrz ${version}, node ${process.versions.node}`);
for (const [size, lines] of Object.entries(examples)) {
  const { format, valid, fields } = parse(lines);
  // Another state, another country code at the same places: no check digit covers either of them.
  const elsewhere = lines.map((line) => line.replaceAll('UTO', 'UNO'));
  console.log(`seen:  ${size} valid ${valid}, wrong: ${wrongIn(lines).join(' and ')}; the same with UNO: valid ${parse(elsewhere).valid}`);
  assert.equal(format, size);
  assert.equal(valid, false);
  assert.deepEqual(wrongIn(lines), ['issuingState', 'nationality']);
  assert.deepEqual([fields.issuingState, fields.nationality], [null, null]);
  assert.equal(parse(elsewhere).valid, true);
}
JS
node seen.mjs
