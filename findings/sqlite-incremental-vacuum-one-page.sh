#!/usr/bin/env bash
# A file that gives its free pages back a little at a time, so that nobody waits: auto_vacuum INCREMENTAL and, when there is time,
# `PRAGMA incremental_vacuum(100)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts better-sqlite3@13.2.0

cat <<'TEXT'
guess: the pragma has done its work when the call returns, as every other statement has; 100 pages are gone however it is called.
true:  each step of the statement frees one page, and whoever steps once frees one: `execute` of Python, `run` and `get` of Node's own
       module, `run` of better-sqlite3 and its `pragma(.., { simple: true })`. Nothing tells of it: a file that is to shrink by night
       hardly does. `exec`, `executescript`, and in Node whatever asks for all of the (no) rows, take the statement to its end and free
       all 100; in Python `fetchall()` is no help.
TEXT
cat >seen.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import Database from 'better-sqlite3';

const filled = `PRAGMA auto_vacuum = INCREMENTAL; VACUUM; CREATE TABLE t (a); WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL
  SELECT i + 1 FROM c WHERE i < 400) INSERT INTO t SELECT randomblob(3000) FROM c; DELETE FROM t`;
const pragma = 'PRAGMA incremental_vacuum(100)';
const other = new Database('other.db');
const own = new DatabaseSync('own.db');
const [ofOther, ofOwn] = [other, own].map((database) => {
  database.exec(filled);
  const free = () => database.prepare('PRAGMA freelist_count').get().freelist_count;
  return (act) => {
    const before = free();
    act();
    return before - free();
  };
});
const { version } = JSON.parse(readFileSync('node_modules/better-sqlite3/package.json', 'utf8'));
const sqlite = (database) => database.prepare('SELECT sqlite_version() AS v').get().v;
console.log(`version: better-sqlite3 ${version} (SQLite ${sqlite(other)}), node ${process.versions.node} (SQLite ${sqlite(own)})`);
const better = {
  run: ofOther(() => other.prepare(pragma).run()),
  'pragma, simple': ofOther(() => other.pragma('incremental_vacuum(100)', { simple: true })),
  pragma: ofOther(() => other.pragma('incremental_vacuum(100)')),
  exec: ofOther(() => other.exec(pragma)),
};
const nodes = {
  run: ofOwn(() => own.prepare(pragma).run()),
  get: ofOwn(() => own.prepare(pragma).get()),
  all: ofOwn(() => own.prepare(pragma).all()),
  exec: ofOwn(() => own.exec(pragma)),
};
console.log('seen:  better-sqlite3:', JSON.stringify(better));
console.log('seen:  node:sqlite:   ', JSON.stringify(nodes));
assert.deepEqual([Object.values(better), Object.values(nodes)], [[1, 1, 100, 100], [1, 1, 100, 100]]);
JS
node seen.mjs
cat >seen.py <<'PY'
import sqlite3, sys

database = sqlite3.connect('python.db', isolation_level=None)
database.execute('PRAGMA auto_vacuum = INCREMENTAL')
database.execute('VACUUM')
database.execute('CREATE TABLE t (a)')
database.execute('BEGIN')
database.executemany('INSERT INTO t VALUES (zeroblob(3000))', [()] * 400)
database.execute('COMMIT')
database.execute('DELETE FROM t')
pragma = 'PRAGMA incremental_vacuum(100)'
def freed(act):
    free = lambda: database.execute('PRAGMA freelist_count').fetchone()[0]
    before = free()
    act()
    return before - free()
seen = {
    'execute': freed(lambda: database.execute(pragma)),
    'execute, fetchall': freed(lambda: database.execute(pragma).fetchall()),
    'executescript': freed(lambda: database.executescript(pragma)),
}
print(f'version: python {sys.version.split()[0]} (SQLite {sqlite3.sqlite_version})')
print('seen:  python:', seen)
assert list(seen.values()) == [1, 1, 100]
PY
python3 seen.py
