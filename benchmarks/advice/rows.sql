-- The rows of the shop, made by the engine: skewed as shops are, the same each time.
INSERT INTO categories SELECT n, CASE WHEN n > 20 THEN n % 20 + 1 END, 'category-' || n, 'Category ' || n
  FROM generate_series(1, 400) n;
INSERT INTO coupons SELECT n, 'CODE' || n * 7919 % 100003, n % 5 * 10, n % 20 = 0,
  date '2024-01-01' + n % 700, date '2024-02-01' + n % 700 FROM generate_series(1, 5000) n;
INSERT INTO customers SELECT n, 'Customer' || n || '@example.org', 'Name ' || n,
  (ARRAY['DE','FR','US','GB','IT','ES','NL','PL'])[floor(8 * power(hashint4(n)::bigint % 1000 / 1000.0, 2) + 1)::int % 8 + 1],
  'City ' || abs(hashint4(n * 3)) % 900, CASE WHEN n % 100 = 0 THEN 'blocked' WHEN n % 25 = 0 THEN 'deleted'
  ELSE 'active' END, CASE WHEN n % 12 = 0 THEN n / 12 END, n % 3 = 0,
  timestamp '2021-01-01' + n * interval '30 minutes',
  CASE WHEN n % 6 > 0 THEN timestamp '2024-01-01' + abs(hashint4(n)) % 1000000 * interval '30 seconds' END
  FROM generate_series(1, 50000) n;
INSERT INTO addresses SELECT n, n % 50000 + 1, CASE WHEN n % 3 = 0 THEN 'billing' ELSE 'shipping' END,
  'Street ' || n, lpad((abs(hashint4(n)) % 99999)::text, 5, '0'), 'City ' || abs(hashint4(n * 5)) % 900,
  (ARRAY['DE','FR','US','GB'])[n % 4 + 1] FROM generate_series(1, 80000) n;
INSERT INTO products SELECT n, 'SKU-' || lpad(n::text, 7, '0'), 'Product ' || n * 7919 % 20000,
  'Brand ' || abs(hashint4(n)) % 300, abs(hashint4(n * 7)) % 400 + 1, 100 + abs(hashint4(n * 11)) % 50000,
  CASE WHEN n % 50 = 0 THEN 'draft' WHEN n % 10 = 0 THEN 'retired' ELSE 'live' END,
  abs(hashint4(n * 13)) % 200, timestamp '2022-01-01' + n * interval '1 hour',
  jsonb_build_object('colour', (ARRAY['red','blue','green','black'])[n % 4 + 1], 'size', n % 12)
  FROM generate_series(1, 20000) n;
INSERT INTO orders SELECT n, CASE WHEN n % 20 = 0 THEN 7 ELSE abs(hashint4(n)) % 50000 + 1 END,
  CASE WHEN n > 298500 THEN 'pending' WHEN n % 40 = 0 THEN 'cancelled' WHEN n % 97 = 0 THEN 'disputed'
  ELSE 'completed' END, 500 + abs(hashint4(n * 3)) % 90000,
  CASE WHEN n % 10 = 0 THEN 'USD' ELSE 'EUR' END, (ARRAY['web','web','app','phone'])[n % 4 + 1],
  timestamp '2023-01-01' + n * interval '3 minutes',
  CASE WHEN n % 40 > 0 AND n <= 298500 THEN timestamp '2023-01-01' + n * interval '3 minutes' + interval '1 hour' END,
  CASE WHEN n % 40 > 0 AND n <= 297000 THEN timestamp '2023-01-02' + n * interval '3 minutes' END,
  CASE WHEN n % 15 = 0 THEN n % 5000 + 1 END FROM generate_series(1, 300000) n;
INSERT INTO order_items SELECT n, (n - 1) / 3 + 1, abs(hashint4(n) % 20000) + 1,
  n % 4 + 1, 100 + abs(hashint4(n * 2)) % 50000, n % 60 = 0 FROM generate_series(1, 900000) n;
INSERT INTO payments SELECT n, n, (ARRAY['card','card','paypal','invoice'])[n % 4 + 1],
  md5(n::text), CASE WHEN n % 150 = 0 THEN 'failed' WHEN n % 200 = 1 THEN 'refunded' ELSE 'settled' END,
  500 + abs(hashint4(n * 3)) % 90000, timestamp '2023-01-01' + n * interval '3 minutes'
  FROM generate_series(1, 300000) n;
INSERT INTO reviews SELECT n, abs(hashint4(n) % 20000) + 1, abs(hashint4(n * 3) % 50000) + 1,
  n % 5 + 1, 'Title ' || n, repeat('words ', 30), n % 25 > 0, timestamp '2023-01-01' + n * interval '5 minutes'
  FROM generate_series(1, 150000) n;
INSERT INTO events SELECT n, CASE WHEN n % 3 > 0 THEN abs(hashint4(n) % 50000) + 1 END,
  CASE WHEN n % 500 = 0 THEN 'error' WHEN n % 50 = 0 THEN 'checkout' WHEN n % 5 = 0 THEN 'search' ELSE 'view' END,
  '/p/' || abs(hashint4(n * 7) % 20000), md5((n / 8)::text), timestamp '2024-01-01' + n * interval '30 seconds'
  FROM generate_series(1, 1000000) n;
