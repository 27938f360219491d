"""Values as Zod reads them and as Drizzle keeps them."""

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
from be_tui.core.scaffold.stacks.express.wording import quoted, regex

if TYPE_CHECKING:
    from be_tui.core.scaffold.model import Field, Service

BIG_KEY = "v.bigInteger(1n, 9223372036854775807n)"
KEY = "v.identifier"


def has_big_key(service: Service, name: str) -> bool:
    """Tell whether the rows of a resource are numbered by the database."""
    resource = service.resource(name)
    return resource is not None and resource.key == "integer"


def key_type(service: Service, name: str) -> str:
    """Give the type of a resource's keys."""
    return "bigint" if has_big_key(service, name) else "string"


def key_schema(service: Service, name: str) -> str:
    """Give what reads the key of a resource from a body."""
    return BIG_KEY if has_big_key(service, name) else KEY


def is_big(service: Service, field: Field) -> bool:
    """Tell whether a field's values are beyond what a double holds."""
    if field.kind == "reference":
        return has_big_key(service, field.to)
    if field.kind != "integer":
        return False
    least, most = whole_bounds(field)
    return not (INT32[0] <= least and most <= INT32[1])


def whole_bounds(field: Field) -> tuple[int, int]:
    """Give the ends of a whole number."""
    bounds = field.bounds
    return int(Decimal(bounds.least or INT32[0])), int(Decimal(bounds.most or INT32[1]))


def float_bounds(field: Field) -> tuple[str, str]:
    """Give the ends of a number with a fraction."""
    bounds = field.bounds
    usual = f"{LARGEST_FLOAT:.0f}"
    return bounds.least or f"-{usual}", bounds.most or usual


def text_bounds(field: Field) -> tuple[int, int]:
    """Give how many characters a text has."""
    usual = PASSWORD if field.kind == "password" else (0, LONGEST_TEXT)
    most = {"email": 254, "url": 2000}.get(field.kind, usual[1])
    return int(field.bounds.least or usual[0]), int(field.bounds.most or most)


def body_schema(service: Service, field: Field) -> str:
    """Give what reads a field's values from a body, but for null."""
    match field.kind:
        case "text" | "password":
            return _text(field)
        case "email" | "url":
            return f"v.{field.kind}({text_bounds(field)[1]})"
        case "integer" | "float" | "decimal":
            return _number(service, field)
        case "enum":
            return f"z.enum([{', '.join(quoted(value) for value in field.values)}])"
        case "reference":
            return key_schema(service, field.to)
        case _:
            return _SCHEMAS[field.kind]


_SCHEMAS = {
    "boolean": "z.boolean()",
    "date": "v.day",
    "datetime": "v.moment",
    "uuid": "v.identifier",
    "json": "v.flat",
}


def _number(service: Service, field: Field) -> str:
    if field.kind == "decimal":
        return f"v.decimal({regex(decimal_pattern(field))})"
    if field.kind == "float":
        return "v.float({}, {})".format(*float_bounds(field))
    if is_big(service, field):
        return "v.bigInteger({}n, {}n)".format(*whole_bounds(field))
    return "v.integer({}, {})".format(*whole_bounds(field))


def _text(field: Field) -> str:
    least, most = text_bounds(field)
    if not field.bounds.pattern:
        return f"v.text({least}, {most})"
    return f"v.text({least}, {most}, {regex(patterns.whole(field.bounds.pattern))})"


def query_schema(service: Service, field: Field) -> str:
    """Give what reads a field's values from a query, where all is text."""
    made = body_schema(service, field)
    if field.kind in {"integer", "float", "reference"}:
        return made.replace("v.", "v.asked.", 1) if made != KEY else made
    return "v.asked.boolean" if field.kind == "boolean" else made


def cursor_schema(service: Service, field: Field) -> str:
    """Give what reads a value that a list is ordered by from a cursor."""
    if is_big(service, field):
        return "v.written.whole"
    match field.kind:
        case "integer" | "float":
            return "v.written.number"
        case "decimal":
            return "v.written.decimal"
        case "date" | "datetime" | "boolean" | "uuid" | "reference":
            return body_schema(service, field)
        case _:
            return "v.written.text"


def column(service: Service, field: Field, name: str) -> str:
    """Give the column of a field, but for what every column may say."""
    at = quoted(name)
    match field.kind:
        case "decimal":
            bounds = field.bounds
            return f"numeric({at}, {{ precision: {bounds.digits}, scale: {bounds.scale} }})"
        case "integer" | "reference" if is_big(service, field):
            return big_column(name)
        case "json":
            return f"jsonb({at}).$type<Flat>()"
        case _:
            return f"{_COLUMNS.get(field.kind, 'text')}({at})"


_COLUMNS = {
    "integer": "integer",
    "float": "doublePrecision",
    "boolean": "boolean",
    "date": "date",
    "datetime": "instant",
    "uuid": "uuid",
    "reference": "uuid",
}


def big_column(name: str) -> str:
    """Give a column of whole numbers of 64 bits."""
    return f"bigint({quoted(name)}, {{ mode: 'bigint' }})"


def default_literal(service: Service, field: Field) -> str:
    """Give what stands for a field that was not sent."""
    written = field.default
    if written is None:
        return "null"
    match field.kind:
        case "boolean":
            return written
        case "integer":
            number = str(int(Decimal(written)))
            return f"{number}n" if is_big(service, field) else number
        case "float":
            return written
        case "decimal":
            return quoted(f"{Decimal(written):.{field.bounds.scale}f}")
        case "date" | "datetime" if written == "now":
            return "v.today()" if field.kind == "date" else "v.now()"
        case _:
            return quoted(written)
