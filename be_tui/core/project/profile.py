"""What a person states about a project: the nine points that every decision starts from.

No probe can measure these. A screen and a command show `profile_fields()`, set them one by
one with `Profile.with_value`, and trees read them as measures: `profile.teams`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, cast

from be_tui.core.errors import InputError
from be_tui.core.evidence import Evidence, Fact, Measure, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKED = "What do you know about this project that no tool can read?"
"""The question of the `profile` probe."""

LONGEST_TEXT = 2000
"""Characters of one answer in words."""

LARGEST_NUMBER = 1e12
"""No figure of a service is larger; more is a slip of the finger."""

_NUMBER = re.compile(r"(-?(?:\d+(?:[ _]\d{3})*(?:\.\d+)?|\.\d+))\s*([kKmMgG]?)")
_FACTORS = {"": 1.0, "k": 1e3, "m": 1e6, "g": 1e9}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a field may have."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ProfileField:
    """One thing to state, as a screen or a command asks for it."""

    key: str
    """The field's name in `Profile`, and after `profile.` its measure's."""

    point: str
    """Which of the nine points it belongs to: `Context`, `Scale`."""

    label: str
    why: str
    """What be-tui does with it."""

    kind: Literal["text", "number", "choice"]
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    at_least: float = 0.0
    whole: bool = False
    """True where a fraction makes no sense: people, teams."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What was stated; an empty text and None say that it was not."""

    context: str = ""
    people: float | None = None
    teams: float | None = None
    success: str = ""
    favours: str = ""
    gives_up: str = ""
    requests_per_second: float | None = None
    data_gb: float | None = None
    horizon: float | None = None
    sensitivity: str = ""
    life_years: float | None = None
    tests: str = ""
    documentation: str = ""

    @property
    def stated(self) -> tuple[str, ...]:
        """Give the keys of what was stated, in the order asked."""
        return tuple(field.key for field in profile_fields() if self.value(field.key) is not None)

    def value(self, key: str) -> str | float | None:
        """Give one value by its key; None where it was not stated.

        Raises:
            InputError: No field has this key.
        """
        field = profile_field(key)
        value = cast("str | float | None", getattr(self, field.key))
        return None if value == "" else value

    def text(self, key: str) -> str:
        """Give one value as a person would type it; empty where it was not stated."""
        value = self.value(key)
        return f"{value:.12g}" if isinstance(value, float) else value or ""

    def with_value(self, key: str, text: str) -> Profile:
        """Give the profile with one value set from what was typed; empty takes it back.

        Raises:
            InputError: No field has this key, or the text is no value of it.
        """
        field = profile_field(key)
        value = _read(field, text.strip())
        return replace(self, **{field.key: value})  # type: ignore[arg-type] # typed by its field


def profile_field(key: str) -> ProfileField:
    """Give one field by its key.

    Raises:
        InputError: No field has this key.
    """
    for field in _FIELDS:
        if field.key == key:
            return field
    from difflib import get_close_matches

    keys = [field.key for field in _FIELDS]
    near = get_close_matches(key, keys, n=1)
    hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(keys)}"
    raise InputError(f"the profile has no {key!r}", hint=hint)


def profile_fields() -> tuple[ProfileField, ...]:
    """Give every field, in the order in which they are asked."""
    return _FIELDS


def profile_evidence(profile: Profile | None) -> Evidence:
    """Give what was stated in the shape that trees read: measures `profile.*`."""
    stated = profile.stated if profile else ()
    if profile is None or not stated:
        return Evidence(
            "profile", ASKED, "", how="stated", trouble="the project's profile is not filled in"
        )
    chosen = [profile_field(key) for key in stated]
    measures = (
        Measure(f"profile.{field.key}", cast("Value", profile.value(field.key)), field.unit)
        for field in chosen
    )
    return Evidence(
        "profile",
        ASKED,
        f"{len(stated)} of {len(_FIELDS)} points of the profile are stated",
        measures=tuple(measures),
        facts=tuple(Fact(f"{field.label}: {_shown(profile, field)}") for field in chosen),
        how="stated",
    )


def profile_to_json(profile: Profile) -> str:
    """Give the profile as JSON text, what was not stated left out."""
    import json

    stated = {key: profile.value(key) for key in profile.stated}
    return json.dumps(stated, ensure_ascii=False)


