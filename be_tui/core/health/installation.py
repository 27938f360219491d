"""Python, be-tui itself, what it depends on, and whether all of it is compiled."""

from __future__ import annotations

import sys
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING

import be_tui
from be_tui.core.health.model import Check
from be_tui.core.locations import is_packaged

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST = (3, 11)
"""The Python that be-tui is written for."""

NEEDED = {
    "textual": "textual",
    "markdown-it-py": "markdown_it",
    "pygments": "pygments",
    "pyyaml": "yaml",
    "platformdirs": "platformdirs",
    "sqlglot": "sqlglot",
    "postgast": "postgast",
    "jinja2": "jinja2",
}
"""Each dependency, and the package that it brings; a test holds it to pyproject.toml."""


def python() -> Iterator[Check]:
    """Tell which Python runs."""
    version = ".".join(map(str, sys.version_info[:3]))
    found = f"{version} at {sys.executable}"
    if sys.version_info < OLDEST:
        needed = ".".join(map(str, OLDEST))
        yield Check("Python", "wrong", found, f"install Python {needed} or newer")
    else:
        yield Check("Python", "ok", found)


def installed() -> Iterator[Check]:
    """Tell which be-tui runs, and how it came here."""
    yield Check("be-tui", "ok", f"{be_tui.__version__}, {_how()}")


def _how() -> str:
    here = Path(be_tui.__file__).parent
    if is_packaged():
        return f"installed in {here.parent}"
    try:
        stated = metadata.distribution("be-tui").read_text("direct_url.json") or ""
    except metadata.PackageNotFoundError:
        stated = ""
    if '"editable"' in stated:
        return f"editable install of {here.parent}"
    return f"run from the checkout at {here.parent}"


def dependencies() -> Iterator[Check]:
    """Tell the versions of what be-tui depends on."""
    versions, missing = [], []
    for name, package in NEEDED.items():
        if util.find_spec(package) is None:
            missing.append(name)
            continue
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{name} (of unknown version)")
    found = ", ".join(versions)
    if missing:
        found = f"missing: {', '.join(missing)}"
        todo = f"run `{sys.executable} -m pip install {' '.join(missing)}`"
        yield Check("dependencies", "wrong", found, todo)
    else:
        yield Check("dependencies", "ok", found)


def compiled() -> Iterator[Check]:
    """Tell whether starting has to compile anything again."""
    slow = [package for package in ("be_tui", "textual") if not _is_compiled(package)]
    if slow:
        found = f"none for {' and '.join(slow)}: each start takes 3 to 4 times as long"
        yield Check("compiled files", "note", found, _compile(slow))
    else:
        yield Check("compiled files", "ok", "there for be_tui and textual")


def _folder(package: str) -> Path | None:
    spec = util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _is_compiled(package: str) -> bool:
    """Tell whether most modules of a package have their compiled file."""
    folder = _folder(package)
    if folder is None:
        return True
    sources = list(folder.glob("*.py"))
    there = [each for each in sources if Path(util.cache_from_source(str(each))).is_file()]
    return 2 * len(there) >= len(sources)


def _compile(packages: list[str]) -> str:
    folders = " ".join(str(_folder(package)) for package in packages)
    todo = f"run `{sys.executable} -m compileall -q {folders}`"
    if sys.dont_write_bytecode:
        todo += ", as PYTHONDONTWRITEBYTECODE keeps Python from doing so"
    return todo
