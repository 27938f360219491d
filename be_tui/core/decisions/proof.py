"""A tree proved: what every set of answers comes to, and what none of them ever comes to.

    proof = prove(tree)
    proof.whole                        whether every set of answers was tried
    proof.parts                        each question, target, route and outcome: how it is reached
    proof.idle, proof.shadows          questions that change nothing; routes always overtaken

Whoever proves a tree has checked that it holds together (`be-tui knowledge check` does): it
has no circle and every target stands. Then each move of a walk leads on, walks end, and as
`I don't know` takes one of the options, every set of answers comes to an outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.decisions.ways import LIMIT, bottom_up, explore

if TYPE_CHECKING:
    from be_tui.core.decisions.ways import Known, Move, State, Ways
    from be_tui.core.knowledge import Question, Tree

PartKind = Literal["question", "outcome", "target", "route"]
"""A target is an option's own, which is followed where no route takes the walk elsewhere."""


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


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a tree that walks should come to."""

    kind: PartKind
    node: str
    """The question or outcome; of a target or a route, the question that it leads on from."""

    name: str = ""
    """The option's id, or the route's label."""

    place: int = -1
    """Of a route: which of its question's it is, from 0."""

    trail: Trail | None = None
    """A shortest walk there; None where none was found."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """A route that holds in some walks, and in all of these an earlier one is taken."""

    question: str
    place: int
    """Which of the question's routes it is, from 0."""

    route: str
    """Its label."""

    by: str
    """The label of the route that is taken in the walk given."""

    trail: Trail


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a tree once all that can be answered was tried."""

    tree: Tree
    whole: bool
    """False where there were too many sets of answers: what was not met is then not known."""

    states: int
    """The distinguishable states that were looked at."""

    walks: int
    """The walks from the first question to an outcome, `I don't know` and readings counted."""

    parts: tuple[Part, ...]
    shadows: tuple[Shadow, ...]
    idle: tuple[str, ...]
    """Questions of which no answer ever changes the outcome or what is asked."""

    @property
    def missed(self) -> tuple[Part, ...]:
        """Give what no walk came to."""
        return tuple(part for part in self.parts if part.trail is None)

    def part(self, kind: PartKind, node: str, name: str = "") -> Part:
        """Give one part; the caller knows that the tree has it."""
        return next(p for p in self.parts if (p.kind, p.node, p.name) == (kind, node, name))


def prove(tree: Tree, limit: int = LIMIT) -> Proof:
    """Try every set of answers, and every reading of the measures that routes read.

    Args:
        tree: A tree that holds together.
        limit: The most states to look at; a wider tree is proved in part, and says so.
    """
    ways = explore(tree, limit)
    order = _order(ways) if ways.whole else ()
    return Proof(
        tree,
        ways.whole,
        len(ways.states),
        _walks(ways, order),
        _parts(ways),
        _shadows(ways),
        _idle(ways, order),
    )


def _parts(ways: Ways) -> tuple[Part, ...]:
    exits = {
        (question.id, answer.id): question.exit(answer).id
        for question in ways.tree.questions
        for answer in question.answers
    }
    nodes: dict[str, Trail] = {}
    edges: dict[tuple[str, str, int], Trail] = {}
    for state in ways.states:
        if state.node not in nodes:
            nodes[state.node] = _trail(ways, state)
        for move in ways.moves.get(state, ()):
            key = (
                state.node,
                "" if move.route >= 0 else exits[state.node, move.option],
                move.route,
            )
            if key not in edges:
                edges[key] = _trail(ways, state, move)
    parts: list[Part] = []
    for question in ways.tree.questions:
        own = question.id
        parts.append(Part("question", own, trail=nodes.get(own)))
        parts += [
            Part("target", own, option.id, trail=edges.get((own, option.id, -1)))
            for option in question.exits
        ]
        parts += [
            Part("route", own, route.label, place, edges.get((own, "", place)))
            for place, route in enumerate(question.routes)
        ]
    parts += [Part("outcome", each.id, trail=nodes.get(each.id)) for each in ways.tree.outcomes]
    return tuple(parts)


def _shadows(ways: Ways) -> tuple[Shadow, ...]:
    taken: set[tuple[str, int]] = set()
    overtaken: dict[tuple[str, int], tuple[State, Move]] = {}
    for state, moves in ways.moves.items():
        for move in moves:
            taken.add((state.node, move.route))
            for later in move.held[1:]:
                overtaken.setdefault((state.node, later), (state, move))
    found: list[Shadow] = []
    for (question_id, place), (state, move) in overtaken.items():
        if ways.whole and (question_id, place) not in taken:
            routes = _question(ways.tree, question_id).routes
            trail = _trail(ways, state, move)
            label, by = routes[place].label, routes[move.route].label
            found.append(Shadow(question_id, place, label, by, trail))
    return tuple(found)


def _idle(ways: Ways, order: tuple[State, ...]) -> tuple[str, ...]:
    """Give the questions of which all answers always lead on alike."""
    alike: dict[object, int] = {}
    future: dict[State, int] = {}
    asked: set[str] = set()
    useful: set[str] = set()
    for state in order:
        moves = ways.moves.get(state, ())
        ahead = frozenset((move.option, move.readings, future[move.to]) for move in moves)
        future[state] = alike.setdefault((state.node, ahead), len(alike))
        asked.update([state.node] if moves else [])
        told: dict[Known, int] = {}
        for move in moves:
            if told.setdefault(move.readings, future[move.to]) != future[move.to]:
                useful.add(state.node)
    return tuple(each.id for each in ways.tree.questions if each.id in asked - useful)


def _walks(ways: Ways, order: tuple[State, ...]) -> int:
    count: dict[State, int] = {}
    for state in order:
        moves = ways.moves.get(state, ())
        count[state] = sum(count[move.to] for move in moves) if moves else 1
        if moves:
            question = _question(ways.tree, state.node)
            assumed = question.option(question.unknown.assume)
            count[state] += sum(
                count[move.to] for move in moves if assumed and move.option == assumed.id
            )
    return count[order[-1]] if order else 0


def _order(ways: Ways) -> tuple[State, ...]:
    """Give the states, what is led to before what leads there; the first question last."""
    rank = {node: place for place, node in enumerate(bottom_up(ways.tree))}
    return tuple(sorted(ways.states, key=lambda state: rank[state.node]))


def _trail(ways: Ways, state: State, last: Move | None = None) -> Trail:
    steps = [(arrival.state.node, arrival.move) for arrival in ways.trail(state)]
    steps += [(state.node, last)] if last else []
    answers = tuple((node, move.option) for node, move in steps)
    return Trail(answers, tuple(each for _, move in steps for each in move.readings))


def _question(tree: Tree, question_id: str) -> Question:
    return next(each for each in tree.questions if each.id == question_id)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
