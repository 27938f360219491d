"""What the desk says: a change, a question, a step, and what can be done before there is any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Items, Paragraph, Span
from be_tui.core.migrations.plan import PHASE_NOTES
from be_tui.core.migrations.plan.pages import step_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.document import Block, Role
    from be_tui.core.migrations.desk.model import Worked
    from be_tui.core.migrations.diff import Question
    from be_tui.core.migrations.plan import Step

EMPTY = Document(
    (
        Paragraph((Span("Say above what is to become of the tables, in plain DDL:"),)),
        CodeBlock("ALTER TABLE users ADD COLUMN email text NOT NULL;", "sql"),
        Paragraph(
            (
                Span("What comes of it stands here: the steps that a running service survives. "),
                Span("f2", "key"),
                Span(" says where the tables are described, "),
                Span("f4", "key"),
                Span(" names the tables as they are to be instead, "),
                Span("f8", "key"),
                Span(" opens an example."),
            )
        ),
    )
)
"""While nothing is to become of anything."""

SAME = Document((Paragraph((Span("Both sides are the same: there is nothing to do.", "good"),)),))

UNPROVED = Document(
    (
        Paragraph(
            (
                Span("r", "key"),
                Span(
                    " runs the steps on a scratch database of the same engine: there, back, and"
                    " there again, with generated rows. What each statement locks, rewrites and"
                    " reads is seen, and how long others wait."
                ),
            )
        ),
    )
)
"""Where nothing was proved yet."""


def change_page(worked: Worked, number: int) -> Document:
    """Give a change with its SQL, forwards and back."""
    from be_tui.core.migrations.plan.words import title

    change = worked.plan.changes[number]
    steps = [step for step in worked.plan.steps if step.title == title(change)]
    blocks: list[Block] = [Paragraph((Span(title(change), "strong"),))]
    for step in steps:
        blocks += step_blocks(step)
    if not steps:
        blocks.append(_said("It is done by several steps; the next tab has them all.", "muted"))
    return Document(tuple(blocks))


def question_page(question: Question) -> Document:
    """Give a probable rename with what speaks for it."""
    rename = question.rename
    name = f"{rename.table}.{rename.column}" if rename.column else rename.table
    sure = f"{question.likeness:.0%}"
    return Document(
        (
            Paragraph((Span(f"Is {name} called {rename.to} now?", "strong"),)),
            _said(f"Much speaks for it ({sure}): {', '.join(question.reasons)}."),
            _said("Until it is answered nothing is dropped, so that no data is lost in silence."),
            Paragraph((Span("enter", "key"), Span(" answers."))),
        )
    )


def step_page(step: Step) -> Document:
    """Give a step: when to run it, its SQL, what it does meanwhile, and the way back."""
    head = Paragraph((Span(step.title, "strong"), Span(f"  {step.phase}", "muted")))
    note = _said(PHASE_NOTES[step.phase], "muted")
    return Document((head, note, *step_blocks(step)))


def risk_of(step: Step) -> tuple[str, Role]:
    """Give in a word or two what others notice of a step, and how grave that is."""
    effects = [each.effects for each in step.up if each.effects is not None]
    if any(not each.known for each in effects):
        return "unknown", "warning"
    if any(each.kind == "data" for one in effects for each in one.breaks):
        return "data is lost", "bad"
    if step.phase != "contract" and any(each.breaks for each in effects):
        return "old code fails", "bad"
    blocking = [each for each in effects if each.blocks]
    if any(lock.blocks_reads for each in blocking for lock in each.locks):
        return "readers wait", "bad"
    if blocking:
        return "writers wait", "warning"
    if any(each.work for each in effects):
        return "takes long", "muted"
    return "a moment" if effects else "", "good"


def unread_page(worked: Worked) -> Document:
    """Give what of a change could not be taken in; nothing where all of it was."""
    if not worked.unread:
        return Document()
    lines = [
        (
            Paragraph(
                (
                    Span(f"line {each.statement.line}: ", "muted"),
                    Span(each.message, "warning"),
                )
            ),
        )
        for each in worked.unread
    ]
    return Document((_said("Not taken in:", "warning"), Items(tuple(lines))))


def remarks_page(remarks: Sequence[str]) -> Document:
    """Give what differs and cannot be told as a change."""
    return Document(tuple(_said(each, "warning") for each in remarks))


def _said(text: str, role: Role = "text") -> Paragraph:
    return Paragraph((Span(text, role),))
