"""Drawn queries rewritten on real engines: no wrong result, and none that does not run.

The whole proof is slow; a sample of it stands in the suite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.rewrites import STEPS, Gate, rewrite
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target, split
from tests.core.rewrites.proving import prove
from tests.core.rewrites.tpch import DDL, QUERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.sqltext import Engine

POSTGRESQL = Target("postgresql")

_OWN = {"rewrite-keyset", "rewrite-number-type", "rewrite-subquery-distinct"}
"""Steps that are never applied, or not on SQLite."""


@pytest.mark.parametrize(("engine", "cases"), [("sqlite", 80), ("postgresql", 30)])
def test_a_sample_of_drawn_queries_stays_right(engine: Engine, cases: int) -> None:
    proved = prove(engine, cases, seed=11)
    assert proved.cases == cases
    assert proved.rewritten > cases / 3
    assert proved.wrong == []
    assert proved.refused == []


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "cases"), [("sqlite", 6000), ("postgresql", 4000)])
def test_ten_thousand_drawn_queries_stay_right(engine: Engine, cases: int) -> None:
    proved = prove(engine, cases, seed=20_000)
    print(engine, proved)  # noqa: T201 (the figures, with -s)
    assert proved.wrong == []
    assert proved.refused == []
    assert proved.telling > cases / 3
    assert set(STEPS) - set(proved.applied) <= _OWN


@pytest.mark.parametrize(
    ("number", "rules"),
    [
        (4, []),
        (16, ["rewrite-not-in"]),
        (17, ["rewrite-scalar-join"]),
        (20, ["rewrite-scalar-join"]),
        (21, []),
        (22, []),
    ],
)
def test_queries_of_tpch_are_rewritten_where_it_is_right(
    tpch_gate: Gate, number: int, rules: list[str]
) -> None:
    schema = read_schema(DDL, POSTGRESQL).schema
    (statement,) = split(QUERIES[number], "postgresql")
    found = rewrite(statement, schema, POSTGRESQL, tpch_gate, tidy=True)
    assert [taken.step.rule for taken in found.applied] == rules
    assert found.steps == found.applied
    assert found.trouble == ""


@pytest.fixture(scope="module")
def tpch_gate() -> Iterator[Gate]:
    """Give a gate on the tables of TPC-H."""
    with Gate(read_schema(DDL, POSTGRESQL).schema, POSTGRESQL, cases=12) as gate:
        yield gate
