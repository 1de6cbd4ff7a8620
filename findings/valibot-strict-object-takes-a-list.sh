#!/usr/bin/env bash
# A page's call, a policy's term or a setting whose members may all be left out is judged by a schema of an object.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts valibot@1.5.0

cat <<'TEXT'
guess: `strictObject` takes an object with these members and nothing else: a list, a date or a map is refused, or else comes out as
       the empty object that it was taken for.
true:  where every member may be absent, an empty list, a date and a map pass as that object, and `{}` comes out, whatever a map
       held; a list with one entry is refused, for its entry. JSON Schema's `type: object` takes none of them.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
const { version } = JSON.parse(readFileSync('node_modules/valibot/package.json', 'utf8'));
console.log(`version: valibot ${version}`);
const options = v.strictObject({ from: v.optional(v.string()), count: v.optional(v.number()) });
const given = { 'an empty list': [], 'a date': new Date(0), 'a map': new Map([['from', 'x']]), 'a list of one': ['x'], text: 'x' };
const taken = {};
for (const [what, value] of Object.entries(given)) {
  const { success, output } = v.safeParse(options, value);
  taken[what] = success;
  console.log(`seen: ${what}: ${success ? `taken, becomes ${JSON.stringify(output)}` : 'refused'}`);
}
assert.deepEqual(taken, { 'an empty list': true, 'a date': true, 'a map': true, 'a list of one': false, text: false });
assert.deepEqual(v.parse(options, []), {});
JS
node seen.mjs
