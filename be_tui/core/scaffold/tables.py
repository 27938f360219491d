"""The tables that a service keeps its rows in, as PostgreSQL has them.

What the contract tells of a value, the database holds too: lengths, bounds, patterns and choices
are checks. A choice is text with a check, because a value can be taken out of a check without
writing the table anew. Each reference has an index, for the join and for the delete of the row
that it leads to; each order of a list has one that ends in the key.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from be_tui.core.ddl import identifier
from be_tui.core.scaffold.contract.schemas import (
    INT32,
    LARGEST_FLOAT,
    LONGEST_TEXT,
)
from be_tui.core.scaffold.naming import singular
from be_tui.core.schema import (
    Check,
    Column,
    DataType,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Name,
    Schema,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.findings import Place
    from be_tui.core.scaffold.model import Field, Link, Resource, Service

_LONGEST_NAME = 63
_HASH = 120
"""Characters of a hashed password, with room for stronger parameters."""

_UUID = DataType("uuid", "uuid")
_MOMENT = DataType("timestamptz", "timestamp")
_BIGINT = DataType("bigint", "integer")
_TEXT = DataType("text", "text")
_ON_DELETE = {"restrict": "RESTRICT", "cascade": "CASCADE", "set-null": "SET NULL"}


JOBS = "jobs"
"""The option that has a table of its own: events that wait for the worker."""


def tables_of(service: Service, options: frozenset[str] = frozenset()) -> Schema:
    """Give the tables of a service, those that others refer to first where that can be.

    Args:
        service: As its spec has it.
        options: What it has besides; one without tables of its own changes nothing.
    """
    made = [table for resource in service.resources for table in _resource(service, resource)]
    jobs = (_events(service.place),) if JOBS in options else ()
    return Schema(tables=tuple(_ordered((*made, *_own(service), *jobs))))


def table_name(resource: Resource) -> str:
    """Give the name of a resource's table."""
    return resource.plural


def column_name(field: Field) -> str:
    """Give the name of a field's column: the password's says that only its hash is kept."""
    if field.kind == "reference":
        return f"{field.name}_id"
    return f"{field.name}_hash" if field.kind == "password" else field.name


def link_table(resource: Resource, link: Link) -> str:
    """Give the name of the table that a link's pairs stand in."""
    return _cut(f"{resource.name}_{link.name}")


def _resource(service: Service, resource: Resource) -> Iterator[Table]:
    place = resource.place
    name = table_name(resource)
    columns = [
        _key(resource),
        *(_column(service, field) for field in resource.fields),
        Column(Name("version"), _BIGINT, place, nullable=False, default="1"),
        Column(Name("created_at"), _MOMENT, place, nullable=False, default="now()"),
        Column(Name("updated_at"), _MOMENT, place, nullable=False, default="now()"),
    ]
    if resource.soft_delete:
        columns.append(Column(Name("deleted_at"), _MOMENT, place))
    sets: list[tuple[str, ...]]
    sets = [(column_name(field),) for field in resource.fields if field.unique]
    sets += [_columns(resource, names) for names in resource.unique]
    indexes = tuple(_indexes(resource, sets))
    yield Table(
        Name(name),
        place,
        columns=tuple(columns),
        primary_key=Key(("id",), place, _cut(f"{name}_pkey")),
        uniques=()
        if resource.soft_delete
        else tuple(Key(each, place, _named(name, each, "key")) for each in sets),
        foreign_keys=tuple(_foreign_keys(service, resource)),
        checks=tuple(_checks(resource)),
        indexes=indexes,
        comment=resource.description,
    )
    for link in resource.links:
        yield _pairs(service, resource, link)


def _key(resource: Resource) -> Column:
    if resource.key == "integer":
        return Column(
            Name("id"), _BIGINT, resource.place, nullable=False, auto="identity", always=True
        )
    return Column(Name("id"), _UUID, resource.place, nullable=False)


def _key_type(service: Service, name: str) -> DataType:
    resource = service.resource(name)
    return _BIGINT if resource and resource.key == "integer" else _UUID


def _column(service: Service, field: Field) -> Column:
    return Column(
        Name(column_name(field)),
        _type(service, field),
        field.place,
        nullable=field.nullable,
        default=_default(field),
        comment=field.description,
    )


def _type(service: Service, field: Field) -> DataType:
    bounds = field.bounds
    match field.kind:
        case "integer":
            least = int(Decimal(bounds.least or INT32[0]))
            most = int(Decimal(bounds.most or INT32[1]))
            small = INT32[0] <= least and most <= INT32[1]
            return DataType("int", "integer") if small else _BIGINT
        case "decimal":
            return DataType("numeric", "decimal", (str(bounds.digits), str(bounds.scale)))
        case "reference":
            return _key_type(service, field.to)
        case _:
            return _TYPES.get(field.kind, _TEXT)


