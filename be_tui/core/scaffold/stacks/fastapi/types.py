"""The types of values in Python: as they are sent, as they are answered, as they are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
from be_tui.core.scaffold.stacks.fastapi.wording import literal, raw

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field, Service

_SENT = {
    "boolean": "bool",
    "date": "Day",
    "datetime": "Moment",
    "uuid": "Identifier",
    "json": "Flat",
}
_KEPT = {
    "integer": ("int", "sa.Integer"),
    "decimal": ("Decimal", "sa.Numeric"),
    "float": ("float", "sa.Double"),
    "boolean": ("bool", "sa.Boolean"),
    "date": ("date", "sa.Date"),
    "datetime": ("datetime", "sa.DateTime(timezone=True)"),
    "uuid": ("UUID", "sa.Uuid"),
    "json": ("dict[str, Scalar]", "JSONB(none_as_null=True)"),
}
_ANSWERED = {"datetime": "Instant", "json": "dict[str, Scalar]"}
_ASCII = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
_CLASSES = re.compile(r"\\.|\[|\]", re.DOTALL)


def key_type(service: Service, name: str) -> str:
    """Give the type of a resource's key: `int` or `UUID`."""
    found = service.resource(name)
    return "int" if found and found.key == "integer" else "UUID"


@dataclass(frozen=True, slots=True)
class SentType:
    """What values are as they are sent: a name, or what stands between its brackets."""

    name: str
    parts: tuple[str, ...] = ()


def sent_type(service: Service, field: Field) -> SentType:
    """Give the type of a field's values as they are sent, bounds and all."""
    match field.kind:
        case "text" | "password":
            return SentType("Annotated", _text(field))
        case "email" | "url":
            longest = field.bounds.most or {"email": 254, "url": 2000}[field.kind]
            known = field.kind.capitalize()
            return SentType("Annotated", (known, f"Field(max_length={longest})"))
        case "integer" | "float" | "decimal":
            return SentType("Annotated", _number(field))
        case "enum":
            return SentType("Literal", tuple(literal(value) for value in field.values))
        case "reference":
            number = key_type(service, field.to) == "int"
            return SentType("Number" if number else "Identifier")
        case _:
            return SentType(_SENT[field.kind])


def _number(field: Field) -> tuple[str, ...]:
    least, most = field.bounds.least, field.bounds.most
    if field.kind == "decimal":
        form = f"written({raw(decimal_pattern(field))})"
        return ("Decimal", form, "Field(strict=False)")
    if field.kind == "integer":
        low, high = int(Decimal(least or INT32[0])), int(Decimal(most or INT32[1]))
        return ("int", f"Field(ge={low}, le={high})", "Whole")
    first, last = float(least or -LARGEST_FLOAT), float(most or LARGEST_FLOAT)
    return ("float", f"Field(ge={first!r}, le={last!r}, allow_inf_nan=False)")


def needs_reading(service: Service, field: Field) -> bool:
    """Tell whether a query's text stands for something else."""
    if field.kind == "reference":
        return key_type(service, field.to) == "int"
    return field.kind in {"integer", "float", "boolean"}


def answered_type(service: Service, field: Field) -> str:
    """Give the type of a field's values as they are answered."""
    if field.kind == "decimal":
        return f"Annotated[Decimal, exact({field.bounds.scale})]"
    return _ANSWERED.get(field.kind) or kept_type(service, field)


def kept_type(service: Service, field: Field) -> str:
    """Give the type of a field's values as a row has them."""
    if field.kind == "reference":
        return key_type(service, field.to)
    return _KEPT.get(field.kind, ("str", ""))[0]


def column_type(service: Service, field: Field) -> str:
    """Give the type of a field's column."""
    if field.kind == "integer":
        return "sa.BigInteger" if is_big(field) else "sa.Integer"
    if field.kind == "decimal":
        return f"sa.Numeric({field.bounds.digits}, {field.bounds.scale})"
    if field.kind == "reference":
        return "sa.BigInteger" if key_type(service, field.to) == "int" else "sa.Uuid"
    return _KEPT.get(field.kind, ("", "sa.Text"))[1]


def is_big(field: Field) -> bool:
    """Tell whether a whole number needs 64 bits."""
    least = int(Decimal(field.bounds.least or INT32[0]))
    most = int(Decimal(field.bounds.most or INT32[1]))
    return not (INT32[0] <= least and most <= INT32[1])


def text_bounds(field: Field) -> tuple[int, int]:
    """Give how short and how long a text may be."""
    bounds = field.bounds
    if field.kind == "password":
        return int(bounds.least or PASSWORD[0]), int(bounds.most or PASSWORD[1])
    return int(bounds.least or 0), int(bounds.most or LONGEST_TEXT)


def _text(field: Field) -> tuple[str, ...]:
    least, most = text_bounds(field)
    lengths = f"min_length={least}, max_length={most}"
    pattern = field.bounds.pattern
    if not pattern:
        return ("str", f"Field({lengths}, pattern=NO_NUL)")
    own = f"Field({lengths}, pattern={raw(rust_pattern(patterns.whole(pattern)))})"
    more = ("Field(pattern=NO_NUL)",) if patterns.may_match_nul(pattern) else ()
    return ("str", own, *more)


def rust_pattern(pattern: str) -> str:
    """Give a pattern as Pydantic reads it, to whom digits and letters are not ASCII's alone."""
    inside = False

    def changed(found: re.Match[str]) -> str:
        nonlocal inside
        mark = found[0]
        if mark in _ASCII:
            return _ASCII[mark] if inside else f"[{_ASCII[mark]}]"
        if mark in {"[", "]"}:
            inside = mark == "["
        return mark

    return _CLASSES.sub(changed, pattern)


def python_default(field: Field) -> str:
    """Give what stands behind `=` where a member may be left out."""
    if field.default == "now" and field.kind in {"date", "datetime"}:
        return f"Field(default_factory={'today' if field.kind == 'date' else 'now'})"
    return python_value(field)


def python_value(field: Field) -> str:
    """Give the default of a field as an expression."""
    default = field.default
    if default is None:
        return "None"
    match field.kind:
        case "boolean":
            return "True" if default == "true" else "False"
        case "integer":
            return str(int(Decimal(default)))
        case "float":
            return repr(float(default))
        case "decimal":
            return f'Decimal("{Decimal(default):.{field.bounds.scale}f}")'
        case "date" | "datetime" if default == "now":
            return "today()" if field.kind == "date" else "now()"
        case "date":
            return f'date.fromisoformat("{default}")'
        case _:
            return literal(default)
