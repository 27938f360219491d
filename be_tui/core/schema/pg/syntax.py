"""Calls that have words of their own: EXTRACT, TRIM, AT TIME ZONE, CURRENT_TIMESTAMP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.pg.operands import AT, ATOM, LIKE, Expr

if TYPE_CHECKING:
    from collections.abc import Callable


def _zone(arguments: list[Expr]) -> Expr | None:
    if len(arguments) != 2:  # noqa: PLR2004
        return None
    zone, value = arguments
    text = f"{value.at(AT)} AT TIME ZONE {zone.at(AT + 1)}"
    turned = {"timestamptz": "timestamp", "timestamp": "timestamptz"}
    return Expr(text, AT, turned.get(value.type, ""))


def _extract(arguments: list[Expr]) -> Expr:
    field = arguments[0].text.strip("'").lower()
    return Expr(f"EXTRACT({field} FROM {arguments[1].text})", ATOM, "numeric")


def _trimmed(side: str) -> Callable[[list[Expr]], Expr]:
    def trim(arguments: list[Expr]) -> Expr:
        which = f"{arguments[1].text} " if len(arguments) > 1 else ""
        return Expr(f"TRIM({side} {which}FROM {arguments[0].text})", ATOM, "text")

    return trim


def _substring(arguments: list[Expr]) -> Expr | None:
    if len(arguments) not in {2, 3}:
        return None
    text, start, *count = (each.text for each in arguments)
    more = f" FOR {count[0]}" if count else ""
    return Expr(f"SUBSTRING({text} FROM {start}{more})", ATOM, "text")


def _position(arguments: list[Expr]) -> Expr:
    whole, sought = arguments
    return Expr(f"POSITION({sought.at(LIKE + 1)} IN {whole.at(LIKE + 1)})", ATOM, "int")


SYNTAX: dict[str, Callable[[list[Expr]], Expr | None]] = {
    "timezone": _zone,
    "extract": _extract,
    "btrim": _trimmed("BOTH"),
    "ltrim": _trimmed("LEADING"),
    "rtrim": _trimmed("TRAILING"),
    "substring": _substring,
    "position": _position,
}


VALUE_FUNCTIONS = {
    1: ("CURRENT_DATE", "date"),
    2: ("CURRENT_TIME", "timetz"),
    3: ("CURRENT_TIME(", "timetz"),
    4: ("CURRENT_TIMESTAMP", "timestamptz"),
    5: ("CURRENT_TIMESTAMP(", "timestamptz"),
    6: ("LOCALTIME", "time"),
    7: ("LOCALTIME(", "time"),
    8: ("LOCALTIMESTAMP", "timestamp"),
    9: ("LOCALTIMESTAMP(", "timestamp"),
    10: ("CURRENT_ROLE", "name"),
    11: ("CURRENT_USER", "name"),
    12: ("USER", "name"),
    13: ("SESSION_USER", "name"),
    14: ("CURRENT_CATALOG", "name"),
    15: ("CURRENT_SCHEMA", "name"),
}
"""By the numbers of `SQLValueFunctionOp`."""
