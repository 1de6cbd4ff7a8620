/**
 * What records are found by without opening them (docs/records.md): keyed values of who decided, of the purpose, the verdict and the
 * document's number, beside whose they are and how long they are kept. All of it follows from the records and is made anew.
 */
export const recordTerms = `
DROP TABLE IF EXISTS record_retention;
CREATE TABLE record_retention (
  number INTEGER PRIMARY KEY,
  holder_index BLOB,
  keep TEXT NOT NULL,
  years INTEGER NOT NULL,
  written_on TEXT NOT NULL,
  erased INTEGER NOT NULL,
  teller BLOB,
  purpose BLOB,
  verdict BLOB,
  document BLOB
) STRICT;
CREATE INDEX record_retention_by_holder ON record_retention (holder_index) WHERE holder_index IS NOT NULL;
CREATE INDEX record_retention_of_none ON record_retention (written_on) WHERE keep = 'none' AND erased = 0;
CREATE INDEX record_retention_by_day ON record_retention (written_on, number);
CREATE INDEX record_retention_by_teller ON record_retention (teller, written_on, number) WHERE teller IS NOT NULL;
CREATE INDEX record_retention_by_purpose ON record_retention (purpose, written_on, number) WHERE purpose IS NOT NULL;
CREATE INDEX record_retention_by_verdict ON record_retention (verdict, written_on, number) WHERE verdict IS NOT NULL;
CREATE INDEX record_retention_by_document ON record_retention (document, written_on, number) WHERE document IS NOT NULL;
UPDATE retention_indexed SET through = 0;
`;
