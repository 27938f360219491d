"""The last frame of Home comes first, is true, and gives way without a flicker."""

from __future__ import annotations

import os
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from be_tui.core.decisions import start
from be_tui.core.knowledge import open_library
from be_tui.core.locations import cache_dir
from be_tui.core.sessions import open_store
from be_tui.tui import frame
from be_tui.tui.hold import ENTER
from tests.conftest import need
from tests.tui.terminals import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.terminal

BE_TUI = (sys.executable, "-m", "be_tui")
LIVE = b"\x1b[?1003h"
"""What only the live session sends: it asks for the mouse."""


def commit(shop: Path) -> None:
    who = {
        f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    command = ["git", "commit", "-q", "--allow-empty", "-m", "x"]
    subprocess.run(command, cwd=shop, check=True, env={**os.environ, **who})


def make_shop(folder: Path) -> Path:
    """Write a project, and wait until it is older than any reading of it.

    A project is dated to the second, and what changed in that second may have been missed.
    """
    (folder / "docs" / "decisions").mkdir(parents=True)
    (folder / "app.py").write_text("import fastapi\n")
    (folder / "pyproject.toml").write_text('[project]\nname = "shop"\ndependencies = ["fastapi"]\n')
    subprocess.run([need("git"), "init", "-q"], cwd=folder, check=True)
    commit(folder)
    time.sleep(1.05)
    return folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project that no test changes."""
    return make_shop(tmp_path_factory.mktemp("projects") / "shop")


@pytest.fixture
def opened(shop: Path) -> Callable[..., Terminal]:
    def open_it(*arguments: str, **options: Any) -> Terminal:  # noqa: ANN401
        return Terminal([*BE_TUI, *arguments], **{"cwd": shop, **options})

    return open_it


def visit(terminal: Terminal, keys: str = "") -> tuple[str, ...]:
    """Let the session stand, press keys, leave; give what Home showed."""
    with terminal:
        terminal.shows("Python FastAPI")
        terminal.rest()
        home = terminal.lines
        for key in keys:
            terminal.send(key)
            terminal.rest()
        terminal.send("q")
        assert terminal.ends() == 0
    return home


def was_painted(terminal: Terminal) -> bool:
    """Tell whether a kept frame came before the session."""
    terminal.until(lambda: LIVE in terminal.raw)
    return terminal.raw.index(LIVE) > 200


def is_painted(terminal: Terminal) -> bool:
    with terminal:
        painted = was_painted(terminal)
        terminal.shows("Home")
        terminal.send("q")
        terminal.ends()
    return painted


def test_the_second_time_home_stands_before_the_session_is_imported(
    opened: Callable[..., Terminal],
) -> None:
    home = visit(opened())
    with opened() as terminal:
        terminal.until(lambda: bool(terminal.raw), look_every=0.01)
        assert was_painted(terminal)
        assert terminal.seen[0][0] == home[0] or terminal.seen[1][0] == home[0]


@pytest.mark.parametrize("size", [(80, 24), (160, 48), (60, 20)])
def test_it_gives_way_to_the_live_frame_without_a_flicker(
    opened: Callable[..., Terminal], size: tuple[int, int]
) -> None:
    visit(opened(size=size))
    with opened(size=size) as terminal:
        assert was_painted(terminal)
        terminal.rest()
        live = terminal.lines
        assert terminal.raw.count(ENTER.encode()) == 1
        frames = terminal.seen
        whole = next(i for i, seen in enumerate(frames) if differences(seen, live) <= 1)
        # It comes before the session, in as many reads as its size takes.
        assert len(b"".join(terminal.reads[: whole + 1])) <= terminal.raw.index(LIVE)
        for seen in frames[whole:]:
            # All that may change is when the project was read.
            assert differences(seen, live) <= 1


def differences(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return sum(
        a != b and not (a.strip().startswith("Read 2") and b.strip().startswith("Read 2"))
        for a, b in zip(one, other, strict=True)
    ) + sum(a != b for a, b in zip(one, other, strict=True) if "Read 2" in a)


def test_leaving_from_another_screen_keeps_home_as_well(opened: Callable[..., Terminal]) -> None:
    home = visit(opened(), keys="p")
    with opened() as terminal:
        assert was_painted(terminal)
        terminal.until(lambda: terminal.lines[:3] == home[:3])


def test_on_the_way_out_home_is_not_seen(opened: Callable[..., Terminal]) -> None:
    with opened() as terminal:
        terminal.shows("Python FastAPI")
        terminal.send("p")
        terminal.rest()
        assert "Do next" not in terminal.text
        here = len(terminal.seen)
        terminal.send("q")
        assert terminal.ends() == 0
        assert not any("Do next" in "\n".join(seen) for seen in terminal.seen[here:])


def touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{path.read_text() if path.exists() else ''}\n")


def walk_on(shop: Path) -> None:
    with open_library(shop) as library:
        tree = library.tree(library.entries("tree")[0].id)
    with open_store(shop) as store:
        question = tree.questions[0]
        store.save_walk(start(tree).answer(question.id, ""))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a manifest": lambda shop: touch(shop / "pyproject.toml"),
    "a file of the root": lambda shop: touch(shop / "compose.yaml"),
    "a decision record": lambda shop: touch(shop / "docs" / "decisions" / "0001-cache.md"),
    "a tree of the project": lambda shop: touch(shop / ".be-tui" / "trees" / "own.yaml"),
    "the project's settings": lambda shop: touch(shop / "be-tui.toml"),
    "the project's root": lambda shop: touch(shop.parent / "be-tui.toml"),
    "a commit": commit,
    "a walk": walk_on,
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_painted_that_could_be_untrue(tmp_path: Path, change: str) -> None:
    shop = make_shop(tmp_path / "shop")
    visit(Terminal(BE_TUI, cwd=shop))
    CHANGES[change](shop)
    assert not is_painted(Terminal(BE_TUI, cwd=shop))


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (("--ascii",), {}),
        ((), {"size": (81, 24)}),
        ((), {"variables": {"NO_COLOR": "1"}}),
        ((), {"variables": {"TERM": "xterm"}}),
        ((), {"variables": {"LANG": "C"}}),
        (("--theme", "light"), {}),
    ],
    ids=str,
)
def test_a_frame_is_painted_only_where_it_was_made(
    opened: Callable[..., Terminal], arguments: tuple[str, ...], options: dict[str, Any]
) -> None:
    visit(opened())
    assert not is_painted(opened(*arguments, **options))


def test_a_theme_of_this_session_only_leaves_no_frame(opened: Callable[..., Terminal]) -> None:
    visit(opened(), keys="T")
    assert not is_painted(opened())


def test_a_kept_frame_without_colours_has_none(opened: Callable[..., Terminal]) -> None:
    from tests.tui.terminals import colours

    visit(opened(variables={"NO_COLOR": "1"}))
    with opened(variables={"NO_COLOR": "1"}) as terminal:
        assert was_painted(terminal)
        terminal.rest()
        assert colours(terminal.raw) == set()


def test_a_frame_that_is_no_frame_is_not_painted(opened: Callable[..., Terminal]) -> None:
    visit(opened())
    for path in (Path(cache_dir()) / "frames").iterdir():
        path.write_bytes(path.read_bytes()[:40])
    assert not is_painted(opened())


def test_ctrl_c_after_the_paint_gives_the_terminal_back(opened: Callable[..., Terminal]) -> None:
    visit(opened())
    for _ in range(10):
        with opened() as terminal:
            terminal.until(lambda: bool(terminal.raw), look_every=0.002)
            # On a busy machine the session may stand already, and take it as a key.
            if terminal.attributes[3] & termios.ISIG:
                terminal.send("\x03")
                assert terminal.ends() == 130
                assert not terminal.on_second_screen
                assert terminal.attributes == terminal.before
                return
    pytest.fail("the session was always faster than the test")


def test_without_a_terminal_there_is_no_frame() -> None:
    assert frame.kept([]) is None


def test_only_so_many_frames_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24)))
    for number in range(30):
        frame.save(b"x", frame.mark([str(tmp_path)]), [f"--project={number}"])
    assert len(list((Path(cache_dir()) / "frames").iterdir())) == 24
