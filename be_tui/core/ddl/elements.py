"""What stands in the brackets of CREATE TABLE: types, columns, keys, foreign keys, checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.ddl.names import dotted, identifier, literal

if TYPE_CHECKING:
    from be_tui.core.ddl.names import Namer
    from be_tui.core.schema import (
        Check,
        Column,
        DataType,
        Exclusion,
        ForeignKey,
        Key,
        Table,
    )
    from be_tui.core.sqltext import Engine

SERIALS = {"smallint": "smallserial", "int": "serial", "bigint": "bigserial"}

_OWN_WORDS = re.compile(r"[a-z0-9_]+(?: [a-z0-9_]+)+|[a-z_][a-z0-9_]*")
_SIGNED = re.compile(r"(numeric|decimal|double|float|\w*int|year) (unsigned(?: zerofill)?)")
_SIMPLE_DEFAULT = re.compile(
    r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|'(?:[^']|'')*'|null|true|false|"
    r"current_(?:timestamp|date|time)(?:\(\d*\))?|now\(\)|[bx]'[0-9a-f]*'",
    re.I | re.S,
)
"""What MySQL and SQLite take as a default without brackets around it."""


def type_sql(kind: DataType, engine: Engine) -> str:
    """Give a type as SQL has it; nothing for a column of SQLite without one."""
    if kind.family == "array" and kind.name == "array":
        return f"{kind.arguments[0] if kind.arguments else 'text'}[]"
    if engine == "sqlite":
        first = kind.name.partition(" ")[0]
        name = kind.name if not kind.declared or kind.declared == first else kind.declared
        return f"{name}({', '.join(kind.arguments)})" if kind.arguments else name
    if kind.family == "enum" and kind.arguments:
        return f"{kind.name}({','.join(literal(each, engine) for each in kind.arguments)})"
    name = kind.name
    if not _OWN_WORDS.fullmatch(name.removesuffix("[]")):
        name = dotted(name.removesuffix("[]"), engine) + ("[]" if name.endswith("[]") else "")
    if not kind.arguments:
        return name
    arguments = f"({','.join(kind.arguments)})"
    if signed := _SIGNED.fullmatch(name):
        return f"{signed[1]}{arguments} {signed[2]}"
    return f"{name}{arguments}"


def default_sql(default: str, engine: Engine) -> str:
    """Give a default's expression, in brackets where the engine wants them."""
    bracketed = default.startswith("(") and default.endswith(")")
    if engine == "postgresql" or bracketed or _SIMPLE_DEFAULT.fullmatch(default):
        return default
    return f"({default})"


def column_sql(column: Column, namer: Namer, *, key: bool = False) -> str:
    """Give a column as it stands in CREATE TABLE and after ADD COLUMN.

    Args:
        column: The column.
        namer: Finds names.
        key: Whether it stands in the primary key, which says NOT NULL already.
    """
    if namer.engine in {"mysql", "mariadb"}:
        return _mysql_column(column, namer)
    engine = namer.engine
    kind = type_sql(column.type, engine)
    serial = column.auto == "serial" and column.type.name in SERIALS
    parts = [namer.of(column), SERIALS[column.type.name] if serial else kind]
    if column.collation:
        parts.append(f"COLLATE {dotted(column.collation, engine)}")
    if column.generated:
        stored = "VIRTUAL" if column.virtual else "STORED"
        parts.append(f"GENERATED ALWAYS AS ({column.generated}) {stored}")
    elif column.auto == "identity":
        parts.append(identity_sql(column))
    elif column.default and not serial:
        parts.append(f"DEFAULT {default_sql(column.default, engine)}")
    if not column.nullable and column.not_null_valid and not key:
        name = column.not_null_name
        parts.append(f"CONSTRAINT {identifier(name, engine)} NOT NULL" if name else "NOT NULL")
    return " ".join(each for each in parts if each)


def identity_sql(column: Column) -> str:
    """Give what makes a column number its rows."""
    always = "ALWAYS" if column.always else "BY DEFAULT"
    more = f" ({column.numbering})" if column.numbering else ""
    return f"GENERATED {always} AS IDENTITY{more}"


