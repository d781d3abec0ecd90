-- How long customers take to come back: sums kept in the transaction of every
-- sale, so that a report need not read the sales.

-- The sales of a day whose customers are known. Each of them begins a wait for
-- the next: less the gaps that began on the day, they are the customers who have
-- not come again since.
ALTER TABLE day_summary ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
INSERT INTO day_summary (store_id, day, sales, gross, discount, net, issued, redeemed, known)
SELECT store_id, business, 0, 0, 0, 0, 0, 0, count(*) FROM sale
 WHERE customer_id IS NOT NULL AND state <> 'voided' GROUP BY store_id, business
ON CONFLICT (store_id, day) DO UPDATE SET known = excluded.known;

-- The days from a customer's sale to the next, by the day of the later one: 0 if
-- both were on one day. firsts are those of the gaps that are their customer's
-- first, which is how many came for the second time.
CREATE TABLE gap_summary (
  store_id BLOB    NOT NULL,
  day      INTEGER NOT NULL,
  gap      INTEGER NOT NULL,
  gaps     INTEGER NOT NULL,
  firsts   INTEGER NOT NULL,
  PRIMARY KEY (store_id, day, gap),
  CONSTRAINT gap_whole CHECK (gap >= 0),
  CONSTRAINT gap_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
INSERT INTO gap_summary (store_id, day, gap, gaps, firsts)
SELECT store_id, business, gap, count(*), sum(CASE WHEN n = 2 THEN 1 ELSE 0 END) FROM (
  SELECT store_id, business, business - lag(business) OVER w AS gap, row_number() OVER w AS n
    FROM sale WHERE customer_id IS NOT NULL AND state <> 'voided'
  WINDOW w AS (PARTITION BY store_id, customer_id ORDER BY business, id)) AS spells
 WHERE n > 1 GROUP BY store_id, business, gap;

-- The days from the sale that earned a coupon to the one that redeemed it, by
-- the day of the latter; 0 too if that was dated back before the former.
CREATE TABLE redeem_summary (
  store_id BLOB    NOT NULL,
  day      INTEGER NOT NULL,
  days     INTEGER NOT NULL,
  redeemed INTEGER NOT NULL,
  PRIMARY KEY (store_id, day, days),
  CONSTRAINT redeem_whole CHECK (days >= 0),
  CONSTRAINT redeem_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;
INSERT INTO redeem_summary (store_id, day, days, redeemed)
SELECT c.store_id, x.business, CASE WHEN e.business > x.business THEN 0 ELSE x.business - e.business END, count(*)
  FROM coupon c
  JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
  JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
 WHERE c.state = 'redeemed' GROUP BY 1, 2, 3;

-- Voids of past-dated sales left the wrong first and last day with a customer.
UPDATE customer SET
  first_day = coalesce((SELECT min(x.business) FROM sale x WHERE x.store_id = customer.store_id AND x.customer_id = customer.id AND x.state <> 'voided'), 0),
  last_day = coalesce((SELECT max(x.business) FROM sale x WHERE x.store_id = customer.store_id AND x.customer_id = customer.id AND x.state <> 'voided'), 0)
 WHERE (store_id, id) IN (SELECT v.store_id, v.customer_id FROM sale v WHERE v.state = 'voided');

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('gap_summary', 'gap_summary', '300000 300000 300 1'),
  ('redeem_summary', 'redeem_summary', '50000 50000 50 1');
ANALYZE sqlite_schema;
