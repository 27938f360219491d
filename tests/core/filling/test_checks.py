"""Checks that say something of one column, or of two, are kept; the engine itself is the judge."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.databases import open_sandbox
from be_tui.core.filling import fill, plan
from be_tui.core.filling.limits import limits
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Target

KEPT = [
    "n > 5",
    "n >= -20 AND n <= -10",
    "n < 0",
    "5 < n",
    "10 >= n AND 3 <= n",
    "n BETWEEN 100 AND 200",
    "n IN (1, 2, 3)",
    "n = 1 OR n = 2",
    "n IS NULL OR n > 7",
    "n IS NULL OR n IN (4, 5)",
    "n IS NOT NULL",
    "n <> 0 AND n > 3 AND n > 1 AND n < 90 AND n < 99",
    "n > 3 AND n > 3 AND n >= 3",
    "n = 4",
    "p > 0.5 AND p < 1.5",
    "p BETWEEN 0 AND 1",
    "p >= -1.5 AND p <= -1.25",
    "t IN ('a', 'b')",
    "t IN ('a', 'b') AND t IN ('b', 'c')",
    "t = 'a' OR t = 'it''s'",
    "t <> ''",
    "length(t) >= 12 AND length(t) < 20",
    "length(t) > 3 AND length(t) <= 9",
    "10 > length(t)",
    "email LIKE '%@%'",
    "n < m",
    "m > n AND n > 10",
    "f >= 0 AND f <= 1",
    "((n) > (2))",
]

DDL = (
    "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, m INTEGER, p NUMERIC(8,2), f REAL,"
    " t VARCHAR(30), email TEXT, CHECK ({}))"
)


@pytest.mark.parametrize("check", KEPT)
def test_a_check_is_kept(check: str) -> None:
    schema = read_schema(DDL.format(check), Target("sqlite")).schema
    planned = plan(schema, "sqlite", {"t": 500})
    assert planned.notes == ()
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        session.run(DDL.format(check))
        assert fill(session, planned).rows == 500


UNREAD = [
    "n % 2 = 0",
    "t LIKE 'a%'",
    "n > 1 OR m > 1",
    "n IS NULL",
    "n = m",
    "n + m > 5",
    "lower(t) = t",
    "n IN (1, m)",
    "n > 5 OR n < 2",
    "NOT n > 5",
    "t > 'abc'",
    "nonsense (",
]


@pytest.mark.parametrize("check", UNREAD)
def test_a_check_that_is_not_understood_is_told(check: str) -> None:
    if check == "nonsense (":
        (table,) = read_schema(DDL.format("n > 1"), Target("sqlite")).schema.tables
        from dataclasses import replace

        broken = replace(table, checks=(replace(table.checks[0], expression=check),))
        assert limits(broken, "sqlite")[1] == (check,)
        return
    (table,) = read_schema(DDL.format(check), Target("sqlite")).schema.tables
    assert len(limits(table, "sqlite")[1]) == 1


bounds = st.integers(-1_000_000, 1_000_000)


@settings(max_examples=40, deadline=None)
@given(bounds, st.integers(0, 5000), st.sampled_from(["<", "<="]), st.sampled_from(["<", "<="]))
def test_whole_numbers_stay_within_any_bounds(low: int, width: int, left: str, right: str) -> None:
    check = f"{low} {left} n AND n {right} {low + width + 2}"
    schema = read_schema(DDL.format(check), Target("sqlite")).schema
    with open_sandbox("sqlite") as sandbox, sandbox.session() as session:
        session.run(DDL.format(check))
        fill(session, plan(schema, "sqlite", {"t": 50}))
        assert session.run("SELECT count(*) FROM t WHERE n IS NOT NULL").value != "0"
