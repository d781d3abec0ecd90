-- What the owner's figures need of the sums kept with each sale.

-- Sums of a campaign's coupons by the day of the sale that earned them and the
-- last day they are good: what was issued in a month, and what expired, follow
-- from the days alone. earning_net is the net of the sales that earned those
-- that were redeemed.
CREATE TABLE new_coupon_summary (
  store_id       BLOB    NOT NULL,
  campaign_id    BLOB    NOT NULL,
  issued_on      INTEGER NOT NULL,
  last_day       INTEGER NOT NULL,
  issued         INTEGER NOT NULL,
  issued_face    INTEGER NOT NULL,
  redeemed       INTEGER NOT NULL,
  redeemed_face  INTEGER NOT NULL,
  voided         INTEGER NOT NULL,
  voided_face    INTEGER NOT NULL,
  discount_given INTEGER NOT NULL,
  redeeming_net  INTEGER NOT NULL,
  earning_net    INTEGER NOT NULL,
  PRIMARY KEY (store_id, campaign_id, issued_on, last_day),
  CONSTRAINT summary_campaign FOREIGN KEY (store_id, campaign_id) REFERENCES campaign (store_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO new_coupon_summary (store_id, campaign_id, issued_on, last_day, issued, issued_face, redeemed, redeemed_face,
                                voided, voided_face, discount_given, redeeming_net, earning_net)
SELECT c.store_id, c.campaign_id, e.business, c.last_day, count(*), sum(c.face),
       sum(CASE WHEN c.state = 'redeemed' THEN 1 ELSE 0 END), sum(CASE WHEN c.state = 'redeemed' THEN c.face ELSE 0 END),
       sum(CASE WHEN c.state = 'voided' THEN 1 ELSE 0 END), sum(CASE WHEN c.state = 'voided' THEN c.face ELSE 0 END),
       sum(c.redeemed_amount), sum(coalesce(x.net, 0)), sum(CASE WHEN x.id IS NULL THEN 0 ELSE e.net END)
  FROM coupon c
  JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
  LEFT JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
 GROUP BY c.store_id, c.campaign_id, e.business, c.last_day;
DROP TABLE coupon_summary;
ALTER TABLE new_coupon_summary RENAME TO coupon_summary;

-- Of the coupons redeemed in the sales of a day: what they took off, and the
-- net of these sales and of those that had earned them.
ALTER TABLE day_summary ADD COLUMN used_off    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE day_summary ADD COLUMN used_net    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE day_summary ADD COLUMN used_earned INTEGER NOT NULL DEFAULT 0;
UPDATE day_summary SET used_off = u.used_off, used_net = u.used_net, used_earned = u.used_earned
  FROM (SELECT x.store_id, x.business, sum(c.redeemed_amount) AS used_off, sum(x.net) AS used_net, sum(e.net) AS used_earned
          FROM coupon c
          JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
          JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
         GROUP BY x.store_id, x.business) u
 WHERE u.store_id = day_summary.store_id AND u.business = day_summary.day;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('coupon_summary', 'coupon_summary', '10000 10000 500 1 1');
ANALYZE sqlite_schema;
