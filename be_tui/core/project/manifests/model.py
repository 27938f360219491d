"""The nouns of manifests, and what their readers share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Ecosystem = Literal[
    "pypi", "npm", "maven", "go", "cargo", "gem", "composer", "nuget", "hex"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dependency:
    """One package that a manifest asks for."""

    ecosystem: Ecosystem
    name: str
    """As its registry compares it: lower case for PyPI, `group:artifact` for Maven."""

    spec: str
    """What is asked of its version, as written: `>=0.115,<1`; may be empty."""

    path: str
    line: int
    for_tests: bool = False
    """True for one that the service itself does not run with."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one manifest says."""

    path: str
    ecosystem: Ecosystem
    name: str = ""
    """What it calls the project."""

    dependencies: tuple[Dependency, ...] = ()
    trouble: str = ""
    """Why it could not be read."""

    @property
    def folder(self) -> str:
        """Give the folder that it stands in; empty for the root."""
        return self.path.rpartition("/")[0]


class ManifestTrouble(Exception):  # noqa: N818 (told as a trouble, never raised at the person)
    """A manifest cannot be read; the message says why."""


@dataclass(slots=True)
class Draft:
    """A manifest while it is being read."""

    path: str
    text: str
    ecosystem: Ecosystem
    name: str = ""
    found: list[Dependency] = field(default_factory=list)

    def add(self, name: str, spec: object = "", line: int = 0, *, for_tests: bool = False) -> None:
        """Add one dependency; its line is looked up by its name where it is not known."""
        if not name:
            return
        spec = spec if isinstance(spec, str) else ""
        line = line or line_of(self.text, name)
        canonical = canonical_name(self.ecosystem, name)
        self.found.append(
            Dependency(self.ecosystem, canonical, spec.strip(), self.path, line, for_tests)
        )

    def done(self) -> Manifest:
        """Give what was read."""
        return Manifest(self.path, self.ecosystem, self.name, tuple(self.found))


def canonical_name(ecosystem: Ecosystem, name: str) -> str:
    """Give a package's name as its registry compares names."""
    if ecosystem == "pypi":
        return re.sub(r"[-_.]+", "-", name).lower()
    return name.lower() if ecosystem in {"composer", "nuget"} else name


def line_of(text: str, name: str) -> int:
    """Give the line on which a name stands as a whole word; 0 where it does not."""
    loose = re.sub(r"(\\-|_|\\\.)+", "[-_.]+", re.escape(name))
    match = re.search(rf"(?<![\w./@-]){loose}(?![\w/-])", text, re.IGNORECASE)
    return text.count("\n", 0, match.start()) + 1 if match else 0


VERSION = re.compile(r"\d+(?:\.\d+)*(?:[-.]?[A-Za-z][\w.]*)?")


def version_in(spec: str) -> str:
    """Give the first version that a requirement names: `0.115` of `>=0.115,<1`."""
    match = VERSION.search(spec)
    return match[0] if match else ""
