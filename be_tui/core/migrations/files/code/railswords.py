"""Rails' types and keys for each engine, what takes a change back, and names made of names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.migrations.files.code.values import Call

TYPES: dict[str, tuple[str, str, str]] = {
    "string": ("character varying", "varchar(255)", "varchar"),
    "text": ("text", "text", "text"),
    "integer": ("integer", "int", "integer"),
    "bigint": ("bigint", "bigint", "bigint"),
    "float": ("float", "float", "float"),
    "decimal": ("decimal", "decimal", "decimal"),
    "numeric": ("decimal", "decimal", "decimal"),
    "datetime": ("timestamp(6)", "datetime(6)", "datetime(6)"),
    "timestamp": ("timestamp(6)", "timestamp(6)", "datetime(6)"),
    "timestamptz": ("timestamptz", "timestamp", "datetime"),
    "time": ("time", "time", "time"),
    "date": ("date", "date", "date"),
    "binary": ("bytea", "blob", "blob"),
    "blob": ("bytea", "blob", "blob"),
    "boolean": ("boolean", "tinyint(1)", "boolean"),
    "json": ("json", "json", "json"),
    "jsonb": ("jsonb", "json", "json"),
    "uuid": ("uuid", "char(36)", "varchar"),
    "inet": ("inet", "inet", "inet"),
    "cidr": ("cidr", "cidr", "cidr"),
    "citext": ("citext", "citext", "citext"),
    "hstore": ("hstore", "hstore", "hstore"),
    "tsvector": ("tsvector", "tsvector", "tsvector"),
    "interval": ("interval", "interval", "interval"),
}
"""For PostgreSQL, MySQL, SQLite."""

KEYS = {
    "bigint": (
        "bigserial primary key",
        "bigint NOT NULL AUTO_INCREMENT PRIMARY KEY",
        "integer PRIMARY KEY AUTOINCREMENT NOT NULL",
    ),
    "integer": (
        "serial primary key",
        "int NOT NULL AUTO_INCREMENT PRIMARY KEY",
        "integer PRIMARY KEY AUTOINCREMENT NOT NULL",
    ),
    "uuid": (
        "uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY",
        "char(36) NOT NULL PRIMARY KEY",
        "varchar NOT NULL PRIMARY KEY",
    ),
}


class Irreversible(Exception):  # noqa: N818 (an answer: there is no way back)
    """A change has no way back that Rails could make up."""


_INVERSE = {
    "create_table": "drop_table",
    "add_column": "remove_column",
    "add_index": "remove_index",
    "add_reference": "remove_reference",
    "add_belongs_to": "remove_reference",
    "add_foreign_key": "remove_foreign_key",
    "add_check_constraint": "remove_check_constraint",
    "add_timestamps": "remove_timestamps",
    "remove_timestamps": "add_timestamps",
    "enable_extension": "disable_extension",
    "disable_extension": "enable_extension",
    "create_enum": "drop_enum",
    "create_schema": "drop_schema",
}


def inverse(call: Call) -> Call:
    """Give the call that takes one back.

    Raises:
        Irreversible: There is none.
    """
    word, named = call.last, dict(call.named)
    if word in {"rename_table", "rename_column", "rename_index"}:
        *before, old, new = call.args
        return replace(call, args=(*before, new, old))
    if word == "change_column_null" and isinstance(call.get(2, ""), bool):
        return replace(call, args=(*call.args[:2], not call.args[2]))
    if word == "change_column_default" and {"from", "to"} <= named.keys():
        return replace(call, named={**named, "from": named["to"], "to": named["from"]})
    if word in {"remove_column", "remove_index", "remove_reference", "remove_foreign_key"}:
        enough = {"remove_column": 3, "remove_index": 2}.get(word, 2)
        if len(call.args) >= enough or (word == "remove_index" and "column" in named):
            args = call.args
            if word == "remove_index" and "column" in named:
                args = (*args[:1], named.pop("column"))
            return replace(call, name=word.replace("remove", "add"), args=args, named=named)
    if word in {"validate_foreign_key", "validate_check_constraint", "validate_constraint"}:
        return replace(call, name="say")
    if word not in _INVERSE:
        raise Irreversible(word)
    named.pop("&", None)
    named.pop("force", None)
    return replace(call, name=_INVERSE[word], named=named)


def singular(name: str) -> str:
    """Give the singular of a table's name, by the few rules that most names keep to."""
    for end, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
    ):
        if name.endswith(end):
            return name[: len(name) - len(end)] + instead
    if name.endswith(("statuses", "buses")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
