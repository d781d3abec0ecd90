-- Control groups: a campaign may give no coupon to a share of the customers, so
-- that the others can be compared with them.
ALTER TABLE campaign ADD COLUMN holdback INTEGER NOT NULL DEFAULT 0 CONSTRAINT campaign_holdback CHECK (holdback BETWEEN 0 AND 5000);
ALTER TABLE campaign ADD COLUMN holdback_since INTEGER NOT NULL DEFAULT 0;

-- From when until when which share was held back; until is 0 for the one that
-- goes on.
CREATE TABLE holdback (
  store_id    BLOB    NOT NULL,
  campaign_id BLOB    NOT NULL,
  since       INTEGER NOT NULL,
  until       INTEGER NOT NULL DEFAULT 0,
  share       INTEGER NOT NULL,
  PRIMARY KEY (store_id, campaign_id, since),
  CONSTRAINT holdback_share    CHECK (share BETWEEN 1 AND 5000),
  CONSTRAINT holdback_span     CHECK (until = 0 OR until >= since),
  CONSTRAINT holdback_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id)
) STRICT, WITHOUT ROWID;

-- The coupon that a sale would have earned, were its customer not held back.
CREATE TABLE held_back (
  store_id    BLOB    NOT NULL,
  sale_id     BLOB    NOT NULL,
  campaign_id BLOB    NOT NULL,
  customer_id BLOB    NOT NULL,
  face        INTEGER NOT NULL,
  last_day    INTEGER NOT NULL,
  PRIMARY KEY (store_id, sale_id),
  CONSTRAINT held_face     CHECK (face > 0),
  CONSTRAINT held_sale     FOREIGN KEY (store_id, sale_id) REFERENCES sale (store_id, id),
  CONSTRAINT held_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id),
  CONSTRAINT held_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id)
) STRICT, WITHOUT ROWID;

-- Each customer once per campaign: the first sale that earned a coupon or would
-- have while a share was held back, its business day and the last day of that
-- coupon; the first later day of a sale up to then, 0 if there is none; and
-- what the coupon took off when it was redeemed.
CREATE TABLE trial (
  store_id    BLOB    NOT NULL,
  campaign_id BLOB    NOT NULL,
  customer_id BLOB    NOT NULL,
  sale_id     BLOB    NOT NULL,
  day         INTEGER NOT NULL,
  last_day    INTEGER NOT NULL,
  held        INTEGER NOT NULL,
  came        INTEGER NOT NULL,
  cost        INTEGER NOT NULL,
  PRIMARY KEY (store_id, campaign_id, customer_id),
  CONSTRAINT trial_held     CHECK (held IN (0, 1)),
  CONSTRAINT trial_came     CHECK (came = 0 OR came > day AND came <= last_day),
  CONSTRAINT trial_cost     CHECK (cost >= 0 AND (held = 0 OR cost = 0)),
  CONSTRAINT trial_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id),
  CONSTRAINT trial_customer FOREIGN KEY (store_id, customer_id) REFERENCES customer (store_id, id)
) STRICT, WITHOUT ROWID;

-- Sums of them by the day of the first sale.
CREATE TABLE trial_summary (
  store_id    BLOB    NOT NULL,
  campaign_id BLOB    NOT NULL,
  day         INTEGER NOT NULL,
  last_day    INTEGER NOT NULL,
  held        INTEGER NOT NULL,
  customers   INTEGER NOT NULL,
  returned    INTEGER NOT NULL,
  cost        INTEGER NOT NULL,
  PRIMARY KEY (store_id, campaign_id, day, last_day, held),
  CONSTRAINT trial_sum_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('holdback', 'holdback', '10 10 2 1'),
  ('held_back', 'held_back', '10000 10000 1'),
  ('trial', 'trial', '100000 100000 50000 1'),
  ('trial_summary', 'trial_summary', '2000 2000 1000 2 2 1');
ANALYZE sqlite_schema;
