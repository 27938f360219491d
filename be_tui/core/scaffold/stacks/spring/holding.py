"""What the database holds of a resource by itself, whoever asks it: checks, and rows that go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.schemas import LONGEST_TEXT
from be_tui.core.scaffold.stacks.spring.samples import beyond
from be_tui.core.scaffold.stacks.spring.types import whole_ends
from be_tui.core.scaffold.stacks.spring.wording import sql
from be_tui.core.scaffold.tables import column_name, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Field, Resource

_LONGEST = {"email": 254, "url": 2000}


def kept_out(resource: Resource) -> Iterator[tuple[str, str]]:
    """Give the columns, each with a value that no row has: both as SQL writes them."""
    for field in resource.fields:
        for value in _kept_out(field):
            yield sql(column_name(field)), value
        if not field.nullable:
            yield sql(column_name(field)), "NULL"


def _kept_out(field: Field) -> Iterator[str]:
    bounds = field.bounds
    match field.kind:
        case "text" | "email" | "url":
            most = int(bounds.most or _LONGEST.get(field.kind, LONGEST_TEXT))
            yield f"repeat('a', {most + 1})"
            if int(bounds.least or 0):
                yield f"repeat('a', {int(bounds.least or 0) - 1})"
        case "integer":
            least, most = whole_ends(field)
            yield from (f"{least - 1}", f"{most + 1}")
        case "decimal" | "float":
            yield from beyond(field)
        case "enum":
            yield quoted(f"none of {len(field.values)}")
        case _:
            return