_TYPES = {
    "float": DataType("double precision", "float"),
    "boolean": DataType("boolean", "boolean"),
    "date": DataType("date", "date"),
    "datetime": _MOMENT,
    "uuid": _UUID,
    "json": DataType("jsonb", "json"),
}


def _default(field: Field) -> str:
    if field.default is None:
        return ""
    match field.kind:
        case "integer" | "decimal" | "float" | "boolean":
            return field.default
        case "date" | "datetime" if field.default == "now":
            return "CURRENT_DATE" if field.kind == "date" else "now()"
        case _:
            return quoted(field.default)


def quoted(text: str) -> str:
    """Give a text as a literal of SQL."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _checks(resource: Resource) -> Iterator[Check]:
    table = table_name(resource)
    for field in resource.fields:
        name = column_name(field)
        for number, condition in enumerate(_conditions(field, name)):
            ending = "check" if number == 0 else f"check{number}"
            yield Check(condition, field.place, _named(table, (name,), ending))


def _conditions(field: Field, column: str) -> Iterator[str]:
    bounds = field.bounds
    name = identifier(column, "postgresql")
    match field.kind:
        case "password":
            yield f"char_length({name}) <= {_HASH}"
        case "text" | "email" | "url":
            most = int(bounds.most or {"email": 254, "url": 2000}.get(field.kind, LONGEST_TEXT))
            least = int(bounds.least or 0)
            if least:
                yield f"char_length({name}) BETWEEN {least} AND {most}"
            else:
                yield f"char_length({name}) <= {most}"
        case "integer" | "decimal" | "float":
            yield from _numeric(field, name)
        case "enum":
            yield f"{name} IN ({', '.join(quoted(value) for value in field.values)})"
        case _:
            return


def _numeric(field: Field, name: str) -> Iterator[str]:
    bounds = field.bounds
    least, most = bounds.least, bounds.most
    if field.kind == "float":
        low, high = least or f"{-LARGEST_FLOAT:.0f}", most or f"{LARGEST_FLOAT:.0f}"
        yield f"{name} BETWEEN {low} AND {high}"
    elif least is not None and most is not None:
        yield f"{name} BETWEEN {least} AND {most}"
    elif least is not None:
        yield f"{name} >= {least}"
    elif most is not None:
        yield f"{name} <= {most}"


def _foreign_keys(service: Service, resource: Resource) -> Iterator[ForeignKey]:
    table = table_name(resource)
    for field in resource.fields:
        target = service.resource(field.to)
        if field.kind != "reference" or target is None:
            continue
        column = column_name(field)
        yield ForeignKey(
            (column,),
            table_name(target),
            ("id",),
            field.place,
            _named(table, (column,), "fkey"),
            on_delete=_ON_DELETE[field.on_delete],
        )


def _columns(resource: Resource, names: tuple[str, ...]) -> tuple[str, ...]:
    fields = (resource.field(name) for name in names)
    return tuple(column_name(field) for field in fields if field)


def _indexes(resource: Resource, sets: list[tuple[str, ...]]) -> Iterator[Index]:
    """Give the indexes besides those of keys; of two that begin alike the longer one."""
    table = table_name(resource)
    alive = "deleted_at IS NULL" if resource.soft_delete else ""
    if resource.soft_delete:
        for each in sets:
            yield _index(table, each, resource.place, unique=True, where=alive)
    wanted: list[tuple[str, ...]] = [("created_at", "id")]
    wanted += [(column_name(field), "id") for field in resource.fields if field.sorted]
    covered = [each[0] for each in (*sets, *wanted)]
    for field in resource.fields:
        column = column_name(field)
        if field.kind == "reference" and column not in covered:
            wanted.append((column,))
    for each in wanted:
        yield _index(table, each, resource.place)


def _index(
    table: str, columns: tuple[str, ...], place: Place, *, unique: bool = False, where: str = ""
) -> Index:
    parts = tuple(IndexPart(column, column) for column in columns)
    name = _named(table, columns, "key" if unique else "idx")
    return Index(name, parts, place, unique=unique, where=where)


def _pairs(service: Service, resource: Resource, link: Link) -> Table:
    """Give the table of a link's pairs; a pair goes when either of its rows goes."""
    name = link_table(resource, link)
    target = service.resource(link.to)
    one = f"{resource.name}_id"
    other = f"{singular(link.name)}_id"
    types = (_key_type(service, resource.name), _key_type(service, link.to))
    columns = tuple(
        Column(Name(column), kind, link.place, nullable=False)
        for column, kind in zip((one, other), types, strict=True)
    )
    owners = (table_name(resource), table_name(target) if target else link.to)
    keys = tuple(
        ForeignKey(
            (column,), owner, ("id",), link.place, _named(name, (column,), "fkey"), "CASCADE"
        )
        for column, owner in zip((one, other), owners, strict=True)
    )
    return Table(
        Name(name),
        link.place,
        columns=columns,
        primary_key=Key((one, other), link.place, _cut(f"{name}_pkey")),
        foreign_keys=keys,
        indexes=(_index(name, (other,), link.place),),
        comment=link.description,
    )


