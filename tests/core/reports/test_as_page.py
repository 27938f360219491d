"""A finding as it is read on a screen."""

from __future__ import annotations

from be_tui.core.document import to_text
from be_tui.core.findings import Edit, Finding, Fix, Place
from be_tui.core.reports.as_page import finding_page

TEXT = "SELECT *\nFROM t\nWHERE a = NULL"


def finding(fix: Fix | None = None, why: str = "It is *never* true.") -> Finding:
    place = Place("q.sql", 3, 7, 3, 15)
    return Finding("null", "error", place, "`a = NULL`", why, fix, ("guide#null",), ("X1",))


def page(of: Finding, text: str = TEXT) -> str:
    return to_text(finding_page(of, text), 80)


def test_a_finding_is_told_with_its_place_reason_and_reading() -> None:
    said = page(finding())
    assert said.startswith("`a = NULL`")
    for part in ("error  null  q.sql:3:7", "Why: It is never true.", "Read: guide#null", "X1"):
        assert part in said


def test_a_fix_shows_the_lines_before_and_after() -> None:
    fix = Fix("Ask `IS NULL`.", (Edit(Place("q.sql", 3, 7, 3, 15), "a IS NULL"),))
    said = page(finding(fix))
    assert "- WHERE a = NULL" in said
    assert "+ WHERE a IS NULL" in said


def test_a_fix_of_a_text_that_is_not_at_hand_shows_what_comes() -> None:
    fix = Fix("Add it.", (Edit(Place("q.sql"), "CREATE INDEX i ON t (a)"),))
    assert "CREATE INDEX i ON t (a)" in page(finding(fix), "")


def test_words_that_begin_with_a_list_stand_below_their_label() -> None:
    assert "Why:\n" in page(finding(why="- one\n- two"))
    assert "Why:" not in page(finding(why=""))


def test_statements_that_do_it_without_harm_are_shown_as_code() -> None:
    assert "CREATE INDEX i\n" in page(finding(Fix("Beside.", statements="CREATE INDEX i\n  ON t")))
