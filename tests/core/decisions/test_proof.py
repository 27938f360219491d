"""A tree is proved: what all sets of answers come to, compared with trying every one of them."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from be_tui.core.decisions import doubts, prove, start
from be_tui.core.decisions.readings import readings
from be_tui.core.knowledge import is_measure, names, open_library
from be_tui.core.knowledge.authorities import Authority, Position
from be_tui.core.knowledge.conditions import All, AnyOf, Compares, Is, Not
from be_tui.core.knowledge.model import Option, Question, Route, Tree, Unknown
from tests.core.decisions.strategies import evidence, example_tree, outcome, trees, walks
from tests.core.decisions.test_rules import doubtful_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions import Part, Trail, Walk
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Condition

few = settings(max_examples=25, deadline=None)
"""For what tries every answer by every reading, which takes long over some trees."""

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
BUNDLED = sorted(path.stem for path in (KNOWLEDGE / "trees").glob("*.yaml"))


def question(name: str, *options: tuple[str, str], routes: tuple[Route, ...] = ()) -> Question:
    """Give a question of which only the options and routes matter."""
    made = tuple(Option(each, each, to) for each, to in options)
    return Question(
        name, f"{name}?", "so", made, Unknown(made[0].id, "none"), routes=routes, line=7
    )


def tree_of(*questions: Question, ends: str = "x y z") -> Tree:
    """Give a tree that begins at the first question."""
    outcomes = tuple(outcome(each) for each in ends.split())
    return Tree("small", 1, "Small", "What?", "So.", questions[0].id, questions, outcomes, "s.yaml")


def asked(*options: tuple[str, str], when: Condition, to: str = "z", label: str = "r") -> Tree:
    """Give a tree of one question with one route."""
    return tree_of(question("a", *options, routes=(Route(when, to, label),)))


def told(tree: Tree) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in doubts(tree)]


def every_end(walk: Walk) -> Iterator[Walk]:
    """Give every walk that goes on from one, on to its outcome."""
    if walk.question is None:
        yield walk
        return
    for option in walk.question.answers:
        yield from every_end(walk.answer(walk.question.id, option.id))


def every_measured(tree: Tree) -> Iterator[tuple[Evidence, ...]]:
    """Give every set of readings that routes can tell apart."""
    values = readings(tree)
    for taken in product(*values.values()):
        known = {n: v for n, v in zip(values, taken, strict=True) if v is not None}
        yield (evidence("any", known),) if known else ()


def parts_of(walk: Walk) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Give what a walk comes to, and after how many answers."""
    for count, step in enumerate(walk.path):
        yield ("question", step.question.id, ""), count
        own = step.question.exit(step.option).id
        kind, name = ("route", step.route) if step.route else ("target", own)
        yield (kind, step.question.id, name), count + 1
    yield ("outcome", walk.end.id, ""), len(walk.path)


def walked(tree: Tree, trail: Trail) -> Walk:
    """Walk as a trail tells."""
    known = {name: value for name, value in trail.measures if value is not None}
    walk = start(tree, (evidence("any", known),) if known else ())
    for question_id, option in trail.answers:
        assert walk.question
        assert walk.question.id == question_id
        walk = walk.answer(question_id, option)
    return walk


@few
@given(trees())
def test_what_is_reached_and_by_how_many_answers_is_what_trying_all_of_them_finds(
    tree: Tree,
) -> None:
    shortest: dict[tuple[str, str, str], int] = {}
    for measured in every_measured(tree):
        for walk in every_end(start(tree, measured)):
            for part, count in parts_of(walk):
                shortest[part] = min(count, shortest.get(part, count))
    found = {
        (part.kind, part.node, part.name): len(part.trail.answers)
        for part in prove(tree).parts
        if part.trail
    }
    assert found == shortest


@given(trees())
def test_every_trail_leads_to_what_it_is_the_trail_of(tree: Tree) -> None:
    for part in prove(tree).parts:
        if part.trail is None:
            continue
        walk = walked(tree, part.trail)
        if part.kind in ("question", "outcome"):
            assert walk.end.id == part.node
        else:
            last = walk.path[-1]
            assert last.question.id == part.node
            own = last.question.exit(last.option).id
            assert part.name == (last.route if part.kind == "route" else own)


@given(walks(finished=True))
def test_no_walk_over_whatever_measures_comes_to_what_is_said_never_to_be_reached(
    walk: Walk,
) -> None:
    missed = {(part.kind, part.node, part.name) for part in prove(walk.tree).missed}
    assert not missed & {part for part, _ in parts_of(walk)}


@few
@given(trees())
def test_a_question_is_idle_if_and_only_if_no_answer_to_it_ever_changes_anything(
    tree: Tree,
) -> None:
    def told_of(walk: Walk, but: str) -> tuple[object, ...]:
        return tuple(s.question.id for s in walk.path if s.question.id != but), walk.end.id

    useful: set[str] = set()
    seen: set[str] = set()
    for measured in every_measured(tree):
        for walk in every_end(start(tree, measured)):
            seen |= {step.question.id for step in walk.path}
            for step in walk.path:
                for option in step.question.answers:
                    other = walk.answer(step.question.id, option.id)
                    if told_of(other, step.question.id) != told_of(walk, step.question.id):
                        useful.add(step.question.id)
    assert set(prove(tree).idle) == seen - useful


