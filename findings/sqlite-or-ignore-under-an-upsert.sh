#!/usr/bin/env bash
# A trigger's INSERT OR IGNORE does not ignore when an upsert has set the trigger off.
# Found where a register notes whose rows have changed: it worked for years of updates and failed at the first upsert.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts sql.js@1.14.1

cat <<'TEXT'
guess: INSERT OR IGNORE within a trigger passes over a row that is there, whatever statement has set the trigger off; an upsert
       whose DO UPDATE runs counts as an update.
true:  after UPDATE and after INSERT OR REPLACE it passes over it; after INSERT .. ON CONFLICT DO UPDATE the whole statement
       fails on the trigger's own table. An upsert brings the conflict policy ABORT, and the outer statement's policy rules
       over the one that the trigger writes. INSERT .. SELECT .. WHERE NOT EXISTS says the same and holds everywhere.
TEXT
cat >seen.cjs <<'JS'
const assert = require('node:assert/strict');
const { version } = require('./node_modules/sql.js/package.json');

require('sql.js')().then(({ Database }) => {
  const ways = {
    update: "UPDATE person SET name = 'b' WHERE id = 1",
    'insert or replace': "INSERT OR REPLACE INTO person VALUES (1, 'b')",
    upsert: "INSERT INTO person VALUES (1, 'b') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
  };
  const trial = (note, statement) => {
    const database = new Database();
    database.run('PRAGMA recursive_triggers = ON');
    database.run('CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)');
    database.run('CREATE TABLE changed (id INTEGER PRIMARY KEY)');
    database.run("INSERT INTO person VALUES (1, 'a')");
    database.run('INSERT INTO changed VALUES (1)');
    for (const event of ['UPDATE', 'DELETE']) database.run(`CREATE TRIGGER on_${event} AFTER ${event} ON person BEGIN ${note}; END`);
    try {
      database.run(statement);
      return 'passed over';
    } catch (failure) {
      return failure.message;
    }
  };
  const notes = {
    'OR IGNORE': 'INSERT OR IGNORE INTO changed VALUES (old.id)',
    'NOT EXISTS': 'INSERT INTO changed SELECT old.id WHERE NOT EXISTS (SELECT 1 FROM changed WHERE id = old.id)',
  };
  const seen = {};
  for (const [name, note] of Object.entries(notes))
    for (const [way, statement] of Object.entries(ways)) seen[`${name}, after ${way}`] = trial(note, statement);
  const sqlite = new Database().exec('SELECT sqlite_version()')[0].values[0][0];
  console.log(`version: sql.js ${version}, SQLite ${sqlite}, node ${process.versions.node}`);
  console.log('seen: ', JSON.stringify(seen, null, 2));
  const failed = Object.entries(seen).filter(([, end]) => end !== 'passed over');
  assert.deepEqual(failed, [['OR IGNORE, after upsert', 'UNIQUE constraint failed: changed.id']]);
});
JS
node seen.cjs
