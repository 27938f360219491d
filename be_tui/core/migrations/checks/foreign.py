"""What a project tells other checkers of migrations, so that a team need not tell it anew.

squawk's `.squawk.toml`, the `lint` blocks of `atlas.hcl`, and the initializer of strong_migrations
are read as far as they are static. What they leave out is left out here, by the names that rules
are also known as.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

_LARGEST = 256_000
_LINT = re.compile(r"^\s*(?P<name>\w+)\s*\{(?P<body>[^{}]*)\}", re.M)
_OFF = re.compile(r"\b(?:error\s*=\s*false|skip\s*=\s*true)\b")
_DISABLED = re.compile(r"StrongMigrations\.disable_check\(\s*:(\w+)")
_START = re.compile(r"StrongMigrations\.start_after\s*=\s*(\d+)")
_TIMEOUT = re.compile(r"StrongMigrations\.lock_timeout\s*=\s*[1-9]")
_VERSION = re.compile(r"StrongMigrations\.target_(?:postgresql_)?version\s*=\s*['\"]?([\d.]+)")


@dataclass(frozen=True, slots=True)
class Foreign:
    """What other tools were told."""

    left_out: tuple[tuple[str, str], ...] = ()
    """Tools and the names of theirs that they are told to leave alone."""

    weaker: tuple[tuple[str, str], ...] = ()
    """Those that are told but never fail a run."""

    passed_over: tuple[str, ...] = ()
    """Patterns of paths that squawk does not look at."""

    version: tuple[int, ...] = ()
    """Of PostgreSQL, where one of them says it."""

    in_transaction: bool | None = None
    """squawk's `assume_in_transaction`."""

    after: str = ""
    """The last version that strong_migrations does not look at."""

    lock_timeout: bool = False
    """Whether the runner sets one."""

    files: tuple[str, ...] = ()
    """What was read."""

    def passes_over(self, path: str) -> bool:
        """Tell whether a file is not to be looked at."""
        return any(fnmatch(path, each) or path.endswith(f"/{each}") for each in self.passed_over)


def read_foreign(root: str | Path) -> Foreign:
    """Give what the files of a project's root say; what cannot be read says nothing."""
    home = Path(root)
    squawk = _squawk(home / ".squawk.toml")
    weaker, atlas = _atlas(home / "atlas.hcl")
    rails = home / "config" / "initializers" / "strong_migrations.rb"
    ruby = "\n".join(line.split("#", 1)[0] for line in _text(rails).splitlines())
    start, told = _START.search(ruby), _VERSION.search(ruby)
    left_out = tuple(("strong_migrations", name) for name in _DISABLED.findall(ruby))
    return Foreign(
        (*squawk.left_out, *atlas, *left_out),
        weaker,
        squawk.passed_over,
        squawk.version or (_numbers(told[1]) if told else ()),
        squawk.in_transaction,
        start[1] if start else "",
        bool(_TIMEOUT.search(ruby)),
        tuple(
            each.name
            for each in (home / ".squawk.toml", home / "atlas.hcl", rails)
            if each.is_file()
        ),
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            return ""
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _squawk(path: Path) -> Foreign:
    try:
        given = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError:
        return Foreign()
    names = [("squawk", each) for each in _words(given.get("excluded_rules"))]
    version = given.get("pg_version")
    assumed = given.get("assume_in_transaction")
    return Foreign(
        tuple(names),
        passed_over=tuple(_words(given.get("excluded_paths"))),
        version=_numbers(version) if isinstance(version, str) else (),
        in_transaction=assumed if isinstance(assumed, bool) else None,
    )


def _words(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(".") if each.isdigit())


def _atlas(path: Path) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Give the analyzers that do not fail a run, and those that are skipped."""
    text = re.sub(r"(?m)(?:#|//).*$", "", _text(path))
    weaker: list[tuple[str, str]] = []
    skipped: list[tuple[str, str]] = []
    for block in re.finditer(r"\blint\s*\{", text):
        for each in _LINT.finditer(_braced(text, block.end())):
            off = _OFF.search(each["body"])
            if off is not None:
                (skipped if off[0].startswith("skip") else weaker).append(("Atlas", each["name"]))
    return tuple(weaker), tuple(skipped)


def _braced(text: str, start: int) -> str:
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            return text[start:at]
    return text[start:]