def test_walks_are_counted_with_i_do_not_know_among_the_answers() -> None:
    tree = tree_of(question("a", ("1", "b"), ("2", "x")), question("b", ("1", "y"), ("2", "z")))
    # `1` and what assumes it lead to three answers each, `2` ends.
    assert prove(tree).walks == 2 * 3 + 1


def test_walks_are_counted_by_each_reading_that_a_route_can_tell_apart() -> None:
    tree = asked(("1", "x"), ("2", "y"), when=Compares("size.files", "above", 5.0))
    # Not known, 4, 5 and 6; two answers and `I don't know`.
    assert prove(tree).walks == 4 * 3


def test_a_route_that_only_an_earlier_one_is_taken_for_is_shadowed_and_shown_where() -> None:
    wide = Route(Compares("size.files", "above", 5.0), "y", "many")
    narrow = Route(Compares("size.files", "above", 10.0), "z", "very many")
    tree = tree_of(question("a", ("1", "x"), ("2", "y"), routes=(wide, narrow)))
    missed, shadowed = told(tree)
    assert missed[1] == "no answers lead to the outcome `z`, though it is drawn so"
    assert shadowed[0] == "tree-shadowed-route"
    assert shadowed[1] == (
        "the route `very many` is never taken: wherever it holds, an earlier one does too,"
        " such as `many`: a=1 (size.files is 11)"
    )


def test_routes_that_overlap_are_no_fault_where_the_later_one_is_taken_at_times() -> None:
    first = Route(Compares("size.files", "above", 10.0), "y", "very many")
    then = Route(Compares("size.files", "above", 5.0), "z", "many")
    assert not doubts(tree_of(question("a", ("1", "x"), ("2", "y"), routes=(first, then))))


@pytest.mark.parametrize(
    "never",
    [
        All((Is("a", ("1",)), Is("a", ("2",)))),
        All((Compares("m.n", "below", 1), Compares("m.n", "above", 2))),
        AnyOf((Not(AnyOf((Is("m.n", (True,)), Not(Is("m.n", (True,)))))),)),
        All((Is("m.n", ("This",)), Is("m.n", ("that",)))),
    ],
)
def test_a_route_that_never_holds_is_told_and_what_it_alone_leads_to(never: Condition) -> None:
    assert told(asked(("1", "x"), ("2", "y"), when=never)) == [
        ("tree-never-holds", "the route `r` never holds, whatever is answered"),
        ("tree-never-reached", "no answers lead to the outcome `z`, though it is drawn so"),
    ]


def test_what_lies_behind_a_question_that_is_never_asked_is_not_told_as_well() -> None:
    never = Route(Is("a", ("3",)), "b", "r")
    tree = tree_of(
        question("a", ("1", "x"), ("2", "y"), routes=(never,)),
        question("b", ("1", "x"), ("2", "y")),
    )
    rules = [rule for rule, _ in told(replace(tree, outcomes=tree.outcomes[:2]))]
    assert rules == ["tree-never-holds", "tree-never-reached"]


def test_an_option_whose_target_routes_always_replace_is_told() -> None:
    tree = asked(("1", "x"), ("2", "y"), when=Is("a", ("2",)))
    assert told(tree)[0] == (
        "tree-unused-target",
        "`2` never leads to `y` itself: a route always takes it elsewhere",
    )


def test_a_question_whose_answers_all_lead_to_the_same_is_told_at_its_line() -> None:
    tree = tree_of(question("a", ("1", "b"), ("2", "b")), question("b", ("1", "x"), ("2", "y")))
    (doubt,) = doubts(replace(tree, outcomes=tree.outcomes[:2]))
    assert doubt.rule == "tree-idle-question"
    assert (doubt.place.path, doubt.place.line) == ("s.yaml", 7)
    assert doubt.message == "`a` changes nothing: all its answers lead to the same"


def test_a_question_counts_where_only_a_route_much_later_reads_its_answer() -> None:
    late = Route(Is("a", ("2",)), "z", "r")
    tree = tree_of(
        question("a", ("1", "b"), ("2", "b")),
        question("b", ("1", "c"), ("2", "c")),
        question("c", ("1", "x"), ("2", "y"), routes=(late,)),
    )
    assert prove(tree).idle == ("b",)


def test_a_tree_that_holds_together_and_uses_all_it_has_raises_no_doubt() -> None:
    assert not doubts(example_tree())
    assert prove(example_tree()).whole


def test_a_tree_too_wide_to_try_is_proved_in_part_and_says_so() -> None:
    tree = wide_tree(20, 4)
    proof = prove(tree, limit=500)
    assert not proof.whole
    assert proof.states == 500
    assert (proof.idle, proof.shadows, proof.walks) == ((), (), 0)
    (doubt,) = doubts(tree, limit=500)
    assert (doubt.rule, doubt.severity) == ("tree-too-wide", "info")
    assert doubt.message.startswith("proved for the first 500 states only, of more than")
    assert doubt.message.endswith("parts of the tree were not met among them")


