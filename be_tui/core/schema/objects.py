"""What a database has besides tables, views and triggers; most of it is PostgreSQL's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.findings import Place
    from be_tui.core.schema.model import Check, Column, DataType


@dataclass(frozen=True, slots=True)
class Domain:
    """A type with conditions that its values meet."""

    name: str
    type: DataType
    place: Place
    namespace: str = ""
    nullable: bool = True
    default: str = ""
    checks: tuple[Check, ...] = ()
    collation: str = ""
    comment: str = ""

    @property
    def constrained(self) -> bool:
        """Tell whether a value of its type may be refused by it."""
        return bool(self.checks) or not self.nullable


@dataclass(frozen=True, slots=True)
class Composite:
    """A type of several fields."""

    name: str
    fields: tuple[Column, ...]
    place: Place
    namespace: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A row of numbers; those of serial and identity columns are told by the column."""

    name: str
    place: Place
    namespace: str = ""
    type: str = "bigint"
    options: str = ""
    """What departs from the engine's own, as DDL has it: `START WITH 100 INCREMENT BY 10`."""

    owned_by: str = ""
    """`table.column`, folded, with the schema where one is said."""

    comment: str = ""


RoutineKind = Literal["function", "procedure", "aggregate"]


@dataclass(frozen=True, slots=True)
class Routine:
    """A function, a procedure or an aggregate."""

    kind: RoutineKind
    name: str
    arguments: str
    """The types that tell it from others of its name: `integer, text`."""

    definition: str
    """The whole statement that makes it, without OR REPLACE."""

    place: Place
    namespace: str = ""
    returns: str = ""
    language: str = ""
    volatility: str = "volatile"
    """`volatile`, `stable` or `immutable`."""

    body: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which rows of a table a role may see or write."""

    name: str
    table: str
    """Folded."""

    definition: str
    """The whole statement that makes it."""

    place: Place
    namespace: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """What was added to a server's own types and functions."""

    name: str
    place: Place
    namespace: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role may do with an object."""

    kind: str
    """`table`, `sequence`, `function`, `schema`, in small letters."""

    target: str
    """The object, with its schema where one is said."""

    role: str
    """`public` for everybody."""

    privileges: tuple[str, ...]
    """In capitals, sorted; with columns where they are named: `SELECT (id)`."""

    grantable: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """An object of which only its DDL is known: a rule, a range type, a publication."""

    kind: str
    """As DDL calls it, in small letters: `rule`, `statistics`, `event trigger`."""

    name: str
    """What tells it from others of its kind, with the table where it stands on one."""

    definition: str
    place: Place
    namespace: str = ""
    table: str = ""
    """The table that it stands on, folded; empty for one that stands by itself."""

    comment: str = ""
