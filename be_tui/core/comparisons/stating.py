"""What a person says about a comparison: weights, scores and constraints of their own.

It is kept apart from the comparison, by ids, so that it survives a new version of the file;
what the file has no place for any more is told, and left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.comparisons.model import HEAVIEST, HIGHEST, LOWEST, Estimate
from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.comparisons.model import Alternative, Comparison, Constraint, Criterion
    from be_tui.core.jsonform import Json

_NUMBER = r"-?(?:\d+(?:\.\d+)?|\.\d+)"
_ESTIMATE = re.compile(rf"({_NUMBER})(?:\s*(?:-|–|\.\.)\s*({_NUMBER}))?")
_LARGEST = 1e12
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class StatedWeight:
    """A weight of a person's own."""

    criterion: str
    weight: float


@dataclass(frozen=True, slots=True)
class StatedScore:
    """A score of a person's own, with its reason where one was given."""

    option: str
    criterion: str
    estimate: Estimate | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class StatedMust:
    """Whether a constraint holds here."""

    constraint: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """All that was said about one comparison."""

    weights: tuple[StatedWeight, ...] = ()
    scores: tuple[StatedScore, ...] = ()
    musts: tuple[StatedMust, ...] = ()

    @property
    def count(self) -> int:
        """Give how many things were said."""
        return len(self.weights) + len(self.scores) + len(self.musts)


def with_weight(stated: Stated, comparison: Comparison, criterion_id: str, text: str) -> Stated:
    """Say how much a criterion counts; an empty text takes it back.

    Raises:
        InputError: There is no such criterion, or the text is no weight.
    """
    criterion = criterion_of(comparison, criterion_id)
    kept = tuple(each for each in stated.weights if each.criterion != criterion.id)
    if not text.strip():
        return replace(stated, weights=kept)
    found = re.fullmatch(_NUMBER, text.strip())
    weight = float(text) if found else -1.0
    if not 0 <= weight <= HEAVIEST:
        raise InputError(
            f"{criterion.id}={text}: a weight is a number from 0 to {HEAVIEST:g}",
            hint="0 leaves the criterion out",
        )
    return replace(stated, weights=(*kept, StatedWeight(criterion.id, weight)))


def with_score(
    stated: Stated,
    comparison: Comparison,
    option_id: str,
    criterion_id: str,
    text: str,
    why: str = "",
) -> Stated:
    """Say how an option does by a criterion; an empty text takes it back.

    Args:
        stated: What was said before.
        comparison: What it is about.
        option_id: The option.
        criterion_id: The criterion.
        text: A score or figure, `2-4` for a range, `?` for not known.
        why: The reason; the one given before stays where this is empty.

    Raises:
        InputError: There is no such option or criterion, or the text is no score of it.
    """
    option, criterion = option_of(comparison, option_id), criterion_of(comparison, criterion_id)
    same = (option.id, criterion.id)
    before = [each for each in stated.scores if (each.option, each.criterion) == same]
    kept = tuple(each for each in stated.scores if each not in before)
    if not text.strip():
        return replace(stated, scores=kept)
    why = " ".join(why.split())[:_LONGEST_REASON] or (before[0].why if before else "")
    score = StatedScore(option.id, criterion.id, read_estimate(criterion, text), why)
    return replace(stated, scores=(*kept, score))


def with_must(stated: Stated, comparison: Comparison, constraint_id: str, *, holds: bool) -> Stated:
    """Say whether a constraint holds here.

    Raises:
        InputError: There is no such constraint.
    """
    constraint = constraint_of(comparison, constraint_id)
    kept = tuple(each for each in stated.musts if each.constraint != constraint.id)
    if holds == constraint.holds:
        return replace(stated, musts=kept)
    return replace(stated, musts=(*kept, StatedMust(constraint.id, holds)))


