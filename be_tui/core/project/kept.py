"""A project as a JSON value, to show what was found last time before it is read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from be_tui.core.evidence import Fact
from be_tui.core.jsonform import to_json
from be_tui.core.project.model import TRAIT_KINDS, Project, Size, Trait

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json


def project_to_json(project: Project) -> Json:
    """Give the project as a JSON value."""
    return to_json(project)


def project_from_json(value: Json) -> Project | None:
    """Read what `project_to_json` gave; None where it is something else.

    Nothing is lost with it: the project is read again anyway.
    """
    try:
        return _project(cast("dict[str, Json]", value))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _project(data: dict[str, Json]) -> Project:
    size = cast("dict[str, Json] | None", data["size"])
    return Project(
        root=Path(str(data["root"])),
        name=str(data["name"]),
        traits=tuple(map(_trait, cast("list[dict[str, Json]]", data["traits"]))),
        size=None
        if size is None
        else Size(_int(size["files"]), _int(size["lines"]), bool(size["bounded"])),
        authors_90d=None if data["authors_90d"] is None else _int(data["authors_90d"]),
        read=str(data["read"]),
        trouble=tuple(map(str, cast("list[Json]", data["trouble"]))),
    )


def _trait(data: dict[str, Json]) -> Trait:
    if data["kind"] not in TRAIT_KINDS:
        raise ValueError(data["kind"])
    facts = cast("list[dict[str, Json]]", data["facts"])
    return Trait(
        data["kind"],
        str(data["name"]),
        str(data["detail"]),
        tuple(Fact(str(fact["text"]), str(fact["path"]), _int(fact["line"])) for fact in facts),
    )


def _int(value: Json) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
