-- The end of each store's audit log, sealed with the key: without it, entries
-- cut off at the end would not be missed.
CREATE TABLE audit_head (
  store_id BLOB    NOT NULL PRIMARY KEY,
  seq      INTEGER NOT NULL,
  hash     BLOB    NOT NULL,
  seal     BLOB    NOT NULL,
  CONSTRAINT head_hash  CHECK (length(hash) = 32 AND length(seal) = 32),
  CONSTRAINT head_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
