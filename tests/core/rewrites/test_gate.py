"""The gate: rows that tell queries apart, parameters put in place, differences made small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core import databases
from be_tui.core.databases import StatementError
from be_tui.core.errors import InputError
from be_tui.core.rewrites.gate import (
    Asked,
    Gate,
    Literals,
    marked,
    marks,
    parameters,
    unmarked,
    unnamed,
)
from be_tui.core.rewrites.gate import sandbox as sandboxes
from be_tui.core.rewrites.gate.adversaries import Wanted, adversaries
from be_tui.core.rewrites.gate.binding import bound
from be_tui.core.rewrites.gate.ddl import table_ddl, unique_ddl
from be_tui.core.rewrites.gate.values import ends, hot, pool
from be_tui.core.schema import DataType, read_schema
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from be_tui.core.databases import Sandbox
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine

DDL = """
CREATE TABLE a (id int PRIMARY KEY, x int, y text NOT NULL UNIQUE, z numeric(5,2));
CREATE TABLE b (id int, a_id int NOT NULL, at timestamp);
"""
WIDE = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE app.wide (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Name" varchar(3),
 n smallint, f real, d date, t time, ts timestamptz, b boolean, j jsonb, u uuid, bin bytea,
 arr int[], m mood,
 i inet, p interval, twice int GENERATED ALWAYS AS (n * 2) STORED, CHECK (n > -5));
CREATE UNIQUE INDEX wide_name ON app.wide ("Name") WHERE n > 0;
"""


def schema_of(ddl: str, engine: Engine = "sqlite") -> Schema:
    return read_schema(ddl, Target(engine), "s.sql").schema


