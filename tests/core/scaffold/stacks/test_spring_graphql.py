"""Services in Spring Boot with GraphQL: the schema of all stacks, and what gives its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.spring import view_of
from tests.core.scaffold.stacks.every_right import every_right
from tests.core.scaffold.stacks.test_spring import HOSTILE, JAVA, TEAMS, corpus, service, shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.scaffold import Service

GRAPHQL = frozenset({"graphql"})


def files(of: Service, options: frozenset[str] = GRAPHQL) -> dict[str, str]:
    return {each.path: each.text for each in render(of, read_stack("spring"), options)}


@pytest.mark.parametrize("name", ["users", "shop"])
def test_nothing_of_graphql_is_there_without_the_option(name: str) -> None:
    for path, text in files(shipped(name), frozenset()).items():
        assert "graphql" not in path.lower()
        assert not re.search("graphql|dataloader", text, re.IGNORECASE), path


@pytest.mark.parametrize("name", ["users", "shop"])
def test_the_schema_is_the_one_of_all_stacks(name: str) -> None:
    made = files(shipped(name))
    assert made["src/main/resources/graphql/schema.graphqls"] == schema_text(shipped(name))


def asked(schema: str) -> set[tuple[str, str]]:
    """Give the fields of the query and of the mutation."""
    found = set()
    for root in ("Query", "Mutation"):
        block = re.search(rf"^type {root} \{{\n(.*?)^\}}", schema, re.MULTILINE | re.DOTALL)
        lines = block[1] if block else ""
        found |= {(root, name) for name in re.findall(r"^  (\w+)[(:]", lines, re.MULTILINE)}
    return found


def wired(made: dict[str, str]) -> set[tuple[str, str]]:
    """Give those that something is found for."""
    code = " ".join(text for path, text in made.items() if path.startswith(JAVA))
    found = re.findall(r'type\("(\w+)", type -> type\s*\.dataFetcher\(\s*"(\w+)"', code)
    return {(kind, name) for kind, name in found if kind in {"Query", "Mutation"}}


@pytest.mark.parametrize(
    "of",
    [
        pytest.param(lambda: shipped("users"), id="users"),
        pytest.param(lambda: shipped("shop"), id="shop"),
        pytest.param(lambda: corpus("tenant"), id="tenant"),
        pytest.param(lambda: service(every_right(accounts=True)), id="rights"),
        pytest.param(lambda: service(every_right(accounts=False)), id="open"),
        pytest.param(lambda: service(HOSTILE), id="hostile"),
        pytest.param(lambda: service(TEAMS), id="teams"),
        pytest.param(lambda: corpus("everything"), id="everything"),
    ],
)
def test_each_field_at_the_top_of_the_schema_is_found_and_no_other(
    of: Callable[[], Service],
) -> None:
    made = files(of())
    fields = asked(made["src/main/resources/graphql/schema.graphqls"])
    assert fields
    assert wired(made) == fields


def test_a_service_of_which_nothing_can_be_read_tells_what_it_is_called() -> None:
    text = """\
service: near
title: Near by
resources:
  thing:
    fields: {name: {type: text}}
    allow: {read: nobody, list: nobody, create: anyone, update: nobody, delete: nobody}
