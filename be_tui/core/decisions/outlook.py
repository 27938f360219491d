"""What can still come of a walk: how many questions, which outcomes.

Exact while routes read few answers: two ways to the same question are one where no route
ahead can tell them apart. Trees whose routes read so many answers that this would take long
get bounds instead: never fewer outcomes, never a narrower count than the truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.replay import lead, measures_of, taken
from be_tui.core.knowledge import Outcome, Question, holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.decisions.model import Answer, Step
    from be_tui.core.decisions.replay import Nodes
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Value
    from be_tui.core.knowledge import Option, Route

EXACT_UP_TO = 5_000
"""Combinations of answers that routes read; beyond it bounds are given."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can still come."""

    fewest: int
    """Questions still to be answered, at the least."""

    most: int
    outcomes: frozenset[str]
    """The ids of the outcomes that can still come out."""


def outlook(walk: Walk) -> Outlook:
    """Tell what can still come of a walk, its kept answers taken as they are."""
    kept = {answer.question: answer for answer in walk.answers}
    return look_ahead(walk.nodes, walk.path, walk.end, kept, measures_of(walk.evidence))


def look_ahead(
    nodes: Nodes,
    path: tuple[Step, ...],
    end: Question | Outcome,
    kept: Mapping[str, Answer],
    measures: Mapping[str, Value],
) -> Outlook:
    """Tell what can still come after a path, from the question or outcome where it ends."""
    if isinstance(end, Outcome):
        return Outlook(0, 0, frozenset((end.id,)))
    known = {**measures, **{step.question.id: step.option.id for step in path}}
    return _Search(nodes, kept, exact=_is_small(nodes, end)).ahead(end.id, known)


def _is_small(nodes: Nodes, question: Question) -> bool:
    combinations = 1
    for name in nodes.live[question.id]:
        read = nodes.tree.find_question(name)
        combinations *= len(read.answers) if read else 1
    return combinations <= EXACT_UP_TO


class _Search:
    """Every way from a question on, each distinguishable one once."""

    def __init__(self, nodes: Nodes, kept: Mapping[str, Answer], *, exact: bool) -> None:
        self._nodes = nodes
        self._kept = kept
        self._exact = exact
        self._seen: dict[tuple[str, frozenset[tuple[str, Value]]], Outlook] = {}

    def ahead(self, node_id: str, known: Mapping[str, Value]) -> Outlook:
        """Give the outlook from a question or outcome on."""
        node = self._nodes[node_id]
        if isinstance(node, Outcome):
            return Outlook(0, 0, frozenset((node.id,)))
        live = self._nodes.live[node_id]
        key = (node_id, frozenset((name, known[name]) for name in live if name in known))
        if key not in self._seen:
            self._seen[key] = self._beyond(node, known)
        return self._seen[key]

    def _beyond(self, question: Question, known: Mapping[str, Value]) -> Outlook:
        answer = self._kept.get(question.id)
        kept = taken(question, answer) if answer else None
        options = (kept,) if kept else question.answers
        after = [
            self.ahead(target, {**known, question.id: option.id} if self._exact else known)
            for option in options
            for target in self._targets(question, option, known)
        ]
        own = 0 if kept else 1
        return Outlook(
            own + min(each.fewest for each in after),
            own + max(each.most for each in after),
            frozenset().union(*(each.outcomes for each in after)),
        )

    def _targets(
        self, question: Question, option: Option, known: Mapping[str, Value]
    ) -> Iterator[str]:
        values = {**known, question.id: option.id}
        if self._exact:
            yield lead(question, option, values.get)[0]
            return
        tables = {table.id: table for table in question.tables}
        waiting = list(_possible(question.routes, option, values))
        for to in waiting:
            if to in tables:
                table = tables[to]
                onward = _possible(table.rules, table.otherwise, values)
                waiting += (each for each in onward if each not in waiting)
            else:
                yield to


def _possible(
    routes: tuple[Route, ...], otherwise: Option, values: Mapping[str, Value]
) -> Iterator[str]:
    """Give where the first route that holds can lead, when not all that they read is known."""
    for route in routes:
        held = holds(route.when, values.get)
        if held is not False:
            yield route.to
        if held:
            return
    yield otherwise.to
