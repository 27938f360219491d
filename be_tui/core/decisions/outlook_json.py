"""What would settle or change a walk, and what authorities say of it, told to a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.flipping import flips
from be_tui.core.decisions.informing import inquiry
from be_tui.core.decisions.judging import stances

if TYPE_CHECKING:
    from be_tui.core.decisions.flipping import Flip, Flips
    from be_tui.core.decisions.judging import Stance
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.jsonform import Json

_DIGITS = 6
"""Of bits."""

_MOST = 50
"""Sets that are listed; `count` says how many there are."""


def outlook_json(walk: Walk) -> dict[str, Json]:
    """Give the parts of a walk's document that look ahead; their names are a contract."""
    ahead = inquiry(walk)
    return {
        "settled": ahead.settled,
        "bits_open": round(ahead.bits, _DIGITS),
        "ask_next": [
            {
                "question": each.question.id,
                "ask": each.question.ask,
                "bits": round(each.bits, _DIGITS),
                "assumed": each.assumed,
                "find_out": each.find_out,
            }
            for each in ahead.gains
        ],
        "ask_next_exact": ahead.exact,
        "flips": _flips(flips(walk)),
        "authorities": [_stance(each) for each in stances(walk)],
    }


def _flips(found: Flips) -> dict[str, Json]:
    return {
        "size": found.size,
        "count": len(found.sets),
        "tried_up_to": found.tried,
        "exact": found.whole,
        "sets": [_flip(each) for each in found.sets[:_MOST]],
    }


def _flip(flip: Flip) -> dict[str, Json]:
    return {
        "answers": [
            {
                "question": each.step.question.id,
                "option": each.option.id,
                "label": each.option.label,
            }
            for each in flip.changes
        ],
        "outcome": flip.outcome.id if flip.outcome else None,
        "opens": flip.opens.id if flip.opens else None,
        "among": [outcome.id for outcome in flip.among],
    }


def _stance(stance: Stance) -> dict[str, Json]:
    position = stance.position
    cited = position.sources if position else stance.authority.sources
    return {
        "authority": stance.authority.id,
        "title": stance.authority.title,
        "says": position.says if position else None,
        "outcome": stance.outcome.id if stance.outcome else None,
        "agrees": stance.agrees,
        "decides": _flips(stance.decides),
        "sources": [{"text": str(each), "url": each.url} for each in cited],
    }
