"""The help page and the completions tell the options that the session takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.cli import SCREENS
from be_tui.cli.shells.reading import command_line
from be_tui.core.errors import InputError
from be_tui.tui.opening import read_opening

if TYPE_CHECKING:
    from be_tui.cli.shells.model import Option

OPTIONS = [each for each in command_line()[0].options if each.names[0] not in {"-h", "-V"}]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.names[-1])
def test_every_option_that_is_told_is_taken(option: Option) -> None:
    values = {"--screen": "home", "--project": ".", "--theme": "dark"}
    value = [values[option.names[-1]]] if option.value else []
    read_opening([option.names[-1], *value])


def test_every_screen_that_is_told_opens() -> None:
    assert all(read_opening(["--screen", name]).screen == name for name in SCREENS)


def test_an_option_that_is_not_told_is_refused() -> None:
    with pytest.raises(InputError):
        read_opening(["--nothing"])
