"""Names that stand in packs, probes and settings, asked for as the person types.

A shell waits for this on each press of the tab key, so each question imports only what
answers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def asked(name: str) -> tuple[str, ...]:
    """Give the names of one kind, for the project around the current folder."""
    return ASKED[name]()


def _trees() -> tuple[str, ...]:
    from be_tui.core.knowledge.library import open_library
    from be_tui.core.roots import project_root

    with open_library(project_root()) as library:
        return tuple(entry.id for entry in library.entries("tree"))


def _addresses() -> tuple[str, ...]:
    from be_tui.core.knowledge.library import open_library
    from be_tui.core.roots import project_root

    with open_library(project_root()) as library:
        return tuple(entry.address for entry in library.entries())


def _probes() -> tuple[str, ...]:
    from be_tui.core.project import all_probes

    return tuple(probe.id for probe in all_probes())


def _themes() -> tuple[str, ...]:
    from be_tui.core.roots import project_root
    from be_tui.core.settings import load_settings
    from be_tui.core.settings.choices import SHIPPED_THEMES

    own = load_settings(project_root()).settings.themes
    return (*SHIPPED_THEMES, *(theme.name for theme in own))


ASKED: dict[str, Callable[[], tuple[str, ...]]] = {
    "trees": _trees,
    "addresses": _addresses,
    "probes": _probes,
    "themes": _themes,
}
