"""What the desk says: a change, a question, a step, and what can be done before there is any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Heading, Items, Paragraph, Span
from be_tui.core.migrations.plan import PHASE_NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.document import Block, Role, Text
    from be_tui.core.migrations.desk.model import Worked
    from be_tui.core.migrations.diff import Question
    from be_tui.core.migrations.model import Effects, Online, RelationLock, Work
    from be_tui.core.migrations.plan import Statement, Step

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


def step_blocks(step: Step) -> Iterable[Block]:
    """Give the SQL of a step with what it does, and what takes it back."""
    yield from (_said(note) for note in step.notes)
    for statement in step.up:
        if statement.comment:
            yield _said(statement.comment, "muted")
        yield CodeBlock(f"{statement.sql};", "sql")
        yield from _effects(statement)
    if step.retry:
        yield _said("It gives up when a lock takes too long, and is to be tried again.", "muted")
    if step.leaves:
        yield _said(f"If it fails: {step.leaves}")
    yield from _way_back(step)


def _way_back(step: Step) -> Iterable[Block]:
    if step.down:
        yield Heading((Span("The way back"),), 3, "back")
        yield CodeBlock("\n".join(f"{each.sql};" for each in step.down), "sql")
        if step.lost:
            yield _said(f"It does not bring back {step.lost}.", "warning")
    elif step.lost:
        yield _said(f"There is no way back: {step.lost}.", "warning")


def _effects(statement: Statement) -> Iterable[Block]:
    effects = statement.effects
    if effects is None:
        return
    lines = list(_lines(effects))
    if statement.outside:
        lines.append((Span("runs outside of a transaction", "muted"),))
    if lines:
        yield Items(tuple((Paragraph(line),) for line in lines))


def _lines(effects: Effects) -> Iterable[Text]:
    if not effects.known:
        yield (Span(f"what it does cannot be told: {effects.why_unknown}", "warning"),)
    for lock in effects.locks:
        yield _lock(lock, long=bool(effects.work))
    for work in effects.work:
        yield _work(work)
    for online in effects.online:
        yield _online(online)
    for failure in effects.failures:
        yield (Span("may fail: ", "warning"), Span(failure.message))
    for each in effects.breaks:
        yield (Span(f"{each.target}: ", "warning"), Span(each.message))


def _lock(lock: RelationLock, *, long: bool) -> Text:
    role: Role = "muted"
    said = "nobody waits"
    if lock.blocks_reads:
        said, role = "readers and writers wait", "bad" if long else "muted"
    elif lock.blocks_writes:
        said, role = "writers wait", "warning" if long else "muted"
    elif lock.mode in _SELF:
        said = "other changes of the table wait"
    time = ", as long as it runs" if long and lock.blocks_writes else ""
    time = ", for a moment" if not long and lock.blocks_writes else time
    return (Span(f"{lock.relation}: "), Span(f"{lock.mode}, {said}{time}", role))


_SELF = frozenset({"SHARE UPDATE EXCLUSIVE"})

_WORKS = {
    "rewrite": "is written anew, row by row",
    "scan": "is read through",
    "index build": "has an index built",
    "key check": "has every row looked up",
}


def _work(work: Work) -> Text:
    because = f": {work.because}" if work.because else ""
    return (Span(f"{work.relation} "), Span(f"{_WORKS[work.kind]}{because}", "warning"))


def _online(online: Online) -> Text:
    role: Role = "warning" if online.lock != "NONE" else "muted"
    because = f": {online.because}" if online.because else ""
    return (
        Span(f"{online.table}: "),
        Span(f"ALGORITHM={online.algorithm}, LOCK={online.lock}{because}", role),
    )


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
