#!/usr/bin/env bash
# A face is looked for among people of whom a list holds one or several pictures: `FaceMatcher` of face-api.js, over descriptors of 128
# numbers. They are made here; no model and no picture is needed to ask which of them is nearest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts face-api.js@0.22.2

cat <<'TEXT'
guess: more pictures of somebody make them easier to find: the distance to a person is that to their nearest picture.
true:  it is the mean over all their pictures. A second one (with glasses, ten years older) that is farther away takes a match from
       somebody who had it: the very picture on the list is found as somebody else, who has one picture a quarter away; or, where the
       second picture is far enough, as nobody. So whoever has one picture is preferred to whoever has several. One label
       for each picture gives the nearest.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import faces from 'face-api.js';

const { version } = JSON.parse(readFileSync('node_modules/face-api.js/package.json', 'utf8'));
console.log(`version: face-api.js ${version}, node ${process.versions.node}`);
const { FaceMatcher, LabeledFaceDescriptors } = faces;
// A picture by its distance from the one that is asked about, each in a direction of its own.
let direction = 0;
const away = (distance) => {
  const descriptor = new Float32Array(128);
  direction += 1;
  descriptor[direction] = distance;
  return descriptor;
};
const asked = away(0);
const [same, later, far, otherPerson] = [away(0), away(0.58), away(1.5), away(0.25)];
const found = (people) =>
  new FaceMatcher(Object.entries(people).map(([name, pictures]) => new LabeledFaceDescriptors(name, pictures)), 0.6)
    .findBestMatch(asked)
    .toString();
const seen = {
  'A has the very picture, B one at 0.25': found({ A: [same], B: [otherPerson] }),
  'A has one at 0.58 as well': found({ A: [same, later], B: [otherPerson] }),
  'A alone, the second at 1.5': found({ A: [same, far] }),
  'a label for each picture': found({ 'A 1': [same], 'A 2': [later], B: [otherPerson] }),
};
for (const [kind, answer] of Object.entries(seen)) console.log(`seen:  ${kind}: ${answer}`);
assert.deepEqual(Object.values(seen), ['A (0)', 'B (0.25)', 'unknown (0.75)', 'A 1 (0)']);
JS
node seen.mjs
