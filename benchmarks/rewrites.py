"""How much each step of rewriting gains, and on which engine it gains nothing.

    python -m benchmarks.rewrites [RULE ...] [--engine sqlite|postgresql|URL] [--rows N]

Each query is rewritten as `be-tui sql rewrite` does it, with the gate, and both forms are timed in
turns on the same tables; the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

from be_tui.core.databases import open_sandbox
from be_tui.core.errors import BeTuiError
from be_tui.core.rewrites import Gate, rewrite
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target, split
from benchmarks.claims.bench import Bench

ROWS = 200_000
ROUNDS = 5

_TABLES = """
CREATE TABLE users (id {key}, email varchar(40) NOT NULL, age int NOT NULL, boss_id int);
CREATE TABLE posts (id {key}, user_id int NOT NULL, editor_id int, score int NOT NULL,
 status varchar(10) NOT NULL, created_at {moment} NOT NULL{check});
CREATE TABLE tags (post_id int NOT NULL, tag varchar(10) NOT NULL, PRIMARY KEY (post_id, tag));
CREATE INDEX posts_user ON posts (user_id);
CREATE INDEX posts_created ON posts (created_at);
CREATE INDEX posts_editor ON posts (editor_id);
CREATE INDEX users_age ON users (age);
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A query that a step is measured on."""

    rule: str
    query: str
    engines: tuple[str, ...] = ("sqlite", "postgresql", "mariadb", "mysql")


_SERVERS = ("postgresql", "mariadb", "mysql")
_DAY = "date(created_at) = '2024-03-01'"

CASES = (
    Case("rewrite-range", f"SELECT count(*) AS n FROM posts WHERE {_DAY}"),
    Case("rewrite-coalesce", "SELECT count(*) AS n FROM posts WHERE coalesce(editor_id, 0) = 7"),
    Case("rewrite-arithmetic", "SELECT max(score) AS n FROM posts WHERE id + 1 = 500"),
    Case(
        "rewrite-number-type",
        "SELECT max(score) AS n FROM posts WHERE id = 500.0",
        ("postgresql",),
    ),
    Case(
        "rewrite-or-in",
        "SELECT max(score) AS n FROM posts WHERE user_id = 1 OR user_id = 2 OR user_id = 3",
    ),
    Case(
        "rewrite-or-union",
        "SELECT p.id, u.age FROM posts p JOIN users u ON u.id = p.user_id"
        " WHERE p.id = 7 OR u.id = 9",
    ),
    Case(
        "rewrite-not-in",
        "SELECT count(*) AS n FROM users WHERE id NOT IN (SELECT user_id FROM posts)",
    ),
    Case(
        "rewrite-not-in",
        "SELECT count(*) AS n FROM users WHERE id NOT IN"
        " (SELECT user_id FROM posts WHERE score < 800)",
    ),
    Case(
        "rewrite-not-in",
        "SELECT count(*) AS n FROM users WHERE id < 100 AND id NOT IN (SELECT score FROM posts)",
        _SERVERS,
    ),
    Case(
        "rewrite-count-exists",
        "SELECT count(*) AS n FROM users u"
        " WHERE (SELECT count(*) FROM posts p WHERE p.user_id = u.id) > 0",
    ),
    Case(
        "rewrite-subquery-distinct",
        "SELECT count(*) AS n FROM users"
        " WHERE age < 20 AND id IN (SELECT DISTINCT user_id FROM posts)",
        _SERVERS,
    ),
    Case(
        "rewrite-subquery-order",
        "SELECT count(*) AS n FROM users WHERE id IN (SELECT user_id FROM posts ORDER BY score)",
    ),
    Case(
        "rewrite-union-all",
        "SELECT count(*) AS n FROM (SELECT id, score FROM posts WHERE score < 500"
        " UNION SELECT id, score FROM posts WHERE score >= 500) q",
    ),
    Case(
        "rewrite-distinct",
        "SELECT max(age) AS n FROM (SELECT DISTINCT p.id, p.score, u.age FROM posts p"
        " JOIN users u ON u.id = p.user_id) q",
    ),
    Case(
        "rewrite-distinct-exists",
        "SELECT DISTINCT u.id, u.email FROM users u JOIN posts p ON p.user_id = u.id",
        ("sqlite", "postgresql"),
    ),
    Case("rewrite-count-distinct", "SELECT count(DISTINCT id) AS n FROM posts"),
    Case(
        "rewrite-count-distinct",
        "SELECT status, count(DISTINCT id) AS n FROM posts GROUP BY status",
    ),
    Case(
        "rewrite-left-inner",
        "SELECT count(u.age) AS n FROM posts p LEFT JOIN users u ON u.id = p.user_id"
        " WHERE u.age = 30",
    ),
    Case(
        "rewrite-unused-join",
        "SELECT p.score FROM posts p LEFT JOIN users u ON u.id = p.editor_id WHERE p.score < 9",
    ),
    Case(
        "rewrite-unused-join",
        "SELECT sum(p.score) AS n FROM posts p LEFT JOIN users u ON u.id = p.editor_id",
    ),
    Case(
        "rewrite-anti-join",
        "SELECT count(*) AS n FROM users u LEFT JOIN posts p ON p.user_id = u.id"
        " WHERE p.id IS NULL",
    ),
    Case(
        "rewrite-anti-join",
        "SELECT count(*) AS n FROM users u LEFT JOIN posts p ON p.user_id = u.id"
        " WHERE p.user_id IS NULL",
    ),
    Case(
        "rewrite-scalar-join",
        "SELECT u.id, (SELECT count(*) FROM tags t WHERE t.tag = u.email) AS n FROM users u"
        " WHERE u.id < 200",
    ),
    Case(
        "rewrite-having-where",
        "SELECT user_id, count(*) AS n FROM posts GROUP BY user_id HAVING user_id < 10",
    ),
)


def fill(bench: Bench) -> str:
    """Make the tables; give their DDL."""
    key = "INTEGER PRIMARY KEY" if bench.sqlite else "int PRIMARY KEY"
    moment = "TEXT" if bench.sqlite else "datetime" if bench.mariadb else "timestamp"
    check = ", CHECK (created_at IS datetime(created_at))" if bench.sqlite else ""
    ddl = _TABLES.format(key=key, moment=moment, check=check)
    users = max(bench.rows // 20, 10)
    minutes = "n * 3"
    if bench.sqlite:
        at = f"datetime('2023-06-01', ({minutes}) || ' minutes')"
    elif bench.mariadb:
        at = f"timestampadd(MINUTE, {minutes}, '2023-06-01')"
    else:
        at = f"timestamp '2023-06-01' + ({minutes}) * interval '1 minute'"
    status = "CASE n % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'open' ELSE 'done' END"
    email = "concat('t', n % 50)" if bench.mariadb else "'t' || (n % 50)"
    bench.run(*(each for each in ddl.split(";") if each.strip()))
    bench.run(
        f"INSERT INTO users SELECT n, {email}, n % 90, n / 7 FROM {bench.series(users)}",
        f"INSERT INTO posts SELECT n, (n * 7919) % {users // 2} + 1, (n * 31) % {users} + 1,"
        f" (n * 7919) % 1000, {status}, {at} FROM {bench.series()}",
        f"INSERT INTO tags SELECT n / 5, {email} FROM {bench.series(bench.rows // 4)}",
    )
    bench.settle("users", "posts", "tags")
    return ddl


def main() -> int:
    """Read the call, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rewrites")
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--engine", default="", help="sqlite, postgresql:16, mariadb://…")
    parser.add_argument("--rows", type=int, default=ROWS)
    given = parser.parse_args()
    for engine in (given.engine,) if given.engine else ("sqlite", "postgresql"):
        with open_sandbox(engine, roomy=True) as sandbox, sandbox.session() as session:
            measure(Bench(sandbox, session, given.rows), engine, given.rules)
    return 0


def measure(bench: Bench, where: str, rules: list[str]) -> None:
    """Measure the cases on one engine."""
    ddl = fill(bench)
    target = Target(bench.sandbox.engine)
    schema = read_schema(ddl, target).schema
    print(f"\n{bench.sandbox.engine} {bench.sandbox.version}, {bench.rows:,} posts")
    with Gate(schema, target, where if "://" in where else "") as gate:
        for case in CASES:
            if (rules and case.rule not in rules) or bench.sandbox.engine not in case.engines:
                continue
            (statement,) = split(case.query, target.engine)
            found = rewrite(statement, schema, target, gate, tidy=True, rules=(case.rule,))
            if not found.applied:
                why = "; ".join(taken.why for taken in found.steps)
                print(f"{case.rule:<28} not taken: {found.trouble or why}")
                continue
            before, after = bench.timed(found.before, found.after, rounds=ROUNDS)
            told = "pays" if found.applied[0].step.pays else "free"
            print(
                f"{case.rule:<28} {before:10.2f} ms {after:10.2f} ms {before / after:8.2f} {told}"
            )


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BeTuiError as trouble:
        sys.exit(str(trouble))
