-- Who comes back, by the month of the first purchase; and what tells whether a
-- customer had been lost and was won back.

-- Customers by the month of their first sale and each month in which they
-- bought, as often as they did. Months count from January 1970. A cell changes
-- with a customer's first sale of a month alone.
CREATE TABLE cohort_summary (
  store_id     BLOB    NOT NULL,
  first_month  INTEGER NOT NULL,
  active_month INTEGER NOT NULL,
  customers    INTEGER NOT NULL,
  PRIMARY KEY (store_id, first_month, active_month),
  CONSTRAINT cohort_order CHECK (active_month >= first_month),
  CONSTRAINT cohort_store FOREIGN KEY (store_id) REFERENCES store (id)
) STRICT, WITHOUT ROWID;

-- The month of a day without functions that only one database has: n are days
-- since 1 March of the year 0, y years that begin in March, by H. Hinnant's
-- days-to-civil algorithm; the months of such a year have 153 days in five.
INSERT INTO cohort_summary (store_id, first_month, active_month, customers)
SELECT store_id, first_month, month, count(*) FROM (
  SELECT store_id, month, min(month) OVER (PARTITION BY store_id, customer_id) AS first_month FROM (
    SELECT DISTINCT store_id, customer_id, 12 * y + (5 * (n - 365 * y - y / 4 + y / 100 - y / 400) + 2) / 153 - 23638 AS month FROM (
      SELECT store_id, customer_id, n,
             n / 146097 * 400 + (n % 146097 - n % 146097 / 1460 + n % 146097 / 36524 - n % 146097 / 146096) / 365 AS y FROM (
        SELECT store_id, customer_id, business + 719468 AS n FROM sale WHERE customer_id IS NOT NULL AND state <> 'voided') AS sales) AS years) AS months) AS lives
 GROUP BY store_id, first_month, month;

-- The day of the sale before the last one, on the same day perhaps; 0 after one.
ALTER TABLE customer ADD COLUMN before_day INTEGER NOT NULL DEFAULT 0;
UPDATE customer SET before_day = b.business
  FROM (SELECT store_id, customer_id, business, row_number() OVER (PARTITION BY store_id, customer_id ORDER BY business DESC, id DESC) AS n
          FROM sale WHERE customer_id IS NOT NULL AND state <> 'voided') AS b
 WHERE b.n = 2 AND b.store_id = customer.store_id AND b.customer_id = customer.id;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('cohort_summary', 'cohort_summary', '3000 3000 50 1');
ANALYZE sqlite_schema;
