"""Queries that tell whether rows are in the way of a statement: they give some if so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.pgtext import deparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.migrations.effects.pg.relations import Relation


def quoted(name: str) -> str:
    """Give a name in quotes, so that it means itself."""
    return '"' + name.replace('"', '""') + '"'


def table(relation: Relation) -> str:
    """Give a relation's name for a query."""
    return ".".join(quoted(part) for part in relation.shown.split(".", 1))


def written(node: Any) -> str:  # noqa: ANN401 (a message)
    """Give an expression as SQL; empty where it cannot be written."""
    try:
        return deparse(node)
    except ValueError:
        return ""


def any_row(relation: Relation) -> str:
    """Ask for any row."""
    return f"SELECT 1 FROM {table(relation)} LIMIT 1"  # noqa: S608 (names are quoted)


def nulls(relation: Relation, column: str, only: str = "") -> str:
    """Ask for a row without a value in a column."""
    return f"SELECT 1 FROM {only}{table(relation)} WHERE {quoted(column)} IS NULL LIMIT 1"  # noqa: S608


def against(relation: Relation, condition: str, only: str = "") -> str:
    """Ask for a row that does not meet a condition."""
    if not condition:
        return ""
    return f"SELECT 1 FROM {only}{table(relation)} WHERE NOT ({condition}) LIMIT 1"  # noqa: S608


def twice(
    relation: Relation, columns: Sequence[str], where: str = "", *, nulls_distinct: bool = True
) -> str:
    """Ask for values that more than one row has."""
    listed = ", ".join(columns)
    there = [f"{each} IS NOT NULL" for each in columns] if nulls_distinct else []
    conditions = " AND ".join((*there, *((f"({where})",) if where else ())))
    asked = f" WHERE {conditions}" if conditions else ""
    return (
        f"SELECT 1 FROM {table(relation)}{asked} GROUP BY {listed} "  # noqa: S608 (names are quoted)
        "HAVING count(*) > 1 LIMIT 1"
    )


def orphans(
    relation: Relation, columns: Sequence[str], parent: Relation, targets: Sequence[str]
) -> str:
    """Ask for a row whose key is not in the table that it refers to."""
    there = " AND ".join(f"a.{quoted(each)} IS NOT NULL" for each in columns)
    equal = " AND ".join(
        f"b.{quoted(target)} = a.{quoted(column)}"
        for column, target in zip(columns, targets, strict=False)
    )
    return (
        f"SELECT 1 FROM {table(relation)} AS a WHERE {there} AND NOT EXISTS "  # noqa: S608
        f"(SELECT 1 FROM {table(parent)} AS b WHERE {equal}) LIMIT 1"
    )
