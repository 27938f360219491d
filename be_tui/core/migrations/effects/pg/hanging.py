"""What hangs on a table: constraints and indexes, under the names that the server gives them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.pg.nodes import columns_in
from be_tui.core.migrations.effects.pg.relations import Constraint, OwnIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.effects.pg.relations import Relation
    from be_tui.core.schema import Index, Table

LIMIT = 63
"""Bytes of a name."""


def partition_columns(relation: Relation) -> frozenset[str]:
    """Give the columns that decide which partition a row goes to."""
    table = relation.table
    if table is None or not table.partition_by:
        return frozenset()
    inner = table.partition_by.partition("(")[2].rstrip().removesuffix(")")
    return columns_in(f"ROW({inner})")


def shown_name(name: str, space: str = "") -> str:
    """Give a name as relations are shown: with its schema unless that is `public`."""
    space = plain_space(space)
    return f"{space}.{name}" if space else name


def made_name(first: str, second: str, label: str) -> str:
    """Give the name that the server makes of a table, its columns and a label."""
    one, two = first.encode(), second.encode()
    spare = LIMIT - len(label) - 1 - bool(second)
    while len(one) + len(two) > spare:
        if len(one) > len(two):
            one = one[:-1]
        else:
            two = two[:-1]
    parts = (one.decode(errors="ignore"), two.decode(errors="ignore"), label)
    return "_".join(part for part in parts if part)


def plain_space(space: str) -> str:
    """Give a schema as keys have it: nothing for `public`."""
    return "" if space == "public" else space


def constraints_of(table: Table) -> Iterator[Constraint]:
    """Give the constraints of a table."""
    name = table.name.text
    if table.primary_key:
        key = table.primary_key
        yield Constraint("primary", key.name or made_name(name, "", "pkey"), key=key)
    for key in table.uniques:
        implied = made_name(name, "_".join(key.columns), "key")
        yield Constraint("unique", key.name or implied, key=key)
    for check in table.checks:
        used = sorted(columns_in(check.expression))
        implied = made_name(name, used[0] if len(used) == 1 else "", "check")
        yield Constraint("check", check.name or implied, check=check, valid=check.valid)
    for foreign in table.foreign_keys:
        implied = made_name(name, "_".join(foreign.columns), "fkey")
        yield Constraint("foreign", foreign.name or implied, foreign=foreign, valid=foreign.valid)
    for exclusion in table.exclusions:
        yield Constraint(
            "exclude", exclusion.name or made_name(name, "", "excl"), exclusion=exclusion
        )
    for column in table.columns:
        if not column.nullable:
            implied = made_name(name, column.name.text, "not_null")
            yield Constraint(
                "not null",
                column.not_null_name or implied,
                column=column.name.folded,
                valid=column.not_null_valid,
            )


def key_indexes(relation: Relation) -> Iterator[OwnIndex]:
    """Give the indexes of keys and exclusions."""
    table = relation.table
    for each in constraints_of(table) if table else ():
        if each.key:
            uses = frozenset((*each.key.columns, *each.key.include))
            yield OwnIndex(
                each.name,
                relation.shown,
                each.key.columns,
                uses,
                unique=True,
                constraint=each.kind,
                deferrable=each.key.deferrable,
                source=each.key,
            )
        elif each.exclusion:
            uses = _columns_in_exclusion(each.exclusion.definition, table)
            yield OwnIndex(
                each.name, relation.shown, (), uses, constraint="exclude", source=each.exclusion
            )


def _columns_in_exclusion(definition: str, table: Table | None) -> frozenset[str]:
    """Give the columns that an exclusion constraint names."""
    if table is None:
        return frozenset()
    words = set(definition.replace("(", " ").replace(")", " ").replace(",", " ").split())
    return frozenset(each.name.folded for each in table.columns if each.name.text in words)


def index_of(index: Index, relation: Relation) -> OwnIndex:
    """Give an index that was made by itself."""
    uses: set[str] = {*(c for c in index.columns if c), *index.include}
    for part in index.parts:
        if not part.column:
            uses |= columns_in(part.expression)
    if index.where:
        uses |= columns_in(index.where)
    plain = not index.where and all(index.columns)
    return OwnIndex(
        index.name,
        relation.shown,
        index.columns,
        frozenset(uses),
        unique=index.unique,
        plain=plain,
        method=index.method,
        parent=index.parent,
        source=index,
    )


def joined(own: OwnIndex, above: OwnIndex) -> OwnIndex:
    """Give an index of a partition as part of its parent's."""
    return replace(own, parent=above.name)
