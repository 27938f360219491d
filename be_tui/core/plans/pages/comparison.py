"""Two plans as a document: what became of the time, then each step before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import Document, Heading, Lines, Paragraph, Span
from be_tui.core.plans.figures import duration, short, times
from be_tui.core.plans.pages.drawing import fitted

if TYPE_CHECKING:
    from be_tui.core.document import Block, Role, Text
    from be_tui.core.plans.comparing import Compared, Pair
    from be_tui.core.plans.model import Node, Plan

_SIGN, _COST, _ROWS = 2, 20, 15
_MUCH = 1.2
"""Times more or less from which on a change is drawn as one; less is noise."""


def compared_page(compared: Compared, cells: int = 80) -> Document:
    """Give two plans to read, step by step.

    Args:
        compared: The plans, with their steps in pairs.
        cells: The width that the steps are drawn for.
    """
    blocks: list[Block] = [
        Heading((Span("Before and after"),), 2, "compared"),
        Paragraph(_summary(compared)),
    ]
    blocks.append(Lines((_head(compared), *_lines(compared, cells))))
    return Document(tuple(blocks))


def _summary(compared: Compared) -> Text:
    before, after = compared.before.total_ms, compared.after.total_ms
    spans: list[Span] = []
    if before is not None and after is not None:
        spans += [Span(f"{duration(before)} → {duration(after)}: "), _change(before, after)]
        spans.append(Span(". "))
    said = "The steps are the same." if compared.same else _counted(compared)
    return (*spans, Span(said))


def _counted(compared: Compared) -> str:
    pairs = compared.pairs
    counts = (
        ("changed", sum(bool(pair.changes) for pair in pairs)),
        ("came", sum(pair.before < 0 for pair in pairs)),
        ("went", sum(pair.after < 0 for pair in pairs)),
    )
    return "Steps: " + ", ".join(f"{number} {word}" for word, number in counts if number) + "."


def _change(before: float, after: float) -> Span:
    if not before or not after:
        return Span("not to be compared", "muted")
    factor = after / before
    if 1 / _MUCH < factor < _MUCH:
        return Span("about the same", "muted")
    if factor > 1:
        return Span(f"{times(factor)} slower", "bad")
    return Span(f"{times(factor)} faster", "good")


def _measured(compared: Compared) -> bool:
    return compared.before.measure == compared.after.measure == "time"


def _head(compared: Compared) -> Text:
    own = "own time" if _measured(compared) else "own cost"
    return (Span(f"{'':{_SIGN}}{own:<{_COST}}{'rows seen':<{_ROWS}}step", "muted"),)


def _lines(compared: Compared, cells: int) -> list[Text]:
    lines: list[Text] = []
    for pair in compared.pairs:
        lines.append(_line(compared, pair, cells))
        lead = " " * (_SIGN + _COST + _ROWS)
        room = max(cells - len(lead) - 2, _COST)
        lines += [
            (Span(f"{lead}  "), Span(fitted(change, room).rstrip(), "hunk"))
            for change in pair.changes
        ]
    return lines


def _line(compared: Compared, pair: Pair, cells: int) -> Text:
    old = compared.before.nodes[pair.before] if pair.before >= 0 else None
    new = compared.after.nodes[pair.after] if pair.after >= 0 else None
    node = new or old
    if node is None:
        raise AssertionError
    sign, role = _sign(pair)
    title = "  " * min(node.depth, 8) + node.title
    room = cells - _SIGN - _COST - _ROWS
    return (
        Span(f"{sign:<{_SIGN}}", role),
        _own(compared, old, new),
        Span(fitted(_rows(old, new), _ROWS)),
        Span(fitted(title, room).rstrip(), role),
    )


def _sign(pair: Pair) -> tuple[str, Role]:
    if pair.before < 0:
        return "+", "added"
    if pair.after < 0:
        return "-", "removed"
    return ("~", "hunk") if pair.changes else ("", "text")


def _own(compared: Compared, old: Node | None, new: Node | None) -> Span:
    timed = _measured(compared)
    before, after = _weight(old, timed=timed), _weight(new, timed=timed)
    said = f"{_figure(before, timed=timed)} → {_figure(after, timed=timed)}"
    role: Role = "text"
    if before is not None and after is not None and max(before, after) >= _least(compared.after):
        role = "bad" if after > before * _MUCH else "good" if after * _MUCH < before else "text"
    return Span(fitted(said if said != "- → -" else "", _COST), role)


def _least(plan: Plan) -> float:
    """Give what is worth a colour: a twentieth of the whole."""
    return plan.weight / 20


def _weight(node: Node | None, *, timed: bool) -> float | None:
    if node is None:
        return None
    return node.own_ms if timed else node.own_cost


def _figure(number: float | None, *, timed: bool) -> str:
    if number is None:
        return "-"
    if not timed:
        return short(number)
    return duration(number) if number else "0 ms"


def _rows(old: Node | None, new: Node | None) -> str:
    said = [short(node.rows) if node and node.rows is not None else "-" for node in (old, new)]
    return " → ".join(said) if set(said) != {"-"} else ""