def read_estimate(criterion: Criterion, text: str) -> Estimate | None:
    """Read a score or figure as it is typed: `4`, `2-4`, `?`.

    Raises:
        InputError: It is none.
    """
    said = text.strip()
    if said == "?":
        return None
    found = _ESTIMATE.fullmatch(said)
    if found is None:
        raise InputError(f"{criterion.id}: {said!r} is no {_kind(criterion)}", hint=_HINT)
    low = float(found[1])
    high = float(found[2]) if found[2] else low
    if low > high:
        raise InputError(f"{criterion.id}: {said!r} goes from the larger to the smaller")
    least, most = (-_LARGEST, _LARGEST) if criterion.scale else (LOWEST, HIGHEST)
    if low < least or high > most:
        bounds = f"between {least:g} and {most:g}"
        raise InputError(f"{criterion.id}: {said} is not {bounds}", hint=_HINT)
    return Estimate(low, high)


_HINT = "write it as 4, 2-4 for a range, or ? where you do not know"


def _kind(criterion: Criterion) -> str:
    return f"figure in {criterion.scale.unit}" if criterion.scale else "score from 1 to 5"


def criterion_of(comparison: Comparison, criterion_id: str) -> Criterion:
    """Give a criterion by its id.

    Raises:
        InputError: There is none of that id.
    """
    found = comparison.find_criterion(criterion_id)
    if found is None:
        raise _unknown(comparison, "criterion", criterion_id, comparison.criteria)
    return found


def option_of(comparison: Comparison, option_id: str) -> Alternative:
    """Give an option by its id.

    Raises:
        InputError: There is none of that id.
    """
    found = comparison.find_option(option_id)
    if found is None:
        raise _unknown(comparison, "option", option_id, comparison.options)
    return found


def constraint_of(comparison: Comparison, constraint_id: str) -> Constraint:
    """Give a constraint by its id.

    Raises:
        InputError: There is none of that id.
    """
    found = comparison.find_constraint(constraint_id)
    if found is None:
        raise _unknown(comparison, "constraint", constraint_id, comparison.constraints)
    return found


def _unknown(
    comparison: Comparison,
    kind: str,
    wanted: str,
    there: Iterable[Criterion | Alternative | Constraint],
) -> InputError:
    from difflib import get_close_matches

    ids = [each.id for each in there]
    near = get_close_matches(wanted, ids, n=1)
    known = f"it has {', '.join(ids)}" if ids else f"it has no {kind}"
    hint = f"did you mean {near[0]!r}?" if near else known
    return InputError(f"{comparison.id} has no {kind} {wanted!r}", hint=hint)


def stated_to_json(stated: Stated) -> dict[str, Json]:
    """Give what was said in the form that is kept."""
    return {
        "weights": {each.criterion: each.weight for each in stated.weights},
        "scores": [
            {
                "option": each.option,
                "criterion": each.criterion,
                "score": str(each.estimate) if each.estimate else "?",
                **({"why": each.why} if each.why else {}),
            }
            for each in stated.scores
        ],
        "musts": {each.constraint: each.holds for each in stated.musts},
    }


def stated_from_json(comparison: Comparison, value: object) -> tuple[Stated, tuple[str, ...]]:
    """Read what `stated_to_json` gave; what does not fit any more is named.

    Whatever stands there, nothing is raised: what cannot be read was not said.
    """
    fields = value if isinstance(value, dict) else {}
    stated, lost = Stated(), []
    for criterion, weight in _pairs(fields.get("weights")):
        try:
            stated = with_weight(stated, comparison, criterion, f"{weight:g}")
        except (InputError, ValueError, TypeError):
            lost.append(f"{criterion}={weight}")
    scores = fields.get("scores")
    for each in scores if isinstance(scores, list) else []:
        said = {key: text for key, text in _pairs(each) if isinstance(text, str)}
        option, criterion = said.get("option", ""), said.get("criterion", "")
        score = said.get("score", "?")
        try:
            stated = with_score(stated, comparison, option, criterion, score, said.get("why", ""))
        except InputError:
            lost.append(f"{option}.{criterion}={score}")
    for constraint, holds in _pairs(fields.get("musts")):
        try:
            stated = with_must(stated, comparison, constraint, holds=holds is True)
        except InputError:
            lost.append(constraint)
    return stated, tuple(lost)


def _pairs(value: object) -> list[tuple[str, object]]:
    return [(str(key), each) for key, each in value.items()] if isinstance(value, dict) else []
