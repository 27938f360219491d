"""What was found, with the words of the rules: findings that every writer takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.findings import Edit, Finding, Fix, Place
from be_tui.core.migrations.checks.marks import safe_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.knowledge import Library, Rule
    from be_tui.core.migrations.checks.found import Found
    from be_tui.core.sqltext import Statement


def words_of(library: Library, rules: Iterable[str]) -> Mapping[str, Rule]:
    """Give the words of rules; each is read from its file."""
    return {rule: library.rule(rule) for rule in sorted(set(rules))}


def findings(found: Iterable[Found], rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """Give findings in the order of what was found, each once."""
    return tuple(dict.fromkeys(finding(each, rules[each.rule]) for each in found))


def finding(found: Found, rule: Rule) -> Finding:
    """Put its words to one thing that was found."""
    remark = found.remark
    why = f"{rule.why} Fine when: {rule.fine_when}" if rule.fine_when else rule.why
    statements = safe_text(remark.safe, found.migration.format) if remark.safe else ""
    return Finding(
        rule.id,
        remark.severity or rule.severity,
        place_of(found),
        remark.message,
        why,
        Fix(rule.fix, _edits(found), statements),
        rule.references,
        rule.also_known_as,
    )


def place_of(found: Found) -> Place:
    """Give where something stands in the migration's file."""
    migration, given = found.migration, found.given
    path = migration.up.path or migration.path
    if given is None:
        return Place(path)
    if not given.exact:
        return Place(path, given.statement.line, given.statement.column)
    start, end = found.remark.span
    text = given.statement.text
    if not end:
        start, end = 0, len(text)
    line, column = _at(given.statement, start)
    end_line, end_column = _at(given.statement, max(end, start + 1))
    return Place(path, line, column, end_line, end_column)


def _at(statement: Statement, offset: int) -> tuple[int, int]:
    ahead = statement.text[:offset]
    lines = ahead.count("\n")
    if not lines:
        return statement.line, statement.column + offset
    return statement.line + lines, offset - ahead.rfind("\n")


def _edits(found: Found) -> tuple[Edit, ...]:
    """Give the safe form as an edit of the file, where all of it may stand in this file."""
    given, safe = found.given, found.remark.safe
    if given is None or not given.exact or len(safe) != 1:
        return ()
    statements = [each for step in safe[0].steps for each in step.up]
    wrapping = given.wrapping or found.migration.up.wrapping
    outside = all(each.outside for each in statements)
    if wrapping == "unknown" or (wrapping == "none") != outside:
        return ()
    whole = replace(found, remark=replace(found.remark, span=(0, 0)))
    text = ";\n".join(each.sql for each in statements)
    return (Edit(place_of(whole), text),)
