#!/usr/bin/env bash
# Layer rules by dependency-cruiser in a project whose `typescript` is the native 7: here the rule is that nothing is circular, and
# the two files of the folder import each other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts dependency-cruiser@18.7.2 typescript@7.0.2

cat <<'TEXT'
guess: the two circular files are found; or the tool says that it cannot read TypeScript, and fails.
true:  `typescript` 7 has no JavaScript API (its main module exports its version, and that is all), so the tool leaves .ts out of
       what it looks for in a folder: no file is read, no rule is broken, a green mark is printed, and the exit status is 0. Named
       one by one the same files are read, by its parser for JavaScript, and the circle is found.
TEXT
mkdir source
echo "import { b } from './b.ts'; export const a: string = b;" >source/a.ts
echo "import { a } from './a.ts'; export const b: string = a;" >source/b.ts
echo "module.exports = { forbidden: [{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true } }], options: {} };" >rules.cjs
cruise() { # FILE..: exit status, then the last line that says something
  status=0
  node node_modules/dependency-cruiser/bin/dependency-cruiser.mjs --config rules.cjs "$@" >said 2>&1 || status=$?
  echo "status $status: $(grep 'cruised' said)"
}
exports=$(node -p "Object.keys(require('typescript')).join(', ')")
whole=$(cruise source)
named=$(cruise source/a.ts source/b.ts)
echo "version: dependency-cruiser 18.7.2, typescript 7.0.2, node $(node --version)"
echo "seen:  typescript exports: $exports"
echo "seen:  the folder: $whole"
echo "seen:  its files by name: $named"
[ "$exports" = 'version, versionMajorMinor' ]
grep -q '^status 0: .*0 modules' <<<"$whole"
grep -q '^status [1-9].*1 dependency violation' <<<"$named"
