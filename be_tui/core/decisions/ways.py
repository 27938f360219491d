"""Every way through a tree, each distinguishable one once.

    ways = explore(tree)

Two ways to a question are one where no route ahead can tell them apart: what counts of the
answers given is only what is still read. A measure that routes read counts as one more thing
to be answered, by each value that its conditions can tell apart, and by not being known.
`I don't know` takes the option it assumes, so it opens no way of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.decisions.readings import readings
from be_tui.core.decisions.replay import Nodes, by_rules, targets
from be_tui.core.knowledge import Question, conditions_of, holds, is_measure, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.evidence import Value
    from be_tui.core.knowledge import Option, Route, Tree

LIMIT = 60_000
"""States looked at before a tree is given up on as too wide: some two seconds."""

Known = tuple[tuple[str, "Value | None"], ...]
"""Answers and measures by name; None is a measure that is not known."""


class State(NamedTuple):
    """A question or outcome, with all that is known and still read from there on."""

    node: str
    known: Known


class Fork(NamedTuple):
    """Where routes or rules were tried in turn."""

    node: str
    """The question, or a table."""

    place: int
    """Of the route or rule that was taken; -1 where none held."""

    held: tuple[int, ...]
    """The places of all that held."""


class Move(NamedTuple):
    """One answer given in a state, under one set of readings."""

    option: str
    """The answer's id."""

    readings: Known
    """What was settled of the measures that decide where this question's answers lead."""

    forks: tuple[Fork, ...]
    """The question's own, then that of each table that was passed through."""

    to: State


class Arrival(NamedTuple):
    """How a state was first come to: by the fewest questions."""

    state: State
    move: Move


@dataclass(frozen=True, slots=True)
class Trail:
    """Answers in the order in which they are asked for, and what is measured meanwhile."""

    answers: tuple[tuple[str, str], ...]
    """Questions with options, by id."""

    measures: Known = ()
    """Measures that routes read on the way; None for not known."""

    def __str__(self) -> str:
        """Give one line: `felt=yes, where=code (size.files is 200)`."""
        told = [(name, value) for name, value in self.measures if value is not None]
        read = ", ".join(f"{name} is {_shown(value)}" for name, value in told)
        walked = ", ".join("=".join(answer) for answer in self.answers)
        return f"{walked} ({read})" if read else walked or "the first question"


@dataclass(slots=True)
class Ways:
    """What was found."""

    tree: Tree
    states: dict[State, Arrival | None] = field(default_factory=dict)
    """Every state, with how it was first come to, the nearest first."""

    moves: dict[State, tuple[Move, ...]] = field(default_factory=dict)
    """The moves of each state at a question."""

    whole: bool = True
    """False where there were too many states, and the farther ones were left out."""

    def trail(self, state: State) -> tuple[Arrival, ...]:
        """Give a shortest way to a state, from the first question on."""
        steps: list[Arrival] = []
        arrival = self.states[state]
        while arrival:
            steps.append(arrival)
            arrival = self.states[arrival.state]
        return tuple(reversed(steps))


def explore(tree: Tree, limit: int = LIMIT, kept: frozenset[str] = frozenset()) -> Ways:
    """Walk a tree in every distinguishable way, breadth first.

    Args:
        tree: A tree that holds together: no circle, every target there.
        limit: The most states to look at.
        kept: Answers that are told apart up to the outcome, though no route reads them.
    """
    nodes = Nodes(tree)
    read = reads(nodes, kept)
    values = readings(tree)
    ways = Ways(tree, {State(tree.first, ()): None})
    waiting = list(ways.states)
    for state in waiting:
        node = nodes[state.node]
        if not isinstance(node, Question):
            continue
        moves = tuple(_moves(node, state, read, values))
        ways.moves[state] = moves
        for move in moves:
            if move.to in ways.states:
                continue
            if len(ways.states) >= limit:
                ways.whole = False
                return ways
            ways.states[move.to] = Arrival(state, move)
            waiting.append(move.to)
    return ways


def bottom_up(tree: Tree) -> tuple[str, ...]:
    """Give the ids of a tree's questions and outcomes, what is led to before what leads there."""
    return tuple(
        TopologicalSorter({each.id: targets(each) for each in tree.questions}).static_order()
    )


def reads(nodes: Nodes, kept: frozenset[str] = frozenset()) -> dict[str, frozenset[str]]:
    """Give the answers and measures that are still read, from each question or outcome on.

    Args:
        nodes: The questions and outcomes of a tree.
        kept: What counts as read at each outcome.
    """
    found: dict[str, frozenset[str]] = {}
    for node_id in bottom_up(nodes.tree):
        node = nodes[node_id]
        own = [] if not isinstance(node, Question) else [*_own(node)]
        after = [] if not isinstance(node, Question) else [found[to] for to in targets(node)]
        found[node_id] = kept.union(own, *after)
    return found


def _own(question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for when in conditions_of(question) for name in names(when)))


def _moves(
    question: Question,
    state: State,
    read: Mapping[str, frozenset[str]],
    values: Mapping[str, tuple[Value | None, ...]],
) -> Iterator[Move]:
    known = dict(state.known)
    unread = [name for name in _own(question) if is_measure(name) and name not in known]
    for taken in product(*(values[name] for name in unread)):
        read_now = tuple(zip(unread, taken, strict=True))
        for option in question.answers:
            after = {**known, **dict(read_now), question.id: option.id}
            yield _move(question, option, read_now, after, read)


def _move(
    question: Question,
    option: Option,
    read_now: Known,
    after: Mapping[str, Value | None],
    read: Mapping[str, frozenset[str]],
) -> Move:
    own = _fork(question.id, question.routes, after)
    to = question.routes[own.place].to if own.held else option.to
    forks = [own]
    for passed in by_rules(question, to, after.get) if question.tables else ():
        forks.append(_fork(passed.table.id, passed.table.rules, after))
        to = passed.taken.to
    still = tuple((name, after[name]) for name in sorted(read[to]) if name in after)
    return Move(option.id, read_now, tuple(forks), State(to, still))


def _fork(node: str, routes: tuple[Route, ...], known: Mapping[str, Value | None]) -> Fork:
    held = tuple(place for place, route in enumerate(routes) if holds(route.when, known.get))
    return Fork(node, held[0] if held else -1, held)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
