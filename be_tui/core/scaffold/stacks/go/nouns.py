"""The parts of a resource as Go has them, which templates write down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field


@dataclass(frozen=True, slots=True)
class GoMember:
    """One member of a JSON object."""

    json: str
    """On the wire."""

    name: str
    """In Go's structs."""

    kind: str
    """Its type there."""

    read: str = ""
    """What reads it from an object that is called `o`."""

    given: str = ""
    """What gives it of a row that is called `row`."""

    field: Field | None = None
    link: GoLink | None = None


@dataclass(frozen=True, slots=True)
class GoLink:
    """A link to rows of another resource."""

    name: str
    """In Go's structs: `CategoryIDs`."""

    json: str
    pairs: str
    """In the names of its queries: `ProductCategory`."""

    one: str
    """The column of this row's key, in Go."""

    other: str
    """The column of the other's."""

    kind: str
    """The type of the other's keys."""

    target: str
    """The type of the other resource."""

    checked: bool
    """Whether the database may hold rows of the other that nobody here may name."""


@dataclass(frozen=True, slots=True)
class GoFilter:
    """One parameter that a list is narrowed by."""

    json: str
    name: str
    kind: str
    rule: str
    condition: str
    """In SQL, with a `?` for the value."""

    wrong: str
    """A value that it does not take, as a query has it."""


@dataclass(frozen=True, slots=True)
class GoOrder:
    """One order of a list."""

    json: str
    column: str
    cast: str
    """The type of the column, in SQL."""

    field: str
    """The column in a row."""

    descending: bool
    nullable: bool


@dataclass(frozen=True, slots=True)
class GoReference:
    """A reference to a row that the database takes though it is deleted, or another tenant's."""

    name: str
    nullable: bool
    target: str
    key: str


@dataclass(frozen=True, slots=True)
class GoTarget:
    """A resource that others refer to."""

    name: str
    key: str
    tenant: str
    """The column of its tenant; empty where its rows are everybody's."""


@dataclass(frozen=True, slots=True)
class GoNeed:
    """A row that another needs first."""

    column: str
    """What leads to it, in a row."""

    json: str
    target: str
    """The function that makes it."""

    name: str
    resource: str
