"""What is left alone and why, what is taken back, and that the text stays the person's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.rewrites import STEPS, Change, Gate, Obligation, Step, rewrite
from be_tui.core.rewrites.rewriting import changed
from be_tui.core.rewrites.style import styled
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import ENGINES, Target, split
from tests.core.rewrites.shapes import schema_of, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.rewrites.look import Look
    from be_tui.core.sqltext import Engine

NOT_IN = "SELECT name FROM users WHERE id NOT IN (SELECT user_id FROM posts WHERE score > 1)"


@pytest.mark.parametrize(
    ("query", "engine", "why"),
    [
        ("SELEC 1", "postgresql", "does not parse"),
        ("SELECT random() AS r FROM users", "postgresql", "`random` may give another value"),
        ("SELECT nextval('s') FROM users", "postgresql", "`nextval` may give another value"),
        ("SELECT my_own(id) FROM users", "sqlite", "`my_own` may give another value"),
        ("SELECT @x FROM users", "mysql", "may give another value"),
        ("UPDATE users SET age = 1", "sqlite", "only queries are rewritten, this is UPDATE"),
        ("INSERT INTO users SELECT * FROM users", "sqlite", "this is INSERT"),
        ("VACUUM", "sqlite", "this is no query"),
        ("EXPLAIN ANALYZE SELECT id FROM users", "postgresql", "it begins with EXPLAIN ANALYZE"),
        ("SELECT id FROM {{ table }}", "postgresql", "a template stands in the place of a table"),
        ("SELECT id FROM users {% if x %} WHERE id = 1 {% endif %}", "sqlite", "a template stands"),
        ("SELECT id FROM users FOR UPDATE", "postgresql", "it locks the rows that it reads"),
        ("SELECT id FROM (SELECT id FROM users LIMIT 3) q", "sqlite", "a LIMIT within it"),
        ("SELECT id FROM users WHERE id IN (SELECT age FROM users GROUP BY age LIMIT 3)", "sqlite",
         "a LIMIT within it"),
    ],
)  # fmt: skip
def test_what_is_left_alone_is_told_why(query: str, engine: Engine, why: str) -> None:
    found = rewrite(statement(query, engine), schema_of(engine), Target(engine))
    assert why in found.trouble
    assert (found.after, found.steps, found.applied) == (query, (), ())


def test_steady_functions_and_certain_limits_are_no_reason() -> None:
    for query in (
        "SELECT id FROM users WHERE joined < datetime('now')",
        "SELECT id FROM (SELECT id FROM users ORDER BY id LIMIT 3) q",
        "SELECT id FROM users WHERE EXISTS (SELECT 1 FROM posts LIMIT 1)",
        "SELECT id FROM users WHERE id = (SELECT max(id) FROM posts LIMIT 1)",
        "SELECT id FROM users WHERE age IN (SELECT DISTINCT age FROM users ORDER BY age LIMIT 2)",
    ):
        assert (
            rewrite(statement(query, "sqlite"), schema_of("sqlite"), Target("sqlite")).trouble == ""
        )


def test_without_a_schema_obligations_stand_open() -> None:
    dated = "SELECT id FROM t WHERE date(made) = '2024-01-01'"
    for engine in ENGINES:
        for query in (NOT_IN, dated):
            (taken,) = rewrite(statement(query, engine), None, Target(engine)).steps or (None,)
            if taken is None:
                assert (engine, query) in {("mysql", NOT_IN), ("mariadb", NOT_IN)}
                continue
            assert taken.standing == "offered"
            assert taken.step.open
            assert taken.after != taken.before == query
    with Gate(schema_of("postgresql"), Target("postgresql")) as gate:
        counts = rewrite(
            statement("SELECT 1 AS n FROM t WHERE (SELECT count(*) FROM u) > 0"),
            None,
            Target("postgresql"),
            gate,
        )
    (counted,) = counts.steps
    assert counted.standing == "offered"
    assert counted.why == "nothing was run: no schema was given (--schema FILE)"


def test_a_table_that_the_schema_does_not_have_is_told() -> None:
    query = "SELECT id FROM users WHERE (SELECT count(*) FROM elsewhere) > 0"
    target = Target("sqlite")
    with Gate(schema_of("sqlite"), target) as gate:
        (taken,) = rewrite(statement(query, "sqlite"), schema_of("sqlite"), target, gate).steps
    assert taken.why == "nothing was run: the schema has no table `elsewhere`"


def test_nothing_is_applied_that_was_not_run() -> None:
    target = Target("postgresql")
    (taken,) = rewrite(statement(NOT_IN), schema_of("postgresql"), target).steps
    assert taken.step.proved
    assert (taken.standing, taken.why) == ("offered", "nothing was run: no sandbox was asked for")


def test_mysql_without_a_server_is_seen_on_sqlite_only() -> None:
    query = "SELECT id FROM users WHERE coalesce(age, 0) = 7"
    with Gate(schema_of("mysql"), Target("mysql")) as gate:
        (taken,) = rewrite(
            statement(query, "mysql"), schema_of("mysql"), Target("mysql"), gate
        ).steps
    assert taken.standing == "applied"
    assert taken.trial is not None
    assert taken.trial.engine.startswith("sqlite")
    assert taken.trial.trouble == "no server of mysql was given (--database URL)"


def test_mysql_is_tried_on_its_own_server(mariadb: str) -> None:
    query = "SELECT id FROM users WHERE YEAR(joined) = 2024 AND age + 1 = ?"
    target = Target("mariadb")
    with Gate(schema_of("mariadb"), target, mariadb, cases=8) as gate:
        found = rewrite(statement(query, "mariadb"), schema_of("mariadb"), target, gate)
        other = rewrite(
            statement("SELECT DISTINCT p.id, u.name FROM posts p JOIN users u ON u.id = p.user_id",
                      "mariadb"),
            schema_of("mariadb"), target, gate,
        )  # fmt: skip
    assert found.after == (
        "SELECT id FROM users"
        " WHERE joined >= '2024-01-01' AND joined < '2025-01-01' AND age + 1 = ?"
    )
    assert [taken.standing for taken in (*found.steps, *other.steps)] == ["applied", "applied"]
    for taken in (*found.steps, *other.steps):
        assert taken.trial is not None
        assert taken.trial.engine.startswith("mariadb")
        assert taken.trial.own


def test_a_server_that_does_not_answer_ends_it() -> None:
    target = Target("mariadb")
    url = "mariadb://nobody@127.0.0.1:1/"
    query = statement("SELECT id FROM users WHERE coalesce(age, 0) = 7", "mariadb")
    with Gate(schema_of("mariadb"), target, url) as gate, pytest.raises(InputError):
        rewrite(query, schema_of("mariadb"), target, gate)


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a step in the place of all others that says it is proved and is not."""

    def find(look: Look) -> Iterator[Step]:
        at = look.text.find(" > ")
        if at >= 0:
            proof = (Obligation("it holds", "so it is said"),)
            yield Step("rewrite-or-in", "turned", (Change(at, at + 3, " < "),), proof, "it pays")

    monkeypatch.setattr("be_tui.core.rewrites.rewriting.STEPS", {"rewrite-or-in": find})


