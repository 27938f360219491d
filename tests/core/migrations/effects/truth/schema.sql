CREATE SCHEMA app;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE address AS (street text, zip text);
CREATE DOMAIN plain AS text;
CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN score AS integer;
CREATE FUNCTION lucky() RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 7';
CREATE FUNCTION steady() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 7';
CREATE FUNCTION fixed() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 7';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE PROCEDURE tidy() LANGUAGE sql AS 'SELECT 1';
CREATE SEQUENCE numbers;

CREATE TABLE teams (
  id bigint PRIMARY KEY,
  name varchar(50) NOT NULL,
  code char(4),
  CONSTRAINT teams_name_key UNIQUE (name)
);

CREATE TABLE users (
  id bigserial PRIMARY KEY,
  team_id bigint REFERENCES teams (id),
  email mail,
  name varchar(100) NOT NULL,
  nick text,
  age integer CHECK (age >= 0),
  points score,
  balance numeric(8,2) DEFAULT 0,
  free numeric,
  rating real,
  small smallint,
  mood mood DEFAULT 'ok',
  home address,
  tags integer[],
  data json,
  meta jsonb,
  net cidr,
  seen timestamp,
  seen_at timestamptz(3) DEFAULT now(),
  span interval(3),
  bits varbit(8),
  label char(10),
  flag boolean,
  doubled integer GENERATED ALWAYS AS (age * 2) STORED,
  proven text CONSTRAINT proven_there CHECK (proven IS NOT NULL),
  shown text,
  hoped text,
  word varchar(20),
  CONSTRAINT shown_long CHECK (shown IS NOT NULL AND length(shown) > 1)
);
ALTER TABLE users ADD CONSTRAINT hoped_there CHECK (hoped IS NOT NULL) NOT VALID;
CREATE INDEX users_name_idx ON users (name);
CREATE INDEX users_nick_pattern ON users (nick text_pattern_ops);
CREATE UNIQUE INDEX users_nick_key ON users (nick);
CREATE INDEX users_lower ON users (lower(name)) WHERE flag;
CREATE INDEX users_meta ON users USING gin (meta);
CREATE INDEX users_seen ON users (seen);
CREATE VIEW user_names AS SELECT id, name FROM users;
CREATE VIEW short_names AS SELECT name FROM user_names WHERE length(name) < 5;
CREATE MATERIALIZED VIEW team_sizes AS
  SELECT team_id, count(*) AS members FROM users WHERE team_id IS NOT NULL GROUP BY team_id;
CREATE UNIQUE INDEX team_sizes_key ON team_sizes (team_id);
CREATE MATERIALIZED VIEW ages AS SELECT age, count(*) AS people FROM users GROUP BY age;
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE STATISTICS users_pair ON name, nick FROM users;

CREATE TABLE orders (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  team_id bigint,
  placed date NOT NULL,
  total numeric(12,2),
  status text CONSTRAINT status_known CHECK (status IN ('new', 'paid')),
  note varchar(50),
  code text NOT NULL
);
ALTER TABLE orders ADD CONSTRAINT orders_team FOREIGN KEY (team_id) REFERENCES teams (id) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT total_there CHECK (total >= 0) NOT VALID;
CREATE UNIQUE INDEX orders_code ON orders (code);
CREATE UNIQUE INDEX orders_note ON orders (note);
CREATE INDEX orders_user ON orders (user_id);

CREATE TABLE order_lines (
  order_id integer REFERENCES orders (id),
  line integer,
  product text,
  PRIMARY KEY (order_id, line)
);

CREATE TABLE events (
  id bigint NOT NULL,
  at date NOT NULL,
  kind text,
  user_id bigint
) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE INDEX events_kind ON events (kind);
CREATE TABLE events_new (id bigint NOT NULL, at date NOT NULL, kind text, user_id bigint);
CREATE TABLE events_checked (
  id bigint NOT NULL, at date NOT NULL, kind text, user_id bigint,
  CONSTRAINT at_2028 CHECK (at >= '2028-01-01' AND at < '2029-01-01')
);

CREATE TABLE logs (id bigint, region text, line text, PRIMARY KEY (id, region))
  PARTITION BY LIST (region);
CREATE TABLE logs_eu PARTITION OF logs FOR VALUES IN ('eu');
CREATE TABLE logs_us PARTITION OF logs FOR VALUES IN ('us');
CREATE TABLE logs_asia (id bigint NOT NULL, region text NOT NULL, line text);
CREATE INDEX logs_only ON ONLY logs (line);
CREATE INDEX logs_eu_line ON logs_eu (line);

CREATE TABLE animals (name text NOT NULL, legs integer);
CREATE TABLE dogs (breed text) INHERITS (animals);
CREATE TABLE cats (name text NOT NULL, legs integer, lives integer);

CREATE TABLE tree (id integer PRIMARY KEY, parent integer REFERENCES tree (id), name text);
CREATE UNLOGGED TABLE cache (key text PRIMARY KEY, value text);
CREATE TABLE bookings (room integer, during tsrange, EXCLUDE USING gist (during WITH &&));
CREATE TABLE notes (id integer, body text, owner text DEFAULT CURRENT_USER);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (owner = CURRENT_USER);
CREATE RULE keep AS ON DELETE TO notes DO INSTEAD NOTHING;
CREATE TABLE mails (id integer, sender mail, receivers mail[]);
CREATE TABLE empty (id integer, name text);
CREATE TABLE pairs (a integer, b integer);
CREATE TABLE app.users (id integer PRIMARY KEY, name text);

