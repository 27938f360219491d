"""What was measured is told apart from noise, and told the same on a page, as JSON, in a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import lay_out, to_text
from be_tui.core.jsonform import to_json
from be_tui.core.measuring import (
    Timing,
    evidence,
    markdown,
    measurement_json,
    measurement_page,
    record,
)
from be_tui.core.measuring.model import judged
from be_tui.core.measuring.words import headline, outcome, size
from tests.core.measuring.made import DDL, FAST, SLOW, case, measurement

if TYPE_CHECKING:
    from pathlib import Path

NOISY = Timing((19.0, 23.0, 20.0, 22.5, 21.0))
LATE = Timing(wall=(60_000.0,), late=True)

times = st.lists(st.floats(0.001, 1e5), min_size=1, max_size=20).map(tuple)


@pytest.mark.parametrize(
    ("before", "after", "kind", "said"),
    [
        (SLOW, FAST, "faster", "191× faster"),
        (FAST, SLOW, "slower", "191× slower"),
        (SLOW, NOISY, "noise", "no difference that the runs tell"),
        (LATE, FAST, "late", "at least"),
        (FAST, LATE, "late", "slower: one side did not end"),
        (LATE, LATE, "late", "did not end in time, before and after"),
    ],
)
def test_two_sides_are_told_apart_or_not(
    before: Timing, after: Timing, kind: str, said: str
) -> None:
    if kind == "late":
        before, after = (
            Timing(wall=before.values, late=before.late),
            Timing(wall=after.values, late=after.late),
        )
    verdict = judged(before, after)
    assert verdict.kind == kind
    assert said in outcome(verdict)


@given(times, times)
def test_who_is_faster_one_way_is_slower_the_other(
    one: tuple[float, ...], other: tuple[float, ...]
) -> None:
    there = judged(Timing(one), Timing(other))
    back = judged(Timing(other), Timing(one))
    opposite = {"faster": "slower", "slower": "faster", "noise": "noise"}
    assert back.kind == opposite[there.kind]
    assert there.pairs + back.pairs == pytest.approx(1)


@given(times)
def test_a_side_is_never_told_from_itself(one: tuple[float, ...]) -> None:
    assert judged(Timing(one), Timing(one)).kind == "noise"
    low, high = Timing(one).quartiles
    assert low <= Timing(one).median * (1 + 1e-9)
    assert Timing(one).median <= high * (1 + 1e-9)


def test_too_few_runs_and_too_little_time_tell_nothing() -> None:
    assert judged(Timing((9.0,) * 4), Timing((1.0,) * 9)).kind == "noise"
    assert judged(Timing((0.03,) * 9), Timing((0.015,) * 9)).kind == "noise"
    assert judged(Timing((0.05,) * 9), Timing((0.015,) * 9)).kind == "faster"


def test_a_clock_that_only_one_side_has_is_not_used() -> None:
    before = Timing((1.0,) * 5, (9.0,) * 5)
    after = Timing((), (3.0,) * 5)
    assert judged(before, after).ratio == pytest.approx(3)


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ((case(), case(NOISY, SLOW)), "191× faster; no difference in 1 of 2 cases."),
        ((case(), case(SLOW, Timing((2.0,) * 5))), "10× to 191× faster."),
        (
            (case(FAST, SLOW), case()),
            "Slower with a value that is common (user_id = 1): 191× slower.",
        ),
        ((case(NOISY, SLOW),), "No difference that the runs tell."),
        ((case(LATE, LATE),), "Nothing ended in time."),
        ((case(LATE, FAST), case()), "191× to 545,455× faster."),
        ((case(same=False),), "The results differ: times say nothing as long as they do."),
    ],
)
def test_the_headline_tells_the_worst_first(cases: tuple[object, ...], said: str) -> None:
    assert headline(measurement(*cases)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize("cells", [60, 80, 140])
def test_a_page_tells_all_of_it(cells: int) -> None:
    found = measurement(case(), case(FAST, SLOW, same=False), rewrite="SELECT 1")
    page = measurement_page(found, cells)
    text = " ".join(to_text(page, cells).split())
    for said in (
        "PostgreSQL 18.4",
        "processor time",
        "191× faster",
        "other rows!",
        "400 → 4 pages",
        "Rewritten:",
        DDL,
        "31.6 MB, built in 800 ms",
        "1,000 rows of posts",
        "something was left out",
    ):
        assert said in text
    bars = [line for line in to_text(page, cells).splitlines() if "█" in line or "▏" in line]
    assert len(bars) == 6
    assert lay_out(page, cells).lines


def test_a_row_is_one_row_and_an_end_that_did_not_come_is_told() -> None:
    one = replace(case(LATE, FAST, same=None), rows=1, rows_after=1, pages=None)
    text = " ".join(to_text(measurement_page(measurement(one)), 80).split())
    assert "1 row, rows not compared" in text
    assert "did not end" in text


def test_json_and_evidence_say_the_same() -> None:
    found = measurement()
    told = measurement_json(found)
    assert told["headline"] == "191× faster."
    assert told["indexes"] == [{"ddl": DDL, "bytes": 31_563_776, "build_ms": 800.0}]
    proof = evidence(found, "be-tui sql measure q.sql", "2026-01-01T00:00:00Z")
    assert proof.found == told["headline"]
    assert proof.how == "measured"
    assert proof.measure("measured.slower") == proof.measures[1]
    assert {each.name: each.value for each in proof.measures} == {
        "measured.cases": 1.0,
        "measured.slower": 0.0,
        "measured.speedup": pytest.approx(190.909, abs=0.01),
        "measured.index_bytes": 31_563_776.0,
    }
    assert to_json(proof)


def test_a_record_is_numbered_and_tells_how_to_measure_again(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "0007-cache.md").write_text("# Cache\n")
    files = record(
        measurement(),
        "Slow posts, measured",
        tmp_path,
        tmp_path / "docs",
        date(2026, 1, 2),
        "be-tui sql measure q.sql",
    )
    (file,) = files.files
    assert file.path == "docs/0008-slow-posts-measured.md"
    assert "Measured on 2026-01-02: 191× faster." in file.text
    assert "be-tui sql measure q.sql" in file.text
    table = [line for line in file.text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in table} == {7}


def test_markdown_keeps_its_table_whole() -> None:
    text = markdown(measurement(case(same=None)), "T", date(2026, 1, 2))
    assert "99, not compared" in text
    assert "Measure it again" not in text


def test_sizes_are_told_in_three_figures() -> None:
    assert size(31_563_776) == "31.6 MB"
    assert size(16_384) == "16 kB"
