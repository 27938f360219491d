"""A difference, and a plan, as documents to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Heading, Items, Paragraph, Span
from be_tui.core.migrations.plan.effectwords import effect_lines
from be_tui.core.migrations.plan.model import PHASE_NOTES
from be_tui.core.migrations.plan.words import sign, table_of, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.document import Block, Role, Text
    from be_tui.core.migrations.diff import Change, Changes, Question
    from be_tui.core.migrations.plan.model import Plan, Statement, Step

_ROLES: dict[str, Role] = {"+": "added", "-": "removed", "~": "strong"}


def changes_page(changes: Changes) -> Document:
    """Give what tells two schemas apart, table by table."""
    blocks: list[Block] = [Heading((Span("Differences"),), 1, "differences")]
    if not (changes.changes or changes.held or changes.questions or changes.remarks):
        blocks.append(_said("Both schemas are the same.", "good"))
    by_table: dict[str, list[Change]] = {}
    for change in changes.changes:
        by_table.setdefault(table_of(change), []).append(change)
    for table in sorted(by_table):
        blocks.append(Heading((Span(table or "Beside tables"),), 2, f"of-{table or 'all'}"))
        blocks.append(_items(_change(each) for each in by_table[table]))
    blocks += _open(changes.questions, changes.held)
    blocks += [_said(f"{each}.", "warning") for each in changes.remarks]
    return Document(tuple(blocks))


def _change(change: Change) -> Text:
    mark = sign(change)
    return (Span(f"{mark} ", _ROLES[mark]), Span(title(change)))


def _items(lines: Iterable[Text]) -> Items:
    return Items(tuple((Paragraph(each),) for each in lines))


def _said(text: str, role: Role | None = None) -> Paragraph:
    return Paragraph((Span(text, role) if role else Span(text),))


def _open(questions: Iterable[Question], held: Iterable[Change]) -> Iterator[Block]:
    """Give the questions, and what waits for their answers."""
    asked = tuple(questions)
    if not asked:
        return
    yield Heading((Span("Probable renames"),), 2, "renames")
    yield _items(_question(each) for each in asked)
    waiting = tuple(held)
    if waiting:
        yield _said("Until that is said, this is not done:", "warning")
        yield _items(_change(each) for each in waiting)


def _question(question: Question) -> Text:
    rename = question.rename
    name = f"{rename.table}.{rename.column}" if rename.column else rename.table
    return (
        Span(f"{name} may be called {rename.to} now", "strong"),
        Span(f" ({', '.join(question.reasons)}): "),
        Span(f"--rename {rename}", "code"),
        Span(", or "),
        Span(f"--drop {name}", "code"),
        Span(" if it is to go"),
    )


def plan_page(plan: Plan) -> Document:
    """Give a plan, phase by phase, each step with its SQL and the way back."""
    blocks: list[Block] = [Heading((Span("Plan"),), 1, "plan")]
    if not plan.steps:
        blocks.append(_said("There is nothing to do.", "good"))
    if any(each.retry for each in plan.steps):
        said = f"A step that waits over {plan.options.lock_timeout} s for a lock gives up and has"
        blocks.append(_said(f"{said} done nothing: run it again.", "muted"))
    number = 0
    for phase in plan.phases:
        if len(plan.phases) > 1 or not plan.options.direct:
            blocks.append(Heading((Span(phase.capitalize()),), 2, phase))
            blocks.append(_said(PHASE_NOTES[phase], "muted"))
        for step in plan.phase(phase):
            number += 1
            blocks += _step(number, step)
    blocks += _open(plan.questions, plan.held)
    blocks += [_said(f"{each}.", "warning") for each in plan.remarks]
    return Document(tuple(blocks))


def _step(number: int, step: Step) -> Iterator[Block]:
    yield Heading((Span(f"{number}. {step.title}"),), 3, f"step-{number}")
    yield from step_blocks(step)


def step_blocks(step: Step) -> Iterator[Block]:
    """Give the SQL of a step, what it does meanwhile, and what takes it back."""
    yield CodeBlock("\n".join(_statement(each) for each in step.up), "sql")
    lines = [
        line for each in step.up if each.effects is not None for line in effect_lines(each.effects)
    ]
    lines += [(Span(each),) for each in step.notes]
    if step.outside:
        lines.append((Span("Runs outside of a transaction.", "muted"),))
    if step.leaves:
        lines.append((Span(step.leaves, "warning"),))
    if lines:
        yield _items(dict.fromkeys(lines))
    if step.down:
        back = "\n".join(f"{each.sql};" for each in step.down)
        yield _said("Back:", "muted")
        yield CodeBlock(back, "sql")
    if step.lost and step.down:
        yield _said(f"Going back does not bring back {step.lost}.", "warning")
    elif step.lost:
        yield _said(f"There is no way back: {step.lost}.", "warning")


def _statement(statement: Statement) -> str:
    said = f"{statement.sql};"
    return f"-- {statement.comment}\n{said}" if statement.comment else said
