"""Choosing which changes to write."""

from __future__ import annotations

from be_tui.core.files import Change, Export, Written
from be_tui.core.files.selection import select, told, told_back

NEW = Change("docs/new.md", "new", after="a\n", added=1)
OTHER = Change("docs/other.md", "new", after="b\n", added=1)
CHANGED = Change("app/db.py", "changed", before="a\n", after="b\n", added=1, removed=1)
SECOND = Change("app/api.py", "changed", before="a\n", after="b\n", added=1, removed=1)
SAME = Change("README.md", "same", before="a\n", after="a\n")
LINK = Change("app/link.py", "conflict", after="b\n", reason="is a link")
ALL = (NEW, CHANGED, SAME, LINK)


def test_new_files_are_chosen_and_what_stands_is_not() -> None:
    selection = select(ALL)
    assert selection.changes == (NEW,)
    assert selection.overwrite == ()
    assert selection.question == ""


def test_a_file_that_stands_is_asked_about_once_it_is_chosen() -> None:
    selection = select(ALL).toggled("app/db.py")
    assert selection.changes == (NEW, CHANGED)
    assert selection.overwrite == ("app/db.py",)
    assert selection.question == "app/db.py stands already. Replace it?"


def test_several_files_are_asked_about_in_one_question() -> None:
    selection = select((CHANGED, SECOND)).toggled("app/db.py").toggled("app/api.py")
    assert selection.question == "2 files stand already. Replace them?"
    assert selection.only_new().changes == ()


def test_a_choice_is_taken_back_by_choosing_again() -> None:
    assert select(ALL).toggled("docs/new.md").changes == ()
    assert select(ALL).toggled("docs/new.md").toggled("docs/new.md") == select(ALL)


def test_what_cannot_be_written_cannot_be_chosen_and_says_why() -> None:
    selection = select(ALL)
    assert selection.toggled("app/link.py") is selection
    assert selection.unchoosable("app/link.py") == "app/link.py is a link"
    assert selection.unchoosable("README.md") == "README.md is already so"
    assert selection.unchoosable("app/db.py") == ""


def test_the_counts_name_only_what_there_is() -> None:
    assert select(ALL).counts == "1 new · 1 changed · 1 the same · 1 in conflict"
    assert select((NEW, OTHER)).counts == "2 new"


def test_a_new_comparison_keeps_what_was_chosen_and_what_was_left_out() -> None:
    before = select(ALL).toggled("docs/new.md").toggled("app/db.py")
    after = select((*ALL, OTHER), before)
    assert after.changes == (CHANGED, OTHER)


def test_what_was_written_is_no_longer_chosen() -> None:
    done = Change("docs/new.md", "same", before="a\n", after="a\n")
    assert select((done,), select((NEW,))).changes == ()


def test_an_export_is_told_by_its_paths() -> None:
    written = tuple(Written(f"{name}.py", "") for name in "abcde")
    assert told(Export("/srv", written[:1])) == "wrote a.py"
    assert told(Export("/srv", written)) == "wrote a.py, b.py, c.py and 2 more"
    assert told(Export("/srv")) == "nothing to write: all of it stands already"
    assert told_back(["a.py"]) == "took back a.py"
    assert told_back([each.path for each in written]) == "took back a.py, b.py, c.py and 2 more"
