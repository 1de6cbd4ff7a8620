#!/usr/bin/env bash
# Layer rules by Biome's noRestrictedImports: values must not come from a room, types may.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @biomejs/biome@2.6.8

cat <<'TEXT'
guess: as in typescript-eslint's rule of that name there is `allowTypeImports`; an `import type`, which is gone when the code
       runs, can be let through.
true:  there is no such setting, and naming it makes the whole configuration invalid; `import type` is refused like any other.
TEXT
mkdir low
echo 'export interface Shape { readonly sides: number }' >low/shape.ts
printf '%s\n' "import type { Shape } from './low/shape.ts';" 'export const sides = (shape: Shape): number => shape.sides;' >high.ts
configured() {
  cat >biome.json <<JSON
{ "root": true, "linter": { "rules": { "preset": "none", "style": { "noRestrictedImports": { "level": "error", "options": {
  "patterns": [ { "group": ["**/low/**"]$1 } ] } } } } } }
JSON
}
echo "version: @biomejs/biome $(node -p 'require("./node_modules/@biomejs/biome/package.json").version')"
configured ''
if node_modules/.bin/biome lint high.ts >plain.txt 2>&1; then echo 'the type import was let through' >&2; exit 1; fi
grep -q 'high.ts:1:.*lint/style/noRestrictedImports' plain.txt
echo "seen:  $(grep -o 'high.ts:1:.*noRestrictedImports' plain.txt)"
configured ', "allowTypeImports": true'
if node_modules/.bin/biome lint high.ts >allowed.txt 2>&1; then echo 'allowTypeImports is known' >&2; exit 1; fi
grep -q 'allowTypeImports' allowed.txt
echo "seen:  $(grep -m1 'allowTypeImports' allowed.txt)"
