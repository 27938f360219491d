"""Which top folders import which, and where they do so in a circle."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.project.probes.coupling import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.looks.model import Sight

_DEEPEST_ROOT = 3
"""Folders from which Python's absolute imports are tried to begin."""

_DOTTED = frozenset({"Java", "Kotlin", "Scala", "Groovy", "C#", "PHP"})


@dataclass(frozen=True, slots=True)
class Knot:
    """Folders that import each other, by a shortest way round."""

    folders: tuple[str, ...]
    circle: tuple[Sight, ...]
    """An import for each step of the way."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The imports between the top folders."""

    resolved: int
    """Imports of the project's own code."""

    knots: tuple[Knot, ...]


def read_folders(gathering: Gathering) -> Folders:
    """Resolve the imports of a project to its folders."""
    files = [file for file in gathering.scan.files if not file.is_test and not file.language.helper]
    part_of = parts([file.path for file in files])
    by_folder: dict[str, str] = {}
    for path, part in part_of.items():
        by_folder.setdefault(path.rpartition("/")[0], part)
    wrappers = {part for part in part_of.values() if _wraps(part, set(part_of.values()))}
    finder = _Finder(gathering, [file.path for file in files])
    languages = {file.path: file.language.name for file in files}
    edges: defaultdict[str, dict[str, Sight]] = defaultdict(dict)
    resolved = 0
    for sight in gathering.sights.of("import"):
        folder = finder.folder(sight, languages.get(sight.path, ""))
        target = by_folder.get(folder) if folder is not None else None
        if target is None:
            continue
        resolved += 1
        here = part_of[sight.path]
        if here != target and here not in wrappers and target not in wrappers:
            edges[here].setdefault(target, sight)
    return Folders(resolved, tuple(knots(edges)))


def _wraps(part: str, parts: set[str]) -> bool:
    """Tell whether a part is only what is left over beside other parts: where they are wired."""
    return not part or any(other.startswith(f"{part}/") for other in parts)


class _Finder:
    """Finds the folder that an import means."""

    def __init__(self, gathering: Gathering, paths: list[str]) -> None:
        self._folders = {path.rpartition("/")[0] for path in paths}
        self._stems = {path.rpartition(".")[0] for path in paths}
        self._python: dict[str, str] = {}
        for root in range(_DEEPEST_ROOT + 1):
            for path in paths:
                if path.endswith(".py"):
                    self._add_python(path, root)
        self._packages: dict[str, str] = {}
        for sight in gathering.sights.of("package"):
            folder = sight.path.rpartition("/")[0]
            self._packages.setdefault(_dotted(sight.value), folder)
        self._modules = tuple(_go_modules(gathering))

    def _add_python(self, path: str, root: int) -> None:
        folder = path.rpartition("/")[0]
        for whole in (path.removesuffix(".py").removesuffix("/__init__"), folder):
            names = whole.split("/")[root:]
            if any(names):
                self._python.setdefault(".".join(names), folder)

    def folder(self, sight: Sight, language: str) -> str | None:
        here = sight.path.rpartition("/")[0]
        if language == "Python":
            return self._of_python(sight.value, here)
        if language in {"JavaScript", "TypeScript"}:
            return self._of_web(sight.value, here)
        if language == "Go":
            return self._of_go(sight.value)
        if language in _DOTTED:
            return self._of_dotted(_dotted(sight.value))
        return None

    def _of_python(self, module: str, here: str) -> str | None:
        name = module.lstrip(".")
        dots = len(module) - len(name)
        if dots:
            up = here.split("/") if here else []
            up = up[: len(up) - dots + 1]
            folder = "/".join((*up, *filter(None, name.split("."))))
            return folder if folder in self._folders else folder.rpartition("/")[0]
        while name:
            if name in self._python:
                return self._python[name]
            name = name.rpartition(".")[0]
        return None

    def _of_web(self, module: str, here: str) -> str | None:
        if module.startswith(("@/", "~/")):
            target = f"src/{module[2:]}"
        elif module.startswith("."):
            target = posixpath.normpath(posixpath.join(here, module))
        else:
            return None
        if target in self._folders and target not in self._stems:
            return target
        return target.rpartition("/")[0]

    def _of_go(self, module: str) -> str | None:
        for name, folder in self._modules:
            if module == name:
                return folder
            if module.startswith(f"{name}/"):
                return posixpath.join(folder, module.removeprefix(f"{name}/"))
        return None

    def _of_dotted(self, name: str) -> str | None:
        for _ in range(3):
            if name in self._packages:
                return self._packages[name]
            name = name.rpartition(".")[0]
        return None


def _go_modules(gathering: Gathering) -> Iterator[tuple[str, str]]:
    """Give the modules of Go with their folders."""
    for path in gathering.checkout.by_name.get("go.mod", ()):
        for line in (gathering.checkout.text(path) or "").splitlines():
            if line.startswith("module "):
                yield line.removeprefix("module ").strip(), path.rpartition("/")[0]


def _dotted(name: str) -> str:
    return name.replace("\\", ".").strip(".")


def knots(edges: Mapping[str, Mapping[str, Sight]]) -> Iterable[Knot]:
    """Give the groups of folders in which each reaches each other, the largest first."""
    reached = {folder: _reachable(edges, folder) for folder in edges}
    done: set[str] = set()
    found = []
    for folder in sorted(edges):
        group = {other for other in reached[folder] if folder in reached.get(other, ())}
        if folder in done or len(group) <= 1:
            continue
        done |= group
        found.append(Knot(tuple(sorted(group)), _circle(edges, folder)))
    return sorted(found, key=lambda knot: (-len(knot.folders), knot.folders))


def _reachable(edges: Mapping[str, Mapping[str, Sight]], start: str) -> set[str]:
    seen: set[str] = set()
    front = [start]
    while front:
        for target in edges.get(front.pop(), ()):
            if target not in seen:
                seen.add(target)
                front.append(target)
    return seen


def _circle(edges: Mapping[str, Mapping[str, Sight]], start: str) -> tuple[Sight, ...]:
    """Give the imports of a shortest way from a folder back to it."""
    ways: list[tuple[str, tuple[Sight, ...]]] = [(start, ())]
    seen: set[str] = set()
    for folder, way in ways:
        for target, sight in edges.get(folder, {}).items():
            if target == start:
                return (*way, sight)
            if target not in seen:
                seen.add(target)
                ways.append((target, (*way, sight)))
    return ()
