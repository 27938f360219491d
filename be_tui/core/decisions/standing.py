"""How a walk stands, in single lines: where it is, what was said so far, what was measured.

For a screen, which draws these beside and below the question; the pages stand elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.decisions.answering import read_answer
from be_tui.core.decisions.model import said
from be_tui.core.decisions.proposing import proposal
from be_tui.core.decisions.replay import taken

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from be_tui.core.decisions.model import Answer
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge import Question
    from be_tui.core.sessions import SavedWalk

_ORIGINS = {"measured": "measured", "stated": "you said", "assumed": "assumed"}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer given so far."""

    question: str
    """The question's id."""

    ask: str
    answer: str
    """What was answered, in words."""

    origin: str
    """`measured`, `you said` or `assumed`."""

    asked_now: bool
    """Whether this very question is looked at again."""

    early: bool = False
    """Whether it waits for the turn of its question."""


def answers_so_far(walk: Walk) -> tuple[Said, ...]:
    """Give the answers on the path, in its order, then those that wait for their turn."""
    on_path = tuple(
        Said(
            step.question.id,
            step.question.ask,
            step.said,
            _ORIGINS[step.origin],
            step.question.id == walk.at,
        )
        for step in walk.path
    )
    return on_path + tuple(_waiting(walk, answer) for answer in walk.ahead)


def _waiting(walk: Walk, answer: Answer) -> Said:
    question = walk.tree.find_question(answer.question)
    option = taken(question, answer) if question else None
    ask, words = answer.question, answer.option
    if question and option:
        ask, words = question.ask, said(question, option, answer.value)
    origin = "assumed" if answer.unknown else _ORIGINS[answer.origin]
    return Said(answer.question, ask, words, origin, answer.question == walk.at, early=True)


def position_words(walk: Walk) -> str:
    """Say where a walk is: `question 3 of about 5`, `6 questions answered`."""
    answered = len(walk.path)
    if walk.early:
        return "asked before its turn"
    if walk.question is None:
        return f"{answered} question{'' if answered == 1 else 's'} answered"
    fewest, most = walk.remaining
    about = answered + (fewest + most + 1) // 2
    exactly = "" if fewest == most else "about "
    return f"question {walk.number} of {exactly}{about}"


def aside_words(walk: Walk) -> str:
    """Say how many answers no longer apply or wait for their turn; nothing where all count."""
    waiting = len(walk.ahead)
    gone = len(walk.aside) - waiting
    told = []
    if gone:
        does = "answer no longer applies" if gone == 1 else "answers no longer apply"
        told.append(f"{gone} {does}; kept aside")
    if waiting:
        waits = "answer waits for its turn" if waiting == 1 else "answers wait for their turn"
        told.append(f"{waiting} {waits}")
    return "; ".join(told)


def first_to_mark(walk: Walk, question: Question, evidence: Sequence[Evidence]) -> str:
    """Give the answer to mark when a question is shown; empty for `I don't know`.

    What was answered before, else what evidence supports, else the first one.
    """
    given = walk.given(question.id)
    if given is not None:
        return given.option
    found = proposal(question, evidence)
    return found.option if found else question.options[0].id


def measured_words(
    question: Question, evidence: Sequence[Evidence], waiting: Collection[str]
) -> str:
    """Say in one line what was measured for a question; nothing where no probe looks."""
    if not question.witnesses:
        return ""
    supported = proposal(question, evidence)
    if supported:
        return f"Measured: {supported.says}"
    probes = [witness.probe for witness in question.witnesses]
    if any(probe in waiting for probe in probes):
        return "Still measuring…"
    found = [each for each in evidence if each.probe in probes]
    trouble = next((each.trouble for each in found if each.trouble), "")
    if trouble:
        return f"Not measured: {trouble}"
    return "Measured, but it settles nothing here" if found else "Not measured yet"


def progress_words(saved: SavedWalk | None) -> str:
    """Say how far a tree was walked: where it came out, or how many answers it has."""
    if saved is None or not (saved.answered or saved.outcome):
        return ""
    if saved.outcome:
        return f"came out: {saved.outcome}"
    return f"half walked: {saved.answered} answer{'' if saved.answered == 1 else 's'}"


def take(walk: Walk, answered: str, evidence: Sequence[Evidence]) -> Walk:
    """Answer the question asked now; as measured where that is what evidence comes to.

    Args:
        walk: A walk that asks something.
        answered: What `read_answer` reads; empty for `I don't know`.
        evidence: What was measured so far.

    Raises:
        InputError: The question has no such answer.
    """
    question = walk.question
    if question is None:
        return walk
    answer = read_answer(question, answered)
    found = proposal(question, evidence)
    # Whoever takes the band of a number that was measured takes the number.
    if found and answer.option == found.option and answer.value in {None, found.value}:
        answer = found.answer
    return walk.give(answer)
