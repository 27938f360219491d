"""Answers read as people say them, and brought to the question as it is today.

read_answer(question, "yes")           an option's id
read_answer(question, "250")           a number, which falls into one of the options
read_answer(question, "reads,locks")   several options; `none` for none of them
read_answer(question, "")              `I don't know`
typed_number(question, "250")          the band of what is typed so far, or what is wrong with it
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.decisions.model import Answer
from be_tui.core.errors import InputError
from be_tui.core.knowledge import NONE, quantity_words, read_quantity, ticks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.decisions.model import Origin
    from be_tui.core.knowledge import Option, Question


def read_answer(question: Question, said: str, origin: Origin = "stated") -> Answer:
    """Give the answer that was said.

    Raises:
        InputError: The question has no such answer.
    """
    if not said:
        return Answer(question.id, "")
    option = question.option(said)
    if option is not None:
        return Answer(question.id, option.id, origin)
    if question.takes_number:
        return _number(question, said, origin)
    ids = [each.id for each in question.options]
    parts = [said]
    if question.kind == "several":
        ids.append(NONE)
        parts = [each.strip() for each in ticks(said)]
    wrong = [each for each in parts if each not in ids]
    if not wrong:
        raise InputError(f"{question.id}: {NONE!r} goes with no other answer")
    raise unknown_id(f"{question.id} has no answer {wrong[0]!r}", wrong[0], ids)


def _number(question: Question, said: str, origin: Origin) -> Answer:
    found = typed_number(question, said)
    if found.number is None:
        bands = ", ".join(option.id for option in question.options)
        raise InputError(
            f"{question.id}: {found.trouble}", hint=f"type a number, or one of {bands}"
        )
    if found.band is None:
        raise InputError(f"{question.id}: {found.trouble}")
    return Answer(question.id, found.band.id, origin, found.number)


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """What was typed where a number is asked for."""

    number: float | None = None
    """In the question's unit; None for what is none."""

    band: Option | None = None
    """What it falls into; None where it is out of bounds."""

    trouble: str = ""
    """What is wrong with it, in a sentence; empty where nothing is."""

    brief: str = ""
    """The same in a few words, to stand beside what was typed."""


def typed_number(question: Question, said: str) -> TypedNumber:
    """Read a number as it is typed, and say which band it falls into."""
    number = read_quantity(said, question.unit, duration=question.kind == "duration")
    if number is None:
        brief = "not a duration" if question.kind == "duration" else "not a number"
        return TypedNumber(trouble=f"{said!r} is not {number_words(question)}", brief=brief)
    band = question.band(number)
    return TypedNumber(number, band) if band else _out_of_bounds(question, number)


def _out_of_bounds(question: Question, number: float) -> TypedNumber:
    end, beyond, bound = "least", "less", question.at_least
    if question.at_most is not None and number > question.at_most:
        end, beyond, bound = "most", "more", question.at_most
    last = _words(question, bound)
    said = f"{_words(question, number)} is {beyond} than the {end} that can be answered, {last}"
    brief = last if question.kind == "duration" else quantity_words(bound, "")
    return TypedNumber(number, trouble=said, brief=f"at {end} {brief}")


def number_words(question: Question) -> str:
    """Say what is typed: `a number of requests per second`, `a duration, such as 5 s`."""
    if question.kind == "duration":
        return f"a duration, such as 5 {question.unit}"
    return f"a number of {question.unit}"


def _words(question: Question, number: float) -> str:
    return quantity_words(number, question.unit, duration=question.kind == "duration")


def adopted(question: Question | None, answer: Answer) -> Answer | None:
    """Give an answer from elsewhere as the question takes it today; None where it has no place.

    A number falls into today's band, whatever it was when it was kept.
    """
    if question is None or answer.unknown:
        return answer if question else None
    number = answer.value if question.takes_number else None
    band = None if number is None else question.band(number)
    if band is not None:
        return replace(answer, option=band.id)
    option = question.option(answer.option)
    return replace(answer, option=option.id, value=None) if option else None


def unknown_id(message: str, given: str, known: Iterable[str]) -> InputError:
    """Give the error of an id that nothing has, with the one that was probably meant."""
    from difflib import get_close_matches

    ids = tuple(known)
    near = get_close_matches(given, ids, n=1)
    return InputError(message, hint=f"did you mean {near[0]}?" if near else _listed(ids))


def _listed(ids: tuple[str, ...]) -> str:
    return f"it has {', '.join(ids)}"
