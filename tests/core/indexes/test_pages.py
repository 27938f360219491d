"""Advice as a page, as JSON, Markdown, statements and evidence."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from be_tui.core.document import to_text
from be_tui.core.indexes import (
    Question,
    Report,
    advice_evidence,
    advice_json,
    advice_markdown,
    advice_page,
    advice_sql,
    advise,
)
from be_tui.core.sqltext import Engine, Target
from be_tui.core.statistics import Statistics
from be_tui.core.workloads import workload_of
from tests.core.indexes.making import POSTS, Scripted, schema_of, statistics

if TYPE_CHECKING:
    from collections.abc import Callable

QUERIES = """
-- name: recent
-- weight: 100
SELECT * FROM posts WHERE user_id = 5 ORDER BY created_at LIMIT 10;
SELECT * FROM posts WHERE status = 'flagged' ORDER BY created_at;
SELECT * FROM posts WHERE score = 5 ORDER BY created_at LIMIT 10;
SELECT user_id, score FROM posts WHERE user_id BETWEEN 1 AND 5;
DELETE FROM users WHERE id = 1;
SELECT * FROM nowhere;
"""
INDEXES = "CREATE INDEX twin ON posts (title); CREATE INDEX other ON posts (title);"


def says(sql: str, there: frozenset[str]) -> float:
    if "users" in sql:
        return 8.0
    if "score =" in sql:
        return 10_050.0 if "posts (user_id, created_at)" not in there else 12_000.0
    if "BETWEEN" in sql:
        return 30.0 if "posts (user_id) INCLUDE (score)" in there else 9_000.0
    if "status" in sql:
        return 5.0 if "posts (created_at) WHERE status = 'flagged'" in there else 10_000.0
    if "posts (user_id, created_at)" in there:
        return 12.25
    return 400.0 if "posts (user_id)" in there else 10_000.0


def made(queries: str = QUERIES, engine: Engine = "postgresql") -> Report:
    target = Target(engine)
    schema = schema_of(POSTS + INDEXES, target)
    workload = workload_of(queries, "w.sql", target)
    question = Question(workload, schema, target, statistics(engine), writes=(("posts", 500.0),))
    fallen = ("No clone: PostgreSQL is not installed",)
    return advise(question, Scripted(says, engine, notes=("one note",)), fallen=fallen)


PAGE = """\
Index advice
────────────

3 indexes, 4.0 MB, for 5 queries: the workload costs 78x less; 1 query gets dearer under some value.

Judged by a script; asked 136 times.

No clone: PostgreSQL is not installed.

1. posts (user_id, created_at)
──────────────────────────────

  CREATE INDEX CONCURRENTLY posts_user_id_created_at_idx ON posts (user_id, created_at);

equality-sort: equality first, then the order that is asked for: nothing is sorted, and LIMIT stops
early  (about 2.0 MB, 500 rows written to it)

• 816x cheaper  10,000 → 12.2  as written  query 1 `recent`

