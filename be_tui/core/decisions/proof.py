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

from be_tui.core.decisions.ordering import disorder
from be_tui.core.decisions.ways import LIMIT, Trail, bottom_up, explore
from be_tui.core.knowledge import OTHERWISE, ticked_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.ordering import Breach
    from be_tui.core.decisions.ways import Fork, Known, Move, State, Ways
    from be_tui.core.knowledge import Monotonic, Option, Question, Route, Tree

PartKind = Literal["question", "table", "outcome", "target", "route"]
"""A target is an option's own, which is followed where no route takes the walk elsewhere; a
table's is where it leads otherwise, and its rules are its routes."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a tree that walks should come to."""

    kind: PartKind
    node: str
    """The question, table or outcome; of a target or a route, what it leads on from."""

    name: str = ""
    """The option's id, or the route's label."""

    place: int = -1
    """Of a route: which of its question's or table's it is, from 0."""

    trail: Trail | None = None
    """A shortest walk there; None where none was found."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """A route that holds in some walks, and in all of these an earlier one is taken."""

    node: str
    """The question or table."""

    place: int
    """Which of its routes or rules it is, from 0."""

    route: str
    """Its label."""

    by: str
    """The label of the route that is taken in the walk given."""

    trail: Trail


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two routes or rules that hold in one walk, lead apart, and are not declared to."""

    node: str
    """The question or table."""

    place: int
    """Of the earlier one, which is taken, from 0."""

    route: str
    """Its label."""

    under: str
    """The label of the later one."""

    trail: Trail
    """A shortest walk in which both hold."""


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

    idle_ticks: tuple[tuple[str, str], ...] = ()
    """Questions with what can be ticked and changes nothing, by id."""

    overlaps: tuple[Overlap, ...] = ()
    breaches: tuple[Breach, ...] = ()
    """Where what is declared monotonic is not so."""

    unproved: tuple[Monotonic, ...] = ()
    """What is declared monotonic, with more pairs of walks than can be tried."""

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
    future = _futures(ways, order)
    orders = tuple(disorder(ways, each, limit) for each in tree.monotonic) if ways.whole else ()
    return Proof(
        tree,
        ways.whole,
        len(ways.states),
        _walks(ways, order),
        _parts(ways),
        _shadows(ways),
        _idle(ways, future),
        _idle_ticks(ways, future),
        _overlaps(ways),
        tuple(each for found in orders for each in found.breaches),
        tuple(found.declared for found in orders if not found.whole),
    )


def _parts(ways: Ways) -> tuple[Part, ...]:
    tree = ways.tree
    exits = {
        (question.id, answer.id): question.exit(answer).id
        for question in tree.questions
        for answer in question.answers
    }
    nodes: dict[str, Trail] = {}
    edges: dict[tuple[str, str, int], Trail] = {}
    for state in ways.states:
        if state.node not in nodes:
            nodes[state.node] = _trail(ways, state)
        for move in ways.moves.get(state, ()):
            for fork in move.forks:
                own = exits.get((fork.node, move.option), OTHERWISE)
                key = (fork.node, "" if fork.place >= 0 else own, fork.place)
                if key not in edges:
                    edges[key] = _trail(ways, state, move)
                    nodes.setdefault(fork.node, edges[key])
    parts: list[Part] = []
    for question in tree.questions:
        parts.append(Part("question", question.id, trail=nodes.get(question.id)))
        parts += _ways_out(question.id, question.exits, question.routes, edges)
    for table in tree.tables:
        parts.append(Part("table", table.id, trail=nodes.get(table.id)))
        parts += _ways_out(table.id, (table.otherwise,), table.rules, edges)
    parts += [Part("outcome", each.id, trail=nodes.get(each.id)) for each in tree.outcomes]
    return tuple(parts)


def _ways_out(
    node: str,
    exits: tuple[Option, ...],
    routes: tuple[Route, ...],
    edges: dict[tuple[str, str, int], Trail],
) -> Iterator[Part]:
    for option in exits:
        yield Part("target", node, option.id, trail=edges.get((node, option.id, -1)))
    for place, route in enumerate(routes):
        yield Part("route", node, route.label, place, edges.get((node, "", place)))


