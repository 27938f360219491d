"""What the database's schema looks like: keys, indexes, JSON, tenants, times."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.tables.reading import AUTO_FIELD, MODELS, read_schemas
from be_tui.core.project.words import counted, share

if TYPE_CHECKING:
    from be_tui.core.project.gathering import Gathering
    from be_tui.core.project.tables.model import Schema, Table

_STATED = frozenset({"SQL", "Prisma"})
_INDEXED_BY_DATABASE = frozenset({"MySQL", "MariaDB"})
"""InnoDB makes an index for each foreign key."""


def take(gathering: Gathering) -> Found:
    """Read the tables, and count what matters about them."""
    schemas = read_schemas(gathering)
    if not schemas:
        raise NoAnswer("no table found in SQL files, a Prisma schema or an ORM's classes")
    schema, *others = schemas
    database = next((trait.name for trait in gathering.stack.of("database")), "")
    tables = list(schema.tables.values())
    foreign = sum(len(table.foreign) for table in tables)
    bare = [] if database in _INDEXED_BY_DATABASE else [
        (table, key) for table in tables for key in table.without_index()
    ]  # fmt: skip
    columns = [(table, each) for table in tables for each in table.columns.values()]
    tenants = [t for t in tables if any(each.is_tenant for each in t.columns.values())]
    json = [(table, each) for table, each in columns if each.is_json]
    plain = [(table, each) for table, each in columns if each.is_plain_time(database)]
    keys = Counter(_key(gathering, schema, table, database) for table in tables)
    views = len(set().union(*(each.views for each in schemas)))
    tenant_share = share(len(tenants), len(tables))
    told = [
        Fact(f"{schema.kind}: table {table.name}", table.path, table.line) for table in tables[:3]
    ]
    told += [
        Fact(
            f"{table.name}.{', '.join(key.columns)}: a foreign key without an index",
            key.path or table.path,
            key.line,
        )
        for table, key in bare[:4]
    ]
    for label, found in (("JSON", json), ("a time without its zone", plain)):
        told += [
            Fact(f"{table.name}.{each.name}: {label}", each.path or table.path, each.line)
            for table, each in found[:2]
        ]
    told += [
        Fact(f"counted otherwise: {each.kind}: {counted(len(each.tables), 'table')}")
        for each in others
    ]
    line = f"{counted(len(tables), 'table')}, {counted(foreign, 'foreign key')}"
    line += f", {len(bare)} without an index" if bare else ""
    line += f", as {schema.kind} says"
    return Found(
        line,
        (
            Measure("schema.tables", len(tables)),
            Measure("schema.foreign_keys", foreign),
            Measure("schema.foreign_keys_without_index", len(bare)),
            Measure("schema.uuid_keys", keys["uuid"]),
            Measure("schema.int_keys", keys["int"]),
            Measure("schema.bigint_keys", keys["bigint"]),
            Measure("schema.json_columns", len(json)),
            Measure("schema.tenant_share", tenant_share, "%"),
            Measure("schema.plain_timestamps", len(plain)),
            Measure("schema.views", views),
        ),
        tuple(told),
        how="parsed" if schema.kind in _STATED else "heuristic",
        confidence="high" if schema.kind in _STATED else "medium",
    )


def _key(gathering: Gathering, schema: Schema, table: Table, database: str) -> str:
    """Give what kind of key a table has; Django adds one where its model names none."""
    if schema.kind == "Django" and (
        not table.primary or (table.key and table.key.type == "autofield")
    ):
        stated = gathering.sights.of("model.auto")
        return "bigint" if any(each.value == "BigAutoField" for each in stated) else "int"
    return table.key.key_kind(database) if table.key else ""


PROBE = Probe(
    "schema",
    "What does the database's schema look like?",
    (
        "schema.tables",
        "schema.foreign_keys",
        "schema.foreign_keys_without_index",
        "schema.uuid_keys",
        "schema.int_keys",
        "schema.bigint_keys",
        "schema.json_columns",
        "schema.tenant_share",
        "schema.plain_timestamps",
        "schema.views",
    ),
    take,
    looks=(MODELS, AUTO_FIELD),
)
