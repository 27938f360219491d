"""What a cache holds of a resource, and which rows are others once one is deleted.

A delete reaches further than its row: rows that refer to it go with it or lose the reference, and
links to it are cut. Each of them may be kept in the cache, so each is found before the delete.
Where rows that go take others with them in a circle, no query of a fixed form finds them all; such
rows are not cached.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from be_tui.core.ddl import identifier
from be_tui.core.scaffold.contract.wire import json_name
from be_tui.core.scaffold.naming import singular
from be_tui.core.scaffold.stacks.go.fields import key_type, row_type
from be_tui.core.scaffold.stacks.go.names import go_name
from be_tui.core.scaffold.stacks.go.sqlc import Query, Value
from be_tui.core.scaffold.tables import column_name, link_table, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Field, Link, Resource, Service

CACHE = "cache"
"""The option that a service has a cache by."""

_DEEPEST = 4
"""How many rows that go with each other are followed; what is behind them is not cached."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a row to others that a delete changes."""

    resource: Resource
    """Whose rows change."""

    field: Field | None = None
    """The reference that leads back; None for a link."""

    link: Link | None = None

    @property
    def name(self) -> str:
        """Give what leads back."""
        return self.field.name if self.field else self.link.name if self.link else ""


@dataclass(frozen=True, slots=True)
class Stale:
    """Rows of one resource that are others once a row is deleted."""

    steps: tuple[Step, ...]
    """From the deleted row on; the last one's are the rows."""

    cached: bool
    """Whether the cache may hold them; else they are only locked, for those behind them."""

    @property
    def resource(self) -> Resource:
        """Give whose rows they are."""
        return self.steps[-1].resource

    @property
    def name(self) -> str:
        """Give the name of the resource in Go."""
        return go_name(self.resource.name)

    @property
    def query(self) -> str:
        """Give the name of the query that finds them."""
        way = "Of".join(go_name(each.name) for each in reversed(self.steps))
        return f"List{self.name}KeysOf{way}"


def is_cached(service: Service, resource: Resource) -> bool:
    """Tell whether a cache may hold a resource's rows.

    Who may see a row is judged by what is cached: where that is private, nothing is.
    """
    judged = (resource.field(resource.owner), resource.field(resource.tenant))
    return (
        any(each.action == "read" and "nobody" not in each.who for each in resource.permissions)
        and not any(each.private for each in judged if each)
        and resource.name not in _out_of_reach(service)
    )


def stale_after(service: Service, resource: Resource) -> tuple[Stale, ...]:
    """Give what else changes once a row of a resource is deleted, the nearest first."""
    if not _is_removed(resource):
        return ()
    ways = sorted(_ways(service, resource, ()), key=len)
    found = [Stale(each, is_cached(service, each[-1].resource)) for each in ways]
    return tuple(
        each
        for each in found
        if each.cached or any(other.cached and _is_behind(other, each) for other in found)
    )


def _is_behind(other: Stale, one: Stale) -> bool:
    return len(other.steps) > len(one.steps) and other.steps[: len(one.steps)] == one.steps


def _is_removed(resource: Resource) -> bool:
    """Tell whether callers take rows out of the table."""
    return not resource.soft_delete and any(
        each.action == "delete" and "nobody" not in each.who for each in resource.permissions
    )


def _steps(service: Service, resource: Resource) -> Iterator[Step]:
    """Give the rows that change at once with a row that goes."""
    for other in service.resources:
        for field in other.fields:
            if field.to == resource.name and field.on_delete != "restrict":
                yield Step(other, field=field)
        for link in other.links:
            if link.to == resource.name:
                yield Step(other, link=link)


def _goes(step: Step) -> bool:
    return step.field is not None and step.field.on_delete == "cascade"


def _ways(
    service: Service, resource: Resource, before: tuple[Step, ...]
) -> Iterator[tuple[Step, ...]]:
    """Give the ways to all that changes with a row that goes, as far as they are followed."""
    for step in _steps(service, resource):
        way = (*before, step)
        yield way
        if _goes(step) and not _is_too_far(way):
            yield from _ways(service, step.resource, way)


def _is_too_far(way: tuple[Step, ...]) -> bool:
    """Tell whether rows go in a circle, or further than is followed."""
    gone = [each.resource.name for each in way if _goes(each)]
    return len(way) >= _DEEPEST or len(set(gone)) < len(gone)


@cache
def _out_of_reach(service: Service) -> frozenset[str]:
    """Give the resources whose rows change in ways that are not followed to their end."""
    found: set[str] = set()
    for resource in service.resources:
        if not _is_removed(resource):
            continue
        for way in _ways(service, resource, ()):
            circle = _goes(way[-1]) and way[-1].resource.name == resource.name
            if circle or (_goes(way[-1]) and _is_too_far(way)):
                found |= {way[-1].resource.name, *_behind(service, way[-1].resource)}
    return frozenset(found)


def _behind(service: Service, resource: Resource) -> set[str]:
    """Give the resources whose rows change with a row that goes, however far."""
    found: set[str] = set()
    waiting = [resource]
    while waiting:
        for step in _steps(service, waiting.pop()):
            if _goes(step) and step.resource.name not in found:
                waiting.append(step.resource)
            found.add(step.resource.name)
    return found


def stale_query(service: Service, stale: Stale) -> Query:
    """Give the query that finds rows that are others once a row is deleted, and holds them."""
    first, *_ = stale.steps
    gone = first.field.to if first.field else first.link.to if first.link else ""
    kind = key_type(service, gone)
    place = f"$1::{'bigint' if kind == 'int64' else 'uuid'}"
    condition = f"= {place}"
    for step in stale.steps[:-1]:
        inner = f"SELECT id FROM {_quoted(table_name(step.resource))} WHERE "  # noqa: S608 (quoted)
        condition = f"IN ({inner}{_quoted(_column(step))} {condition})"
    last = stale.steps[-1]
    column, end = Value("id", key_type(service, last.resource.name)), "\nORDER BY id\nFOR UPDATE"
    table = table_name(last.resource)
    if last.link:
        column = Value(f"{last.resource.name}_id", column.kind)
        table, end = link_table(last.resource, last.link), ""
    select = f"SELECT {_quoted(column.name)}\nFROM {_quoted(table)}\nWHERE "
    sql = f"{select}{_quoted(_column(last))} {condition}{end}"
    named = sql.replace(place, place.replace("$1", "sqlc.arg(gone)"))
    params = (Value("gone", kind),)
    return Query(stale.query, ":many", "", sql, params, columns=(column,), written=named)


def _quoted(name: str) -> str:
    return identifier(name, "postgresql")


def _column(step: Step) -> str:
    """Give the column that leads back."""
    return column_name(step.field) if step.field else f"{singular(step.name)}_id"


def tag_of(service: Service, resource: Resource) -> str:
    """Give a short text that is another where what is kept of a row has another form."""
    fields = [f"{json_name(each)} {row_type(service, each)}" for each in kept_fields(resource)]
    links = [f"{each.name} {key_type(service, each.to)}" for each in resource.links]
    said = "\n".join([key_type(service, resource.name), *fields, *links])
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def kept_fields(resource: Resource) -> tuple[Field, ...]:
    """Give the fields that a cache keeps: none that no caller is told."""
    return tuple(each for each in resource.fields if not each.private and each.kind != "password")
