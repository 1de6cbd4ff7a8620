/**
 * People of the database whom a layer has replaced: they count no more from the moment the layer does, and are removed a few at
 * a time, by the next import where the process was killed before.
 */
export const leavingHolders = `
CREATE TABLE holders_leaving (
  row INTEGER PRIMARY KEY REFERENCES holders (row) ON DELETE CASCADE
) STRICT;
`;
