"""What the database patterns claim besides their examples: figures, locks, queries by hand."""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import StatementError, open_sandbox
from be_tui.core.knowledge.items import ByHand
from tests.knowledge.examples import chapter_of

if TYPE_CHECKING:
    from be_tui.core.databases import Session
    from be_tui.core.knowledge.items import Item

FOLDER = Path(__file__).parents[2] / "knowledge" / "references" / "database-patterns"

FIGURES: list[tuple[str, str, float]] = [
    ("bigint-keys", "after {} days", (2**31 - 1) // 100 // 86_400),
    ("bigint-keys", "ends at {:,}", 2**31 - 1),
    ("loops", "with 40,000 loops is {:.1f} seconds", 0.03 * 40_000 / 1000),
    ("rank-by-total-time", "are {:.0f} minutes", math.floor(1e6 * 0.005 / 60)),
    ("n-plus-one", "are {} round trips", 50 + 1),
    ("pool-size", "({} for four cores and one)", 4 * 2 + 1),
    ("pool-size", "500 × 0.01 is {:.0f}", 500 * 0.01),
    ("hot-rows", "{:.0f} a second is the end", 1 / 0.005),
    ("autovacuum", "on a billion rows {:.0f} million", (50 + 0.2 * 1e9) / 1e6),
    ("wraparound", "about {:.1f} thousand million", 2**31 / 1e9),
    ("dynamodb-partitions", "so {:.0f} such reads", 3000 / math.ceil(20 / 4)),
    ("bulk-writes", "ends at {:,} of them", 2**16 - 1),
]
"""An item, its words with a place for the figure, and the figure."""

EXCLUSIVE, WRITES, SHARE, WEAK = (
    "AccessExclusiveLock",
    "ShareRowExclusiveLock",
    "ShareLock",
    "ShareUpdateExclusiveLock",
)

IN_WORDS = {
    EXCLUSIVE: "access exclusive",
    WRITES: "share row exclusive",
    SHARE: "share",
    WEAK: "share update exclusive",
}

SCHEMA = """
CREATE DOMAIN positive AS int CHECK (value > 0);
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, c int NOT NULL, n int, CONSTRAINT n_set CHECK (n IS NOT NULL));
INSERT INTO parent SELECT generate_series(1, 20);
INSERT INTO t SELECT n, n, n FROM generate_series(1, 20) n;
ALTER TABLE t ALTER c DROP NOT NULL;
CREATE TABLE child (id int PRIMARY KEY, p int CONSTRAINT child_p REFERENCES parent);
CREATE TABLE fresh (at int);
CREATE TABLE parts (at int) PARTITION BY RANGE (at);
CREATE TABLE rest PARTITION OF parts DEFAULT;
CREATE UNIQUE INDEX t_c ON t (c);
ALTER TABLE t ADD CONSTRAINT later CHECK (c > 0) NOT VALID
"""

LOCKS: list[tuple[str, str, dict[str, str], str]] = [
    ("also with a constant", "ALTER TABLE t ADD x int NOT NULL DEFAULT 1", {"t": EXCLUSIVE}, ""),
    ("also with a constant", "ALTER TABLE t ADD x timestamptz DEFAULT now()", {"t": EXCLUSIVE}, ""),
    ("volatile", "ALTER TABLE t ADD x float DEFAULT random()", {"t": EXCLUSIVE}, "rewrites"),
    ("volatile", "ALTER TABLE t ADD x bigserial", {"t": EXCLUSIVE}, "rewrites"),
    (
        "volatile",
        "ALTER TABLE t ADD x int GENERATED ALWAYS AS IDENTITY",
        {"t": EXCLUSIVE},
        "rewrites",
    ),
    (
        "volatile",
        "ALTER TABLE t ADD x int GENERATED ALWAYS AS (n + 1) STORED",
        {"t": EXCLUSIVE},
        "rewrites",
    ),
    ("volatile", "ALTER TABLE t ADD x positive", {"t": EXCLUSIVE}, "rewrites"),
    ("CHECK (...)", "ALTER TABLE t ADD x int CHECK (x > 0)", {"t": EXCLUSIVE}, "reads"),
    (
        "VIRTUAL",
        "ALTER TABLE t ADD x int GENERATED ALWAYS AS (n + 1) VIRTUAL",
        {"t": EXCLUSIVE},
        "",
    ),
    ("SET NOT NULL", "ALTER TABLE t ALTER c SET NOT NULL", {"t": EXCLUSIVE}, "reads"),
    ("SET NOT NULL", "ALTER TABLE t ALTER n SET NOT NULL", {"t": EXCLUSIVE}, ""),
    (
        "ADD FOREIGN KEY",
        "ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES parent",
        {"t": WRITES, "parent": WRITES},
        "reads",
    ),
    (
        "NOT VALID",
        "ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES parent NOT VALID",
        {"t": WRITES, "parent": WRITES},
        "",
    ),
    ("VALIDATE", "ALTER TABLE t VALIDATE CONSTRAINT later", {"t": WEAK}, "reads"),
    ("CREATE INDEX`", "CREATE INDEX ON t (n)", {"t": SHARE}, "builds"),
    ("ADD UNIQUE", "ALTER TABLE t ADD UNIQUE (n)", {"t": EXCLUSIVE}, "builds"),
    ("ADD UNIQUE", "ALTER TABLE t ADD UNIQUE USING INDEX t_c", {"t": EXCLUSIVE}, ""),
    (
        "DROP CONSTRAINT",
        "ALTER TABLE child DROP CONSTRAINT child_p",
        {"child": EXCLUSIVE, "parent": EXCLUSIVE},
        "",
    ),
    (
        "ATTACH PARTITION",
        "ALTER TABLE parts ATTACH PARTITION fresh FOR VALUES FROM (1) TO (9)",
        {"parts": WEAK, "rest": EXCLUSIVE},
        "reads",
    ),
    ("COMMENT", "COMMENT ON TABLE t IS 'ours'", {"t": WEAK}, ""),
    ("COMMENT", "ALTER TABLE t ALTER n SET STATISTICS 500", {"t": WEAK}, ""),
]
"""A row of the table of locks, a statement of its kind, the locks that it takes, and its work."""


ANOMALIES: dict[str, tuple[str, str, str]] = {
    "non-repeatable read": ("SELECT n FROM t WHERE id = 1", "UPDATE t SET n = 9 WHERE id = 1", ""),
    "phantom": ("SELECT count(*) FROM t", "INSERT INTO t VALUES (3, 3)", ""),
    "lost update": (
        "SELECT n FROM t WHERE id = 1",
        "UPDATE t SET n = 9 WHERE id = 1",
        "UPDATE t SET n = 8 WHERE id = 1",
    ),
    "write skew": (
        "SELECT sum(n) FROM t",
        "UPDATE t SET n = 0 WHERE id = 1",
        "UPDATE t SET n = 0 WHERE id = 2",
    ),
}
"""What both transactions read, what the second writes and commits, and what the first writes then;
where it writes nothing, it reads again."""

LEVELS = {1: "READ COMMITTED", 2: "REPEATABLE READ", 4: "SERIALIZABLE"}
"""PostgreSQL's levels by their column of the table of anomalies."""


@cache
def items() -> dict[str, Item]:
    """Give the items of all chapters by id."""
    chapters = [chapter_of(path) for path in sorted(FOLDER.glob("[01]*.yaml"))]
    return {item.id: item for chapter in chapters for item in chapter.items}


def queries() -> dict[str, str]:
    """Give the whole queries that the checks by hand tell, each under its item and a number."""
    found: dict[str, str] = {}
    for item in items().values():
        for way in item.ways:
            if isinstance(way, ByHand) and way.how.startswith("SELECT"):
                found[f"{item.id}-{len(found)}"] = re.split(r";|, and the| gives no", way.how)[0]
    return found


def row_of_locks(words: str) -> str:
    """Give the row of the chapter's table whose first cell holds these words."""
    lines = chapter_of(FOLDER / "08-migrations.yaml").intro.splitlines()
    rows = [line for line in lines if line.startswith("|")]
    return next(row for row in rows if words in row.split("|")[1])


def work_of(session: Session, statement: str) -> str:
    """Run a statement in a transaction that stays open; tell what it did besides its lock."""
    files = "SELECT string_agg(pg_relation_filenode(oid)::text, ' ' ORDER BY oid) FROM pg_class"
    files += " WHERE relname IN ('t', 'child', 'parts', 'rest', 'fresh')"
    before = session.run(files).value
    session.run("BEGIN")
    session.run("SET client_min_messages = debug1")
    said = " ".join(session.run(statement).said)
    session.run("SET client_min_messages = notice")
    if session.run(files).value != before:
        return "rewrites"
    if re.search(r"verifying table|validating foreign key|updated partition constraint", said):
        return "reads"
    return "builds" if "building index" in said else ""


@pytest.mark.parametrize(("item_id", "words", "figure"), FIGURES)
def test_a_figure_is_what_its_formula_gives(item_id: str, words: str, figure: float) -> None:
    item = items()[item_id]
    assert words.format(figure) in " ".join(f"{item.why} {item.when_not}".split())


def test_a_cursor_without_a_tie_breaker_loses_the_rows_that_are_told() -> None:
    rows = [(second, number) for second in range(10) for number in range(30)]
    seen, last = 0, -1
    while page := [row for row in rows if row[0] > last][:20]:
        seen, last = seen + len(page), page[-1][0]
    told = " ".join(items()["keyset-pagination"].why.split())
    assert f"lost {len(rows) - seen} of {len(rows)} rows when thirty shared one" in told


@pytest.mark.parametrize(("words", "statement", "locks", "work"), LOCKS)
def test_a_statement_takes_the_locks_that_the_table_tells(
    words: str, statement: str, locks: dict[str, str], work: str
) -> None:
    row = row_of_locks(words)
    assert all(IN_WORDS[mode] in row or "as without" in row for mode in locks.values())
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        for each in SCHEMA.split(";"):
            session.run(each)
        assert work_of(session, statement) == work
        held = {(lock.relation, lock.mode) for lock in sandbox.locks(session)}
        assert {(name.split(".")[-1], mode) for name, mode in held} >= {*locks.items()}
    assert work in row


@pytest.mark.parametrize("column", LEVELS)
@pytest.mark.parametrize("anomaly", ANOMALIES)
def test_a_level_lets_through_what_the_table_of_anomalies_tells(anomaly: str, column: int) -> None:
    lines = chapter_of(FOLDER / "07-transactions.yaml").intro.splitlines()
    row = next(line for line in lines if line.startswith(f"| {anomaly} "))
    read, meanwhile, then = ANOMALIES[anomaly]
    with (
        open_sandbox("postgresql:18") as sandbox,
        sandbox.session() as first,
        sandbox.session() as second,
    ):
        first.run("CREATE TABLE t (id int PRIMARY KEY, n int)")
        first.run("INSERT INTO t VALUES (1, 1), (2, 2)")
        for session in (first, second):
            session.run(f"BEGIN ISOLATION LEVEL {LEVELS[column]}")
            session.run(read)
        before = first.run(read).value
        second.run(meanwhile)
        second.run("COMMIT")
        try:
            happened = first.run(then or read).value != before
            first.run("COMMIT")
        except StatementError as error:
            happened = error.code != "40001"
    assert row.split("|")[column + 1].strip().startswith("yes") == happened


@pytest.mark.parametrize("query", queries().values(), ids=queries().keys())
def test_a_query_to_run_by_hand_runs(query: str) -> None:
    key = "uuid" if "uuid_" in query else "bigint"
    with open_sandbox("postgresql:18") as sandbox, sandbox.session() as session:
        session.run(f"CREATE TABLE t (id {key}, x int, y int, c int, tenant int, code text)")
        session.run("CREATE TABLE users (email text)")
        session.run("CREATE TABLE whole (a int)")
        session.run("CREATE TABLE joined (a int)")
        # The extension is not in the wheel.
        session.run(
            "CREATE TABLE pg_stat_statements"
            " (calls int, total_exec_time float, rows int, query text)"
        )
        session.run(query)


def test_most_items_show_it_in_sql_that_runs() -> None:
    shown = [
        item for item in items().values() if any(each.language == "sql" for each in item.examples)
    ]
    assert len(shown) / len(items()) > 0.8
