"""The JSON Schema of a resource spec: what an editor completes and underlines by.

It tells the form alone; what hangs together (names that are there, roles that exist) only
`read_spec` knows. The keys are those that the reader asks for, which a test holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.scaffold.checking import LATEST
from be_tui.core.scaffold.model import ACTIONS, FIELD_KINDS
from be_tui.core.scaffold.naming import LONGEST

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json

_NAME = f"^[a-z](?:[a-z0-9]|_(?=[a-z0-9])){{0,{LONGEST - 1}}}$"
_WHO = "^(?:anyone|signed-in|owner|nobody|role:.+)$"

_Schema = dict[str, "Json"]


def spec_schema() -> _Schema:
    """Give the schema, in the draft that editors know best (2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Resource spec of be-tui",
        **_whole(
            "What a service keeps, and who may do what with it.",
            {
                "service": _text("The service's name: `shop-api`."),
                "title": _text("What people call it."),
                "description": _text("What it is for."),
                "version": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": LATEST,
                    "description": "Of the interface, in every path: `/api/v1`.",
                },
                "contact": _text("Who answers for it."),
                "licence": _text("Under which licence it may be used."),
                "accounts": _accounts(),
                "resources": _named(
                    "The resources, each under its name in the singular.", "resource"
                ),
            },
            ("service", "resources"),
        ),
        "$defs": {"resource": _resource(), "field": _field(), "link": _link(), "who": _who()},
    }


def _accounts() -> _Schema:
    return _whole(
        "Who signs in.",
        {
            "resource": _text("The resource whose rows are accounts."),
            "login": _text("The field that they are known by; `email` without."),
            "password": _text("The field of type `password`; `password` without."),
            "role": _text("The enumeration of roles, if there are any."),
        },
        ("resource",),
    )


def _resource() -> _Schema:
    actions: _Schema = {
        name: {"$ref": "#/$defs/who"} for name in dict.fromkeys((*ACTIONS, "read", "write"))
    }
    names: Json = {"type": "array", "items": {"type": "string"}, "minItems": 2}
    return _whole(
        "One kind of thing that the service keeps.",
        {
            "plural": _text("The usual English plural without."),
            "description": _text("What one of them is."),
            "key": _one_of(("uuid", "integer"), "How rows are numbered."),
            "owner": _text("The reference to the account whose row it is."),
            "tenant": _text("The reference that keeps one customer's rows from another's."),
            "soft_delete": _flag("Whether a deleted row stays, marked."),
            "order": _one_of(("newest", "oldest"), "Which row a list begins with."),
            "unique": {
                "type": "array",
                "items": names,
                "description": "Fields of which no two rows have the same values together.",
            },
            "fields": _named("What is kept of each.", "field"),
            "links": _named("What rows of other resources each belongs with.", "link"),
            "allow": _whole("Who may do what; what is not named is nobody's.", actions),
        },
        ("fields",),
    )


def _field() -> _Schema:
    number: Json = {"type": ["number", "string"], "description": "Of text its length."}
    return _whole(
        "One field.",
        {
            "type": _one_of(FIELD_KINDS, "What its values are."),
            "description": _text("What it means."),
            "required": _flag("Whether it must be given to create a row."),
            "nullable": _flag("Whether it may be null."),
            "default": {"type": ["string", "number", "boolean"], "description": "Or `now`."},
            "min": number,
            "max": number,
            "pattern": _text("A regular expression that the whole value matches."),
            "digits": {"type": "integer", "minimum": 1, "maximum": 38},
            "scale": {"type": "integer", "minimum": 0, "maximum": 38},
            "values": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "to": _text("The resource that a reference leads to."),
            "on_delete": _one_of(
                ("restrict", "cascade", "set-null"), "What becomes of it when that row goes."
            ),
            "unique": _flag("Whether no two rows have the same value."),
            "filter": _flag("Whether a list can be narrowed by it."),
            "sort": _flag("Whether a list can be ordered by it."),
            "private": _flag("Whether it is left out of every answer."),
            "read_only": _flag("Whether the service alone sets it."),
            "fixed": _flag("Whether it stays as it was when the row was made."),
            "writers": {"type": "array", "items": {"type": "string"}},
            "example": {"type": ["string", "number", "boolean"]},
        },
        ("type",),
    )


def _link() -> _Schema:
    return _whole(
        "Rows of another resource that each belongs with, many to many.",
        {"to": _text("The other resource."), "description": _text("What it means.")},
        ("to",),
    )


def _who() -> _Schema:
    one: Json = {"type": "string", "pattern": _WHO}
    several: Json = {"type": "array", "items": one, "minItems": 1}
    return {"description": "It is enough to be one of them.", "anyOf": [one, several]}


def _whole(description: str, properties: _Schema, required: tuple[str, ...] = ()) -> _Schema:
    schema: _Schema = {
        "type": "object",
        "description": description,
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        schema["required"] = list(required)
    return schema


def _named(description: str, kind: str) -> Json:
    return {
        "type": "object",
        "description": description,
        "propertyNames": {"pattern": _NAME},
        "additionalProperties": {"$ref": f"#/$defs/{kind}"},
        "minProperties": 0 if kind == "link" else 1,
    }


def _text(description: str) -> Json:
    return {"type": "string", "description": description}


def _flag(description: str) -> Json:
    return {"type": "boolean", "description": description}


def _one_of(allowed: tuple[str, ...], description: str) -> Json:
    return {"enum": list(allowed), "description": description}
