"""Types and defaults that columns had better not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.checking.model import TableRemark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from be_tui.core.checking.model import TableDetector
    from be_tui.core.schema import Column, Schema, Table
    from be_tui.core.sqltext import Target

_MONEY = re.compile(
    r"(?:^|_)(?:price|amount|cost|total|subtotal|balance|fee|salary|wage|payment|revenue|discount_amount|tax)"
    r"(?:$|_(?:amount|usd|eur|gbp|total|value))"
)
_UPDATED = re.compile(
    r"(?:updated|modified|changed)(?:_at|_on|_time)?$|last_(?:updated|modified)\w*$"
)
_NOW = re.compile(r"(?i)^\(?(?:current_timestamp|now|localtimestamp|datetime|strftime)")


_NO_ID = re.compile(r"(?:type|kind|status|state|name|method|via|code|hash|token|version|role)$")
"""How a column is called that holds a word of up to 36 characters, and no UUID."""

_NAMED = 4
"""Columns that are named in one message."""

_CODE = 3
"""Characters up to which char(n) holds a code: of a country, a currency."""


def _told(rule: str, found: list[Column], said: Callable[[str], str]) -> Iterator[TableRemark]:
    """Give one remark for all columns of a table that have the same fault."""
    if found:
        named = [column.name.text for column in found]
        more = len(named) - _NAMED
        listed = ", ".join(named[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        yield TableRemark(rule, found[0].place, said(listed))


def serial(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find serial columns; identity has taken their place."""
    if target.engine == "postgresql":
        found = [c for c in table.columns if c.auto == "serial" and "serial" in c.type.declared]
        yield from _told("schema-serial", found, lambda n: f"{n}: serial, where identity belongs")