CREATE FUNCTION dice() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 4; END $$;
CREATE FUNCTION firm(a integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a; END $$;
CREATE FUNCTION count_of(kind mood) RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
CREATE TYPE span AS RANGE (subtype = integer);
CREATE TABLE readings (
  id integer GENERATED BY DEFAULT AS IDENTITY,
  sensor integer NOT NULL,
  level integer NOT NULL,
  code text,
  owner_id bigint REFERENCES users (id),
  PRIMARY KEY (id, sensor, level)
) PARTITION BY RANGE (level);
CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (MINVALUE) TO (0);
CREATE TABLE readings_mid PARTITION OF readings FOR VALUES FROM (0) TO (100) PARTITION BY LIST (sensor);
CREATE TABLE readings_mid_one PARTITION OF readings_mid FOR VALUES IN (1);
CREATE TABLE readings_mid_rest PARTITION OF readings_mid DEFAULT;
CREATE TABLE readings_rest PARTITION OF readings DEFAULT;
ALTER TABLE readings_rest ADD CONSTRAINT not_high CHECK (NOT (level >= 100 AND level < 200));
CREATE TABLE readings_high (
  id integer NOT NULL,
  sensor integer NOT NULL,
  level integer NOT NULL,
  code text,
  owner_id bigint,
  CONSTRAINT high CHECK (level >= 100 AND level < 200),
  PRIMARY KEY (id, sensor, level)
);
CREATE TRIGGER readings_touch BEFORE UPDATE ON readings FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TABLE shards (id integer NOT NULL, note text) PARTITION BY HASH (id);
CREATE TABLE shards_0 PARTITION OF shards FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shards_new (id integer NOT NULL, note text);
CREATE TABLE visits (
  id integer,
  at timestamptz,
  day date,
  stamp timestamp,
  places integer DEFAULT firm(3),
  words varchar(20)[],
  flag boolean DEFAULT true,
  spans span,
  loose integer,
  CONSTRAINT id_there CHECK (NOT (id IS NULL)),
  CONSTRAINT loose_there CHECK (loose IS NOT NULL OR id > 0)
);
CREATE INDEX visits_firm ON visits (firm(id));
CREATE INDEX visits_flag ON visits (day) WHERE flag;
CREATE VIEW busy AS SELECT v.id, firm(v.id) AS firmed FROM visits AS v;
CREATE VIEW all_cats AS SELECT * FROM cats;
CREATE TRIGGER visits_day BEFORE UPDATE OF day ON visits FOR EACH ROW
  WHEN (NEW.stamp IS NOT NULL) EXECUTE FUNCTION touch();
CREATE TABLE ranks (a integer, b integer, name text, CONSTRAINT ranks_once UNIQUE (a, b));
CREATE TABLE plays (a integer, b integer, FOREIGN KEY (a, b) REFERENCES ranks (a, b) ON DELETE SET NULL);
CREATE TABLE counted (id integer DEFAULT nextval('numbers'), at timestamptz DEFAULT now());
CREATE TABLE app.notes (id integer PRIMARY KEY, user_id integer REFERENCES app.users (id));
CREATE SEQUENCE app.figures OWNED BY app.notes.id;
CREATE VIEW app.names AS SELECT name FROM app.users;

CREATE TABLE corners (
  id integer,
  a integer NOT NULL DEFAULT 5,
  b bit,
  n numeric(5),
  flagged boolean CHECK (flagged),
  kind text CONSTRAINT kind_known CHECK (kind = 'a'),
  label mood DEFAULT 'ok',
  months interval year to month,
  tall text
);
CREATE UNIQUE INDEX corners_hash ON corners (lower(tall));
CREATE UNIQUE INDEX corners_some ON corners (id) WHERE flagged;
CREATE MATERIALIZED VIEW deep AS
  SELECT s.name, e.id FROM user_names AS s CROSS JOIN shards AS e;
CREATE VIEW shaped AS
  SELECT id::text, lower(name), CASE WHEN age > 3 THEN 1 END, 7 FROM users
  UNION ALL SELECT 'x', 'y', 1, 7;
CREATE PUBLICATION news FOR TABLE teams;

CREATE TABLE "Team" ("Id" serial PRIMARY KEY, "Name" text NOT NULL);
CREATE TABLE "User" (
  "Id" serial PRIMARY KEY,
  "teamId" integer NOT NULL REFERENCES "Team" ("Id"),
  "Email" text,
  "Proven" text CHECK ("Proven" IS NOT NULL),
  "Size" integer GENERATED ALWAYS AS (length("Email")) STORED
);
CREATE UNIQUE INDEX "User_Email_key" ON "User" ("Email");
CREATE VIEW "Names" AS SELECT u."Proven" FROM "User" AS u;
CREATE TRIGGER "Touch" BEFORE UPDATE OF "teamId" ON "User" FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TABLE "Log" ("Id" integer NOT NULL, "At" integer NOT NULL) PARTITION BY RANGE ("At");
CREATE TABLE "LogOne" PARTITION OF "Log" FOR VALUES FROM (0) TO (10);
CREATE TABLE "LogRest" PARTITION OF "Log" DEFAULT;
CREATE TABLE "LogTwo" ("Id" integer NOT NULL, "At" integer NOT NULL, CHECK ("At" >= 10 AND "At" < 20));
