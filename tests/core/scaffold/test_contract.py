"""The document of a service is OpenAPI, tells every bound, and hides what is private."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Service, parse_spec, sound_spec
from be_tui.core.scaffold.contract import openapi, openapi_text
from be_tui.core.scaffold.contract.patterns import EMAIL, decimals

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json

SPECS = ["users", "shop"]


def bundled(name: str) -> Service:
    return sound_spec(f"{knowledge_dir()}/specs/{name}.yaml")


def at(value: Json, *keys: str | int) -> Json:
    for key in keys:
        if isinstance(key, int):
            assert isinstance(value, list)
            value = value[key]
        else:
            assert isinstance(value, dict)
            value = value[key]
    return value


def described(fields: str, *, accounts: bool = False) -> dict[str, Json]:
    """Give the document of a service of one resource with these fields."""
    text = f"service: a\nresources:\n  thing:\n    fields:\n{fields}"
    read = parse_spec(text)
    assert read.sound, read.findings
    assert not accounts
    return openapi(read.service)


@pytest.mark.parametrize("name", SPECS)
def test_a_document_is_openapi(name: str) -> None:
    assert not list(OpenAPIV31SpecValidator(openapi(bundled(name))).iter_errors())


@pytest.mark.parametrize("name", SPECS)
def test_the_same_service_has_the_same_document(name: str) -> None:
    assert openapi_text(bundled(name)) == openapi_text(bundled(name))
    assert json.loads(openapi_text(bundled(name))) == openapi(bundled(name))


@pytest.mark.parametrize("name", SPECS)
def test_examples_are_as_their_schema_says(name: str) -> None:
    schemas = at(openapi(bundled(name)), "components", "schemas")
    assert isinstance(schemas, dict)
    for schema in schemas.values():
        assert isinstance(schema, dict)
        properties = schema.get("properties", {})
        assert isinstance(properties, dict)
        for each in properties.values():
            assert isinstance(each, dict)
            examples = each.get("examples", [])
            assert isinstance(examples, list)
            for example in [*examples, *([each["default"]] if "default" in each else [])]:
                Draft202012Validator(each).validate(example)


def test_what_is_private_is_in_no_answer() -> None:
    document = openapi(bundled("shop"))
    assert "reference" not in json.dumps(at(document, "components", "schemas", "Payment"))
    assert "reference" in json.dumps(at(document, "components", "schemas", "PaymentCreate"))
    assert "password" not in json.dumps(at(document, "components", "schemas", "User"))


def test_whose_row_it_is_follows_from_who_signed_in() -> None:
    document = openapi(bundled("shop"))
    assert "customer_id" in json.dumps(at(document, "components", "schemas", "Order"))
    assert "customer_id" not in json.dumps(at(document, "components", "schemas", "OrderCreate"))


def test_what_nobody_may_do_cannot_be_asked() -> None:
    paths = openapi(bundled("shop"))["paths"]
    assert isinstance(paths, dict)
    row = paths["/api/v1/payments/{id}"]
    assert isinstance(row, dict)
    assert set(row) == {"parameters", "get"}
    assert "PaymentPatch" not in openapi_text(bundled("shop"))


def test_a_fixed_field_is_sent_once() -> None:
    schemas = at(openapi(bundled("shop")), "components", "schemas")
    assert "order_id" in json.dumps(at(schemas, "OrderLineCreate"))
    assert "order_id" not in json.dumps(at(schemas, "OrderLinePatch"))


def test_a_null_is_sent_only_where_a_field_may_be_null() -> None:
    schema = at(openapi(bundled("shop")), "components", "schemas", "OrderPatch")
    assert isinstance(schema, dict)
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"note": None})
    assert not validator.is_valid({"status": None})
    assert not validator.is_valid({})


def test_a_service_without_accounts_has_no_sessions() -> None:
    document = described("      name: {type: text}\n")
    assert "securitySchemes" not in json.dumps(document)
    assert "/api/v1/sessions" not in json.dumps(document)


KINDS = [
    ("{type: integer, min: 1, max: 5}", [1, 5], [0, 6, "1", 1.5]),
    ("{type: integer, max: 3000000000}", [3000000000], [3000000001]),
    ("{type: float, min: 0}", [0, 1.5], [-1, "1"]),
    ("{type: decimal, digits: 5, scale: 2, min: 0}", ["0.00", "999.99"], ["-0.01", "1.5", 1]),
    ("{type: boolean}", [True], ["true", 1]),
    ("{type: url}", ["https://example.com/a?b=c"], ["ftp://example.com", "example.com"]),
    ("{type: enum, values: [a, b], nullable: true}", ["a", None], ["c"]),
    ("{type: json}", [{"a": 1, "b": None}], [{"a": {}}, [], {"a": "\0"}]),
    ("{type: text, pattern: 'a.c'}", ["abc"], ["ab", "a\0c"]),
    ("{type: text, pattern: '[a-z]+'}", ["abc"], ["abc1"]),
    ("{type: text}", ["", "a" * 200], ["a" * 201, "\0"]),
]


@pytest.mark.parametrize(("field", "valid", "invalid"), KINDS)
def test_values_of_each_kind_are_told(field: str, valid: list[Json], invalid: list[Json]) -> None:
    document = described(f"      it: {field}\n")
    schema = at(document, "components", "schemas", "ThingCreate", "properties", "it")
    assert isinstance(schema, dict)
    validator = Draft202012Validator(schema)
    assert [value for value in valid if not validator.is_valid(value)] == []
    assert [value for value in invalid if validator.is_valid(value)] == []


def test_a_key_may_be_a_number() -> None:
    service = parse_spec(
        "service: a\nresources: {thing: {key: integer, fields: {name: {type: text}}}}"
    ).service
    schema = at(openapi(service), "components", "schemas", "Thing", "properties", "id")
    assert at(schema, "type") == "integer"


def test_a_list_is_narrowed_by_ranges_of_what_has_an_order() -> None:
    parameters = at(openapi(bundled("shop")), "paths", "/api/v1/products", "get", "parameters")
    assert isinstance(parameters, list)
    names = [at(each, "name") for each in parameters]
    assert {"price", "price_min", "price_max", "on_sale"} <= set(map(str, names))
    assert "on_sale_min" not in names


@pytest.mark.parametrize("address", ["ada@example.com", "a.b+c@mail.example.co.uk", "a_b@x-y.io"])
def test_an_address_is_an_address(address: str) -> None:
    assert re.fullmatch(EMAIL, address)


@pytest.mark.parametrize("address", ["", "a", "a@b", "@b.de", "a b@c.de", "a@-b.de", "a\n@b.de"])
def test_what_is_no_address_is_none(address: str) -> None:
    assert not re.fullmatch(EMAIL, address)


@given(
    st.integers(-(10**9), 10**9),
    st.integers(-(10**9), 10**9),
    st.integers(0, 6),
    st.integers(-(10**9), 10**9),
)
def test_the_pattern_of_decimals_is_their_range(one: int, other: int, scale: int, n: int) -> None:
    least, most = sorted((one, other))
    pattern = decimals(Decimal(least).scaleb(-scale), Decimal(most).scaleb(-scale), scale)
    for number in (n, least, most, least - 1, most + 1, 0):
        text = f"{Decimal(number).scaleb(-scale):.{scale}f}"
        assert bool(re.fullmatch(pattern, text)) == (least <= number <= most)


def test_a_decimal_is_written_in_one_way() -> None:
    pattern = decimals(Decimal(0), Decimal("99.99"), 2)
    assert not any(re.fullmatch(pattern, text) for text in ("1", "1.5", "01.50", "-0.00", "1.500"))


def test_a_page_may_have_rows_of_which_only_some_members_were_asked_for() -> None:
    schemas = at(openapi(bundled("users")), "components", "schemas")
    items = at(schemas, "UserPage", "properties", "items", "items", "anyOf")
    assert at(items, 0) == {"$ref": "#/components/schemas/User"}
    assert at(items, 1, "required") == ["id"]


def test_what_leads_to_a_numbered_row_is_a_number() -> None:
    text = """\
service: a
resources:
  tag:
    key: integer
    fields: {name: {type: text}}
  thing:
    fields:
      first: {type: reference, to: tag, filter: true}
    links:
      tags: {to: tag}
"""
    document = openapi(parse_spec(text).service)
    members = at(document, "components", "schemas", "Thing", "properties")
    assert at(members, "first_id", "type") == "integer"
    assert at(members, "tag_ids", "items", "type") == "integer"
    asked = at(document, "paths", "/api/v1/things", "get", "parameters")
    assert isinstance(asked, list)
    (found,) = [each for each in asked if at(each, "name") == "first_id"]
    assert at(found, "schema", "minimum") == 1