Turns: (user_id) alone would cost query 1 32.7 times as much.
"""


def test_the_page_tells_each_index_with_its_reasons() -> None:
    told = to_text(advice_page(made()), 100)
    head = told[: told.index("2. posts")]
    asked = int(head.partition("asked ")[2].partition(" ")[0])
    assert head.rstrip() + "\n" == PAGE.replace("asked 136", f"asked {asked}")
    plain = " ".join(told.split())
    for part in (
        "CREATE INDEX CONCURRENTLY posts_created_at_where_idx",
        "Turns: it serves queries that say `status = 'flagged'` in their text.",
        "Turns: sent as a parameter, the plan for any value cannot use it.",
        "Turns: (score) only spare the visit to the table",
        "Dearer with this advice",
        "duplicate: other of posts: twin is the same. `DROP INDEX CONCURRENTLY other;`",
        "unused: twin of posts: no query of this workload uses it",
        "w.sql:9:1 the schema has no table nowhere",
        "CONCURRENTLY runs outside a transaction",
    ):
        assert part in plain


def test_a_foreign_key_without_index_is_told_where_no_advice_leads_it() -> None:
    report = made("DELETE FROM users WHERE id = 1;")
    told = " ".join(to_text(advice_page(report), 100).split())
    assert "No index is advised: none makes the query faster by what it costs." in told
    assert "posts (user_id) → users: rows of users are deleted" in told
    assert "CREATE INDEX CONCURRENTLY posts_user_id_idx ON posts (user_id);" in told


def advised(
    ddl: str,
    queries: str,
    costs: Callable[[str, frozenset[str]], float],
    engine: Engine = "postgresql",
    writes: tuple[tuple[str, float], ...] = (),
) -> Report:
    target = Target(engine)
    workload = workload_of(queries, "w.sql", target)
    known = Statistics(engine, ())
    question = Question(workload, schema_of(ddl, target), target, known, writes=writes)
    return advise(question, Scripted(costs, engine, notes=("left out a view",)))


def test_what_could_not_be_judged_is_told_after_the_advice() -> None:
    told = to_text(advice_page(made()), 100)
    assert told.index("3. posts") < told.index("one note.") < told.index("Queries\n")


def test_a_gain_too_small_to_tell_is_the_same() -> None:
    def costs(sql: str, there: frozenset[str]) -> float:
        return (9_600.0 if "score" in sql else 20.0) if there else 10_000.0

    queries = "SELECT * FROM posts WHERE user_id = 5; SELECT score FROM posts WHERE user_id = 6"
    report = advised(POSTS, queries, costs, writes=(("posts", 1.0),))
    assert [each.query for advice in report.advice for each in advice.helped] == [0]
    told = to_text(advice_page(report), 120)
    assert "1.0x" not in told
    assert "10,000 │ 9,600 │ same" in " ".join(told.split())
    assert "1 row written to it" in told


def test_headings_name_columns_as_they_are_written() -> None:
    ddl = 'CREATE TABLE "Maße" (id int PRIMARY KEY, "Grösse" int REFERENCES "Maße" (id));'
    found = advised(
        ddl, 'SELECT * FROM "Maße" WHERE "Grösse" = 5', lambda _, there: 20.0 if there else 9e3
    )
    assert "1. Maße (Grösse)\n" in to_text(advice_page(found), 100)
    wide = 'CREATE TABLE t (id int PRIMARY KEY, "Grösse" int NOT NULL, "Höhe" int NOT NULL);'
    both = advised(
        wide,
        'SELECT * FROM t WHERE "Grösse" = 5 AND "Höhe" = 6',
        lambda _, there: 20.0 if any(", " in each for each in there) else 9e3,
    )
    assert "(Grösse) alone" in to_text(advice_page(both), 100)
    key = advised(ddl, 'DELETE FROM "Maße" WHERE id = 5', lambda *_: 20.0)
    assert "Maße (Grösse) → Maße" in to_text(advice_page(key), 100)


def test_an_index_of_trigrams_says_which_extension_it_needs() -> None:
    def costs(_: str, there: frozenset[str]) -> float:
        return 20.0 if any("gin_trgm_ops" in each for each in there) else 9_000.0

    report = advised(POSTS, "SELECT id FROM posts WHERE title LIKE '%word%'", costs)
    needed = "needs `CREATE EXTENSION pg_trgm`"
    assert needed in " ".join(to_text(advice_page(report), 100).split())
    assert f"\nIt {needed}.\n" in advice_markdown(report)
    assert "; needs CREATE EXTENSION pg_trgm\nCREATE INDEX " in advice_sql(report)


def test_sqlite_takes_the_schema_before_the_name_of_the_index() -> None:
    ddl = "CREATE TABLE shop.posts (id INTEGER PRIMARY KEY, user_id int NOT NULL);"
    query = "SELECT * FROM shop.posts WHERE user_id = 5"
    report = advised(ddl, query, lambda _, there: 20.0 if there else 9e3, "sqlite")
    (advice,) = report.advice
    assert advice.ddl == 'CREATE INDEX "shop".posts_user_id_idx ON posts (user_id);'
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(f"ATTACH ':memory:' AS shop; {ddl} {advice.ddl}")
        (index,) = connection.execute("PRAGMA shop.index_list(posts)").fetchall()
    assert index[1] == "posts_user_id_idx"


def test_many_queries_are_told_in_part() -> None:
    many = ";".join(
        f"SELECT id AS a{n} FROM posts WHERE user_id = 5 ORDER BY created_at LIMIT 9"
        for n in range(104)
    )
    told = to_text(advice_page(made(many)), 100)
    assert "and the 4 cheapest" in told
    assert "and 99 more" in told


def test_json_holds_all_of_it() -> None:
    told = advice_json(made())
    assert json.loads(json.dumps(told)) == told
    indexes = told["indexes"]
    assert isinstance(indexes, list)
    assert len(indexes) == 3
    assert set(told) == {
        "engine", "judge", "cost_before", "cost_after", "bytes", "indexes", "not_advised",
        "unneeded", "foreign_keys", "slower", "queries", "left_out", "notes", "tested",
    }  # fmt: skip


def test_markdown_has_a_section_for_each_index() -> None:
    told = advice_markdown(made())
    assert told.count("```sql") == 3
    for title in ("Not needed", "Dearer with this advice", "Left out", "Notes"):
        assert f"\n## {title}\n" in told
    empty = advice_markdown(made("SELECT 1"))
    assert empty.startswith("# Index advice\n\nNo index is advised.\n")


def test_the_statements_can_be_run_and_those_that_drop_cannot() -> None:
    told = advice_sql(made())
    lines = [line for line in told.splitlines() if line and not line.startswith("--")]
    assert len(lines) == 3
    assert all(line.startswith("CREATE INDEX CONCURRENTLY ") for line in lines)
    assert "\n-- DROP INDEX CONCURRENTLY other;\n" in told
    missing = advice_sql(made("DELETE FROM users WHERE id = 1"))
    assert "\nCREATE INDEX CONCURRENTLY posts_user_id_idx ON posts (user_id);\n" in missing


def test_no_name_ends_the_comment_that_it_stands_in() -> None:
    target = Target("postgresql")
    index = 'CREATE INDEX "i\nDROP TABLE posts; --" ON posts (title);'
    schema = schema_of(POSTS + index, target)
    workload = workload_of("SELECT id FROM posts WHERE id = 1", "w.sql", target)
    question = Question(workload, schema, target, statistics())
    report = advise(question, Scripted(says, "postgresql"))
    told = advice_sql(report)
    assert "DROP TABLE posts" in told
    assert not [line for line in told.splitlines() if line.startswith("DROP")]


def test_a_column_without_a_bound_that_is_carried_along_is_warned_of() -> None:
    target = Target("postgresql")
    schema = schema_of(POSTS, target)

    def covered(sql: str, there: frozenset[str]) -> float:
        column = sql.split()[1]
        return 30.0 if f"posts (user_id) INCLUDE ({column})" in there else 9_000.0

    for column, warned in (("title", True), ("score", False)):
        query = f"SELECT {column} FROM posts WHERE user_id BETWEEN 1 AND 5"
        workload = workload_of(query, "w.sql", target)
        report = advise(Question(workload, schema, target, statistics()), Scripted(covered))
        said = [turn for each in report.advice for turn in each.turns]
        refused = "PostgreSQL then refuses a row whose title takes more than about 2.7 kB"
        assert (refused in said) is warned


def test_no_name_steers_a_terminal_through_markdown() -> None:
    told = advice_markdown(made('SELECT * FROM "no\x1b[31mwhere"'))
    assert "no table no^[[31mwhere" in told


def test_each_engine_has_its_own_form() -> None:
    query = "SELECT * FROM posts WHERE user_id = 5 ORDER BY created_at LIMIT 10"
    mysql = made(query, "mysql").advice[0].ddl
    assert mysql.startswith("CREATE INDEX posts_user_id_created_at_idx ON posts (user_id, ")
    assert mysql.endswith(") ALGORITHM=INPLACE LOCK=NONE;")
    sqlite = made(query, "sqlite").advice[0].ddl
    assert sqlite == "CREATE INDEX posts_user_id_created_at_idx ON posts (user_id, created_at);"


def test_evidence_counts_what_is_advised() -> None:
    found = advice_evidence(made())
    assert found.found.startswith("3 indexes of 4.0 MB make the workload ")
    values = {each.name: each.value for each in found.measures}
    assert values["indexes.advised"] == 3
    assert values["indexes.slower"] == 1
    assert values["indexes.unneeded"] == 2
    assert found.confidence == "medium"
    nothing = advice_evidence(made("SELECT 1"))
    assert (nothing.found, nothing.trouble) == ("", "no query could be judged")
    plain = advice_evidence(made("DELETE FROM users WHERE id = 1"))
    assert plain.found == "no index is worth its price"
