"""Where the rules of a lens speak against each other, on the lens's own meaning.

Two rules overlap where some set of choices satisfies both and they name different risks: the
order of the rules decides then, silently. A rule that is a special case of a later one is
no overlap: that is what an order of rules is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from be_tui.core.lenses.conditions import Negated, smallest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.lenses.model import Choice, Lens, LensQuestion, RiskRule


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules of one question that hold together and name different risks."""

    question: LensQuestion
    first: RiskRule
    """The one that counts, because it comes first."""

    second: RiskRule
    witness: tuple[Choice, ...]
    """One smallest set of choices that satisfies both."""


@dataclass(frozen=True, slots=True)
class DeadRule:
    """A rule that never counts: it cannot hold, or an earlier one always holds with it."""

    question: LensQuestion
    rule: RiskRule


def overlaps(lens: Lens) -> tuple[Overlap, ...]:
    """Give every overlap of a lens, question by question."""
    return tuple(each for question in lens.questions for each in _overlaps(question))


def _overlaps(question: LensQuestion) -> Iterator[Overlap]:
    names = [choice.id for choice in question.choices]
    for first, second in combinations(question.rules, 2):
        if first.condition is None or second.condition is None or first.risk == second.risk:
            continue
        if smallest((first.condition, Negated(second.condition)), names) is None:
            continue  # a special case, which comes first on purpose
        witness = smallest((first.condition, second.condition), names)
        if witness is not None:
            chosen = tuple(each for each in question.choices if each.id in witness)
            yield Overlap(question, first, second, chosen)


def dead_rules(lens: Lens) -> tuple[DeadRule, ...]:
    """Give every rule of a lens that never counts."""
    return tuple(each for question in lens.questions for each in _dead(question))


def _dead(question: LensQuestion) -> Iterator[DeadRule]:
    names = [choice.id for choice in question.choices]
    before: list[Negated] = []
    for rule in question.rules:
        parts = [*before, *([rule.condition] if rule.condition else [])]
        if smallest(parts, names) is None:
            yield DeadRule(question, rule)
        if rule.condition:
            before.append(Negated(rule.condition))
