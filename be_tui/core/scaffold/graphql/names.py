"""Names as GraphQL has them: members are called as in JSON, so that a problem names them alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.wire import type_name
from be_tui.core.scaffold.naming import pascal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.scaffold.model import Field, Resource, Service

SCALARS = ("DateTime", "Date", "Decimal", "UUID", "Long", "JSON")
"""Types of values that GraphQL itself has not."""

_TAKEN = (
    *SCALARS,
    *("Int", "Float", "String", "Boolean", "ID"),
    *("Query", "Mutation", "Subscription", "PageInfo"),
)
_NO_VALUES = frozenset({"true", "false", "null"})


def enum_names(values: Iterable[str]) -> tuple[str, ...]:
    """Give what values of an enumeration are called, in their order: `on_sale` for `on-sale`."""
    taken: list[str] = []
    for value in values:
        name = value.replace("-", "_")
        taken.append(_free(f"{name}_" if name in _NO_VALUES else name, taken))
    return tuple(taken)


def order_name(order: str) -> str:
    """Give what an order of a list is called: `created_at_DESC` for `-created_at`."""
    return f"{order[1:]}_DESC" if order.startswith("-") else f"{order}_ASC"


def _free(wanted: str, taken: Iterable[str]) -> str:
    """Give a name, or the first with a number behind it that nobody has."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}{number}"
    return name


@dataclass(frozen=True, slots=True)
class Names:
    """What the types of one resource, and what is asked of it, are called."""

    type: str
    connection: str
    edge: str
    create: str
    patch: str
    filter: str
    order: str
    one: str
    """The query of one row."""

    many: str
    """The query of a page of rows."""

    enums: tuple[tuple[str, str], ...]
    """The types of its enumerations, by the names of their fields."""

    def enum(self, field: Field) -> str:
        """Give the type of an enumeration."""
        return dict(self.enums)[field.name]


def names_of(service: Service) -> tuple[Names, ...]:
    """Give the names of each resource, in their order, no two alike."""
    types, queries = [*_TAKEN], list[str]()

    def new(wanted: str, taken: list[str]) -> str:
        taken.append(_free(wanted, taken))
        return taken[-1]

    # Those that people write most come first, so that they are what they would guess.
    own = [new(type_name(each), types) for each in service.resources]
    singles = [new(each.name, queries) for each in service.resources]
    return tuple(
        Names(
            type=name,
            connection=new(f"{name}Connection", types),
            edge=new(f"{name}Edge", types),
            create=new(f"{name}Create", types),
            patch=new(f"{name}Patch", types),
            filter=new(f"{name}Filter", types),
            order=new(f"{name}OrderBy", types),
            one=one,
            many=new(each.plural, queries),
            enums=tuple(
                (field.name, new(f"{name}{pascal(field.name)}", types))
                for field in _enumerations(each)
            ),
        )
        for each, name, one in zip(service.resources, own, singles, strict=True)
    )


def _enumerations(resource: Resource) -> Iterable[Field]:
    return (each for each in resource.fields if each.kind == "enum")
