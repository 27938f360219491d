"""Answers brought over to a later version of their tree, compared with giving them there."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.decisions import (
    Answer,
    Recorded,
    Walk,
    carry,
    decisions_in,
    outcome_since,
    recheck,
    restored_words,
    start,
    walk_from_json,
    walk_to_json,
)
from be_tui.core.decisions.madr import decision_json
from be_tui.core.knowledge.changes import OptionRenamed, Removed, Renamed, Revision, Split
from be_tui.core.knowledge.conditions import All, AnyOf, Compares, Condition, Is, Not
from be_tui.core.knowledge.model import NONE, Option, Question, Tree, ticks
from tests.core.decisions.strategies import example_tree, walks
from tests.core.decisions.test_comparing import tree_of, yes_or_no


def renamed(tree: Tree) -> Tree:
    """Give the tree with every question, option and outcome called something else."""
    revision = Revision(
        2,
        tuple(Renamed(each.id, f"new-{each.id}") for each in tree.questions),
        tuple(
            OptionRenamed(each.id, option.id, f"{option.id}-{each.id}")
            for each in tree.questions
            for option in each.options
        ),
        tuple(Renamed(each.id, f"new-{each.id}") for each in tree.outcomes),
    )
    return replace(
        tree,
        version=2,
        first=f"new-{tree.first}",
        questions=tuple(_renamed(tree, each) for each in tree.questions),
        outcomes=tuple(replace(each, id=f"new-{each.id}") for each in tree.outcomes),
        changes=(revision,),
    )


def _renamed(tree: Tree, question: Question) -> Question:
    own = question.id
    return replace(
        question,
        id=f"new-{own}",
        options=tuple(
            Option(f"{each.id}-{own}", each.label, f"new-{each.to}") for each in question.options
        ),
        unknown=replace(question.unknown, assume=_new(question.unknown.assume, question)),
        witnesses=(),
        routes=tuple(
            replace(each, when=_in_new_words(tree, each.when), to=f"new-{each.to}")
            for each in question.routes
        ),
    )


def _new(answer: str, question: Question) -> str:
    """Give an answer in new words; that nothing is ticked stays what it is."""
    if question.kind == "several" and answer == NONE:
        return answer
    return ",".join(f"{each}-{question.id}" for each in ticks(answer))


def _in_new_words(tree: Tree, condition: Condition) -> Condition:
    match condition:
        case Is(name, values) if "." not in name:
            question = tree.find_question(name)
            assert question
            return Is(f"new-{name}", tuple(_new(str(value), question) for value in values))
        case All(parts):
            return All(tuple(_in_new_words(tree, part) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_in_new_words(tree, part) for part in parts))
        case Not(part):
            return Not(_in_new_words(tree, part))
        case Is() | Compares():
            return condition


@settings(deadline=None)
@given(walks())
def test_carrying_and_replaying_is_answering_the_renamed_questions(walk: Walk) -> None:
    walk = replace(walk, at="")
    tree = renamed(walk.tree)
    direct = start(tree, walk.evidence)
    for answer in walk.answers:
        question = walk.tree.find_question(answer.question)
        option = _new(answer.option, question) if question and answer.option else ""
        direct = direct.answer(f"new-{answer.question}", option, answer.origin)
    brought = carry(tree, walk.answers, 1)
    assert Walk(tree, brought.answers, evidence=walk.evidence) == direct
    assert brought.lost == ()
    assert [each.before for each in brought.passed] == list(walk.answers)
    assert direct.end.id == f"new-{walk.end.id}"
    if walk.outcome is not None:
        assert outcome_since(tree, walk.end.id, 1) == direct.end.id


@settings(deadline=None)
@given(walks(), st.integers(2, 4))
def test_answers_of_today_stand_as_they_are(walk: Walk, version: int) -> None:
    tree = replace(renamed(walk.tree), version=version)
    mine = tuple(
        Answer(f"new-{each.question}", "", each.origin) for each in walk.answers if each.unknown
    )
    brought = carry(tree, mine, version)
    assert (brought.answers, brought.passed, brought.lost) == (mine, (), ())


def test_revisions_are_followed_one_after_the_other_from_the_version_on() -> None:
    changes = (
        Revision(2, (Renamed("big", "large"),)),
        Revision(3, (Renamed("large", "vast"),), (OptionRenamed("large", "yes", "huge"),)),
    )
    options = (Option("huge", "Huge", "one"), Option("no", "No", "two"))
    vast = replace(yes_or_no("vast", "one", "two"), options=options)
    tree = tree_of(vast, version=3, changes=changes)
    assert carry(tree, [Answer("big", "yes")], 1).answers == (Answer("vast", "huge"),)
    assert carry(tree, [Answer("large", "yes")], 2).answers == (Answer("vast", "huge"),)
    assert carry(tree, [Answer("vast", "huge")], 3).answers == (Answer("vast", "huge"),)
    # Names of a version that nobody knows are not guessed at.
    assert carry(tree, [Answer("big", "yes")], 0).answers == ()


def test_an_answer_to_a_split_question_is_told_to_both_of_its_parts() -> None:
    split = Revision(
        2,
        splits=(
            Split("big", "yes", (("wide", "yes"), ("deep", "no"))),
            Split("big", "no", (("wide", "no"),)),
        ),
    )
    wide, deep = yes_or_no("wide", "deep", "one"), yes_or_no("deep", "two", "three")
    tree = tree_of(wide, deep, version=2, changes=(split,))
    measured = Answer("big", "yes", "measured")
    brought = carry(tree, [measured], 1)
    assert brought.answers == (
        Answer("wide", "yes", "measured"),
        Answer("deep", "no", "measured"),
    )
    assert brought.passed[0].after == brought.answers
    assert carry(tree, [Answer("big", "no")], 1).answers == (Answer("wide", "no"),)
    # Who did not know the one does not know either of the two.
    assert carry(tree, [Answer("big", "")], 1).answers == (Answer("wide", ""), Answer("deep", ""))
    (lost,) = carry(tree, [Answer("big", "perhaps")], 1).lost
    assert (lost.answer.option, lost.why) == ("perhaps", "")


def test_what_was_removed_is_lost_with_the_reason() -> None:
    gone = Revision(
        2, removed=(Removed("loud", "", "it changed nothing"), Removed("big", "no", "never taken"))
    )
    tree = tree_of(yes_or_no("big", "one", "two"), version=2, changes=(gone,))
    brought = carry(tree, [Answer("loud", "yes"), Answer("big", "no"), Answer("big", "yes")], 1)
    assert brought.answers == (Answer("big", "yes"),)
    assert [(each.answer.question, each.why) for each in brought.lost] == [
        ("loud", "it changed nothing"),
        ("big", "never taken"),
    ]


def test_an_answer_that_the_tree_forgot_without_a_word_is_lost_without_a_reason() -> None:
    brought = carry(example_tree(), [Answer("felt", "no"), Answer("mood", "good")], 1)
    assert brought.answers == (Answer("felt", "no"),)
    assert [(each.answer.question, each.why) for each in brought.lost] == [("mood", "")]
    assert brought.passed == ()


def test_a_part_that_has_no_place_is_told_beside_what_was_carried() -> None:
    split = Revision(2, splits=(Split("big", "yes", (("wide", "yes"), ("deep", "yes"))),))
    tree = tree_of(yes_or_no("wide", "one", "two"), version=2, changes=(split,))
    brought = carry(tree, [Answer("big", "yes")], 1)
    assert brought.answers == (Answer("wide", "yes"),)
    assert [each.answer for each in brought.lost] == [Answer("big", "yes")]
    assert [each.before for each in brought.passed] == [Answer("big", "yes")]


def test_a_saved_walk_comes_over_with_where_it_stood() -> None:
    asked = tree_of(yes_or_no("big", "loud", "two"), yes_or_no("loud", "one", "three"))
    saved = walk_to_json(start(asked).answer("big", "yes").answer("loud", "no").revisit("big"))
    gone = Revision(2, (Renamed("big", "large"),), removed=(Removed("loud", "", "never heard"),))
    tree = tree_of(yes_or_no("large", "one", "two"), version=2, changes=(gone,))
    restored = walk_from_json(tree, saved)
    assert restored.walk.answers == (Answer("large", "yes"),)
    assert restored.walk.at == "large"
    assert restored.lost == (Answer("loud", "no"),)
    assert restored_words(restored) == (
        "The tree has changed since (version 1, now 2); these answers go by other names now:"
        " big=yes is large=yes; these answers do not fit it any more: loud=no (never heard)"
    )
    assert restored_words(walk_from_json(tree, walk_to_json(restored.walk))) == ""


def test_a_record_of_an_older_version_is_looked_at_by_the_names_of_today() -> None:
    walk = start(example_tree()).answer("felt", "yes").answer("where", "code").answer("tests", "")
    assert walk.outcome is not None
    block = json.dumps(decision_json(walk, walk.outcome))
    (recorded,) = decisions_in(f"```json be-tui decision\n{block}\n```\n")
    assert isinstance(recorded, Recorded)
    tree = replace(renamed(walk.tree), version=4)
    tree = replace(tree, changes=(replace(tree.changes[0], version=4),))
    again = recheck(recorded, tree, ())
    assert (again.flips, again.lost, again.changed) == (False, (), ())
    assert (again.outcome, len(again.brought.passed)) == ("new-pin", 3)


def test_only_what_happened_is_said() -> None:
    asked = tree_of(yes_or_no("big", "one", "two"))
    saved = walk_to_json(start(asked).answer("big", "yes"))
    named = Revision(2, (Renamed("big", "large"),))
    large = tree_of(yes_or_no("large", "one", "two"), version=2, changes=(named,))
    assert "any more" not in restored_words(walk_from_json(large, saved))
    other = tree_of(yes_or_no("large", "one", "two"), version=2)
    said = restored_words(walk_from_json(other, saved))
    assert "other names" not in said
    assert said.endswith("these answers do not fit it any more: big=yes")
