"""One step of a plan as a document: what it takes, what it saw, what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import CodeBlock, Document, Heading, Lines, Paragraph, Span
from be_tui.core.plans.figures import count, duration, kilobytes, percent, short, times
from be_tui.core.plans.pages.drawing import OFF, draw, heat
from be_tui.core.plans.pages.plan import first_marks, remark_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from be_tui.core.document import Block, Text
    from be_tui.core.knowledge.model import Rule
    from be_tui.core.plans.judging import Remark
    from be_tui.core.plans.model import Node, Plan

_LABEL = 14


def step_lines(plan: Plan, remarks: Sequence[Remark], cells: int) -> tuple[Text, ...]:
    """Draw the steps of a plan: a line that names the columns, then a line for each node.

    Args:
        plan: What to draw.
        remarks: What is wrong with it; steps bear their numbers.
        cells: The width of a line.
    """
    return draw(plan, first_marks(remarks), cells)


def step_page(
    plan: Plan, number: int, remarks: Sequence[Remark], rules: Mapping[str, Rule]
) -> Document:
    """Give one step to read.

    Args:
        plan: The plan that it stands in.
        number: The step's place in `plan.nodes`.
        remarks: What is wrong with the plan; those about this step are told.
        rules: The words of each rule among them.
    """
    node = plan.nodes[number]
    blocks: list[Block] = [Heading((Span(node.title),), 2, "step")]
    if node.name and node.name != node.title:
        blocks.append(Paragraph((Span(node.name, "muted"),)))
    blocks.append(Lines(tuple(_figures(plan, node))))
    for remark in remarks:
        if remark.node == number:
            blocks += remark_blocks(remark, rules[remark.rule])
    for condition in node.conditions:
        blocks.append(Paragraph((Span(condition.kind, "muted"),)))
        blocks.append(CodeBlock(condition.text, "sql"))
    told = [_line(fact.name, fact.value) for fact in node.facts]
    if told:
        blocks.append(Lines(tuple(told)))
    return Document(tuple(blocks))


def _figures(plan: Plan, node: Node) -> Iterator[Text]:
    """Give a line for each thing that the plan tells of a step in figures."""
    share = plan.shares()[node.number]
    if plan.measure == "time" and node.own_ms is not None:
        yield _line("own time", f"{duration(node.own_ms)}, {percent(share)} of all", heat(share))
        if node.total_ms is not None:
            yield _line("with below", duration(node.total_ms))
    elif node.own_cost is not None:
        yield _line("own cost", f"{short(node.own_cost)}, {percent(share)} of all", heat(share))
    if node.never_executed:
        yield _line("run", "never", "muted")
    yield from _rows(node)
    for removed in node.removed:
        loops = node.actual.loops if node.actual else 1
        yield _line("thrown away", f"{count(removed.rows * loops)} rows by {removed.by}")
    if node.own_buffers is not None and node.own_buffers.touched:
        pages = node.own_buffers
        read = pages.shared_read + pages.local_read
        yield _line("pages", f"{count(pages.touched)}, {count(read)} of them from disk")
    if node.space is not None:
        yield _line("room", _room(node), "bad" if node.space.spilled else "text")
    if node.workers is not None:
        launched = node.workers.launched
        seen = "" if launched is None else f", {launched} launched"
        yield _line("workers", f"{node.workers.planned} planned{seen}")
    if node.heap_fetches:
        yield _line("heap fetches", count(node.heap_fetches))


def _rows(node: Node) -> Iterator[Text]:
    if node.estimate is not None:
        yield _line("rows expected", f"{count(node.estimate.rows)} a loop")
    if node.actual is not None:
        loops = f" in {count(node.actual.loops)} loops" if node.actual.loops > 1 else ""
        yield _line("rows seen", f"{count(node.actual.rows)} a loop{loops}")
    factor = node.factor
    if factor is not None and (factor >= 2 or factor <= 1 / 2):  # noqa: PLR2004 (as it is drawn)
        more = "more" if factor > 1 else "fewer"
        off = max(factor, 1 / factor) >= OFF
        yield _line("", f"{times(factor)} {more} than expected", "bad" if off else "muted")


def _room(node: Node) -> str:
    assert node.space is not None  # noqa: S101 (asked for only where there is one)
    space = node.space
    parts = [space.method] if space.method else []
    parts += [f"{kilobytes(space.memory_kb)} of memory"] if space.memory_kb else []
    parts += [f"{kilobytes(space.disk_kb)} on disk"] if space.disk_kb else []
    parts += [f"{space.batches} batches"] if space.batches > 1 else []
    return ", ".join(parts)


def _line(label: str, said: str, role: str = "text") -> Text:
    value = Span(said, "bad" if role == "bad" else "warning" if role == "warning" else "text")
    return (Span(f"{label:<{_LABEL}}", "muted"), value)
