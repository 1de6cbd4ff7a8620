#!/usr/bin/env bash
# A list of people kept partly by hand: exported with CRLF, then a row was added by an editor that writes LF. And the number
# that csv-parse gives to a row, which one would like to show to whoever has to mend the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts csv-parse@7.0.3

cat <<'TEXT'
guess: with `record_delimiter` left alone, LF and CRLF both end a row, wherever they stand; `info.lines` is the line of the row.
true:  the end of the first row decides for the whole file. After LF, a CRLF leaves its CR in the last value; after CRLF, an LF ends
       nothing. And a CRLF counts as two lines wherever it is not the chosen end, within quotes too, where it belongs to the
       value: every row after an address of two lines is called by a number that no editor shows.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const { version } = JSON.parse(readFileSync('node_modules/csv-parse/package.json', 'utf8'));
const read = (text) => {
  try {
    return parse(text, { columns: true, info: true }).map(({ record, info }) => [record.b, info.lines]);
  } catch (error) {
    return `${error.code} at line ${error.lines}`;
  }
};
const files = {
  'LF first': 'a,b\n1,2\r\n3,4\n',
  'CRLF first': 'a,b\r\n1,2\n3,4\r\n',
  'CRLF throughout, one within quotes': 'a,b\r\n1,"x\r\ny"\r\n3,4\r\n5,6\r\n',
  'LF throughout, one within quotes': 'a,b\n1,"x\ny"\n3,4\n5,6\n',
};
console.log(`version: csv-parse ${version}, node ${process.versions.node}`);
const seen = Object.entries(files).map(([name, text]) => [name, read(text)]);
for (const [name, rows] of seen) console.log('seen: ', name, JSON.stringify(files[name]), '=> [b, lines]', JSON.stringify(rows));
assert.deepEqual(Object.fromEntries(seen), {
  'LF first': [['2\r', 3], ['4', 4]],
  'CRLF first': 'CSV_RECORD_INCONSISTENT_COLUMNS at line 3',
  // In an editor these rows end in lines 3, 4 and 5.
  'CRLF throughout, one within quotes': [['x\r\ny', 4], ['4', 5], ['6', 6]],
  'LF throughout, one within quotes': [['x\ny', 3], ['4', 4], ['6', 5]],
});
JS
node seen.mjs
