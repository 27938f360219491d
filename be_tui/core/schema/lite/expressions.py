"""Expressions and types of MySQL, MariaDB and SQLite in one form, by sqlglot; cached by text."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from be_tui.core.schema.model import DataType
from be_tui.core.schema.types import data_type

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

_SIMPLE = re.compile(r"-?\d+(?:\.\d+)?|'(?:[^'\\]|'')*'|[a-z_]\w*", re.I)
_STRING = re.compile(r"'(?:[^'\\]|\\.|'')*'")
_CHARSET = re.compile(r"\b_(?:utf8mb[34]|utf8|latin1|ascii|binary)\s*(?=\\?')", re.I)
_NOW = re.compile(
    r"(?:current_timestamp|now|localtime|localtimestamp)\s*(?:\(\s*\)|(\(\d\)))?", re.I
)
_QUOTED = re.compile(r"`([a-z_]\w*)`", re.I)


@lru_cache(maxsize=8192)
def expression(text: str, engine: Engine) -> str:
    """Give an expression in one form; as it was written where sqlglot does not read it."""
    said = " ".join(text.split()) if "'" not in text else text.strip()
    if engine != "sqlite":
        # MySQL writes the character set before each text that it keeps.
        said = _CHARSET.sub("", said).replace("\\'", "'") if "_" in said else said
    said = unwrapped(said)
    now = _NOW.fullmatch(said) if engine != "sqlite" else None
    if now:
        return f"CURRENT_TIMESTAMP{now[1] or ''}"
    if _SIMPLE.fullmatch(said):
        return said
    tree = _parsed(f"SELECT {said}", engine)
    if tree is None:
        return said
    from be_tui.core.ddl import identifier

    plain = _QUOTED.sub(lambda found: identifier(found[1], engine), tree.removeprefix("SELECT "))
    return unwrapped(plain)


def query(text: str, engine: Engine) -> str:
    """Give a view's query in one form; as it was written where sqlglot does not read it."""
    return _parsed(text, engine) or " ".join(text.split())


def unwrapped(text: str) -> str:
    """Give an expression without the brackets around all of it."""
    while text[:1] == "(" and text[-1:] == ")" and _closes_last(text):
        text = text[1:-1].strip()
    return text


def _closes_last(text: str) -> bool:
    depth = 0
    plain = _STRING.sub(lambda found: "x" * len(found[0]), text)
    for at, char in enumerate(plain):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at == len(plain) - 1
    return False


def _parsed(text: str, engine: Engine) -> str | None:
    from sqlglot import parse_one
    from sqlglot.errors import SqlglotError

    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    dialect = "sqlite" if engine == "sqlite" else "mysql"
    try:
        return parse_one(text, dialect=dialect).sql(dialect=dialect)
    except (SqlglotError, RecursionError):
        return None


@lru_cache(maxsize=4096)
def type_of(text: str, engine: Engine) -> DataType:
    """Give a type by its engine's usual name."""
    from sqlglot import exp, parse_one
    from sqlglot.errors import SqlglotError

    if not text:
        return DataType("", "other")
    declared = re.split(r"[\s(]", text, maxsplit=1)[0].lower()
    dialect = "sqlite" if engine == "sqlite" else "mysql"
    try:
        tree = parse_one(f"CREATE TABLE t (c {text})", dialect=dialect)
        column = tree.find(exp.ColumnDef)
        kind = column.args.get("kind") if column is not None else None
    except SqlglotError:
        kind = None
    if kind is None:
        return DataType(" ".join(text.lower().split()), "other", (), declared)
    return data_type(kind, engine, declared)
