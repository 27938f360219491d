"""The smallest sets of answers that change an outcome, compared with trying all of them."""

from __future__ import annotations

import time
from itertools import combinations, product
from typing import TYPE_CHECKING

from hypothesis import given, settings

from be_tui.core.decisions import flips, flips_to, start, tried, try_words, turns
from be_tui.core.decisions.outlook import outlook
from be_tui.core.knowledge.conditions import All, Is
from be_tui.core.knowledge.model import Option, Question, Route, Tree, Unknown
from tests.core.decisions.strategies import example_tree, outcome, walks
from tests.core.decisions.test_leading import SLACK, with_unknown

if TYPE_CHECKING:
    from be_tui.core.decisions import Flips, Walk

Sets = set[tuple[tuple[str, str], ...]]


def sets_of(found: Flips) -> Sets:
    return {
        tuple((each.step.question.id, each.option.id) for each in flip.changes)
        for flip in found.sets
    }


def by_answering(walk: Walk, size: int) -> dict[tuple[tuple[str, str], ...], frozenset[str]]:
    """Give what can come out after each change of so many answers of the path."""
    found = {}
    for steps in combinations(walk.path, size):
        others = [[o for o in s.question.answers if o.id != s.option.id] for s in steps]
        for options in product(*others):
            named = tuple((s.question.id, o.id) for s, o in zip(steps, options, strict=True))
            other = walk
            for question, option in named:
                other = other.answer(question, option)
            found[named] = outlook(other).outcomes
    return found


def voting(count: int, needed: int) -> Tree:
    """Give a tree of yes and no, whose outcome another one takes by so many answers together."""
    names = [f"q{each}" for each in range(count)]
    parts = tuple(Is(name, ("yes",)) for name in names[:needed])
    questions = []
    for place, name in enumerate(names):
        to = names[place + 1] if place + 1 < count else "stay"
        last = (Route(All(parts), "go", "all agree"),) if to == "stay" else ()
        options = (Option("yes", "Yes", to), Option("no", "No", to))
        questions.append(
            Question(name, f"{name}?", "so", options, Unknown("no", "little"), routes=last)
        )
    ends = (outcome("stay", "Stay"), outcome("go", "Go"))
    return Tree("vote", 1, "Vote", "Go?", "So.", "q0", tuple(questions), ends)


def answered(tree: Tree, option: str) -> Walk:
    walk = start(tree)
    while walk.question is not None:
        walk = walk.answer(walk.question.id, option)
    return walk


@settings(deadline=None)
@given(walks(finished=True))
def test_the_smallest_sets_are_those_that_trying_every_set_finds(walk: Walk) -> None:
    found = flips(walk)
    assert found.whole
    here = {walk.end.id}
    for size in (1, 2, 3):
        sets = {named for named, ends in by_answering(walk, size).items() if ends != here}
        if sets:
            assert (found.size, sets_of(found)) == (size, sets)
            return
    assert (found.size, found.sets) == (0, ())


@settings(deadline=None)
@given(walks(finished=True))
def test_sets_of_one_are_what_the_walk_turns_on(walk: Walk) -> None:
    single = {(each.step.question.id, each.option.id) for each in turns(walk)}
    found = sets_of(flips(walk, most=1))
    assert {(each,) for each in single} <= found
    # Of ticks, what the walk turns on leaves out those that only add to what does the same.
    several = {each.id for each in walk.tree.questions if each.kind == "several"}
    assert all(each in single or each[0] in several for (each,) in found)


@settings(deadline=None)
@given(walks(finished=True))
def test_the_sets_that_lead_to_an_outcome_are_the_smallest_that_can(walk: Walk) -> None:
    wanted = [each.id for each in walk.tree.outcomes if each.id != walk.end.id]
    found = flips_to(walk, wanted)
    assert set(found) == set(wanted)
    for target in wanted:
        sizes = [
            (size, {named for named, ends in by_answering(walk, size).items() if target in ends})
            for size in (1, 2, 3)
        ]
        expected = next(((size, sets) for size, sets in sizes if sets), (0, set()))
        assert (found[target].size, sets_of(found[target])) == expected


def test_a_set_that_surely_leads_there_stands_before_one_that_asks_on() -> None:
    walk = start(example_tree()).answer("felt", "no")
    (flip,) = flips(walk).sets
    assert flip.opens is not None
    assert (flip.outcome, flip.opens.id) == (None, "where")
    assert {each.id for each in flip.among} == {"tune", "pin"}
    for found in flips_to(answered(voting(3, 2), "no"), ["go"]).values():
        assert [flip.outcome is None for flip in found.sets] == sorted(
            flip.outcome is None for flip in found.sets
        )


def test_two_and_three_answers_that_decide_only_together_are_found() -> None:
    for needed in (2, 3):
        found = flips(answered(voting(6, needed), "no"))
        assert (found.size, found.tried, found.whole) == (needed, needed, True)
        assert sets_of(found) == {tuple((f"q{each}", "yes") for each in range(needed))}


def test_more_than_three_are_not_looked_for_and_that_is_said() -> None:
    found = flips(answered(voting(6, 4), "no"))
    assert (found.sets, found.size, found.tried, found.whole) == ((), 0, 3, True)


def test_where_there_are_too_many_sets_it_is_said_how_far_it_was_tried() -> None:
    found = flips(answered(voting(6, 3), "no"), limit=8)
    assert (found.sets, found.size, found.tried, found.whole) == ((), 0, 1, False)
    # The first pair of the first two is the eighth try; what it finds may not be all.
    found = flips(answered(voting(6, 2), "no"), limit=7)
    assert (len(found.sets), found.size, found.tried, found.whole) == (1, 2, 1, False)


def test_a_walk_without_an_outcome_has_nothing_to_change() -> None:
    assert flips(start(example_tree())).sets == ()
    assert flips_to(start(example_tree()), ["tune"])["tune"].sets == ()


def test_all_pairs_of_ten_questions_of_four_options_are_tried_in_little_time() -> None:
    walk = with_unknown(0)
    fewest = min(_seconds(walk) for _ in range(5))
    assert fewest < 0.060 * SLACK


def _seconds(walk: Walk) -> float:
    begun = time.process_time()
    assert flips_to(walk, ["no such outcome"], most=2)["no such outcome"].tried == 2
    return time.process_time() - begun


def test_a_set_of_answers_is_named_and_walked_by_its_name() -> None:
    walk = answered(voting(4, 2), "no")
    flip = flips(walk).sets[0]
    words = try_words((each.step.question.id, each.option.id) for each in flip.changes)
    assert words == "q0=yes;q1=yes"
    assert tried(walk, words).outcome == flip.outcome
