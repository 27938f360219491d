"""A whole schema as statements that make it, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl.indexes import create_index
from be_tui.core.ddl.names import Namer, identifier
from be_tui.core.ddl.objects import (
    comment_on,
    create_composite,
    create_domain,
    create_enumeration,
    create_extension,
    create_sequence,
    create_view,
    fire_trigger,
    grant_sql,
    own_sequence,
    routine_name,
    table_comments,
    type_name,
    view_kind,
    view_name,
)
from be_tui.core.ddl.ordering import in_order
from be_tui.core.ddl.tables import add_foreign_key, after_indexes, after_table, create_table
from be_tui.core.schema import (
    Composite,
    Domain,
    Enumeration,
    Other,
    Routine,
    Sequence,
    Table,
    View,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl.ordering import Item
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Target


def write_schema(schema: Schema, target: Target) -> tuple[str, ...]:
    """Give the statements that make a schema in an empty database, without semicolons.

    Args:
        schema: What is to be. Expressions, queries and bodies are carried over as they are.
        target: The engine whose SQL is written; it must be the one that the schema was read for.
    """
    return tuple(_statements(schema, Namer(schema, target.engine)))


def _statements(schema: Schema, namer: Namer) -> Iterator[str]:
    for each in schema.namespaces:
        yield f"CREATE SCHEMA {identifier(each, namer.engine)}"
    yield from (create_extension(each, namer) for each in schema.extensions)
    items = in_order(schema)
    done = {id(each) for each in items}
    for item in items:
        yield from create_item(item, namer)
    yield from _indexes_and_keys(schema, namer)
    yield from (own_sequence(each, namer) for each in schema.sequences if each.owned_by)
    for trigger in schema.triggers:
        if trigger.definition:
            yield trigger.definition
            if trigger.enabled != "origin":
                yield fire_trigger(trigger, namer)
    yield from (each.definition for each in schema.policies)
    yield from (each.definition for each in schema.others if id(each) not in done)
    if namer.engine == "postgresql":
        yield from comments(schema, namer)
    yield from (grant_sql(each, namer) for each in schema.grants)


def create_item(item: Item, namer: Namer) -> Iterator[str]:
    """Give the statements that make one object, without indexes, foreign keys and comments."""
    match item:
        case Enumeration():
            yield create_enumeration(item, namer)
        case Domain():
            yield from create_domain(item, namer)
        case Composite():
            yield create_composite(item, namer)
        case Sequence():
            yield create_sequence(item, namer)
        case Routine() | Other():
            yield item.definition
        case Table():
            yield create_table(item, namer)
            if namer.engine == "postgresql":
                yield from after_table(item, namer)
        case View():
            yield create_view(item, namer)
            yield from (create_index(each, item, namer) for each in item.indexes)


def _indexes_and_keys(schema: Schema, namer: Namer) -> Iterator[str]:
    mysql = namer.engine in {"mysql", "mariadb"}
    for table in schema.tables:
        if not mysql:
            yield from (create_index(each, table, namer) for each in table.indexes if own(each))
        if namer.engine == "postgresql":
            yield from after_indexes(table, namer)
    if namer.engine != "sqlite":
        for table in schema.tables:
            yield from (add_foreign_key(each, table, namer) for each in table.foreign_keys)


def own(index: object) -> bool:
    """Tell whether an index is made by itself, not with that of the partitioned table."""
    return not getattr(index, "parent", "")


def comments(schema: Schema, namer: Namer) -> Iterator[str]:
    """Give all that PostgreSQL is told of objects."""
    for table in schema.tables:
        yield from table_comments(table, namer)
    for kind, name, said in _commented(schema, namer):
        if said:
            yield comment_on(kind, name, said, namer)


def _commented(schema: Schema, namer: Namer) -> Iterator[tuple[str, str, str]]:
    """Give kind, name and comment of each object that is no table."""
    for view in schema.views:
        yield view_kind(view), view_name(view, namer), view.comment
    for enumeration in schema.enumerations:
        yield "TYPE", type_name(enumeration, namer), enumeration.comment
    for composite in schema.composites:
        yield "TYPE", type_name(composite, namer), composite.comment
    for domain in schema.domains:
        yield "DOMAIN", type_name(domain, namer), domain.comment
    for sequence in schema.sequences:
        yield "SEQUENCE", type_name(sequence, namer), sequence.comment
    for routine in schema.routines:
        yield routine.kind.upper(), routine_name(routine, namer), routine.comment
    for policy in schema.policies:
        table = namer.referred(policy.table, policy.namespace)
        yield "POLICY", f"{identifier(policy.name, namer.engine)} ON {table}", policy.comment
