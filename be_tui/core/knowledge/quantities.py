"""Numbers with a unit: read as people type them, said as people read them.

read_quantity("1,500", "requests per second")      1500.0
read_quantity("2 min", "s", duration=True)         120.0
quantity_words(0.2, "s", duration=True)            "200 ms"
"""

from __future__ import annotations

import re
from math import isfinite

UNITS = {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
"""The units of a duration, in milliseconds."""

_NAMES = {
    "ms": "ms msec millisecond milliseconds",
    "s": "s sec secs second seconds",
    "min": "min mins m minute minutes",
    "h": "h hr hrs hour hours",
    "d": "d day days",
}
_UNIT_OF = {name: unit for unit, names in _NAMES.items() for name in names.split()}

_DIGITS = r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?"
_NUMBER = re.compile(rf"({_DIGITS})\s*(k)?(?:\s*(\S.*))?", re.IGNORECASE)
_PART = re.compile(rf"({_DIGITS})\s*([a-z]*)\s*", re.IGNORECASE)
_THOUSAND = 1_000
_DECIMALS = 6


def read_quantity(said: str, unit: str, *, duration: bool = False) -> float | None:
    """Give the number that was said, in the unit; None where it is none, or in another unit.

    Args:
        said: `250`, `1,500`, `2.5k`, `40 %`; of a duration `200ms`, `2 min`, `1h 30min`.
        unit: What it is counted in; it may be said with the number.
        duration: Whether the unit is one of time.
    """
    said = said.strip()
    number = _duration(said, unit) if duration else _number(said, unit)
    return number if number is not None and isfinite(number) else None


def quantity_words(number: float, unit: str, *, duration: bool = False) -> str:
    """Say a number with its unit, a duration in the largest unit that keeps it short."""
    if not duration:
        return f"{digits(number)} {_of_one(unit) if number == 1 else unit}".strip()
    parts = abs(number) * UNITS[unit]
    for name in reversed(UNITS):
        share = parts / UNITS[name]
        if share >= 1 and round(share, 1) == round(share, _DECIMALS):
            return f"{'-' if number < 0 else ''}{digits(share)} {name}"
    return f"{digits(number)} {unit}"


def plain_number(number: float, unit: str = "") -> str:
    """Give a number as `read_quantity` reads it back exactly: `0.2s`."""
    return f"{repr(number).removesuffix('.0')}{unit}"


def digits(number: float) -> str:
    """Give a number as it is written: `1,500`, `0.25`."""
    if float(number).is_integer():
        return f"{int(number):,}"
    return f"{number:,.{_DECIMALS}f}".rstrip("0").rstrip(".")


def _number(said: str, unit: str) -> float | None:
    match = _NUMBER.fullmatch(said)
    if match is None:
        return None
    number, thousands, named = match.groups()
    if named and named.casefold() not in {unit.casefold(), _of_one(unit).casefold()}:
        return None
    return _plain(number) * (_THOUSAND if thousands else 1)


def _duration(said: str, base: str) -> float | None:
    parts = list(_PART.finditer(said))
    if not parts or "".join(part[0] for part in parts) != said:
        return None
    if len(parts) == 1 and not parts[0][2]:
        return _plain(parts[0][1])
    total = 0.0
    for part in parts:
        unit = _UNIT_OF.get(part[2].lower())
        if unit is None:
            return None
        total += _plain(part[1]) * UNITS[unit]
    return total / UNITS[base]


def _plain(number: str) -> float:
    return float(number.replace(",", ""))


_PLURALS = {
    "ies": "y", "sses": "ss", "xes": "x", "shes": "sh", "tches": "tch", "anches": "anch",
    "statuses": "status",
}  # fmt: skip
"""Plurals that have more than an `s`, with their singular."""


def _of_one(unit: str) -> str:
    """Give a unit as it is said of one: `table` for `tables`, `call per day` of calls."""
    word, per, rest = unit.partition(" per ")
    if not word.isalpha() or not word.endswith("s") or word.endswith("ss"):
        return unit
    ending = next((each for each in _PLURALS if word.endswith(each)), "s")
    return f"{word.removesuffix(ending)}{_PLURALS.get(ending, '')}{per}{rest}"
