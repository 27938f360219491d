"""What a resource is made of, as Python has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.scaffold.stacks.fastapi.resources import FastapiResource


@dataclass(frozen=True, slots=True)
class PyValue:
    """A type of a field's values, with a name of its own."""

    name: str
    kind: str
    """`Annotated` or `Literal`."""

    inner: str
    """What stands between the brackets, a line each."""


@dataclass(frozen=True, slots=True)
class PyMember:
    """One member of a JSON object, as an attribute of a Pydantic model."""

    name: str
    """On the wire."""

    attribute: str
    line: str
    """Its declaration."""

    annotation: str
    column: str
    """The attribute of the row; empty for a link."""

    password: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True)
class PyColumn:
    """One column, as an attribute of a SQLAlchemy model."""

    attribute: str
    annotation: str
    arguments: tuple[str, ...]
    """What `mapped_column` is given."""

    default: str = ""
    """What a new row has where the service alone sets it."""


@dataclass(frozen=True, slots=True)
class PyLink:
    """Rows that belong together, many to many."""

    pair: str
    """The class of its pairs."""

    attribute: str
    """The relation: `categories`."""

    ids: str
    """The member on the wire: `category_ids`."""

    table: str
    one: str
    """The column of the row itself."""

    other: str
    target: FastapiResource


@dataclass(frozen=True, slots=True)
class PyFilter:
    """One parameter that a list is narrowed by."""

    attribute: str
    line: str
    column: str
    comparison: str


@dataclass(frozen=True, slots=True)
class PyOrder:
    """One order of a list."""

    name: str
    column: str
    descending: bool


@dataclass(frozen=True, slots=True)
class PyPermission:
    """Who may do something."""

    open: bool
    signed_in: bool
    roles: tuple[str, ...]
    owner: bool


@dataclass(frozen=True, slots=True)
class PyInbound:
    """What becomes of other rows when one goes: they forget it, or go as well."""

    kind: Literal["set-null", "cascade", "link"]
    resource: FastapiResource
    column: str
    link: PyLink | None = None

    @property
    def name(self) -> str:
        """Give the function that does it."""
        verb = {"set-null": "unset", "cascade": "remove", "link": "unlink"}[self.kind]
        return f"{verb}_{self.resource.snake}_{self.column}"


@dataclass(frozen=True, slots=True)
class PyTarget:
    """A reference whose row must be looked for: the key alone does not tell that it is there."""

    name: str
    attribute: str
    nullable: bool
    many: bool
    target: FastapiResource
    tenant: bool
    """Whether it must be of the caller's tenant."""
