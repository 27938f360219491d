"""A lens from its JSON file: decoded at once into values, or refused in one clear line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from be_tui.core.errors import InputError
from be_tui.core.lenses.conditions import choices_in, parse
from be_tui.core.lenses.model import (
    RISKS,
    Choice,
    Lens,
    LensQuestion,
    Link,
    Pillar,
    RiskRule,
)
from be_tui.core.yamlform import Faults, nearest
from be_tui.core.yamlform.files import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.lenses.model import Risk

LARGEST = 500_000
"""Bytes of a lens, as the format itself bounds it."""

VERSION = "2021-11-01"
_PILLARS = 10
_CHOICES = 30
_SHOWN = 40
_DEFAULT = "default"


def read_lens(path: str | Path) -> Lens:
    """Read the lens of a file.

    Raises:
        InputError: It is no lens; the line names the place within it and what was expected.
    """
    faults = Faults(str(path))
    text = read_text(str(path), faults, LARGEST)
    if text is None:
        raise InputError(faults.findings[0].message, where=str(path))
    return parse_lens(text, str(path))


def parse_lens(text: str, where: str = "the lens") -> Lens:
    """Read a lens from its JSON.

    Args:
        text: The JSON.
        where: Its name, for what is wrong with it.

    Raises:
        InputError: It is no lens.
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise InputError("nested too deeply to be a lens", where=where) from None
    except ValueError as error:
        raise InputError(f"it is not JSON ({error})", where=where) from None
    return _lens(_Place(value, where, ""))


class _Place:
    """A value of the JSON, and how one comes to it."""

    def __init__(self, value: object, where: str, trail: str) -> None:
        self._value = value
        self._where = where
        self._trail = trail

    def wrong(self, expected: str) -> NoReturn:
        """Refuse what stands here."""
        raise self.refusal(f"expected {expected}, found {_described(self._value)}")

    def refusal(self, message: str, hint: str = "") -> InputError:
        """Give the error that tells about this place."""
        said = f"{self._trail}: {message}" if self._trail else message
        return InputError(said, where=self._where, hint=hint)

    def at(self, key: str) -> _Place:
        """Give what stands under a key; nothing where there is no such key."""
        if not isinstance(self._value, dict):
            self.wrong("an object")
        trail = f"{self._trail}.{key}" if self._trail else key
        return _Place(self._value.get(key), self._where, trail)

    @property
    def is_there(self) -> bool:
        return self._value is not None

    def text(self, *, needed: bool = True) -> str:
        """Give the text that stands here, on one line."""
        if self._value is None and not needed:
            return ""
        if not isinstance(self._value, str):
            self.wrong("a text")
        said = " ".join(self._value.split())
        if needed and not said:
            self.wrong("a text")
        return said

    def each(self, *, least: int = 1, most: int = 0) -> list[_Place]:
        """Give the parts of the list that stands here."""
        if self._value is None and not least:
            return []
        if not isinstance(self._value, list):
            self.wrong("a list")
        count = len(self._value)
        if count < least or (most and count > most):
            bounds = f"{least} to {most}" if most else f"at least {least}"
            raise self.refusal(f"expected {bounds} entries, found {count}")
        return [
            _Place(each, self._where, f"{self._trail}[{number}]")
            for number, each in enumerate(self._value)
        ]


def _described(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"`{value[:_SHOWN]}`" if value.strip() else "an empty text"
    return {dict: "an object", list: "a list", bool: "a truth"}.get(type(value), "a number")


def _lens(at: _Place) -> Lens:
    version = at.at("schemaVersion").text(needed=False)
    if version != VERSION:
        found = f"`{version}`" if version else "nothing"
        raise at.at("schemaVersion").refusal(f"expected `{VERSION}`, found {found}")
    pillars = at.at("pillars").each(most=_PILLARS)
    lens = Lens(
        at.at("name").text(),
        at.at("description").text(needed=False),
        tuple(_pillar(each) for each in pillars),
    )
    _refuse_twins(at, [question.id for question in lens.questions], "question")
    return lens


def _pillar(at: _Place) -> Pillar:
    questions = tuple(_question(each) for each in at.at("questions").each())
    return Pillar(at.at("id").text(), at.at("name").text(), questions)


def _question(at: _Place) -> LensQuestion:
    choices = tuple(_choice(each) for each in at.at("choices").each(most=_CHOICES))
    ids = [choice.id for choice in choices]
    _refuse_twins(at, ids, "choice")
    rules = tuple(_rule(each, ids) for each in at.at("riskRules").each())
    defaults = [rule for rule in rules if rule.condition is None]
    if len(defaults) != 1 or rules[-1].condition is not None:
        raise at.at("riskRules").refusal("expected one `default`, as the last rule")
    return LensQuestion(
        at.at("id").text(),
        at.at("title").text(),
        at.at("description").text(needed=False),
        choices,
        rules,
    )


def _choice(at: _Place) -> Choice:
    helpful = _link(at.at("helpfulResource"))
    plan = _link(at.at("improvementPlan"))
    for each in at.at("additionalResources").each(least=0):
        found = tuple(link for place in each.at("content").each() for link in _link(place))
        if each.at("type").text() == "IMPROVEMENT_PLAN":
            plan += found
        else:
            helpful += found
    return Choice(at.at("id").text(), at.at("title").text(), helpful, plan)


def _link(at: _Place) -> tuple[Link, ...]:
    if not at.is_there:
        return ()
    url = at.at("url").text(needed=False)
    if url and not url.startswith(("https://", "http://")):
        at.at("url").wrong("https://…")
    return (Link(at.at("displayText").text(), url),)


def _rule(at: _Place, choices: list[str]) -> RiskRule:
    said, risk = at.at("condition").text(), at.at("risk")
    if said == _DEFAULT:
        return RiskRule(said, None, _risk(risk))
    try:
        condition = parse(said)
    except InputError as error:
        raise at.at("condition").refusal(error.message) from None
    for name in choices_in(condition):
        if name not in choices:
            near = nearest(name, choices)
            hint = f"did you mean `{near}`?" if near else f"it has {', '.join(choices)}"
            raise at.at("condition").refusal(f"no choice `{name}`", hint)
    return RiskRule(said, condition, _risk(risk))


def _risk(at: _Place) -> Risk:
    said = at.text()
    found = next((risk for risk in RISKS if risk == said), None)
    if found is None:
        at.wrong(f"one of {', '.join(RISKS)}")
    return found


def _refuse_twins(at: _Place, ids: list[str], kind: str) -> None:
    twice = next((each for each in ids if ids.count(each) > 1), "")
    if twice:
        raise at.refusal(f"the {kind} `{twice}` stands twice")
