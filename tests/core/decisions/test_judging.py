"""What authorities say of a walk, and which facts decide between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.decisions import doubts, stances, start
from be_tui.core.knowledge.authorities import Authority, Position
from be_tui.core.knowledge.conditions import AnyOf, Is, holds
from be_tui.core.knowledge.model import Source
from tests.core.decisions.strategies import conditions, example_tree, walks

if TYPE_CHECKING:
    from be_tui.core.decisions import Walk
    from be_tui.core.knowledge.model import Tree

SAID = (Source("rfc", "A rule", section="7"),)


def authority(name: str, *positions: Position) -> Authority:
    return Authority(name, f"The {name}", SAID, positions)


def judged(*authorities: Authority) -> Tree:
    return replace(example_tree(), authorities=authorities)


BRAVE = authority("brave", Position("tune", "MUST tune at once"))
CAREFUL = authority(
    "careful",
    Position("profile", "SHOULD profile first", Is("where", ("code",))),
    Position("pin", "MUST have tests", Is("tests", ("none",))),
)


def walked(tree: Tree, *answers: str) -> Walk:
    walk = start(tree)
    for option in answers:
        assert walk.question is not None
        walk = walk.answer(walk.question.id, option)
    return walk


def test_each_authority_is_asked_by_the_same_answers() -> None:
    brave, careful = stances(walked(judged(BRAVE, CAREFUL), "yes", "database", "none"))
    assert (brave.outcome and brave.outcome.id, brave.agrees) == ("tune", False)
    assert (careful.outcome and careful.outcome.id, careful.agrees) == ("pin", True)
    assert careful.decides.sets == ()


def test_the_first_position_that_holds_counts() -> None:
    _, careful = stances(walked(judged(BRAVE, CAREFUL), "yes", "code", "none"))
    assert careful.position is CAREFUL.positions[0]
    assert careful.agrees is False


def test_where_no_position_holds_an_authority_says_nothing() -> None:
    _, careful = stances(walked(judged(BRAVE, CAREFUL), "yes", "database", "some"))
    assert (careful.position, careful.outcome, careful.agrees) == (None, None, False)
    assert careful.decides.sets == ()


def test_a_question_that_was_not_asked_makes_no_position_hold() -> None:
    brave, careful = stances(walked(judged(BRAVE, CAREFUL), "no"))
    assert careful.position is None
    assert brave.outcome is not None


def test_the_answers_that_would_lead_there_decide() -> None:
    brave, _ = stances(walked(judged(BRAVE, CAREFUL), "yes", "database", "none"))
    ((change,),) = [flip.changes for flip in brave.decides.sets]
    assert (change.step.question.id, change.option.id) == ("tests", "some")


def test_before_an_outcome_and_without_authorities_nobody_is_asked() -> None:
    assert stances(walked(judged(BRAVE), "yes")) == ()
    assert stances(walked(example_tree(), "no")) == ()


@settings(deadline=None)
@given(walks(finished=True), st.data())
def test_the_facts_that_decide_really_lead_to_what_an_authority_says(
    walk: Walk, data: st.DataObject
) -> None:
    ends = st.sampled_from([each.id for each in walk.tree.outcomes])
    when = data.draw(conditions(5))
    found = data.draw(st.tuples(ends, ends))
    says = authority("drawn", Position(found[0], "MUST", when), Position(found[1], "MAY"))
    other = replace(walk, tree=replace(walk.tree, authorities=(says,)))
    (stance,) = stances(other)
    answers = {step.question.id: step.option.id for step in walk.path}
    assert stance.position is says.positions[0 if holds(when, answers.get) else 1]
    for flip in stance.decides.sets:
        changed = walk
        for each in flip.changes:
            changed = changed.answer(each.step.question.id, each.option.id)
        if flip.outcome and not flip.opens:
            assert changed.outcome == flip.outcome == stance.outcome
    assert not (stance.agrees and stance.decides.sets)


def rules(tree: Tree) -> list[tuple[str, str]]:
    return [
        (each.rule, each.severity) for each in doubts(tree) if each.rule.startswith("tree-idle-")
    ]


def test_authorities_that_part_leave_no_doubt() -> None:
    assert rules(judged(BRAVE, CAREFUL)) == []


def test_a_position_that_never_counts_is_told() -> None:
    always = authority(
        "always",
        Position("tune", "MUST", AnyOf((Is("felt", ("yes",)), Is("felt", ("no",))))),
        Position("pin", "MAY"),
    )
    (doubt,) = [each for each in doubts(judged(always)) if each.rule == "tree-idle-position"]
    assert "authorities.always.positions[1]: it never counts" in doubt.message
    # Nobody who says `no` is asked where the time goes.
    never = Position("leave", "MUST", Is("where", ("nowhere",)))
    assert ("tree-idle-position", "warning") in rules(
        judged(authority("odd", never, Position("tune", "MUST")))
    )


def test_an_authority_that_never_differs_is_told() -> None:
    same = authority("same", Position("leave", "MUST leave it", Is("felt", ("no",))))
    assert rules(judged(same)) == [("tree-idle-authority", "info")]
    # Beside one that differs there, it is worth reading.
    assert rules(judged(same, BRAVE)) == []


def test_a_tree_too_wide_to_try_is_not_judged() -> None:
    tree = judged(authority("same", Position("leave", "MUST", Is("felt", ("no",)))))
    assert [each.rule for each in doubts(tree, limit=2)] == ["tree-too-wide"]
