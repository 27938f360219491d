"""JSON Schemas of a resource, as OpenAPI 3.1 has them, every bound told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.wire import (
    answered,
    created,
    is_required,
    patched,
    replaced,
    type_name,
)
from be_tui.core.scaffold.naming import with_article, words

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.model import Field, Resource, Service

Schema = dict[str, "Json"]
"""A JSON Schema being written."""

MOST_ITEMS = 100
"""Rows of a page, and rows that one is linked with."""

LONGEST_TEXT = 200
"""Characters of a text that says nothing else."""

INT32 = (-(2**31), 2**31 - 1)
INT64 = (-(2**63), 2**63 - 1)
LARGEST_FLOAT = 1e15
"""Up to here every language writes a number with its digits as it read them."""

PASSWORD = (12, 128)
_JSON_MEMBERS = 50
_JSON_TEXT = 1000

UUID = "01890a5d-ac96-774b-bcce-b302099a8057"
MOMENT = "2026-01-31T09:30:00Z"


def resource_schemas(service: Service, resource: Resource) -> dict[str, Schema]:
    """Give the schemas of a resource by their names."""
    name = type_name(resource)
    what = words(resource.name)
    one = with_article(what)
    own = answered(resource)
    about = f"{one.capitalize()} as it is kept."
    answer = _object(service, about, own, {each.name for each in own})
    answer["properties"] = {
        "id": key_schema(resource),
        **_properties(service, own),
        **_times(),
    }
    answer["required"] = ["id", *(each.name for each in own), "created_at", "updated_at"]
    new, whole, change = (made(service, resource) for made in (created, replaced, patched))
    about = f"What to change of {one}; what is left out stays as it is."
    patch = _object(service, about, change, set())
    patch["properties"] = {
        each.name: _without_default(member_schema(service, each)) for each in change
    }
    patch["minProperties"] = 1
    page: Schema = {
        "type": "object",
        "description": f"Some {words(resource.plural)}, and where the next ones begin.",
        "properties": {
            "items": {
                "type": "array",
                "maxItems": MOST_ITEMS,
                "items": {"anyOf": [_ref(name), sparse_schema(service, resource)]},
            },
            "next_cursor": {
                "type": ["string", "null"],
                "description": "What to send as `cursor` for the next page; null on the last.",
                "maxLength": 1024,
                "pattern": patterns.CURSOR,
            },
        },
        "required": ["items", "next_cursor"],
        "additionalProperties": False,
    }
    return {
        name: answer,
        f"{name}Create": _object(service, f"A new {what}.", new, _required(new)),
        f"{name}Replace": _object(
            service, f"All of {one} that can be set.", whole, _required(whole)
        ),
        f"{name}Patch": patch,
        f"{name}Page": page,
    }


def sparse_schema(service: Service, resource: Resource) -> Schema:
    """Give the schema of an answer of which only some members were asked for."""
    own = answered(resource)
    about = f"The chosen members of {with_article(words(resource.name))}."
    schema = _object(service, about, own, set())
    schema["properties"] = {
        "id": key_schema(resource),
        **_properties(service, own),
        **_times(),
    }
    schema["required"] = ["id"]
    return schema


def key_schema(resource: Resource) -> Schema:
    """Give the schema of a row's key."""
    if resource.key == "integer":
        return {
            "type": "integer",
            "format": "int64",
            "minimum": 1,
            "maximum": INT64[1],
            "description": "What the row is known by.",
            "examples": [42],
        }
    return {
        "type": "string",
        "format": "uuid",
        "maxLength": 36,
        "description": "What the row is known by.",
        "examples": [UUID],
    }


def member_schema(service: Service, member: Member) -> Schema:
    """Give the schema of one member."""
    if member.field is None:
        return {
            "type": "array",
            "description": member.link.description if member.link else "",
            "maxItems": MOST_ITEMS,
            "uniqueItems": True,
            "items": _key_of(service, member.link.to if member.link else ""),
        }
    return field_schema(service, member.field)


def _key_of(service: Service, name: str) -> Schema:
    """Give the schema of the keys that lead to a resource."""
    resource = service.resource(name)
    if resource and resource.key == "integer":
        return {"type": "integer", "format": "int64", "minimum": 1, "maximum": INT64[1]}
    return {"type": "string", "format": "uuid", "maxLength": 36}


def field_schema(service: Service, field: Field) -> Schema:
    """Give the schema of a field's values."""
    schema = _key_of(service, field.to) if field.kind == "reference" else _typed(field)
    if field.description:
        schema["description"] = field.description
    if field.example:
        schema["examples"] = [_value(field, field.example)]
    if field.default is not None and field.default != "now":
        schema["default"] = _value(field, field.default)
    if field.kind == "password":
        schema["writeOnly"] = True
    return _nullable(schema) if field.nullable else schema


