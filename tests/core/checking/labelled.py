"""The labelled set: statements and tables, with the rules that must be found, engine by engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.checking import Text, check, rules_of
from be_tui.core.knowledge import open_library
from be_tui.core.schema import read_schema
from be_tui.core.sqltext import Engine, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Rule
    from be_tui.core.schema import Schema

CASES = Path(__file__).parent / "cases"
_ENGINES: dict[str, Engine] = {"p": "postgresql", "m": "mysql", "a": "mariadb", "s": "sqlite"}


@dataclass(frozen=True, slots=True)
class Case:
    """One statement on one engine."""

    target: Target
    rules: frozenset[str]
    """What must be found, and nothing besides."""

    sql: str
    file: str

    def __str__(self) -> str:
        """Name it in a report of tests."""
        return f"{self.target.engine}: {self.sql[:60]}"


def cases(file: str) -> list[Case]:
    """Read a file of cases."""
    found = []
    for line in (CASES / file).read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        engines, rules, sql = (part.strip() for part in line.split("|", 2))
        for letter, version in re.findall(r"([pmas])([\d.]*)", engines):
            number = tuple(map(int, version.split("."))) if version else ()
            target = Target(_ENGINES[letter], number)
            found.append(Case(target, frozenset(rules.split()), sql, file))
    return found


@cache
def words() -> Mapping[str, Rule]:
    """Give the words of the rules."""
    with open_library() as library:
        return rules_of(library)


@cache
def tables(engine: Engine) -> Schema:
    """Give the tables of the queries, as an engine reads them."""
    return read_schema((CASES / "schema.sql").read_text(), Target(engine)).schema


def findings(case: Case) -> tuple[Finding, ...]:
    """Check one case."""
    schema = tables(case.target.engine) if case.file == "queries.txt" else None
    return check((Text("case", case.sql),), words(), schema, case.target)
