"""Comparisons to reason about by hand, and random ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from be_tui.core.comparisons.model import (
    Alternative,
    Breach,
    Cell,
    Comparison,
    Constraint,
    Criterion,
    Estimate,
    Risk,
    Scale,
)
from be_tui.core.knowledge.model import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OURS = Source("ours", "What we saw", rule_of_thumb=True)
BOOK = Source("book", "The book", by="A. Author", section="ch. 2", url="https://example.org/book")


def criterion(name: str, weight: float, serves: str = "", scale: Scale | None = None) -> Criterion:
    return Criterion(
        name,
        name.title(),
        f"Why {name}.",
        float(weight),
        "worst",
        "best",
        better="less" if scale else "more",
        scale=scale,
        serves=serves,
    )


def alternative(name: str, criteria: Sequence[Criterion], scores: Sequence[object]) -> Alternative:
    """Give an option with a score, a pair of scores or None for each criterion."""
    cells = []
    for each, score in zip(criteria, scores, strict=True):
        ends = score if isinstance(score, tuple) else (score, score)
        estimate = None if score is None else Estimate(float(ends[0]), float(ends[1]))
        cells.append(Cell(each.id, estimate, f"{name} by {each.id}", (BOOK,)))
    return Alternative(name, name.title(), f"About {name}.", tuple(cells))


def comparison(
    weights: Sequence[float], options: Mapping[str, Sequence[object]], *musts: Constraint
) -> Comparison:
    """Give a comparison with criteria `a`, `b`, ... of these weights."""
    criteria = tuple(
        criterion(chr(ord("a") + n), float(weight)) for n, weight in enumerate(weights)
    )
    found = tuple(alternative(name, criteria, scores) for name, scores in options.items())
    return Comparison("drinks", 1, "Drinks", "Which?", "A small one.", criteria, found, musts)


def tea_or_coffee() -> Comparison:
    """Give one with everything in it: a figure, an open score, a risk, a constraint."""
    criteria = (
        criterion("taste", 6, "maintainability"),
        criterion("calm", 4, "reliability"),
        criterion("price", 5, "cost", Scale("EUR", 0.0, 10.0)),
    )
    tea = alternative("tea", criteria, (4, 5, 2))
    coffee = alternative("coffee", criteria, (5, 1, 4))
    water = Alternative(
        "water",
        "Water",
        "From the tap.",
        (
            Cell("taste", Estimate(1.0, 2.0), "It has little.", (OURS,)),
            Cell("price", Estimate(0.0, 0.0), "It is free.", (OURS,)),
        ),
        (Risk("It may be closed off", "Keep a bottle"),),
        ("It will always be there.",),
        ("guide#caching",),
    )
    warm = Constraint(
        "warm", "It is served warm", (Breach("water", "It comes cold."),), sources=(OURS,)
    )
    return Comparison(
        "drinks",
        2,
        "Drinks",
        "Which drink for the team?",
        "For a team that has to choose.",
        criteria,
        (tea, coffee, water),
        (warm,),
        ("guide#caching",),
    )


@st.composite
def comparisons(draw: st.DrawFn, *, open_scores: bool = True) -> Comparison:
    """Give a comparison of up to five options and five criteria."""
    weights = draw(st.lists(st.integers(0, 10), min_size=1, max_size=5).filter(any))
    exact = st.integers(1, 5)
    ranges = st.tuples(exact, exact).map(lambda ends: (min(ends), max(ends)))
    score = st.one_of(exact, ranges, st.none()) if open_scores else exact
    row = st.lists(score, min_size=len(weights), max_size=len(weights))
    count = draw(st.integers(2, 5))
    return comparison(weights, {f"o{number}": draw(row) for number in range(count)})
