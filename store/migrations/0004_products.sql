-- The catalogue. sku_fold and name_fold are what products are told apart and
-- listed by, whatever case and accents were typed. Barcodes and tags stand in
-- the product as they were typed, separated by line ends; product_barcode
-- holds each barcode as the 14 digits of a GTIN, so that UPC-A and EAN-13 of
-- one article are the same.
CREATE TABLE product (
  store_id    BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  sku         TEXT    NOT NULL,
  sku_fold    TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  name_fold   TEXT    NOT NULL,
  barcodes    TEXT    NOT NULL DEFAULT '',
  category    TEXT    NOT NULL DEFAULT '',
  brand       TEXT    NOT NULL DEFAULT '',
  tags        TEXT    NOT NULL DEFAULT '',
  price       INTEGER NOT NULL,
  floor       INTEGER NOT NULL DEFAULT 0,
  cost        INTEGER NOT NULL DEFAULT 0,
  weighed     INTEGER NOT NULL DEFAULT 0,
  no_discount INTEGER NOT NULL DEFAULT 0,
  counted     INTEGER NOT NULL DEFAULT 0,
  stock       INTEGER NOT NULL DEFAULT 0,
  active      INTEGER NOT NULL DEFAULT 1,
  created     INTEGER NOT NULL,
  updated     INTEGER NOT NULL,
  PRIMARY KEY (store_id, id),
  CONSTRAINT product_sku   CHECK (sku <> '' AND sku_fold <> ''),
  CONSTRAINT product_name  CHECK (name <> ''),
  CONSTRAINT product_price CHECK (price >= 0 AND cost >= 0 AND floor BETWEEN 0 AND price),
  CONSTRAINT product_flags CHECK (weighed IN (0, 1) AND no_discount IN (0, 1) AND counted IN (0, 1) AND active IN (0, 1)),
  CONSTRAINT product_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX product_by_sku ON product (store_id, sku_fold);
CREATE INDEX product_by_name ON product (store_id, name_fold, id);

CREATE TABLE product_barcode (
  store_id   BLOB NOT NULL,
  gtin       TEXT NOT NULL,
  product_id BLOB NOT NULL,
  PRIMARY KEY (store_id, gtin),
  CONSTRAINT barcode_digits  CHECK (length(gtin) = 14),
  CONSTRAINT barcode_product FOREIGN KEY (store_id, product_id) REFERENCES product (store_id, id)
) STRICT, WITHOUT ROWID;

-- The words of names, folded, for search by the beginning of any of them.
CREATE TABLE product_word (
  store_id   BLOB NOT NULL,
  word       TEXT NOT NULL,
  product_id BLOB NOT NULL,
  PRIMARY KEY (store_id, word, product_id),
  CONSTRAINT word_product FOREIGN KEY (store_id, product_id) REFERENCES product (store_id, id)
) STRICT, WITHOUT ROWID;

-- What offers may ask of a customer. Groups are separated by line ends; birth
-- is the month.
ALTER TABLE customer ADD COLUMN group_names TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN tier TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN birth INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_birth CHECK (birth BETWEEN 0 AND 12);

-- Figures of a store with many products, as for the other tables.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('product', 'product', '50000 50000 1'),
  ('product', 'product_by_sku', '50000 50000 1'),
  ('product', 'product_by_name', '50000 50000 2 1'),
  ('product_barcode', 'product_barcode', '50000 50000 1'),
  ('product_word', 'product_word', '200000 200000 50 1');
ANALYZE sqlite_schema;
