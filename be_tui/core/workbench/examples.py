"""The worked examples that ship: a query, the tables that it reads, what is to be learned."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.locations import knowledge_dir
from be_tui.core.sqltext import guess

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

FIRST = "user-posts"
"""The one that is offered to who comes for the first time."""


@dataclass(frozen=True, slots=True)
class Worked:
    """One worked example."""

    name: str
    text: str
    """The query, with comments that tell what it is about."""

    tables: Path
    """The file of its DDL."""

    engine: Engine
    page: str = ""
    """What is asked where one page of the rows is enough; empty where there is no such."""

    indexes: tuple[str, ...] = ()
    """The indexes to be tried on it."""


def worked_names() -> tuple[str, ...]:
    """Give the names of the worked examples."""
    return tuple(sorted(each.name for each in _folder().iterdir() if each.is_dir()))


def worked(name: str = FIRST) -> Worked:
    """Give a worked example.

    Raises:
        InputError: There is none of this name.
    """
    if name not in worked_names():
        known = ", ".join(worked_names())
        raise InputError(f"no worked example {name!r}", hint=f"there is {known}")
    place = _folder() / name
    text = (place / "query.sql").read_text(encoding="utf-8")
    tables = place / "tables.sql"
    engine = guess(tables.read_text(encoding="utf-8")).engine
    index = _said(place / "index.sql")
    return Worked(name, text, tables, engine, _said(place / "page.sql"), (index,) if index else ())


def _said(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def is_worked(path: str) -> bool:
    """Tell whether a file is one of a worked example."""
    return Path(path).is_relative_to(_folder())


def _folder() -> Path:
    return Path(knowledge_dir()) / "worked"
