INSERT INTO teams SELECT n, 'team ' || n, 't' || n FROM generate_series(1, 5) AS n;
INSERT INTO users (team_id, email, name, nick, age, points, rating, small, tags, data, meta, net,
    seen, span, bits, label, flag, proven, shown, hoped, word)
  SELECT CASE WHEN n % 7 <> 0 THEN n % 5 + 1 END, 'u' || n || '@example.org', 'name ' || n % 40,
    'nick ' || n, n % 30, n, n / 3.0, n, ARRAY[n, n + 1], '{"a": 1}', '{"a": 1}', '10.0.0.0/8',
    timestamp '2026-01-01' + n * interval '1 hour', interval '1 day', B'1010', 'label', n % 2 = 0,
    'yes', 'shown', 'hoped', 'word ' || n
  FROM generate_series(1, 60) AS n;
INSERT INTO orders (user_id, team_id, placed, total, status, note, code)
  SELECT n, n % 5 + 1, date '2026-01-01' + n, n, 'new', 'note ' || n, 'code ' || n
  FROM generate_series(1, 40) AS n;
INSERT INTO order_lines SELECT n, 1, 'product' FROM generate_series(1, 40) AS n;
INSERT INTO events SELECT n, date '2025-06-01' + n * 30, 'kind', n FROM generate_series(1, 36) AS n;
INSERT INTO events_new SELECT n, date '2030-01-01' + n, 'kind', n FROM generate_series(1, 20) AS n;
INSERT INTO events_checked SELECT n, date '2028-01-01' + n, 'kind', n FROM generate_series(1, 20) AS n;
INSERT INTO logs SELECT n, CASE WHEN n % 2 = 0 THEN 'eu' ELSE 'us' END, 'line' FROM generate_series(1, 20) AS n;
INSERT INTO logs_asia SELECT n, 'asia', 'line' FROM generate_series(1, 20) AS n;
INSERT INTO animals SELECT 'animal ' || n, 4 FROM generate_series(1, 10) AS n;
INSERT INTO dogs SELECT 'dog ' || n, 4, 'breed' FROM generate_series(1, 10) AS n;
INSERT INTO cats SELECT 'cat ' || n, 4, 7 FROM generate_series(1, 10) AS n;
INSERT INTO tree SELECT n, NULLIF(n / 2, 0), 'node' FROM generate_series(1, 20) AS n;
INSERT INTO cache SELECT 'key ' || n, 'value' FROM generate_series(1, 20) AS n;
INSERT INTO bookings SELECT n, tsrange(timestamp '2026-01-01' + n * interval '1 day', timestamp '2026-01-02' + n * interval '1 day') FROM generate_series(1, 20) AS n;
INSERT INTO notes SELECT n, 'body' FROM generate_series(1, 20) AS n;
INSERT INTO mails SELECT n, 'a@b', ARRAY['c@d'] FROM generate_series(1, 20) AS n;
INSERT INTO pairs SELECT n, n % 3 FROM generate_series(1, 20) AS n;
INSERT INTO app.users SELECT n, 'name' FROM generate_series(1, 20) AS n;
REFRESH MATERIALIZED VIEW team_sizes;
REFRESH MATERIALIZED VIEW ages;
INSERT INTO readings (sensor, level, owner_id) SELECT n % 3, n - 10, n FROM generate_series(1, 60) AS n;
INSERT INTO readings (sensor, level, owner_id) SELECT n % 3, n + 300, n FROM generate_series(1, 20) AS n;
INSERT INTO readings_high SELECT n, 1, 100 + n, 'code', n FROM generate_series(1, 20) AS n;
INSERT INTO shards SELECT n FROM generate_series(1, 60) AS n WHERE satisfies_hash_partition('shards'::regclass, 2, 0, n);
INSERT INTO shards_new SELECT n FROM generate_series(1, 60) AS n WHERE satisfies_hash_partition('shards'::regclass, 2, 1, n);
INSERT INTO visits SELECT n, now(), '2026-01-01', '2026-01-01', n, ARRAY['a'], true, '[1,5)', n FROM generate_series(1, 20) AS n;
INSERT INTO ranks SELECT n, n FROM generate_series(1, 20) AS n;
INSERT INTO plays SELECT n, n FROM generate_series(1, 20) AS n;
INSERT INTO counted SELECT FROM generate_series(1, 20);
INSERT INTO app.notes SELECT n, n FROM generate_series(1, 20) AS n;
INSERT INTO corners (id, b, n, flagged, kind, tall) SELECT n, B'1', n, true, 'a', 'tall ' || n FROM generate_series(1, 20) AS n;
REFRESH MATERIALIZED VIEW deep;
INSERT INTO "Team" ("Name") SELECT 'team' FROM generate_series(1, 5);
INSERT INTO "User" ("teamId", "Email", "Proven") SELECT n % 5 + 1, 'mail ' || n, 'yes' FROM generate_series(1, 20) AS n;
INSERT INTO "Log" SELECT n, n FROM generate_series(0, 9) AS n;
INSERT INTO "Log" SELECT n, n + 100 FROM generate_series(1, 9) AS n;
INSERT INTO "LogTwo" SELECT n, n + 9 FROM generate_series(1, 9) AS n;
