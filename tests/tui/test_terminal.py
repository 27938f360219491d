"""In a real terminal: what is drawn, what is left behind, however the session ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from be_tui.core.locations import state_dir
from tests.tui.terminals import Terminal, colours

if TYPE_CHECKING:
    from collections.abc import Callable

BE_TUI = (sys.executable, "-m", "be_tui")

pytestmark = pytest.mark.terminal


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "app.py").write_text("import fastapi\n")
    return folder


@pytest.fixture
def opened(shop: Path) -> Callable[..., Terminal]:
    def open_it(*arguments: str, **options: Any) -> Terminal:  # noqa: ANN401
        return Terminal([*BE_TUI, *arguments], cwd=shop, **options)

    return open_it


def is_as_found(terminal: Terminal) -> bool:
    """Tell whether the terminal is on its first screen, with its cursor and its attributes."""
    return (
        not terminal.on_second_screen
        and not terminal.screen.cursor.hidden
        and terminal.attributes[:4] == terminal.before[:4]
        and terminal.attributes[6][termios.VSUSP] == terminal.before[6][termios.VSUSP]
    )


def test_the_session_opens_and_leaves_the_terminal_as_it_found_it(
    opened: Callable[..., Terminal],
) -> None:
    with opened() as terminal:
        terminal.shows("Home")
        assert terminal.on_second_screen
        terminal.send("q")
        assert terminal.ends() == 0
        assert is_as_found(terminal)


def test_nothing_is_drawn_on_standard_error(opened: Callable[..., Terminal]) -> None:
    with opened(stderr=subprocess.DEVNULL) as terminal:
        terminal.shows("Home")
        terminal.send("q")
        assert terminal.ends() == 0


def test_without_colours_no_colour_is_sent(opened: Callable[..., Terminal]) -> None:
    with opened(variables={"NO_COLOR": "1"}) as terminal:
        terminal.shows("Home")
        terminal.rest()
        terminal.send("q")
        terminal.ends()
        assert colours(terminal.raw) == set()


def test_an_empty_no_color_asks_for_nothing(opened: Callable[..., Terminal]) -> None:
    with opened() as terminal:
        terminal.shows("Home")
        terminal.rest()
        assert any(colour.startswith("38;2") for colour in colours(terminal.raw))


def test_the_transparent_theme_sends_only_the_terminals_own_colours(
    opened: Callable[..., Terminal],
) -> None:
    with opened("--theme", "transparent") as terminal:
        terminal.shows("Home")
        terminal.rest()
        sent = colours(terminal.raw)
        assert not {each for each in sent if each.startswith(("38", "48"))}
        assert not {each for each in sent if each.isdigit() and 40 <= int(each) <= 48}


@pytest.mark.parametrize("variables", [{}, {"LANG": "C"}, {"LC_ALL": "C"}, {"LANG": "de_DE"}])
def test_ascii_is_drawn_where_it_is_asked_for_or_all_there_is(
    opened: Callable[..., Terminal], variables: dict[str, str]
) -> None:
    arguments = () if variables else ("--ascii",)
    with opened(*arguments, variables=variables) as terminal:
        terminal.shows("Home")
        terminal.rest()
        assert terminal.raw.isascii()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_show_a_screen_is_told_what_can_be_done(
    opened: Callable[..., Terminal], term: str
) -> None:
    with opened(variables={"TERM": term}) as terminal:
        assert terminal.ends() == 2
        assert "--plain" in terminal.text
        assert b"\x1b" not in terminal.raw
        assert is_as_found(terminal)


@pytest.mark.parametrize("ends", ["stdin", "stdout"])
def test_without_a_terminal_on_both_ends_nothing_is_drawn(shop: Path, ends: str) -> None:
    from os import close, openpty

    master, slave = openpty()
    try:
        done = subprocess.run(
            BE_TUI,
            stdin=subprocess.DEVNULL if ends == "stdin" else slave,
            stdout=subprocess.PIPE if ends == "stdout" else slave,
            stderr=subprocess.PIPE,
            cwd=shop,
            timeout=60,
            check=False,
        )
    finally:
        close(master)
        close(slave)
    assert done.returncode == 2
    assert not done.stdout
    assert done.stderr.count(b"\n") == 1
    assert b"needs a terminal" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--theme", "mauve"), "no theme 'mauve'; one of dark, light, high-contrast"),
        (("--screen", "attic"), "no screen 'attic'; one of home, decide, compare"),
        (("--project", "missing"), "missing: no such folder"),
        (("--project", "app.py"), "no such folder"),
        (("--project",), "expected one argument"),
        (("--colour", "no"), "no option '--colour'"),
    ],
)
def test_a_wrong_call_is_one_line(
    opened: Callable[..., Terminal], arguments: tuple[str, ...], words: str
) -> None:
    with opened(*arguments, size=(400, 24)) as terminal:
        assert terminal.ends() == 2
        assert words in terminal.text
        assert len([line for line in terminal.lines if line]) == 1
        assert is_as_found(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_session_that_is_ended_from_outside_gives_the_terminal_back(
    opened: Callable[..., Terminal], number: int
) -> None:
    with opened() as terminal:
        terminal.shows("Home")
        terminal.rest()
        terminal.interrupt(number)
        assert terminal.ends() == (130 if number == signal.SIGINT else 128 + number)
        assert is_as_found(terminal)


def test_a_session_ends_when_its_terminal_goes_away(opened: Callable[..., Terminal]) -> None:
    with opened() as terminal:
        terminal.shows("Home")
        terminal.rest()
        terminal.hang_up()
        assert terminal.process.wait(20) == 128 + signal.SIGHUP


def test_a_session_that_nobody_tells_of_the_hang_up_ends_all_the_same(shop: Path) -> None:
    deaf = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *BE_TUI]
    with Terminal(["/bin/sh", *deaf[1:]], cwd=shop) as terminal:
        terminal.shows("Home")
        terminal.rest()
        terminal.hang_up()
        assert terminal.process.wait(20) == 128 + signal.SIGHUP


def test_a_crash_is_one_line_and_a_log(opened: Callable[..., Terminal], shop: Path) -> None:
    (shop / "sitecustomize.py").write_text(
        "import sys\n"
        "class Break:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'be_tui.tui.screens.decide':\n"
        "            raise RuntimeError('the sky fell')\n"
        "sys.meta_path.insert(0, Break())\n"
    )
    with opened(variables={"PYTHONPATH": str(shop)}, size=(300, 24)) as terminal:
        terminal.shows("Home")
        terminal.send("D")
        assert terminal.ends() == 1
        assert "RuntimeError: the sky fell" in terminal.text
        assert len([line for line in terminal.lines if line]) == 1
        assert is_as_found(terminal)
    log = (Path(state_dir()) / "crash.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "be-tui" in log


def test_what_is_typed_while_it_starts_is_not_lost(opened: Callable[..., Terminal]) -> None:
    with opened() as terminal:
        terminal.is_held()
        terminal.send("q")
        assert terminal.ends() == 0
        assert is_as_found(terminal)


def test_ctrl_c_before_the_session_stands_ends_it(opened: Callable[..., Terminal]) -> None:
    with opened() as terminal:
        terminal.is_held()
        terminal.send("\x03")
        assert terminal.ends() == 130
        assert is_as_found(terminal)


def test_the_mouse_can_be_given_to_the_terminal_and_taken_back(
    opened: Callable[..., Terminal],
) -> None:
    with opened() as terminal:
        terminal.shows("Home")
        terminal.rest()
        assert b"\x1b[?1003h" in terminal.raw
        terminal.send("M")
        terminal.shows("mouse off")
        assert terminal.raw.rindex(b"\x1b[?1003l") > terminal.raw.rindex(b"\x1b[?1003h")
        terminal.send("M")
        terminal.until(lambda: "mouse off" not in terminal.text)
        assert terminal.raw.rindex(b"\x1b[?1003h") > terminal.raw.rindex(b"\x1b[?1003l")


def test_without_the_mouse_from_the_start_it_is_never_asked_for(
    opened: Callable[..., Terminal],
) -> None:
    with opened("--no-mouse") as terminal:
        terminal.shows("mouse off")
        terminal.rest()
        assert b"\x1b[?1003h" not in terminal.raw


def test_without_colours_the_marked_row_is_still_seen(opened: Callable[..., Terminal]) -> None:
    with opened(variables={"NO_COLOR": "1"}) as terminal:
        terminal.shows("Home")
        terminal.rest()
        terminal.send("\x10")
        terminal.shows("▸ Profile")
        row = next(y for y, line in enumerate(terminal.lines) if "▸ Profile" in line)
        column = terminal.lines[row].index("Profile")
        assert terminal.screen.buffer[row][column].reverse
        assert not terminal.screen.buffer[row + 1][column].reverse
        terminal.rest()
        assert colours(terminal.raw) == set()


def click(terminal: Terminal, words: str) -> None:
    """Click on the first place that shows some words."""
    row = next(y for y, line in enumerate(terminal.lines) if words in line)
    at = f"{terminal.lines[row].index(words) + 1};{row + 1}"
    terminal.send(f"\x1b[<0;{at}M\x1b[<0;{at}m")


def test_a_file_is_opened_in_the_editor_and_the_session_comes_back(
    opened: Callable[..., Terminal], tmp_path: Path
) -> None:
    editor = tmp_path / "vi"
    editor.write_text(
        f"#!/bin/sh\nprintf '%s ' \"$@\" > {tmp_path}/given\nstty -a > {tmp_path}/tty\n"
        "printf 'in the editor'\nread line\n"
    )
    editor.chmod(0o755)
    with opened(size=(140, 30), variables={"EDITOR": str(editor)}) as terminal:
        terminal.shows("app.py")
        terminal.rest()
        click(terminal, "app.py")
        terminal.shows("in the editor")
        assert not terminal.on_second_screen
        terminal.send("\n")
        terminal.shows("Home")
        terminal.rest()
        assert terminal.on_second_screen
        assert (tmp_path / "given").read_text().strip().endswith("shop/app.py")
        assert " echo " in (tmp_path / "tty").read_text()
        terminal.send("q")
        assert terminal.ends() == 0
        assert is_as_found(terminal)


def test_an_interrupt_in_the_editor_is_the_editors_alone(
    opened: Callable[..., Terminal], tmp_path: Path
) -> None:
    editor = tmp_path / "vi"
    editor.write_text("#!/bin/sh\nprintf 'in the editor'\nexec sleep 60\n")
    editor.chmod(0o755)
    with opened(size=(140, 30), variables={"EDITOR": str(editor)}) as terminal:
        terminal.shows("app.py")
        terminal.rest()
        click(terminal, "app.py")
        terminal.shows("in the editor")
        terminal.send("\x03")
        terminal.shows("Home")
        terminal.rest(1)
        terminal.send("q")
        assert terminal.ends() == 0
        assert is_as_found(terminal)


def test_without_an_editor_the_line_says_what_to_set(opened: Callable[..., Terminal]) -> None:
    with opened(size=(140, 30), variables={"EDITOR": "", "VISUAL": ""}) as terminal:
        terminal.shows("app.py")
        terminal.rest()
        click(terminal, "app.py")
        terminal.shows("no editor is set")


def test_copying_over_ssh_is_sent_to_the_terminal_with_honest_words(
    opened: Callable[..., Terminal],
) -> None:
    with opened("--screen", "library", variables={"SSH_TTY": "/dev/pts/9"}) as terminal:
        terminal.shows("Guide to backend engineering")
        terminal.rest()
        click(terminal, "Guide to backend engineering")
        terminal.rest()
        terminal.send("y")
        terminal.shows("may not accept it")
        assert b"\x1b]52;c;" in terminal.raw


def test_an_example_is_opened_and_an_unknown_one_named(opened: Callable[..., Terminal]) -> None:
    with opened("--project", "example:shop-api") as terminal:
        terminal.shows("Do next")
        terminal.shows("shop-api")
    with opened("--project", "example:nonesuch", size=(300, 24)) as terminal:
        assert terminal.ends() == 2
        assert "nonesuch" in terminal.text
        assert "shop-api" in terminal.text
        assert len([line for line in terminal.lines if line]) == 1


def test_a_screen_can_be_opened_at_once(opened: Callable[..., Terminal]) -> None:
    with opened("--screen", "decide") as terminal:
        terminal.shows("What is to be decided?")
        assert not any("Do next" in "\n".join(seen) for seen in terminal.seen)
        terminal.send("[")
        terminal.shows("Do next")
