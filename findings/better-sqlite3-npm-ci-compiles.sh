#!/usr/bin/env bash
# better-sqlite3 13 brings its binaries inside the package and has no script; `"gypfile": false` in its package.json asks npm
# not to run node-gyp for the binding.gyp that lies beside them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: `npm install` and `npm ci` of the same lock file leave the same packages and run the same scripts.
true:  `npm install` without a lock file keeps to the package's word. The lock file does not hold that word, so that `npm ci` runs
       `node-gyp rebuild`: it asks for Python, make and a compiler on a machine that needs none of them, and fails without
       (npm/cli#3341). `--ignore-scripts` is the way round.
TEXT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix tool npm@11.19.1
npm=$folder/tool/node_modules/npm/bin/npm-cli.js
mkdir app
cd app
echo '{ "name": "app", "version": "1.0.0", "dependencies": { "better-sqlite3": "13.2.0" } }' >package.json
# A machine with Node, npm and a shell, and no Python.
mkdir "$folder/bin"
ln -s "$(command -v node)" "$(command -v sh)" "$folder/bin"
run() { # npm COMMAND: its exit status, and what it says of node-gyp
  local status=0
  PATH=$folder/bin node "$npm" "$@" --foreground-scripts --loglevel=error --no-audit --no-fund >said 2>&1 || status=$?
  echo "status $status, $(grep -c '^npm error gyp\|^gyp' said) lines of node-gyp, $(grep -o "find Python.*" said | head -n 1)"
}
installed=$(run install)
gypfile=$(node -p "require('./node_modules/better-sqlite3/package.json').gypfile")
kept=$(node -p "JSON.stringify(Object.keys(require('./package-lock.json').packages['node_modules/better-sqlite3']))")
rm -rf node_modules
again=$(run ci)
echo "version: better-sqlite3 13.2.0, npm $(node "$npm" --version), node $(node --version)"
echo "seen:  gypfile in package.json: $gypfile; what the lock file keeps: $kept"
echo "seen:  npm install: $installed"
echo "seen:  npm ci: $again"
[ "$gypfile" = false ]
grep -q '^status 0, 0 lines' <<<"$installed"
grep -q '^status [1-9].*find Python' <<<"$again"
