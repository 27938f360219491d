CREATE TABLE parents (id int NOT NULL PRIMARY KEY, name varchar(50)) CHARACTER SET utf8mb4;
CREATE TABLE plain (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  a varchar(50) NOT NULL,
  b varchar(200),
  c int DEFAULT 5,
  d decimal(8,2),
  e enum('x', 'y') NOT NULL DEFAULT 'x',
  s set('x', 'y'),
  f char(10),
  g text,
  h datetime,
  i bigint NOT NULL,
  n varchar(20),
  l varchar(60) CHARACTER SET latin1,
  u int unsigned,
  parent_id int,
  KEY c_index (c),
  KEY b_index (b),
  UNIQUE KEY i_key (i)
) CHARACTER SET utf8mb4;
CREATE TABLE rich (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  a varchar(50) NOT NULL,
  b varchar(200),
  c int DEFAULT 5,
  d decimal(8,2),
  e enum('x', 'y') NOT NULL DEFAULT 'x',
  g text,
  i bigint NOT NULL,
  n varchar(20),
  u int unsigned,
  parent_id int,
  stored int AS (c + 1) STORED,
  computed int AS (c + 2) VIRTUAL,
  KEY c_index (c),
  FULLTEXT KEY g_text (g)
) CHARACTER SET utf8mb4;
CREATE TABLE worded (id int NOT NULL PRIMARY KEY, a varchar(50), g text, FULLTEXT KEY g_text (g));
CREATE TABLE computed (id int NOT NULL PRIMARY KEY, a varchar(50), c int, v int AS (c + 1) VIRTUAL, KEY v_index (v));
CREATE TABLE kept (id int NOT NULL PRIMARY KEY, a varchar(50), c int, s int AS (c + 1) STORED);
CREATE TABLE children (id int NOT NULL PRIMARY KEY, parent_id int, note varchar(20),
  KEY parent_index (parent_id),
  CONSTRAINT children_parent FOREIGN KEY (parent_id) REFERENCES parents (id));
CREATE TABLE bare (a int, b int NOT NULL, c varchar(10));
CREATE TABLE checked (id int NOT NULL PRIMARY KEY, a int, CONSTRAINT a_small CHECK (a < 100));
CREATE TABLE squeezed (id int NOT NULL PRIMARY KEY, a varchar(50), b int) ROW_FORMAT=COMPRESSED;
CREATE TABLE derived (id int NOT NULL PRIMARY KEY, a varchar(50), b varchar(40), c int, d int, e int,
  v int AS (c + 1) VIRTUAL, t int, w2 int AS (c + 5) VIRTUAL, u int, p int, q int,
  KEY c_index (c), KEY d_e (d, e), UNIQUE p_q (p, q), CONSTRAINT few CHECK (c < 100)) CHARACTER SET utf8mb4;
CREATE TABLE hashed (id int NOT NULL PRIMARY KEY, a varchar(50), b varchar(40), c int, t text, u text, l varchar(1000), i int,
  KEY c_index (c), UNIQUE t_key (t), UNIQUE i_key (i), CONSTRAINT few CHECK (c < 100)) CHARACTER SET utf8mb4;
CREATE TABLE twice (id int NOT NULL PRIMARY KEY, b varchar(40), c int, t text, u text, w int AS (c + 1) VIRTUAL,
  KEY c_index (c), UNIQUE t_key (t), UNIQUE u_key (u)) CHARACTER SET utf8mb4;
CREATE TABLE wide (id int NOT NULL PRIMARY KEY, a varchar(300), b varchar(40), k varchar(300), l varchar(500), m varchar(500),
  t text, bl blob, js json, bin varbinary(3073), vt text AS (concat(a, b)) VIRTUAL,
  UNIQUE a_key (a), KEY k_key (k), KEY b_m (b, m)) CHARACTER SET utf8mb4;
INSERT INTO parents VALUES (1, 'one'), (2, 'two');
INSERT INTO plain (a, b, i, parent_id, n, e, f) VALUES ('a', 'b', 1, 1, 'n', 'x', 'f'), ('b', 'c', 2, 2, 'm', 'y', 'g');
INSERT INTO rich (a, b, i, parent_id, n) VALUES ('a', 'b', 1, 1, 'n'), ('b', 'c', 2, 2, 'm');
INSERT INTO worded VALUES (1, 'a', 'g');
INSERT INTO computed (id, a, c) VALUES (1, 'a', 1);
INSERT INTO kept (id, a, c) VALUES (1, 'a', 1);
INSERT INTO children VALUES (1, 1, 'n');
INSERT INTO bare VALUES (1, 1, 'x');
INSERT INTO checked VALUES (1, 1);
INSERT INTO squeezed VALUES (1, 'a', 1);
INSERT INTO derived (id, a, b, c) VALUES (1, 'a', 'b', 1), (2, 'b', 'c', 2);
INSERT INTO hashed (id, b, t, i) VALUES (1, 'b', 'a', 1), (2, 'c', 'b', 2);
INSERT INTO twice (id, t, u) VALUES (1, 'a', 'b');
INSERT INTO wide (id, a, b) VALUES (1, 'a', 'b');
