-- The owner's figures by who sold, at which till and what brought the customer;
-- what texts cost, by coupon; how long customers take to come back, all time;
-- and when the last backup was made.

-- What the texts about a campaign's coupons cost, in millionths. A text about
-- several coupons is its lead's.
ALTER TABLE coupon_summary ADD COLUMN texts     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE coupon_summary ADD COLUMN text_cost INTEGER NOT NULL DEFAULT 0;
UPDATE coupon_summary SET texts = m.texts, text_cost = m.cost
  FROM (SELECT c.store_id, c.campaign_id, e.business, c.last_day, sum(CASE WHEN m.went > 0 THEN 1 ELSE 0 END) AS texts, sum(m.cost) AS cost
          FROM message m
          JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
          JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
         WHERE m.sent_day > 0 AND m.lead_id IS NULL
         GROUP BY c.store_id, c.campaign_id, e.business, c.last_day) m
 WHERE m.store_id = coupon_summary.store_id AND m.campaign_id = coupon_summary.campaign_id
   AND m.business = coupon_summary.issued_on AND m.last_day = coupon_summary.last_day;

-- The sums of coupon_summary by the sale that earned the coupons: who made it,
-- where, and its source and ad. The day of issue leads, so that the coupons of
-- one day stand together: that is what a sale writes and what a span of days reads.
CREATE TABLE coupon_slice (
  store_id       BLOB    NOT NULL,
  issued_on      INTEGER NOT NULL,
  campaign_id    BLOB    NOT NULL,
  last_day       INTEGER NOT NULL,
  staff_id       BLOB    NOT NULL,
  register_id    BLOB    NOT NULL,
  source         TEXT    NOT NULL,
  ad             TEXT    NOT NULL,
  issued         INTEGER NOT NULL,
  issued_face    INTEGER NOT NULL,
  redeemed       INTEGER NOT NULL,
  redeemed_face  INTEGER NOT NULL,
  voided         INTEGER NOT NULL,
  voided_face    INTEGER NOT NULL,
  discount_given INTEGER NOT NULL,
  redeeming_net  INTEGER NOT NULL,
  earning_net    INTEGER NOT NULL,
  texts          INTEGER NOT NULL,
  text_cost      INTEGER NOT NULL,
  PRIMARY KEY (store_id, issued_on, campaign_id, last_day, staff_id, register_id, source, ad),
  CONSTRAINT slice_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO coupon_slice (store_id, issued_on, campaign_id, last_day, staff_id, register_id, source, ad, issued, issued_face,
                          redeemed, redeemed_face, voided, voided_face, discount_given, redeeming_net, earning_net, texts, text_cost)
SELECT c.store_id, e.business, c.campaign_id, c.last_day, e.staff_id, e.register_id, e.source, e.ad, count(*), sum(c.face),
       sum(CASE WHEN c.state = 'redeemed' THEN 1 ELSE 0 END), sum(CASE WHEN c.state = 'redeemed' THEN c.face ELSE 0 END),
       sum(CASE WHEN c.state = 'voided' THEN 1 ELSE 0 END), sum(CASE WHEN c.state = 'voided' THEN c.face ELSE 0 END),
       sum(c.redeemed_amount), sum(coalesce(x.net, 0)), sum(CASE WHEN x.id IS NULL THEN 0 ELSE e.net END),
       sum(coalesce(m.texts, 0)), sum(coalesce(m.cost, 0))
  FROM coupon c
  JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
  LEFT JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
  LEFT JOIN (SELECT store_id, coupon_id, sum(CASE WHEN went > 0 THEN 1 ELSE 0 END) AS texts, sum(cost) AS cost
               FROM message WHERE coupon_id IS NOT NULL AND sent_day > 0 AND lead_id IS NULL
              GROUP BY store_id, coupon_id) m ON m.store_id = c.store_id AND m.coupon_id = c.id
 GROUP BY c.store_id, e.business, c.campaign_id, c.last_day, e.staff_id, e.register_id, e.source, e.ad;

-- All gaps of gap_summary by their days, whenever they ended.
CREATE TABLE gap_total (
  store_id BLOB    NOT NULL,
  gap      INTEGER NOT NULL,
  gaps     INTEGER NOT NULL,
  PRIMARY KEY (store_id, gap),
  CONSTRAINT total_whole CHECK (gap >= 0),
  CONSTRAINT total_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
INSERT INTO gap_total (store_id, gap, gaps) SELECT store_id, gap, sum(gaps) FROM gap_summary GROUP BY store_id, gap;

-- Of a day's known sales, how many have been followed by another of that
-- customer: the others are the customers who wait since that day.
ALTER TABLE day_summary ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
UPDATE day_summary SET again = g.again
  FROM (SELECT store_id, day - gap AS began, sum(gaps) AS again FROM gap_summary GROUP BY store_id, day - gap) g
 WHERE g.store_id = day_summary.store_id AND g.began = day_summary.day;

-- The last backup: when it was made, and its bytes, 0 where that was not noted.
CREATE TABLE backup (
  store_id BLOB    NOT NULL PRIMARY KEY,
  at       INTEGER NOT NULL,
  bytes    INTEGER NOT NULL,
  CONSTRAINT backup_bytes CHECK (bytes >= 0),
  CONSTRAINT backup_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
INSERT INTO backup (store_id, at, bytes)
SELECT store_id, max(at), 0 FROM audit WHERE action = 'store.backup' GROUP BY store_id;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('coupon_slice', 'coupon_slice', '30000 30000 30 10 8 3 2 1 1'),
  ('gap_total', 'gap_total', '2000 2000 1'),
  ('backup', 'backup', '1 1');
ANALYZE sqlite_schema;
