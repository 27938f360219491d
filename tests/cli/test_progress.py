"""How far long work is stands on one line of a terminal, and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from be_tui.cli.arguments import whole_number
from be_tui.cli.progress import Progress
from be_tui.core.errors import InputError


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _interrupted_work() -> None:
    with Progress() as told:
        told.share("fills orders", 0.25)
        told.count("costs", 1_000, 2_000)
        raise KeyboardInterrupt


@pytest.mark.parametrize(("where", "seen"), [(_Terminal, True), (io.StringIO, False)])
def test_progress_is_drawn_for_those_who_look_and_taken_away(
    monkeypatch: pytest.MonkeyPatch, where: type[io.StringIO], *, seen: bool
) -> None:
    stream = where()
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(KeyboardInterrupt):
        _interrupted_work()
    drawn = "\r\033[K 25%  fills orders\r\033[Kcosts: 1,000 of 2,000\r\033[K"
    assert stream.getvalue() == (drawn if seen else "")


def test_a_number_may_be_grouped_and_keeps_within_its_bounds() -> None:
    assert whole_number("1_000", "--rows", 0, 1_000) == 1_000
    assert whole_number("1,000", "--rows", 0, 1_000) == 1_000
    for wrong in ("", "-1", "1001", "1.5", "many", "²", "9" * 5_000):
        with pytest.raises(InputError, match="--rows: expected a number from 0 to 1,000"):
            whole_number(wrong, "--rows", 0, 1_000)
