"""Answers brought over to the tree of today: what was carried, what was lost, and why.

    brought = carry(tree, answers, version)
    brought.answers, brought.passed, brought.lost

A tree says in its `changes` what each version renamed, split and took away. Answers given on
an older version are followed through them; one that the tree of today has no place for is
lost, with the reason where the tree gives one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.decisions.answering import adopted
from be_tui.core.knowledge import ticked, ticks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.decisions.model import Answer, Restored
    from be_tui.core.knowledge import Revision, Tree


@dataclass(frozen=True, slots=True)
class Passed:
    """An answer that stands under other names now."""

    before: Answer
    after: tuple[Answer, ...]
    """More than one where the question was split."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer that the tree has no place for any more."""

    answer: Answer
    why: str = ""
    """As the tree says it; empty where it does not."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Answers as the tree of today takes them."""

    answers: tuple[Answer, ...]
    """At most one a question, in the order in which each was first answered."""

    passed: tuple[Passed, ...] = ()
    lost: tuple[Lost, ...] = ()


def carry(tree: Tree, answers: Iterable[Answer], version: int) -> Carried:
    """Bring answers over to a tree.

    Args:
        tree: The tree as it is today.
        answers: Answers given on an earlier version of it.
        version: That version; 0 where it is not known, and then names stand as they are.
    """
    later = revisions_since(tree, version)
    kept: dict[str, Answer] = {}
    passed: list[Passed] = []
    lost: list[Lost] = []
    for answer in answers:
        found, why = _followed(answer, later)
        today = (adopted(tree.find_question(each.question), each) for each in found)
        fitting = tuple(each for each in today if each)
        kept.update((each.question, each) for each in fitting)
        if not found or len(fitting) < len(found):
            lost.append(Lost(answer, why))
        if fitting and fitting != (answer,):
            passed.append(Passed(answer, fitting))
    return Carried(tuple(kept.values()), tuple(passed), tuple(lost))


def restored_words(restored: Restored) -> str:
    """Say how a walk came over to the tree of today; nothing where it stands as it was."""
    brought, tree = restored.brought, restored.walk.tree
    if brought is None or not (brought.passed or brought.lost):
        return ""
    parts = [f"The tree has changed since (version {restored.version}, now {tree.version})"]
    if brought.passed:
        told = ", ".join(map(passed_words, brought.passed))
        parts.append(f"these answers go by other names now: {told}")
    if brought.lost:
        told = ", ".join(map(lost_words, brought.lost))
        parts.append(f"these answers do not fit it any more: {told}")
    return "; ".join(parts)


def passed_words(passed: Passed) -> str:
    """Say what an answer became: `big=yes is wide=yes and deep=no`."""
    now = " and ".join(map(_named, passed.after))
    return f"{_named(passed.before)} is {now}"


def lost_words(lost: Lost) -> str:
    """Say which answer has no place, and why: `big=yes (it changed nothing)`."""
    return f"{_named(lost.answer)} ({lost.why})" if lost.why else _named(lost.answer)


def _named(answer: Answer) -> str:
    return f"{answer.question}={answer.option or '?'}"


def outcome_since(tree: Tree, outcome: str, version: int) -> str:
    """Give what an outcome of an earlier version is called today."""
    for revision in revisions_since(tree, version):
        outcome = revision.outcome(outcome)
    return outcome


def revisions_since(tree: Tree, version: int) -> tuple[Revision, ...]:
    """Give the changes that came after a version; none where it is not known."""
    return tuple(each for each in tree.changes if 0 < version < each.version)


def _followed(answer: Answer, later: Iterable[Revision]) -> tuple[tuple[Answer, ...], str]:
    """Give what an answer became, and why a part of it went, where it did."""
    found: tuple[Answer, ...] = (answer,)
    why = ""
    for revision in later:
        onward: list[Answer] = []
        for each in found:
            loss = revision.loss(each.question, each.option)
            if loss is not None:
                why = loss.why
            else:
                onward += _told(each, revision)
        found = tuple(onward)
    return found, why


def _told(answer: Answer, revision: Revision) -> Iterator[Answer]:
    """Give an answer as the tree tells it after one revision."""
    splits = revision.split(answer.question)
    if splits:
        into = [each.into for each in splits if answer.unknown or each.option == answer.option]
        asked = dict(pair for pairs in into for pair in pairs)
        for question, option in asked.items():
            yield replace(answer, question=question, option="" if answer.unknown else option)
        return
    option = answer.option
    if option:
        option = ticked(revision.option(answer.question, each) for each in ticks(option))
    yield replace(answer, question=revision.question(answer.question), option=option)
