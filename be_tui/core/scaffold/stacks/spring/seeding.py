"""Rows to try a service with: statements that put one into each table that is empty.

Rows belong to the first account and to its tenant; where there is none yet, those that need one
are left out.
"""

# ruff: noqa: S608 - what is put into a statement is a name or a literal in quotes

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.schemas import LONGEST_TEXT
from be_tui.core.scaffold.naming import singular, words
from be_tui.core.scaffold.stacks.sampling import samples
from be_tui.core.scaffold.stacks.spring.types import whole_ends
from be_tui.core.scaffold.stacks.spring.wording import sql
from be_tui.core.scaffold.tables import column_name, link_table, quoted, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.scaffold.model import Field, Link, Resource, Service

_PLAIN = {
    "email": "'sample@example.com'",
    "url": "'https://example.com/'",
    "boolean": "false",
    "date": "'2026-01-01'",
    "datetime": "'2026-01-01T00:00:00Z'",
    "uuid": "'01890a5d-ac96-774b-bcce-b302099a8057'",
    "json": "'{}'",
    "password": "'!'",
}
"""Nobody signs in with a password whose hash is none."""

_NUMBERS = frozenset({"integer", "decimal", "float"})


def statements(service: Service) -> tuple[str, ...]:
    """Give them in an order in which each finds the rows that it refers to."""
    kept = _kept_resources(service)
    rows = [row(service, each) for each in kept]
    return (*rows, *(_pair(service, each, link) for each in kept for link in each.links))


def sampled(service: Service) -> tuple[str, ...]:
    """Give the tables of resources that they fill, as SQL has them."""
    return tuple(sql(table_name(each)) for each in _kept_resources(service))


def _kept_resources(service: Service) -> list[Resource]:
    account = service.accounts.resource if service.accounts else ""
    return [each for each in _ordered(service) if each.name != account]


def row(service: Service, resource: Resource) -> str:
    """Give the statement that makes a row of a resource where there is none."""
    found = {sql(column_name(field)): value for field, value in _values(service, resource)}
    if resource.key == "uuid":
        found = {"id": quoted(_key(service, resource)), **found}
    needed = (value for value in found.values() if value.startswith("(SELECT"))
    return _into(table_name(resource), found, needed)


def _ordered(service: Service) -> Iterator[Resource]:
    """Give the resources, each behind those that its rows cannot be without."""
    waiting = list(service.resources)
    while waiting:
        names = {each.name for each in waiting}
        free = [each for each in waiting if not (_needs(each) & (names - {each.name}))]
        yield from free or waiting
        waiting = [each for each in waiting if each not in free] if free else []


def _needs(resource: Resource) -> set[str]:
    return {each.to for each in resource.fields if each.kind == "reference" and not each.nullable}


def _key(service: Service, resource: Resource) -> str:
    return f"01890a5d-ac96-774b-8000-{service.resources.index(resource) + 1:012d}"


def _values(service: Service, resource: Resource) -> Iterator[tuple[Field, str]]:
    for field in resource.fields:
        if field.kind == "reference":
            if not field.nullable:
                yield field, _referred(service, resource, field)
        elif field.example:
            is_number = field.kind in _NUMBERS
            yield field, field.example if is_number else quoted(_as_kept(field, field.example))
        elif field.default is None and not field.nullable:
            yield field, _value(field)


def _referred(service: Service, resource: Resource, field: Field) -> str:
    to = service.resource(field.to)
    is_account = service.accounts is not None and service.accounts.resource == resource.name
    if to is None or (field.name == resource.tenant and not is_account):
        return _tenant(service)
    return _first(service, to)


def _as_kept(field: Field, text: str) -> str:
    return text.lower() if field.kind == "email" else text


def _value(field: Field) -> str:
    bounds = field.bounds
    match field.kind:
        case "text":
            least, most = int(bounds.least or 0), int(bounds.most or LONGEST_TEXT)
            usual = words(field.name).capitalize().ljust(least, ".")[:most]
            made = samples(bounds.pattern, least, most) if bounds.pattern else ()
            return quoted(next(iter(made), usual))
        case "integer":
            least, most = whole_ends(field)
            return str(min(max(least, 0), most))
        case "decimal" | "float":
            return bounds.least or bounds.most or "0"
        case "enum":
            return quoted(field.values[0])
        case _:
            return _PLAIN[field.kind]


def _first(service: Service, resource: Resource) -> str:
    """Give the key of the first row of a resource, among those of the first account's tenant."""
    account = service.accounts.resource if service.accounts else ""
    wanted = ["deleted_at IS NULL"] if resource.soft_delete else []
    tenant = resource.field(resource.tenant)
    if tenant is not None and resource.name != account:
        wanted.append(f"{sql(column_name(tenant))} = {_tenant(service)}")
    return _one("id", table_name(resource), wanted)


def _tenant(service: Service) -> str:
    """Give the tenant of the first account."""
    account = service.resource(service.accounts.resource) if service.accounts else None
    tenant = account.field(account.tenant) if account else None
    if account is None or tenant is None:
        return "NULL"
    wanted = ["deleted_at IS NULL"] if account.soft_delete else []
    return _one(sql(column_name(tenant)), table_name(account), wanted)


def _one(column: str, table: str, wanted: list[str]) -> str:
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    return f"(SELECT {column} FROM {sql(table)}{where} ORDER BY created_at, id LIMIT 1)"


def _pair(service: Service, resource: Resource, link: Link) -> str:
    to = service.resource(link.to)
    one, other = _first(service, resource), _first(service, to) if to else "NULL"
    pair = {sql(f"{resource.name}_id"): one, sql(f"{singular(link.name)}_id"): other}
    return _into(link_table(resource, link), pair, pair.values())


def _into(table: str, values: dict[str, str], needed: Iterable[str]) -> str:
    wanted = [
        f"NOT EXISTS (SELECT 1 FROM {sql(table)})",
        *(f"{each} IS NOT NULL" for each in needed),
    ]
    columns, given = ", ".join(values), ", ".join(values.values())
    return f"INSERT INTO {sql(table)} ({columns}) SELECT {given} WHERE {' AND '.join(wanted)}"
