"""What gives a trait away, as `knowledge/traits.yaml` states it, in typed form."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast, get_args

from be_tui.core.errors import InputError
from be_tui.core.locations import knowledge_dir
from be_tui.core.project.manifests.model import Ecosystem
from be_tui.core.project.model import TRAIT_KINDS, TraitKind

if TYPE_CHECKING:
    from collections.abc import Iterable

ECOSYSTEMS: tuple[Ecosystem, ...] = get_args(Ecosystem)
_CLUES = (*ECOSYSTEMS, "image", "file", "text")


@dataclass(frozen=True, slots=True)
class Marker:
    """One trait, and what gives it away."""

    kind: TraitKind
    name: str
    packages: tuple[tuple[Ecosystem, str], ...] = ()
    """Names in a registry; a final `*` stands for any ending."""

    images: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Patterns of file names, or of paths where there is a slash."""

    texts: tuple[str, ...] = ()
    """Regular expressions for the lines of configuration files."""


@dataclass(frozen=True, slots=True)
class Markers:
    """Every marker, in the order in which ties are settled."""

    all: tuple[Marker, ...]
    configuration: tuple[str, ...]
    """Patterns of the names of files in which `texts` are looked for."""


@cache
def load_markers() -> Markers:
    """Read the markers that ship with be-tui.

    Raises:
        InputError: The file is missing or says something unknown.
    """
    import yaml

    path = os.path.join(knowledge_dir(), "traits.yaml")  # noqa: PTH118 (as locations gives it)
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 (as above)
            data = yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe)
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"cannot be read ({error})", where=path) from error
    return decode(data, path)


def decode(data: object, path: str) -> Markers:
    """Give the typed form of the file's content.

    Raises:
        InputError: A kind or a clue is unknown, or is not what it should be.
    """
    if not isinstance(data, dict):
        raise InputError("expected kinds of traits", where=path)
    kinds = dict(data)
    configuration = _texts(kinds.pop("configuration", []), path, "configuration")
    found = []
    for kind, traits in kinds.items():
        if kind not in TRAIT_KINDS or not isinstance(traits, dict):
            raise InputError(f"{kind}: expected one of {', '.join(TRAIT_KINDS)}", where=path)
        found += [_marker(kind, str(name), clues, path) for name, clues in traits.items()]
    return Markers(tuple(found), configuration)


def _marker(kind: TraitKind, name: str, clues: object, path: str) -> Marker:
    if not isinstance(clues, dict) or not set(clues) <= set(_CLUES):
        raise InputError(f"{kind}.{name}: expected {', '.join(_CLUES)}", where=path)
    read = {key: _texts(value, path, f"{kind}.{name}.{key}") for key, value in clues.items()}
    for pattern in read.get("text", ()):
        try:
            re.compile(pattern)
        except re.error as error:
            raise InputError(f"{kind}.{name}.text: {error}", where=path) from error
    return Marker(
        kind,
        name,
        tuple((each, package) for each in ECOSYSTEMS for package in read.get(each, ())),
        read.get("image", ()),
        read.get("file", ()),
        read.get("text", ()),
    )


def _texts(value: object, path: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InputError(f"{where}: expected a list of texts", where=path)
    return tuple(cast("list[str]", value))


def name_pattern(globs: Iterable[str]) -> re.Pattern[str]:
    """Give one pattern for file names; `*` is any part of a name."""
    return re.compile("|".join(map(_name_part, globs)) or r"(?!)")


def folder_pattern(glob: str) -> re.Pattern[str]:
    """Give the pattern of a folder's path with a final slash; `**` is any folders or none."""
    parts = (r"(?:[^/]+/)*" if each == "**" else _name_part(each) + "/" for each in glob.split("/"))
    return re.compile("".join(parts))


def _name_part(glob: str) -> str:
    pieces = re.split(r"(\*|\[[^\]]+\])", glob)
    return "".join(
        r"[^/]*" if piece == "*" else piece if piece.startswith("[") else re.escape(piece)
        for piece in pieces
    )
