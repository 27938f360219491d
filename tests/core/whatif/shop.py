"""A small database of PostgreSQL with known data: what a clone of it is held against."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from be_tui.core.databases import WheelSandbox, dump_postgres, open_sandbox
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import PostgresSession
    from be_tui.core.schema import Schema

DDL = """
CREATE TYPE state AS ENUM ('draft', 'published', 'flagged');
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL,
  token uuid NOT NULL UNIQUE,
  joined date NOT NULL
);
CREATE TABLE posts (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id),
  title varchar(80) NOT NULL,
  state state NOT NULL,
  score int,
  price numeric(10, 2) NOT NULL,
  tags text[] NOT NULL,
  code char(8) NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX users_lower ON users (lower(email));
CREATE INDEX posts_flagged ON posts (created_at DESC) WHERE state = 'flagged';
CREATE INDEX posts_user ON posts (user_id) INCLUDE (score);
CREATE INDEX posts_code ON posts USING hash (code);
CREATE INDEX posts_tags ON posts USING gin (tags);
CREATE INDEX posts_title ON posts (title text_pattern_ops);
CREATE INDEX posts_time ON posts USING brin (created_at);
CREATE INDEX posts_state ON posts (state, price);
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
"""

_ROWS = (
    """INSERT INTO users (email, token, joined)
SELECT 'User' || i || '@example.com', md5(i::text)::uuid, date '2020-01-01' + i % 900
FROM generate_series(1, 2000) i""",
    """INSERT INTO posts SELECT i, 1 + (i * 7919) % 2000, 'title ' || i % 5000,
  CASE WHEN i % 100 = 0 THEN 'flagged' WHEN i % 10 = 0 THEN 'draft' ELSE 'published' END::state,
  CASE WHEN i % 5 > 0 THEN i % 250 END, (i % 997) / 7.0,
  ARRAY['tag' || i % 5, 'all'], lpad((i % 3000)::text, 8, '0'),
  timestamptz '2024-01-01' + i * interval '1 minute'
FROM generate_series(1, 20000) i""",
    "INSERT INTO events SELECT i, date '2020-01-01' + i % 700 FROM generate_series(1, 5000) i",
    "VACUUM ANALYZE",
)

QUERIES = (
    "SELECT * FROM posts WHERE id = 7",
    "SELECT * FROM users WHERE lower(email) = 'user7@example.com'",
    "SELECT * FROM posts WHERE state = 'flagged' ORDER BY created_at DESC LIMIT 10",
    "SELECT user_id, score FROM posts WHERE user_id BETWEEN 510 AND 520",
    "SELECT * FROM posts WHERE code = '00000007'",
    "SELECT * FROM posts WHERE tags @> ARRAY['tag3']",
    "SELECT * FROM posts WHERE title LIKE 'title 49%'",
    "SELECT count(*) FROM posts WHERE created_at < '2024-01-03'",
    "SELECT * FROM posts WHERE state = 'draft' AND price < 5",
    """SELECT u.email, count(*) FROM users u JOIN posts p ON p.user_id = u.id
WHERE u.joined > '2022-01-01' GROUP BY u.email ORDER BY 2 DESC LIMIT 5""",
    "SELECT * FROM users WHERE token = '00000000-0000-0000-0000-000000000001'",
    "SELECT max(price) FROM posts WHERE score IS NULL",
    "SELECT * FROM events WHERE at = '2020-05-05'",
    "UPDATE posts SET score = 0 WHERE user_id = 12",
)


def schema() -> Schema:
    """Give the tables."""
    return read_schema(DDL, Target("postgresql"), "shop.sql").schema


@contextmanager
def filled(major: str) -> Iterator[tuple[PostgresSession, str]]:
    """Give a session in the database, and its URL."""
    with open_sandbox(f"postgresql:{major}") as sandbox:
        assert isinstance(sandbox, WheelSandbox)
        session = sandbox.session()
        for statement in split(DDL, "postgresql"):
            session.run(statement.text)
        for rows in _ROWS:
            session.run(rows)
        folder = sandbox.superuser().run("SHOW unix_socket_directories").value
        yield session, f"postgresql://{sandbox.name}:hidden@/{sandbox.name}?host={folder}"


def dumped(url: str) -> str:
    """Give tables and statistics as pg_dump writes them."""
    return dump_postgres(url)