def _columns_at(place: Place) -> Callable[..., Column]:
    """Give what makes the columns of a table that no resource has."""

    def column(name: str, kind: DataType, *, nullable: bool = False, default: str = "") -> Column:
        return Column(Name(name), kind, place, nullable=nullable, default=default)

    return column


def _own(service: Service) -> Iterator[Table]:
    """Give the tables that the service needs for itself."""
    place = service.place
    column = _columns_at(place)
    yield Table(
        Name("idempotency_keys"),
        place,
        columns=(
            column("scope", _TEXT),
            column("key", _TEXT),
            column("fingerprint", _TEXT),
            column("status", DataType("int", "integer"), nullable=True),
            column("headers", DataType("jsonb", "json"), nullable=True),
            column("body", _TEXT, nullable=True),
            column("created_at", _MOMENT, default="now()"),
        ),
        primary_key=Key(("scope", "key"), place, "idempotency_keys_pkey"),
        indexes=(_index("idempotency_keys", ("created_at",), place),),
        comment="Requests that are carried out once, with what was answered.",
    )
    accounts = service.accounts
    resource = service.resource(accounts.resource) if accounts else None
    if resource is None:
        return
    yield Table(
        Name("refresh_tokens"),
        place,
        columns=(
            column("token_hash", _TEXT),
            column("family", _UUID),
            column("account_id", _key_type(service, resource.name)),
            column("expires_at", _MOMENT),
            column("used_at", _MOMENT, nullable=True),
            column("created_at", _MOMENT, default="now()"),
        ),
        primary_key=Key(("token_hash",), place, "refresh_tokens_pkey"),
        foreign_keys=(
            ForeignKey(
                ("account_id",),
                table_name(resource),
                ("id",),
                place,
                "refresh_tokens_account_id_fkey",
                "CASCADE",
            ),
        ),
        indexes=(
            _index("refresh_tokens", ("account_id",), place),
            _index("refresh_tokens", ("family",), place),
            _index("refresh_tokens", ("expires_at",), place),
        ),
        comment="Sessions; one that is used twice was stolen, and its family ends.",
    )


def _events(place: Place) -> Table:
    """Give the table of events, which are written with what happened and worked off later."""
    column = _columns_at(place)
    name = "outbox_events"
    still_open = "done_at IS NULL AND failed_at IS NULL"
    return Table(
        Name(name),
        place,
        columns=(
            column("id", _UUID),
            column("topic", _TEXT),
            column("payload", DataType("jsonb", "json")),
            column("created_at", _MOMENT, default="now()"),
            column("available_at", _MOMENT, default="now()"),
            column("attempts", DataType("int", "integer"), default="0"),
            column("locked_until", _MOMENT, nullable=True),
            column("last_error", _TEXT, nullable=True),
            column("done_at", _MOMENT, nullable=True),
            column("failed_at", _MOMENT, nullable=True),
        ),
        primary_key=Key(("id",), place, "outbox_events_pkey"),
        indexes=(
            _index(name, ("available_at",), place, where=still_open),
            _index(name, ("done_at",), place),
        ),
        comment="What happened, for the worker; kept for a while once it is done.",
    )


def _ordered(tables: tuple[Table, ...]) -> Iterator[Table]:
    """Give tables after those that they refer to; in a circle, as they were written."""
    waiting = list(tables)
    done: set[str] = set()
    while waiting:
        ready = next(
            (
                table
                for table in waiting
                if {key.table for key in table.foreign_keys} <= done | {table.name.folded}
            ),
            waiting[0],
        )
        waiting.remove(ready)
        done.add(ready.name.folded)
        yield ready


def _named(table: str, columns: tuple[str, ...], ending: str) -> str:
    return _cut(f"{table}_{'_'.join(columns)}", f"_{ending}")


def _cut(name: str, ending: str = "") -> str:
    """Give a name that PostgreSQL keeps whole; a longer one ends in a digest of all of it."""
    if len(name) + len(ending) <= _LONGEST_NAME:
        return name + ending
    from hashlib import sha256

    digest = sha256(name.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_NAME - len(ending) - len(digest) - 1]}_{digest}{ending}"
