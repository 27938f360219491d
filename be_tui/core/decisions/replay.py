"""Answers played through a tree: the one place that knows where an answer leads.

    nodes = Nodes(tree)
    path, end = replay(nodes, options, measures)

`path` ends at the first question without an answer, or at an outcome.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.decisions.model import ByRule, Step
from be_tui.core.errors import InputError
from be_tui.core.knowledge import Outcome, Question, conditions_of, holds, is_measure, names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from be_tui.core.decisions.model import Answer
    from be_tui.core.evidence import Evidence, Value
    from be_tui.core.knowledge import Option, Tree

    ValueOf = Callable[[str], Value | None]


class Nodes:
    """A tree's questions and outcomes by id, and what is worked out from them once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._by_id: dict[str, Question | Outcome] = {node.id: node for node in tree.outcomes}
        self._by_id.update((node.id, node) for node in tree.questions)

    def __getitem__(self, node_id: str) -> Question | Outcome:
        """Give the question or outcome of that id.

        Raises:
            InputError: The tree has neither.
        """
        try:
            return self._by_id[node_id]
        except KeyError:
            message = f"the tree {self.tree.id} leads to {node_id!r}, which it does not have"
            raise InputError(message, where=self.tree.path) from None

    @cached_property
    def live(self) -> Mapping[str, frozenset[str]]:
        """Give the questions whose answers routes still read, from each question on.

        Raises:
            InputError: The tree leads in a circle.
        """
        found: dict[str, frozenset[str]] = {}
        self._gather_live(self.tree.first, found, ())
        return found

    def _gather_live(
        self, node_id: str, found: dict[str, frozenset[str]], above: tuple[str, ...]
    ) -> frozenset[str]:
        node = self[node_id]
        if isinstance(node, Outcome):
            return frozenset()
        if node_id in above:
            raise circle(self.tree, node_id)
        if node_id not in found:
            read = {
                name for when in conditions_of(node) for name in names(when) if not is_measure(name)
            }
            for target in targets(node):
                read |= self._gather_live(target, found, (*above, node_id))
            found[node_id] = frozenset(read)
        return found[node_id]


def circle(tree: Tree, node_id: str) -> InputError:
    """Give the error of a tree that leads back to where it came from."""
    return InputError(f"the tree {tree.id} leads in a circle, back to {node_id!r}", where=tree.path)


def targets(question: Question) -> tuple[str, ...]:
    """Give the questions and outcomes that a question can lead to, each once."""
    options = (option.to for option in question.options)
    direct = dict.fromkeys((*options, *(route.to for route in question.routes)))
    if not question.tables:
        return tuple(direct)
    tables = {table.id: table for table in question.tables}
    waiting = list(direct)
    for to in waiting:
        if to in tables:
            waiting += (each for each in tables[to].targets if each not in waiting)
    return tuple(to for to in waiting if to not in tables)


def taken(question: Question, answer: Answer) -> Option | None:
    """Give the option that an answer takes: the one named, or what is assumed meanwhile."""
    return question.option(answer.option or question.unknown.assume)


def lead(question: Question, option: Option, value_of: ValueOf) -> tuple[str, str]:
    """Give where an answer leads, and the label of the route where one is taken.

    A route or rule that cannot be told, because a measure is missing, is not taken.
    """
    to, label = _routed(question, option, value_of)
    rules = by_rules(question, to, value_of)
    return (rules[-1].taken.to if rules else to), label


def _routed(question: Question, option: Option, value_of: ValueOf) -> tuple[str, str]:
    for route in question.routes:
        if holds(route.when, value_of):
            return route.to, route.label
    return option.to, ""


def by_rules(question: Question, to: str, value_of: ValueOf) -> tuple[ByRule, ...]:
    """Give the tables that are passed through from where an answer led, in order."""
    passed: list[ByRule] = []
    # No table is passed twice, or a circle of tables would hold a walk for ever.
    tables = {table.id: table for table in question.tables}
    while table := tables.pop(to, None):
        held = (at for at, rule in enumerate(table.rules) if holds(rule.when, value_of))
        passed.append(ByRule(table, next(held, -1)))
        to = passed[-1].taken.to
    return tuple(passed)


def measures_of(evidence: Iterable[Evidence]) -> dict[str, Value]:
    """Give all measures by name; a later probe's word replaces an earlier one's."""
    return {measure.name: measure.value for each in evidence for measure in each.measures}


def replay(
    nodes: Nodes, answers: Mapping[str, Answer], measures: Mapping[str, Value]
) -> tuple[tuple[Step, ...], Question | Outcome]:
    """Give the path that answers walk, and the question or outcome where it ends.

    Raises:
        InputError: The tree leads in a circle, or to nowhere.
    """
    values: dict[str, Value] = dict(measures)
    path: list[Step] = []
    node = nodes[nodes.tree.first]
    while isinstance(node, Question):
        answer = answers.get(node.id)
        option = taken(node, answer) if answer else None
        if answer is None or option is None:
            break
        if node.id in values:
            raise circle(nodes.tree, node.id)
        values[node.id] = option.id
        to, route = _routed(node, option, values.get)
        rules = by_rules(node, to, values.get)
        to = rules[-1].taken.to if rules else to
        path.append(Step(node, answer, option, to, route, rules))
        node = nodes[to]
    return tuple(path), node
