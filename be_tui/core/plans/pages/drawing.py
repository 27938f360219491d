"""A plan's steps as lines of cells: time, bar, rows, and the step in its place of the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import Span
from be_tui.core.document.cells import clean, cut, width
from be_tui.core.plans.figures import duration, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.document import Role, Text
    from be_tui.core.plans.model import Node, Plan

HOT, WARM = 0.5, 0.2
"""Shares of the whole from which on a step is drawn as the dear one, or as one to look at."""

OFF = 10.0
"""Times that rows are off from which on the factor is drawn as a fault."""

_FULL, _EMPTY = "█", "░"
_OWN, _ROWS, _FACTOR = 8, 13, 6
_BAR, _WIDE_BAR = 8, 16
_WIDE = 120
_LEAST_TITLE = 24


def fitted(text: str, cells: int, *, right: bool = False) -> str:
    """Give a text in exactly so many cells."""
    said = clean(" ".join(text.split()))
    if width(said) > cells:
        said = cut(said, max(cells - 1, 0)) + "…"
    blank = " " * (cells - width(said))
    return blank + said if right else said + blank


def heat(share: float) -> Role:
    """Give the role of what takes such a part of the whole."""
    if share >= HOT:
        return "bad"
    return "warning" if share >= WARM else "text"


def draw(plan: Plan, marks: Mapping[int, int], cells: int) -> tuple[Text, ...]:
    """Draw the steps of a plan.

    Args:
        plan: What to draw.
        marks: The number of what is said of a node, by the node's number.
        cells: The width of a line.
    """
    measured = plan.measure != "none"
    rows = any(node.estimate or node.actual for node in plan.nodes)
    shares = plan.shares()
    lines: list[Text] = [_head(plan, measured=measured, rows=rows, cells=cells)]
    for node in plan.nodes:
        spans: list[Span] = []
        if measured:
            spans += _weight(plan, node, shares[node.number], cells)
        if rows:
            spans += _rows(node)
        room = cells - sum(width(span.text) for span in spans)
        spans += _step(node, marks.get(node.number, 0), shares[node.number], room)
        lines.append(tuple(spans))
    return tuple(lines)


def _bar_cells(cells: int) -> int:
    return _WIDE_BAR if cells >= _WIDE else _BAR


def _head(plan: Plan, *, measured: bool, rows: bool, cells: int) -> Text:
    said = ""
    if measured:
        own = "own time" if plan.measure == "time" else "own cost"
        said += fitted(own, _OWN, right=True) + " " * (_bar_cells(cells) + 2)
    if rows:
        seen = any(node.actual for node in plan.nodes)
        said += fitted("rows est→seen" if seen else "rows est.", _ROWS)
        said += " " * (_FACTOR + 2)
    return (Span(f"{said}step", "muted"),)


def _weight(plan: Plan, node: Node, share: float, cells: int) -> list[Span]:
    """Draw what a node takes itself, and its bar."""
    own = node.own_ms if plan.measure == "time" else node.own_cost
    if own is None:
        said = ""
    elif plan.measure == "time":
        said = duration(own) if own else "0 ms"
    else:
        said = short(own)
    bar = _bar_cells(cells)
    full = min(round(share * bar), bar)
    if share > 0 and not full and share >= 1 / (4 * bar):
        full = 1
    role = heat(share)
    return [
        Span(fitted(said, _OWN, right=True), role),
        Span(" "),
        Span(_FULL * full, role),
        Span(_EMPTY * (bar - full), "muted"),
        Span(" "),
    ]


def _rows(node: Node) -> list[Span]:
    """Draw the rows of a loop, expected and seen, with the factor where it is told."""
    expected = short(node.estimate.rows) if node.estimate else "?"
    if node.never_executed:
        said = f"{expected}→never"
    elif node.actual:
        said = f"{expected}→{short(node.actual.rows)}"
    else:
        said = expected if node.estimate else ""
    return [Span(fitted(said, _ROWS)), Span(" "), _factor(node), Span(" ")]


def _factor(node: Node) -> Span:
    factor = node.factor
    if factor is None or 1 / 2 < factor < 2:  # noqa: PLR2004 (as good as any estimate)
        return Span(" " * _FACTOR)
    times = factor if factor > 1 else 1 / factor
    said = f"{'↑' if factor > 1 else '↓'}{short(times) if times >= OFF else f'{times:.1f}'}×"
    return Span(fitted(said, _FACTOR), "bad" if times >= OFF else "muted")


def _step(node: Node, mark: int, share: float, room: int) -> list[Span]:
    """Draw the step in its place of the tree, with its loops and what is said of it."""
    indent = min(2 * node.depth, max(room - _LEAST_TITLE, 0) // 2 * 2)
    lead = " " * max(indent - 2, 0) + ("└ " if node.depth else "")
    spans = [Span(lead, "muted")] if lead else []
    room -= width(lead)
    if mark:
        sign = f"[{mark}] "
        spans.append(Span(sign, "key"))
        room -= width(sign)
    said = f"{node.name}: {node.title}" if node.name and node.name != node.title else node.title
    if node.actual and node.actual.loops > 1:
        said = f"{said} ×{short(node.actual.loops)}"
    role: Role = "muted" if node.never_executed else heat(share)
    spans.append(Span(fitted(said, room).rstrip(), role))
    return spans
