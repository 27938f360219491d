"""The examples that `--help` names: each runs, so what it names is there."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from be_tui.cli import compare, decide, refs, reviewing, run

if TYPE_CHECKING:
    from pathlib import Path

_HEADS = ("be-tui compare", "be-tui decide", "be-tui refs")
_ELSEWHERE = re.compile(r"--screen|git:|lens\.json|\bwalk one, line by line")
"""What takes a terminal, a history, or a file of one's own."""


def _examples() -> list[str]:
    texts = (compare._EXAMPLES, decide._EXAMPLES, refs._EXAMPLES, reviewing._EXAMPLES)
    lines = "\n".join(texts).replace("\\\n", " ").splitlines()
    found = [each.strip() for each in lines if each.strip().startswith(_HEADS)]
    # What an example does stands beside it, at a distance.
    return [re.split(r"\s{3,}(?!\s|--)", each)[0] for each in found if not _ELSEWHERE.search(each)]


@pytest.mark.parametrize("line", _examples())
def test_an_example_of_the_help_runs(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs" / "decisions").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert run(shlex.split(line)[1:]) in {0, 1}


def test_most_examples_are_run() -> None:
    assert len(_examples()) > 20
