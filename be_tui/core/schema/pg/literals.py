"""Values in quotes as the server keeps them: intervals, dates, truths."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_NUMBERS = frozenset({"smallint", "int", "bigint", "numeric", "real", "double precision"})

_TRUTHS = {
    **dict.fromkeys(("t", "true", "y", "yes", "on", "1"), "true"),
    **dict.fromkeys(("f", "false", "n", "no", "off", "0"), "false"),
}
_PART = re.compile(r"([+-]?\d+)\s*([a-z]+)\s*")
_CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d))?")
_MONTHS = {"year": 12, "yr": 12, "y": 12, "month": 1, "mon": 1, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "d": 1, "week": 7, "w": 7}
_SECONDS = {
    **dict.fromkeys(("hour", "hr", "h"), 3600),
    **dict.fromkeys(("minute", "min", "m"), 60),
    **dict.fromkeys(("second", "sec", "s"), 1),
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(?:\.0*)?\s*(Z|[+-]00(?::?00)?|[+-]\d\d(?::?\d\d)?)?",
    re.I,
)
_CLOCK_ONLY = re.compile(r"\d\d:\d\d")
_NONE = frozenset({"", "z", "+00", "-00", "+0000", "-0000", "+00:00", "-00:00"})


def truth(said: str) -> str:
    """Give `true` or `false`; empty for what is neither."""
    return _TRUTHS.get(said.strip().lower(), "")


def interval(said: str) -> str:
    """Give an interval as the server writes it; one that is not plain stays as it is."""
    text = said.strip().lower()
    months = days = seconds = 0
    at = 0
    clock = _CLOCK.fullmatch(text)
    if clock:
        hours, minutes, rest = (int(each or 0) for each in clock.groups())
        seconds, at = hours * 3600 + minutes * 60 + rest, len(text)
    while found := _PART.match(text, at):
        number, unit = int(found[1]), found[2]
        unit = unit if len(unit) == 1 else unit.removesuffix("s")
        if unit in _MONTHS:
            months += number * _MONTHS[unit]
        elif unit in _DAYS:
            days += number * _DAYS[unit]
        elif unit in _SECONDS:
            seconds += number * _SECONDS[unit]
        else:
            return said
        at = found.end()
    if at < len(text) or not text or min(months, days, seconds) < 0:
        return said
    return _spelled(months, days, seconds)


def _spelled(months: int, days: int, seconds: int) -> str:
    parts = [
        f"{number} {word}{'s' if number != 1 else ''}"
        for number, word in ((months // 12, "year"), (months % 12, "mon"), (days, "day"))
        if number
    ]
    if seconds or not parts:
        hours, rest = divmod(seconds, 3600)
        parts.append(f"{hours:02}:{rest // 60:02}:{rest % 60:02}")
    return " ".join(parts)


def moment(said: str, kind: str) -> str:
    """Give a date or time of day as the server writes it; one that is not plain stays."""
    if kind == "date":
        return said
    zone = "+00" if kind == "timestamptz" else ""
    if _DATE.fullmatch(said):
        return f"{said} 00:00:00{zone}"
    found = _STAMP.fullmatch(said)
    # A timestamp without a zone takes no notice of one.
    if found and (not zone or (found[4] or "").lower() in _NONE):
        return f"{found[1]} {found[2]}{found[3] or ':00'}{zone}"
    return said


def literal_of(text: str) -> str:
    """Give a text in quotes."""
    said = "'" + text.replace("'", "''") + "'"
    return "E" + said.replace("\\", "\\\\") if "\\" in text else said


def as_value(literal: str, kind: str) -> str:
    """Give a literal in quotes as the server keeps one of a type."""
    if literal[:1] != "'":
        return literal
    said = literal[1:-1].replace("''", "'")
    if kind in _NUMBERS:
        return said if NUMBER.fullmatch(said) else literal
    if kind == "boolean":
        return truth(said) or literal
    if kind.startswith("interval"):
        return literal_of(interval(said))
    if kind == "time" and _CLOCK_ONLY.fullmatch(said):
        return literal_of(f"{said}:00")
    if kind in {"timestamp", "timestamptz", "date"}:
        return literal_of(moment(said, kind))
    return literal


def bits(literal: str) -> str:
    """Give a literal of bits, however it is written, as ones and noughts in quotes."""
    said = literal[2:-1]
    if literal[0] == "X":
        said = "".join(f"{int(each, 16):04b}" for each in said)
    return f"'{said}'"


def plain_number(said: str) -> str:
    """Give a number as the server writes it, without an exponent."""
    return f"{Decimal(said):f}" if "e" in said.lower() else said
