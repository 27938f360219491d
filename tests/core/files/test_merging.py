"""What two sides made of a text is merged; what cannot be is told."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.files.merging import merge

if TYPE_CHECKING:
    from pathlib import Path

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "\n"]), max_size=12).map("".join)


def test_changes_in_different_places_are_both_kept() -> None:
    merged = merge("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n")
    assert merged.text() == "A\nb\nc\nD\n"
    assert not merged.conflicts


def test_the_same_change_on_both_sides_stands_once() -> None:
    assert merge("a\nb\n", "a\nx\nb\n", "a\nx\nb\n").text() == "a\nx\nb\n"


def test_two_changes_of_one_line_are_a_conflict_with_all_three() -> None:
    merged = merge("a\n", "b\n", "c\n")
    assert len(merged.conflicts) == 1
    assert merged.text() == ("<<<<<<< yours\nb\n||||||| before\na\n=======\nc\n>>>>>>> generated\n")


def test_changes_that_touch_are_a_conflict() -> None:
    assert merge("a\nb\n", "A\nb\n", "a\nB\n").conflicts


def test_a_line_that_one_side_removed_and_the_other_changed_is_a_conflict() -> None:
    assert merge("a\nb\nc\n", "a\nc\n", "a\nB\nc\n").conflicts


def test_a_last_line_without_an_end_keeps_its_mark_apart() -> None:
    assert merge("a", "b", "c").text().splitlines()[2:4] == ["||||||| before", "a"]


def test_an_insertion_at_both_ends_is_no_conflict() -> None:
    assert merge("a\nb\nc\n", "x\na\nb\nc\n", "a\nb\nc\ny\n").text() == "x\na\nb\nc\ny\n"


@given(LINES, LINES)
def test_a_side_that_changed_nothing_takes_the_others(base: str, side: str) -> None:
    assert merge(base, side, base).text() == side
    assert merge(base, base, side).text() == side
    assert merge(base, side, side).text() == side


@given(LINES, LINES, LINES)
def test_sides_are_alike(base: str, ours: str, theirs: str) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts:
        assert one.text() == other.text()


@given(LINES, LINES, LINES)
def test_each_side_can_be_put_together_again(base: str, ours: str, theirs: str) -> None:
    parts = merge(base, ours, theirs).parts
    assert "".join(line for part in parts for line in part.base) == base
    assert "".join(line for part in parts for line in part.ours) == ours
    assert "".join(line for part in parts for line in part.theirs) == theirs


CASES = [
    ("one\ntwo\nthree\nfour\nfive\n", "one\n2\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\n5\n"),
    ("a\nb\nc\nd\ne\n", "a\nc\nd\ne\n", "a\nb\nc\nd\ne\nf\n"),
    ("a\nb\nc\nd\ne\n", "a\nb\nx\ny\nc\nd\ne\n", "a\nb\nc\nd\n"),
]


@pytest.mark.parametrize(("base", "ours", "theirs"), CASES)
def test_git_merges_the_same(base: str, ours: str, theirs: str, tmp_path: Path) -> None:
    for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text(text)
    command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert merge(base, ours, theirs).text() == found.stdout
