"""What be-tui reads before it can advise: the packs of knowledge, and the settings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.findings import at_least
from be_tui.core.health.model import Check
from be_tui.core.locations import knowledge_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.findings import Finding
    from be_tui.core.health.model import State


def knowledge(project: Path) -> Iterator[Check]:
    """Tell which packs were found, and what is wrong in them."""
    from be_tui.core.knowledge import open_library

    if not Path(knowledge_dir()).is_dir():
        found = f"the bundled pack is missing from {knowledge_dir()}"
        yield Check("knowledge", "wrong", found, "install be-tui again")
        return
    with open_library(project) as library:
        kinds = Counter(entry.kind for entry in library.entries())
        packs = Counter(entry.pack for entry in library.entries())
        faults = library.faults()
    counted = ", ".join(f"{kinds[kind]} {kind}{'s' * (kinds[kind] != 1)}" for kind in sorted(kinds))
    own = [f"{packs[pack]} of the {pack}'s own" for pack in ("user", "project") if packs[pack]]
    found = "; ".join((f"{counted} in {knowledge_dir()}", *own))
    yield _judged("knowledge", found, faults, "run `be-tui knowledge check`")


def settings(project: Path) -> Iterator[Check]:
    """Tell which files of settings were read, and what is wrong in them."""
    from be_tui.core.settings import load_settings, user_file

    loaded = load_settings(project)
    found = ", ".join(loaded.files) or f"none; yours would be {user_file()}"
    yield _judged("settings", found, loaded.faults, "run `be-tui config check`")


def _judged(name: str, found: str, faults: tuple[Finding, ...], todo: str) -> Check:
    from be_tui.core.reports import summary

    if not faults:
        return Check(name, "ok", found)
    state: State = "wrong" if at_least(faults, "error") else "note"
    return Check(name, state, f"{found}; {summary(faults)}", todo)
