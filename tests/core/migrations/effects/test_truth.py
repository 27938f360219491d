"""What is told of statements, against what servers did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from be_tui.core.databases import open_sandbox
from tests.core.migrations.effects.page import MADE_BY, page
from tests.core.migrations.effects.truths import (
    HELD_OUT,
    MAJORS,
    cases,
    differences,
    filled,
    label,
    measure,
    measured,
    predicted,
    probes_hold,
    told_label,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import PostgresSession
    from tests.core.migrations.effects.truths import Case

DOCS = Path(__file__).parents[4] / "docs"
SAMPLE = 12
"""Each which statement is measured anew by the plain suite."""


def chosen(major: int) -> list[Case]:
    return [each for each in cases() if each.since <= major]


@pytest.mark.parametrize("major", MAJORS)
def test_there_are_many_statements_and_each_was_measured(major: int) -> None:
    known = measured(major)
    assert [each.key for each in chosen(major)] == list(known)
    assert len(known) >= 200


@pytest.mark.parametrize("major", MAJORS)
def test_locks_work_and_failures_are_told_as_they_are(major: int) -> None:
    wrong = {}
    for case in chosen(major):
        seen = measured(major)[case.key]
        found = differences(predicted(case, major, outside=seen.outside), seen)
        if found:
            wrong[case.key] = found
    assert wrong == {}


@pytest.mark.parametrize("major", MAJORS)
def test_every_harm_is_told_and_nothing_harmless_is_called_harmful(major: int) -> None:
    wrong = []
    for case in chosen(major):
        seen = measured(major)[case.key]
        told = predicted(case, major, outside=seen.outside)
        real, kinds = label(case, seen), told_label(told, seen)
        # That rows may be in the way is told with a query, which is asked by another test.
        alarms = kinds & {"breaks", "blocks"} if not told.failures else kinds & {"breaks"}
        if (real != "harmless" and real not in kinds) or (real == "harmless" and alarms):
            wrong.append((case.key, real, sorted(kinds)))
    assert wrong == []


def test_the_page_says_what_was_measured() -> None:
    written = (DOCS / "migration-truth.md").read_text(encoding="utf-8")
    assert written == page(), f"make it again: {MADE_BY}"


@pytest.fixture(scope="module", params=MAJORS)
def shop(request: pytest.FixtureRequest) -> Iterator[tuple[int, PostgresSession]]:
    with open_sandbox(f"postgresql:{request.param}") as sandbox, sandbox.session() as session:
        filled(sandbox)  # type: ignore[arg-type]
        yield request.param, session  # type: ignore[misc]


def test_probes_find_rows_exactly_where_statements_fail_on_them(
    shop: tuple[int, PostgresSession],
) -> None:
    major, session = shop
    wrong = []
    for case in chosen(major):
        seen = measured(major)[case.key]
        told = predicted(case, major, outside=seen.outside)
        if seen.failure not in {"", "on data"}:
            continue
        holds = probes_hold(session, told)
        if holds is not None and holds != (seen.failure == "on data"):
            wrong.append((case.key, seen.message, [each.probe for each in told.failures]))
    assert wrong == []


@pytest.mark.parametrize("major", MAJORS)
def test_a_sample_is_still_seen_as_it_was_measured(major: int) -> None:
    sample = chosen(major)[major % SAMPLE :: SAMPLE]
    for case, seen in measure(major, sample):
        # What is watched from outside is seen as well as the machine has time for it.
        assert seen.outside or seen == measured(major)[case.key]


@pytest.mark.slow
@pytest.mark.parametrize("major", MAJORS)
def test_all_is_still_seen_as_it_was_measured(major: int) -> None:
    wrong = []
    for case, seen in measure(major, chosen(major)):
        kept = measured(major)[case.key]
        # What is watched from outside is seen as well as the machine has time for it.
        if seen != kept and not seen.outside:
            wrong.append((case.key, seen, kept))
        assert differences(predicted(case, major, outside=seen.outside), seen) == []
    assert wrong == []


def test_what_was_held_out_has_chapters_of_its_own() -> None:
    assert all(len(cases(each)) >= 60 for each in HELD_OUT)
