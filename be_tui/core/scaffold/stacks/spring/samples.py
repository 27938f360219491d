"""Values for seeds and tests: what a field takes, another for each number, and what it refuses."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.schemas import LONGEST_TEXT, PASSWORD
from be_tui.core.scaffold.stacks.spring.types import constant_of, is_big, whole_ends
from be_tui.core.scaffold.stacks.spring.wording import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Field

SECRET = "correct horse battery staple"  # noqa: S105 (of made-up accounts)
"""What everybody signs in with whom a test makes."""

_LONG = 5000
"""Characters above which no text is made only to be refused."""


def value(field: Field, number: str) -> str:
    """Give a value as JSON has it, as an expression of Java.

    Args:
        field: What takes it.
        number: A variable whose every value gives another value, where there are as many.
    """
    bounds = field.bounds
    match field.kind:
        case "text" | "url" | "email" if bounds.pattern or field.kind != "text":
            return _formed(field, number)
        case "text":
            least, most = int(bounds.least or 0), int(bounds.most or LONGEST_TEXT)
            return f"Samples.text({least}, {most}, {number})"
        case "password":
            least, most = int(bounds.least or PASSWORD[0]), int(bounds.most or PASSWORD[1])
            return literal(
                (SECRET * (least // len(SECRET) + 1))[: max(least, min(most, len(SECRET)))]
            )
        case "integer":
            least, most = whole_ends(field)
            span = min(most - least + 1, 1_000_000)
            return f"{_long(least)} + {number} % {span}"
        case "float":
            return repr(float(bounds.least or bounds.most or 0))
        case "decimal":
            return _decimal(field, number)
        case "enum":
            return literal(field.default or field.values[0])
        case _:
            return _PLAIN[field.kind].replace("number", number)


_PLAIN = {
    "boolean": "true",
    "date": "LocalDate.of(2026, 1, 1).plusDays(number % 10_000).toString()",
    "datetime": 'Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number % 1_000_000).toString()',
    "uuid": "UUID.randomUUID().toString()",
    "json": 'Map.of("colour", "red", "weight", 1.5)',
}


def _formed(field: Field, number: str) -> str:
    if field.kind == "email":
        return f'"person" + {number} + "@example.com"'
    if field.kind == "url":
        return f'"https://example.com/" + {number}'
    from be_tui.core.scaffold.stacks.sampling import samples

    bounds = field.bounds
    least, most = int(bounds.least or 0), int(bounds.most or LONGEST_TEXT)
    if _takes_digits(bounds.pattern, least, most):
        return f"Samples.digits({least}, {most}, {number})"
    found = samples(bounds.pattern, least, most)
    if not found:
        return literal(field.example)
    return f"Samples.one({number}, {', '.join(map(literal, found))})"


def _takes_digits(pattern: str, least: int, most: int) -> bool:
    """Tell whether any number is a text of a pattern, so that there is another each time."""
    tried = ("0", "1", "17", "90", "4096", "1795459518123456")
    return all(
        re.fullmatch(pattern, each[max(0, len(each) - most) :].zfill(least)) for each in tried
    )


def _long(number: int) -> str:
    return f"{number}L"


def _decimal(field: Field, number: str) -> str:
    bounds = field.bounds
    step = Decimal(10) ** bounds.scale
    highest = 10**bounds.digits - 1
    low = (
        int((Decimal(bounds.least) * step).to_integral_value("ROUND_CEILING"))
        if bounds.least
        else 0
    )
    high = int(Decimal(bounds.most) * step // 1) if bounds.most else highest
    low, high = max(low, -highest), min(high, highest)
    low = min(low, high)
    span = min(high - low + 1, 1_000_000)
    return (
        f'new BigDecimal("{low}").add(BigDecimal.valueOf({number} % {span}))'
        f".movePointLeft({bounds.scale}).setScale({bounds.scale}).toPlainString()"
    )


def first_value(field: Field, enumeration: str) -> str:
    """Give a value of a row, as Java writes it, for the first row that there is."""
    bounds = field.bounds
    match field.kind:
        case "text":
            return literal(_first_text(field))
        case "integer":
            least, most = whole_ends(field)
            number = min(max(least, 0), most)
            return f"{number}L" if is_big(field) else str(number)
        case "decimal":
            return f'new BigDecimal("{bounds.least or bounds.most or 0}").setScale({bounds.scale})'
        case "float":
            return repr(float(bounds.least or bounds.most or 0))
        case "enum":
            return f"{enumeration}.{constant_of(field, field.values[0])}"
        case _:
            return _FIRST[field.kind]


_FIRST = {
    "email": '"first@example.com"',
    "url": '"https://example.com/"',
    "boolean": "false",
    "date": "LocalDate.EPOCH",
    "datetime": "Instant.EPOCH",
    "uuid": "UUID.randomUUID()",
    "json": "Map.of()",
}


def _first_text(field: Field) -> str:
    least, most = int(field.bounds.least or 0), int(field.bounds.most or LONGEST_TEXT)
    if field.bounds.pattern:
        from be_tui.core.scaffold.stacks.sampling import samples

        return next(iter(samples(field.bounds.pattern, least, most)), field.example)
    return "Administrator".ljust(least, ".")[:most]


def refused(field: Field) -> Iterator[str]:
    """Give what a field does not take, as JSON: each bound passed by one, and other types."""
    match field.kind:
        case "text" | "password" | "email" | "url":
            yield from ("7", "true", '["x"]', '"a\\u0000b"')
            yield from _lengths(field)
        case "integer":
            low, high = whole_ends(field)
            yield from (f"{low - 1}", f"{high + 1}", '"7"', "1.5", "true")
        case "float":
            yield from ('"7"', "true", "1e300", "-1e300", *beyond(field))
        case "decimal":
            yield from ("7", '"seven"', '"1e3"', '"NaN"', f'"{"9" * (field.bounds.digits + 1)}"')
            yield from (f'"{each}"' for each in beyond(field))
        case "boolean":
            yield from ('"true"', "1", "0")
        case "enum":
            yield from ('"none of them"', '""', "7")
        case "date":
            yield from ('"2026-02-30"', '"2026-1-1"', '"2026-01-01T00:00:00Z"', "7")
        case "datetime":
            yield from ('"2026-01-01"', '"2026-01-01T00:00:00"', '"2026-13-01T00:00:00Z"', "7")
        case "json":
            yield from ('{"a":[1]}', '"x"', "[]", "7", '{"a":1e300}')
        case _:
            yield from ('"x"', '"00000000-0000-0000-0000-00000000000"', "true")
    if not field.nullable:
        yield "null"


def _lengths(field: Field) -> Iterator[str]:
    usual = {"email": (0, 254), "url": (0, 2000), "password": PASSWORD}
    least, most = usual.get(field.kind, (0, LONGEST_TEXT))
    least, most = int(field.bounds.least or least), int(field.bounds.most or most)
    if least:
        yield f'"{"a" * (least - 1)}"'
    if most < _LONG:
        yield f'"{"a" * (most + 1)}"'
    if field.bounds.pattern:
        yield from _of_another_form(field.bounds.pattern, least, most)


def _of_another_form(pattern: str, least: int, most: int) -> Iterator[str]:
    """Give texts that only a pattern refuses, and such as only a length does."""
    from be_tui.core.scaffold.stacks.sampling import samples

    tried = (each * max(least, 1) for each in ("a", "A", "0", " ", "!", "\u2603"))
    wrong = next((each for each in tried if not re.fullmatch(pattern, each)), "")
    lengths = (*((least - 1,) if least > 1 else ()), *((most + 1,) if most < _LONG else ()))
    for text in (wrong, *(next(iter(samples(pattern, each, each)), "") for each in lengths)):
        if text:
            yield json.dumps(text)


def beyond(field: Field) -> Iterator[str]:
    """Give the numbers next to the ends of a field that its digits still write."""
    bounds = field.bounds
    step = Decimal(1).scaleb(-bounds.scale) if field.kind == "decimal" else Decimal(1)
    ends = ((bounds.least, -step), (bounds.most, step))
    for number in (Decimal(end) + away for end, away in ends if end is not None):
        if field.kind != "decimal" or abs(number) < Decimal(10) ** (bounds.digits - bounds.scale):
            yield f"{number:f}"
