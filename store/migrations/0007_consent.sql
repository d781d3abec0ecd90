-- Consent with where it was given, numbers that are to get no texts, what is
-- known of the carrier's account, and the texts of campaigns.

-- Answers came from files or, by hand, from the counter.
ALTER TABLE consent ADD COLUMN channel TEXT NOT NULL DEFAULT 'counter';
UPDATE consent SET channel = 'import' WHERE wording = 'import';

-- A number that is to get no texts, a customer's or not, by its keyed hash: who
-- erases a customer keeps it. Each channel has its own row, so that a number
-- which the carrier's list leaves again stays with a customer's no.
CREATE TABLE suppression (
  store_id    BLOB    NOT NULL,
  phone_hash  BLOB    NOT NULL,
  channel     TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  staff_id    BLOB    NOT NULL,
  register_id BLOB    NOT NULL,
  PRIMARY KEY (store_id, phone_hash, channel),
  CONSTRAINT suppression_phone   CHECK (length(phone_hash) = 32),
  CONSTRAINT suppression_channel CHECK (channel <> ''),
  CONSTRAINT suppression_store   FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX suppression_carrier ON suppression (store_id, phone_hash) WHERE channel = 'carrier';
INSERT INTO suppression (store_id, phone_hash, channel, at, staff_id, register_id)
SELECT c.store_id, c.phone_hash, coalesce(k.channel, 'counter'), c.consent_at,
       coalesce(k.staff_id, zeroblob(16)), coalesce(k.register_id, zeroblob(16))
  FROM customer c
  LEFT JOIN consent k ON k.store_id = c.store_id AND k.customer_id = c.id
   AND k.id = (SELECT max(l.id) FROM consent l WHERE l.store_id = c.store_id AND l.customer_id = c.id)
 WHERE c.consent = 'no' AND c.phone_hash IS NOT NULL;

-- What the worker last found out of the carrier's account. money_limit is in
-- millionths of a US dollar.
CREATE TABLE sender_health (
  store_id    BLOB    NOT NULL,
  at          INTEGER NOT NULL DEFAULT 0,
  sender      TEXT    NOT NULL DEFAULT '',
  ready       INTEGER NOT NULL DEFAULT 0,
  problem     TEXT    NOT NULL DEFAULT '',
  detail      TEXT    NOT NULL DEFAULT '',
  region      TEXT    NOT NULL DEFAULT '',
  sandbox     TEXT    NOT NULL DEFAULT '',
  money_limit INTEGER NOT NULL DEFAULT 0,
  opted_out   INTEGER NOT NULL DEFAULT 0,
  synced      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id),
  CONSTRAINT health_ready   CHECK (ready IN (0, 1)),
  CONSTRAINT health_sandbox CHECK (sandbox IN ('', 'yes', 'no')),
  CONSTRAINT health_amounts CHECK (money_limit >= 0 AND opted_out >= 0),
  CONSTRAINT health_store   FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

-- A campaign's plan (issue=1;days=2,7;before=3;long=35; empty: the store's) and
-- the templates of its texts (empty: the store's).
ALTER TABLE campaign ADD COLUMN text_plan TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN wording_issue TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN wording_day TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN wording_last TEXT NOT NULL DEFAULT '';

-- Few texts are reported as failed.
CREATE INDEX message_failed ON message (store_id, id) WHERE delivered = 'failed';

-- The carrier's log names a text by the carrier's id.
CREATE INDEX message_by_provider ON message (store_id, provider_id) WHERE provider_id <> '';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('suppression', 'suppression', '10000 10000 1 1'),
  ('suppression', 'suppression_carrier', '10000 10000 1'),
  ('sender_health', 'sender_health', '1 1'),
  ('message', 'message_failed', '1000 1000 1'),
  ('message', 'message_by_provider', '2000000 2000000 1');
ANALYZE sqlite_schema;
