"""Which of some packages a project asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.project.manifests import Dependency, Manifest

_FLAVOUR = re.compile(r"/v\d+$|/v\d+(?=/)")


@dataclass(frozen=True, slots=True)
class Package:
    """A package that a manifest asks for, and what that shows."""

    shows: str
    dependency: Dependency

    @property
    def fact(self) -> Fact:
        """Give it as a fact."""
        each = self.dependency
        return Fact(f"asks for {each.name}", each.path, each.line)


def asked_for(manifests: Iterable[Manifest], known: dict[str, str]) -> Iterator[Package]:
    """Give the known packages that manifests ask for, what only tests need left out.

    Args:
        manifests: The project's.
        known: By what they show: names with spaces between; a final `*` stands for any
            ending. Registries share their names, except where `npm:` or the like stands
            before one.
    """
    whole: dict[str, str] = {}
    starts: list[tuple[str, str]] = []
    for shows, names in known.items():
        for name in names.lower().split():
            if name.endswith("*"):
                starts.append((name[:-1], shows))
            else:
                whole[name] = shows
    for manifest in manifests:
        for dependency in manifest.dependencies:
            if dependency.for_tests:
                continue
            name = _FLAVOUR.sub("", dependency.name.lower())
            for written in (name, f"{dependency.ecosystem}:{name}"):
                begun = (shows for start, shows in starts if written.startswith(start))
                found = whole.get(written) or next(begun, "")
                if found:
                    yield Package(found, dependency)
                    break
