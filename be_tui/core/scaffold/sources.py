"""A spec by what describes it: a spec itself, an OpenAPI document, tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.findings import Place
from be_tui.core.scaffold.reading import spec_text
from be_tui.core.scaffold.writing import write_spec

if TYPE_CHECKING:
    from be_tui.core.scaffold.importing import Imported
    from be_tui.core.sqltext import Target

_DOCUMENTS = (".json", ".yaml", ".yml")
"""How the names of specs and of OpenAPI documents end."""

_NAMELESS = "my-service"


@dataclass(frozen=True, slots=True)
class Made:
    """A spec that was made of something else."""

    text: str
    left: tuple[str, ...] = ()
    """What was left out or guessed, each with its place."""


def spec_of(where: str, root: Path) -> Made:
    """Give a spec by what describes it.

    Args:
        where: A spec, an OpenAPI document, DDL, a folder of migrations, or a database by its URL,
            which is only read; paths are relative to the root.
        root: The project's folder.

    Raises:
        InputError: It cannot be read, or holds nothing to make a resource of.
    """
    if "://" in where or where.startswith("sqlite:"):
        return _made(import_source(where))
    path = str(root / Path(where).expanduser())
    if path.lower().endswith(_DOCUMENTS):
        text = spec_text(path)
        if not _is_api(text):
            return Made(text)
    return _made(import_source(path))


def import_source(where: str, name: str = "", target: Target | None = None) -> Imported:
    """Make a service of tables or of an OpenAPI document.

    Args:
        where: An OpenAPI document, DDL, a folder of migrations, or a database by its URL.
        name: The service's name; the document's own without one.
        target: The engine of the DDL, where it is known.

    Raises:
        InputError: It cannot be read, or holds nothing to make a resource of.
    """
    if where.lower().endswith(_DOCUMENTS):
        from be_tui.core.scaffold.importing_api import service_of_api

        return service_of_api(where, name)
    from be_tui.core.migrations.sides import read_side
    from be_tui.core.scaffold.importing import service_of

    side = read_side(where, target)
    found = service_of(side.schema, name or _NAMELESS, Place(where))
    if not found.service.resources:
        raise InputError("there is no table to make a resource of", where=where)
    return found


def _is_api(text: str) -> bool:
    """Tell whether a text says by one of its first keys that it is an OpenAPI document."""
    marks = ("openapi:", '"openapi"', "swagger:", '"swagger"')
    return any(line.lstrip(" {").startswith(marks) for line in text.split("\n", 50)[:50])


def _made(found: Imported) -> Made:
    left = tuple(f"{each.place}: {each.message}" for each in found.findings)
    return Made(write_spec(found.service), left)