@pytest.mark.usefixtures("wrong")
def test_a_step_that_gives_other_rows_is_taken_back_with_the_rows_that_show_it() -> None:
    query, target = "SELECT id FROM users WHERE age > 3", Target("sqlite")
    with Gate(schema_of("sqlite"), target) as gate:
        found = rewrite(statement(query, "sqlite"), schema_of("sqlite"), target, gate, rules=STEPS)
    assert found.after == query
    (taken,) = found.steps
    assert (taken.standing, taken.why) == ("refused", "it gave other rows")
    assert taken.trial is not None
    assert taken.trial.witness is not None
    assert len(taken.trial.witness.tables[0].rows) == 1


def test_views_are_made_with_what_they_read() -> None:
    ddl = (
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);"
        "CREATE VIEW one AS SELECT id, n FROM t; CREATE VIEW two AS SELECT id FROM one WHERE n > 1"
    )
    target = Target("sqlite")
    schema = read_schema(ddl, target).schema
    query = "SELECT id FROM t WHERE (SELECT count(*) FROM two WHERE two.id = t.n) > 0"
    with Gate(schema, target) as gate:
        found = rewrite(statement(query, "sqlite"), schema, target, gate)
    (taken,) = found.steps
    assert taken.standing == "applied"


def test_the_order_is_compared_where_it_is_total_and_limits_go_where_it_is_not() -> None:
    target = Target("sqlite")
    with Gate(schema_of("sqlite"), target) as gate:
        for query, total in (
            ("SELECT id FROM users WHERE coalesce(age, 0) = 1 ORDER BY id LIMIT 2", True),
            ("SELECT id FROM users WHERE coalesce(age, 0) = 1 ORDER BY age LIMIT 2", False),
            ("SELECT id FROM users WHERE coalesce(age, 0) = 1 LIMIT 2 OFFSET ?", False),
            ("SELECT age FROM users WHERE coalesce(age, 0) > 1 GROUP BY age ORDER BY age", True),
            ("SELECT id FROM users WHERE coalesce(age, 0) = 1 UNION ALL SELECT 1 LIMIT 1", False),
        ):
            found = rewrite(
                statement(query, "sqlite"), schema_of("sqlite"), target, gate,
                rules=("rewrite-coalesce",),
            )  # fmt: skip
            (taken,) = found.steps
            assert taken.standing == "applied", query
            assert taken.trial is not None
            assert taken.trial.as_sequences is total, query