def _typed(field: Field) -> Schema:
    match field.kind:
        case "text" | "password":
            return _text(field)
        case "email" | "url":
            pattern, longest = _ADDRESSES[field.kind]
            return {
                "type": "string",
                "maxLength": int(field.bounds.most or longest),
                "pattern": pattern,
            }
        case "integer" | "decimal" | "float":
            return _number(field)
        case "boolean":
            return {"type": "boolean"}
        case "enum":
            return {"type": "string", "enum": list(field.values)}
        case "json":
            return _flat()
        case _:
            form, longest = _FORMS.get(field.kind, ("uuid", 36))
            return {"type": "string", "format": form, "maxLength": longest}


_ADDRESSES = {"email": (patterns.EMAIL, 254), "url": (patterns.URL, 2000)}
_FORMS = {"date": ("date", 10), "datetime": ("date-time", 40)}


def _number(field: Field) -> Schema:
    least, most = field.bounds.least, field.bounds.most
    if field.kind == "integer":
        return integer_schema(int(Decimal(least or INT32[0])), int(Decimal(most or INT32[1])))
    if field.kind == "decimal":
        pattern = decimal_pattern(field)
        return {"type": "string", "maxLength": field.bounds.digits + 2, "pattern": pattern}
    low, high = float(least or -LARGEST_FLOAT), float(most or LARGEST_FLOAT)
    return {"type": "number", "format": "double", "minimum": low, "maximum": high}


def _text(field: Field) -> Schema:
    bounds = field.bounds
    if field.kind == "password":
        least, most = int(bounds.least or PASSWORD[0]), int(bounds.most or PASSWORD[1])
    else:
        least, most = int(bounds.least or 0), int(bounds.most or LONGEST_TEXT)
    schema: Schema = {"type": "string", "minLength": least, "maxLength": most}
    if not bounds.pattern:
        return {**schema, "pattern": patterns.NO_NUL}
    schema["pattern"] = patterns.whole(bounds.pattern)
    if patterns.may_match_nul(bounds.pattern):
        schema["allOf"] = [{"pattern": patterns.NO_NUL}]
    return schema


def integer_schema(least: int, most: int) -> Schema:
    """Give the schema of whole numbers, in 32 bits where they fit."""
    small = INT32[0] <= least and most <= INT32[1]
    return {
        "type": "integer",
        "format": "int32" if small else "int64",
        "minimum": least,
        "maximum": most,
    }


def decimal_pattern(field: Field) -> str:
    """Give the pattern of a decimal, which is a string so that no digit is lost on the way."""
    bounds = field.bounds
    highest = Decimal(f"{'9' * bounds.digits}e-{bounds.scale}")
    lowest = highest.copy_negate()
    least = max(Decimal(bounds.least), lowest) if bounds.least is not None else lowest
    most = min(Decimal(bounds.most), highest) if bounds.most is not None else highest
    return patterns.decimals(least, most, bounds.scale)


def _flat() -> Schema:
    """Give the schema of free members: flat, so that each database and language keeps it alike."""
    text: Schema = {"type": "string", "maxLength": _JSON_TEXT, "pattern": patterns.NO_NUL}
    number: Schema = {
        "type": "number",
        "format": "double",
        "minimum": -LARGEST_FLOAT,
        "maximum": LARGEST_FLOAT,
    }
    return {
        "type": "object",
        "maxProperties": _JSON_MEMBERS,
        "propertyNames": {"type": "string", "maxLength": 100, "pattern": patterns.NO_NUL},
        "additionalProperties": {"anyOf": [text, number, {"type": "boolean"}, {"type": "null"}]},
    }


def _value(field: Field, written: str) -> Json:
    match field.kind:
        case "integer":
            return int(Decimal(written))
        case "float":
            return float(written)
        case "boolean":
            return written == "true"
        case "decimal":
            return f"{Decimal(written):.{field.bounds.scale}f}"
        case _:
            return written


def _nullable(schema: Schema) -> Schema:
    changed = dict(schema)
    changed["type"] = [schema["type"], "null"]
    if isinstance(values := schema.get("enum"), list):
        changed["enum"] = [*values, None]
    return changed


def _object(
    service: Service, description: str, members: tuple[Member, ...], required: set[str]
) -> Schema:
    schema: Schema = {
        "type": "object",
        "description": description,
        "properties": _properties(service, members),
        "additionalProperties": False,
    }
    names: list[Json] = [each.name for each in members if each.name in required]
    if names:
        schema["required"] = names
    return schema


def _properties(service: Service, members: tuple[Member, ...]) -> Schema:
    return {each.name: member_schema(service, each) for each in members}


def _times() -> Schema:
    moment: Schema = {
        "type": "string",
        "format": "date-time",
        "maxLength": 40,
        "examples": [MOMENT],
    }
    return {
        "created_at": {**moment, "description": "When the row was made."},
        "updated_at": {**moment, "description": "When the row was changed last."},
    }


def _without_default(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "default"}


def _required(members: tuple[Member, ...]) -> set[str]:
    return {each.name for each in members if is_required(each)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
