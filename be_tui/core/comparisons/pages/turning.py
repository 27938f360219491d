"""The page of what would make another option win."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.comparisons.ranking import rank
from be_tui.core.comparisons.turning import score_turns, weight_turns
from be_tui.core.decisions.pages.parts import heading, items, line
from be_tui.core.document import Document, Span

if TYPE_CHECKING:
    from be_tui.core.comparisons.turning import ScoreTurn, WeightTurn
    from be_tui.core.comparisons.weighing import Matrix
    from be_tui.core.document import Block, Text

_SHOWN = 6
"""Changes that are told of each kind; they come with the smallest first."""

TITLE = "What would change it"


def turning_page(matrix: Matrix) -> Document:
    """Give the weights and scores that would make another option win, the smallest change first."""
    blocks: list[Block] = [heading(TITLE, "turns")]
    ranked = rank(matrix)
    if len(ranked) < 2:  # noqa: PLR2004 (one alone has nobody to lose to)
        blocks.append(line("There is nobody else to win.", "muted"))
    elif ranked[0].place == ranked[1].place:
        level = [each.option.title for each in ranked if each.place == 1]
        told = f"{' and '.join(level)} are level: only another weight or score parts them."
        blocks.append(line(told, "warning"))
    else:
        blocks += _turns(matrix)
    return Document(tuple(blocks))


def _turns(matrix: Matrix) -> list[Block]:
    weights, scores = weight_turns(matrix), score_turns(matrix)
    leader = rank(matrix)[0].option.title
    blocks: list[Block] = []
    if weights:
        blocks.append(line("One weight, all others as they are:"))
        blocks += items(weight_words(each) for each in weights[:_SHOWN])
    else:
        blocks.append(line(f"No single weight from 0 to 10 takes the lead from {leader}."))
    if scores:
        blocks.append(line("One score, all others as they are:"))
        blocks += items(score_words(each) for each in scores[:_SHOWN])
        if len(scores) > _SHOWN:
            blocks.append(line(f"and {len(scores) - _SHOWN} more scores", "muted"))
    else:
        blocks.append(line(f"No single score takes the lead from {leader}."))
    return blocks


def weight_words(turn: WeightTurn) -> Text:
    """Say what a weight would have to be."""
    over = turn.at >= turn.weight
    past = "above" if over else "below"
    change = f"{'+' if over else '-'}{turn.change:.2g}"
    return (
        Span(turn.criterion.title, "strong"),
        Span(f" weighs {past} {turn.at:.3g} rather than {turn.weight:g} ({change}): "),
        Span(turn.winner.title, "strong"),
        Span(" wins"),
    )


def score_words(turn: ScoreTurn) -> Text:
    """Say what a score would have to be."""
    unit = f" {turn.criterion.scale.unit}" if turn.criterion.scale else ""
    return (
        Span(f"{turn.option.title} has {turn.to:g}{unit} rather than {turn.score:g} by "),
        Span(turn.criterion.title, "strong"),
        Span(": "),
        Span(turn.winner.title, "strong"),
        Span(" wins"),
    )
