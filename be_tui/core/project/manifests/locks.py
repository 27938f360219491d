"""Lock files: the version that each dependency stands at, and since when where that is stated.

They are large and machine-written, so most are read by one regular expression each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.project.manifests import own_paths
from be_tui.core.project.manifests.javascript import read_json
from be_tui.core.project.manifests.model import ManifestTrouble, canonical_name
from be_tui.core.project.manifests.python import as_table, table, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.project.checkout import Checkout
    from be_tui.core.project.manifests.model import Dependency, Ecosystem, Manifest

LARGEST = 8 << 20
"""Bytes of a lock file that is read."""


@dataclass(frozen=True, slots=True)
class Locked:
    """One package as a lock file fixes it."""

    name: str
    version: str
    path: str
    line: int = 0
    since: str = ""
    """When this version was published, as the file states it: ISO 8601; often empty."""


_TOML = re.compile(r'^name = "([^"]+)"\nversion = "([^"]+)"', re.MULTILINE)
_UPLOADED = re.compile(r'upload-time = "(\d{4}-\d\d-\d\d[^"]*)"')
_BY_PATTERN: dict[str, tuple[Ecosystem, re.Pattern[str]]] = {
    "uv.lock": ("pypi", _TOML),
    "poetry.lock": ("pypi", _TOML),
    "pdm.lock": ("pypi", _TOML),
    "Cargo.lock": ("cargo", _TOML),
    "package-lock.json": (
        "npm",
        re.compile(
            r'^    "(?:node_modules/)?((?:@[^/"]+/)?[^/"]+)": \{\s*"version": "([^"]+)"',
            re.MULTILINE,
        ),
    ),
    "yarn.lock": (
        "npm",
        re.compile(r'^"?((?:@[^/@"]+/)?[^@"\n]+)@[^\n]*:\n  version:? "?([^"\n]+)', re.MULTILINE),
    ),
    "pnpm-lock.yaml": (
        "npm",
        re.compile(r"^  ['/]*((?:@[^/@'\s]+/)?[^/@'(\s]+)[@/](\d[^:'(_\s]*)", re.MULTILINE),
    ),
    "Gemfile.lock": ("gem", re.compile(r"^    ([\w.-]+) \(([^)]+)\)$", re.MULTILINE)),
    "gradle.lockfile": ("maven", re.compile(r"^([\w.-]+:[\w.-]+):([^=\n]+)=", re.MULTILINE)),
    "mix.lock": ("hex", re.compile(r'^  "(\w+)": \{:hex, :\w+, "([^"]+)"', re.MULTILINE)),
}
_BY_JSON: dict[str, Ecosystem] = {
    "composer.lock": "composer",
    "Pipfile.lock": "pypi",
    "packages.lock.json": "nuget",
}
NAMES = (*_BY_PATTERN, *_BY_JSON)


class Locks:
    """The lock files of a project: each holds for its folder and those below it."""

    def __init__(self, checkout: Checkout, compiled: Iterable[Manifest] = ()) -> None:
        """Read them; one that cannot be read is as good as none.

        Args:
            checkout: The files.
            compiled: Requirements files that `is_compiled` tells to be lock files.
        """
        self._found: dict[tuple[str, str, str], Locked] = {}
        found = [path for name in NAMES for path in own_paths(checkout.by_name.get(name, ()))]
        self.paths = (*found, *(manifest.path for manifest in compiled))
        for manifest in compiled:
            for fixed in manifest.dependencies:
                version = fixed.spec.lstrip("= ")
                key = (manifest.folder, fixed.ecosystem, fixed.name)
                self._found[key] = Locked(fixed.name, version, manifest.path, fixed.line)
        for path in found:
            checkout.cancel.check()
            folder, _, name = path.rpartition("/")
            content = checkout.text(path, LARGEST) or ""
            ecosystem, locked = _read(path, name, content)
            for each in locked:
                key = (folder, ecosystem, canonical_name(ecosystem, each.name))
                self._found.setdefault(key, each)

    def of(self, manifest: Manifest, dependency: Dependency) -> Locked | None:
        """Give what fixes a manifest's dependency: the nearest lock file above it."""
        folder = manifest.folder
        while True:
            found = self._found.get((folder, dependency.ecosystem, dependency.name))
            if found or not folder:
                return found
            folder = folder.rpartition("/")[0]


def is_compiled(manifest: Manifest, manifests: Iterable[Manifest]) -> bool:
    """Tell whether a requirements file is made from a manifest beside it: all in it is fixed."""
    if not manifest.path.endswith(".txt") or not manifest.dependencies:
        return False
    fixed = all(each.spec.startswith("==") for each in manifest.dependencies)
    return fixed and any(
        each.folder == manifest.folder
        and each.ecosystem == manifest.ecosystem
        and not each.path.endswith(".txt")
        and each.dependencies
        for each in manifests
    )


def _read(path: str, name: str, content: str) -> tuple[Ecosystem, Iterable[Locked]]:
    if name in _BY_PATTERN:
        ecosystem, pattern = _BY_PATTERN[name]
        return ecosystem, _matches(path, content, pattern, dated=name == "uv.lock")
    try:
        data = read_json(content)
    except ManifestTrouble:
        return _BY_JSON[name], ()
    return _BY_JSON[name], _from_json(path, data)


def _matches(path: str, content: str, pattern: re.Pattern[str], *, dated: bool) -> Iterator[Locked]:
    line, counted = 1, 0
    for match in pattern.finditer(content):
        line += content.count("\n", counted, match.start())
        counted = match.start()
        since = None
        if dated:
            end = content.find("[[package]]", match.end())
            since = _UPLOADED.search(content, match.end(), end if end > 0 else len(content))
        yield Locked(match[1], match[2], path, line, since[1] if since else "")


def _from_json(path: str, data: dict[str, object]) -> Iterator[Locked]:
    for section in ("packages", "packages-dev"):
        packages = data.get(section)
        for package in packages if isinstance(packages, list) else ():
            known = as_table(package)
            name, version = text(known.get("name")), text(known.get("version"))
            yield Locked(name, version.removeprefix("v"), path, since=text(known.get("time")))
    for section in ("default", "develop"):
        for name, entry in table(data, section).items():
            yield Locked(name, text(as_table(entry).get("version")).lstrip("="), path)
    for framework in table(data, "dependencies").values():
        for name, entry in as_table(framework).items():
            yield Locked(name, text(as_table(entry).get("resolved")), path)