def profile_from_json(text: str) -> Profile:
    """Read what `profile_to_json` gave; keys of a newer be-tui are passed over.

    Raises:
        InputError: It is not JSON, not a mapping, or a value cannot be used.
    """
    import json

    try:
        data = json.loads(text)
    except ValueError as error:
        raise InputError(f"the profile is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise InputError("the profile is not a mapping of values by key")
    return _from_values(data)


def _from_values(data: Mapping[str, object]) -> Profile:
    profile = Profile()
    for key in (field.name for field in fields(Profile)):
        value = data.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            profile = profile.with_value(key, f"{value:.17g}")
        elif isinstance(value, str):
            profile = profile.with_value(key, value)
        elif value is not None:
            raise InputError(f"the profile's {key} is neither a text nor a number")
    return profile


def _read(field: ProfileField, text: str) -> str | float | None:
    if field.kind == "number":
        return _read_number(field, text) if text else None
    if field.kind == "choice" and text:
        return _read_choice(field, text)
    if len(text) > LONGEST_TEXT:
        raise InputError(f"{field.label}: at most {LONGEST_TEXT} characters, not {len(text)}")
    if _CONTROL.search(text):
        raise InputError(f"{field.label}: control characters cannot be kept")
    return text


def _read_number(field: ProfileField, text: str) -> float:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise InputError(f"{field.label}: {text!r} is no number", hint="write it as 40, 0.5 or 12k")
    number = float(re.sub(r"[ _]", "", match[1])) * _FACTORS[match[2].lower()]
    if number < field.at_least or number > LARGEST_NUMBER:
        bounds = f"between {field.at_least:g} and {LARGEST_NUMBER:g}"
        raise InputError(f"{field.label}: {text} is not {bounds}")
    if field.whole and not number.is_integer():
        raise InputError(f"{field.label}: {text} is not a whole number")
    return number


def _read_choice(field: ProfileField, text: str) -> str:
    for number, choice in enumerate(field.choices, 1):
        if text.casefold() in {str(number), choice.key, choice.label.casefold()}:
            return choice.key
    keys = ", ".join(choice.key for choice in field.choices)
    raise InputError(f"{field.label}: {text!r} is none of its values", hint=f"use one of {keys}")


def _shown(profile: Profile, field: ProfileField) -> str:
    text = profile.text(field.key)
    label = next((choice.label for choice in field.choices if choice.key == text), text)
    return f"{label} {field.unit}".strip()


_QUALITIES = (
    Choice("performance", "Performance"),
    Choice("reliability", "Reliability"),
    Choice("maintainability", "Ease of change"),
    Choice("cost", "Cost to run"),
    Choice("time-to-market", "Time to market"),
)

_FIELDS = (
    ProfileField(
        "context",
        "Context",
        "What it does, and what is fixed",
        "The service in a sentence or two, with the constraints that no advice may break; it "
        "heads every decision record.",
        "text",
    ),
    ProfileField(
        "people",
        "Context",
        "People who work on it",
        "How much running and changing a team of this size can carry.",
        "number",
        unit="people",
        whole=True,
    ),
    ProfileField(
        "teams",
        "Context",
        "Teams that deploy on their own",
        "Parts are split along teams; one team seldom gains from more than one deployable part.",
        "number",
        unit="teams",
        whole=True,
    ),
    ProfileField(
        "success",
        "Success criteria",
        "How you will know that it went well",
        "What a change is measured against: an objective with its figure, for one.",
        "text",
    ),
    ProfileField(
        "favours",
        "Trade-offs",
        "What comes first",
        "Where two options are both sound, the one that serves this wins.",
        "choice",
        choices=_QUALITIES,
    ),
    ProfileField(
        "gives_up",
        "Trade-offs",
        "What may suffer for it",
        "Nothing is free; said beforehand, it is a decision and not a surprise.",
        "choice",
        choices=_QUALITIES,
    ),
    ProfileField(
        "requests_per_second",
        "Scale",
        "Requests a second at peak",
        "Most designs differ only above some load; below it the simple one wins.",
        "number",
        unit="requests/s",
    ),
    ProfileField(
        "data_gb",
        "Scale",
        "Data in the main database",
        "What fits into one machine's memory needs no second machine.",
        "number",
        unit="GB",
    ),
    ProfileField(
        "horizon",
        "Growth",
        "Growth to plan for",
        "Each design is asked whether it still works at this many times today's load.",
        "number",
        unit="times today's load",
        at_least=1.0,
    ),
    ProfileField(
        "sensitivity",
        "Security",
        "The most sensitive data it holds",
        "Sets how far access, encryption, logs and retention have to go.",
        "choice",
        choices=(
            Choice("public", "Public: no harm if it leaks"),
            Choice("internal", "Internal: the company's own"),
            Choice("personal", "Personal: about people"),
            Choice("regulated", "Regulated: payments, health, credentials"),
        ),
    ),
    ProfileField(
        "life_years",
        "Maintainability",
        "How long it will be changed",
        "What is changed for years is worth clean borders; what is thrown away is not.",
        "number",
        unit="years",
    ),
    ProfileField(
        "tests",
        "Tests",
        "Tests wanted",
        "How much proof a change needs before it is merged.",
        "choice",
        choices=(
            Choice("none", "None: thrown away soon"),
            Choice("critical", "Critical paths only"),
            Choice("changed", "Every change brings its tests"),
            Choice("broad", "Broad: units, integration, contracts"),
        ),
    ),
    ProfileField(
        "documentation",
        "Documentation",
        "Documentation owed",
        "Who else has to understand it, and by what.",
        "choice",
        choices=(
            Choice("readme", "How to run it"),
            Choice("api", "Its API, for those who call it"),
            Choice("runbook", "API and runbooks, for those on call"),
            Choice("full", "All that, with decisions and designs"),
        ),
    ),
)
