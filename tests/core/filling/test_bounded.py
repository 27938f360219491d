"""Values lie between the bounds of statistics: ranges find the share that they found there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox, split
from be_tui.core.filling import fill, plan
from be_tui.core.filling.bounded import PARTS, bounded
from be_tui.core.filling.dialects import Sql
from be_tui.core.schema import DataType, read_schema
from be_tui.core.sqltext import Target
from be_tui.core.statistics import ColumnStats, Common, Statistics, TableStats

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

ROWS = 4000
DDL = """CREATE TABLE t (id int PRIMARY KEY, n int, price decimal(8,2), at timestamp, d date,
name varchar(20), low int CHECK (low > 5))"""

NUMBERS = tuple(str(each) for each in (0, *range(900, 1001)))
"""A hundredth lies below 900, all else in a tenth of the range."""

MOMENTS = ("2020-01-01 00:00:00", "2024-01-01 00:00:00", "2024-07-01 00:00:00", "2025-01-01")
DAYS = tuple(each[:10] for each in MOMENTS)
STATISTICS = (
    ColumnStats("n", 90.0, 0.0, (), NUMBERS),
    ColumnStats("price", -1.0, 0.0, (Common("3.50", 0.5),), ("10", "20.5", "99.99")),
    ColumnStats("at", -1.0, 0.0, (), MOMENTS, 1.0),
    ColumnStats("d", -1.0, 0.0, (), DAYS),
    ColumnStats("name", -0.5, 0.0, (), ("apple", "banana", "cherry", "damson")),
    ColumnStats("low", 50.0, 0.0, (), ("1", "2", "3")),
)


def share(where: str, engine: Engine, *conditions: str) -> list[float]:
    """Give the shares of rows that meet each condition."""
    known = Statistics(engine, (TableStats("t", ROWS, columns=STATISTICS),))
    planned = plan(read_schema(DDL, Target(engine)).schema, engine, {"t": ROWS}, statistics=known)
    with open_sandbox(where) as sandbox, sandbox.session() as session:
        for each in split(DDL, engine):
            session.run(each.text)
        fill(session, planned)
        asked = (f"SELECT count(*) FROM t WHERE {each}" for each in conditions)
        return [int(session.run(each).value or 0) / ROWS for each in asked]


CONDITIONS = {
    "n >= 900": 0.96,
    "n BETWEEN 900 AND 949": 0.48,
    "price = 3.50": 0.5,
    "price BETWEEN 10 AND 20.5": 0.25,
    "at >= '2024-07-01 00:00:00'": 1 / 3,
    "at >= '2024-07-01' AND id > 2670": 1 / 3,
    "d < '2024-01-01'": 1 / 3,
    "name LIKE 'banana%'": 1 / 3,
    "low > 5": 1.0,
}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "mariadb"])
def test_ranges_find_the_share_that_statistics_tell(
    engine: Engine, request: pytest.FixtureRequest
) -> None:
    where = request.getfixturevalue("mariadb") if engine == "mariadb" else engine
    found = share(where, engine, *CONDITIONS)
    assert found == pytest.approx(list(CONDITIONS.values()), abs=0.04)


def column(name: str, *arguments: str) -> DataType:
    family = {"int": "integer", "varchar": "text", "json": "json", "timestamp": "timestamp"}[name]
    return DataType(name, family, arguments, name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "bounds"),
    [
        (column("int"), ()),
        (column("int"), ("1", "9")),
        (column("int"), ("a", "b", "c")),
        (column("int"), ("1", "2", "Infinity")),
        (column("timestamp"), ("yesterday", "today", "tomorrow")),
        (column("varchar", "2"), ("a", "b", "c")),
        (column("json"), ("1", "2", "3")),
    ],
)
def test_bounds_that_nothing_can_be_made_of_are_left_alone(
    kind: DataType, bounds: tuple[str, ...]
) -> None:
    stats = ColumnStats("x", -1.0, bounds=bounds)
    assert bounded(Sql("sqlite", 1), kind, "t.x", ROWS, stats) is None
    assert bounded(Sql("sqlite", 1), kind, "t.x", ROWS, None) is None


def test_there_are_as_many_values_as_told_and_no_more_parts_than_can_be_read() -> None:
    stats = ColumnStats("x", 48.0, bounds=tuple(str(each) for each in range(1001)))
    made = bounded(Sql("sqlite", 1), column("int"), "t.x", ROWS, stats)
    assert made
    assert made.make("i").count("WHEN") == PARTS
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        source = Sql("sqlite", 1).series(0, ROWS)
        asked = f"SELECT count(DISTINCT v) FROM (SELECT {made.make('i')} AS v FROM {source})"
        assert session.run(asked).value == "48"