def _mysql_column(column: Column, namer: Namer) -> str:
    engine = namer.engine
    parts = [namer.of(column), type_sql(column.type, engine)]
    if column.charset:
        parts.append(f"CHARACTER SET {column.charset}")
    if column.collation:
        parts.append(f"COLLATE {column.collation}")
    if column.generated:
        stored = "VIRTUAL" if column.virtual else "STORED"
        parts.append(f"GENERATED ALWAYS AS ({column.generated}) {stored}")
    if not column.nullable and not (column.generated and engine == "mariadb"):
        # MariaDB takes no NOT NULL on a computed column.
        parts.append("NOT NULL")
    elif column.nullable and column.type.name == "timestamp" and not column.generated:
        # Without the word, older servers keep NULL out of a timestamp.
        parts.append("NULL")
    if column.default:
        parts.append(f"DEFAULT {default_sql(column.default, engine)}")
    if column.on_update:
        digits = f"({column.type.arguments[0]})" if column.type.arguments else ""
        parts.append(f"ON UPDATE CURRENT_TIMESTAMP{digits}")
    if column.auto == "auto_increment":
        parts.append("AUTO_INCREMENT")
    if column.comment:
        parts.append(f"COMMENT {literal(column.comment, engine)}")
    return " ".join(parts)


def named(name: str, body: str, engine: Engine) -> str:
    """Give a constraint with its name, where it has one."""
    return f"CONSTRAINT {identifier(name, engine)} {body}" if name else body


def key_sql(key: Key, table: Table, namer: Namer, *, primary: bool) -> str:
    """Give a primary key or a unique constraint, with its name."""
    word = "PRIMARY KEY" if primary else "UNIQUE"
    if not primary and not key.nulls_distinct:
        word += " NULLS NOT DISTINCT"
    parts = [namer.column(table, each) for each in key.columns]
    for at, prefix in enumerate(key.prefixes):
        if prefix:
            parts[at] += f"({prefix})"
    if not key.overlaps:
        parts[-1] += " WITHOUT OVERLAPS"
    body = f"{word} ({', '.join(parts)})"
    if key.include:
        body += f" INCLUDE ({namer.columns(table, key.include)})"
    body += _deferred(deferrable=key.deferrable, deferred=key.deferred)
    if primary and namer.engine in {"mysql", "mariadb"}:
        return body
    return named(key.name, body, namer.engine)


def _deferred(*, deferrable: bool, deferred: bool) -> str:
    return (" DEFERRABLE" if deferrable else "") + (" INITIALLY DEFERRED" if deferred else "")


def foreign_key_sql(key: ForeignKey, table: Table, namer: Namer) -> str:
    """Give a foreign key, with its name, without NOT VALID."""
    parent = namer.find(key.table, key.namespace)
    body = f"FOREIGN KEY ({namer.columns(table, key.columns)})"
    body += f" REFERENCES {namer.referred(key.table, key.namespace)}"
    if key.targets:
        body += f" ({namer.columns(parent, key.targets)})"
    elif namer.engine in {"mysql", "mariadb"} and parent and parent.primary_key:
        # MySQL does not look for the primary key by itself.
        body += f" ({namer.columns(parent, parent.primary_key.columns)})"
    if key.match:
        body += f" MATCH {key.match}"
    if key.on_delete:
        body += f" ON DELETE {key.on_delete}"
        if key.set_columns:
            body += f" ({namer.columns(table, key.set_columns)})"
    if key.on_update:
        body += f" ON UPDATE {key.on_update}"
    body += _deferred(deferrable=key.deferrable, deferred=key.deferred)
    body += "" if key.enforced else " NOT ENFORCED"
    return named(key.name, body, namer.engine)


def check_sql(check: Check, engine: Engine) -> str:
    """Give a check, with its name, without NOT VALID."""
    body = f"CHECK ({check.expression})"
    body += "" if check.inherited else " NO INHERIT"
    body += "" if check.enforced else " NOT ENFORCED"
    return named(check.name, body, engine)


def exclusion_sql(exclusion: Exclusion, engine: Engine) -> str:
    """Give an exclusion constraint, with its name."""
    return named(exclusion.name, exclusion.definition, engine)
