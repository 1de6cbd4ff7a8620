/**
 * Operators (docs/decisions/0015). Names, signs, roles and verifiers are sealed; `sign_index` finds a sign without telling it.
 * A row is never deleted: who left is marked so inside it. `operator_tries` counts what was tried against whom (an operator's
 * id, or `station`); `operators_state` says that operators were there, and whether mending has left the folder without one
 * who is known.
 */
export const operators = `
CREATE TABLE IF NOT EXISTS operators (
  id TEXT PRIMARY KEY,
  sign_index BLOB NOT NULL UNIQUE,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS operator_tries (
  subject TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS operators_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  reopened INTEGER NOT NULL
) STRICT;
`;
