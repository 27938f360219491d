"""What the tests of bundled trees share: walking them whole, and the proofs that each one owes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.decisions import Walk, start, support
from be_tui.core.evidence import Evidence, Measure
from be_tui.core.knowledge import open_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.evidence import Value
    from be_tui.core.knowledge.model import Tree

LABEL = 60
"""Characters of a label, so that it fits beside the evidence at 80 columns."""

LONGEST = 8
"""Questions that a person is asked at most."""


@cache
def bundled() -> dict[str, Tree]:
    """Give all bundled trees by their ids; read once, as the index is built for it."""
    with open_library() as library:
        return {entry.id: library.tree(entry.id) for entry in library.entries("tree")}


def tree(tree_id: str) -> Tree:
    return bundled()[tree_id]


def every_walk(walk: Walk) -> Iterator[Walk]:
    if (question := walk.question) is None:
        yield walk
        return
    for option in question.answers:
        yield from every_walk(walk.answer(question.id, option.id))


@cache
def walks(tree_id: str) -> tuple[Walk, ...]:
    return tuple(every_walk(start(tree(tree_id))))


def ending(tree_id: str, story: str) -> str:
    """Walk by answers in a row, and give the id of the outcome."""
    walk = start(tree(tree_id))
    for option in story.split():
        assert walk.question is not None, f"the walk ended before {option}"
        walk = walk.answer(walk.question.id, option)
    assert walk.outcome is not None, f"{walk.question and walk.question.id} is still to be asked"
    return walk.outcome.id


def supported(question: str, measures: dict[str, Value]) -> set[str]:
    """Give the options of `tree question` that readings of these measures support."""
    tree_id, question_id = question.split()
    asked = tree(tree_id).find_question(question_id)
    assert asked is not None
    taken = tuple(Measure(name, value) for name, value in measures.items())
    evidence = [Evidence(each.probe, "", "", measures=taken) for each in asked.witnesses]
    return {each.option for each in support(asked, evidence)}


def is_short(tree_id: str) -> None:
    """Prove that no walk is long."""
    assert max(len(walk.path) for walk in walks(tree_id)) <= LONGEST


def is_reached_everywhere(tree_id: str) -> None:
    """Prove that every outcome and every option is on some walk."""
    ends = {walk.outcome.id for walk in walks(tree_id) if walk.outcome}
    taken = {(step.question.id, step.option.id) for walk in walks(tree_id) for step in walk.path}
    whole = tree(tree_id)
    assert ends == {outcome.id for outcome in whole.outcomes}
    assert taken == {
        (question.id, answer.id) for question in whole.questions for answer in question.answers
    }


def asks_only_what_matters(tree_id: str) -> None:
    """Prove that wherever a question is asked, some two of its answers lead to different ends."""

    def ends(walk: Walk) -> frozenset[tuple[tuple[str, ...], str]]:
        so_far = len(walk.path)
        return frozenset(
            (
                tuple(f"{step.question.id}={step.option.id}" for step in each.path[so_far:]),
                each.outcome.id if each.outcome else "",
            )
            for each in every_walk(walk)
        )

    def look(walk: Walk) -> None:
        if (question := walk.question) is None:
            return
        branches = [walk.answer(question.id, option.id) for option in question.answers]
        asked = " ".join(step.option.id for step in walk.path)
        assert len({ends(branch) for branch in branches}) > 1, f"{question.id} after {asked!r}"
        for branch in branches:
            look(branch)

    look(start(tree(tree_id)))


def leads_the_ignorant_to_a_door_with_a_way_back(tree_id: str) -> None:
    """Prove that somebody who knows nothing is led to something that can be undone."""
    walk = start(tree(tree_id))
    while walk.question is not None:
        walk = walk.answer(walk.question.id, "")
    assert walk.outcome is not None
    assert walk.outcome.door == "two-way"


def is_written_out(tree_id: str) -> None:
    """Prove that labels are short, questions can be found out, and outcomes say what to do."""
    for question in tree(tree_id).questions:
        assert all(len(option.label) <= LABEL for option in question.options), question.id
        assert question.unknown.find_out, question.id
        assert question.sources, question.id
    for outcome in tree(tree_id).outcomes:
        assert 3 <= len(outcome.steps) <= 6, outcome.id
        assert all((outcome.sources, outcome.references, outcome.again)), outcome.id


PROOFS: tuple[Callable[[str], None], ...] = (
    is_short,
    is_reached_everywhere,
    asks_only_what_matters,
    leads_the_ignorant_to_a_door_with_a_way_back,
    is_written_out,
)
"""What every bundled tree owes; each takes the tree's id."""
