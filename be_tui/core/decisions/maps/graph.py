"""What every map draws: a tree's edges, each with its label and whether it was walked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.model import Step
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.knowledge import Question, Tree


@dataclass(frozen=True, slots=True)
class Edge:
    """One way out of a question."""

    origin: str
    to: str
    label: str
    kind: Literal["option", "route"]
    walked: Literal["", "stated", "measured", "assumed"] = ""
    """How it came to be walked; empty where it was not."""


def edges(tree: Tree, walk: Walk | None = None) -> tuple[Edge, ...]:
    """Give every way out of every question: its options, then its routes."""
    steps = {step.question.id: step for step in walk.path} if walk else {}
    return tuple(
        edge for question in tree.questions for edge in _out_of(question, steps.get(question.id))
    )


def _out_of(question: Question, step: Step | None) -> Iterator[Edge]:
    for option in question.exits:
        walked = step is not None and not step.route and question.exit(step.option).id == option.id
        yield _edge(question, option.to, option.label, "option", step if walked else None)
    for route in question.routes:
        walked = step is not None and (step.route, step.to) == (route.label, route.to)
        yield _edge(question, route.to, f"if {route.label}", "route", step if walked else None)


def _edge(
    question: Question, to: str, label: str, kind: Literal["option", "route"], step: Step | None
) -> Edge:
    return Edge(question.id, to, label, kind, step.origin if step else "")


def reached(walk: Walk | None) -> frozenset[str]:
    """Give the questions walked, and where the walk ends or stands."""
    if walk is None:
        return frozenset()
    return frozenset(step.question.id for step in walk.path) | {walk.end.id}
