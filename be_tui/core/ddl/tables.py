"""Tables as SQL: the table itself, and what only ALTER TABLE can say of it.

Foreign keys come by themselves, so that tables may refer to one another; SQLite alone has them
inside, where they are not looked at before rows come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl.elements import (
    check_sql,
    column_sql,
    exclusion_sql,
    foreign_key_sql,
    key_sql,
)
from be_tui.core.ddl.indexes import KINDS, index_body
from be_tui.core.ddl.names import dotted, identifier, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.ddl.names import Namer
    from be_tui.core.schema import Check, Column, ForeignKey, Index, Key, Table


def create_table(table: Table, namer: Namer, *, name: str = "") -> str:
    """Give the statement that makes a table, without foreign keys but on SQLite.

    Args:
        table: The table.
        namer: Finds names.
        name: What to call it instead, written already.
    """
    word = "CREATE TEMPORARY TABLE" if table.temporary else "CREATE TABLE"
    word = "CREATE UNLOGGED TABLE" if table.unlogged else word
    head = f"{word} {name or namer.table(table)}"
    if table.parent and table.bound:
        head += f" PARTITION OF {namer.referred(table.parent)}"
        elements = list(_own(table, namer))
        head += f" (\n    {_LINE.join(elements)}\n)" if elements else ""
        return f"{head} {table.bound}{_tail(table, namer)}"
    elements = [*_columns(table, namer), *_constraints(table, namer)]
    body = f"(\n    {_LINE.join(elements)}\n)" if elements else "()"
    return f"{head} {body}{_tail(table, namer)}"


_LINE = ",\n    "


def _columns(table: Table, namer: Namer) -> Iterator[str]:
    key = frozenset(table.primary_key.columns) if table.primary_key else frozenset()
    numbered = numbers_itself(table, namer)
    for column in table.columns:
        within = column.name.folded in key and namer.engine == "postgresql"
        said = column_sql(column, namer, key=within or column.name.folded == numbered)
        if column.name.folded == numbered:
            said += " PRIMARY KEY"
            said += " AUTOINCREMENT" if column.auto == "auto_increment" else ""
        yield said


def numbers_itself(table: Table, namer: Namer) -> str:
    """Give SQLite's key of one column that AUTOINCREMENT numbers, folded; empty without."""
    key = table.primary_key
    if namer.engine != "sqlite" or key is None or len(key.columns) != 1:
        return ""
    column = table.column(key.columns[0])
    return key.columns[0] if column and column.auto == "auto_increment" else ""


def _constraints(table: Table, namer: Namer) -> Iterator[str]:
    engine = namer.engine
    if table.primary_key and not numbers_itself(table, namer):
        yield key_sql(table.primary_key, table, namer, primary=True)
    yield from (key_sql(each, table, namer, primary=False) for each in table.uniques)
    yield from (exclusion_sql(each, engine) for each in table.exclusions)
    yield from (check_sql(each, engine) for each in table.checks if each.valid)
    if engine == "sqlite":
        yield from (foreign_key_sql(each, table, namer) for each in table.foreign_keys)
    elif engine in {"mysql", "mariadb"}:
        yield from (_inner_index(each, table, namer) for each in table.indexes)


def _inner_index(index: Index, table: Table, namer: Namer) -> str:
    """Give an index that MySQL makes with its table: AUTO_INCREMENT may stand in it alone."""
    word = "UNIQUE INDEX" if index.unique else "INDEX"
    word = f"{index.method.upper()} INDEX" if index.method in KINDS else word
    return f"{word} {identifier(index.name, namer.engine)} {index_body(index, table, namer)}"


def _own(table: Table, namer: Namer) -> Iterator[str]:
    """Give what a partition has that its parent does not say."""
    parent = namer.find(table.parent)
    known = {each.name for each in parent.checks} if parent else set()
    for key, primary in _own_keys(table, parent):
        yield key_sql(key, table, namer, primary=primary)
    yield from (exclusion_sql(each, namer.engine) for each in table.exclusions)
    yield from (
        check_sql(each, namer.engine)
        for each in table.checks
        if each.valid and each.name not in known
    )


def _own_keys(table: Table, parent: Table | None) -> Iterator[tuple[Key, bool]]:
    said = {each.columns for each in parent.keys} if parent else set()
    if table.primary_key and table.primary_key.columns not in said:
        yield table.primary_key, True
    yield from ((each, False) for each in table.uniques if each.columns not in said)