"""
    made = files(service(text))
    configuration = made[f"{JAVA}/near/platform/graphql/GraphqlConfiguration.java"]
    assert '"Near by"' in configuration
    assert ("Query", "service") in wired(made)
    assert (
        "service"
        not in files(shipped("users"))[
            f"{JAVA}/usersapi/platform/graphql/GraphqlConfiguration.java"
        ]
        .partition("parts.forEach")[0]
        .partition("wiring::scalar")[2]
    )


def test_who_sends_no_token_is_told_so_before_anything_they_sent_is_read() -> None:
    made = files(shipped("shop"))
    orders = made[f"{JAVA}/shopapi/orders/OrderGraphql.java"]
    assert "service.create(call.signedIn(), values.input(OrderCreate.class" in orders
    assert "call.caller(), " not in orders.partition("public void load")[0]
    products = made[f"{JAVA}/shopapi/products/ProductGraphql.java"]
    assert "service.get(call.caller(), GraphqlValues.uuid(" in products
    assert "service.create(call.signedIn(), " in products


def test_rows_that_others_lead_to_are_found_at_once_among_those_that_may_be_read() -> None:
    made = files(shipped("shop"))
    lines = made[f"{JAVA}/shopapi/orderlines/OrderLineGraphql.java"]
    assert '"order", GraphqlCall.one("Order", "order_id")' in lines
    products = made[f"{JAVA}/shopapi/products/ProductGraphql.java"]
    assert '"categories", GraphqlCall.many("Category", "category_ids")' in products
    service_of_users = made[f"{JAVA}/shopapi/users/UserService.java"]
    assert "access.readable(caller).and(" in service_of_users
    access = made[f"{JAVA}/shopapi/users/UserAccess.java"].partition("readable(")[2]
    assert 'caller.hasRole("admin")' in access.partition("boolean mayRead")[0]
    assert "owned(row, query, builder, caller.account())" in access.partition("boolean mayRead")[0]
    assert "readable(" not in made[f"{JAVA}/shopapi/payments/PaymentAccess.java"]


def test_rows_of_another_tenant_lead_nowhere() -> None:
    access = files(corpus("tenant"))[f"{JAVA}/crm/contacts/ContactAccess.java"]
    readable = access.partition("readable(")[2].partition("boolean mayRead")[0]
    assert "return ofTenant(caller.tenant());" in readable


def test_keys_that_are_numbers_are_read_as_such() -> None:
    made = files(service(TEAMS))
    assert "GraphqlValues.number(given.get" in made[f"{JAVA}/near/firms/FirmGraphql.java"]
    assert "GraphqlValues.uuid(given.get" in made[f"{JAVA}/near/teams/TeamGraphql.java"]


def test_values_that_graphql_cannot_name_are_called_as_the_schema_calls_them() -> None:
    text = files(service(HOSTILE))[f"{JAVA}/hostile/classes/StringRowGraphql.java"]
    assert 'case "x_y" -> "x-y";' in text
    assert 'case "x_y2" -> "x_y";' in text
    graph = view_of(service(HOSTILE), GRAPHQL).graphs["string"]
    assert dict(graph.renamed)["override"] == (("x_y", "x-y"), ("x_y2", "x_y"))
    assert set(dict(graph.renamed)) == {"override"}


@pytest.mark.parametrize("options", [GRAPHQL, GRAPHQL | {"cache", "jobs"}])
def test_each_resource_that_can_be_made_is_tested(options: frozenset[str]) -> None:
    made = files(shipped("shop"), options)
    for resource in view_of(shipped("shop"), options).resources:
        where = f"src/test/java/com/example/shopapi/{resource.package}"
        text = made[f"{where}/{resource.type_name}GraphqlTest.java"]
        assert text.count("@Test") + text.count("@ParameterizedTest") >= 6
        assert ("outbox_events" in text) == ("jobs" in options)


def test_what_graphql_is_bounded_by_is_told_where_it_is_looked_for() -> None:
    made = files(shipped("users"))
    for name in ("GRAPHQL_DEPTH", "GRAPHQL_COST", "GRAPHQL_INTROSPECTION"):
        assert f"{name}=" in made[".env.example"]
        assert f"${{{name}:" in made["src/main/resources/application.yml"]
        assert name in made["README.md"]
    assert "<artifactId>graphql-java</artifactId>" in made["pom.xml"]
    security = made[f"{JAVA}/usersapi/platform/security/SecurityConfiguration.java"]
    assert 'requestMatchers(HttpMethod.POST, "/graphql")' in security