def wide_tree(length: int, options: int) -> Tree:
    """Give a tree of which the last question's routes read every answer."""
    names = [f"q{each:02}" for each in range(length)]
    answers = [f"a{each}" for each in range(options)]
    same = Route(All(tuple(Is(name, ("a1",)) for name in names)), "y", "all a1")
    questions = [
        question(name, *((answer, to) for answer in answers))
        for name, to in zip(names, [*names[1:], "x"], strict=True)
    ]
    questions[-1] = replace(questions[-1], routes=(same,))
    return tree_of(*questions, ends="x y")


def ported_tree(number: int, length: int) -> Tree:
    """Give a tree as long interviews are: branches that meet again, routes that look back."""
    names = [f"q{each:02}" for each in range(length)]
    ends = ["x", "y", "z", "w"]
    questions = []
    for place, name in enumerate(names):
        ahead = (*names[place + 1 : place + 4], ends[(place + number) % 4], ends[place % 4])
        options = tuple((f"a{each}", ahead[each % len(ahead)]) for each in range(2 + place % 4))
        back = [names[0]] if place < 3 else [names[0], names[place - place % 3]]
        looks = All(tuple(Is(each, ("a1",)) for each in back))
        routes = (Route(looks, ends[place % 4], "as before"),) if place % 3 == 2 else ()
        questions.append(question(name, *options, routes=routes))
    return replace(tree_of(*questions, ends=" ".join(ends)), id=f"flow-{number}")


def test_thirty_trees_with_355_questions_are_proved_within_two_seconds() -> None:
    flows = [ported_tree(number, 12 if number < 25 else 11) for number in range(30)]
    assert sum(len(flow.questions) for flow in flows) == 355
    began = time.process_time()
    assert all(prove(flow).whole for flow in flows)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("tree_id", BUNDLED)
def test_every_bundled_tree_is_proved_exhaustively_and_without_a_doubt(tree_id: str) -> None:
    with open_library(None) as library:
        tree = library.tree(tree_id)
    assert prove(tree).whole
    assert told(tree) == []


def test_the_bundled_trees_together_are_proved_well_under_ten_seconds() -> None:
    with open_library(None) as library:
        bundled = [library.tree(each) for each in BUNDLED]
    began = time.process_time()
    for tree in bundled:
        doubts(tree)
    assert time.process_time() - began < 3


def test_rules_and_doubts_are_paired_both_ways_and_as_grave() -> None:
    made = {(each.rule, each.severity) for tree in doubtful() for each in doubts(tree, limit=500)}
    told_of = {path.stem for path in (KNOWLEDGE / "rules" / "trees").glob("*.yaml")}
    assert told_of == {rule for rule, _ in made}
    with open_library(None) as library:
        assert all(library.rule(rule).severity == severity for rule, severity in made)


def doubtful() -> Iterator[Tree]:
    """Give trees with every doubt there is."""
    yield wide_tree(20, 4)
    yield asked(("1", "x"), ("2", "y"), when=Is("a", ("3",)))
    yield asked(("1", "x"), ("2", "y"), when=Is("a", ("2",)))
    yield tree_of(question("a", ("1", "x"), ("2", "x")), ends="x")
    yield from doubtful_rules()
    both = (Route(Is("a", ("1",)), "y", "one"), Route(Is("a", ("1",)), "z", "two"))
    yield tree_of(question("a", ("1", "x"), ("2", "x"), routes=both))
    says = (Position("x", "MUST", Is("a", ("1",))), Position("y", "MUST", Is("a", ("3",))))
    judged = tree_of(question("a", ("1", "x"), ("2", "y")), ends="x y")
    yield replace(judged, authorities=(Authority("rfc", "A rule", (), says),))


@few
@given(trees())
def test_all_walks_end_at_an_outcome_and_are_counted(tree: Tree) -> None:
    questions = tuple(
        replace(
            each, routes=tuple(r for r in each.routes if not any(map(is_measure, names(r.when))))
        )
        for each in tree.questions
    )
    tree = replace(tree, questions=questions)

    def count(walk: Walk) -> int:
        if walk.question is None:
            return 1
        ids = ["", *(option.id for option in walk.question.answers)]
        return sum(count(walk.answer(walk.question.id, each)) for each in ids)

    assert prove(tree).walks == count(start(tree))


def test_a_part_is_told_in_words_a_reader_can_follow() -> None:
    proof = prove(example_tree())

    def words(part: Part) -> str:
        return str(part.trail)

    assert words(proof.part("question", "felt")) == "the first question"
    assert words(proof.part("outcome", "tune")) == "felt=yes, where=database, tests=some"
    assert words(proof.part("outcome", "profile")) == "felt=yes, where=code (size.files is 200)"
    flagged = prove(asked(("1", "x"), ("2", "y"), when=Is("m.n", (True, "Other"))))
    assert words(flagged.part("outcome", "z")) == "a=1 (m.n is true)"
