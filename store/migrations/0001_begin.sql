-- The first schema. Instants are UTC Unix milliseconds, days count from
-- 1970-01-01, amounts are minor units, rates basis points, ids UUIDv7 as 16
-- bytes: their order is the order of time, so a primary key serves as the index
-- for "newest first". Phones, codes and texts stand sealed; *_hash columns are
-- keyed blind indexes of them.

CREATE TABLE store (
  id       BLOB    NOT NULL PRIMARY KEY,
  title    TEXT    NOT NULL,
  country  TEXT    NOT NULL,
  currency TEXT    NOT NULL,
  exponent INTEGER NOT NULL,
  timezone TEXT    NOT NULL,
  language TEXT    NOT NULL,
  step     INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  CONSTRAINT store_id_length CHECK (length(id) = 16),
  CONSTRAINT store_title     CHECK (length(title) BETWEEN 1 AND 25),
  CONSTRAINT store_exponent  CHECK (exponent BETWEEN 0 AND 4),
  CONSTRAINT store_step      CHECK (step > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  store_id BLOB NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (store_id, name),
  CONSTRAINT setting_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE register (
  store_id BLOB NOT NULL,
  id       BLOB NOT NULL,
  name     TEXT NOT NULL,
  branch   TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (store_id, id),
  CONSTRAINT register_name  UNIQUE (store_id, name),
  CONSTRAINT register_named CHECK (length(name) BETWEEN 1 AND 25),
  CONSTRAINT register_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  store_id     BLOB    NOT NULL,
  id           BLOB    NOT NULL,
  name         TEXT    NOT NULL,
  role         TEXT    NOT NULL,
  pin_hash     BLOB,
  pin_salt     BLOB,
  tries        INTEGER NOT NULL DEFAULT 0,
  lockouts     INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0,
  phone_hash   BLOB,
  active       INTEGER NOT NULL DEFAULT 1,
  created      INTEGER NOT NULL,
  PRIMARY KEY (store_id, id),
  CONSTRAINT staff_role   CHECK (role IN ('owner', 'manager', 'cashier', 'salesperson')),
  CONSTRAINT staff_name   CHECK (length(name) BETWEEN 1 AND 25),
  CONSTRAINT staff_active CHECK (active IN (0, 1)),
  CONSTRAINT staff_pin    CHECK ((pin_hash IS NULL) = (pin_salt IS NULL)),
  CONSTRAINT staff_store  FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
  store_id     BLOB    NOT NULL,
  id           BLOB    NOT NULL,
  phone_hash   BLOB,
  last4_hash   BLOB,
  phone_sealed BLOB,
  number       TEXT,
  name         TEXT    NOT NULL DEFAULT '',
  consent      TEXT    NOT NULL DEFAULT 'unknown',
  consent_at   INTEGER NOT NULL DEFAULT 0,
  visits       INTEGER NOT NULL DEFAULT 0,
  first_day    INTEGER NOT NULL DEFAULT 0,
  last_day     INTEGER NOT NULL DEFAULT 0,
  spent        INTEGER NOT NULL DEFAULT 0,
  created      INTEGER NOT NULL,
  forgotten    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, id),
  CONSTRAINT customer_consent CHECK (consent IN ('unknown', 'yes', 'no')),
  CONSTRAINT customer_visits  CHECK (visits >= 0),
  CONSTRAINT customer_phone   CHECK ((phone_hash IS NULL) = (phone_sealed IS NULL) AND (phone_hash IS NULL) = (last4_hash IS NULL)),
  CONSTRAINT customer_erased  CHECK (forgotten = 0 OR (phone_hash IS NULL AND name = '' AND number IS NULL)),
  CONSTRAINT customer_store   FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX customer_by_phone ON customer (store_id, phone_hash) WHERE phone_hash IS NOT NULL;
CREATE INDEX customer_by_last4 ON customer (store_id, last4_hash, id) WHERE last4_hash IS NOT NULL;
CREATE UNIQUE INDEX customer_by_number ON customer (store_id, number) WHERE number IS NOT NULL;

-- The words of names, folded, for search by the beginning of any of them.
CREATE TABLE customer_word (
  store_id    BLOB NOT NULL,
  word        TEXT NOT NULL,
  customer_id BLOB NOT NULL,
  PRIMARY KEY (store_id, word, customer_id),
  CONSTRAINT word_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id)
) STRICT, WITHOUT ROWID;

-- Every answer about texts: who was asked what, by whom, when.
CREATE TABLE consent (
  store_id    BLOB    NOT NULL,
  customer_id BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  at          INTEGER NOT NULL,
  answer      TEXT    NOT NULL,
  wording     TEXT    NOT NULL,
  staff_id    BLOB    NOT NULL,
  register_id BLOB    NOT NULL,
  PRIMARY KEY (store_id, customer_id, id),
  CONSTRAINT consent_answer   CHECK (answer IN ('unknown', 'yes', 'no')),
  CONSTRAINT consent_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE verification (
  store_id   BLOB    NOT NULL,
  phone_hash BLOB    NOT NULL,
  code_hash  BLOB    NOT NULL,
  expires    INTEGER NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, phone_hash),
  CONSTRAINT verification_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign (
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
  PRIMARY KEY (store_id, id),
  CONSTRAINT campaign_state    CHECK (state IN ('draft', 'active', 'paused', 'ended')),
  CONSTRAINT campaign_cashback CHECK (cashback BETWEEN 1 AND 10000),
  CONSTRAINT campaign_most     CHECK (max_discount BETWEEN 1 AND 10000),
  CONSTRAINT campaign_range    CHECK (min_sale >= 0 AND max_sale >= 0 AND (max_sale = 0 OR max_sale >= min_sale)),
  CONSTRAINT campaign_lifetime CHECK (lifetime BETWEEN 5 AND 3650 AND valid_after BETWEEN 0 AND lifetime),
  CONSTRAINT campaign_dates    CHECK (starts_on = 0 OR ends_on = 0 OR ends_on >= starts_on),
  CONSTRAINT campaign_store    FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale (
  store_id    BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  key         TEXT,
  reference   TEXT,
  business    INTEGER NOT NULL,
  gross       INTEGER NOT NULL,
  discount    INTEGER NOT NULL,
  net         INTEGER NOT NULL,
  returned    INTEGER NOT NULL DEFAULT 0,
  refunded    INTEGER NOT NULL DEFAULT 0,
  state       TEXT    NOT NULL,
  customer_id BLOB,
  staff_id    BLOB    NOT NULL,
  register_id BLOB    NOT NULL,
  channel     TEXT    NOT NULL DEFAULT 'counter',
  payment     TEXT    NOT NULL DEFAULT '',
  origin      TEXT    NOT NULL,
  redeemed_id BLOB,
  issued_id   BLOB,
  voided      INTEGER NOT NULL DEFAULT 0,
  voided_by   BLOB,
  void_reason TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (store_id, id),
  CONSTRAINT sale_sum      CHECK (gross >= 0 AND discount >= 0 AND net >= 0 AND gross - discount = net),
  CONSTRAINT sale_returned CHECK (returned BETWEEN 0 AND gross AND refunded BETWEEN 0 AND net),
  CONSTRAINT sale_state    CHECK (state IN ('completed', 'returned', 'voided')),
  CONSTRAINT sale_discount CHECK ((discount = 0) = (redeemed_id IS NULL)),
  CONSTRAINT sale_void     CHECK ((state = 'voided') = (voided > 0)),
  CONSTRAINT sale_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id),
  CONSTRAINT sale_staff    FOREIGN KEY (store_id, staff_id) REFERENCES staff (store_id, id),
  CONSTRAINT sale_register FOREIGN KEY (store_id, register_id) REFERENCES register (store_id, id),
  CONSTRAINT sale_redeemed FOREIGN KEY (store_id, redeemed_id) REFERENCES coupon (store_id, id),
  CONSTRAINT sale_issued   FOREIGN KEY (store_id, issued_id) REFERENCES coupon (store_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sale_by_key ON sale (store_id, key) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX sale_by_reference ON sale (store_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX sale_by_customer ON sale (store_id, customer_id, id) WHERE customer_id IS NOT NULL;

CREATE TABLE sale_return (
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
  PRIMARY KEY (store_id, sale_id, id),
  CONSTRAINT return_amount CHECK (amount > 0 AND refund >= 0 AND deducted >= 0),
  CONSTRAINT return_sale   FOREIGN KEY (store_id, sale_id) REFERENCES sale (store_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX return_by_key ON sale_return (store_id, key) WHERE key IS NOT NULL;

-- A coupon carries its own terms; who redeemed it, where and when stands in its
-- row, and what was undone in coupon_event.
CREATE TABLE coupon (
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
  CONSTRAINT coupon_rates    CHECK (rate BETWEEN 1 AND 10000 AND max_discount BETWEEN 1 AND 10000),
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
CREATE UNIQUE INDEX coupon_by_code ON coupon (store_id, code_hash);
CREATE INDEX coupon_by_customer ON coupon (store_id, customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX coupon_rare ON coupon (store_id, state, id) WHERE state IN ('reserved', 'voided');

-- What happened to a coupon and was undone or changed later: given_back,
-- face_lowered. The usual life of a coupon writes nothing here.
CREATE TABLE coupon_event (
  store_id    BLOB    NOT NULL,
  coupon_id   BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  kind        TEXT    NOT NULL,
  sale_id     BLOB,
  amount      INTEGER NOT NULL,
  since       INTEGER NOT NULL DEFAULT 0,
  reason      TEXT    NOT NULL DEFAULT '',
  staff_id    BLOB    NOT NULL,
  register_id BLOB    NOT NULL,
  PRIMARY KEY (store_id, coupon_id, id),
  CONSTRAINT event_kind   CHECK (kind IN ('given_back', 'face_lowered')),
  CONSTRAINT event_coupon FOREIGN KEY (store_id, coupon_id) REFERENCES coupon (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  store_id    BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  kind        TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  reason      TEXT    NOT NULL DEFAULT '',
  detail      TEXT    NOT NULL DEFAULT '',
  coupon_id   BLOB,
  customer_id BLOB,
  to_sealed   BLOB,
  body_sealed BLOB,
  encoding    TEXT    NOT NULL,
  parts       INTEGER NOT NULL,
  attempt     INTEGER NOT NULL DEFAULT 0,
  lost        INTEGER NOT NULL DEFAULT 0,
  due         INTEGER NOT NULL,
  lease_until INTEGER NOT NULL DEFAULT 0,
  settled     INTEGER NOT NULL DEFAULT 0,
  sender      TEXT    NOT NULL DEFAULT '',
  provider_id TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (store_id, id),
  CONSTRAINT message_kind     CHECK (kind IN ('coupon', 'reminder', 'verify')),
  CONSTRAINT message_state    CHECK (state IN ('queued', 'sending', 'accepted', 'refused', 'unknown', 'cancelled')),
  CONSTRAINT message_text     CHECK (state NOT IN ('queued', 'sending') OR (to_sealed IS NOT NULL AND body_sealed IS NOT NULL)),
  CONSTRAINT message_coupon   FOREIGN KEY (store_id, coupon_id) REFERENCES coupon (store_id, id),
  CONSTRAINT message_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id)
) STRICT, WITHOUT ROWID;
-- The worker serves all stores of a file, so these two begin with the time.
CREATE INDEX message_due ON message (due, id) WHERE state = 'queued';
CREATE INDEX message_leased ON message (lease_until, id) WHERE state = 'sending';
CREATE INDEX message_unknown ON message (store_id, id) WHERE state = 'unknown';
-- A coupon with a text has a customer, so this finds a coupon's texts too.
CREATE INDEX message_by_customer ON message (store_id, customer_id, id) WHERE customer_id IS NOT NULL;

-- Sums of a business day. Voided sales are out, returned parts too.
CREATE TABLE day_summary (
  store_id BLOB    NOT NULL,
  day      INTEGER NOT NULL,
  sales    INTEGER NOT NULL,
  gross    INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  net      INTEGER NOT NULL,
  issued   INTEGER NOT NULL,
  redeemed INTEGER NOT NULL,
  PRIMARY KEY (store_id, day),
  CONSTRAINT day_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

-- Sums of a campaign's coupons by the last day they are good, so that what
-- expired follows from the day alone.
CREATE TABLE coupon_summary (
  store_id       BLOB    NOT NULL,
  campaign_id    BLOB    NOT NULL,
  last_day       INTEGER NOT NULL,
  issued         INTEGER NOT NULL,
  issued_face    INTEGER NOT NULL,
  redeemed       INTEGER NOT NULL,
  redeemed_face  INTEGER NOT NULL,
  voided         INTEGER NOT NULL,
  voided_face    INTEGER NOT NULL,
  discount_given INTEGER NOT NULL,
  redeeming_net  INTEGER NOT NULL,
  PRIMARY KEY (store_id, campaign_id, last_day),
  CONSTRAINT summary_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  store_id    BLOB    NOT NULL,
  seq         INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  staff_id    BLOB    NOT NULL,
  register_id BLOB    NOT NULL,
  origin      TEXT    NOT NULL,
  action      TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  subject_id  BLOB    NOT NULL,
  detail      TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  hash        BLOB    NOT NULL,
  PRIMARY KEY (store_id, seq),
  CONSTRAINT audit_hash  CHECK (length(hash) = 32),
  CONSTRAINT audit_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
