"""What a service is about, whatever language it is written in: resources, fields, who may do what.

Names are in snake_case, the singular for a resource; a stack gives each its own language's form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from be_tui.core.findings import Place

FieldKind = Literal[
    "text",
    "email",
    "url",
    "integer",
    "decimal",
    "float",
    "boolean",
    "date",
    "datetime",
    "uuid",
    "enum",
    "json",
    "password",
    "reference",
]
"""`text` and its kin are bounded strings, `integer` has 32 or 64 bits by its bounds, `datetime` is
an instant, `password` is taken and never given, `reference` holds the key of another resource."""

FIELD_KINDS: tuple[FieldKind, ...] = get_args(FieldKind)

OnDelete = Literal["restrict", "cascade", "set-null"]
"""What becomes of rows when the row that they refer to goes."""

Action = Literal["create", "read", "list", "update", "delete"]
ACTIONS: tuple[Action, ...] = get_args(Action)

Key = Literal["uuid", "integer"]
"""How rows are numbered: UUIDs of version 7, made by the service, or the database's numbers."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What values may be, ends included; None where an end is the type's own."""

    least: str | None = None
    """For text its length, else the value; as written, so that decimals stay exact."""

    most: str | None = None
    pattern: str = ""
    """A regular expression that ECMA-262, RE2 and Java read alike, matched against the whole."""

    digits: int = 0
    """Of a decimal, all of them."""

    scale: int = 0
    """Of a decimal, those after the point."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a resource."""

    name: str
    kind: FieldKind
    place: Place
    description: str = ""
    required: bool = True
    """Whether it must be given to create a row; a field with a default need not be."""

    nullable: bool = False
    default: str | None = None
    """As it was written: `0`, `true`, `member`; None without."""

    bounds: Bounds = Bounds()
    values: tuple[str, ...] = ()
    """Of an enumeration."""

    to: str = ""
    """The resource that a reference leads to."""

    on_delete: OnDelete = "restrict"
    unique: bool = False
    filtered: bool = False
    sorted: bool = False
    private: bool = False
    """Whether it is left out of every answer."""

    read_only: bool = False
    """Whether the service alone sets it."""

    fixed: bool = False
    """Whether it stays as it was when the row was made."""

    writers: tuple[str, ...] = ()
    """The roles that may set it; empty for whoever may write the row."""

    example: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """That rows of two resources belong together, many to many."""

    name: str
    """Of the collection: `tags`."""

    to: str
    place: Place
    description: str = ""


Who = Literal["anyone", "signed-in", "owner", "role", "nobody"]


@dataclass(frozen=True, slots=True)
class Permission:
    """Who may do one thing; it is enough to be one of them."""

    action: Action
    who: tuple[Who, ...]
    roles: tuple[str, ...] = ()
    """Named where `who` has `role`."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind of thing that the service keeps."""

    name: str
    plural: str
    place: Place
    description: str = ""
    key: Key = "uuid"
    fields: tuple[Field, ...] = ()
    links: tuple[Link, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    """Fields of which no two rows have the same values together."""

    owner: str = ""
    """The reference to the account whose row it is, or to a row that is owned in turn; for the
    accounts themselves their own name."""

    tenant: str = ""
    """The reference that keeps one customer's rows from another's; empty without tenants."""

    soft_delete: bool = False
    """Whether a deleted row stays in the database, marked, and is found no more."""

    permissions: tuple[Permission, ...] = ()
    """One for each action, in their order."""

    newest_first: bool = True
    """Whether a list begins with the latest row where no order is asked for."""

    def field(self, name: str) -> Field | None:
        """Give a field by its name."""
        return next((field for field in self.fields if field.name == name), None)

    def may(self, action: Action) -> Permission:
        """Give who may do something."""
        return next(each for each in self.permissions if each.action == action)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who signs in, and with what."""

    resource: str
    login: str
    """The field that they are known by: `email`."""

    password: str
    """The field of kind `password`."""

    role: str = ""
    """The enumeration of roles; empty where all accounts are alike."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service: what every stack is generated from."""

    name: str
    title: str
    resources: tuple[Resource, ...]
    place: Place
    description: str = ""
    version: int = 1
    """Of the interface, in every path: `/api/v1`."""

    accounts: Accounts | None = None
    contact: str = ""
    licence: str = ""

    def resource(self, name: str) -> Resource | None:
        """Give a resource by its name."""
        return next((each for each in self.resources if each.name == name), None)
