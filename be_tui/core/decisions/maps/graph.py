"""What every map draws: a tree's edges, each with its label and whether it was walked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.model import Step
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.knowledge import Question, Table, Tree


@dataclass(frozen=True, slots=True)
class Edge:
    """One way out of a question or a table."""

    origin: str
    to: str
    label: str
    kind: Literal["option", "route"]
    walked: Literal["", "stated", "measured", "assumed"] = ""
    """How it came to be walked; empty where it was not."""


def edges(tree: Tree, walk: Walk | None = None) -> tuple[Edge, ...]:
    """Give every way out of every question and table: its options, then its routes or rules."""
    steps = {step.question.id: step for step in walk.path} if walk else {}
    passed = {rule.table.id: (step, rule.place) for step in steps.values() for rule in step.rules}
    found = [e for question in tree.questions for e in _out_of(question, steps.get(question.id))]
    for table in tree.tables:
        step, place = passed.get(table.id, (None, -1))
        for at, rule in enumerate(table.rules):
            taken = step if place == at else None
            found.append(_edge(table, rule.to, rule.label, "route", taken))
        taken = step if place < 0 else None
        found.append(_edge(table, table.otherwise.to, table.otherwise.label, "option", taken))
    return tuple(found)


def onward(tree: Tree, node_id: str) -> tuple[str, ...]:
    """Give what a question or table leads to in the drawing, each once; nothing of an outcome."""
    question, table = tree.find_question(node_id), tree.find_table(node_id)
    if question is None:
        return table.targets if table else ()
    ways = (*(option.to for option in question.exits), *(route.to for route in question.routes))
    return tuple(dict.fromkeys(ways))


def _out_of(question: Question, step: Step | None) -> Iterator[Edge]:
    for option in question.exits:
        walked = step is not None and not step.route and question.exit(step.option).id == option.id
        yield _edge(question, option.to, option.label, "option", step if walked else None)
    for route in question.routes:
        walked = step is not None and (step.route, _first_to(step)) == (route.label, route.to)
        yield _edge(question, route.to, f"if {route.label}", "route", step if walked else None)


def _first_to(step: Step) -> str:
    """Give where an answer led at once: a table, where it passed one."""
    return step.rules[0].table.id if step.rules else step.to


def _edge(
    node: Question | Table, to: str, label: str, kind: Literal["option", "route"], step: Step | None
) -> Edge:
    return Edge(node.id, to, label, kind, step.origin if step else "")


def reached(walk: Walk | None) -> frozenset[str]:
    """Give the questions walked, the tables passed, and where the walk ends or stands."""
    if walk is None:
        return frozenset()
    passed = {rule.table.id for step in walk.path for rule in step.rules}
    return frozenset(step.question.id for step in walk.path) | passed | {walk.end.id}
