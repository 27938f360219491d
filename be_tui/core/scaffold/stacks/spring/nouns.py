"""What the templates are given of a resource, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Component:
    """One member of a record."""

    name: str
    """On the wire."""

    attribute: str
    declared: tuple[str, ...]
    """Annotations in front of it, each on a line of its own."""

    type: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """What one field of a row is set to when a request is carried out."""

    setter: str
    value: str
    """An expression; for a change the name of the record's member."""

    wanted: str = ""
    """Of a change: what makes the row's value of the one that was sent; empty where it is one."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A choice of values."""

    name: str
    description: str
    constants: tuple[tuple[str, str], ...]
    """Each constant, with the value as Java writes it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row."""

    attribute: str
    getter: str
    setter: str
    type: str
    annotations: tuple[str, ...]
    description: str
    is_address: bool = False
    """Whether it is for mail, and kept in small letters."""


@dataclass(frozen=True, slots=True)
class Order:
    """A column that a list can be ordered by."""

    name: str
    attribute: str
    type: str
    getter: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A parameter that a list is narrowed by, as a condition on a column."""

    method: str
    attribute: str
    value: str


@dataclass(frozen=True, slots=True)
class Guard:
    """A member that only some roles may set."""

    name: str
    accessor: str
    sent: str
    """The condition that it was sent, `body.` being in front of it."""

    roles: tuple[str, ...]


def nullable(kind: str) -> str:
    """Give a type whose values may be null."""
    return f"@Nullable {kind}"


def getter(name: str) -> str:
    """Give the getter of an attribute."""
    return f"get{name[:1].upper()}{name[1:]}"


def setter(name: str) -> str:
    """Give the setter of an attribute."""
    return f"set{name[:1].upper()}{name[1:]}"
