"""Parts of index keys: which columns and expressions an engine can hold in an ordered index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema import IndexPart

if TYPE_CHECKING:
    from sqlglot import exp

    from be_tui.core.queries import Side
    from be_tui.core.schema import Column
    from be_tui.core.sqltext import Engine, Target

PREFIX = 64
"""Characters of a MySQL TEXT or BLOB that are indexed; it cannot be indexed whole."""

_UNORDERED = frozenset({"json", "array"})
_UNORDERED_NAMES = frozenset({"tsvector", "xml", "point", "polygon", "geometry", "geography"})
_LONG = frozenset({"text", "tinytext", "mediumtext", "longtext"})
_LONG_BINARY = frozenset({"blob", "tinyblob", "mediumblob", "longblob"})

_IMMUTABLE = frozenset(
    {"lower", "upper", "trim", "ltrim", "rtrim", "btrim", "length", "char_length", "abs", "md5"}
    | {"substring", "substr", "left", "right", "reverse", "coalesce", "ifnull", "->>", "round"}
)
"""Functions of one column that give the same for the same value on every engine that has them."""

_DIALECTS = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite"}


def is_orderable(column: Column | None) -> bool:
    """Tell whether an ordered index can hold a column."""
    if column is None or column.type.family in _UNORDERED:
        return False
    return column.type.name not in _UNORDERED_NAMES


def part(column: Column, target: Target) -> IndexPart | None:
    """Give a column as part of a key; None where the engine cannot hold it in order."""
    if not is_orderable(column):
        return None
    name = column.name.folded
    long = column.type.name in _LONG | _LONG_BINARY
    return IndexPart(name, name, prefix=PREFIX if target.is_mysql and long else 0)


def expression_part(side: Side, target: Target) -> IndexPart | None:
    """Give an expression over a column as part of a key.

    None where the engine has no such indexes, or the expression may change its value. MySQL and
    MariaDB compare text without regard to case, so that `lower` is better left away there.
    """
    if not side.wrappers or not _IMMUTABLE.issuperset(side.wrappers):
        return None
    if target.engine == "mariadb" or (target.engine == "mysql" and not target.since(8, 0, 13)):
        return None
    sql = unqualified(side.node, target.engine)
    while sql.startswith("(") and sql.endswith(")"):
        sql = sql[1:-1]
    return IndexPart("", sql)


def unqualified(node: exp.Expr, engine: Engine) -> str:
    """Give an expression in SQL, its columns without the table that they are of."""
    from sqlglot import exp

    copy = node.copy()
    for column in list(copy.find_all(exp.Column)):
        column.set("table", None)
        column.set("db", None)
    while isinstance(copy, exp.Paren):
        copy = copy.this
    said = copy.sql(dialect=_DIALECTS[engine], comments=False, normalize_functions="lower")
    return str(said)
