"""A schema, and for each step queries that it takes, that it must not take, and that it may not."""

# ruff: noqa: E501 (a query is long)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target, split

if TYPE_CHECKING:
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine, Statement

POSTGRESQL = """
CREATE TABLE users (id int PRIMARY KEY, name text, email text NOT NULL UNIQUE, age int NOT NULL,
 boss_id int, joined timestamp, seen timestamptz, born date, active boolean NOT NULL);
CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL, editor_id int, score numeric,
 status text NOT NULL, created_at timestamp NOT NULL);
CREATE INDEX posts_user ON posts (user_id);
CREATE INDEX users_seen ON users (date(born));
CREATE TABLE tags (post_id int NOT NULL, tag text NOT NULL, weight bigint, PRIMARY KEY (post_id, tag));
CREATE TABLE loose (id int, code text UNIQUE);
"""

SQLITE = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, email TEXT NOT NULL UNIQUE,
 age INTEGER NOT NULL, joined TEXT, checked TEXT, CHECK (checked IS datetime(checked)));
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, editor_id INTEGER,
 score REAL, status TEXT NOT NULL);
CREATE INDEX posts_user ON posts (user_id);
CREATE TABLE tags (post_id INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (post_id, tag));
"""

MYSQL = """
CREATE TABLE users (id int PRIMARY KEY, name varchar(40), age int NOT NULL, joined datetime,
 seen timestamp);
