"""All checks in the order in which they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.health import folders, installation, tools, words
from be_tui.core.health.model import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def examine(project: Path) -> tuple[Check, ...]:
    """Look at everything that be-tui needs.

    Args:
        project: The project's root: its settings, knowledge and session are looked at too.
    """
    parts: tuple[tuple[str, Callable[[], Iterator[Check]]], ...] = (
        ("Python", installation.python),
        ("be-tui", installation.installed),
        ("dependencies", installation.dependencies),
        ("compiled files", installation.compiled),
        ("knowledge", lambda: words.knowledge(project)),
        ("settings", lambda: words.settings(project)),
        ("SQLite", tools.sqlite),
        ("git", tools.git),
        ("terminal", tools.terminal),
        ("clipboard", lambda: tools.clipboard(project)),
        ("editor", lambda: tools.editor(project)),
        ("folders", folders.own_folders),
        ("session", lambda: folders.session(project)),
    )
    return tuple(check for name, part in parts for check in _safely(name, part))


def _safely(name: str, part: Callable[[], Iterator[Check]]) -> tuple[Check, ...]:
    try:
        return tuple(part())
    except Exception as error:  # noqa: BLE001 (whoever asks what is wrong here gets an answer)
        found = f"could not be looked at ({type(error).__name__}: {error})"
        return (Check(name, "wrong", found, "please report this"),)
