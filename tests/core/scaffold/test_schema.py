"""The published schema knows what the reader knows, and no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from jsonschema import Draft202012Validator

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import parse_spec
from be_tui.core.scaffold.schema import spec_schema

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("name", ["users", "shop"])
def test_a_bundled_spec_is_valid(name: str) -> None:
    text = Path(knowledge_dir(), "specs", f"{name}.yaml").read_text(encoding="utf-8")
    Draft202012Validator(spec_schema()).validate(yaml.safe_load(text))


def keys(schema: Json, *path: str) -> set[str]:
    """Give the properties of a part of a schema."""
    for name in (*path, "properties"):
        assert isinstance(schema, dict)
        schema = schema[name]
    assert isinstance(schema, dict)
    return set(schema)


def asked(text: str) -> set[str]:
    """Give the keys that the reader would have known in the place of a wrong one."""
    (told,) = [each.message for each in parse_spec(text).findings if "unknown key" in each.message]
    return set(told.partition("expected one of ")[2].split(", "))


def test_the_reader_knows_the_same_keys() -> None:
    schema = spec_schema()
    at = {
        "": "service: a\nzzzzzz: 1\nresources: {t: {fields: {n: {type: text}}}}",
        "accounts": "service: a\naccounts: {resource: t, zzzzzz: 1}\n"
        "resources: {t: {fields: {n: {type: text}}}}",
        "resource": "service: a\nresources: {t: {zzzzzz: 1, fields: {n: {type: text}}}}",
        "allow": "service: a\nresources: {t: {fields: {n: {type: text}}, allow: {zzzzzz: x}}}",
        "link": "service: a\nresources: {t: {fields: {n: {type: text}},"
        " links: {ts: {to: t, zzzzzz: 1}}}}",
    }
    known = {
        "": keys(schema),
        "accounts": keys(schema, "properties", "accounts"),
        "resource": keys(schema, "$defs", "resource"),
        "allow": keys(schema, "$defs", "resource", "properties", "allow"),
        "link": keys(schema, "$defs", "link"),
    }
    for place, text in at.items():
        assert asked(text) == known[place], place


FIELDS = [
    "type: text, pattern: a, min: 1, max: 2",
    "type: decimal, digits: 3, scale: 1",
    "type: enum, values: [a]",
    "type: reference, to: t, on_delete: restrict",
]


def test_the_reader_knows_the_same_keys_of_fields() -> None:
    wrong = "service: a\nresources: {{t: {{fields: {{n: {{{}, zzzzzz: 1}}}}}}}}"
    every = {key for field in FIELDS for key in asked(wrong.format(field))}
    assert every == keys(spec_schema(), "$defs", "field")


def test_what_is_published_is_fresh() -> None:
    text = (DOCS / "spec.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == spec_schema(), "run `make docs`"
