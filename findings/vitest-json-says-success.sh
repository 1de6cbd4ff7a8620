#!/usr/bin/env bash
# vitest's JSON report, of a run that an error outside of its tests ended: a promise that was rejected and that nobody waited for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts vitest@5.1.1

cat <<'TEXT'
guess: a report has a field `success`, so it is what the run's exit status says; and what ended the run stands in the report.
true:  the run ends with status 1, and the report says `success: true` with every test passed and not one word of the error. Who counts
       by the report alone calls a failed run passed; who counts by the status has no cause to tell, unless a reporter of their own
       takes the errors that `onTestRunEnd` is given.
TEXT
cat >late.test.mjs <<'JS'
import { expect, test } from 'vitest';

test('holds', async () => {
  void Promise.reject(new Error('nobody waited for this'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(1 + 1).toBe(2);
});
JS
cat >own.mjs <<'JS'
import { writeFileSync } from 'node:fs';
export default class {
  onTestRunEnd(_modules, errors) {
    writeFileSync('errors.json', JSON.stringify(errors.map(({ message }) => message)));
  }
}
JS
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const read = (file) => readFileSync(file, 'utf8');
const report = JSON.parse(read('report.json'));
const status = Number(process.argv[2]);
const { version } = JSON.parse(read('node_modules/vitest/package.json'));
console.log(`version: vitest ${version}, node ${process.versions.node}`);
console.log(`seen:  exit status ${status}; success ${report.success}, passed ${report.numPassedTests}, failed ${report.numFailedTests}`);
const told = read('report.json').includes('nobody waited for this');
console.log(`seen:  the report tells of the error: ${told}; a reporter was given: ${read('errors.json')}`);
assert.equal(status, 1);
assert.equal(report.success, true);
assert.equal(report.numFailedTests, 0);
assert.equal(told, false);
assert.deepEqual(JSON.parse(read('errors.json')), ['nobody waited for this']);
JS
status=0
node node_modules/vitest/vitest.mjs run --reporter=json --outputFile.json=report.json --reporter="$PWD/own.mjs" >said 2>&1 || status=$?
node seen.mjs "$status"
