"""When two parts of schemas are the same: wherever they stand, and however their SQL is spaced.

Expressions are compared as text. The reader of each engine gives them one plain form; here only
what stands outside of quotes loses its case and its spaces, and brackets around all of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.schema import (
        Check,
        Column,
        DataType,
        ForeignKey,
        Index,
        IndexPart,
        Key,
        Table,
    )

_PIECE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\$(\w*)\$.*?\$\1\$|\w+|\s+|.""", re.S)
_QUOTES = frozenset("'\"`$")
_DEFAULT_SPACES = frozenset({"", "public"})


@lru_cache(maxsize=65_536)
def plain(sql: str) -> str:
    """Give an expression or a statement as it is compared."""
    pieces = [
        "" if each.isspace() else each if each[0] in _QUOTES else f"{each.lower()} "
        for each in (found[0] for found in _PIECE.finditer(sql.strip().rstrip(";")))
    ]
    words = [each for each in pieces if each]
    while len(words) > 1 and _wraps_all(words):
        words = words[1:-1]
    return "".join(words)


def _wraps_all(words: list[str]) -> bool:
    if words[0] != "( " or words[-1] != ") ":
        return False
    depth = 0
    for at, word in enumerate(words):
        depth += (word == "( ") - (word == ") ")
        if not depth:
            return at == len(words) - 1
    return False


def same_sql(sql: str, other: str) -> bool:
    """Tell whether two pieces of SQL say the same."""
    return sql == other or plain(sql) == plain(other)


def same_space(namespace: str, other: str) -> bool:
    """Tell whether two schemas are one; where nothing is said, `public` is meant."""
    return space(namespace) == space(other)


def space(namespace: str) -> str:
    """Give a schema's name as it is compared."""
    return "" if namespace in _DEFAULT_SPACES else namespace


same_of_table: Callable[[Table], object] = attrgetter(
    "options",
    "unlogged",
    "row_security",
    "row_security_forced",
    "owner",
    "tablespace",
    "method",
    "replica_identity",
    "clustered_on",
    "inherits",
    "parent",
    "bound",
    "partition_by",
    "comment",
    "storage",
    "charset",
    "collation",
    "rowid",
    "strict",
    "temporary",
)

whole_column: Callable[[Column], object] = attrgetter(
    "name.text",
    "type.name",
    "type.arguments",
    "nullable",
    "default",
    "auto",
    "always",
    "numbering",
    "generated",
    "virtual",
    "on_update",
    "collation",
    "charset",
    "comment",
    "not_null_name",
    "not_null_valid",
    "storage",
    "compression",
    "statistics",
)


def same_type(kind: DataType, other: DataType) -> bool:
    """Tell whether two types are one."""
    return (kind.name, kind.arguments) == (other.name, other.arguments)


def key_content(key: Key) -> tuple[object, ...]:
    """Give what a key says, but for its name."""
    prefixes = key.prefixes if any(key.prefixes) else ()
    timing = (key.deferrable, key.deferred)
    return (key.columns, key.nulls_distinct, key.include, key.overlaps, prefixes, timing)


def foreign_key_content(key: ForeignKey, parent: Table | None) -> tuple[object, ...]:
    """Give which columns a foreign key holds to which, and what it does then."""
    targets = key.targets
    if not targets and parent and parent.primary_key:
        targets = parent.primary_key.columns
    return (
        key.columns,
        key.table,
        space(key.namespace),
        targets,
        _action(key.on_delete),
        _action(key.on_update),
        key.match,
        key.set_columns,
    )


_SEQUENCE = re.compile(r"\s*SEQUENCE NAME (?:\S+\.)?\"?([^\s\"]+)\"?\s*", re.I)


def sequence_of(column: Column, table: Table) -> str:
    """Give the name of an identity's sequence, said or made of table and column."""
    found = _SEQUENCE.search(column.numbering)
    return found[1] if found else f"{table.name.text}_{column.name.text}_seq"


def steps_of(column: Column) -> str:
    """Give how an identity counts, without the name of its sequence."""
    return _SEQUENCE.sub(" ", column.numbering).strip()


def _action(said: str) -> str:
    return "" if said.upper() == "NO ACTION" else said.upper()


def check_content(check: Check) -> tuple[object, ...]:
    """Give what a check says, but for its name and for whether older rows are held to it."""
    return (plain(check.expression), check.inherited, check.enforced)


def index_content(index: Index) -> tuple[object, ...]:
    """Give what an index is, but for its name and comment."""
    return (
        tuple(_part(each) for each in index.parts),
        index.unique,
        index.method,
        index.include,
        plain(index.where) if index.where else "",
        index.nulls_distinct,
        index.options,
        index.tablespace,
        index.only,
        index.visible,
    )


def _part(part: IndexPart) -> tuple[object, ...]:
    first = part.descending if part.nulls_first is None else part.nulls_first
    expression = "" if part.column else plain(part.expression)
    return (
        part.column,
        expression,
        part.descending,
        first,
        part.operators,
        part.prefix,
        part.collation,
    )
