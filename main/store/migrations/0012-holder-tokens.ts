/**
 * People on file are found by short keyed tokens, those of a large register in files of their own beside the database
 * (`roster_layers`); the indexes of old go, and the tokens of who is there are made when the folder is next unlocked, since
 * they need its key: `tokenized` says of whom they are made.
 */
export const holderTokens = `
DROP TABLE holder_words;
DROP TABLE holder_numbers;
ALTER TABLE holders ADD COLUMN after_layer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE holders ADD COLUMN tokenized INTEGER NOT NULL DEFAULT 0;

CREATE TABLE holder_tokens (
  token INTEGER NOT NULL,
  holder INTEGER NOT NULL REFERENCES holders (row) ON DELETE CASCADE,
  PRIMARY KEY (token, holder)
) STRICT, WITHOUT ROWID;
CREATE INDEX holder_tokens_by_holder ON holder_tokens (holder);

CREATE TABLE holder_beginnings (
  beginning INTEGER NOT NULL,
  word INTEGER NOT NULL,
  PRIMARY KEY (beginning, word)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster_layers (
  layer INTEGER PRIMARY KEY AUTOINCREMENT,
  file TEXT NOT NULL UNIQUE,
  people INTEGER NOT NULL
) STRICT;
`;
