"""The safe forms of the labelled set, as migrations that can be checked and run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.migrations.model import Migration, Script, ScriptStatement
from be_tui.core.sqltext import Statement
from tests.core.migrations.checks.labelled import cases, found_in, migration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.model import Wrapping
    from tests.core.migrations.checks.labelled import Case


@dataclass(frozen=True, slots=True)
class SafeCase:
    """One safe form."""

    case: Case
    rule: str
    before: Migration
    """What runs before the statement that it stands for."""

    phases: tuple[Migration, ...]

    def __str__(self) -> str:
        """Name it in a report of tests."""
        return f"{self.rule}: {self.case}"


def safe_cases(name: str) -> Iterator[SafeCase]:
    """Give every safe form that the cases of a file bring."""
    for case in cases(name):
        made = migration(case.sql, case.target.engine, case.wrapping)
        for found in found_in(case):
            if not found.remark.safe or found.given is None:
                continue
            at = next(
                number
                for number, each in enumerate(made.up.statements)
                if each.statement.start >= found.given.statement.start
                or found.given.statement.text in each.statement.text
            )
            earlier = Script("before.sql", made.up.statements[:at], case.wrapping)
            before = Migration("sql", "1", "before", "before.sql", earlier)
            phases = []
            for number, phase in enumerate(found.remark.safe):
                statements = [each for step in phase.steps for each in step.up]
                outside = any(each.outside for each in statements)
                wrapping: Wrapping = "none" if outside else "one"
                script = tuple(
                    ScriptStatement(Statement(each.sql, 0, line + 1, 1))
                    for line, each in enumerate(statements)
                )
                path = f"{number + 2}-{phase.name}.sql"
                up = Script(path, script, wrapping)
                phases.append(Migration("sql", str(number + 2), phase.name, path, up))
            yield SafeCase(case, found.rule, before, tuple(phases))
