-- foreign keys: off
-- Baskets and offers. Tables whose rules change are made anew under another
-- name, filled, and renamed, as SQLite documents it (ALTER TABLE, "making other
-- kinds of table schema changes"); the references to them stay as they are.
-- Indexes are made after the rows, and the planner's figures are put back at the
-- end, since a table's go with it.

-- A campaign runs any offer: offer is its JSON, empty for a coupon of the
-- terms alone, which must then be whole.
CREATE TABLE new_campaign (
  store_id     BLOB    NOT NULL,
  id           BLOB    NOT NULL,
  title        TEXT    NOT NULL,
  cashback     INTEGER NOT NULL,
  max_discount INTEGER NOT NULL,
  min_sale     INTEGER NOT NULL,
  max_sale     INTEGER NOT NULL,
  lifetime     INTEGER NOT NULL,
  valid_after  INTEGER NOT NULL,
  starts_on    INTEGER NOT NULL DEFAULT 0,
  ends_on      INTEGER NOT NULL DEFAULT 0,
  offer_text   TEXT    NOT NULL DEFAULT '',
  link         TEXT    NOT NULL DEFAULT '',
  source       TEXT    NOT NULL DEFAULT '',
  ad           TEXT    NOT NULL DEFAULT '',
  state        TEXT    NOT NULL,
  created      INTEGER NOT NULL,
  updated      INTEGER NOT NULL,
  offer        TEXT    NOT NULL DEFAULT '',
  on_return    TEXT    NOT NULL DEFAULT 'keep',
  PRIMARY KEY (store_id, id),
  CONSTRAINT campaign_state    CHECK (state IN ('draft', 'active', 'paused', 'ended')),
  CONSTRAINT campaign_cashback CHECK (cashback BETWEEN 1 AND 10000 OR offer <> '' AND cashback = 0),
  CONSTRAINT campaign_most     CHECK (max_discount BETWEEN 1 AND 10000 OR offer <> '' AND max_discount = 0),
  CONSTRAINT campaign_range    CHECK (min_sale >= 0 AND max_sale >= 0 AND (max_sale = 0 OR max_sale >= min_sale)),
  CONSTRAINT campaign_lifetime CHECK ((lifetime BETWEEN 5 AND 3650 OR offer <> '' AND lifetime = 0) AND valid_after BETWEEN 0 AND lifetime),
  CONSTRAINT campaign_dates    CHECK (starts_on = 0 OR ends_on = 0 OR ends_on >= starts_on),
  CONSTRAINT campaign_return   CHECK (on_return IN ('keep', 'recompute')),
  CONSTRAINT campaign_store    FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_campaign (store_id, id, title, cashback, max_discount, min_sale, max_sale, lifetime, valid_after,
                          starts_on, ends_on, offer_text, link, source, ad, state, created, updated)
SELECT store_id, id, title, cashback, max_discount, min_sale, max_sale, lifetime, valid_after,
       starts_on, ends_on, offer_text, link, source, ad, state, created, updated FROM campaign;
DROP TABLE campaign;
ALTER TABLE new_campaign RENAME TO campaign;

-- The discount of a sale by head of the books; the *_back columns are the part
-- of each that went back with returned goods. What was taken off before there
-- were offers was coupons. Delivery is beside gross, discount and net, which
-- are those of the goods.
CREATE TABLE new_sale (
  store_id     BLOB    NOT NULL,
  id           BLOB    NOT NULL,
  key          TEXT,
  reference    TEXT,
  business     INTEGER NOT NULL,
  gross        INTEGER NOT NULL,
  discount     INTEGER NOT NULL,
  net          INTEGER NOT NULL,
  returned     INTEGER NOT NULL DEFAULT 0,
  refunded     INTEGER NOT NULL DEFAULT 0,
  state        TEXT    NOT NULL,
  customer_id  BLOB,
  staff_id     BLOB    NOT NULL,
  register_id  BLOB    NOT NULL,
  channel      TEXT    NOT NULL DEFAULT 'counter',
  payment      TEXT    NOT NULL DEFAULT '',
  origin       TEXT    NOT NULL,
  redeemed_id  BLOB,
  issued_id    BLOB,
  voided       INTEGER NOT NULL DEFAULT 0,
  voided_by    BLOB,
  void_reason  TEXT    NOT NULL DEFAULT '',
  item_off     INTEGER NOT NULL DEFAULT 0,
  order_off    INTEGER NOT NULL DEFAULT 0,
  credit_off   INTEGER NOT NULL DEFAULT 0,
  item_back    INTEGER NOT NULL DEFAULT 0,
  order_back   INTEGER NOT NULL DEFAULT 0,
  credit_back  INTEGER NOT NULL DEFAULT 0,
  delivery     INTEGER NOT NULL DEFAULT 0,
  delivery_off INTEGER NOT NULL DEFAULT 0,
  lines        INTEGER NOT NULL DEFAULT 0,
  source       TEXT    NOT NULL DEFAULT '',
  ad           TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (store_id, id),
  CONSTRAINT sale_sum      CHECK (gross >= 0 AND discount >= 0 AND net >= 0 AND gross - discount = net),
  CONSTRAINT sale_levels   CHECK (discount = item_off + order_off + credit_off),
  CONSTRAINT sale_back     CHECK (item_back BETWEEN 0 AND item_off AND order_back BETWEEN 0 AND order_off AND credit_back BETWEEN 0 AND credit_off),
  CONSTRAINT sale_delivery CHECK (delivery_off BETWEEN 0 AND delivery),
  CONSTRAINT sale_coupon   CHECK (redeemed_id IS NULL OR credit_off > 0),
  CONSTRAINT sale_returned CHECK (returned BETWEEN 0 AND gross AND refunded BETWEEN 0 AND net),
  CONSTRAINT sale_state    CHECK (state IN ('completed', 'returned', 'voided')),
  CONSTRAINT sale_void     CHECK ((state = 'voided') = (voided > 0)),
  CONSTRAINT sale_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id),
  CONSTRAINT sale_staff    FOREIGN KEY (store_id, staff_id) REFERENCES staff (store_id, id),
  CONSTRAINT sale_register FOREIGN KEY (store_id, register_id) REFERENCES register (store_id, id),
  CONSTRAINT sale_redeemed FOREIGN KEY (store_id, redeemed_id) REFERENCES coupon (store_id, id),
  CONSTRAINT sale_issued   FOREIGN KEY (store_id, issued_id) REFERENCES coupon (store_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
INSERT INTO new_sale (store_id, id, key, reference, business, gross, discount, net, returned, refunded, state, customer_id,
                      staff_id, register_id, channel, payment, origin, redeemed_id, issued_id, voided, voided_by,
                      void_reason, credit_off)
SELECT store_id, id, key, reference, business, gross, discount, net, returned, refunded, state, customer_id,
       staff_id, register_id, channel, payment, origin, redeemed_id, issued_id, voided, voided_by,
       void_reason, discount FROM sale;
DROP TABLE sale;
ALTER TABLE new_sale RENAME TO sale;
CREATE UNIQUE INDEX sale_by_key ON sale (store_id, key) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX sale_by_reference ON sale (store_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX sale_by_customer ON sale (store_id, customer_id, id) WHERE customer_id IS NOT NULL;

-- Goods of price zero may come back. units says what came back of a sale with
-- lines (no*units, separated by commas); kept is what the refund was lowered by
-- because an offer no longer held.
CREATE TABLE new_sale_return (
  store_id    BLOB    NOT NULL,
  sale_id     BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  key         TEXT,
  amount      INTEGER NOT NULL,
  refund      INTEGER NOT NULL,
  deducted    INTEGER NOT NULL,
  reason      TEXT    NOT NULL,
  staff_id    BLOB    NOT NULL,
  register_id BLOB    NOT NULL,
  units       TEXT    NOT NULL DEFAULT '',
  kept        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, sale_id, id),
  CONSTRAINT return_amount CHECK (amount >= 0 AND refund >= 0 AND deducted >= 0 AND (amount > 0 OR units <> '')),
  CONSTRAINT return_sale   FOREIGN KEY (store_id, sale_id) REFERENCES sale (store_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_sale_return (store_id, sale_id, id, key, amount, refund, deducted, reason, staff_id, register_id)
SELECT store_id, sale_id, id, key, amount, refund, deducted, reason, staff_id, register_id FROM sale_return;
DROP TABLE sale_return;
ALTER TABLE new_sale_return RENAME TO sale_return;
CREATE UNIQUE INDEX return_by_key ON sale_return (store_id, key) WHERE key IS NOT NULL;

-- A coupon with a fixed face has no rate.
CREATE TABLE new_coupon (
  store_id          BLOB    NOT NULL,
  id                BLOB    NOT NULL,
  code_hash         BLOB    NOT NULL,
  code_sealed       BLOB    NOT NULL,
  campaign_id       BLOB    NOT NULL,
  customer_id       BLOB,
  sale_id           BLOB    NOT NULL,
  face              INTEGER NOT NULL,
  rate              INTEGER NOT NULL,
  min_sale          INTEGER NOT NULL,
  max_discount      INTEGER NOT NULL,
  first_day         INTEGER NOT NULL,
  last_day          INTEGER NOT NULL,
  valid_from        INTEGER NOT NULL,
  valid_until       INTEGER NOT NULL,
  state             TEXT    NOT NULL,
  reserved_by       BLOB,
  reserved_until    INTEGER NOT NULL DEFAULT 0,
  redeemed          INTEGER NOT NULL DEFAULT 0,
  redeemed_sale     BLOB,
  redeemed_amount   INTEGER NOT NULL DEFAULT 0,
  redeemed_staff    BLOB,
  redeemed_register BLOB,
  voided            INTEGER NOT NULL DEFAULT 0,
  voided_staff      BLOB,
  void_reason       TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (store_id, id),
  CONSTRAINT coupon_face     CHECK (face > 0),
  CONSTRAINT coupon_rates    CHECK (rate BETWEEN 0 AND 10000 AND max_discount BETWEEN 1 AND 10000),
  CONSTRAINT coupon_span     CHECK (valid_from < valid_until AND first_day <= last_day),
  CONSTRAINT coupon_state    CHECK (state IN ('active', 'reserved', 'redeemed', 'voided')),
  CONSTRAINT coupon_redeemed CHECK ((state = 'redeemed') = (redeemed_sale IS NOT NULL)),
  CONSTRAINT coupon_spent    CHECK (redeemed_amount BETWEEN 0 AND face),
  CONSTRAINT coupon_voided   CHECK ((state = 'voided') = (voided > 0)),
  CONSTRAINT coupon_reserved CHECK ((state = 'reserved') = (reserved_by IS NOT NULL)),
  CONSTRAINT coupon_not_own  CHECK (redeemed_sale IS NULL OR redeemed_sale <> sale_id),
  CONSTRAINT coupon_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id),
  CONSTRAINT coupon_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id),
  CONSTRAINT coupon_sale     FOREIGN KEY (store_id, sale_id) REFERENCES sale (store_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_coupon (store_id, id, code_hash, code_sealed, campaign_id, customer_id, sale_id, face, rate, min_sale,
                        max_discount, first_day, last_day, valid_from, valid_until, state, reserved_by, reserved_until,
                        redeemed, redeemed_sale, redeemed_amount, redeemed_staff, redeemed_register, voided, voided_staff,
                        void_reason)
SELECT store_id, id, code_hash, code_sealed, campaign_id, customer_id, sale_id, face, rate, min_sale,
       max_discount, first_day, last_day, valid_from, valid_until, state, reserved_by, reserved_until,
       redeemed, redeemed_sale, redeemed_amount, redeemed_staff, redeemed_register, voided, voided_staff,
       void_reason FROM coupon;
DROP TABLE coupon;
ALTER TABLE new_coupon RENAME TO coupon;
CREATE UNIQUE INDEX coupon_by_code ON coupon (store_id, code_hash);
CREATE INDEX coupon_by_customer ON coupon (store_id, customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX coupon_rare ON coupon (store_id, state, id) WHERE state IN ('reserved', 'voided');

ALTER TABLE day_summary ADD COLUMN item_off     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE day_summary ADD COLUMN order_off    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE day_summary ADD COLUMN credit_off   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE day_summary ADD COLUMN delivery     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE day_summary ADD COLUMN delivery_off INTEGER NOT NULL DEFAULT 0;
UPDATE day_summary SET credit_off = discount;

-- The lines of a sale as they were sold. runs is what was taken off each unit
-- in their order (units*amount, separated by commas); given_by is the offer a
-- gift is from.
CREATE TABLE sale_line (
  store_id    BLOB    NOT NULL,
  sale_id     BLOB    NOT NULL,
  no          INTEGER NOT NULL,
  sku         TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  category    TEXT    NOT NULL,
  brand       TEXT    NOT NULL,
  tags        TEXT    NOT NULL,
  units       INTEGER NOT NULL,
  weight      INTEGER NOT NULL,
  price       INTEGER NOT NULL,
  floor       INTEGER NOT NULL,
  cost        INTEGER NOT NULL,
  no_discount INTEGER NOT NULL,
  given_by    BLOB,
  gross       INTEGER NOT NULL,
  item_off    INTEGER NOT NULL,
  order_off   INTEGER NOT NULL,
  credit_off  INTEGER NOT NULL,
  runs        TEXT    NOT NULL,
  returned    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, sale_id, no),
  CONSTRAINT line_units    CHECK (units > 0 AND weight >= 0 AND (weight = 0 OR units = 1)),
  CONSTRAINT line_sum      CHECK (item_off >= 0 AND order_off >= 0 AND credit_off >= 0 AND item_off + order_off + credit_off <= gross),
  CONSTRAINT line_given    CHECK (given_by IS NULL OR gross = 0),
  CONSTRAINT line_returned CHECK (returned BETWEEN 0 AND units),
  CONSTRAINT line_sale     FOREIGN KEY (store_id, sale_id) REFERENCES sale (store_id, id)
) STRICT, WITHOUT ROWID;

-- What each offer did in a sale: level is the head of the books, amount what it
-- took off goods and delivery, spent what counts against its budget, cuts what
-- it took off each line. customer and day tell what was counted for the
-- customer; released what a void gave back: 0 nothing, 1 all of it, 2 all but
-- the use.
CREATE TABLE sale_offer (
  store_id    BLOB    NOT NULL,
  sale_id     BLOB    NOT NULL,
  no          INTEGER NOT NULL,
  campaign_id BLOB    NOT NULL,
  kind        TEXT    NOT NULL,
  level       TEXT    NOT NULL,
  times       INTEGER NOT NULL,
  units       INTEGER NOT NULL,
  amount      INTEGER NOT NULL,
  spent       INTEGER NOT NULL,
  cuts        TEXT    NOT NULL,
  customer    INTEGER NOT NULL DEFAULT 0,
  day         INTEGER NOT NULL DEFAULT 0,
  released    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, sale_id, no),
  CONSTRAINT applied_amount   CHECK (amount >= 0 AND spent >= 0 AND times >= 0 AND units >= 0),
  CONSTRAINT applied_released CHECK (released IN (0, 1, 2)),
  CONSTRAINT applied_sale     FOREIGN KEY (store_id, sale_id) REFERENCES sale (store_id, id),
  CONSTRAINT applied_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_charge (
  store_id BLOB    NOT NULL,
  sale_id  BLOB    NOT NULL,
  no       INTEGER NOT NULL,
  method   TEXT    NOT NULL,
  gross    INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  PRIMARY KEY (store_id, sale_id, no),
  CONSTRAINT charge_sum  CHECK (discount BETWEEN 0 AND gross),
  CONSTRAINT charge_sale FOREIGN KEY (store_id, sale_id) REFERENCES sale (store_id, id)
) STRICT, WITHOUT ROWID;

-- What was used of an offer's limits: changed by conditional updates alone.
-- coupons tells whether issued and redeemed are kept, which they are for
-- campaigns that limit their coupons: 0 no, 1 less those that were voided, 2
-- with them.
CREATE TABLE offer_use (
  store_id    BLOB    NOT NULL,
  campaign_id BLOB    NOT NULL,
  total       INTEGER NOT NULL DEFAULT 0,
  spent       INTEGER NOT NULL DEFAULT 0,
  units       INTEGER NOT NULL DEFAULT 0,
  coupons     INTEGER NOT NULL DEFAULT 0,
  issued      INTEGER NOT NULL DEFAULT 0,
  redeemed    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, campaign_id),
  CONSTRAINT use_coupons  CHECK (coupons IN (0, 1, 2)),
  CONSTRAINT use_least    CHECK (total >= 0 AND spent >= 0 AND units >= 0 AND issued >= 0 AND redeemed >= 0),
  CONSTRAINT use_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id)
) STRICT, WITHOUT ROWID;

-- The same by customer and day of the store, for offers that limit it; the row
-- of day 0 is all days.
CREATE TABLE offer_use_customer (
  store_id    BLOB    NOT NULL,
  campaign_id BLOB    NOT NULL,
  customer_id BLOB    NOT NULL,
  day         INTEGER NOT NULL,
  uses        INTEGER NOT NULL,
  PRIMARY KEY (store_id, campaign_id, customer_id, day),
  CONSTRAINT uses_least    CHECK (uses >= 0),
  CONSTRAINT uses_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id),
  CONSTRAINT uses_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('campaign', 'campaign', '50 50 1'),
  ('sale', 'sale', '1000000 1000000 1'),
  ('sale', 'sale_by_key', '1000000 1000000 1'),
  ('sale', 'sale_by_reference', '1000000 1000000 1'),
  ('sale', 'sale_by_customer', '1000000 1000000 12 1'),
  ('sale_return', 'sale_return', '10000 10000 2 1'),
  ('sale_return', 'return_by_key', '10000 10000 1'),
  ('coupon', 'coupon', '1000000 1000000 1'),
  ('coupon', 'coupon_by_code', '1000000 1000000 1'),
  ('coupon', 'coupon_by_customer', '1000000 1000000 12 1'),
  ('coupon', 'coupon_rare', '10000 10000 5000 1'),
  ('sale_line', 'sale_line', '5000000 5000000 5 1'),
  ('sale_offer', 'sale_offer', '1000000 1000000 2 1'),
  ('sale_charge', 'sale_charge', '100000 100000 1 1'),
  ('offer_use', 'offer_use', '50 50 1'),
  ('offer_use_customer', 'offer_use_customer', '100000 100000 2000 2 1');
ANALYZE sqlite_schema;
