"""The kinds of value that are tables: keys by action, themes by name, checks of migrations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.settings.choices import (
    COLOURS,
    SHIPPED_THEMES,
    Colour,
    KeyChoice,
    MigrationChoice,
    ThemeChoice,
)
from be_tui.core.settings.keynames import key_name
from be_tui.core.settings.kinds import Flag, Wrong, refused, shown, unknown_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.jsonform import Json
    from be_tui.core.settings.kinds import Read


_COLOUR = re.compile(
    r"^(#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|ansi_default|ansi_(bright_)?(black|red|green|yellow|blue|magenta|cyan|white))$"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """A table of actions, each with the keys that do it."""

    expects: str = "a table of actions and their keys"

    def read(self, value: object) -> Read:
        """Read each action's keys; the actions themselves are known to the session only."""
        if not isinstance(value, dict):
            return refused(self, value)
        choices: list[KeyChoice] = []
        faults: list[Wrong] = []
        for where, keys in _leaves(value):
            named = keys if isinstance(keys, list) else [keys]
            names = tuple(key_name(key) for key in named if isinstance(key, str))
            if names and "" not in names and len(names) == len(named):
                choices.append(KeyChoice(".".join(where), tuple(dict.fromkeys(names))))
            else:
                faults.append(Wrong(f"expected a key or a list of keys, got {shown(keys)}", where))
        return tuple(choices), tuple(faults)

    def schema(self) -> dict[str, Json]:
        """Give the schema; an action may be written as one key in quotes, or with dots."""
        key: dict[str, Json] = {"type": "string", "minLength": 1}
        return {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    key,
                    {"type": "array", "items": key, "minItems": 1},
                    {"type": "object"},
                ]
            },
        }


@dataclass(frozen=True, slots=True)
class Themes:
    """A table of themes by name."""

    expects: str = "a table of themes"

    def read(self, value: object) -> Read:
        """Read each theme, leaving out what is wrong in it."""
        if not isinstance(value, dict):
            return refused(self, value)
        themes: list[ThemeChoice] = []
        faults: list[Wrong] = []
        for name, theme in value.items():
            if name in SHIPPED_THEMES:
                message = "expected a name of its own, as a theme of this name ships with be-tui"
                faults.append(Wrong(message, (name,), key=True))
            elif not isinstance(theme, dict):
                faults.append(Wrong(f"expected a table, got {shown(theme)}", (name,)))
            else:
                themes.append(_theme(name, theme, faults))
        return tuple(themes), tuple(faults)

    def schema(self) -> dict[str, Json]:
        """Give the schema."""
        colours: dict[str, Json] = {
            name: {"type": "string", "pattern": _COLOUR.pattern, "description": about}
            for name, about in COLOURS
        }
        theme: dict[str, Json] = {
            "type": "object",
            "properties": {
                "dark": {"type": "boolean", "default": True},
                "colours": {
                    "type": "object",
                    "properties": colours,
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        }
        return {
            "type": "object",
            "propertyNames": {"not": {"enum": list(SHIPPED_THEMES)}},
            "additionalProperties": theme,
        }


MIGRATION_PROFILES = ("safety", "strict", "policy", "style")
"""What the checker of migrations can be asked for; held to its own table by a test."""

_MIGRATION_LISTS = ("profile", "enable", "disable")
_MIGRATION_TEXTS = ("dialect", "format", "baseline")
_RULE = re.compile(r"migration-[a-z-]+")


@dataclass(frozen=True, slots=True)
class Migrations:
    """A table of what is said of how migrations are checked."""

    expects: str = "a table of how migrations are checked"

    def read(self, value: object) -> Read:
        """Read each key, leaving out what is wrong in it."""
        if not isinstance(value, dict):
            return refused(self, value)
        found: list[MigrationChoice] = []
        faults: list[Wrong] = []
        for name, given in value.items():
            if name not in (*_MIGRATION_LISTS, *_MIGRATION_TEXTS):
                faults.append(unknown_key(name, (*_MIGRATION_LISTS, *_MIGRATION_TEXTS)))
                continue
            listed = given if isinstance(given, list) and name in _MIGRATION_LISTS else [given]
            values = tuple(each for each in listed if isinstance(each, str) and each)
            expected = _migration_fault(name, values)
            if len(values) != len(listed) or expected:
                faults.append(Wrong(f"expected {expected or 'text'}, got {shown(given)}", (name,)))
            else:
                found.append(MigrationChoice(name, values))
        return tuple(found), tuple(faults)

    def schema(self) -> dict[str, Json]:
        """Give the schema."""
        from be_tui.core.migrations.model import FORMATS

        rules: dict[str, Json] = {
            "type": "array",
            "items": {"type": "string", "pattern": f"^{_RULE.pattern}$"},
        }
        return {
            "type": "object",
            "properties": {
                "dialect": {"type": "string"},
                "format": {"type": "string", "enum": list(FORMATS)},
                "baseline": {"type": "string"},
                "profile": {
                    "type": "array",
                    "items": {"type": "string", "enum": list(MIGRATION_PROFILES)},
                },
                "enable": rules,
                "disable": rules,
            },
            "additionalProperties": False,
        }


def _migration_fault(name: str, values: tuple[str, ...]) -> str:
    """Say what was expected where values are not right; nothing where they are."""
    from be_tui.core.migrations.model import FORMATS

    if name == "profile" and not set(values) <= set(MIGRATION_PROFILES):
        return f"some of {', '.join(MIGRATION_PROFILES)}"
    if name == "format" and not set(values) <= set(FORMATS):
        return f"one of {', '.join(FORMATS)}"
    if name in {"enable", "disable"} and not all(map(_RULE.fullmatch, values)):
        return "names of rules on migrations"
    return ""


def _theme(name: str, table: dict[str, object], faults: list[Wrong]) -> ThemeChoice:
    dark = table.get("dark", True)
    if not isinstance(dark, bool):
        faults.append(Wrong(f"expected {Flag().expects}, got {shown(dark)}", (name, "dark")))
        dark = True
    given = table.get("colours", {})
    if not isinstance(given, dict):
        faults.append(Wrong(f"expected a table of colours, got {shown(given)}", (name, "colours")))
        given = {}
    faults += (unknown_key(key, ("dark", "colours"), (name,)) for key in table.keys() - _THEME_KEYS)
    known = [colour for colour, _ in COLOURS]
    colours = []
    for colour, value in given.items():
        where = (name, "colours", colour)
        if colour not in known:
            faults.append(unknown_key(colour, known, where[:-1]))
        elif not (isinstance(value, str) and _COLOUR.match(value)):
            faults.append(
                Wrong(f"expected #rrggbb, or ansi_ and a colour, got {shown(value)}", where)
            )
        else:
            colours.append(Colour(colour, value))
    return ThemeChoice(name, dark, tuple(colours))


_THEME_KEYS = {"dark", "colours"}


def _leaves(
    table: dict[str, object], where: tuple[str, ...] = ()
) -> Iterable[tuple[tuple[str, ...], object]]:
    """Give what stands in a table, with the keys that lead to it: `decide.take` is two."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*where, key))
        else:
            yield (*where, key), value
