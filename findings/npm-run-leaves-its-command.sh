#!/usr/bin/env bash
# A service manager, or a script, that ends `npm run NAME` by SIGTERM.
set -euo pipefail
folder=$(mktemp -d)
command=
ended() { [ -z "$command" ] || kill -KILL "$command" 2>/dev/null || true; rm -rf "$folder"; }
trap ended EXIT
cd "$folder"
shell=$(basename "$(readlink -f /bin/sh)")
[ "$shell" = dash ] || { echo "needs dash as /bin/sh (Debian, Ubuntu); here it is $shell" >&2; exit 1; }

cat <<'TEXT'
guess: npm hands SIGTERM on, and the command ends with it: npm does so for its children.
true:  its child is the shell. dash waits beside the command instead of becoming it, ends of the signal, and tells nobody: npm is
       gone, the command runs on. A script that begins with `exec` is the shell's process itself, and hears the signal.
TEXT
cat >package.json <<'JSON'
{ "name": "seen", "version": "1.0.0", "scripts": { "plain": "node wait.mjs", "replaced": "exec node wait.mjs" } }
JSON
cat >wait.mjs <<'JS'
import { renameSync, writeFileSync } from 'node:fs';

writeFileSync('half', String(process.pid));
renameSync('half', 'there');
setTimeout(() => undefined, 50_000);
JS
echo "version: npm $(npm --version), dash $(dpkg-query --show --showformat '${Version}' dash), node $(node --version)"

# Answers whether the command outlives npm, which is ended once the command is there.
outlives() {
  rm -f there
  npm run --silent "$1" &
  local npm=$! tries=0
  until [ -e there ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 150 ] || { echo "the command did not start" >&2; exit 1; }
    sleep 0.1
  done
  command=$(cat there)
  kill -TERM "$npm"
  wait "$npm" || true
  # Long enough for a process that heard the signal.
  sleep 1
  if kill -0 "$command" 2>/dev/null; then answer=runs; kill -KILL "$command"; else answer=ended; fi
  command=
}
outlives plain; plain=$answer
outlives replaced; replaced=$answer
echo "seen:  \"node wait.mjs\": npm has ended, the command $plain"
echo "seen:  \"exec node wait.mjs\": npm has ended, the command $replaced"
[ "$plain" = runs ] && [ "$replaced" = ended ]