def int_key(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find keys that count in 32 bits."""
    if target.engine == "sqlite":
        return
    small = {"int", "smallint", "mediumint", "tinyint"}
    found = [
        c
        for c in table.columns
        if c.auto in {"identity", "auto_increment"} and c.type.name in small
    ]
    yield from _told("schema-int-key", found, lambda n: f"{n} counts in at most 32 bits")


def varchar_255(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find the limit of 255 that means nothing to PostgreSQL."""
    if target.engine == "postgresql":
        found = [
            c for c in table.columns if c.type.name == "varchar" and c.type.arguments == ("255",)
        ]
        yield from _told(
            "schema-varchar-255",
            found,
            lambda n: f"{n}: varchar(255) is a limit without a reason",
        )


def char_n(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find char(n), which PostgreSQL fills up with blanks."""
    if target.engine == "postgresql":
        found = [
            c
            for c in table.columns
            if c.type.name == "char" and _width(c) > _CODE and not _holds_width(table, c)
        ]
        yield from _told("schema-char-n", found, lambda n: f"{n}: char(n) is filled up with blanks")


def _holds_width(table: Table, column: Column) -> bool:
    """Tell whether a check holds the values of a column to a pattern or a length."""
    name = rf"\b{re.escape(column.name.folded)}\b"
    held = re.compile(rf"{name}[\")\s]*(?:::\w+\s*)?~|length\s*\([\"(\s]*{name}", re.I)
    return any(held.search(check.expression) for check in table.checks)


def _width(column: Column) -> int:
    first = column.type.arguments[:1]
    return int(first[0]) if first and first[0].isdigit() else 1


def no_zone(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find points in time without their zone."""
    if target.engine == "postgresql":
        found = [c for c in table.columns if c.type.name == "timestamp"]
        yield from _told(
            "schema-timestamp-without-zone",
            found,
            lambda n: f"{n}: a timestamp without a zone is no point in time",
        )


def time_with_zone(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find times of day with a zone but no date to tell its offset."""
    if target.engine == "postgresql":
        found = [c for c in table.columns if c.type.name == "timetz"]
        yield from _told(
            "schema-time-with-zone",
            found,
            lambda n: f"{n}: timetz has a zone, but no day to tell its offset by",
        )


def updated_at(table: Table, schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find columns named for the last change that only the first one sets."""
    kept = any(each.table == table.name.folded and each.on_update for each in schema.triggers)
    if kept:
        return
    found = [
        c
        for c in table.columns
        if _UPDATED.match(c.name.folded) and _NOW.match(c.default) and not c.on_update
    ]
    yield from _told(
        "schema-updated-at",
        found,
        lambda n: f"{n}: a default is set on INSERT only, each UPDATE has to name it",
    )


def float_money(table: Table, _schema: Schema, _target: Target) -> Iterator[TableRemark]:
    """Find amounts of money in binary fractions."""
    found = [c for c in table.columns if c.type.family == "float" and _MONEY.search(c.name.folded)]
    yield from _told(
        "schema-float-money",
        found,
        lambda n: f"{n}: money in a binary fraction does not add up",
    )


def money_type(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find PostgreSQL's type money."""
    if target.engine == "postgresql":
        found = [c for c in table.columns if c.type.name == "money"]
        yield from _told(
            "schema-money-type",
            found,
            lambda n: f"{n}: money has the currency of the server's locale",
        )


def plain_json(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find json where jsonb can be indexed and compared."""
    if target.engine == "postgresql":
        found = [c for c in table.columns if c.type.name == "json"]
        yield from _told(
            "schema-json-text",
            found,
            lambda n: f"{n}: json is kept as text, parsed at each look",
        )


def uuid_text(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find UUIDs kept as 36 characters."""
    if target.engine == "postgresql":
        found = [
            c
            for c in table.columns
            if c.type.name in {"char", "varchar"}
            and c.type.arguments == ("36",)
            and not _NO_ID.search(c.name.folded)
        ]
        yield from _told(
            "schema-uuid-text",
            found,
            lambda n: f"{n}: 36 characters, where a uuid takes 16 bytes",
        )


def short_utf8(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find MySQL's utf8 of three bytes."""
    if target.is_mysql and table.charset in {"utf8", "utf8mb3"}:
        yield TableRemark(
            "schema-utf8mb3",
            table.place,
            f"{table.name.text}: {table.charset} holds three bytes a character, no emoji",
        )


def ends_2038(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find MySQL's TIMESTAMP, which ends in January 2038."""
    if not target.is_mysql or (target.engine == "mariadb" and target.since(11, 5)):
        return
    found = [c for c in table.columns if c.type.name == "timestamp"]
    yield from _told(
        "schema-timestamp-2038", found, lambda n: f"{n}: TIMESTAMP ends on 19 January 2038"
    )


def enum_column(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find MySQL's ENUM columns."""
    if target.is_mysql:
        found = [c for c in table.columns if c.type.name == "enum"]
        yield from _told(
            "schema-enum",
            found,
            lambda n: f"{n}: the values of an ENUM are part of the table",
        )


def string_type(table: Table, _schema: Schema, target: Target) -> Iterator[TableRemark]:
    """Find SQLite's columns of type STRING, which turn text into numbers."""
    if target.engine == "sqlite":
        found = [c for c in table.columns if c.type.declared.lower() == "string"]
        yield from _told(
            "schema-sqlite-string",
            found,
            lambda n: f"{n}: STRING is a number to SQLite: '007' becomes 7",
        )


DETECTORS: Mapping[str, TableDetector] = {
    "schema-serial": serial,
    "schema-int-key": int_key,
    "schema-varchar-255": varchar_255,
    "schema-char-n": char_n,
    "schema-timestamp-without-zone": no_zone,
    "schema-time-with-zone": time_with_zone,
    "schema-updated-at": updated_at,
    "schema-float-money": float_money,
    "schema-money-type": money_type,
    "schema-json-text": plain_json,
    "schema-uuid-text": uuid_text,
    "schema-utf8mb3": short_utf8,
    "schema-timestamp-2038": ends_2038,
    "schema-enum": enum_column,
    "schema-sqlite-string": string_type,
}
