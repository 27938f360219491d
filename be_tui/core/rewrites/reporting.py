"""Rewrites as findings, as JSON, and as the text of the file that they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.findings import Edit, Finding, Fix, Place
from be_tui.core.jsonform import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge.model import Rule
    from be_tui.core.rewrites.model import Rewrite, Taken
    from be_tui.core.sqltext import Statement


def rewritten(text: str, rewrites: Iterable[Rewrite]) -> str:
    """Give a file's text with every statement as it was rewritten; the rest stays."""
    for each in sorted(rewrites, key=lambda one: one.statement.start, reverse=True):
        start = each.statement.start
        text = text[:start] + each.after + text[start + len(each.before) :]
    return text


def rewrite_findings(
    rewrites: Iterable[Rewrite], path: str, rules: Mapping[str, Rule]
) -> tuple[Finding, ...]:
    """Give each step as a finding, whose fix is the step where it was run and agreed.

    Args:
        rewrites: What came of each statement.
        path: The file that they stand in.
        rules: The words of each rule among them.
    """
    return tuple(
        _finding(found, taken, path, rules[taken.step.rule])
        for found in rewrites
        for taken in found.steps
        if taken.standing != "refused"
    )


def _finding(found: Rewrite, taken: Taken, path: str, rule: Rule) -> Finding:
    step = taken.step
    # Places of a later step are those of a text that no file has.
    first = taken.before == found.before
    edits: tuple[Edit, ...] = ()
    if taken.standing == "applied" and first:
        edits = tuple(
            Edit(_place(found.statement, each.start, each.end, path), each.text)
            for each in step.changes
        )
    span = (step.changes[0].start, step.changes[-1].end) if step.changes and first else (0, 0)
    why = f"{rule.why} Fine when: {rule.fine_when}" if rule.fine_when else rule.why
    return Finding(
        rule=step.rule,
        severity=rule.severity,
        place=_place(found.statement, *span, path),
        message=message(taken),
        why=why,
        fix=Fix(rule.fix, edits),
        references=rule.references,
        also_known_as=rule.also_known_as,
    )


def message(taken: Taken) -> str:
    """Say in one line what a step does, or what must hold before it may be taken."""
    step = taken.step
    if taken.standing == "applied" or not step.open:
        return step.says
    return f"{step.says}, if {' and '.join(each.must for each in step.open)}"


def _place(statement: Statement, start: int, end: int, path: str) -> Place:
    line, column = _at(statement, start)
    if end <= start:
        return Place(path, line, column, line, column)
    return Place(path, line, column, *_at(statement, end))


def _at(statement: Statement, offset: int) -> tuple[int, int]:
    before = statement.text[:offset]
    lines = before.count("\n")
    if not lines:
        return statement.line, statement.column + offset
    return statement.line + lines, offset - before.rindex("\n")


def rewrite_json(found: Rewrite, path: str) -> dict[str, Json]:
    """Give what came of a statement in its JSON form."""
    return {
        "path": path,
        "line": found.statement.line,
        "engine": found.target.engine,
        "before": found.before,
        "after": found.after,
        "trouble": found.trouble,
        "steps": [_step(taken) for taken in found.steps],
    }


def _step(taken: Taken) -> Json:
    step = taken.step
    return {
        "rule": step.rule,
        "standing": taken.standing,
        "says": step.says,
        "pays": step.pays,
        "obligations": [{"must": each.must, "fact": each.fact} for each in step.obligations],
        "why_not": taken.why,
        "after": step.sketch or taken.after,
        "trial": to_json(taken.trial),
    }