def test_layout_comments_and_parameters_stay() -> None:
    query = (
        "select  u.id, -- the key\n        u.name\n  from users u /* all */\n"
        " where u.id not in (select p.user_id from posts p where p.status = %s)\n"
        "   and coalesce(u.age, 0) = %(age)s -- last"
    )
    target = Target("postgresql")
    with Gate(schema_of("postgresql"), target, cases=8) as gate:
        found = rewrite(statement(query), schema_of("postgresql"), target, gate)
    assert len(found.applied) == 2
    assert found.after.split("\n") == [
        "select  u.id, -- the key",
        "        u.name",
        "  from users u /* all */",
        " where not exists (select 1 from posts p where p.status = %s and u.id = p.user_id)",
        "   and u.age = %(age)s -- last",
    ]


def test_words_are_added_as_the_statement_writes_its_own() -> None:
    step = Step("r", "s", (Change(0, 0, "NOT EXISTS (x = 'AND' AND \"OR\" = 1) OR Value"),))
    assert styled(step, "select 1") == Step(
        "r", "s", (Change(0, 0, "not exists (x = 'AND' and \"OR\" = 1) or Value"),)
    )
    assert styled(step, "SELECT 1") is step
    assert styled(step, "") is step


def test_parameters_that_only_their_place_tells_are_never_put_in_another_order() -> None:
    text = "SELECT ?, %s"
    assert changed(text, (Change(7, 8, "1"),)) is None
    assert changed(text, (Change(0, 6, "select"), Change(3, 9, "x"))) is None
    assert changed(text, (Change(0, 6, "select"),)) == "select ?, %s"
    query = (
        "SELECT u.id, (SELECT sum(score) FROM posts WHERE editor_id = u.id AND status = ?) AS n"
        " FROM users u WHERE u.age = ?"
    )
    moved = (
        "SELECT u.id, ? AS k, (SELECT sum(score) FROM posts WHERE editor_id = u.id AND status = ?)"
        " AS n FROM users u JOIN posts x ON x.status = ?"
    )
    target = Target("postgresql")
    with Gate(schema_of("postgresql"), target, cases=8) as gate:
        fine = rewrite(statement(query), schema_of("postgresql"), target, gate)
        kept = rewrite(statement(moved), schema_of("postgresql"), target, gate)
    assert "status = ? GROUP BY" in fine.after
    assert kept.after == moved


def test_a_query_within_a_query_is_rewritten_in_its_place() -> None:
    query = f"WITH lone AS ({NOT_IN}) SELECT count(*) AS n FROM lone"
    target = Target("postgresql")
    with Gate(schema_of("postgresql"), target, cases=8) as gate:
        found = rewrite(statement(query), schema_of("postgresql"), target, gate)
    assert found.after.startswith("WITH lone AS (SELECT name FROM users WHERE NOT EXISTS (")
    assert found.after.endswith(") SELECT count(*) AS n FROM lone")


def test_odd_statements_are_no_trouble() -> None:
    target = Target("postgresql")
    for query in (
        "SELECT",
        "SELECT (SELECT NULL)",
        "SELECT id FROM users WHERE id = (SELECT 1 FROM",
        "SELECT id FROM",
        "SELECT $1 UNION SELECT $2",
        "VALUES (1), (2)",
        "TABLE users",
        "SELECT * FROM users, LATERAL (SELECT 1) x WHERE (((id = 1) OR (id = 2)))",
        "SELECT * FROM (users u JOIN posts p ON p.id = u.id) LEFT JOIN tags t ON t.post_id = u.id",
        'SELECT "or" FROM users "users" WHERE "users".id NOT IN (SELECT id FROM "users")',
        "SELECT count(*) FILTER (WHERE age > 1) FROM users HAVING count(*) > 1",
        "SELECT DISTINCT ON (age) age FROM users ORDER BY age, id",
        "SELECT id FROM users WHERE id = ANY (SELECT DISTINCT id FROM posts)",
        "SELECT id FROM users WHERE (id, age) NOT IN (SELECT id, user_id FROM posts)",
        "SELECT id FROM missing WHERE id NOT IN (SELECT x FROM nowhere) AND coalesce(a, 1) = 2",
        "(SELECT id FROM users) UNION (SELECT id FROM posts ORDER BY id LIMIT 1)",
        "SELECT id FROM users NATURAL LEFT JOIN posts WHERE score IS NULL",
    ):
        for each in split(query, "postgresql"):
            found = rewrite(each, schema_of("postgresql"), target, tidy=True)
            assert replace(found).before == query