def _tail(table: Table, namer: Namer) -> str:
    engine = namer.engine
    if engine == "sqlite":
        words = [] if table.rowid else ["WITHOUT ROWID"]
        words += ["STRICT"] if table.strict else []
        return f" {', '.join(words)}" if words else ""
    if engine in {"mysql", "mariadb"}:
        return "".join(f" {each}" for each in mysql_options(table, namer))
    said = ""
    if table.inherits:
        said += f" INHERITS ({', '.join(namer.referred(each) for each in table.inherits)})"
    if table.partition_by:
        said += f" PARTITION BY {table.partition_by}"
    if table.method:
        said += f" USING {identifier(table.method, engine)}"
    if table.options:
        said += f" WITH ({', '.join(table.options)})"
    if table.tablespace:
        said += f" TABLESPACE {identifier(table.tablespace, engine)}"
    return said


def mysql_options(table: Table, namer: Namer) -> Iterator[str]:
    """Give the options of a table of MySQL."""
    if table.storage:
        yield f"ENGINE={table.storage}"
    if table.charset:
        yield f"DEFAULT CHARSET={table.charset}"
    if table.collation:
        yield f"COLLATE={table.collation}"
    yield from table.options
    if table.comment:
        yield f"COMMENT={literal(table.comment, namer.engine)}"
    if table.partition_by:
        yield f"PARTITION BY {table.partition_by}"


def alter(table: Table, namer: Namer) -> str:
    """Give how a statement begins that alters a table."""
    return f"ALTER TABLE {namer.table(table)}"


def add_foreign_key(key: ForeignKey, table: Table, namer: Namer, *, valid: bool = True) -> str:
    """Give the statement that adds a foreign key, not looked at yet where it is not valid."""
    said = f"{alter(table, namer)} ADD {foreign_key_sql(key, table, namer)}"
    return said if valid and key.valid else f"{said} NOT VALID"


def add_check(check: Check, table: Table, namer: Namer, *, valid: bool = True) -> str:
    """Give the statement that adds a check, not looked at yet where it is not valid."""
    said = f"{alter(table, namer)} ADD {check_sql(check, namer.engine)}"
    return said if valid and check.valid else f"{said} NOT VALID"


def after_table(table: Table, namer: Namer) -> Iterator[str]:
    """Give what PostgreSQL says of a table once it stands, but for foreign keys and indexes."""
    start = alter(table, namer)
    for column in table.columns:
        yield from column_settings(column, start, namer)
    yield from (add_check(each, table, namer) for each in table.checks if not each.valid)
    if table.row_security:
        yield f"{start} ENABLE ROW LEVEL SECURITY"
    if table.row_security_forced:
        yield f"{start} FORCE ROW LEVEL SECURITY"
    if table.owner:
        yield f"{start} OWNER TO {identifier(table.owner, namer.engine)}"


def column_settings(column: Column, start: str, namer: Namer) -> Iterator[str]:
    """Give what is said of a column besides: how it is stored, how ANALYZE looks at it."""
    name = namer.of(column)
    if column.storage:
        yield f"{start} ALTER COLUMN {name} SET STORAGE {column.storage.upper()}"
    if column.compression:
        yield f"{start} ALTER COLUMN {name} SET COMPRESSION {column.compression}"
    if column.statistics is not None:
        yield f"{start} ALTER COLUMN {name} SET STATISTICS {column.statistics}"
    if not column.not_null_valid and not column.nullable:
        own = column.not_null_name
        word = f"CONSTRAINT {identifier(own, namer.engine)} " if own else ""
        yield f"{start} ADD {word}NOT NULL {name} NOT VALID"


def after_indexes(table: Table, namer: Namer) -> Iterator[str]:
    """Give what names an index of a table, and so comes after them."""
    start = alter(table, namer)
    if table.replica_identity:
        word, _, index = table.replica_identity.partition("USING INDEX ")
        said = f"USING INDEX {dotted(index, namer.engine)}" if index else word
        yield f"{start} REPLICA IDENTITY {said}"
    if table.clustered_on:
        yield f"{start} CLUSTER ON {identifier(table.clustered_on, namer.engine)}"
