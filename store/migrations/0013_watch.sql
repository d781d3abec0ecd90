-- What was done at each till by whom, wrong codes, and alerts.

-- Whether a person typed the reference from the POS, instead of scanning it.
ALTER TABLE sale ADD COLUMN ref_typed INTEGER NOT NULL DEFAULT 0 CONSTRAINT sale_ref_typed CHECK (ref_typed IN (0, 1));

-- What was done in an hour by one person at one till, imports left out. hour
-- counts whole hours since 1970-01-01 UTC by when it was done, not by business
-- date: it stays right when the store's zone changes, and SQL can tell it from
-- an id. Nothing is taken out again: a voided sale stays among the sales, and
-- voids and returns count where, when and by whom they were done. redeemed_voids
-- are the voids of sales that had redeemed a coupon, typed_refs the references a
-- person typed, no_refs the sales without one.
CREATE TABLE till_summary (
  store_id       BLOB    NOT NULL,
  hour           INTEGER NOT NULL,
  staff_id       BLOB    NOT NULL,
  register_id    BLOB    NOT NULL,
  sales          INTEGER NOT NULL,
  net            INTEGER NOT NULL,
  issued         INTEGER NOT NULL,
  redeemed       INTEGER NOT NULL,
  typed_refs     INTEGER NOT NULL,
  no_refs        INTEGER NOT NULL,
  voids          INTEGER NOT NULL,
  redeemed_voids INTEGER NOT NULL,
  returns        INTEGER NOT NULL,
  PRIMARY KEY (store_id, hour, staff_id, register_id),
  CONSTRAINT till_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
-- An id begins with 48 bits of UTC milliseconds: its first 12 hexadecimal digits.
INSERT INTO till_summary (store_id, hour, staff_id, register_id, sales, net, issued, redeemed, typed_refs, no_refs, voids,
                          redeemed_voids, returns)
SELECT store_id, hour, staff_id, register_id, sum(sales), sum(net), sum(issued), sum(redeemed), 0, sum(no_refs), sum(voids),
       sum(redeemed_voids), sum(returns) FROM (
  SELECT x.store_id AS store_id,
         (instr('123456789ABCDEF', substr(hex(x.id), 1, 1)) * 17592186044416 + instr('123456789ABCDEF', substr(hex(x.id), 2, 1)) * 1099511627776 + instr('123456789ABCDEF', substr(hex(x.id), 3, 1)) * 68719476736
         + instr('123456789ABCDEF', substr(hex(x.id), 4, 1)) * 4294967296 + instr('123456789ABCDEF', substr(hex(x.id), 5, 1)) * 268435456 + instr('123456789ABCDEF', substr(hex(x.id), 6, 1)) * 16777216
         + instr('123456789ABCDEF', substr(hex(x.id), 7, 1)) * 1048576 + instr('123456789ABCDEF', substr(hex(x.id), 8, 1)) * 65536 + instr('123456789ABCDEF', substr(hex(x.id), 9, 1)) * 4096
         + instr('123456789ABCDEF', substr(hex(x.id), 10, 1)) * 256 + instr('123456789ABCDEF', substr(hex(x.id), 11, 1)) * 16 + instr('123456789ABCDEF', substr(hex(x.id), 12, 1))) / 3600000 AS hour,
         x.staff_id AS staff_id, x.register_id AS register_id, 1 AS sales, x.net AS net,
         CASE WHEN x.issued_id IS NULL THEN 0 ELSE 1 END AS issued, CASE WHEN x.redeemed_id IS NULL THEN 0 ELSE 1 END AS redeemed,
         CASE WHEN x.reference IS NULL THEN 1 ELSE 0 END AS no_refs, 0 AS voids, 0 AS redeemed_voids, 0 AS returns
    FROM sale x WHERE x.origin <> 'import'
  UNION ALL
  SELECT r.store_id,
         (instr('123456789ABCDEF', substr(hex(r.id), 1, 1)) * 17592186044416 + instr('123456789ABCDEF', substr(hex(r.id), 2, 1)) * 1099511627776 + instr('123456789ABCDEF', substr(hex(r.id), 3, 1)) * 68719476736
         + instr('123456789ABCDEF', substr(hex(r.id), 4, 1)) * 4294967296 + instr('123456789ABCDEF', substr(hex(r.id), 5, 1)) * 268435456 + instr('123456789ABCDEF', substr(hex(r.id), 6, 1)) * 16777216
         + instr('123456789ABCDEF', substr(hex(r.id), 7, 1)) * 1048576 + instr('123456789ABCDEF', substr(hex(r.id), 8, 1)) * 65536 + instr('123456789ABCDEF', substr(hex(r.id), 9, 1)) * 4096
         + instr('123456789ABCDEF', substr(hex(r.id), 10, 1)) * 256 + instr('123456789ABCDEF', substr(hex(r.id), 11, 1)) * 16 + instr('123456789ABCDEF', substr(hex(r.id), 12, 1))) / 3600000,
         r.staff_id, r.register_id, 0, 0, 0, 0, 0,
         CASE WHEN x.state = 'voided' THEN 1 ELSE 0 END,
         CASE WHEN x.state = 'voided' AND x.redeemed_id IS NOT NULL THEN 1 ELSE 0 END,
         CASE WHEN x.state = 'voided' THEN 0 ELSE 1 END
    FROM sale_return r JOIN sale x ON x.store_id = r.store_id AND x.id = r.sale_id) AS done
 GROUP BY store_id, hour, staff_id, register_id;

-- Codes that were typed or scanned without a slip and that no coupon has. They
-- are kept for 90 days.
CREATE TABLE lookup_miss (
  store_id    BLOB NOT NULL,
  id          BLOB NOT NULL,
  staff_id    BLOB NOT NULL,
  register_id BLOB NOT NULL,
  origin      TEXT NOT NULL,
  PRIMARY KEY (store_id, id),
  CONSTRAINT miss_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

-- What stood out, once a month (its first day) for each rule and subject; the
-- figures are those it was raised with. other_id is a person beside a customer.
-- expected is in thousandths, odds 1 in so many, 0 where chance is not judged.
CREATE TABLE alert (
  store_id   BLOB    NOT NULL,
  id         BLOB    NOT NULL,
  rule       TEXT    NOT NULL,
  subject    TEXT    NOT NULL,
  subject_id BLOB    NOT NULL,
  other_id   BLOB,
  month      INTEGER NOT NULL,
  from_day   INTEGER NOT NULL,
  to_day     INTEGER NOT NULL,
  hits       INTEGER NOT NULL,
  chances    INTEGER NOT NULL,
  expected   INTEGER NOT NULL,
  odds       INTEGER NOT NULL,
  state      TEXT    NOT NULL DEFAULT 'open',
  settled    INTEGER NOT NULL DEFAULT 0,
  settled_by BLOB,
  reason     TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (store_id, id),
  CONSTRAINT alert_subject CHECK (subject IN ('staff', 'register', 'customer')),
  CONSTRAINT alert_state   CHECK (state IN ('open', 'dismissed')),
  CONSTRAINT alert_settled CHECK ((state = 'dismissed') = (settled > 0) AND (state = 'open' OR reason <> '')),
  CONSTRAINT alert_store   FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX alert_once ON alert (store_id, rule, subject_id, month);
CREATE INDEX alert_open ON alert (store_id, id) WHERE state = 'open';

-- When the store was last looked at by itself.
CREATE TABLE watch_run (
  store_id BLOB    NOT NULL PRIMARY KEY,
  at       INTEGER NOT NULL,
  CONSTRAINT run_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('watch_run', 'watch_run', '1 1'),
  ('till_summary', 'till_summary', '100000 100000 5 2 1'),
  ('lookup_miss', 'lookup_miss', '1000 1000 1'),
  ('alert', 'alert', '1000 1000 1'),
  ('alert', 'alert_once', '1000 1000 50 2 1'),
  ('alert', 'alert_open', '100 100 1');
ANALYZE sqlite_schema;
