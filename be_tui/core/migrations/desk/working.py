"""Works out what lies on the desk: the plan, and what is wrong with the change as it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.migrations.desk.model import Wanted, Worked
from be_tui.core.migrations.diff import Rename
from be_tui.core.migrations.model import Migration, Script, ScriptStatement
from be_tui.core.migrations.plan import plan
from be_tui.core.schema.state import open_state
from be_tui.core.sqltext import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Rule
    from be_tui.core.migrations.diff import Question
    from be_tui.core.migrations.model import FormatName
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Statement, Target, Unread

    Words = Callable[[Iterable[str]], Mapping[str, Rule]]

CHANGE = "change.sql"
"""What places in a change name as their file."""


def work_out(wanted: Wanted, words: Words | None = None) -> Worked:
    """Give the plan and the findings.

    Args:
        wanted: What lies on the desk.
        words: Gives the words of rules by their ids; without it nothing is checked.

    Raises:
        InputError: A rename names what is not there.
    """
    before, target = wanted.before.schema, wanted.before.target
    statements = tuple(split(wanted.change, target.engine))
    unread: tuple[Unread, ...] = ()
    if wanted.after is not None:
        after = wanted.after.schema
    else:
        after, unread = _changed(before, statements, target)
    renames, dropped = wanted.renames, wanted.dropped
    if wanted.after is None:
        renames += tuple(each for each in _renames(statements) if _came_to(each, after, statements))
    made = plan(before, after, target, renames, dropped, wanted.options)
    if wanted.after is None and made.questions:
        dropped |= {name for name in map(_old_name, made.questions) if _drops(wanted.change, name)}
        if dropped != wanted.dropped:
            made = plan(before, after, target, renames, dropped, wanted.options)
    findings: tuple[Finding, ...] = ()
    if words is not None and wanted.after is None and statements:
        findings = _checked(wanted, statements, target, words)
    return Worked(wanted, made, findings, unread)


def _changed(
    before: Schema, statements: Iterable[Statement], target: Target
) -> tuple[Schema, tuple[Unread, ...]]:
    """Give the schema that a change makes, and what of the change could not be taken in."""
    state = open_state(target, before)
    unread = []
    for statement in statements:
        found = state.apply(statement, CHANGE)
        if found is not None:
            unread.append(found)
    return state.schema(), tuple(unread)


_NAME = r"(?:[\w.$]+|\"[^\"]+\"|`[^`]+`|\"[^\"]+\"\.\"[^\"]+\")"
_RENAMES = (
    re.compile(
        rf"ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(?P<table>{_NAME})\s+RENAME\s+"
        rf"(?!TO\b|CONSTRAINT\b|INDEX\b|KEY\b)(?:COLUMN\s+)?(?P<column>{_NAME})\s+TO\s+(?P<to>{_NAME})",
        re.I,
    ),
    re.compile(
        rf"ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(?P<table>{_NAME})\s+RENAME\s+"
        rf"(?:TO\s+)(?P<to>{_NAME})",
        re.I,
    ),
    re.compile(rf"RENAME\s+TABLE\s+(?P<table>{_NAME})\s+TO\s+(?P<to>{_NAME})", re.I),
    re.compile(
        rf"ALTER\s+TABLE\s+(?P<table>{_NAME})\s+CHANGE\s+(?:COLUMN\s+)?(?P<column>{_NAME})\s+"
        rf"(?P<to>{_NAME})\s",
        re.I,
    ),
)


def _renames(statements: Iterable[Statement]) -> Iterator[Rename]:
    """Give the renames that a change states itself, so that nobody is asked about them."""
    now: dict[str, str] = {}
    for statement in statements:
        found = next(filter(None, (each.match(statement.text) for each in _RENAMES)), None)
        if found is None:
            continue
        table, to = _plain(found["table"]), _plain(found["to"])
        begun = now.get(table, table)
        column = found.groupdict().get("column")
        if column:
            yield Rename(begun, _plain(column), to)
        else:
            now[to] = begun
            yield Rename(begun, "", to)


def _came_to(rename: Rename, after: Schema, statements: Iterable[Statement]) -> bool:
    """Tell whether what was renamed is there in the end; a later statement may take it away."""
    tables = [each.to for each in _renames(statements) if not each.column]
    if not rename.column:
        return after.table(rename.to) is not None
    found = (after.table(name) for name in (*tables, rename.table.rpartition(".")[2]))
    return any(table is not None and table.column(rename.to) for table in found)


def _old_name(question: Question) -> str:
    rename = question.rename
    return f"{rename.table}.{rename.column}" if rename.column else rename.table


def _drops(change: str, name: str) -> bool:
    """Tell whether a change says itself that something goes, so that nobody is asked."""
    last = re.escape(name.rpartition(".")[2])
    said = rf"\bDROP\s+(?:COLUMN\s+|TABLE\s+)?(?:IF\s+EXISTS\s+)?(?:[\w\"`]+\.)?[\"`]?{last}\b"
    return re.search(said, change, re.I) is not None


def _plain(name: str) -> str:
    return name.replace('"', "").replace("`", "")


def _checked(
    wanted: Wanted, statements: Iterable[Statement], target: Target, words: Words
) -> tuple[Finding, ...]:
    from be_tui.core.migrations.checks import SAFETY, Against, check, findings

    form: FormatName = wanted.before.format or "sql"
    script = Script(CHANGE, tuple(ScriptStatement(each) for each in statements))
    migration = Migration(form, "", "change", CHANGE, script)
    found = check((migration,), target, Against(wanted.before.schema), SAFETY)
    return findings(found, words({each.rule for each in found}))
