-- The public keys by which staff come in over SSH. A key opens one store, as
-- one member of its staff.
CREATE TABLE staff_key (
  store_id    BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  staff_id    BLOB    NOT NULL,
  register_id BLOB,
  kind        TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  public_key  BLOB    NOT NULL,
  comment     TEXT    NOT NULL DEFAULT '',
  created     INTEGER NOT NULL,
  last_used   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, id),
  CONSTRAINT key_kind        CHECK (kind <> ''),
  CONSTRAINT key_fingerprint CHECK (length(fingerprint) = 50),
  CONSTRAINT key_public      CHECK (length(public_key) BETWEEN 32 AND 8192),
  CONSTRAINT key_staff       FOREIGN KEY (store_id, staff_id) REFERENCES staff (store_id, id),
  CONSTRAINT key_register    FOREIGN KEY (store_id, register_id) REFERENCES register (store_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX staff_key_fingerprint ON staff_key (fingerprint);

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('staff_key', 'staff_key', '30 30 1'),
  ('staff_key', 'staff_key_fingerprint', '30 1');
ANALYZE sqlite_schema;