def _shadows(ways: Ways) -> tuple[Shadow, ...]:
    taken: set[tuple[str, int]] = set()
    overtaken: dict[tuple[str, int], tuple[State, Move, int]] = {}
    for state, move, fork in _forks(ways):
        taken.add((fork.node, fork.place))
        for later in fork.held[1:]:
            overtaken.setdefault((fork.node, later), (state, move, fork.place))
    found: list[Shadow] = []
    routes = _routes(ways.tree)
    for (node, place), (state, move, by) in overtaken.items():
        if ways.whole and (node, place) not in taken:
            labels = routes[node][place].label, routes[node][by].label
            found.append(Shadow(node, place, *labels, _trail(ways, state, move)))
    return tuple(found)


def _overlaps(ways: Ways) -> tuple[Overlap, ...]:
    """Give what both holds and leads apart: of a table all, of routes where neither is the rarer.

    Routes are exceptions in their order, so one that holds only where a later one does is plainly
    meant as its exception; a table says of each what it goes before.
    """
    routes = _routes(ways.tree)
    tables = {table.id for table in ways.tree.tables}
    found: dict[tuple[str, int, int], Overlap] = {}
    alone: set[tuple[str, int, int]] = set()
    for state, move, fork in _forks(ways):
        apart = set(range(fork.place, len(routes[fork.node]))) - set(fork.held)
        alone.update((fork.node, fork.place, other) for other in apart)
        for later in fork.held[1:]:
            first, second = routes[fork.node][fork.place], routes[fork.node][later]
            key = (fork.node, fork.place, later)
            if key in found or first.to == second.to or second.label in first.over:
                continue
            trail = _trail(ways, state, move)
            found[key] = Overlap(fork.node, fork.place, first.label, second.label, trail)
    return tuple(each for key, each in found.items() if key[0] in tables or key in alone)


def _forks(ways: Ways) -> Iterator[tuple[State, Move, Fork]]:
    """Give every fork at which something held, the nearest first."""
    for state, moves in ways.moves.items():
        for move in moves:
            for fork in move.forks:
                if fork.held:
                    yield state, move, fork


def _routes(tree: Tree) -> dict[str, tuple[Route, ...]]:
    return {
        **{question.id: question.routes for question in tree.questions},
        **{table.id: table.rules for table in tree.tables},
    }


def _futures(ways: Ways, order: tuple[State, ...]) -> dict[State, int]:
    """Number the states so that those from which all goes on alike have one number."""
    alike: dict[object, int] = {}
    future: dict[State, int] = {}
    for state in order:
        moves = ways.moves.get(state, ())
        ahead = frozenset((move.option, move.readings, future[move.to]) for move in moves)
        future[state] = alike.setdefault((state.node, ahead), len(alike))
    return future


def _idle(ways: Ways, future: dict[State, int]) -> tuple[str, ...]:
    """Give the questions of which all answers always lead on alike."""
    asked: set[str] = set()
    useful: set[str] = set()
    for state in future:
        moves = ways.moves.get(state, ())
        asked.update([state.node] if moves else [])
        told: dict[Known, int] = {}
        for move in moves:
            if told.setdefault(move.readings, future[move.to]) != future[move.to]:
                useful.add(state.node)
    return tuple(each.id for each in ways.tree.questions if each.id in asked - useful)


def _idle_ticks(ways: Ways, future: dict[State, int]) -> tuple[tuple[str, str], ...]:
    """Give what can be ticked, and leads on alike whether it is or not."""
    several = {each.id: each for each in ways.tree.questions if each.kind == "several"}
    useful: set[tuple[str, str]] = set()
    asked: set[str] = set()
    for state in future if several else ():
        if state.node not in several:
            continue
        asked.add(state.node)
        told = {(m.readings, ticked_set(m.option)): future[m.to] for m in ways.moves[state]}
        for (readings, given), ahead in told.items():
            useful.update((state.node, e) for e in given if told[readings, given - {e}] != ahead)
    return tuple(
        (question.id, option.id)
        for question in several.values()
        if question.id in asked
        for option in question.options
        if (question.id, option.id) not in useful
    )


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
