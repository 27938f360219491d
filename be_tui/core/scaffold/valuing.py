"""What the bounds, the default and the example of a field say, and why they cannot be so."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.schemas import (
    INT32,
    INT64,
    LARGEST_FLOAT,
    LONGEST_TEXT,
    PASSWORD,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.scaffold.model import Field

MOST_TEXT = 1_000_000
MOST_DIGITS = 38
MOST_VALUES = 1000
"""Choices of one enumeration: each stands in every document and in a check of the database."""

_LONGEST_NUMBER = 60
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?")
"""A number that each language and SQL read alike: `010` is eight in some."""

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})", re.ASCII
)
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")

_UNPORTABLE = re.compile(r"\(\?(?!:)|\\[1-9bBAZzpPkGQE]|[*+?}]\+|\[\[:|\(\?<")
"""What ECMA-262, RE2 and Java do not read alike."""

_TIMES = re.compile(r"\{(\d+)(?:,(\d*))?\}", re.ASCII)
_MOST_TIMES = 1000
"""How often a part may be repeated: more is refused by RE2."""

_LENGTHS = {
    "text": (0, LONGEST_TEXT),
    "email": (0, 254),
    "url": (0, 2000),
    "password": PASSWORD,
}
"""How short and how long a text is that says nothing else."""


def bound_faults(field: Field) -> Iterable[str]:
    """Tell what is wrong with the bounds of a field."""
    bounds = field.bounds
    ends = [end for end in (bounds.least, bounds.most) if end is not None]
    wrong = next((end for end in ends if _number(end) is None), None)
    if wrong is not None:
        yield f"`min` and `max` are numbers, found `{_shown(wrong)}`"
        return
    known = [Decimal(end) for end in ends]
    if len(known) > 1 and known[0] > known[1]:
        yield f"`min` {bounds.least} is above `max` {bounds.most}"
    elif fault := _end_fault(field, ends):
        yield fault
    elif _is_empty(field):
        yield f"no value is left from {_described(field)}"
    if bounds.pattern:
        yield from _pattern(bounds.pattern)
    if len(field.values) > MOST_VALUES:
        yield f"{len(field.values):,} values; at most {MOST_VALUES:,} can be told apart by one"


def _end_fault(field: Field, ends: list[str]) -> str:
    bounds = field.bounds
    if field.kind in _LENGTHS and any(
        not _WHOLE.fullmatch(end) or not 0 <= int(end) <= MOST_TEXT for end in ends
    ):
        return f"a length is a whole number from 0 to {MOST_TEXT:,}"
    if field.kind == "integer" and any(
        not _WHOLE.fullmatch(end) or not INT64[0] <= int(end) <= INT64[1] for end in ends
    ):
        return "a whole number of 64 bits is expected"
    if field.kind == "float" and any(not math.isfinite(float(end)) for end in ends):
        return "`min` and `max` of a float are below 1e308"
    if field.kind == "decimal" and not (
        0 <= bounds.scale <= bounds.digits and 1 <= bounds.digits <= MOST_DIGITS
    ):
        return f"`digits` is 1 to {MOST_DIGITS}, and `scale` at most that"
    return ""


def _range(field: Field) -> tuple[Decimal, Decimal]:
    """Give the lowest and the highest value, or length, with what holds where nothing is said."""
    bounds = field.bounds
    low, high = _LENGTHS.get(field.kind, INT32)
    lowest, highest = Decimal(low), Decimal(high)
    if field.kind == "float":
        lowest, highest = Decimal(-LARGEST_FLOAT), Decimal(LARGEST_FLOAT)
    elif field.kind == "decimal":
        highest = Decimal(f"{'9' * bounds.digits}e-{bounds.scale}")
        lowest = highest.copy_negate()
    least = lowest if bounds.least is None else Decimal(bounds.least)
    most = highest if bounds.most is None else Decimal(bounds.most)
    return (max(least, lowest), min(most, highest)) if field.kind == "decimal" else (least, most)


def _is_empty(field: Field) -> bool:
    least, most = _range(field)
    if field.kind != "decimal":
        return least > most
    # No number has more digits than its exponent and its own length give it.
    with localcontext(prec=2000):
        first = least.scaleb(field.bounds.scale).to_integral_value("ROUND_CEILING")
        return first > most.scaleb(field.bounds.scale).to_integral_value("ROUND_FLOOR")


def _described(field: Field) -> str:
    least, most = _range(field)
    what = " characters" if field.kind in _LENGTHS else ""
    scale = f" in steps of {Decimal(1).scaleb(-field.bounds.scale):f}"
    return f"{least} to {most}{what}{scale if field.kind == 'decimal' else ''}"


def _pattern(pattern: str) -> Iterable[str]:
    try:
        re.compile(pattern)
    except (re.error, OverflowError) as error:
        yield f"`pattern` is no regular expression: {error}"
        return
    except RecursionError:
        yield "`pattern` is nested too deep"
        return
    found = _UNPORTABLE.search(pattern)
    if found:
        yield f"`pattern`: `{found[0]}` is not read alike by every language"
    elif any(
        int(times) > _MOST_TIMES for ends in _TIMES.findall(pattern) for times in ends if times
    ):
        yield f"`pattern`: a part is repeated more than {_MOST_TIMES:,} times, which RE2 refuses"


def default_faults(field: Field) -> Iterable[str]:
    """Tell what is wrong with the default of a field whose bounds hold."""
    default = field.default
    if default is None or (default == "now" and field.kind in {"date", "datetime"}):
        return
    if field.kind in {"password", "reference", "uuid", "json"}:
        yield f"default: a {field.kind} has none"
    elif field.kind == "datetime":
        yield f"default: expected `now`, found `{_shown(default)}`"
    elif fault := _value_fault(field, default):
        yield f"default: {fault}"


def example_faults(field: Field) -> Iterable[str]:
    """Tell what is wrong with the example of a field whose bounds hold."""
    if field.example and field.kind == "json":
        yield "example: a json has none"
    elif field.example and (fault := _value_fault(field, field.example)):
        yield f"example: {fault}"


def fits(field: Field) -> bool:
    """Tell whether the example of a field can be one."""
    return not [*bound_faults(field), *example_faults(field)]


def _value_fault(field: Field, text: str) -> str:
    """Tell why a text is no value of a field; empty where it is one."""
    expected = ""
    match field.kind:
        case "boolean" if text not in {"true", "false"}:
            expected = "true or false"
        case "enum" if text not in field.values:
            expected = f"one of {', '.join(field.values)}"
        case "integer" if not _WHOLE.fullmatch(text) or len(text) > _LONGEST_NUMBER:
            expected = "a whole number"
        case "decimal" | "float" if _number(text) is None:
            expected = "a number"
        case "integer" | "decimal" | "float":
            return _number_fault(field, text)
        case "date" if not _is_day(text):
            expected = "a day such as `2026-01-31`"
        case "datetime" if not ((found := _MOMENT.fullmatch(text)) and _is_day(found[1])):
            expected = "a moment such as `2026-01-31T09:30:00Z`"
        case "uuid" if not _UUID.fullmatch(text):
            expected = "a UUID"
        case "email" | "url" if not re.fullmatch(_ADDRESSES[field.kind], text):
            expected = f"an address, {field.kind}"
        case "text" | "email" | "url" | "password":
            return _length_fault(field, text)
        case _:
            return ""
    return f"expected {expected}, found `{_shown(text)}`"


_ADDRESSES = {"email": patterns.EMAIL, "url": patterns.URL}


def _number_fault(field: Field, text: str) -> str:
    number = Decimal(text)
    least, most = _range(field)
    if not least <= number <= most:
        return f"{text} is outside of its bounds, {least} to {most}"
    exponent = number.normalize().as_tuple().exponent
    if field.kind == "decimal" and isinstance(exponent, int) and -exponent > field.bounds.scale:
        return f"{text} has more than {field.bounds.scale} digits after the point"
    return ""


def _length_fault(field: Field, text: str) -> str:
    least, most = _range(field)
    if least <= len(text) <= most:
        return ""
    return f"`{_shown(text)}` is not {least} to {most} characters long"


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> Decimal | None:
    """Give a number as it is written; None where it is none, or longer than any bound."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    return Decimal(text)


_SHOWN = 60


def _shown(text: str) -> str:
    """Give a text as a message quotes it: one line, and no longer than that."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
