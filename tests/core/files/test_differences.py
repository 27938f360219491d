from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import Document, Lines, Paragraph
from be_tui.core.files import Change, difference, side_by_side
from be_tui.core.files.differences import LARGEST, SHOWN, count


def changed(before: str, after: str) -> Change:
    return Change("a.txt", "changed", before, after)


def written(document: Document) -> list[str]:
    (block,) = document.blocks
    assert isinstance(block, Lines)
    return ["".join(span.text for span in line) for line in block.lines]


def roles(document: Document) -> list[str]:
    (block,) = document.blocks
    assert isinstance(block, Lines)
    return [line[0].role for line in block.lines]


def said(document: Document) -> str:
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    return "".join(span.text for span in block.text)


def test_a_change_is_shown_with_its_surroundings_and_roles() -> None:
    before = "".join(f"{number}\n" for number in range(1, 21))
    shown = difference(changed(before, before.replace("10\n", "ten\n")))
    assert written(shown) == [
        "--- a.txt", "+++ a.txt", "@@ -7,7 +7,7 @@",
        " 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13",
    ]  # fmt: skip
    assert (
        roles(shown)
        == ["muted", "muted", "hunk"] + ["text"] * 3 + ["removed", "added"] + ["text"] * 3
    )


def test_changes_far_apart_are_hunks_of_their_own_and_near_ones_are_one() -> None:
    before = "".join(f"{number}\n" for number in range(1, 41))
    far = difference(changed(before, before.replace("5\n", "five\n", 1).replace("30\n", "x\n")))
    near = difference(changed(before, before.replace("20\n", "x\n").replace("26\n", "y\n")))
    assert roles(far).count("hunk") == 2
    assert roles(near).count("hunk") == 1


def test_a_new_file_is_all_added() -> None:
    shown = difference(Change("a.txt", "new", after="one\ntwo\n"))
    assert written(shown) == ["--- /dev/null", "+++ a.txt", "@@ -0,0 +1,2 @@", "+one", "+two"]


def test_a_missing_last_line_end_is_said() -> None:
    shown = written(difference(changed("one\n", "one")))
    assert shown[3:] == ["-one", "+one", "\\ No newline at end of file"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("a", "same", "x", "x"), "a is already so"),
        (Change("a", "conflict", after="x", reason="is a link"), "a is a link"),
        (Change("a", "new"), "a will be an empty file"),
    ],
)
def test_where_there_is_no_difference_words_say_why(change: Change, words: str) -> None:
    assert said(difference(change)) == words
    assert side_by_side(change) == ()


def test_what_would_steer_a_terminal_is_made_visible() -> None:
    shown = written(difference(changed("", "\x1b[31mred\u202e\r\n\tkept\n")))
    assert shown[3:] == ["+^[[31mred\\u202e^M", "+    kept"]


def test_halves_stand_side_by_side_and_what_changed_within_a_line_is_marked() -> None:
    rows = side_by_side(changed("keep\nlimit = 10\n", "keep\nlimit = 25\nmore\n"))
    assert rows[0].gap == "@@ -1,2 +1,3 @@"
    kept, limit, more = rows[1:]
    assert kept.left is not None
    assert kept.right is not None
    assert (kept.left.mark, kept.left.line, kept.left.text) == (" ", 1, kept.right.text)
    assert limit.left is not None
    assert limit.right is not None
    assert [(span.text, span.role) for span in limit.left.text] == [
        ("limit = ", "text"),
        ("10", "removed"),
    ]
    assert [(span.text, span.role) for span in limit.right.text] == [
        ("limit = ", "text"),
        ("25", "added"),
    ]
    assert more.left is None
    assert more.right is not None
    assert (more.right.mark, more.right.line, more.right.text[0].role) == ("+", 3, "added")


def test_lines_with_nothing_in_common_are_marked_whole() -> None:
    (_, row) = side_by_side(changed("abc\n", "xyz\n"))
    assert row.left is not None
    assert [span.role for span in row.left.text] == ["removed"]


def test_a_line_that_only_lost_its_end_is_marked_whole() -> None:
    (_, row) = side_by_side(changed("abc\n", "abc"))
    assert row.right is not None
    assert [span.role for span in row.right.text] == ["added"]


def test_removed_lines_stand_alone_on_the_left() -> None:
    rows = side_by_side(changed("a\nb\n", ""))
    assert [row.right for row in rows[1:]] == [None, None]


def test_a_huge_difference_is_bounded_in_time_and_still_adds_up() -> None:
    # Every other line differs: the worst case of difflib, quadratic.
    before = "".join(f"same {n}\nold {n}\n" for n in range(LARGEST))
    after = "".join(f"same {n}\nnew {n}\n" for n in range(LARGEST))
    start = time.process_time()
    assert count(before, after) == (2 * LARGEST - 1, 2 * LARGEST - 1)
    assert time.process_time() - start < 1


def test_a_huge_difference_is_cut_and_says_how_much_there_is() -> None:
    change = Change("a.txt", "new", after="x\n" * (SHOWN + 500), added=SHOWN + 500)
    shown = written(difference(change))
    assert len(shown) == SHOWN + 1
    assert shown[-1] == f"cut here: {SHOWN + 500} lines come and 0 go in all"
    rows = side_by_side(change)
    assert (len(rows), rows[-1].gap) == (SHOWN + 1, shown[-1])
    exact = Change("a.txt", "new", after="x\n" * (SHOWN - 3), added=SHOWN - 3)
    assert len(written(difference(exact))) == SHOWN


def test_a_huge_file_with_one_change_is_shown_exactly() -> None:
    before = "".join(f"{n}\n" for n in range(200_000))
    assert count(before, before.replace("\n100000\n", "\nx\n")) == (1, 1)


texts = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=30).flatmap(
    lambda lines: st.sampled_from(["\n".join(lines), "\n".join([*lines, ""])])
)


@given(texts, texts)
def test_the_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    if before == after:
        return
    shown = written(difference(changed(before, after)))
    assert apply(before, shown[2:]) == after
    added = sum(line.startswith("+") for line in shown[2:])
    removed = sum(line.startswith("-") for line in shown[2:])
    assert count(before, after) == (added, removed)


@given(texts, texts)
def test_both_halves_hold_every_changed_line(before: str, after: str) -> None:
    rows = side_by_side(changed(before, after))
    added, removed = count(before, after)
    assert sum(row.right is not None and row.right.mark == "+" for row in rows) == added
    assert sum(row.left is not None and row.left.mark == "-" for row in rows) == removed


def apply(before: str, hunks: list[str]) -> str:
    """Apply a unified difference the way `patch` does, trusting its line numbers."""
    lines = before.splitlines(keepends=True)
    result: list[str] = []
    position, taken = 0, False
    for line in hunks:
        if line.startswith("@@"):
            start, _, length = line.split()[1][1:].partition(",")
            first = int(start) - (length != "0")
            result += lines[position:first]
            position = first
        elif line.startswith("\\"):
            # It is said of the line above: a removed one was not taken over.
            if taken:
                result[-1] = result[-1].removesuffix("\n")
        else:
            taken = line[0] != "-"
            if line[0] in " -":
                position += 1
            if taken:
                result.append(line[1:] + "\n")
    return "".join(result + lines[position:])
