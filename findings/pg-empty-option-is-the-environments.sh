#!/usr/bin/env bash
# PostgreSQL's own client library fills from the environment (PGHOST, PGPASSWORD, ...) what a connection was not told. The client for Node
# does so too: of a station that is set up with a certificate and no password, the machine's environment may say otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1

cat <<'TEXT'
guess: an option that is given is given: an empty password is none, and `null` says so, as an empty value does for psql.
true:  in pg an empty text, 0 and `null` are as not given, and the environment's value goes to the server: password, user, host, port,
       database; in a connection string `me:@host` as well. psql takes an empty host as its own standard, and PGHOST only where no
       host stands there.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import pg from 'pg';

console.log(`version: pg ${JSON.parse(readFileSync('node_modules/pg/package.json', 'utf8')).version}, node ${process.versions.node}, ${process.argv[2]}`);
const given = { PGHOST: 'elsewhere.example', PGPORT: '6000', PGUSER: 'other', PGDATABASE: 'other', PGPASSWORD: 'other' };
Object.assign(process.env, given);
const used = (config) => {
  const { host, port, user, database, password } = new pg.Client(config).connectionParameters;
  return { host, port, user, database, password };
};
const environment = { host: given.PGHOST, port: 6000, user: 'other', database: 'other', password: 'other' };
const cases = [
  [{ host: '', port: 0, user: '', database: '', password: '' }, environment],
  [{ host: null, user: null, database: null, password: null }, environment],
  [{ ...environment, password: '' }, environment],
  [{ connectionString: 'postgresql://me:@hq.example/db' }, { ...environment, host: 'hq.example', user: 'me', database: 'db' }],
];
for (const [config, expected] of cases) {
  const seen = used(config);
  console.log(`seen:  ${JSON.stringify(config)} -> ${JSON.stringify(seen)}`);
  assert.deepEqual(seen, expected);
}
JS
node seen.mjs "$(psql --version)"
# Nobody listens in either folder: the refusal names the one that was asked.
asked() { PGHOST="$folder" psql "$1user=me dbname=db" 2>&1 | grep -o 'socket "[^"]*/' | cut -d'"' -f2 || true; }
empty=$(asked "host='' ")
none=$(asked '')
echo "seen:  psql with PGHOST: where host='' stands there ${empty/#$folder/PGHOST}, without a host ${none/#$folder/PGHOST}"
[ "$none" = "$folder/" ] && [ -n "$empty" ] && [ "$empty" != "$folder/" ]
