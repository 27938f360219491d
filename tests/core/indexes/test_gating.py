"""Advice is tried before it is given: what loses more time than it gains is taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from be_tui.core.document import to_text
from be_tui.core.errors import InputError
from be_tui.core.indexes import (
    Gate,
    Question,
    Report,
    advice_json,
    advice_markdown,
    advice_page,
    advise,
    gating,
)
from be_tui.core.measuring import Case, Measured, Measurement, Timing, Trial
from be_tui.core.plans import compare, read_plan
from be_tui.core.project import Cancel, Cancelled
from be_tui.core.sqltext import Target
from be_tui.core.workloads import workload_of
from tests.core.indexes.making import Scripted, schema_of, statistics
from tests.core.indexes.probes import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.plans import Compared, Plan

SQL = """
-- weight: 10
SELECT * FROM posts WHERE user_id = 5;
SELECT * FROM posts WHERE score = 7;
DELETE FROM posts WHERE user_id = 9;
"""
TARGET = Target("sqlite")


def says(sql: str, there: frozenset[str]) -> float:
    """Let each query cost little with the index on its own column alone."""
    led = {"user_id": "posts (user_id)", "score": "posts (score)"}
    return 100.0 if any(word in sql and led[word] in there for word in led) else 10_000.0


def report(gate: Gate | None, sql: str = SQL, target: Target = TARGET) -> Report:
    question = Question(
        workload_of(sql, "w.sql", target), schema_of(TABLES, target), target, statistics("sqlite")
    )
    return advise(question, Scripted(says), gate=gate)


def names(found: Report) -> list[str]:
    return sorted(each.sketch.name for each in found.advice)


def test_without_a_gate_nothing_is_tried() -> None:
    assert report(None).tested is None


def test_advice_is_run_before_and_after_on_generated_rows() -> None:
    found = report(Gate(rows=4000))
    assert names(found) == ["posts_score_idx", "posts_user_id_idx"]
    tested = found.tested
    assert tested
    assert "SQLite" in tested.about
    assert "over 4,000 generated rows" in tested.about
    assert "which write or want a value" in tested.left
    rare = next(each for each in tested.runs if (each.query, each.label) == (0, "rare"))
    assert (rare.outcome, rare.indexes) == ("faster", ("posts_user_id_idx",))
    assert rare.before > rare.after


def timing(ms: float) -> Timing:
    return Timing((ms,) * 7, (ms,) * 7)


def scripted(
    monkeypatch: pytest.MonkeyPatch, times: Callable[[str, str], tuple[float, float]]
) -> list[int]:
    """Let queries take what a test says, by their text and the DDL of the indexes there are."""
    tried: list[int] = []
    compared = _compared()

    def measure(trial: Trial, *_: object) -> Measurement:
        tried.append(len(trial.indexes))
        queries = []
        for text in trial.queries:
            before, after = times(text, " ".join(trial.indexes))
            case = Case("as written", "", timing(before), timing(after), 1, 1, same=True)
            queries.append(Measured(text, "", (replace(case, compared=compared),)))
        tables = (("posts", 1000),)
        return Measurement("sqlite", "3.40", tables, 0.1, (), tuple(queries), (), "wall", 1, 1.0)

    monkeypatch.setattr(gating, "measure", measure)
    return tried


def _compared() -> Compared:
    def plan(how: str) -> Plan:
        return read_plan(f"QUERY PLAN\n`--{how}\n", "the test")

    before, after = plan("SCAN posts"), plan("SEARCH posts USING INDEX posts_score_idx (score=?)")
    return compare(before, after)


def test_an_index_by_which_more_is_lost_than_gained_is_not_advised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def times(text: str, indexes: str) -> tuple[float, float]:
        return (10.0, 50.0) if "score = 7" in text and "score" in indexes else (10.0, 10.0)

    tried = scripted(monkeypatch, times)
    found = report(Gate())
    assert tried == [2, 1]
    assert names(found) == ["posts_user_id_idx"]
    assert found.tested
    assert found.tested.dropped == ("posts_score_idx",)
    told = to_text(advice_page(found), 100)
    assert "posts_score_idx is not advised: queries lose more time by it than gain" in told
    assert "- posts_score_idx is not advised" in advice_markdown(found)


def test_where_all_of_it_loses_nothing_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, lambda *_: (10.0, 50.0))
    sql = "SELECT * FROM posts WHERE score = 7"
    found = report(Gate(), sql)
    assert found.advice == ()
    assert found.tested
    assert (found.tested.runs, found.tested.dropped) == ((), ("posts_score_idx",))
    assert found.before == found.after


def test_what_gets_slower_though_more_is_gained_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def times(text: str, _: str) -> tuple[float, float]:
        return (10.0, 1500.0) if "score = 7" in text else (1000.0, 1.0)

    tried = scripted(monkeypatch, times)
    found = report(Gate())
    assert tried == [2]
    assert found.tested
    (worse,) = found.tested.slower
    assert (worse.query, worse.indexes) == (1, ("posts_score_idx",))
    told = " ".join(to_text(advice_page(found), 100).split())
    assert "1 faster, 0 same, 1 slower" in told
    assert "10 ms → 1.5 s as written query 2" in told
    assert "- slower: query 2, as written: 10 ms → 1.5 s, with" in advice_markdown(found)
    assert '"outcome": "slower"' in str(advice_json(found)["tested"]).replace("'", '"')


@pytest.mark.parametrize("target", [Target("mariadb"), TARGET])
def test_what_cannot_be_tried_is_advised_all_the_same_and_told(
    monkeypatch: pytest.MonkeyPatch, target: Target
) -> None:
    def broken(*_: object) -> Measurement:
        raise InputError("refused: no such function")

    monkeypatch.setattr(gating, "measure", broken)
    found = report(Gate(), "SELECT * FROM posts WHERE score = 7", target)
    assert names(found) == ["posts_score_idx"]
    assert found.tested
    assert found.tested.left.startswith("the advice could not be measured: ")
    assert "The advice could not be measured" in to_text(advice_page(found), 100)


def test_what_still_wants_a_value_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    scripted(monkeypatch, lambda *_: (10.0, 1.0))
    sql = "SELECT * FROM posts WHERE score = 7; SELECT * FROM posts WHERE $1::int + 1 = user_id"
    found = report(Gate(), sql, Target("postgresql"))
    assert found.tested
    assert len(found.tested.runs) == 1
    assert found.tested.left == "not run: 1 of the queries, which write or want a value"


def test_where_there_is_nothing_to_try_nothing_is_said() -> None:
    assert report(Gate(), "DELETE FROM posts WHERE user_id = 9").tested is None


def test_the_engine_that_queries_are_for_is_where_they_are_run() -> None:
    assert gating._by_default(Target("sqlite")) == "sqlite"
    assert gating._by_default(Target("postgresql", (16, 1))) == "postgresql:16"
    assert gating._by_default(Target("postgresql", (9,))) == "postgresql"


def test_trying_can_be_stopped() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        report(Gate(rows=100, cancel=cancel))
