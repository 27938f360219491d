"""The schema in GraphQL is sound, tells what the contract tells, and nothing that is private."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, build_schema
from graphql.type import validate_schema

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import parse_spec, sound_spec
from be_tui.core.scaffold.contract.wire import answered, created, is_required, type_name
from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.graphql.names import enum_names

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from be_tui.core.scaffold import Service

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
SPECS = [*(Path(knowledge_dir(), "specs", f"{name}.yaml") for name in ("users", "shop")), *CORPUS]
SHOP = sound_spec(str(SPECS[1]))

HOSTILE = r"""
service: hostile
title: "\"\"\"} type Evil { a: Int } #"
description: "\"\"\"\nscalar Evil \\\" \\u0041"
resources:
  query:
    fields:
      type: {type: enum, values: [true, "false", "null", a-b, a_b, on], default: "on"}
      more: {type: text, pattern: '["\\{}]+', description: "ends\"\"\"\\"}
      a_1: {type: integer, min: 1, max: 5000000000}
      a1: {type: decimal, digits: 4, scale: 1, filter: true}
    allow: {read: anyone, write: anyone}
  user:
    fields:
      edge: {type: reference, to: user_edge, nullable: true}
      edge_id: {type: reference, to: query, nullable: true}
      connection: {type: date, nullable: true}
    links: {input: {to: query}}
    allow: {read: anyone, write: anyone}
  user_edge:
    fields: {filter: {type: json, nullable: true}}
    allow: {read: anyone, write: anyone}
  date:
    plural: user_connection
    fields: {long: {type: float}}
    allow: {read: anyone, write: anyone}
"""

_ENDS = "ends" + '"' * 3 + chr(92)


def service(text: str) -> Service:
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


def sound(found: Service) -> GraphQLSchema:
    """Give a schema whose form and types are right."""
    schema = build_schema(schema_text(found))
    assert not validate_schema(schema)
    return schema


def fields(schema: GraphQLSchema, name: str) -> dict[str, str]:
    """Give the fields of a type, each with what it holds."""
    found = schema.type_map[name]
    assert isinstance(found, (GraphQLObjectType, GraphQLInputObjectType))
    return {field: str(each.type) for field, each in found.fields.items()}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_a_schema_has_the_members_of_the_contract(spec: Path) -> None:
    found = sound_spec(str(spec))
    schema = sound(found)
    for resource in found.resources:
        name = type_name(resource)
        given = fields(schema, name)
        for member in answered(resource):
            nullable = member.field is not None and member.field.nullable
            assert given[member.name].endswith("!") is not nullable
        private = [each.name for each in resource.fields if each.private]
        assert not {*private, *(f"{each}_id" for each in private)} & set(given)
        needed = {each.name for each in created(found, resource) if is_required(each)}
        new = fields(schema, f"{name}Create")
        assert {each for each, of in new.items() if of.endswith("!")} == needed


def test_nobody_is_offered_what_nobody_may() -> None:
    schema = sound(SHOP)
    assert schema.mutation_type
    assert schema.query_type
    changes = set(schema.mutation_type.fields)
    assert {"createPayment", "updateOrder", "deleteOrder"} <= changes
    assert not {"updatePayment", "deletePayment"} & changes
    assert "Who may: who is admin." in str(schema.query_type.fields["users"].description)


def test_a_list_is_a_connection_with_named_orders_and_filters() -> None:
    schema = sound(SHOP)
    assert schema.query_type
    asked = schema.query_type.fields["products"].args
    assert {name: str(each.type) for name, each in asked.items()} == {
        "first": "Int",
        "after": "String",
        "orderBy": "ProductOrderBy",
        "filter": "ProductFilter",
    }
    assert "orderBy: ProductOrderBy = created_at_DESC" in schema_text(SHOP)
    orders = schema.type_map["ProductOrderBy"]
    assert isinstance(orders, GraphQLEnumType)
    assert list(orders.values)[2:] == ["name_ASC", "name_DESC", "price_ASC", "price_DESC"]
    assert fields(schema, "ProductFilter")["price_min"] == "Decimal"
    assert fields(schema, "ProductConnection")["edges"] == "[ProductEdge!]!"


def test_a_change_names_the_version_that_is_known() -> None:
    schema = sound(SHOP)
    assert schema.mutation_type
    for name in ("updateProduct", "deleteProduct"):
        assert str(schema.mutation_type.fields[name].args["version"].type) == "Long!"
    assert fields(schema, "Product")["version"] == "Long!"
    assert "customer_id" not in fields(schema, "OrderPatch"), "it is fixed"


def test_rows_lead_to_others() -> None:
    schema = sound(SHOP)
    assert fields(schema, "Product")["categories"] == "[Category!]!"
    line = fields(schema, "OrderLine")
    assert (line["order_id"], line["order"]) == ("ID!", "Order")


def test_rows_that_nobody_may_see_are_led_to_by_their_keys_only() -> None:
    text = """\
service: letters
resources:
  box:
    fields: {name: {type: text}}
    allow: {create: anyone, read: nobody}
  letter:
    fields: {box: {type: reference, to: box}}
    links: {copies: {to: box}}
    allow: {create: anyone, read: anyone}
"""
    letter = fields(sound(service(text)), "Letter")
    assert list(letter)[:3] == ["id", "box_id", "copy_ids"]
    assert not {"box", "copies"} & set(letter)


def test_names_and_texts_of_a_spec_are_names_and_texts_only() -> None:
    schema = sound(service(HOSTILE))
    assert "Evil" not in schema.type_map
    assert {"Query", "Query2", "User", "UserEdge", "UserEdge2", "Date", "Date2"} <= set(
        schema.type_map
    )
    user = fields(schema, "User")
    assert (user["edge"], user["edge_id"], user["input"]) == ("UserEdge", "ID", "[Query2!]!")
    query = fields(schema, "Query2")
    assert (query["a_1"], query["a1"]) == ("Long!", "Decimal!")
    more = schema.type_map["Query2"]
    assert isinstance(more, GraphQLObjectType)
    assert str(more.fields["more"].description).startswith(_ENDS)


def test_values_have_names_of_their_own() -> None:
    values = ("true", "a-b", "a_b", "A", "x-")
    assert enum_names(values) == ("true_", "a_b", "a_b2", "A", "x_")


def test_what_nobody_may_see_leaves_something_to_ask() -> None:
    text = """\
service: letters
resources:
  letter:
    fields: {text: {type: text}}
    allow: {create: anyone, read: nobody, update: nobody, delete: nobody}
"""
    schema = sound(service(text))
    assert schema.query_type
    assert list(schema.query_type.fields) == ["service"]
    assert "PageInfo" not in schema.type_map
    still = text.replace("create: anyone, read: nobody", "create: nobody, read: anyone")
    assert sound(service(still)).mutation_type is None


def test_types_of_values_say_what_specifies_them() -> None:
    text = schema_text(SHOP)
    assert 'scalar Decimal @specifiedBy(url: "https://' in text
    assert "scalar UUID" not in text, "nothing is one"
    assert schema_text(SHOP) == text
