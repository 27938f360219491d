"""Advice as a page, as JSON, Markdown, statements and evidence."""

from __future__ import annotations

import json

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
from be_tui.core.workloads import workload_of
from tests.core.indexes.making import POSTS, Scripted, schema_of, statistics

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

one note.

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
    assert "No index is advised: none would make any of the 1 query worth its price" in told
    assert "posts (user_id) → users: rows of users are deleted" in told
    assert "CREATE INDEX CONCURRENTLY posts_user_id_idx ON posts (user_id);" in told


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
        "unneeded", "foreign_keys", "slower", "queries", "left_out", "notes",
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
