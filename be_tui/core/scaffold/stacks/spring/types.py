"""Fields as Java has them: types on the wire and in rows, constraints, defaults."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.schemas import (
    INT32,
    LARGEST_FLOAT,
    LONGEST_TEXT,
    PASSWORD,
    decimal_pattern,
)
from be_tui.core.scaffold.stacks.spring.wording import constant, literal

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field, Service

_TYPES = {
    "decimal": "BigDecimal",
    "float": "Double",
    "boolean": "Boolean",
    "date": "LocalDate",
    "datetime": "Instant",
    "uuid": "UUID",
    "json": "Map<String, @Nullable Object>",
}
_PRIMITIVES = {"Integer": "int", "Long": "long", "Double": "double", "Boolean": "boolean"}


def key_type(service: Service, name: str) -> str:
    """Give the type of a resource's key."""
    found = service.resource(name)
    return "Long" if found and found.key == "integer" else "UUID"


def row_type(service: Service, field: Field, enumeration: str) -> str:
    """Give the type of a field in a row, as an object."""
    match field.kind:
        case "integer":
            return "Long" if is_big(field) else "Integer"
        case "reference":
            return key_type(service, field.to)
        case "enum":
            return enumeration
        case _:
            return _TYPES.get(field.kind, "String")


def wire_type(service: Service, field: Field, enumeration: str) -> str:
    """Give the type of a field in a request; decimals are text there, so that no digit is lost."""
    return "String" if field.kind == "decimal" else row_type(service, field, enumeration)


def primitive(kind: str) -> str:
    """Give the type of a value that is never null."""
    return _PRIMITIVES.get(kind, kind)


def is_big(field: Field) -> bool:
    """Tell whether a whole number needs 64 bits."""
    least, most = whole_ends(field)
    return not (INT32[0] <= least and most <= INT32[1])


def whole_ends(field: Field) -> tuple[int, int]:
    """Give the least and the most of a whole number."""
    least, most = field.bounds.least, field.bounds.most
    return int(Decimal(least or INT32[0])), int(Decimal(most or INT32[1]))


def constraints(service: Service, field: Field) -> tuple[str, ...]:
    """Give the annotations that hold a field's values to their bounds."""
    match field.kind:
        case "text" | "password":
            return _text(field)
        case "email" | "url":
            pattern, longest = _ADDRESSES[field.kind]
            return (f"@Characters(max = {field.bounds.most or longest})", _pattern(pattern))
        case "decimal":
            return (_pattern(decimal_pattern(field)),)
        case "integer":
            least, most = whole_ends(field)
            return (f"@Min({whole(least)})", f"@Max({whole(most)})")
        case "float":
            low = field.bounds.least or f"{-LARGEST_FLOAT:.0f}"
            high = field.bounds.most or f"{LARGEST_FLOAT:.0f}"
            return (f"@DecimalMin({literal(low)})", f"@DecimalMax({literal(high)})")
        case "json":
            return ("@FlatMembers",)
        case "reference" if key_type(service, field.to) == "Long":
            return ("@Positive",)
        case _:
            return ()


_ADDRESSES = {"email": (patterns.EMAIL, 254), "url": (patterns.URL, 2000)}


def whole(number: int) -> str:
    """Give a whole number as Java writes it."""
    return str(number) if INT32[0] <= number <= INT32[1] else f"{number}L"


def _text(field: Field) -> tuple[str, ...]:
    bounds = field.bounds
    shortest, longest = PASSWORD if field.kind == "password" else (0, LONGEST_TEXT)
    least, most = int(bounds.least or shortest), int(bounds.most or longest)
    first = f"min = {least}, " if least else ""
    length = f"@Characters({first}max = {most})"
    return (length, _pattern(patterns.whole(bounds.pattern))) if bounds.pattern else (length,)


def _pattern(pattern: str) -> str:
    return f"@Pattern(regexp = {literal(pattern)})"


def default(field: Field, enumeration: str) -> str:
    """Give the value of a row that is not told one, as Java writes it; `null` without."""
    written = field.default
    if written is None:
        return "null"
    if field.kind in {"date", "datetime"}:
        now = "today" if field.kind == "date" else "now"
        return now if written == "now" else f"LocalDate.parse({literal(written)})"
    match field.kind:
        case "integer":
            number = int(Decimal(written))
            return f"{number}L" if is_big(field) else str(number)
        case "float":
            return repr(float(written))
        case "boolean":
            return written
        case "decimal":
            return literal(f"{Decimal(written):.{field.bounds.scale}f}")
        case "enum":
            return f"{enumeration}.{constant_of(field, written)}"
        case _:
            return literal(written)


def constant_of(field: Field, value: str) -> str:
    """Give the constant of an enumeration's value: none is there twice."""
    made: dict[str, str] = {}
    for each in field.values:
        free = constant(each)
        while free in made.values():
            free += "_"
        made[each] = free
    return made[value]
