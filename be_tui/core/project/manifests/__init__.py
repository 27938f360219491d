"""Manifests: what a project says that it is made with, each dependency with its line.

for manifest in read_manifests(checkout):
    manifest.name, manifest.dependencies
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from be_tui.core.project.manifests.model import (
    Dependency,
    Draft,
    Ecosystem,
    Manifest,
    ManifestTrouble,
    version_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.project.checkout import Checkout

__all__ = [
    "Dependency",
    "Ecosystem",
    "Manifest",
    "is_own",
    "own_paths",
    "read_manifests",
    "version_in",
]

_READERS: tuple[tuple[str, Ecosystem, str], ...] = (
    (r"pyproject\.toml", "pypi", "python.pyproject"),
    (r"requirements.*\.txt|requirements/.+\.txt", "pypi", "python.requirements"),
    (r"setup\.cfg", "pypi", "python.setup_cfg"),
    (r"setup\.py", "pypi", "python.setup_py"),
    (r"Pipfile", "pypi", "python.pipfile"),
    (r"package\.json", "npm", "javascript.package_json"),
    (r"pom\.xml", "maven", "jvm.pom"),
    (r"build\.gradle(?:\.kts)?", "maven", "jvm.gradle"),
    (r"settings\.gradle(?:\.kts)?", "maven", "jvm.gradle_settings"),
    (r".*\.versions\.toml", "maven", "jvm.version_catalogue"),
    (r"go\.mod", "go", "others.go_mod"),
    (r"Cargo\.toml", "cargo", "others.cargo"),
    (r"Gemfile", "gem", "others.gemfile"),
    (r"composer\.json", "composer", "others.composer"),
    (r".*\.(?:cs|fs|vb)proj|Directory\.Packages\.props", "nuget", "others.dotnet"),
    (r"mix\.exs", "hex", "others.mix"),
)  # fmt: skip
"""The file names, the registry, and the reader: module and function of this package."""

_NAMES = re.compile("|".join(f"({names})" for names, _, _ in _READERS))

MOST = 300
"""Manifests read; a monorepo with more is told by these."""

DEEPEST = 5
"""Folders above a manifest."""

_NOT_OWN = frozenset(
    {
        "node_modules", "bower_components", "vendor", "third_party", "Pods", "test", "tests",
        "__tests__", "spec", "fixtures", "__fixtures__", "testdata", "example", "examples",
        "sample", "samples", "template", "templates", "docs", "contrib",
    }
)  # fmt: skip
"""Folders whose manifests tell of something else than this project."""


def is_own(folder: str) -> bool:
    """Tell whether what stands in a folder is about the project itself."""
    if not folder:
        return True
    parts = folder.split("/")
    return len(parts) <= DEEPEST and _NOT_OWN.isdisjoint(parts)


def own_paths(paths: Iterable[str]) -> tuple[str, ...]:
    """Give the paths that tell of the project itself, not of its fixtures, examples or docs."""
    return tuple(path for path in paths if is_own(path.rpartition("/")[0]))


def read_manifests(checkout: Checkout) -> tuple[Manifest, ...]:
    """Read the manifests of a project, those at the top first."""
    known = [
        (f"{folder}/{name}" if folder else name, match.lastindex)
        for folder, names in checkout.by_folder.items()
        if is_own(folder)
        for name in names
        if (match := _NAMES.fullmatch(_tail(folder, name))) and match.lastindex
    ]
    known.sort(key=lambda each: (each[0].count("/"), each[0]))
    read = []
    for path, index in known[:MOST]:
        checkout.cancel.check()
        content = checkout.text(path)
        if content is not None:
            _, ecosystem, reader = _READERS[index - 1]
            read.append(_read(Draft(path, content, ecosystem), reader))
    return tuple(read)


def _read(draft: Draft, reader: str) -> Manifest:
    module, _, function = reader.partition(".")
    try:
        getattr(import_module(f"{__name__}.{module}"), function)(draft)
    except ManifestTrouble as trouble:
        return Manifest(draft.path, draft.ecosystem, trouble=str(trouble))
    return draft.done()


def _tail(folder: str, name: str) -> str:
    """Give a file's name, with its folder where that is what makes it a manifest."""
    return f"requirements/{name}" if folder.endswith("requirements") else name
