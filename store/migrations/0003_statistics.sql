-- What SQLite's planner is to believe about the tables: a store of its own with
-- a million sales. Without it, every key beginning with store_id seems to find
-- ten rows, and a customer's sales are looked for among all of the store's.
-- Fixed figures also keep the plans the same from the first sale to the last.
-- The figures are rows in all, then rows for the first column of the index, for
-- the first two, and so on.
ANALYZE store;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('store', 'store', '1 1'),
  ('setting', 'setting', '20 20 1'),
  ('register', 'register', '10 10 1'),
  ('staff', 'staff', '20 20 1'),
  ('campaign', 'campaign', '50 50 1'),
  ('customer', 'customer', '100000 100000 1'),
  ('customer', 'customer_by_phone', '100000 100000 1'),
  ('customer', 'customer_by_last4', '100000 100000 10 1'),
  ('customer', 'customer_by_number', '100000 100000 1'),
  ('customer_word', 'customer_word', '250000 250000 250 1'),
  ('consent', 'consent', '100000 100000 2 1'),
  ('verification', 'verification', '100 100 1'),
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
  ('coupon_event', 'coupon_event', '10000 10000 2 1'),
  ('message', 'message', '1000000 1000000 1'),
  ('message', 'message_due', '1000 10 1'),
  ('message', 'message_leased', '10 5 1'),
  ('message', 'message_unknown', '100 100 1'),
  ('message', 'message_by_customer', '1000000 1000000 12 1'),
  ('day_summary', 'day_summary', '1000 1000 1'),
  ('coupon_summary', 'coupon_summary', '10000 10000 500 1'),
  ('audit', 'audit', '3000000 3000000 1'),
  ('audit_head', 'audit_head', '1 1');
ANALYZE sqlite_schema;
