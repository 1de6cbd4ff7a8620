/**
 * Which layers of the register count, in a marked row beside the rows themselves: a layer that somebody takes away would bring the
 * people back as they were before it, the dead among them.
 */
export const rosterHead = `
CREATE TABLE roster_head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  layers TEXT NOT NULL
) STRICT;
INSERT INTO roster_head (only_row, layers)
  SELECT 1, coalesce(group_concat(layer || ' ' || file, ';' ORDER BY layer), '') FROM roster_layers;
`;
