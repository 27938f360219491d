"""Costs are asked for once, and what an engine refuses is remembered."""

from __future__ import annotations

from be_tui.core.indexes.candidates import sketch_of
from be_tui.core.indexes.known import Known
from be_tui.core.indexes.scales import Scales
from be_tui.core.indexes.subjects import Subject, subjects_of
from be_tui.core.schema import IndexPart, Table
from be_tui.core.sqltext import Target
from be_tui.core.whatif import IndexSketch, RefusedError
from be_tui.core.workloads import workload_of
from tests.core.indexes.making import POSTS, Scripted, schema_of, statistics

TARGET = Target("postgresql")
SCHEMA = schema_of(POSTS, TARGET)


def silent(what: str, done: int, whole: int) -> None:
    """Tell nobody."""


def table(name: str) -> Table:
    found = SCHEMA.table(name)
    assert found is not None
    return found


def subject(sql: str) -> Subject:
    workload = workload_of(sql, "w", TARGET)
    ((found,), _, _) = subjects_of(workload, SCHEMA, TARGET, Known(statistics()), silent)
    return found


def on(name: str, column: str) -> IndexSketch:
    return sketch_of(table(name), (IndexPart(column, column),))


POST = "SELECT * FROM posts WHERE user_id = 5"


def test_each_cost_is_asked_for_once() -> None:
    scales = Scales(Scripted(lambda *_: 5.0), silent)
    one = subject(POST)
    for _ in range(3):
        assert scales.ask((one,), (on("posts", "user_id"),))
    assert scales.asked == len(one.variants)


def test_an_index_of_another_table_is_none_of_a_query() -> None:
    scales = Scales(Scripted(lambda _, there: 9.0 - len(there)), silent)
    one = subject(POST)
    assert scales.cost(one, (on("users", "email"),)) == 9.0
    assert scales.cost(one, (on("users", "email"), on("posts", "user_id"))) == 8.0


def test_what_is_refused_is_not_asked_again() -> None:
    judge = Scripted(lambda *_: 5.0, refuses=frozenset({"posts (user_id)"}))
    scales = Scales(judge, silent)
    one, bad = subject(POST), on("posts", "user_id")
    assert not scales.ask((one,), (bad, on("posts", "score")))
    assert not scales.ask((one,), (bad,))
    assert scales.refused == {bad: "no such operator class"}
    assert not scales.ask((one,), (bad, on("posts", "score")))
    assert scales.costs(one, (bad,)) == (None,) * len(one.variants)
    assert scales.cost(one, (bad,)) == 0.0


def test_an_index_that_cannot_be_made_has_no_size_worth_it() -> None:
    class Sizeless(Scripted):
        def size(self, index: IndexSketch) -> int:  # noqa: ARG002 (the protocol's)
            raise RefusedError("no such type")

    scales = Scales(Sizeless(lambda *_: 5.0), silent)
    assert scales.size(on("posts", "score")) > 1 << 50
    assert list(scales.refused.values()) == ["no such type"]


def test_an_index_that_is_there_is_needless_where_nothing_gets_dearer() -> None:
    scales = Scales(Scripted(lambda *_: 5.0), silent)
    one = subject(POST)
    assert scales.is_needless((one,), frozenset(), table("posts"), "old", 1.1)
    assert scales.is_needless((one,), frozenset(), table("users"), "old", 1.1)

    class Refusing(Scripted):
        def costs(self, *_: object, **__: object) -> tuple[()]:
            raise RefusedError("there is no index old")

    refusing = Scales(Refusing(lambda *_: 5.0), silent)
    assert not refusing.is_needless((one,), frozenset(), table("posts"), "old", 1.1)
