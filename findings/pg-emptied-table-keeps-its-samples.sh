#!/usr/bin/env bash
# A table of people is emptied for good: their rows are deleted and the table is written anew, so that no byte of them is left in its file.
# The planner has samples of each column (ANALYZE, which the server runs by itself), with the values that are met most often as they are.
set -euo pipefail
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" && wait "$server" || true; fi; rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: samples follow the table: VACUUM (FULL) or TRUNCATE drops what they say of rows that are gone, the next ANALYZE at the latest.
true:  ANALYZE of a table without rows leaves the samples as they were, VACUUM (FULL) and TRUNCATE do not touch them: the names stay
       readable in pg_stats, and in every copy of the server's files, for as long as the table is empty. One row that comes in and one
       ANALYZE clear them, but the old line of pg_statistic lies in its file until that table is written anew as well. A column with
       `SET STATISTICS 0` from the beginning is never sampled.
TEXT
# A server of our own; PostgreSQL refuses to run as root.
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/postgres | sort -V | tail -1)")
as=()
if [ "$(id -u)" = 0 ]; then
  as=(runuser -u postgres --)
  chown postgres "$folder"
fi
"${as[@]}" "$programs/initdb" -D "$folder/data" -U postgres -A trust --no-sync >initdb.log
"${as[@]}" "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c autovacuum=off >server.log 2>&1 &
server=$!
until "$programs/pg_isready" -q -h "$folder"; do kill -0 "$server" && sleep 0.1; done
asked() { psql -h "$folder" -U postgres -XAtq -v ON_ERROR_STOP=1 -c "$1"; }
samples() { asked "SELECT attname || ' ' || coalesce(most_common_vals::text, '-') FROM pg_stats WHERE tablename = 'people' ORDER BY 1"; }
# Whether the name lies in one of the server's files for tables.
inFiles() {
  asked CHECKPOINT
  "${as[@]}" grep -rqsa 'Svensson-Specimen' "$folder/data/base" && echo yes || echo no
}

asked "CREATE TABLE people (name text, card text); ALTER TABLE people ALTER COLUMN card SET STATISTICS 0"
asked "INSERT INTO people SELECT 'Svensson-Specimen ' || n % 3, 'card ' || n % 3 FROM generate_series(1, 300) AS n"
asked 'ANALYZE people'
echo "version: $("$programs/postgres" --version)"
echo "seen:  300 rows, ANALYZE:                       $(samples)"
asked 'DELETE FROM people'
asked 'VACUUM (FULL, ANALYZE) people'
asked 'TRUNCATE people'
asked 'ANALYZE people'
rows=$(asked 'SELECT count(*) FROM people')
emptied=$(samples) emptiedFiles=$(inFiles)
echo "seen:  DELETE, VACUUM, TRUNCATE, ANALYZE:       $emptied; rows $rows, in the files: $emptiedFiles"
asked "INSERT INTO people VALUES (NULL, NULL)"
asked 'ANALYZE people'
cleared=$(samples) clearedFiles=$(inFiles)
echo "seen:  one row without a name, ANALYZE:         $cleared; in the files: $clearedFiles"
asked 'VACUUM (FULL) pg_catalog.pg_statistic'
anewFiles=$(inFiles)
echo "seen:  VACUUM (FULL) pg_catalog.pg_statistic:   in the files: $anewFiles"
[ "$emptied" = 'name {"Svensson-Specimen 0","Svensson-Specimen 1","Svensson-Specimen 2"}' ]
[ "$rows $emptiedFiles" = '0 yes' ]
[ "$cleared $clearedFiles $anewFiles" = 'name - yes no' ]
