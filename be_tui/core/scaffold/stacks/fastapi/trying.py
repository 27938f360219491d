"""Values of fields as Python code: usual ones, the last that are taken, the first that are not.

Code may name `number`, which is another for each row, so that what must be unique is.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.patterns import MAX_DIGITS
from be_tui.core.scaffold.contract.schemas import INT32, LARGEST_FLOAT
from be_tui.core.scaffold.stacks.fastapi.types import text_bounds
from be_tui.core.scaffold.stacks.fastapi.wording import literal
from be_tui.core.scaffold.stacks.sampling import samples

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field

_VARIED = 1000
_LONGEST = 5000
"""Of texts longer than this the end is not tried."""


@dataclass(frozen=True, slots=True)
class Try:
    """One value of a member, for a test."""

    member: str
    what: str
    """Why it is tried, for the test's name."""

    value: str
    """As Python code."""


def row_sample(field: Field, constant: str) -> str:
    """Give the value of a row's column."""
    if field.kind == "password":
        return '"nobody knows it"'
    if field.kind in {"decimal", "date", "datetime", "uuid"}:
        return _exact(field)
    return wire_sample(field, constant)


_ADDRESSES = {
    "email": 'f"sample{number}@example.com"',
    "url": 'f"https://example.com/{number}"',
}


def choices(field: Field) -> tuple[str, ...]:
    """Give the texts that values are picked from; none where they are made."""
    if field.kind == "enum":
        return field.values
    if field.bounds.pattern and field.kind in {"text", "password"}:
        return samples(field.bounds.pattern, *text_bounds(field)) or (field.example or "?",)
    return ()


def wire_sample(field: Field, constant: str) -> str:
    """Give a value as it is sent.

    Args:
        field: Whose value.
        constant: What its choices are called, where there are any.
    """
    match field.kind:
        case "text" | "password":
            least, most = text_bounds(field)
            if field.bounds.pattern:
                return f"pick(number, {constant})"
            return f"text(number, {least}, {most})"
        case "email" | "url":
            return _ADDRESSES[field.kind]
        case "integer" | "float":
            spread = _spread(*_ends(field))
            return spread if field.kind == "integer" else f"float({spread})"
        case "enum":
            return f"pick(number, {constant})"
        case "boolean" | "json":
            return "number % 2 == 0" if field.kind == "boolean" else '{"number": number}'
        case "date" | "datetime":
            return f"{_exact(field)}.isoformat()"
        case _:
            exact = _exact(field)
            return f'f"{{{exact}:f}}"' if field.kind == "decimal" else f"str({exact})"


def _exact(field: Field) -> str:
    match field.kind:
        case "decimal":
            return f"amount({_spread(*_decimals(field))}, {field.bounds.scale})"
        case "date":
            return "sample_day(number)"
        case "datetime":
            return "sample_moment(number)"
        case _:
            return "UUID(int=number)"


def _spread(low: int, high: int) -> str:
    """Give a whole number between two, another for each row as far as there are others."""
    start = max(low, min(1, high))
    return f"{start} + number % {min(high - start + 1, _VARIED)}"


def _decimals(field: Field) -> tuple[int, int]:
    """Give the ends of a decimal, in its last digit."""
    bounds = field.bounds
    highest = 10**bounds.digits - 1
    least = _in_last_digit(bounds.least, bounds.scale, "ROUND_CEILING")
    most = _in_last_digit(bounds.most, bounds.scale, "ROUND_FLOOR")
    low = -highest if least is None else max(least, -highest)
    return low, highest if most is None else min(most, highest)


def _in_last_digit(end: str | None, scale: int, rounding: str) -> int | None:
    if end is None:
        return None
    with localcontext(prec=MAX_DIGITS):
        return int(Decimal(end).scaleb(scale).to_integral_value(rounding))


