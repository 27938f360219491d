"""A file is opened in the person's own editor, at the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from be_tui.core.errors import InputError
from be_tui.tui.editor import editor_command, is_windowed

FILE = Path("/srv/shop/app/db.py")


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vi", ["vi", "+12", str(FILE)]),
        ("/usr/bin/nvim -p", ["/usr/bin/nvim", "-p", "+12", str(FILE)]),
        ("emacs -nw", ["emacs", "-nw", "+12", str(FILE)]),
        ("nano", ["nano", "+12", str(FILE)]),
        ("code --wait", ["code", "--wait", "--goto", f"{FILE}:12"]),
        ("hx", ["hx", f"{FILE}:12"]),
        ("'/opt/my editor/ed it' -x", ["/opt/my editor/ed it", "-x", str(FILE)]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(editor: str, command: list[str]) -> None:
    assert editor_command(FILE, 12, environment={"EDITOR": editor}) == command


def test_without_a_line_only_the_file_is_given() -> None:
    assert editor_command(FILE, environment={"EDITOR": "vi"}) == ["vi", str(FILE)]
    assert editor_command(FILE, environment={"EDITOR": "hx"}) == ["hx", str(FILE)]


def test_the_settings_come_before_visual_and_visual_before_editor() -> None:
    variables = {"VISUAL": "nvim", "EDITOR": "ed"}
    assert editor_command(FILE, 0, "micro", variables)[0] == "micro"
    assert editor_command(FILE, 0, "", variables)[0] == "nvim"
    assert editor_command(FILE, 0, "", {"VISUAL": " ", "EDITOR": "ed"})[0] == "ed"


def test_a_setting_may_say_where_file_and_line_go() -> None:
    setting = "subl --new-window {file}:{line}"
    assert editor_command(FILE, 12, setting, {}) == ["subl", "--new-window", f"{FILE}:12"]
    assert editor_command(FILE, 0, setting, {})[-1] == f"{FILE}:1"


def test_a_file_with_blanks_in_its_name_stays_one_argument() -> None:
    path = Path("/srv/my shop/a b.py")
    assert editor_command(path, 3, "vim {file} +{line}", {}) == ["vim", str(path), "+3"]


def test_without_an_editor_the_line_says_what_to_set() -> None:
    with pytest.raises(InputError, match=r"no editor is set; set \$EDITOR"):
        editor_command(FILE, environment={})


def test_an_editor_that_is_no_command_is_named() -> None:
    with pytest.raises(InputError, match=r"EDITOR: .* is not a command"):
        editor_command(FILE, environment={"EDITOR": "vi 'oops"})


def test_an_editor_with_a_window_of_its_own_needs_no_room() -> None:
    assert is_windowed(["/usr/bin/code", "--goto", "x"])
    assert not is_windowed(["vim"])
