"""Fields as Go has them: types of rows and answers, and how a value is read from a request."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.schemas import (
    INT32,
    INT64,
    LARGEST_FLOAT,
    LONGEST_TEXT,
    PASSWORD,
    decimal_pattern,
)
from be_tui.core.scaffold.stacks.go.names import expression, literal

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field, Service

SQL_TYPES = {
    "uuid": "uuid.UUID",
    "timestamptz": "time.Time",
    "date": "time.Time",
    "bigint": "int64",
    "int": "int32",
    "text": "string",
    "numeric": "decimal.Decimal",
    "double precision": "float64",
    "boolean": "bool",
    "jsonb": "json.RawMessage",
}
"""What sqlc makes of a column's type, as `sqlc.yaml` tells it to."""


def column_type(sql: str, *, nullable: bool) -> str:
    """Give the type of a column in a row."""
    made = SQL_TYPES[sql]
    return f"*{made}" if nullable and sql != "jsonb" else made


def key_type(service: Service, name: str) -> str:
    """Give the type of a resource's keys."""
    resource = service.resource(name)
    return "int64" if resource and resource.key == "integer" else "uuid.UUID"


def is_big(field: Field) -> bool:
    """Tell whether a whole number needs 64 bits."""
    least, most = whole_bounds(field)
    return not (INT32[0] <= least and most <= INT32[1])


def whole_bounds(field: Field) -> tuple[int, int]:
    """Give the ends of a whole number."""
    bounds = field.bounds
    return int(Decimal(bounds.least or INT32[0])), int(Decimal(bounds.most or INT32[1]))


def row_type(service: Service, field: Field) -> str:
    """Give the type of a field in a row."""
    made = value_type(service, field)
    return f"*{made}" if field.nullable and field.kind != "json" else made


def value_type(service: Service, field: Field) -> str:
    """Give the type of a field's values, where there is one."""
    match field.kind:
        case "integer":
            return "int64" if is_big(field) else "int32"
        case "reference":
            return key_type(service, field.to)
        case _:
            return _TYPES.get(field.kind, "string")


_TYPES = {
    "decimal": "decimal.Decimal",
    "float": "float64",
    "boolean": "bool",
    "date": "time.Time",
    "datetime": "time.Time",
    "uuid": "uuid.UUID",
    "json": "json.RawMessage",
}


def answer_type(service: Service, field: Field) -> str:
    """Give the type of a field in an answer."""
    made = {"decimal": "string", "date": "wire.Day"}.get(field.kind) or value_type(service, field)
    return f"*{made}" if field.nullable and field.kind != "json" else made


def answered(field: Field, row: str) -> str:
    """Give the value of an answer from a row's."""
    match field.kind:
        case "decimal" if field.nullable:
            return f"wire.Digits({row}, {field.bounds.scale})"
        case "decimal":
            return f"{row}.StringFixed({field.bounds.scale})"
        case "date" if field.nullable:
            return f"wire.DayOrNil({row})"
        case "date":
            return f"wire.Day({row})"
        case _:
            return row


def rule(service: Service, field: Field, prefix: str) -> str:
    """Give what reads a value that is there; `prefix` begins the names of its expressions."""
    bounds = field.bounds
    least, most = bounds.least, bounds.most
    match field.kind:
        case "text" | "password":
            low, high = _lengths(field)
            matched = f".Matching({prefix}Form)" if bounds.pattern else ""
            return f"wire.Text({low}, {high}){matched}"
        case "email":
            return f"wire.Email({most or 254})"
        case "url":
            return f"wire.URL({most or 2000})"
        case "integer":
            low, high = (str(end) for end in whole_bounds(field))
            return f"wire.Int{'64' if is_big(field) else '32'}({low}, {high})"
        case "float":
            low, high = least or f"{-LARGEST_FLOAT:.0f}", most or f"{LARGEST_FLOAT:.0f}"
            return f"wire.Float({low}, {high})"
        case "decimal":
            return f"wire.Decimal({prefix}Form)"
        case "reference" if key_type(service, field.to) == "int64":
            return f"wire.Int64(1, {INT64[1]})"
        case _:
            return _plain_rule(field)


def _plain_rule(field: Field) -> str:
    if field.kind == "enum":
        return f"wire.Choice({', '.join(literal(value) for value in field.values)})"
    return _RULES.get(field.kind, "wire.UUID()")


_RULES = {
    "boolean": "wire.Bool()",
    "date": "wire.Date()",
    "datetime": "wire.Moment()",
    "json": "wire.Flat()",
}


def form(field: Field) -> str:
    """Give the regular expression of a field's values; empty for those without one of their own."""
    if field.kind == "decimal":
        return expression(decimal_pattern(field))
    if field.kind in {"text", "password"} and field.bounds.pattern:
        return expression(patterns.whole(field.bounds.pattern))
    return ""


def _lengths(field: Field) -> tuple[str, str]:
    bounds = field.bounds
    if field.kind == "password":
        return bounds.least or str(PASSWORD[0]), bounds.most or str(PASSWORD[1])
    return bounds.least or "0", bounds.most or str(LONGEST_TEXT)


def default(field: Field) -> str:
    """Give the value of a field that is not sent, as a row has it."""
    if field.default is None:
        return "nil"
    made = _default(field, field.default)
    if not field.nullable:
        return made
    return f"new({f'int32({made})' if field.kind == 'integer' and not is_big(field) else made})"


def _default(field: Field, written: str) -> str:
    match field.kind:
        case "integer":
            whole = str(int(Decimal(written)))
            return f"int64({whole})" if field.nullable and is_big(field) else whole
        case "float":
            return f"float64({written})" if field.nullable else written
        case "boolean":
            return written
        case "decimal":
            return f"decimal.RequireFromString({literal(written)})"
        case "date" if written == "now":
            return "wire.Today()"
        case "date":
            year, month, day = (int(part) for part in written.split("-"))
            return f"time.Date({year}, {month}, {day}, 0, 0, 0, 0, time.UTC)"
        case "datetime":
            return "wire.Now()"
        case _:
            return literal(written)