def _ends(field: Field) -> tuple[int, int]:
    """Give the whole numbers between a number's ends."""
    usual = INT32 if field.kind == "integer" else (-int(LARGEST_FLOAT), int(LARGEST_FLOAT))
    low = Decimal(field.bounds.least or usual[0]).to_integral_value("ROUND_CEILING")
    return int(low), int(Decimal(field.bounds.most or usual[1]) // 1)


def refused(member: str, field: Field) -> tuple[Try, ...]:
    """Give values that are refused, each for one reason."""
    found = [("of another kind", "[[]]")]
    if not field.nullable:
        found.append(("null", "None"))
    match field.kind:
        case "text" | "password":
            found += _texts_refused(field)
        case "email" | "url":
            found += [("of another form", '"nothing of the kind"'), ("too long", '"a" * 3000')]
        case "integer":
            low, high = _ends(field)
            found += [("too low", str(low - 1)), ("too high", str(high + 1)), ("a part", "0.5")]
            found += [("text", '"1"'), ("a truth", "True")]
        case "float":
            lowest = float(field.bounds.least or -LARGEST_FLOAT)
            highest = float(field.bounds.most or LARGEST_FLOAT)
            found.append(("too low", repr(lowest - abs(lowest) - 1)))
            found.append(("too high", repr(highest + abs(highest) + 1)))
            found += [("text", '"1.5"')]
        case "decimal":
            low, high = _decimals(field)
            scale = field.bounds.scale
            found += [("too low", _plain(low - 1, scale)), ("too high", _plain(high + 1, scale))]
            found += [("a number", "1.5"), ("too exact", f'"{"1." + "0" * (scale + 1)}"')]
        case "boolean":
            found += [("text", '"true"'), ("a number", "1")]
        case "enum":
            found += [("not one of them", '"not one of them"')]
        case "date" | "datetime":
            found += [("no such day", '"2026-02-30"'), ("a number", "1")]
        case "json":
            found = [each for each in found if each[0] == "null"]
            found += [("a list", "[1]"), ("nested", '{"a": {"b": 1}}'), ("NUL", '{"a": "\\0"}')]
        case _:
            found += [("no key", '"not a key"')]
    return tuple(Try(member, what, value) for what, value in found)


def _texts_refused(field: Field) -> list[tuple[str, str]]:
    least, most = text_bounds(field)
    found = [("NUL", f'"a\\0" * {max(least, 1)}'), ("a number", "1")]
    if least:
        found.append(("too short", f'"a" * {least - 1}'))
    found.append(("too long", f'"a" * {most + 1}'))
    return found


def taken(member: str, field: Field) -> tuple[Try, ...]:
    """Give the last values that are taken."""
    found: list[tuple[str, str]] = []
    match field.kind:
        case "text" | "password" if not field.bounds.pattern:
            least, most = text_bounds(field)
            found.append(("the shortest", f'"a" * {least}'))
            if most <= _LONGEST:
                found.append(("the longest", f'"\\u2603" * {most}'))
        case "integer":
            low, high = _ends(field)
            found += [("the lowest", str(low)), ("the highest", str(high))]
            found.append(("a whole number with a point", repr(float(max(low, min(high, 1))))))
        case "decimal":
            low, high = _decimals(field)
            found += [("the lowest", _plain(low, field.bounds.scale))]
            found += [("the highest", _plain(high, field.bounds.scale))]
        case "enum":
            found += [(value, literal(value)) for value in field.values]
        case "boolean":
            found += [("yes", "True"), ("no", "False")]
        case "datetime":
            found.append(("of another zone", '"2026-03-29T02:30:00.25+05:45"'))
        case _:
            pass
    if field.nullable:
        found.append(("null", "None"))
    return tuple(Try(member, what, value) for what, value in found)


def _plain(number: int, scale: int) -> str:
    with localcontext(prec=MAX_DIGITS):
        return f'"{Decimal(number).scaleb(-scale):.{scale}f}"'
