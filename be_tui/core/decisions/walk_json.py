"""A walk as JSON and back: to save it, to hand it on, to put it into a record.

Reading keeps every answer that the tree of today still has a question and an option for, also
under the name that it gave them since, and tells the others: trees change, walks survive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from be_tui.core.decisions.carrying import carry
from be_tui.core.decisions.model import Answer, Origin, Restored
from be_tui.core.decisions.walk import Walk
from be_tui.core.errors import InputError
from be_tui.core.evidence import Confidence, Evidence, Fact, How, Measure
from be_tui.core.jsonform import list_in, mapping_in, text_in, to_json

if TYPE_CHECKING:
    from be_tui.core.evidence import Value
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge import Tree


def walk_to_json(walk: Walk) -> dict[str, Json]:
    """Give a walk as JSON; `walk_from_json` reads it back."""
    return {
        "tree": walk.tree.id,
        "version": walk.tree.version,
        "at": walk.at,
        "answers": [answer_to_json(each) for each in walk.answers],
        "evidence": to_json(walk.evidence),
    }


def walk_from_json(tree: Tree, value: object) -> Restored:
    """Bring a walk back over the tree as it is today.

    Raises:
        InputError: It is not the form of a walk, or of one over another tree.
    """
    try:
        return _read(tree, mapping_in(value))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a saved walk ({error})") from None


def _read(tree: Tree, fields: dict[str, object]) -> Restored:
    if fields["tree"] != tree.id:
        raise InputError(f"a walk over {fields['tree']!r}, not over {tree.id}")
    answers = [answer_from_json(mapping_in(each)) for each in list_in(fields["answers"])]
    version = fields["version"] if isinstance(fields["version"], int) else 0
    brought = carry(tree, answers, version)
    evidence = tuple(_evidence(mapping_in(each)) for each in list_in(fields["evidence"]))
    at = carry(tree, [Answer(text_in(fields["at"]), "")], version).answers
    walk = Walk(tree, brought.answers, at[0].question if at else "", evidence)
    return Restored(walk, tuple(each.answer for each in brought.lost), version, brought)


def answer_to_json(answer: Answer) -> dict[str, Json]:
    """Give an answer as JSON; its number stands there only where it has one."""
    number: dict[str, Json] = {} if answer.value is None else {"value": answer.value}
    return {
        "question": answer.question,
        "option": answer.option,
        "origin": answer.origin,
        **number,
    }


def answer_from_json(fields: dict[str, object]) -> Answer:
    """Give the answer that `answer_to_json` wrote, today or before there were numbers.

    Raises:
        KeyError, TypeError, ValueError: It is not the form of an answer.
    """
    origin = cast("Origin", _one_of(get_args(Origin), fields["origin"]))
    value = fields.get("value")
    number = float(value) if isinstance(value, (int, float)) else None
    return Answer(text_in(fields["question"]), text_in(fields["option"]), origin, number)


def _evidence(fields: dict[str, object]) -> Evidence:
    seconds = fields["seconds"]
    return Evidence(
        probe=text_in(fields["probe"]),
        asked=text_in(fields["asked"]),
        found=text_in(fields["found"]),
        measures=tuple(_measure(mapping_in(each)) for each in list_in(fields["measures"])),
        facts=tuple(_fact(mapping_in(each)) for each in list_in(fields["facts"])),
        how=cast("How", _one_of(get_args(How), fields["how"])),
        confidence=cast("Confidence", _one_of(get_args(Confidence), fields["confidence"])),
        command=text_in(fields["command"]),
        seconds=float(seconds) if isinstance(seconds, (int, float)) else 0.0,
        taken=text_in(fields["taken"]),
        trouble=text_in(fields["trouble"]),
    )


def _measure(fields: dict[str, object]) -> Measure:
    value = fields["value"]
    if not isinstance(value, (str, bool, int, float)):
        raise TypeError("a measure without a value")
    return Measure(text_in(fields["name"]), cast("Value", value), text_in(fields["unit"]))


def _fact(fields: dict[str, object]) -> Fact:
    line = fields["line"]
    return Fact(
        text_in(fields["text"]), text_in(fields["path"]), line if isinstance(line, int) else 0
    )


def _one_of(known: tuple[str, ...], value: object) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return str(value)