def asked(before: str, after: str, schema: Schema, **more: object) -> Asked:
    return Asked(before, after, schema.tables, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_difference_is_shown_on_as_few_rows_as_it_takes(engine: Engine) -> None:
    schema = schema_of(DDL, engine)
    with Gate(schema, Target(engine)) as gate:
        trial = gate.compare(
            asked(
                "SELECT id FROM a WHERE id NOT IN (SELECT a_id FROM b)",
                "SELECT id FROM a WHERE id IN (SELECT a_id FROM b)",
                schema,
            )
        )
    assert trial.witness is not None
    assert not trial.agreed
    assert sum(len(table.rows) for table in trial.witness.tables) == 1
    assert (len(trial.witness.before), len(trial.witness.after)) == (1, 0)


def test_the_same_rows_come_in_every_run() -> None:
    schema = schema_of(DDL)
    wanted = Wanted(Literals(("7",), ("k",)), {("a", "x"): ("7",)})
    first, second = (
        list(adversaries(schema.tables, wanted, "sqlite", 30, seed=3)) for _ in range(2)
    )
    assert first == second
    assert first != list(adversaries(schema.tables, wanted, "sqlite", 30, seed=4))


def test_rows_hold_what_queries_are_wrong_on() -> None:
    schema = schema_of(DDL)
    data = list(adversaries(schema.tables, Wanted(Literals(), {}), "sqlite", 40, seed=1))
    kinds = {each.kind for each in data}
    assert {"empty", "without one", "doubled", "all nulls", "ends", "matching"} <= kinds
    assert any(each.rows == ((), ()) for each in data)
    assert any(bool(a) != bool(b) for a, b in (each.rows for each in data))
    firsts = [row for each in data for row in each.rows[0]]
    assert {row[1] for row in firsts} > {"NULL", "1", "2147483647"}
    assert all(row[2] != "NULL" for row in firsts)
    twice = [rows for each in data for rows in each.rows[1:] if len(set(rows)) < len(rows)]
    assert twice
    for each in data:
        ids = [row[0] for row in each.rows[0] if row[0] != "NULL"]
        assert len(set(ids)) == len(ids)
        assert len({row[2] for row in each.rows[0]}) == len(each.rows[0])


def test_values_stand_around_what_a_query_names() -> None:
    literals = Literals(("10", "2024", "99999999999999999999"), ("2024-02-29", "Ann%", "x" * 9))
    numbers = pool(DataType("int", "integer"), literals, "sqlite")
    assert {"9", "10", "11", "99999999999999999999"} <= set(numbers)
    moments = pool(DataType("timestamp", "timestamp"), literals, "postgresql")
    assert {"'2024-02-28 23:59:59.999999'", "'2024-03-01 00:00:00'", "'infinity'"} <= set(moments)
    assert "'2024-12-31 12:00:00'" in moments
    own = pool(DataType("text", "timestamp"), literals, "sqlite")
    assert any("-05:00" in each for each in own)
    strange = pool(DataType("text", "timestamp"), literals, "sqlite", own=False)
    assert not any("-05:00" in each for each in strange)
    short = pool(DataType("varchar", "text", ("4",)), literals, "sqlite")
    assert {"'Ann'", "'ANN'", "'xxxx'"} <= set(short)
    assert pool(DataType("geometry", "other"), Literals(), "postgresql") == ("'a'",)
    assert ends(DataType("smallint", "integer")) == ("32767", "-32768")
    assert "'0001-01-01'" not in pool(
        DataType("date", "date"), Literals((), ("0001-01-01",)), "sqlite"
    )


@pytest.mark.parametrize(
    ("family", "said", "value"),
    [
        ("integer", ("7.0", "x"), ("7",)),
        ("decimal", ("7.5", "x"), ("7.5",)),
        ("text", ("a%",), ("'a'",)),
        ("boolean", ("true", "0"), ("1", "0")),
        ("date", ("2024-01-01",), ("'2023-12-31'", "'2024-01-01'", "'2024-01-02'")),
        ("json", ("{}",), ()),
    ],
)
def test_what_a_column_is_compared_with_is_put_into_it(
    family: str, said: tuple[str, ...], value: tuple[str, ...]
) -> None:
    kind = DataType("k", family)  # type: ignore[arg-type]
    assert hot(kind, said, "sqlite") == value


def test_parameters_are_told_from_what_only_looks_like_them() -> None:
    text = (
        "SELECT ':a', \"?\" -- ?\n, x::int FROM t"
        " WHERE a = ? AND b = :b AND c = $1 /* ? */ AND d=%s"
    )
    assert [each.name for each in parameters(text)] == ["?1", ":b", "$1", "?2"]
    made = bound(text, {"?1": "1", ":b": "NULL", "$1": "'x'", "?2": "2"})
    assert made.endswith("a = 1 AND b = NULL AND c = 'x' /* ? */ AND d=2")


@given(st.lists(st.sampled_from(["a = ?", "b = %s", "c = $1", "d = :d", "'?'"]), max_size=12))
def test_marked_parameters_come_back_as_they_were_written(parts: list[str]) -> None:
    text = " AND ".join(parts)
    made = marked(text)
    assert len(made) == len(text)
    assert marks(made) == tuple(range(len(unnamed(text))))
    assert unmarked(made, unnamed(text)) == text


def test_parameters_are_bound_with_several_values_null_among_them() -> None:
    schema = schema_of(DDL)
    with Gate(schema, Target("sqlite")) as gate:
        same = "SELECT id FROM a WHERE x = ?"
        kinds = {"?1": DataType("int", "integer")}
        agreed = gate.compare(asked(same, same, schema, kinds=kinds))
        differs = gate.compare(
            asked("SELECT ? IS NULL AS n", "SELECT 0 AS n WHERE ? IS NOT 7", schema)
        )
    assert agreed.agreed
    assert agreed.telling
    assert differs.witness is not None
    assert differs.witness.parameters == (("?1", "NULL"),)


def test_the_order_counts_where_it_is_asked_for() -> None:
    schema = schema_of(DDL)
    up, down = "SELECT id FROM a ORDER BY id", "SELECT id FROM a ORDER BY id DESC"
    with Gate(schema, Target("sqlite")) as gate:
        assert gate.compare(asked(up, down, schema)).agreed
        trial = gate.compare(asked(up, down, schema, ordered=True))
    assert trial.as_sequences
    assert trial.witness is not None


def test_names_of_columns_and_the_number_of_rows_count() -> None:
    schema = schema_of(DDL)
    with Gate(schema, Target("sqlite")) as gate:
        named = gate.compare(asked("SELECT id FROM a", "SELECT id AS k FROM a", schema))
        twice = gate.compare(asked("SELECT 1 AS n", "SELECT 1 AS n UNION ALL SELECT 1", schema))
        sums = gate.compare(asked("SELECT 0.1 + 0.2 AS n", "SELECT 0.3 AS n", schema))
    assert named.witness is not None
    assert named.witness.trouble == "its columns are k, not id"
    assert twice.witness is not None
    assert sums.agreed


def test_what_no_longer_runs_is_refused_and_what_never_ran_is_told() -> None:
    schema = schema_of(DDL)
    with Gate(schema, Target("sqlite")) as gate:
        broken = gate.compare(asked("SELECT 1 AS n", "SELECT nosuch(1) AS n", schema))
        never = gate.compare(asked("SELECT nosuch(1)", "SELECT 1", schema))
    assert broken.witness is not None
    assert "no such function" in broken.witness.trouble
    assert never.cases == 0
    assert "the query does not run: no such function" in never.trouble


def test_it_is_bounded_and_can_be_stopped() -> None:
    schema = schema_of(DDL)
    same = asked("SELECT id FROM a", "SELECT id FROM a", schema)
    with Gate(schema, Target("sqlite"), seconds=-1.0) as gate:
        assert gate.compare(same).trouble == "it was ended after -1 s"
    with Gate(schema, Target("sqlite"), stopped=lambda: True) as gate:
        gate.stop()
        assert gate.compare(same).trouble == "it was stopped"
        gate.stop()


def test_every_type_of_postgresql_is_made_and_filled() -> None:
    schema = schema_of(WIDE, "postgresql")
    query = "SELECT * FROM app.wide WHERE twice > 1"
    with Gate(schema, Target("postgresql")) as gate:
        trial = gate.compare(asked(query, query, schema))
    assert trial.agreed, trial
    assert trial.telling > 3


def test_tables_that_cannot_be_made_are_told() -> None:
    schema = schema_of("CREATE TABLE t (id int, g geometry(Point))", "postgresql")
    with Gate(schema, Target("postgresql")) as gate:
        trial = gate.compare(asked("SELECT id FROM t", "SELECT id FROM t", schema))
    assert trial.cases == 0
    assert 'does not make its tables: type "geometry" does not exist' in trial.trouble


def test_the_version_asked_for_is_taken_where_it_is_there() -> None:
    schema = schema_of(DDL, "postgresql")
    for version, found in (((16,), "postgresql 16"), ((12,), "postgresql 18")):
        with Gate(schema, Target("postgresql", version), cases=2) as gate:
            trial = gate.compare(asked("SELECT id FROM a", "SELECT id FROM a", schema))
        assert trial.engine.startswith(found)


def test_without_postgresql_it_is_seen_on_sqlite_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    real = databases.open_sandbox

    def without(where: str) -> Sandbox:
        if where.startswith("postgresql"):
            raise InputError("psycopg is not installed")
        return real(where)

    monkeypatch.setattr(sandboxes, "open_sandbox", without)
    schema = schema_of(DDL, "postgresql")
    with Gate(schema, Target("postgresql"), cases=2) as gate:
        trial = gate.compare(asked("SELECT id FROM a", "SELECT id FROM a", schema))
    assert (trial.own, trial.engine[:6]) == (False, "sqlite")
    assert trial.trouble == "no PostgreSQL could be started: psycopg is not installed"


def test_without_any_sandbox_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = schema_of(DDL)
    same = asked("SELECT id FROM a", "SELECT id FROM a", schema)

    def none(_: str) -> Sandbox:
        raise InputError("no space left on device")

    def broken(_: str) -> Sandbox:
        raise StatementError("disk I/O error")

    monkeypatch.setattr(sandboxes, "open_sandbox", none)
    with Gate(schema, Target("sqlite")) as gate:
        assert gate.compare(same).trouble == "no sandbox could be opened: no space left on device"
        assert gate.compare(same).cases == 0
    with (
        Gate(schema, Target("sqlite"), "mariadb://nobody@nowhere/") as gate,
        pytest.raises(InputError, match="no space"),
    ):
        gate.compare(same)
    monkeypatch.setattr(sandboxes, "open_sandbox", broken)
    with Gate(schema, Target("sqlite")) as gate:
        assert gate.compare(same).trouble == "no sandbox could be set up: disk I/O error"


def test_a_server_of_another_engine_is_said_to_be_one() -> None:
    schema = schema_of(DDL)
    with Gate(schema, Target("postgresql"), "sqlite", cases=2) as gate:
        trial = gate.compare(asked("SELECT id FROM a", "SELECT id FROM a", schema))
    assert trial.trouble == "the queries are written for postgresql"


def test_ddl_keeps_keys_checks_and_affinities() -> None:
    (lite,) = schema_of(
        "CREATE TABLE t (k TEXT COLLATE NOCASE, n INT, PRIMARY KEY (k)) WITHOUT ROWID;"
        "CREATE UNIQUE INDEX i ON t (n) WHERE n > 1; CREATE INDEX j ON t (k)"
    ).tables
    assert table_ddl(lite, "sqlite") == (
        'CREATE TABLE "t" ("k" text COLLATE NOCASE NOT NULL, "n" int, PRIMARY KEY ("k"))'
        " WITHOUT ROWID"
    )
    assert list(unique_ddl(lite, "sqlite")) == [
        'CREATE UNIQUE INDEX "unique_t_0" ON "t" ("n") WHERE n > 1'
    ]
    (mine,) = schema_of(
        "CREATE TABLE t (a int(3) unsigned, e enum('x', 'y''z') NOT NULL, UNIQUE (e))"
        " DEFAULT CHARSET=utf8mb4",
        "mysql",
    ).tables
    assert table_ddl(mine, "mysql") == (
        "CREATE TABLE `t` (`a` int(3) unsigned, `e` enum('x', 'y''z') NOT NULL, UNIQUE (`e`))"
        " DEFAULT CHARSET=utf8mb4"
    )
    (post,) = schema_of(
        "CREATE TABLE t (a int, UNIQUE NULLS NOT DISTINCT (a))", "postgresql"
    ).tables
    assert "UNIQUE NULLS NOT DISTINCT" in table_ddl(post, "postgresql")
