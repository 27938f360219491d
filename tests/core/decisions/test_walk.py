"""Walks: what holds of one tree, by hand, and of any tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.decisions import Answer, Walk, start
from be_tui.core.errors import InputError
from be_tui.core.knowledge.model import Option, Outcome, Question, Tree
from tests.core.decisions.strategies import (
    evidence,
    evidences,
    example_tree,
    options_of,
    trees,
    walks,
)


def asked(walk: Walk) -> str:
    return walk.question.id if walk.question else ""


def ended(walk: Walk) -> str:
    return walk.outcome.id if walk.outcome else ""


def path(walk: Walk) -> list[str]:
    return [step.question.id for step in walk.path]


def test_it_begins_at_the_first_question() -> None:
    walk = start(example_tree())
    assert asked(walk) == "felt"
    assert (walk.outcome, walk.path, walk.number) == (None, (), 1)


def test_an_answer_leads_to_where_its_option_says() -> None:
    walk = start(example_tree()).answer("felt", "yes")
    assert asked(walk) == "where"
    assert walk.path[0].to == "where"
    assert walk.number == 2


def test_an_outcome_leaves_nothing_to_ask() -> None:
    walk = start(example_tree()).answer("felt", "no")
    assert ended(walk) == "leave"
    assert walk.question is None
    assert walk.remaining == (0, 0)


def test_i_do_not_know_takes_what_the_tree_assumes_and_is_flagged() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "")
    assert asked(walk) == "tests"
    assert [step.question.id for step in walk.assumed] == ["where"]
    assert walk.assumed[0].option.id == "database"
    assert walk.assumed[0].origin == "assumed"


def test_a_changed_answer_keeps_the_later_ones_and_they_come_back() -> None:
    full = start(example_tree()).answer("felt", "yes").answer("where", "code")
    full = full.answer("tests", "some", origin="measured")
    changed = full.answer("felt", "no")
    assert ended(changed) == "leave"
    assert [answer.question for answer in changed.aside] == ["where", "tests"]
    again = changed.answer("felt", "yes")
    assert again == full
    assert ended(again) == "tune"
    assert again.aside == ()
    assert again.path[2].origin == "measured"


def test_a_route_over_measures_wins_over_the_option_and_is_named() -> None:
    measured = [evidence("size", {"size.files": 900})]
    walk = start(example_tree(), measured).answer("felt", "yes").answer("where", "code")
    assert ended(walk) == "profile"
    assert walk.path[1].route == "much code"
    assert asked(walk.with_evidence([])) == "tests"


def test_of_two_probes_with_the_same_measure_the_later_word_counts() -> None:
    both = [evidence("size", {"size.files": 900}), evidence("later", {"size.files": 3})]
    walk = start(example_tree(), both).answer("felt", "yes").answer("where", "code")
    assert asked(walk) == "tests"


def test_back_looks_at_the_last_answer_again_and_proceed_leaves_it() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code")
    back = walk.back()
    assert asked(back) == "where"
    assert back.number == 2
    assert path(back) == ["felt", "where"]
    assert asked(back.back()) == "felt"
    assert back.back().back() == back.back()
    assert back.back().proceed() == back
    assert back.proceed() == walk


def test_back_from_an_outcome_keeps_telling_where_the_path_ends() -> None:
    back = start(example_tree()).answer("felt", "no").back()
    assert asked(back) == "felt"
    assert ended(back) == "leave"
    assert back.given("felt") == Answer("felt", "no")


def test_any_answer_of_the_path_can_be_looked_at_again() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code")
    assert asked(walk.revisit("felt")) == "felt"
    assert walk.revisit("felt").revisit("tests") == walk
    with pytest.raises(InputError, match="tests is not on the path"):
        walk.answer("felt", "no").revisit("tests")


def test_a_question_can_be_answered_before_it_is_asked() -> None:
    walk = start(example_tree()).answer("tests", "none").answer("felt", "yes")
    assert asked(walk) == "where"
    assert ended(walk.answer("where", "database")) == "pin"


@pytest.mark.parametrize(
    ("question", "option", "message"),
    [
        ("fetl", "yes", "speed has no question 'fetl'; did you mean felt?"),
        ("zzz", "yes", "speed has no question 'zzz'; it has felt, where, tests"),
        ("felt", "yse", "felt has no answer 'yse'; did you mean yes?"),
        ("felt", "maybe", "felt has no answer 'maybe'; it has no, yes"),
    ],
)
def test_a_wrong_id_is_answered_with_the_nearest(question: str, option: str, message: str) -> None:
    with pytest.raises(InputError) as wrong:
        start(example_tree()).answer(question, option)
    assert str(wrong.value) == message


def test_a_question_looked_at_that_leaves_the_path_is_let_go() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code").answer("tests", "")
    looking = walk.revisit("tests").with_evidence([evidence("size", {"size.files": 900})])
    assert ended(looking) == "profile"
    assert looking.question is None


def test_a_tree_that_leads_in_a_circle_is_refused() -> None:
    tree = example_tree()
    back = replace(tree.questions[2], options=(Option("x", "X", "felt"), Option("y", "Y", "tune")))
    with pytest.raises(InputError, match=r"speed\.yaml: .* in a circle, back to 'felt'"):
        start(replace(tree, questions=(*tree.questions[:2], back)))


def test_a_circle_is_refused_also_in_a_walk_that_was_not_begun_by_start() -> None:
    tree = example_tree()
    felt = replace(tree.questions[0], options=(Option("no", "No", "felt"),))
    with pytest.raises(InputError, match="in a circle"):
        Walk(replace(tree, questions=(felt,)), (Answer("felt", "no"),))


def test_a_tree_that_leads_nowhere_is_refused() -> None:
    tree = example_tree()
    with pytest.raises(InputError, match="leads to 'tune', which it does not have"):
        start(replace(tree, outcomes=tree.outcomes[:2]))


def test_an_answer_whose_option_is_gone_is_asked_anew() -> None:
    assert asked(Walk(example_tree(), (Answer("felt", "perhaps"),))) == "felt"


@given(walks(finished=True))
def test_every_walk_ends(walk: Walk) -> None:
    assert isinstance(walk.end, Outcome)
    assert walk.path[-1].to == walk.end.id
    assert len({step.question.id for step in walk.path}) == len(walk.path)


@given(walks(), st.data())
def test_back_undoes_an_answer_and_the_same_answer_redoes_it(
    walk: Walk, data: st.DataObject
) -> None:
    if walk.question is None:
        return
    answered = walk.answer(walk.question.id, data.draw(options_of(walk.question)))
    position = path(answered).index(walk.question.id)
    back = answered
    while back.number > position + 1:
        back = back.back()
    assert back.question == walk.question
    option = answered.given(walk.question.id)
    assert option is not None
    assert back.answer(walk.question.id, option.option) == answered
    forth = back
    while forth.at:
        forth = forth.proceed()
    assert forth == answered


@given(walks(finished=True), st.data())
def test_changing_an_answer_and_changing_it_back_is_nothing(
    walk: Walk, data: st.DataObject
) -> None:
    step = data.draw(st.sampled_from(walk.path))
    changed = walk.answer(step.question.id, data.draw(options_of(step.question)))
    assert changed.answer(step.question.id, step.answer.option) == walk
    assert path(changed.answer(step.question.id, step.answer.option)) == path(walk)


@given(walks())
def test_a_walk_is_what_its_answers_are_whatever_their_order(walk: Walk) -> None:
    turned = Walk(walk.tree, walk.answers[::-1], evidence=walk.evidence)
    assert (turned.path, turned.end) == (walk.path, walk.end)
    assert {*turned.aside} == {*walk.aside}


@given(walks())
def test_answers_are_on_the_path_or_aside_and_never_lost(walk: Walk) -> None:
    on_path = {step.answer for step in walk.path}
    assert on_path.isdisjoint(walk.aside)
    assert on_path | {*walk.aside} == {*walk.answers}


@given(walks(), evidences())
def test_evidence_taken_back_leaves_the_walk_as_it_was(
    walk: Walk, other: tuple[object, ...]
) -> None:
    assert walk.with_evidence(other).with_evidence(walk.evidence) == walk  # type: ignore[arg-type]


def lengths(walk: Walk) -> set[int]:
    """Give how many questions are still to come, on every way there is."""
    if not isinstance(walk.end, Question):
        return {0}
    question = walk.end
    return {
        1 + length
        for option in question.answers
        for length in lengths(walk.answer(question.id, option.id))
    }


@given(walks())
def test_what_remains_is_the_shortest_and_the_longest_way(walk: Walk) -> None:
    ways = lengths(walk)
    assert walk.remaining == (min(ways), max(ways))


def wide_tree(questions: int, read: int) -> Tree:
    """Give a line of questions whose last routes read the answers to the first ones."""
    from be_tui.core.knowledge.conditions import All, Is
    from be_tui.core.knowledge.model import Route, Unknown
    from tests.core.decisions.strategies import outcome

    def question(index: int) -> Question:
        to = f"q{index + 1}" if index + 1 < questions else "o0"
        options = tuple(Option(f"a{each}", f"A{each}", to) for each in range(4))
        return Question(f"q{index}", f"{index}?", "why", options, Unknown("a0", "p"))

    made = [question(index) for index in range(questions)]
    never = All((Is("q0", ("a0",)), Is("q1", ("a1",)), Is("q2", ("none",))))
    rest = tuple(Is(f"q{index}", ("a1",)) for index in range(read))
    routes = (Route(never, "o2", "never"), Route(All(rest), "o1", "all of it"))
    made[-1] = replace(made[-1], routes=routes)
    ends = tuple(outcome(f"o{index}") for index in range(3))
    return Tree("wide", 1, "W", "W?", "s", "q0", tuple(made), ends)


def test_where_too_many_answers_are_read_ahead_bounds_are_given_at_once() -> None:
    from be_tui.core.decisions.outlook import outlook

    walk = start(wide_tree(12, 12))
    ahead = outlook(walk)
    assert (ahead.fewest, ahead.most) == (12, 12)
    assert {"o0", "o1"} <= ahead.outcomes
    almost = walk
    for index in range(11):
        almost = almost.answer(f"q{index}", "a1")
    assert outlook(almost).outcomes == {"o0", "o1"}


@given(trees(), evidences())
def test_bounds_hold_what_is_exact(tree: Tree, measured: tuple[object, ...]) -> None:
    from be_tui.core.decisions import outlook as module

    walk = start(tree, measured)  # type: ignore[arg-type]
    exact = module.outlook(walk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "EXACT_UP_TO", 0)
        bounds = module.outlook(walk)
    assert bounds.fewest <= exact.fewest <= exact.most <= bounds.most
    assert exact.outcomes <= bounds.outcomes


def test_a_question_asked_before_its_turn_waits_with_its_answer() -> None:
    walk = start(example_tree()).ask("tests")
    assert (asked(walk), walk.early) == ("tests", True)
    walk = walk.answer("tests", "none")
    assert (asked(walk), walk.early) == ("felt", False)
    assert walk.ahead == (Answer("tests", "none"),)
    walk = walk.answer("felt", "yes").answer("where", "code")
    assert (ended(walk), walk.ahead) == ("pin", ())


def test_from_a_question_asked_early_back_and_on_lead_to_the_one_whose_turn_it_is() -> None:
    walk = start(example_tree()).answer("felt", "yes")
    assert walk.ask("tests").back() == walk
    assert walk.ask("tests").proceed() == walk
    assert walk.ask("where") == walk


def test_only_what_can_still_come_is_asked_early() -> None:
    walk = start(example_tree()).answer("felt", "no")
    with pytest.raises(InputError, match="tests is not on the path"):
        walk.ask("tests")
    early = start(example_tree()).ask("where")
    assert early.answer("felt", "no").question is None
    assert replace(early, answers=walk.answers).at == ""
