"""The kinds of value that a key can have: what is expected, how it is read, its schema.

A kind gives what is right in a value together with what is wrong in it, so that one
unusable theme or key never takes the others with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from be_tui.core.settings.choices import SHIPPED_THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.jsonform import Json


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong in a value."""

    message: str
    where: tuple[str, ...] = ()
    """The keys that lead from the value to the part that is wrong."""

    meant: str = ""
    """The key or value that was probably meant."""

    key: bool = False
    """Whether the key itself is wrong, not its value."""


Read = tuple[object, tuple[Wrong, ...]]
"""The value in its typed form, None where nothing of it can be used; and what is wrong."""


class Kind(Protocol):
    """One kind of value."""

    def read(self, value: object) -> Read:
        """Read what TOML gave."""
        ...

    def schema(self) -> dict[str, Json]:
        """Give the JSON Schema of the value."""
        ...

    @property
    def expects(self) -> str:
        """Say what is right: `true or false`."""
        ...


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    expects: str = "true or false"

    def read(self, value: object) -> Read:
        """Read true or false."""
        return (value, ()) if isinstance(value, bool) else refused(self, value)

    def schema(self) -> dict[str, Json]:
        """Give the schema."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    choices: tuple[str, ...]

    @property
    def expects(self) -> str:
        """List the words."""
        return "one of " + ", ".join(f'"{choice}"' for choice in self.choices)

    def read(self, value: object) -> Read:
        """Read one of the words."""
        if isinstance(value, str) and value in self.choices:
            return value, ()
        return refused(self, value, self.choices)

    def schema(self) -> dict[str, Json]:
        """Give the schema."""
        return {"type": "string", "enum": list(self.choices)}


@dataclass(frozen=True, slots=True)
class ThemeName:
    """The name of a theme; whether there is one is known when all files are read."""

    expects: str = "the name of a theme"

    def read(self, value: object) -> Read:
        """Read a name."""
        return (value, ()) if isinstance(value, str) and value else refused(self, value)

    def schema(self) -> dict[str, Json]:
        """Give the schema, with the shipped names for an editor to offer."""
        return {"type": "string", "minLength": 1, "examples": list(SHIPPED_THEMES)}


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, split as a shell would but never given to one."""

    expects: str = "a command"

    def read(self, value: object) -> Read:
        """Read a command whose quotes are closed."""
        if not isinstance(value, str):
            return refused(self, value)
        import shlex

        try:
            shlex.split(value)
        except ValueError as error:
            return None, (Wrong(f"expected a command, got one with {str(error).lower()}"),)
        return value, ()

    def schema(self) -> dict[str, Json]:
        """Give the schema."""
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the project."""

    expects: str = "a folder of the project, relative, with forward slashes"

    def read(self, value: object) -> Read:
        """Read a path that stays within the project."""
        if not isinstance(value, str):
            return refused(self, value)
        from be_tui.core.files.paths import fault_of

        path = value.removesuffix("/")
        fault = fault_of(path)
        return (None, (Wrong(f"{value!r} {fault}"),)) if fault else (path, ())

    def schema(self) -> dict[str, Json]:
        """Give the schema."""
        return {"type": "string", "pattern": r"^[^/\\:][^\\:]*$"}


def unknown_key(key: str, known: Iterable[str], where: tuple[str, ...] = ()) -> Wrong:
    """Say that there is no such key, and which one was probably meant."""
    return Wrong(f"unknown key {key!r}", (*where, key), nearest(key, known), key=True)


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the name that was probably meant, or nothing."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, n=1)), "")


def refused(kind: Kind, value: object, names: tuple[str, ...] = ()) -> Read:
    """Say what was expected instead of a value."""
    meant = nearest(value, names) if isinstance(value, str) else ""
    return None, (Wrong(f"expected {kind.expects}, got {shown(value)}", meant=meant),)


def shown(value: object) -> str:
    """Give a value of TOML in a few words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    text = quoted(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN and text.isprintable() else "something long or unprintable"


_SHOWN = 40


def quoted(text: str) -> str:
    """Give a text as TOML writes it."""
    from json import dumps

    # TOML escapes as JSON does, and one character more.
    return dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
