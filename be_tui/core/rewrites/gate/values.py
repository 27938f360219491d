"""Values that queries are wrong on: NULL, ends of ranges, look-alikes, and what a query compares.

Each is written as SQL writes it. What a query compares with gives the values right before and
after it: one less, one more, the last instant of the day before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.schema import DataType, Family
    from be_tui.core.sqltext import Engine

NULL = "NULL"

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

_MOST = 24
"""Values of a literal kind that a pool takes in; a list of thousands adds nothing."""

_UUIDS = (
    "'00000000-0000-0000-0000-000000000001'",
    "'00000000-0000-0000-0000-000000000002'",
    "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
)
_SMALL = ("1", "2", "3")
"""What every column of numbers holds often, so that rows of different tables meet."""

_ENDS: dict[str, tuple[str, ...]] = {
    "smallint": ("32767", "-32768"),
    "int": ("2147483647", "-2147483648"),
    "bigint": ("9223372036854775807", "-9223372036854775808"),
}
_PLAIN: dict[Family, tuple[str, ...]] = {
    "float": ("1", "2", "1.5", "0", "-1"),
    "decimal": ("1", "2", "1.5", "0", "-1"),
    "text": ("'a'", "'b'", "'A'", "''"),
    "time": ("'00:00:00'", "'12:34:56'", "'23:59:59'"),
    "uuid": _UUIDS,
    "json": ("'{}'", "'{\"a\": 1}'", "'[]'"),
}
_OTHER: dict[str, tuple[str, ...]] = {
    "inet": ("'10.0.0.1'", "'10.0.0.2'"),
    "interval": ("'1 day'", "'2 hours'"),
    "tsvector": ("'a b'", "''"),
    "xml": ("'<a/>'",),
    "citext": ("'a'", "'A'", "'b'"),
}


@dataclass(frozen=True, slots=True)
class Literals:
    """What a query compares with."""

    numbers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """Without quotes."""


def text(value: str) -> str:
    """Give a text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def pool(
    kind: DataType, literals: Literals, engine: Engine, *, own: bool = True
) -> tuple[str, ...]:
    """Give the values that a column is filled from; NULL is not among them.

    Args:
        kind: Its type.
        literals: What a query compares with.
        engine: Whose values they are.
        own: Whether the query is written for that engine: SQLite keeps moments in any form, the
            others in one.
    """
    values = tuple(dict.fromkeys(_values(kind, literals, engine, own=own)))
    return values or (text("a"),)


def hot(kind: DataType, literals: tuple[str, ...], engine: Engine) -> tuple[str, ...]:
    """Give what literals that a column is compared with are as values of its type."""
    found: list[str] = []
    for said in literals[:_MOST]:
        match kind.family:
            case "integer":
                found += [str(int(Decimal(said)))] if _NUMBER.fullmatch(said) else []
            case "decimal" | "float":
                found += [said] if _NUMBER.fullmatch(said) else []
            case "text" | "enum":
                found.append(text(said.strip("%_")))
            case "boolean":
                truth = said.lower() in {"true", "t", "1"}
                pair = ("FALSE", "TRUE") if engine == "postgresql" else ("0", "1")
                found.append(pair[truth])
            case "timestamp" | "date":
                whole = kind.family == "date"
                moments = [
                    each
                    for day in tuple(_days(Literals((), (said,))))[:1]
                    for each in _around(day, whole=whole)
                ]
                found += map(text, moments)
            case _:
                pass
    return tuple(dict.fromkeys(found))


def ends(kind: DataType) -> tuple[str, ...]:
    """Give the least and the greatest value of a type, where it has them."""
    return _ENDS.get(kind.name, ())


def _values(kind: DataType, literals: Literals, engine: Engine, *, own: bool) -> Iterator[str]:
    match kind.family:
        case "integer":
            yield from _SMALL
            yield from ("0", "-1")
            yield from _near(literals)
        case "decimal" | "float":
            yield from _PLAIN[kind.family]
            yield from _near(literals)
            yield from literals.numbers[:_MOST]
        case "boolean":
            yield from ("TRUE", "FALSE") if engine == "postgresql" else ("1", "0")
        case "text":
            yield from _texts(kind, literals)
        case "timestamp" | "date":
            yield from _moments(kind, literals, engine, own=own)
        case "enum":
            yield from map(text, kind.arguments)
        case "binary":
            yield from ("'\\x00'", "'\\x01'") if engine == "postgresql" else ("X'00'", "X'01'")
        case "array":
            yield from ("'{}'", "'{1}'", "'{1,2}'")
        case "time" | "uuid" | "json":
            yield from _PLAIN[kind.family]
        case _:
            yield from _OTHER.get(kind.name, ())
            yield from map(text, literals.texts[:_MOST])
            if engine == "sqlite" and not kind.name:
                yield from (*_SMALL, "'1'", "'a'", "1.5")


def _near(literals: Literals) -> Iterator[str]:
    for said in (*literals.numbers, *literals.texts)[:_MOST]:
        if _NUMBER.fullmatch(said):
            whole = int(Decimal(said))
            yield from (str(whole), str(whole - 1), str(whole + 1))


def _texts(kind: DataType, literals: Literals) -> Iterator[str]:
    longest = int(kind.arguments[0]) if kind.arguments and kind.arguments[0].isdigit() else 0
    values = ["a", "b", "A", "", "a "]
    for said in literals.texts[:_MOST]:
        bare = said.strip("%_")
        values += [bare, bare.upper(), bare.lower(), f"{bare}x", f"x{bare}", f"{bare} "]
    values += [*literals.numbers[:_MOST], *(f"0{each}" for each in literals.numbers[:2])]
    for value in values:
        yield text(value[:longest] if longest else value)


def _moments(kind: DataType, literals: Literals, engine: Engine, *, own: bool) -> Iterator[str]:
    days = tuple(_days(literals))[:_MOST] or (date(2024, 1, 1), date(2024, 2, 29))
    for day in days:
        yield from map(text, _around(day, whole=kind.family == "date"))
    if engine == "postgresql":
        yield from ("'infinity'", "'-infinity'")
    if engine == "sqlite" and own and kind.family == "timestamp":
        first = days[0].isoformat()
        yield from map(text, (first, f"{first}T00:00:00", f"{first} 23:30:00-05:00", f"{first}Z"))
        yield from ("2460310.5", "1704067200")


def _around(day: date, *, whole: bool) -> tuple[str, ...]:
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    if whole:
        return before.isoformat(), day.isoformat(), after.isoformat()
    return (
        f"{day} 00:00:00",
        f"{day} 12:00:00",
        f"{before} 23:59:59",
        f"{before} 23:59:59.999999",
        f"{day} 23:59:59.999999",
        f"{after} 00:00:00",
    )


def _days(literals: Literals) -> Iterator[date]:
    """Give the days that a query names, those of a year or month that it names at their ends."""
    for said in (*literals.texts, *literals.numbers):
        found = _DAY.match(said)
        if found:
            yield from _day(*map(int, found.groups()))
        elif _YEAR.fullmatch(said):
            yield from _day(int(said), 1, 1)
            yield from _day(int(said), 12, 31)


def _day(year: int, month: int, day: int) -> Iterable[date]:
    try:
        found = date(year, month, day)
        around = (found - timedelta(days=1), found + timedelta(days=1))
    except (ValueError, OverflowError):
        return ()
    return (found, *around)
