-- foreign keys: off
-- The cycle of a coupon's texts. A queued text of a coupon has neither number
-- nor words of its own: both are put in when it is handed over, from what is
-- true then, by the template that held when the coupon was issued. Tables whose
-- rules change are made anew (see 0005).

-- Templates by which texts were planned, each once: id is the beginning of the
-- SHA-256 of the template.
CREATE TABLE wording (
  store_id BLOB NOT NULL,
  id       BLOB NOT NULL,
  template TEXT NOT NULL,
  PRIMARY KEY (store_id, id),
  CONSTRAINT wording_id    CHECK (length(id) = 16),
  CONSTRAINT wording_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

-- Texts that go together have the same lead, whose row holds what was sent and
-- what it cost. sent and sent_day are the last time it was handed over; cost is
-- in millionths of the store's currency, of all times it may have gone, and
-- charge of the last; went is how many times that is, went_parts of how many
-- parts they were, and charge_parts those of the last. paid is in millionths of a
-- US dollar. again_id is the text that a person sent once more instead.
CREATE TABLE new_message (
  store_id    BLOB    NOT NULL,
  id          BLOB    NOT NULL,
  kind        TEXT    NOT NULL,
  step        TEXT    NOT NULL DEFAULT '',
  days        INTEGER NOT NULL DEFAULT 0,
  state       TEXT    NOT NULL,
  reason      TEXT    NOT NULL DEFAULT '',
  detail      TEXT    NOT NULL DEFAULT '',
  coupon_id   BLOB,
  customer_id BLOB,
  wording_id  BLOB,
  to_sealed   BLOB,
  body_sealed BLOB,
  encoding    TEXT    NOT NULL DEFAULT '',
  parts       INTEGER NOT NULL DEFAULT 0,
  attempt     INTEGER NOT NULL DEFAULT 0,
  lost        INTEGER NOT NULL DEFAULT 0,
  planned     INTEGER NOT NULL,
  due         INTEGER NOT NULL,
  released    INTEGER NOT NULL DEFAULT 0,
  lead_id     BLOB,
  again_id    BLOB,
  lease_until INTEGER NOT NULL DEFAULT 0,
  sent        INTEGER NOT NULL DEFAULT 0,
  sent_day    INTEGER NOT NULL DEFAULT 0,
  settled     INTEGER NOT NULL DEFAULT 0,
  sender      TEXT    NOT NULL DEFAULT '',
  provider_id TEXT    NOT NULL DEFAULT '',
  cost        INTEGER NOT NULL DEFAULT 0,
  charge      INTEGER NOT NULL DEFAULT 0,
  went         INTEGER NOT NULL DEFAULT 0,
  went_parts   INTEGER NOT NULL DEFAULT 0,
  charge_parts INTEGER NOT NULL DEFAULT 0,
  delivered   TEXT    NOT NULL DEFAULT '',
  response    TEXT    NOT NULL DEFAULT '',
  paid        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, id),
  CONSTRAINT message_kind      CHECK (kind IN ('coupon', 'reminder', 'verify')),
  CONSTRAINT message_step      CHECK (step IN ('', 'issue', 'day', 'last')),
  CONSTRAINT message_state     CHECK (state IN ('queued', 'sending', 'accepted', 'refused', 'unknown', 'cancelled')),
  CONSTRAINT message_text      CHECK (state <> 'sending' OR lead_id IS NOT NULL OR (to_sealed IS NOT NULL AND body_sealed IS NOT NULL)),
  CONSTRAINT message_words     CHECK (state <> 'queued' OR body_sealed IS NOT NULL OR wording_id IS NOT NULL),
  CONSTRAINT message_delivered CHECK (delivered IN ('', 'delivered', 'failed')),
  CONSTRAINT message_amounts   CHECK (charge >= 0 AND cost >= charge AND paid >= 0 AND parts >= 0),
  CONSTRAINT message_went      CHECK (went >= 0 AND charge_parts >= 0 AND went_parts >= charge_parts),
  CONSTRAINT message_coupon    FOREIGN KEY (store_id, coupon_id) REFERENCES coupon (store_id, id),
  CONSTRAINT message_customer  FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id),
  CONSTRAINT message_wording   FOREIGN KEY (store_id, wording_id) REFERENCES wording (store_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_message (store_id, id, kind, step, state, reason, detail, coupon_id, customer_id, to_sealed, body_sealed,
                         encoding, parts, attempt, lost, planned, due, lease_until, sent, settled, sender, provider_id)
SELECT store_id, id, kind, CASE kind WHEN 'coupon' THEN 'issue' WHEN 'reminder' THEN 'day' ELSE '' END, state, reason, detail,
       coupon_id, customer_id, to_sealed, body_sealed, encoding, parts, attempt, lost, due, due, lease_until,
       CASE WHEN state IN ('accepted', 'unknown', 'sending') THEN settled ELSE 0 END, settled, sender, provider_id FROM message;
DROP TABLE message;
ALTER TABLE new_message RENAME TO message;
CREATE INDEX message_due ON message (due, id) WHERE state = 'queued';
CREATE INDEX message_held ON message (store_id, due, id, reason) WHERE state = 'queued' AND reason <> '';
CREATE INDEX message_waiting ON message (store_id, customer_id, coupon_id) WHERE state = 'queued' AND customer_id IS NOT NULL;
CREATE INDEX message_leased ON message (lease_until, id) WHERE state = 'sending';
CREATE INDEX message_unknown ON message (store_id, id) WHERE state = 'unknown';
CREATE INDEX message_sent ON message (store_id, customer_id, sent) WHERE state IN ('sending', 'accepted', 'unknown') AND customer_id IS NOT NULL;
CREATE INDEX message_by_customer ON message (store_id, customer_id, id) WHERE customer_id IS NOT NULL;

-- The texts of each day, by the day on which they were last handed over: a sum
-- over message, kept in the transaction of every change. texts, parts and cost
-- are of all that may have gone, repeated of the texts those that may have gone
-- more than once. paid is known of paid_texts.
CREATE TABLE text_summary (
  store_id   BLOB    NOT NULL,
  day        INTEGER NOT NULL,
  texts      INTEGER NOT NULL DEFAULT 0,
  repeated   INTEGER NOT NULL DEFAULT 0,
  accepted   INTEGER NOT NULL DEFAULT 0,
  refused    INTEGER NOT NULL DEFAULT 0,
  unknown    INTEGER NOT NULL DEFAULT 0,
  parts      INTEGER NOT NULL DEFAULT 0,
  cost       INTEGER NOT NULL DEFAULT 0,
  delivered  INTEGER NOT NULL DEFAULT 0,
  failed     INTEGER NOT NULL DEFAULT 0,
  paid       INTEGER NOT NULL DEFAULT 0,
  paid_texts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, day),
  CONSTRAINT texts_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

-- From when on the next text of a store may go: the rate that all workers of
-- the file share.
CREATE TABLE text_rate (
  store_id BLOB    NOT NULL PRIMARY KEY,
  next     INTEGER NOT NULL,
  CONSTRAINT rate_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('wording', 'wording', '20 20 1'),
  ('message', 'message', '5000000 5000000 1'),
  ('message', 'message_due', '100000 10 1'),
  ('message', 'message_held', '1000 1000 10 1 1'),
  ('message', 'message_waiting', '100000 100000 8 4'),
  ('message', 'message_leased', '10 5 1'),
  ('message', 'message_unknown', '100 100 1'),
  ('message', 'message_sent', '2000000 2000000 24 1'),
  ('message', 'message_by_customer', '5000000 5000000 60 1'),
  ('text_summary', 'text_summary', '1000 1000 1'),
  ('text_rate', 'text_rate', '1 1');
ANALYZE sqlite_schema;
