-- Expressions of each kind, in checks, indexes and views: a server writes them in its own way.
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN word AS varchar(30) CHECK (VALUE ~ '^[a-z]+$' AND length(VALUE) > 1 AND VALUE <> 'no');
CREATE TABLE e (
  i int, s smallint, b bigint, n numeric(10,2), r real, d double precision,
  t text, v varchar(20), c char(3), w word, m mood, ok bool,
  at timestamptz, stamp timestamp, day date, clock time, span interval,
  j jsonb, ts text[], ids int[], u uuid, f "char", x bytea, o oid, ip inet, rng int4range
);
ALTER TABLE e ADD CONSTRAINT c01 CHECK (i + 1 > 2 * (s - 3) AND i % 2 = 0 OR NOT (i / 2 < 5));
ALTER TABLE e ADD CONSTRAINT c02 CHECK (n > 0 AND n <= 100.5 AND d >= 1 AND r < 3 AND n * 2 <> i);
ALTER TABLE e ADD CONSTRAINT c03 CHECK (i > -5 AND n > -1.5 AND -i < 4 AND i = +3);
ALTER TABLE e ADD CONSTRAINT c04 CHECK (v IN ('x', 'y') AND v NOT IN ('z') AND c IN ('abc', 'd') AND i NOT IN (1, 2));
ALTER TABLE e ADD CONSTRAINT c05 CHECK (v = ANY (ARRAY['x', 'y']) OR v = ANY ('{x,y}') OR i <> ALL (ARRAY[1, 2]) OR t = ANY (ts));
ALTER TABLE e ADD CONSTRAINT c06 CHECK (i BETWEEN 1 AND 3 AND n NOT BETWEEN 1 AND 3);
ALTER TABLE e ADD CONSTRAINT c07 CHECK (i BETWEEN SYMMETRIC 3 AND 1 OR i NOT BETWEEN SYMMETRIC 3 AND 1);
ALTER TABLE e ADD CONSTRAINT c08 CHECK (t LIKE 'a%' AND v NOT LIKE '_b' AND t ILIKE 'C' AND t NOT ILIKE 'd' AND t SIMILAR TO '(a|b)');
ALTER TABLE e ADD CONSTRAINT c09 CHECK (t LIKE 'a!%' ESCAPE '!' AND t !~ 'x' AND t ~* 'y');
ALTER TABLE e ADD CONSTRAINT c10 CHECK (ok AND ok IS TRUE AND ok IS NOT FALSE AND ok IS UNKNOWN AND NOT ok AND ok = true);
ALTER TABLE e ADD CONSTRAINT c11 CHECK (i IS DISTINCT FROM 1 AND v IS NOT DISTINCT FROM 'x' AND t IS NULL AND (i + 1) IS NOT NULL);
ALTER TABLE e ADD CONSTRAINT c12 CHECK (COALESCE(v, 'x') <> '' AND NULLIF(i, 0) > 1 AND GREATEST(i, 2) < LEAST(b, 5));
ALTER TABLE e ADD CONSTRAINT c13 CHECK (CASE WHEN i > 1 THEN t WHEN ok THEN 'x' ELSE v END <> 'y');
ALTER TABLE e ADD CONSTRAINT c14 CHECK (CASE i WHEN 1 THEN true WHEN 2 THEN false END);
ALTER TABLE e ADD CONSTRAINT c15 CHECK (at > '2020-01-01' AND stamp < '2021-02-03 04:05' AND day >= '2020-02-29' AND clock > '10:00' AND span < '2 hours');
ALTER TABLE e ADD CONSTRAINT c16 CHECK (day < CURRENT_DATE AND at < CURRENT_TIMESTAMP AND stamp < LOCALTIMESTAMP(3) AND clock < LOCALTIME);
ALTER TABLE e ADD CONSTRAINT c17 CHECK (at + interval '1 month' > now() AND day - 3 < day AND at AT TIME ZONE 'UTC' > stamp);
ALTER TABLE e ADD CONSTRAINT c18 CHECK (extract(epoch FROM at) > 5 AND date_trunc('hour', at) = at AND to_char(day, 'YYYY') = '2020');
ALTER TABLE e ADD CONSTRAINT c19 CHECK (trim(t) = t AND trim(LEADING 'x' FROM v) <> '' AND trim(TRAILING FROM t) <> '' AND substring(t FROM 2) = 'a' AND substring(t, 1, 2) = 'b');
ALTER TABLE e ADD CONSTRAINT c20 CHECK (position('a' IN t) > 0 AND overlay(t PLACING 'x' FROM 1) <> '' AND lower(v) = upper(t));
ALTER TABLE e ADD CONSTRAINT c21 CHECK (t || 'x' || v <> 'y' AND i::text = '1' AND t::int > 3 AND v::varchar(2) = 'ab' AND n::int = 4);
ALTER TABLE e ADD CONSTRAINT c22 CHECK (j ->> 'a' = 'b' AND j -> 'c' ->> 0 = 'd' AND j @> '{"k": 1}' AND j ? 'z' AND (j #>> '{a,b}') IS NOT NULL AND jsonb_typeof(j) = 'object');
ALTER TABLE e ADD CONSTRAINT c23 CHECK (ts[1] = 'a' AND ids[1:2] = ARRAY[1, 2] AND ts @> ARRAY['b'] AND cardinality(ids) > 0 AND array_length(ts, 1) < 9);
ALTER TABLE e ADD CONSTRAINT c24 CHECK (m = 'a' AND m <> 'b'::mood AND m IN ('a', 'b') AND m::text = 'a' AND w <> 'x' AND w LIKE 'y%');
ALTER TABLE e ADD CONSTRAINT c25 CHECK (u <> '00000000-0000-0000-0000-000000000000' AND ip << '10.0.0.0/8' AND rng @> 5 AND f = 'q' AND o > 5);
ALTER TABLE e ADD CONSTRAINT c26 CHECK ((i, s) <> (1, 2) AND ROW(i, b) IS NOT NULL AND t COLLATE "C" < 'x' AND (i | 4) & 3 = 1 AND ~i <> 2 AND i ^ 2 < 10 AND @ i > 1);
ALTER TABLE e ADD CONSTRAINT c27 CHECK (b = 10000000000 AND d = 1e10 AND x = '\x00' AND t = E'a\nb' AND v = 'it''s' AND t = 'back\slash');
ALTER TABLE e ADD CONSTRAINT c28 CHECK (CURRENT_USER <> 'x' AND SESSION_USER <> 'y' AND make_interval(days => 3) > span AND num_nonnulls(VARIADIC ids) > 0);
CREATE TABLE defaults (
  a text DEFAULT 'it''s', b text[] DEFAULT ARRAY['x', 'y'], c int[] DEFAULT '{1,2}', d mood[] DEFAULT ARRAY['a'::mood],
  e timestamptz DEFAULT '2020-01-01', f timestamp DEFAULT '2020-01-01 10:00:00+00', g interval DEFAULT '1 day 2 hours',
  h bool DEFAULT 'no', i numeric DEFAULT '1.50', j int DEFAULT '7', k text DEFAULT (lower('A') || 'b'), l json DEFAULT '[]',
  m uuid DEFAULT gen_random_uuid(), n date DEFAULT CURRENT_DATE, o timestamptz DEFAULT (now() + interval '1 hour'),
  p text DEFAULT NULL::varchar, q varbit DEFAULT X'1F', r int DEFAULT (1 + 2) * 3, s double precision DEFAULT '-1.5',
  t varchar(5) DEFAULT ''::varchar, u text DEFAULT CURRENT_USER, v text[] DEFAULT ARRAY[]::text[], w bigint DEFAULT 0
);
CREATE TABLE p (id int PRIMARY KEY, name varchar(20), kind mood, parent int, made timestamptz);
CREATE TABLE q (id int PRIMARY KEY, p_id int, amount numeric, name varchar(20));
CREATE VIEW v01 AS SELECT * FROM p;
CREATE VIEW v02 AS SELECT x.*, q.amount AS much FROM p x JOIN q ON x.id = q.p_id WHERE x.kind = 'a';
CREATE VIEW v03 AS SELECT amount, kind FROM p, q WHERE p.id = p_id AND amount > 5;
CREATE VIEW v04 AS SELECT kind, count(*), sum(id) AS total, max(made) FROM p GROUP BY 1 HAVING count(*) > 1 ORDER BY total DESC, 1;
CREATE VIEW v05 AS WITH big AS (SELECT p_id, sum(amount) AS s FROM q GROUP BY p_id) SELECT name, s FROM p LEFT JOIN big ON big.p_id = p.id WHERE s IS NOT NULL;
CREATE VIEW v06 AS SELECT id, (SELECT max(amount) FROM q WHERE p_id = p.id) AS top FROM p WHERE EXISTS (SELECT 1 FROM q WHERE q.p_id = p.id AND q.name = p.name);
CREATE VIEW v07 AS SELECT id, name FROM p WHERE id IN (SELECT p_id FROM q) AND name = 'x' UNION ALL SELECT id, name FROM q WHERE name LIKE 'y%';
CREATE VIEW v08 AS SELECT s.id, s.n FROM (SELECT id, upper(name) AS n FROM p) s WHERE s.n <> 'X';
CREATE VIEW v09 (a, b) AS SELECT id, name FROM p LIMIT 5;
CREATE VIEW v10 AS SELECT DISTINCT ON (kind) kind, id FROM p ORDER BY kind, made DESC NULLS LAST;
CREATE VIEW v11 AS SELECT id, row_number() OVER (PARTITION BY kind ORDER BY made) AS rank FROM p;
CREATE VIEW v12 AS SELECT a.id, b.id AS other FROM p a JOIN p b ON b.parent = a.id;
CREATE VIEW v13 AS SELECT v01.id, v01.name FROM v01 WHERE v01.kind = 'b';
CREATE VIEW v14 AS SELECT count(*) FILTER (WHERE kind = 'a') AS as_, string_agg(name, ',' ORDER BY id) AS names FROM p;
CREATE VIEW v15 AS SELECT id, CASE WHEN kind = 'a' THEN 'first' ELSE 'rest' END AS which, name::text || '!' AS loud FROM p;
CREATE VIEW v16 AS SELECT p.id, l.amount FROM p CROSS JOIN LATERAL (SELECT amount FROM q WHERE q.p_id = p.id LIMIT 1) l;
CREATE VIEW v17 AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW v18 AS SELECT g.n FROM generate_series(1, 3) g(n);
CREATE TABLE copied AS SELECT p.id, p.name, q.amount, count(*) AS n, lower(p.name) AS low, 1 AS one FROM p JOIN q ON q.p_id = p.id GROUP BY 1, 2, 3;
CREATE TABLE starred AS SELECT * FROM v02;
