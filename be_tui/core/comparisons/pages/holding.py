"""The page of how far a comparison holds: shares of weightings, and the course of one weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.comparisons.pages.drawing import fitted, percent, plot
from be_tui.core.comparisons.ranking import beaten, rank
from be_tui.core.comparisons.turning import courses, crossings
from be_tui.core.decisions.pages.parts import heading, line
from be_tui.core.document import Document, Lines, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.comparisons.drawing import Shares
    from be_tui.core.comparisons.weighing import Matrix
    from be_tui.core.document import Block, Text

_HIGH = 14
"""Lines of a plot, axes included, where there is room."""

_LOW = 7
_BAR = 8
_FIGURE = 8
"""Cells of a share in figures, and of the gap before its bar."""


def holding_page(matrix: Matrix, shares: Sequence[Shares], cells: int = 80) -> Document:
    """Give how far the winner holds.

    Args:
        matrix: What is compared.
        shares: What came of the draws; nothing while they are being drawn.
        cells: The width of the page.
    """
    blocks: list[Block] = []
    if shares:
        blocks += [heading("How far it holds", "sensitivity"), _table(shares, cells)]
        names = {"near": "near yours", "order": "in your order", "any": "any at all"}
        drawn = shares[0]
        said = f"{drawn.draws:,} weightings drawn each: " + ", ".join(names.values())
        blocks.append(line(f"{said}; seed {drawn.seed}.", "muted"))
    else:
        blocks += [heading("How far it holds", "sensitivity"), line("drawing …", "muted")]
    blocks += [
        line(f"{each.option.title} is nowhere better than {each.by.title}.", "warning")
        for each in beaten(matrix)
    ]
    return Document(tuple(blocks))


def _table(shares: Sequence[Shares], cells: int) -> Lines:
    """Give the shares of all three ways to draw beside each other, an option a line."""
    order = sorted(shares[0].shares, key=lambda each: -sum(s.of(each.option.id) for s in shares))
    name = max((len(each.option.title) for each in order), default=0)
    name = min(name, 22)
    bar = min(max((cells - name) // len(shares) - _FIGURE, 0), _BAR)
    heads = {"near": "near", "order": "order", "any": "any"}
    head = "".join(f"{heads[each.weightings]:>{bar + _FIGURE}}" for each in shares)
    rows: list[Text] = [(Span(" " * name + head, "muted"),)]
    for each in order:
        parts: list[Span] = [Span(fitted(each.option.title, name))]
        for drawn in shares:
            share = drawn.of(each.option.id)
            full = round(share * bar)
            parts.append(Span("  " + "█" * full, "good"))
            parts.append(Span("░" * (bar - full), "muted"))
            parts.append(Span(f"{percent(share):>6}", "strong" if share else "muted"))
        rows.append(tuple(parts))
    return Lines(tuple(rows))


def course_page(matrix: Matrix, criterion_id: str, cells: int, *, high: bool = True) -> Document:
    """Draw each option's points as the weight of one criterion goes from 0 to 10.

    Args:
        matrix: What is compared.
        criterion_id: The criterion whose weight moves.
        cells: The width of the page.
        high: Whether there is room for a high plot.
    """
    ranked = rank(matrix)
    weight = matrix.weights[matrix.column(criterion_id)]
    if not ranked:
        return Document()
    every = {course.option.id: course for course in courses(matrix, criterion_id)}
    marks = crossings(matrix, criterion_id)
    drawn = plot(
        [every[each.option.id] for each in ranked],
        _signs(len(ranked)),
        marks,
        weight.weight,
        (min(cells, 72), _HIGH if high else _LOW),
    )
    told = [
        f"Above {mark.at:.3g} {mark.after.title} leads, below it {mark.before.title}."
        for mark in marks
    ]
    title = f"Points as the weight of “{weight.criterion.title}” goes from 0 to 10"
    blocks: list[Block] = [heading(title, "course", 3), Lines(drawn)]
    leader = ranked[0].option.title
    blocks += [line(each) for each in told] or [line(f"{leader} leads at every weight.")]
    legend = line(_legend([each.option.title for each in ranked]), "muted")
    return Document((*blocks, legend))


def _signs(count: int) -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [str(n) if n < 10 else letters[(n - 10) % 26] for n in range(1, count + 1)]  # noqa: PLR2004


def _legend(titles: Sequence[str]) -> str:
    return "  ".join(
        f"{sign} {title}" for sign, title in zip(_signs(len(titles)), titles, strict=True)
    )
