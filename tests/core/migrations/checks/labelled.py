"""The labelled set: statements, with the rules that must be found and those that must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.migrations.checks import SAFETY, Against, check
from be_tui.core.migrations.model import Migration, Script, ScriptStatement
from be_tui.core.schema.state import schema_of_statements
from be_tui.core.sqltext import Target, split

if TYPE_CHECKING:
    from be_tui.core.migrations.checks import Found
    from be_tui.core.migrations.model import FormatName, Wrapping
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine

CASES = Path(__file__).parent / "cases"
_ENGINES: dict[str, Engine] = {
    "p": "postgresql",
    "t": "postgresql",
    "m": "mysql",
    "a": "mariadb",
    "s": "sqlite",
    "u": "sqlite",
}
_SELDOM = frozenset({"migration-no-lock-timeout"})
"""Told once a file of whatever locks: looked for only where a case names it."""


@dataclass(frozen=True, slots=True)
class Case:
    """Statements of one migration on one engine."""

    target: Target
    wrapping: Wrapping
    rules: frozenset[str]
    """What must be found."""

    absent: frozenset[str]
    """What must not, named so that a rule is seen to have its clean look-alike."""

    sql: str

    def __str__(self) -> str:
        """Name it in a report of tests."""
        return f"{self.target.engine} {'.'.join(map(str, self.target.version))}: {self.sql[:80]}"

    @property
    def wanted(self) -> frozenset[str]:
        """Give the rules to look for."""
        return (SAFETY - _SELDOM) | self.rules | self.absent


@cache
def cases(name: str) -> tuple[Case, ...]:
    """Read a file of cases."""
    found = []
    for line in (CASES / f"{name}.txt").read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        engines, rules, sql = (part.strip() for part in line.split("|", 2))
        named = rules.split()
        wanted = frozenset(each for each in named if not each.startswith("!"))
        absent = frozenset(each[1:] for each in named if each.startswith("!"))
        for letter, version in re.findall(r"([ptmasu])([\d.]*)", engines):
            number = tuple(map(int, version.split("."))) if version else ()
            wrapping: Wrapping = "one" if letter in "tu" else "none"
            found.append(Case(Target(_ENGINES[letter], number), wrapping, wanted, absent, sql))
    return tuple(found)


@cache
def tables(engine: Engine) -> Schema:
    """Give the tables that there are before each case."""
    name = "mysql" if engine in {"mysql", "mariadb"} else engine
    text = (CASES / f"{name}.sql").read_text()
    schema, unread = schema_of_statements(split(text, engine), Target(engine))
    assert unread == ()
    return schema


def migration(
    sql: str,
    engine: Engine = "postgresql",
    wrapping: Wrapping = "none",
    form: FormatName = "sql",
    path: str = "2.sql",
) -> Migration:
    """Make a migration of a text."""
    statements = tuple(ScriptStatement(each) for each in split(sql, engine))
    return Migration(form, "2", "case", path, Script(path, statements, wrapping))


def found_in(case: Case) -> tuple[Found, ...]:
    """Check one case."""
    made = migration(case.sql, case.target.engine, case.wrapping)
    return check((made,), case.target, Against(tables(case.target.engine)), case.wanted)
