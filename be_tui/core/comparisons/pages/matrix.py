"""The whole of a comparison as a page: the ranking, the matrix, how far it holds, what turns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.comparisons.drawing import WEIGHTINGS, WITHIN
from be_tui.core.comparisons.pages.drawing import (
    ends_words,
    fitted,
    letter,
    percent,
    points_bar,
    said_score,
    share_bar,
)
from be_tui.core.comparisons.pages.turning import turning_page
from be_tui.core.comparisons.ranking import beaten, rank
from be_tui.core.decisions.pages.parts import heading, items, line
from be_tui.core.document import Document, Lines, Span
from be_tui.core.document.cells import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.comparisons.drawing import Shares, Weightings
    from be_tui.core.comparisons.model import Origin
    from be_tui.core.comparisons.ranking import Ranked
    from be_tui.core.comparisons.weighing import Matrix, Row, Value
    from be_tui.core.document import Block, Role, Text

_BAR = 24
_SHARE_BAR = 12
_NAME = 32
"""Cells of an option's name at most."""

ORIGINS: dict[Origin, str] = {
    "given": "",
    "profile": "raised or lowered by your profile",
    "yours": "yours",
}

WEIGHTINGS_WORDS: dict[Weightings, str] = {
    "near": f"within ±{WITHIN * 100:.0f} % of yours",
    "order": "in the order of yours",
    "any": "any at all",
}


def comparison_page(matrix: Matrix, shares: Sequence[Shares], *, bars: bool = True) -> Document:
    """Give all that there is to say about a comparison as it stands.

    Args:
        matrix: What is compared.
        shares: How far it holds.
        bars: Whether to draw figures; without, they are said, one in a line.
    """
    comparison = matrix.comparison
    blocks: list[Block] = [
        heading(comparison.title, "comparison", 1),
        line(comparison.question, "strong"),
        line(comparison.summary),
        heading("Ranking", "ranking"),
        *ranking_blocks(matrix, rank(matrix), bars=bars),
        heading("Scores and weights", "matrix"),
        Lines(tuple(_grid(matrix))),
        *items(_criterion(matrix, index) for index in range(len(matrix.weights))),
        heading("How far it holds", "sensitivity"),
        *sensitivity_blocks(shares, bars=bars),
    ]
    return Document(tuple(blocks)) + turning_page(matrix)


def ranking_blocks(matrix: Matrix, ranked: Sequence[Ranked], *, bars: bool = True) -> list[Block]:
    """Give the options in their order, with those that are ruled out or beaten."""
    name = _name_cells([each.option.title for each in ranked])
    blocks: list[Block] = []
    if ranked and not bars:
        blocks += items((Span(_said(each)),) for each in ranked)
    elif ranked:
        blocks.append(Lines(tuple(_ranked(each, name) for each in ranked)))
    else:
        blocks.append(line("Every option is ruled out.", "warning"))
    notes = [
        f"{each.option.title} is ruled out: {each.constraint.must}. {each.why}"
        for each in matrix.ruled_out
    ]
    notes += [
        f"{each.option.title} is nowhere better than {each.by.title}: no weights make it win."
        for each in beaten(matrix)
    ]
    blocks += [line(note, "warning") for note in notes]
    if matrix.open:
        count = f"{matrix.open} score{'' if matrix.open == 1 else 's'}"
        told = f"{count} not known exactly: the lighter part of a bar hangs on them."
        blocks.append(line(told, "muted"))
    return blocks


def _ranked(each: Ranked, name: int) -> Text:
    span = f"{each.points:5.1f}"
    ends = f"  {each.low:.0f} to {each.high:.0f}" if each.high - each.low > 0.05 else ""  # noqa: PLR2004 (what would be shown alike)
    return (
        Span(f"{each.place:>2}  "),
        Span(fitted(each.option.title, name), "strong" if each.place == 1 else "text"),
        Span(f"  {span}  "),
        *points_bar(each, _BAR),
        Span(ends, "muted"),
    )


