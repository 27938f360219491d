"""A comparison as it stands, for programs: `be-tui compare --json`, and the block of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.comparisons.ranking import beaten, rank
from be_tui.core.comparisons.turning import score_turns, weight_turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.comparisons.drawing import Shares
    from be_tui.core.comparisons.ranking import Ranked
    from be_tui.core.comparisons.weighing import Matrix, Row, Weight
    from be_tui.core.jsonform import Json

_DIGITS = 6


def report(matrix: Matrix, shares: Sequence[Shares]) -> dict[str, Json]:
    """Give all that was weighed, and what came of it."""
    ranked = rank(matrix)
    return {
        "format": 1,
        "comparison": matrix.comparison.id,
        "version": matrix.comparison.version,
        "criteria": [_criterion(each) for each in matrix.weights],
        "options": [_option(matrix, row) for row in matrix.rows],
        "constraints": [
            {"id": must.constraint.id, "holds": must.holds, "origin": must.origin}
            for must in matrix.musts
        ],
        "ruled_out": [
            {"option": each.option.id, "constraint": each.constraint.id, "why": each.why}
            for each in matrix.ruled_out
        ],
        "ranking": [_ranked(each) for each in ranked],
        "beaten": [{"option": each.option.id, "by": each.by.id} for each in beaten(matrix)],
        "sensitivity": [_shares(each) for each in shares],
        "weight_turns": [
            {
                "criterion": turn.criterion.id,
                "weight": turn.weight,
                "at": round(turn.at, _DIGITS),
                "winner": turn.winner.id,
            }
            for turn in weight_turns(matrix)
        ],
        "score_turns": [
            {
                "option": turn.option.id,
                "criterion": turn.criterion.id,
                "score": round(turn.score, _DIGITS),
                "to": turn.to,
                "winner": turn.winner.id,
            }
            for turn in score_turns(matrix)
        ],
    }


def _criterion(weight: Weight) -> Json:
    return {
        "id": weight.criterion.id,
        "title": weight.criterion.title,
        "weight": weight.weight,
        "share": round(weight.share, _DIGITS),
        "origin": weight.origin,
    }


def _option(matrix: Matrix, row: Row) -> Json:
    pairs = zip(matrix.weights, row.values, strict=True)
    return {
        "id": row.option.id,
        "title": row.option.title,
        "scores": {
            weight.criterion.id: {
                "score": str(value.cell.estimate) if value.cell.estimate else "?",
                "value": [round(value.low, _DIGITS), round(value.high, _DIGITS)],
                "origin": value.origin,
                "why": value.cell.why,
            }
            for weight, value in pairs
        },
    }


def _ranked(each: Ranked) -> Json:
    return {
        "option": each.option.id,
        "place": each.place,
        "points": round(each.points, _DIGITS),
        "low": round(each.low, _DIGITS),
        "high": round(each.high, _DIGITS),
        "contributions": {
            part.criterion.id: round(part.points, _DIGITS) for part in each.contributions
        },
    }


def _shares(drawn: Shares) -> Json:
    return {
        "weightings": drawn.weightings,
        "draws": drawn.draws,
        "seed": drawn.seed,
        "within": drawn.within if drawn.weightings == "near" else None,
        "standard_error": round(drawn.error, _DIGITS),
        "wins": {each.option.id: round(each.share, _DIGITS) for each in drawn.shares},
    }
