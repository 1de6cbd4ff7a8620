/**
 * Documents that accepted cases put on file as a person's: of which record each is, the person by a keyed value, the document sealed
 * under the master key and bound to both.
 */
export const knownDocuments = `
CREATE TABLE IF NOT EXISTS known_documents (
  record_id TEXT PRIMARY KEY,
  holder_index BLOB NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS known_documents_holder ON known_documents (holder_index);
`;
