from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.project.remarks import MARKERS, remarks

_WORD = MARKERS[0].decode()


@pytest.mark.parametrize(
    "line",
    [
        f"# {_WORD}: later",
        f"x = 1  # {_WORD.upper()} later",
        f"//{_WORD}(ada): later",
        f"/* {_WORD.title()} later */",
        f" * @{_WORD} later",
        f"-- {_WORD}: later",
        f"<!-- {_WORD} later -->",
        f";; {_WORD} later",
        f"# {_WORD}",
        "# fixme: later",
        "// xxx later",
        "# hack around it",
    ],
)
def test_a_comment_that_begins_with_such_a_word_is_unfinished_work(line: str) -> None:
    found = list(remarks("a.py", f"first\n{line}\nlast\n".encode()))
    assert [remark.line for remark in found] == [2]
    assert found[0].text.lower() == line[line.lower().index(found[0].text.lower()[:4]) :].lower()


@pytest.mark.parametrize(
    "line",
    [
        f'{_WORD} = "x"',
        f"# the {_WORD} list of the user",
        f"# {_WORD}s are listed here",
        f"# {_WORD}-list",
        f"list.{_WORD}()",
        f'print("{_WORD}: later")',
        "# hackathon",
    ],
)
def test_the_word_elsewhere_is_none(line: str) -> None:
    assert list(remarks("a.py", line.encode())) == []


def test_a_long_line_is_cut_and_costs_no_more_than_a_short_one() -> None:
    (found,) = remarks("a.js", b"x" * 500_000 + b" // hack " + b"y" * 500_000)
    assert len(found.text) == 160


@given(st.binary(max_size=200))
def test_any_bytes_can_be_looked_through(data: bytes) -> None:
    for remark in remarks("a.py", data + b"\n# hack: " + data):
        assert remark.text
