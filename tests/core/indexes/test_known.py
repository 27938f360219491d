"""What is known of values: measured, or taken from the schema."""

from __future__ import annotations

import pytest

from be_tui.core.indexes.access import Filter
from be_tui.core.indexes.known import Known
from be_tui.core.schema import IndexPart
from be_tui.core.sqltext import Target
from be_tui.core.statistics import Statistics
from tests.core.indexes.making import POSTS, schema_of, statistics

TARGET = Target("postgresql")
SCHEMA = schema_of(
    POSTS
    + """CREATE TABLE things (id int PRIMARY KEY, done boolean, kind varchar(8), price numeric,
    note text, data bytea);""",
    TARGET,
)
POSTS_TABLE, THINGS = SCHEMA.table("posts"), SCHEMA.table("things")


def condition(operator: str, *values: str, column: str = "status", negated: bool = False) -> Filter:
    return Filter("", column, operator, values, negated)


@pytest.mark.parametrize(
    ("found", "share"),
    [
        (condition("=", "flagged"), 0.005),
        (condition("=", "flagged", negated=True), 0.995),
        (condition("<>", "published"), 0.055),
        (condition("in", "draft", "flagged"), 0.055),
        (condition("=", "unheard"), 0.0),
        (condition("is null", column="body"), 0.1),
        (condition("is null", column="body", negated=True), 0.9),
        (condition("=", "5", column="user_id"), None),
    ],
)
def test_the_share_of_a_condition_is_told_where_it_is_known(
    found: Filter, share: float | None
) -> None:
    assert POSTS_TABLE is not None
    known = Known(statistics()).share(POSTS_TABLE, found)
    assert known == pytest.approx(share) if share is not None else known is None


def test_nobody_knows_shares_without_statistics() -> None:
    assert THINGS is not None
    known = Known(Statistics("postgresql"))
    assert known.share(THINGS, condition("is true", column="done")) is None
    assert known.share(THINGS, condition("is null", column="done")) is None


def test_the_schema_tells_of_values_what_it_can() -> None:
    assert THINGS is not None
    known = Known(Statistics("postgresql"))
    assert known.rows(THINGS) == known.values(THINGS, "id") == 10_000
    assert known.values(THINGS, "done") == 2
    assert known.values(THINGS, "price") == 1_000
    assert known.values(THINGS, "nowhere") == 10_000
    assert known.distinct(THINGS, IndexPart("", "lower(note)")) == 10_000
    assert known.is_state(THINGS, "done")


def test_widths_are_measured_or_taken_from_the_type() -> None:
    assert THINGS is not None
    assert POSTS_TABLE is not None
    known = Known(statistics())
    assert known.width(POSTS_TABLE, ("user_id", "created_at")) == 12
    assert known.width(THINGS, ("kind",)) == 4
    assert known.width(THINGS, ("note",)) == 100
    assert known.width(THINGS, ("done", "price")) == 13
    assert known.width(THINGS, ("data",)) == known.width(THINGS, ("nowhere",)) == 200
    assert known.row_width(THINGS) > 300


def test_truth_has_three_spellings() -> None:
    from be_tui.core.statistics import ColumnStats, Common, TableStats

    assert THINGS is not None
    for spelling in ("t", "true", "1"):
        done = ColumnStats("done", 2.0, 0.0, (Common(spelling, 0.1), Common("x", 0.9)))
        known = Known(Statistics("postgresql", (TableStats("things", 100, columns=(done,)),)))
        found = known.share(THINGS, condition("is true", column="done"))
        assert found == pytest.approx(0.1)
        wanted = known.share(THINGS, condition("is false", column="done"))
        assert wanted == 0.0
