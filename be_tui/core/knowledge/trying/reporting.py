"""What examples do not show, as findings: `be-tui knowledge check --run`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from be_tui.core.findings import Finding, Place
from be_tui.core.knowledge.trying.trial import Engines, try_chapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.items import Chapter

MARIADB_VARIABLE = "BE_TUI_MARIADB_URL"
"""Names the server for the examples of MariaDB; a flag would show its password to others."""


def engines_here(*, every: bool = False) -> Engines:
    """Give where examples can be run on this machine.

    Args:
        every: Whether on each major version of PostgreSQL's wheel; else on the newest.
    """
    from be_tui.core.databases import majors

    url = os.environ.get(MARIADB_VARIABLE, "")
    several = tuple(f"postgresql:{major}" for major in majors()) if every else ()
    return Engines(postgresql=several or ("postgresql",), mariadb=(url,) if url else ())


def unshown(chapter: Chapter, engines: Engines) -> Iterator[Finding]:
    """Give each example in SQL of a chapter that does not show what it says.

    Raises:
        InputError: A database that an example needs cannot be opened.
    """
    for miss in try_chapter(chapter, engines):
        message = f"{miss.item}: {miss.side} on {miss.engine}: {_one_line(miss.message)}"
        yield Finding("example-fails", "error", Place(chapter.path, miss.line), message)
    left = [
        item.id
        for item in chapter.items
        for example in item.examples
        if "mariadb" in example.engines and not engines.mariadb
    ]
    if left:
        message = (
            f"{', '.join(dict.fromkeys(left))}: not run on MariaDB; "
            f"set {MARIADB_VARIABLE} to a server's URL"
        )
        yield Finding("example-not-run", "info", Place(chapter.path), message)


def _one_line(text: str) -> str:
    return " ".join(text.split())