def _said(each: Ranked) -> str:
    ends = f", {each.low:.0f} to {each.high:.0f}" if each.high > each.low else ""
    return f"{each.place}. {each.option.title}: {each.points:.1f} of 100 points{ends}"


def _name_cells(names: Sequence[str]) -> int:
    return min(max(map(width, names), default=0), _NAME)


def _grid(matrix: Matrix) -> list[Text]:
    """Give the matrix: an option a line, a criterion a column under its letter."""
    columns = range(len(matrix.weights))
    shown = [[_shown(value) for value in row.values] for row in matrix.rows]
    letters = [letter(index) for index in columns]
    weights = [f"{each.weight:g}" for each in matrix.weights]
    wide = [
        max(map(len, (letters[at], weights[at], *(row[at] for row in shown)))) for at in columns
    ]
    name = _name_cells([row.option.title for row in matrix.rows] + ["weight"])
    head = [
        (Span(" " * name), *_cells(letters, wide, "key")),
        (Span(fitted("weight", name), "muted"), *_cells(weights, wide, "muted")),
    ]
    out = {each.option.id for each in matrix.ruled_out}
    body = [
        _line(row, texts, wide, name, out=row.option.id in out)
        for row, texts in zip(matrix.rows, shown, strict=True)
    ]
    return [*head, *body]


def _line(row: Row, texts: Sequence[str], wide: Sequence[int], name: int, *, out: bool) -> Text:
    role: Role = "muted" if out else "text"
    return (Span(fitted(row.option.title, name), role), *_cells(texts, wide, role))


def _cells(texts: Sequence[str], wide: Sequence[int], role: Role) -> tuple[Span, ...]:
    said = "".join(f"  {text:>{cells}}" for text, cells in zip(texts, wide, strict=True))
    return (Span(said, role),)


def _shown(value: Value) -> str:
    return said_score(value.cell.estimate) + ("*" if value.origin == "yours" else "")


def _criterion(matrix: Matrix, index: int) -> Text:
    weight = matrix.weights[index]
    criterion = weight.criterion
    said = f" (weight {weight.weight:g}, {percent(weight.share)} of all"
    if weight.origin != "given":
        said += f"; {ORIGINS[weight.origin]}, {weight.before:g} before"
    better = "; less is better" if criterion.better == "less" else ""
    return (
        Span(letter(index), "key"),
        Span(f"  {criterion.title}", "strong"),
        Span(f"{said}). ", "muted"),
        Span(f"{ends_words(criterion)}{better}"),
    )


def sensitivity_blocks(shares: Sequence[Shares], *, bars: bool = True) -> list[Block]:
    """Give the share of weightings under which each option wins."""
    if not shares or not shares[0].shares:
        return [line("There is nothing to weigh.", "muted")]
    blocks: list[Block] = []
    for kind in WEIGHTINGS:
        for drawn in (each for each in shares if each.weightings == kind):
            blocks.append(line(f"Weights {WEIGHTINGS_WORDS[kind]}"))
            rows = _shares(drawn, _SHARE_BAR if bars else 0)
            blocks += [Lines(tuple(rows))] if bars else items(rows)
    blocks.append(line(drawn_words(shares[0]), "muted"))
    return blocks


def _shares(drawn: Shares, bar: int) -> list[Text]:
    winning = sorted(drawn.shares, key=lambda each: -each.share)
    shown = [each for each in winning if each.share > 0]
    name = _name_cells([each.option.title for each in shown])
    lines: list[Text] = [
        (
            Span(f"{percent(each.share):>6}  ", "strong"),
            *share_bar(each.share, bar),
            Span(f"  {fitted(each.option.title, name)}"),
        )
        for each in shown
    ]
    never = [each.option.title for each in winning if not each.share]
    if never:
        lines.append((Span(f"never   {', '.join(never)}", "muted"),))
    return lines


def drawn_words(drawn: Shares) -> str:
    """Say how the shares came about."""
    return (
        f"The share of {drawn.draws:,} weightings under which each wins, drawn from seed "
        f"{drawn.seed}; other draws would differ by about {drawn.error * 100:.1f} points."
    )
