"""Keep Home as it will be seen first next time, on the way out.

A Home made anew, as the next session will make it, is drawn where nobody sees it, and its
lines are kept with the state of all that it was read from (`be_tui.tui.frame`). Whatever is
not certain leaves no frame: the next session then begins without one.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.knowledge.packs import pack_folders
from be_tui.core.roots import MARKS
from be_tui.tui import frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.screen import Screen

    from be_tui.tui.app import BeTuiApp

_PATIENCE = 1.0
"""Seconds that drawing may take; nobody waits longer to leave."""

_MOST = 500
"""Paths that a frame may depend on; looking at more would cost the first frame its speed."""

_GIT = ("HEAD", "logs/HEAD", "index")


async def keep_home(app: BeTuiApp) -> None:
    """Keep a frame of Home for the next session, or forget the one of the last."""
    arguments = list(app.opening.arguments)
    drawn = b""
    marks: dict[str, str] = {}
    if _is_as_it_began(app) and _is_read(app):
        app.store.settle()
        marks = frame.mark(_sources(app))
        with suppress(TimeoutError):
            drawn = await asyncio.wait_for(_drawn_home(app), _PATIENCE)
    if drawn and len(marks) <= _MOST and not app.store.trouble:
        frame.save(drawn, marks, arguments)
    else:
        frame.drop(arguments)


def _is_as_it_began(app: BeTuiApp) -> bool:
    """Tell whether the next session begins as this one looks now."""
    mouse = app.opening.mouse and app.settings.mouse
    theme = app.opening.theme or app.settings.theme
    return app.opening.screen == "home" and app.mouse == mouse and app.theme == theme


def _is_read(app: BeTuiApp) -> bool:
    """Tell whether what Home says of the project, and of the settings, still stands."""
    if app.project is None or not app.project.read or app.store.trouble:
        return False
    read = datetime.fromisoformat(app.project.read).timestamp()
    own = (module.__file__ for name, module in sys.modules.items() if name.startswith("be_tui"))
    return not (
        _changed_since(read, _project_files(app))
        or _changed_since(app.began, [*_setting_files(app), *_packs(app), *filter(None, own)])
    )


def _changed_since(moment: float, paths: Iterable[str]) -> bool:
    for path in paths:
        with suppress(OSError):
            if Path(path).stat().st_ctime >= moment:
                return True
    return False


def _sources(app: BeTuiApp) -> Iterator[str]:
    """Give every path that Home was read from."""
    yield from _way_up()
    yield from _project_files(app)
    yield from _setting_files(app)
    yield from _packs(app)
    yield from _records(app)
    for ending in ("", "-wal"):
        yield f"{app.store.path}{ending}"
    for name, module in list(sys.modules.items()):
        if name.startswith("be_tui") and module.__file__:
            yield module.__file__


def _way_up() -> Iterator[str]:
    """Give all that says which folder around the current one is the project."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        yield from (str(folder / mark) for mark in MARKS)


def _project_files(app: BeTuiApp) -> Iterator[str]:
    root = app.opening.project
    yield str(root)
    git = _git_folder(root)
    yield from (str(git / name) for name in _GIT)
    for trait in app.project.traits if app.project else ():
        yield from (str(root / fact.path) for fact in trait.facts if fact.path)


def _git_folder(root: Path) -> Path:
    """Give the repository's own folder; that of a work tree stands elsewhere."""
    folder = root / ".git"
    with suppress(OSError, UnicodeDecodeError):
        if folder.is_file():
            stated = folder.read_text(encoding="utf-8").partition("gitdir:")[2].strip()
            return root / stated
    return folder


def _setting_files(app: BeTuiApp) -> Iterator[str]:
    from be_tui.core.settings import user_file

    root = app.opening.project
    yield user_file()
    yield str(root / "be-tui.toml")
    yield str(root / "pyproject.toml")


def _packs(app: BeTuiApp) -> Iterator[str]:
    for _, folder in pack_folders(app.opening.project):
        yield folder
        for below, _, files in os.walk(os.path.join(folder, "trees")):  # noqa: PTH118 (texts)
            yield below
            yield from (f"{below}/{name}" for name in files)


def _records(app: BeTuiApp) -> Iterator[str]:
    folder = app.opening.project / app.settings.record_dir
    yield str(folder)
    with suppress(OSError):
        yield from map(str, folder.iterdir())


async def _drawn_home(app: BeTuiApp) -> bytes:
    """Draw a Home made anew, unseen; nothing where something came between."""
    from be_tui.tui.driver import TerminalDriver

    driver = app._driver  # noqa: SLF001 (Textual has no public way)
    if not isinstance(driver, TerminalDriver):
        return b""
    driver.output.silent = True
    app.clear_notifications()
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    home = app.get_default_screen()
    # Textual cannot switch away from the screen that an app began with, for want of this.
    app.screen._push_result_callback(app.screen, None)  # noqa: SLF001
    await app.switch_screen(home)
    await home.stands()
    drawn = lines_of(home) if app.screen is home else ""
    return drawn.encode(driver.output.encoding, "replace")


def lines_of(screen: Screen[None]) -> str:
    """Give what a screen shows as a terminal takes it, line by line."""
    console = screen.app.console
    strips = screen._compositor.render_strips()  # noqa: SLF001 (Textual has no public way)
    return "".join(
        f"\x1b[{number};1H{strip.render(console)}" for number, strip in enumerate(strips, 1)
    )
