"""Writes docs/migration-rules.md: `python -m tests.core.migrations.checks.rules_page`.

The page is made of the rules' words, the table of what other tools look for, and the labelled cases
that the tests hold the rules to; a test fails when it is stale.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.knowledge import open_library
from be_tui.core.migrations.checks import FOLDER_RULES, PROFILE_OF, words_of
from be_tui.core.migrations.checks.rules import ENGINES_OF
from tests.core.migrations.checks.labelled import cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.knowledge import Rule

PAGE = Path(__file__).parents[4] / "docs" / "migration-rules.md"
CHECKS_OF_OTHERS = Path(__file__).parent / "others.txt"

_HEAD = """\
# Rules on migrations

Written by `make docs` from the rules themselves; do not edit it.

`be-tui migrate check` looks for the rules of the profile `safety`. `--profile strict`, `policy` and
`style` add theirs, `--enable RULE` and `--disable RULE` one. Each rule has labelled cases, broken
ones and clean look-alikes, that its tests hold it to; what is told of a folder while it is read is
tested with the readers of its format.

{rules} rules; {checks} checks of other tools, of which {covered} are found, and {reasons} are not,
each with the reason.
"""
_ENGINES = {"postgresql": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB", "sqlite": "SQLite"}
_COLUMNS = (
    *("rule", "what it finds", "engines", "profile", "severity"),
    *("cases broken, clean", "known elsewhere as"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One check that some tool has."""

    group: str
    check: str
    engines: str
    rules: tuple[str, ...]
    """Ours that find it."""

    why_not: str
    """Why there is no rule, or what does it instead of one."""


def rows() -> tuple[Row, ...]:
    """Give what other tools look for."""
    found, group = [], ""
    for line in CHECKS_OF_OTHERS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line[1:].replace("]", "")
        elif line and not line.startswith("#"):
            check, engines, told = (part.strip() for part in line.split("|"))
            named, _, reason = told.partition("~")
            found.append(Row(group, check, engines, tuple(named.split()), reason.strip()))
    return tuple(found)


def page() -> str:
    """Give the whole page."""
    with open_library() as library:
        words = words_of(library, {*PROFILE_OF, *FOLDER_RULES})
    checks = rows()
    covered = sum(bool(row.rules) for row in checks)
    head = _HEAD.format(
        rules=len(words), checks=len(checks), covered=covered, reasons=len(checks) - covered
    )
    return "\n".join((head, *_rules(words), "", *_others())) + "\n"


def _rules(words: Mapping[str, Rule]) -> Iterable[str]:
    broken, clean = _counts()
    yield "## The rules\n"
    yield f"| {' | '.join(_COLUMNS)} |"
    yield "|---" * len(_COLUMNS) + "|"
    for rule in sorted(words):
        word = words[rule]
        on = ENGINES_OF.get(rule, ())
        where = (
            ", ".join(_ENGINES[each] for each in on) if on and len(on) < len(_ENGINES) else "any"
        )
        counted = (
            f"{broken[rule]}, {clean[rule]}" if broken[rule] or clean[rule] else "its own tests"
        )
        cells = (
            f"`{rule}`",
            word.title,
            where,
            PROFILE_OF.get(rule, "safety"),
            word.severity,
            counted,
            ", ".join(word.also_known_as) or "-",
        )
        yield f"| {' | '.join(cells)} |"


def _counts() -> tuple[Counter[str], Counter[str]]:
    broken: Counter[str] = Counter()
    clean: Counter[str] = Counter()
    for name in ("postgresql", "mysql", "sqlite"):
        for case in cases(name):
            broken.update(case.rules)
            clean.update(case.absent)
    return broken, clean


def _others() -> Iterable[str]:
    yield "## What other tools look for"
    group = ""
    for row in rows():
        if row.group != group:
            group = row.group
            yield f"\n### {group}\n"
            yield "| check | engines | found by | why there is none |"
            yield "|---|---|---|---|"
        rules = ", ".join(f"`{rule}`" for rule in row.rules) or "-"
        yield f"| {row.check} | {row.engines} | {rules} | {row.why_not or '-'} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