CREATE TABLE posts (id int PRIMARY KEY, user_id int NOT NULL, score int);
"""

DDL: dict[Engine, str] = {
    "postgresql": POSTGRESQL,
    "sqlite": SQLITE,
    "mysql": MYSQL,
    "mariadb": MYSQL,
}


def schema_of(engine: Engine) -> Schema:
    return read_schema(DDL[engine], Target(engine), "schema.sql").schema


def statement(text: str, engine: Engine = "postgresql") -> Statement:
    (found,) = split(text, engine)
    return found


@dataclass(frozen=True, slots=True)
class Taken:
    """A query, and what it becomes."""

    rule: str
    before: str
    after: str
    engine: Engine = "postgresql"


TAKEN = (
    Taken(
        "rewrite-range",
        "SELECT id FROM posts WHERE date(created_at) = '2024-02-29'",
        "SELECT id FROM posts WHERE created_at >= '2024-02-29' AND created_at < '2024-03-01'",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM posts WHERE created_at::date > '2024-02-29' -- late",
        "SELECT id FROM posts WHERE created_at >= '2024-03-01' -- late",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM posts WHERE cast(created_at AS date) <= date '2024-12-31'",
        "SELECT id FROM posts WHERE created_at < '2025-01-01'",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM posts WHERE '2024-01-01' <= date(created_at) OR id = 1",
        "SELECT id FROM posts WHERE created_at >= '2024-01-01' OR id = 1",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM posts WHERE created_at::date BETWEEN '2024-01-01' AND '2024-01-31'",
        "SELECT id FROM posts WHERE created_at >= '2024-01-01' AND created_at < '2024-02-01'",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM posts WHERE date_trunc('month', created_at) = '2024-12-01'",
        "SELECT id FROM posts WHERE created_at >= '2024-12-01' AND created_at < '2025-01-01'",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM posts WHERE date_trunc('hour', created_at) = '2024-12-01 23:00'",
        "SELECT id FROM posts WHERE created_at >= '2024-12-01 23:00:00'"
        " AND created_at < '2024-12-02 00:00:00'",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM users WHERE extract(year FROM joined) <> 2024",
        "SELECT id FROM users WHERE (joined < '2024-01-01' OR joined >= '2025-01-01')",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM users WHERE extract(year FROM joined) < 2024",
        "SELECT id FROM users WHERE joined < '2024-01-01'",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM users WHERE strftime('%Y-%m', checked) = '2024-12'",
        "SELECT id FROM users WHERE checked >= '2024-12-01' AND checked < '2025-01-01'",
        "sqlite",
    ),
    Taken(
        "rewrite-range",
        "SELECT id FROM users WHERE DATE(joined) = '2024-12-31'",
        "SELECT id FROM users WHERE joined >= '2024-12-31' AND joined < '2025-01-01'",
        "mysql",
    ),
    Taken(
        "rewrite-coalesce",
        "SELECT id FROM users WHERE coalesce(boss_id, 0) = 7",
        "SELECT id FROM users WHERE boss_id = 7",
    ),
    Taken(
        "rewrite-coalesce",
        "SELECT id FROM users WHERE coalesce(boss_id, 0) = 0 AND age > 3",
        "SELECT id FROM users WHERE (boss_id = 0 OR boss_id IS NULL) AND age > 3",
    ),
    Taken(
        "rewrite-coalesce",
        "SELECT id FROM users WHERE coalesce(name, '') = 'ann'",
        "SELECT id FROM users WHERE name = 'ann'",
    ),
    Taken(
        "rewrite-coalesce",
        "SELECT id FROM users WHERE 3 < coalesce(age, 0)",
        "SELECT id FROM users WHERE 3 < age",
    ),
    Taken(
        "rewrite-arithmetic",
        "SELECT id FROM users WHERE age + 1 >= 10",
        "SELECT id FROM users WHERE age >= 9",
    ),
    Taken(
        "rewrite-arithmetic",
        "SELECT name FROM users WHERE 10 = 3 + id",
        "SELECT name FROM users WHERE 7 = id",
        "sqlite",
    ),
    Taken(
        "rewrite-number-type",
        "SELECT name FROM users WHERE id = 500.0 OR age > 3::numeric",
        "SELECT name FROM users WHERE id = 500 OR age > 3",
    ),
    Taken(
        "rewrite-or-in",
        "SELECT name FROM users WHERE (age = 1 OR age = $2 OR age IN (3, 4)) AND id > $1",
        "SELECT name FROM users WHERE (age IN (1, $2, 3, 4)) AND id > $1",
    ),
    Taken(
        "rewrite-or-union",
        "SELECT u.name FROM users u JOIN posts p ON p.user_id = u.id WHERE u.id = 3 OR p.id = 2",
        "SELECT u.name FROM users u JOIN posts p ON p.user_id = u.id WHERE u.id = 3\nUNION ALL\n"
        "SELECT u.name FROM users u JOIN posts p ON p.user_id = u.id"
        " WHERE p.id = 2 AND (u.id = 3) IS NOT TRUE",
    ),
    Taken(
        "rewrite-not-in",
        "SELECT name FROM users WHERE id NOT IN (SELECT user_id FROM posts)",
        "SELECT name FROM users WHERE NOT EXISTS"
        " (SELECT 1 FROM posts WHERE users.id = posts.user_id)",
    ),
    Taken(
        "rewrite-not-in",
        "SELECT name FROM users u WHERE u.id NOT IN"
        " (SELECT editor_id FROM posts WHERE editor_id IS NOT NULL)",
        "SELECT name FROM users u WHERE NOT EXISTS (SELECT 1 FROM posts"
        " WHERE editor_id IS NOT NULL AND u.id = posts.editor_id)",
    ),
    Taken(
        "rewrite-not-in",
        "SELECT name FROM users WHERE id NOT IN (SELECT users.id FROM users WHERE users.age > ?)",
        "SELECT name FROM users WHERE NOT EXISTS (SELECT 1 FROM users AS users_2"
        " WHERE users_2.age > ? AND users.id = users_2.id)",
    ),
    Taken(
        "rewrite-not-in",
        "SELECT name FROM users WHERE id NOT IN"
        " (SELECT user_id FROM posts WHERE status = 'a' OR status = :b)",
        "SELECT name FROM users WHERE NOT EXISTS (SELECT 1 FROM posts"
        " WHERE (status = 'a' OR status = :b) AND users.id = posts.user_id)",
        "sqlite",
    ),
    Taken(
        "rewrite-count-exists",
        "SELECT u.id FROM users u WHERE (SELECT COUNT(*) FROM posts p WHERE p.user_id = u.id) > 0",
        "SELECT u.id FROM users u WHERE EXISTS (SELECT 1 FROM posts p WHERE p.user_id = u.id)",
    ),
    Taken(
        "rewrite-count-exists",
        "SELECT u.id FROM users u WHERE 1 > (SELECT COUNT(editor_id) FROM posts WHERE user_id = 3)",
        "SELECT u.id FROM users u WHERE NOT EXISTS"
        " (SELECT 1 FROM posts WHERE user_id = 3 AND editor_id IS NOT NULL)",
    ),
    Taken(
        "rewrite-subquery-distinct",
        "SELECT id FROM users WHERE id IN (SELECT DISTINCT user_id FROM posts)",
        "SELECT id FROM users WHERE id IN (SELECT user_id FROM posts)",
    ),
    Taken(
        "rewrite-subquery-order",
        "SELECT id FROM users WHERE id IN (SELECT user_id FROM posts ORDER BY score)",
        "SELECT id FROM users WHERE id IN (SELECT user_id FROM posts)",
        "sqlite",
    ),
    Taken(
        "rewrite-union-all",
        "SELECT id FROM users WHERE age < 3 UNION SELECT id FROM users WHERE age >= 3",
        "SELECT id FROM users WHERE age < 3 UNION ALL SELECT id FROM users WHERE age >= 3",
    ),
    Taken(
        "rewrite-union-all",
        "SELECT 'u' AS kind, id FROM users UNION DISTINCT SELECT 'p', id FROM posts",
        "SELECT 'u' AS kind, id FROM users UNION ALL SELECT 'p', id FROM posts",
    ),
    Taken(
        "rewrite-union-all",
        "(SELECT id FROM users WHERE active) UNION (SELECT id FROM users WHERE NOT active)",
        "(SELECT id FROM users WHERE active) UNION ALL (SELECT id FROM users WHERE NOT active)",
    ),
    Taken(
        "rewrite-union-all",
        "SELECT id FROM users WHERE id IN (SELECT user_id FROM posts UNION SELECT boss_id FROM users)",
        "SELECT id FROM users WHERE id IN"
        " (SELECT user_id FROM posts UNION ALL SELECT boss_id FROM users)",
    ),
    Taken(
        "rewrite-distinct",
        "SELECT DISTINCT p.id, u.name FROM posts p JOIN users u ON u.id = p.user_id",
        "SELECT p.id, u.name FROM posts p JOIN users u ON u.id = p.user_id",
    ),
    *(
        Taken(
            "rewrite-union-all",
            f"SELECT id, born FROM users WHERE {one} UNION SELECT id, born FROM users WHERE {other}",
            f"SELECT id, born FROM users WHERE {one} UNION ALL SELECT id, born FROM users WHERE {other}",
        )
        for one, other in (
            ("name = 'a'", "name = 'b'"),
            ("name = 'a'", "name <> 'a'"),
            ("name IN ('a', 'b')", "name NOT IN ('b', 'c', 'a')"),
            ("boss_id IS NULL", "boss_id > 3"),
            ("boss_id IS NULL", "boss_id IS NOT NULL"),
            ("active = true", "active = false"),
            ("active IS TRUE", "active IS FALSE"),
            ("age = 7", "age < 7"),
            ("age = 7", "age <= 6"),
            ("age = 6", "age > 6"),
            ("age > 7", "age <= 6"),
            ("age IN (1, 2)", "age = 3"),
        )
    ),
    Taken(
        "rewrite-union-all",
        "SELECT user_id, id FROM posts WHERE user_id = 1 UNION SELECT age, id FROM users WHERE age = 2",
        "SELECT user_id, id FROM posts WHERE user_id = 1"
        " UNION ALL SELECT age, id FROM users WHERE age = 2",
    ),
    Taken(
        "rewrite-union-all",
        "SELECT max(age) AS n, 1 AS k FROM users UNION SELECT DISTINCT age, 2 FROM users"
        " UNION SELECT age, 3 FROM users GROUP BY age",
        "SELECT max(age) AS n, 1 AS k FROM users UNION ALL SELECT DISTINCT age, 2 FROM users"
        " UNION ALL SELECT age, 3 FROM users GROUP BY age",
    ),
    Taken(
        "rewrite-distinct",
        "SELECT DISTINCT age, count(*) AS n FROM users GROUP BY age",
        "SELECT age, count(*) AS n FROM users GROUP BY age",
    ),
    Taken(
        "rewrite-distinct-exists",
        "SELECT DISTINCT u.id, u.name FROM users u JOIN posts p ON p.user_id = u.id"
        " WHERE p.score > 3 AND u.age = 2 ORDER BY u.id",
        "SELECT u.id, u.name FROM users u WHERE u.age = 2"
        " AND EXISTS (SELECT 1 FROM posts p WHERE p.user_id = u.id AND p.score > 3) ORDER BY u.id",
    ),
    Taken(
        "rewrite-distinct-exists",
        "SELECT DISTINCT u.id FROM posts p JOIN users u ON u.id = p.user_id",
        "SELECT u.id FROM users u WHERE EXISTS (SELECT 1 FROM posts p WHERE u.id = p.user_id)",
        "sqlite",
    ),
    Taken(
        "rewrite-distinct-exists",
        "SELECT DISTINCT u.id FROM posts p, users u WHERE u.id = p.user_id",
        "SELECT u.id FROM users u WHERE EXISTS (SELECT 1 FROM posts p WHERE u.id = p.user_id)",
    ),
    Taken(
        "rewrite-count-distinct",
        "SELECT count(DISTINCT id) FROM posts",
        "SELECT count(id) FROM posts",
    ),
    Taken(
        "rewrite-left-inner",
        "SELECT u.name FROM users u LEFT OUTER JOIN posts p ON p.user_id = u.id WHERE p.score > 1",
        "SELECT u.name FROM users u JOIN posts p ON p.user_id = u.id WHERE p.score > 1",
    ),
    Taken(
        "rewrite-unused-join",
        "SELECT count(*) AS n FROM users u LEFT JOIN posts p ON p.id = u.age",
        "SELECT count(*) AS n FROM users u",
        "sqlite",
    ),
    Taken(
        "rewrite-anti-join",
        "SELECT u.id FROM users u LEFT JOIN posts p ON p.user_id = u.id"
        " WHERE p.id IS NULL AND u.age > 3",
        "SELECT u.id FROM users u"
        " WHERE NOT EXISTS (SELECT 1 FROM posts p WHERE p.user_id = u.id) AND u.age > 3",
    ),
    Taken(
        "rewrite-scalar-join",
        "SELECT u.id, (SELECT count(*) FROM posts WHERE editor_id = u.id) AS n FROM users u",
        "SELECT u.id, COALESCE(grouped_1.value, 0) AS n FROM users u LEFT JOIN"
        " (SELECT editor_id AS key_1, count(*) AS value FROM posts GROUP BY editor_id)"
        " AS grouped_1 ON grouped_1.key_1 = u.id",
    ),
    Taken(
        "rewrite-scalar-join",
        "SELECT p.id FROM tags t, posts p WHERE t.post_id = p.id AND p.score <"
        " (SELECT 0.2 * avg(x.score) AS s FROM posts x WHERE x.editor_id = p.user_id AND x.id > 1)",
        "SELECT p.id FROM tags t, posts p LEFT JOIN (SELECT x.editor_id AS key_1, avg(x.score) AS"
        " value FROM posts x WHERE x.id > 1 GROUP BY x.editor_id) AS grouped_1 ON grouped_1.key_1"
        " = p.user_id WHERE t.post_id = p.id AND p.score < (0.2 * grouped_1.value)",
    ),
    Taken(
        "rewrite-having-where",
        "SELECT age, count(*) AS n FROM users GROUP BY age HAVING age > 2 AND count(*) > 1",
        "SELECT age, count(*) AS n FROM users WHERE age > 2 GROUP BY age HAVING count(*) > 1",
    ),
    Taken(
        "rewrite-having-where",
        "SELECT age FROM users WHERE id > 1 GROUP BY age HAVING age = 2 OR age = 4",
        "SELECT age FROM users WHERE id > 1 AND (age = 2 OR age = 4) GROUP BY age",
        "sqlite",
    ),
)

OFFERED: tuple[tuple[str, str, Engine], ...] = (
    ("rewrite-range", "SELECT id FROM users WHERE seen::date = '2024-01-01'", "postgresql"),
    ("rewrite-range", "SELECT id FROM users WHERE date(joined) = '2024-01-01'", "sqlite"),
    ("rewrite-range", "SELECT id FROM users WHERE DATE(seen) = '2024-01-01'", "mysql"),
    ("rewrite-arithmetic", "SELECT id FROM users WHERE age + 1 = 3", "sqlite"),
    (
        "rewrite-not-in",
        "SELECT id FROM users WHERE id NOT IN (SELECT editor_id FROM posts)",
        "postgresql",
    ),
    (
        "rewrite-not-in",
        "SELECT id FROM users WHERE boss_id NOT IN (SELECT user_id FROM posts)",
        "postgresql",
    ),
    (
        "rewrite-not-in",
        "SELECT id FROM users WHERE boss_id <> ALL ($1) AND boss_id NOT IN (SELECT user_id FROM posts)",
        "postgresql",
    ),
    (
        "rewrite-union-all",
        "SELECT 'a' AS k, user_id FROM posts UNION SELECT 'b', id FROM users",
        "postgresql",
    ),
    (
        "rewrite-unused-join",
        "SELECT count(*) AS n FROM users u LEFT JOIN posts p ON p.user_id = u.id",
        "sqlite",
    ),
    (
        "rewrite-anti-join",
        "SELECT u.id FROM users u LEFT JOIN posts p ON p.user_id = u.id WHERE p.editor_id IS NULL",
        "sqlite",
    ),
    ("rewrite-keyset", "SELECT id FROM users ORDER BY age LIMIT 20 OFFSET 40", "postgresql"),
)
"""What pays, but is not proved."""

LEFT_ALONE: tuple[tuple[str, str, Engine], ...] = (
    ("rewrite-range", "SELECT id FROM users WHERE date(born) = '2024-01-01'", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE date_trunc('month', created_at) = '2024-01-02'", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE date(created_at) = '2024-02-30'", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE NOT date(created_at) BETWEEN '2024-01-01' AND '2024-01-02'", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE extract(month FROM created_at) = 2", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE to_char(created_at, 'YYYY') = '2024'", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE date(created_at) = $1", "postgresql"),
    ("rewrite-range", "SELECT id FROM users WHERE strftime('%Y', checked) > '2024'", "sqlite"),
    ("rewrite-range", "SELECT id FROM posts WHERE date(user_id) = '2024-01-01'", "sqlite"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE NOT coalesce(boss_id, 0) = 7", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(boss_id, 0) > 7", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(boss_id, age) = 7", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(name, 'ANN') = 'ann'", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(name, '') = 'ann'", "sqlite"),
    ("rewrite-coalesce", "SELECT coalesce(boss_id, 0) = 7 AS x FROM users", "postgresql"),
    ("rewrite-arithmetic", "SELECT id FROM posts WHERE score + 1 = 3", "postgresql"),
    ("rewrite-arithmetic", "SELECT id FROM posts WHERE id * 2 = 4", "postgresql"),
    ("rewrite-arithmetic", "SELECT id FROM posts WHERE 5 - id = 4", "postgresql"),
    ("rewrite-arithmetic", "SELECT id FROM posts WHERE id + 1 = 2147483649", "postgresql"),
    ("rewrite-number-type", "SELECT id FROM posts WHERE id = 1.5", "postgresql"),
    ("rewrite-number-type", "SELECT id FROM posts WHERE score = 1.0", "postgresql"),
    ("rewrite-number-type", "SELECT id FROM posts WHERE id = 1.0", "sqlite"),
    ("rewrite-or-in", "SELECT id FROM posts WHERE id = 1 OR user_id = 2", "postgresql"),
    ("rewrite-or-in", "SELECT id FROM posts WHERE id = 1 OR id > 2", "postgresql"),
    ("rewrite-or-in", "SELECT id FROM posts WHERE id = 1 OR id = NULL", "postgresql"),
    ("rewrite-or-in", "SELECT id FROM posts WHERE NOT (id = 1 OR id = 2)", "postgresql"),
    ("rewrite-or-in", "SELECT id FROM posts WHERE id = 1 OR id = 2 + ?", "postgresql"),
    ("rewrite-or-union", "SELECT u.id FROM users u JOIN posts p ON p.id = u.age WHERE u.id = ? OR p.id = 2", "postgresql"),
    ("rewrite-or-union", "SELECT u.id FROM users u JOIN posts p ON p.id = u.age WHERE u.id = 1 OR p.score = 2", "postgresql"),
    ("rewrite-or-union", "SELECT u.id FROM users u JOIN posts p ON p.id = u.age WHERE u.id = 1 OR u.age = 2", "postgresql"),
    ("rewrite-or-union", "SELECT u.id FROM users u JOIN posts p ON p.id = u.age WHERE u.id = 1 OR p.id = 2 ORDER BY 1", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id NOT IN (1, 2)", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id IN (SELECT user_id FROM posts)", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE NOT (id IN (SELECT user_id FROM posts))", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id NOT IN (SELECT max(user_id) FROM posts)", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM posts GROUP BY user_id)", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id NOT IN (SELECT user_id FROM posts UNION SELECT 1)", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id NOT IN (SELECT editor_id FROM posts WHERE id > 1)", "sqlite"),
    ("rewrite-count-exists", "SELECT id FROM users WHERE (SELECT count(*) FROM posts) > 1", "postgresql"),
    ("rewrite-count-exists", "SELECT id FROM users WHERE (SELECT count(*) FROM posts GROUP BY id) > 0", "postgresql"),
    ("rewrite-count-exists", "SELECT id FROM users WHERE (SELECT sum(id) FROM posts) > 0", "postgresql"),
    ("rewrite-count-exists", "SELECT id FROM users WHERE (SELECT count(id + 1) FROM posts) > 0", "postgresql"),
    ("rewrite-count-exists", "SELECT id FROM users WHERE (SELECT count(*) FROM posts LIMIT 1) > 0", "postgresql"),
    ("rewrite-subquery-distinct", "SELECT id FROM users WHERE id IN (SELECT DISTINCT user_id FROM posts ORDER BY user_id LIMIT 2)", "postgresql"),
    ("rewrite-subquery-distinct", "SELECT id FROM users WHERE id = (SELECT DISTINCT user_id FROM posts)", "postgresql"),
    ("rewrite-subquery-distinct", "SELECT id FROM users WHERE id IN (SELECT DISTINCT user_id FROM posts)", "sqlite"),
    ("rewrite-subquery-order", "SELECT id FROM users WHERE id IN (SELECT id FROM posts ORDER BY id LIMIT 2)", "postgresql"),
    ("rewrite-subquery-order", "SELECT id FROM (SELECT id FROM users ORDER BY id) x", "postgresql"),
    ("rewrite-union-all", "SELECT id FROM users UNION SELECT id FROM posts", "postgresql"),
    ("rewrite-union-all", "SELECT id FROM users WHERE age < 3 UNION SELECT id FROM users WHERE age <= 3", "postgresql"),
    ("rewrite-union-all", "SELECT id FROM users WHERE name = 'a' UNION SELECT id FROM users WHERE name = 'A '", "postgresql"),
    ("rewrite-union-all", "SELECT id FROM users WHERE age < 3 UNION SELECT id FROM posts WHERE id >= 3", "postgresql"),
    *(
        ("rewrite-union-all", f"SELECT id, born FROM users WHERE {one} UNION SELECT id, born FROM users WHERE {other}", "postgresql")
        for one, other in (
            ("name = 'é'", "name = 'è'"),
            ("name < 'a'", "name > 'b'"),
            ("name = 'a'", "name < 'a'"),
            ("age = $1", "age = $2"),
            ("age < 3 OR age = 9", "age > 3"),
            ("age = 7", "age >= 7"),
            ("NOT age < 7", "age < 7"),
            ("age BETWEEN 1 AND 2", "age = 7"),
            ("active", "active IS NOT FALSE"),
            ("age IN (SELECT 1)", "age = 2"),
            ("age::text = '1'", "age = 2"),
        )
    ),
    ("rewrite-union-all", "SELECT * FROM users WHERE age = 1 UNION SELECT * FROM users WHERE age = 2", "postgresql"),
    ("rewrite-union-all", "SELECT id, age FROM users WHERE age = 1 UNION SELECT age, id FROM users WHERE age = 2", "postgresql"),
    ("rewrite-union-all", "SELECT id FROM users WHERE age = 1 UNION (SELECT 1 INTERSECT SELECT 2)", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id NOT IN (SELECT k FROM (SELECT max(id) AS k FROM posts) q)", "sqlite"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id + 1 NOT IN (SELECT id FROM posts)", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users WHERE id NOT IN (SELECT users.id FROM posts)", "postgresql"),
    ("rewrite-not-in", "SELECT id FROM users u WHERE id NOT IN (SELECT u.id FROM users u JOIN posts u2 ON u2.id = u.id)", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(boss_id, 0.5) = 7", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM posts WHERE coalesce(score, 0) = 7", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(name, 'é') = 'a'", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(boss_id, 0) = $1", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(boss_id, age, 0) = 1", "postgresql"),
    ("rewrite-coalesce", "SELECT id FROM users WHERE coalesce(boss_id, 0) = '7'", "postgresql"),
    ("rewrite-arithmetic", "SELECT id FROM users WHERE age + 1 = $1", "postgresql"),
    ("rewrite-arithmetic", "SELECT id FROM users WHERE age + id = 3", "postgresql"),
    ("rewrite-number-type", "SELECT id FROM posts WHERE id = 1.0::numeric(3, 1)", "postgresql"),
    ("rewrite-number-type", "SELECT id FROM posts WHERE id = 1::float8", "postgresql"),
    ("rewrite-number-type", "SELECT id FROM posts WHERE id = 99999999999.0", "postgresql"),
    ("rewrite-or-in", "SELECT id FROM users WHERE age = 1 OR age = '2'", "postgresql"),
    ("rewrite-or-in", "SELECT id FROM users WHERE age = 1 OR age = 2 OR (age = 3 AND id = 1)", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE date(created_at) = date '2024-01-01'::text", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE date(created_at) IN ('2024-01-01')", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE extract(year FROM created_at) = '2024'", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE extract(year FROM created_at) = 9999", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE date(created_at) = 20240101", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE date_trunc('week', created_at) = '2024-01-01'", "postgresql"),
    ("rewrite-range", "SELECT id FROM users WHERE date_trunc('month', born) = '2024-01-01'", "postgresql"),
    ("rewrite-range", "SELECT id FROM posts WHERE date(status) = '2024-01-01'", "postgresql"),
    ("rewrite-range", "SELECT id FROM users WHERE strftime('%d', checked) = '01'", "sqlite"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT max(p.score) FROM posts p WHERE p.editor_id = u.id AND p.score < u.age) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT u.age + max(p.score) FROM posts p WHERE p.editor_id = u.id) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT max(p.score) - min(p.score) FROM posts p WHERE p.editor_id = u.id) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT max(p.score) FROM posts p WHERE p.editor_id = u.id GROUP BY p.status) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT max(p.score) FROM posts p WHERE p.editor_id = u.id HAVING count(*) > 1) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT p.score FROM posts p WHERE p.editor_id = u.id) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT string_agg(p.status, ',') FROM posts p WHERE p.editor_id = u.id) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT count(*) FROM posts p WHERE p.editor_id = 3) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.age, (SELECT count(*) FROM posts p WHERE p.editor_id = u.age) AS n FROM users u GROUP BY u.age", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT count(*) FROM posts p WHERE p.editor_id = u.id) AS n FROM users u FULL JOIN tags t ON t.post_id = u.id", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT count(*) FROM posts p WHERE p.editor_id = u.id AND p.score = v.age) AS n FROM users u, users v", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT count(*) FROM posts p WHERE p.editor_id = u.id AND p.id = p.id + u.age) AS n FROM users u", "postgresql"),
    ("rewrite-keyset", "SELECT u.id FROM users u JOIN loose l ON l.id = u.id ORDER BY u.age LIMIT 20 OFFSET 0", "postgresql"),
    ("rewrite-union-all", "SELECT id FROM users INTERSECT SELECT id FROM posts", "postgresql"),
    ("rewrite-distinct", "SELECT DISTINCT name FROM users", "postgresql"),
    ("rewrite-distinct", "SELECT DISTINCT code FROM loose", "postgresql"),
    ("rewrite-distinct", "SELECT DISTINCT u.id FROM users u JOIN posts p ON p.user_id = u.id JOIN tags t ON t.post_id = u.id AND t.weight = p.id", "sqlite"),
    ("rewrite-distinct", "SELECT DISTINCT id, generate_series(1, 2) FROM users", "postgresql"),
    ("rewrite-distinct", "SELECT DISTINCT count(*) AS n FROM users GROUP BY age", "postgresql"),
    ("rewrite-distinct", "SELECT DISTINCT u.id FROM users u RIGHT JOIN posts p ON p.id = u.id", "postgresql"),
    ("rewrite-distinct", "SELECT DISTINCT id FROM users", "sqlite"),
    ("rewrite-distinct-exists", "SELECT DISTINCT u.id, p.status FROM users u JOIN posts p ON p.user_id = u.id", "postgresql"),
    ("rewrite-distinct-exists", "SELECT DISTINCT u.name FROM users u JOIN posts p ON p.user_id = u.id", "postgresql"),
    ("rewrite-distinct-exists", "SELECT DISTINCT * FROM users u JOIN posts p ON p.user_id = u.id", "postgresql"),
    ("rewrite-distinct-exists", "SELECT DISTINCT u.id FROM users u LEFT JOIN posts p ON p.user_id = u.id", "postgresql"),
    ("rewrite-distinct-exists", "SELECT DISTINCT u.id FROM users u JOIN posts p USING (id)", "postgresql"),
    ("rewrite-distinct-exists", "SELECT DISTINCT u.id FROM users u JOIN posts p ON p.user_id = u.id", "mysql"),
    ("rewrite-distinct-exists", "SELECT DISTINCT u.id FROM users u JOIN posts p ON p.score = u.age", "sqlite"),
    ("rewrite-count-distinct", "SELECT count(DISTINCT user_id) FROM posts", "postgresql"),
    ("rewrite-count-distinct", "SELECT count(DISTINCT u.id) FROM users u JOIN posts p ON p.user_id = u.id", "postgresql"),
    ("rewrite-count-distinct", "SELECT count(DISTINCT id) FROM posts", "sqlite"),
    ("rewrite-unused-join", "SELECT count(*) AS n FROM users u LEFT JOIN posts p ON p.id = u.age WHERE p.score > 1", "sqlite"),
    ("rewrite-unused-join", "SELECT * FROM users u LEFT JOIN posts p ON p.id = u.age", "mysql"),
    ("rewrite-unused-join", "SELECT u.id FROM users u LEFT JOIN posts p ON p.id = u.age", "postgresql"),
    ("rewrite-anti-join", "SELECT u.id, p.id FROM users u LEFT JOIN posts p ON p.user_id = u.id WHERE p.id IS NULL", "sqlite"),
    ("rewrite-anti-join", "SELECT u.id FROM users u LEFT JOIN posts p ON p.user_id = u.id WHERE p.user_id IS NULL", "postgresql"),
    ("rewrite-anti-join", "SELECT u.id FROM users u LEFT JOIN posts p ON p.score = u.age WHERE p.id IS NULL", "sqlite"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT count(*) FROM posts p WHERE p.user_id = u.id) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT count(*) FROM posts p WHERE p.editor_id > u.id) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT count(*) FROM posts p WHERE p.editor_id = u.id) FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT max(p.id) + 1 FROM posts p WHERE p.editor_id = u.id) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT 1 / count(*) FROM posts p WHERE p.editor_id = u.id) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT u.id, (SELECT count(*) FROM tags t WHERE t.weight = u.name) AS n FROM users u", "postgresql"),
    ("rewrite-scalar-join", "SELECT *, (SELECT count(*) FROM posts p WHERE p.editor_id = u.id) AS n FROM users u", "postgresql"),
    ("rewrite-having-where", "SELECT age FROM users GROUP BY age HAVING count(*) > 1", "postgresql"),
    ("rewrite-having-where", "SELECT count(*) AS n FROM users HAVING 1 = 0", "postgresql"),
    ("rewrite-having-where", "SELECT age FROM users GROUP BY ROLLUP (age) HAVING age > 1", "postgresql"),
    ("rewrite-having-where", "SELECT max(id) AS age FROM users GROUP BY age HAVING age > 1", "sqlite"),
    ("rewrite-keyset", "SELECT id FROM users ORDER BY age LIMIT 20", "postgresql"),
    ("rewrite-keyset", "SELECT id FROM users ORDER BY age + 1 LIMIT 20 OFFSET 5", "postgresql"),
    ("rewrite-keyset", "SELECT age FROM users GROUP BY age ORDER BY age LIMIT 20 OFFSET 5", "postgresql"),
    ("rewrite-keyset", "SELECT id FROM loose ORDER BY id LIMIT 20 OFFSET 5", "postgresql"),
)  # fmt: skip
"""What only looks like it, or does not pay there."""
