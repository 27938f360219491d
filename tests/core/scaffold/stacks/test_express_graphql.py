"""Express with GraphQL: what the schema names is answered by what the routes call."""

from __future__ import annotations

from pathlib import Path

import pytest

from be_tui.core.scaffold import parse_spec, sound_spec
from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.express import view_of
from tests.core.scaffold.stacks.test_express import HARD, OPEN, rendered

SHOP = Path(__file__).parents[4] / "knowledge" / "specs" / "shop.yaml"

CLOSED = """
service: closed
title: "It's closed"
resources:
  thing:
    fields:
      name: {type: text}
    allow: {read: nobody, write: nobody, delete: anyone}
"""

NAMED = """
service: named
title: Named
resources:
  query:
    plural: queries
    key: integer
    fields:
      kind: {type: enum, values: [on-sale, "true", b], filter: true}
      big: {type: integer, min: 0, max: 5000000000}
      plain: {type: text, nullable: true}
      of: {type: reference, to: query, nullable: true, on_delete: set-null}
      within: {type: reference, to: query}
    links:
      others: {to: query}
    allow: {read: anyone, write: anyone}
"""


@pytest.fixture(scope="module")
def shop() -> dict[str, str]:
    return rendered(SHOP.read_text(encoding="utf-8"), "graphql")


def test_the_schema_is_the_one_of_every_stack(shop: dict[str, str]) -> None:
    assert shop["schema.graphql"] == schema_text(sound_spec(str(SHOP)))
    assert "COPY package.json openapi.json schema.graphql ./" in shop["Dockerfile"]


def test_without_the_option_nothing_is_said_of_it() -> None:
    files = rendered(SHOP.read_text(encoding="utf-8"), "cache", "jobs", "loadtest")
    assert not [path for path, text in files.items() if "graphql" in f"{path}{text}".lower()]


def test_questions_are_answered_by_what_the_routes_call(shop: dict[str, str]) -> None:
    orders = shop["src/modules/orders/graphql.ts"]
    assert "await service.read(context.database, caller, keyOf(orderKey, id))" in orders
    assert "readValue(orderList, asQuery(given), 'query')" in orders
    assert "service.change(transaction, caller, key, versionOf(version), sent)" in orders
    assert orders.count("signedIn(caller);") == 5
    products = shop["src/modules/products/graphql.ts"].partition("const mutations")[0]
    assert "signedIn(caller)" not in products


def test_what_nobody_may_do_has_no_resolver(shop: dict[str, str]) -> None:
    payments = shop["src/modules/payments/graphql.ts"]
    assert "createPayment: " in payments
    assert "updatePayment" not in payments
    assert "deletePayment" not in payments


def test_what_a_row_leads_to_is_found_for_a_whole_page(shop: dict[str, str]) -> None:
    lines = shop["src/modules/order-lines/graphql.ts"]
    assert "order: ({ order_id }, _given, asking) => asking.load(ordersBatch, order_id)," in lines
    assert "import { productsBatch } from '../products/graphql.js';" in lines
    products = shop["src/modules/products/graphql.ts"]
    assert "asking.loadAll(categoriesBatch, category_ids)," in products
    assert "Batch" not in shop["src/modules/payments/service.ts"]
    assert "readAll" not in shop["src/modules/payments/service.ts"]
    assert (
        "within(reach(rules.read, caller))"
        in (shop["src/modules/orders/service.ts"].partition("function readAll")[2])
    )


def test_rows_are_read_through_the_cache_and_forgotten_when_they_change() -> None:
    files = rendered(SHOP.read_text(encoding="utf-8"), "graphql", "cache")
    categories = files["src/modules/categories/graphql.ts"]
    assert "service.look(context.cache, context.database, caller," in categories
    assert "context.cache.forget([categoryCacheKey(key), ...touched])" in categories
    assert categories.count("cache.forget(") == 3


def test_keys_that_are_numbers_are_text_in_the_schema() -> None:
    queries = rendered(NAMED, "graphql")["src/modules/queries/graphql.ts"]
    for line in (
        "id: String(row.id),",
        "of_id: row.ofId?.toString() ?? null,",
        "within_id: String(row.withinId),",
        "other_ids: row.otherKeys.map(String),",
        "withKeys(input, 'of_id', 'within_id', 'other_ids')",
        "return String(key);",
    ):
        assert line in queries


def test_names_of_the_schema_stand_for_the_values_that_are_kept() -> None:
    served = rendered(NAMED, "graphql")["src/graphql.ts"]
    assert "Query2Kind: { on_sale: 'on-sale', true_: 'true', b: 'b' }," in served
    assert "created_at_DESC: '-created_at'" in served
    assert "    Query2: queriesGraph.members," in served


def test_tests_know_by_which_names_values_come_back() -> None:
    view = view_of(parse_spec(NAMED).service, frozenset({"graphql"}))
    asked = view.questions["query"]
    assert asked.keys == ("id", "of_id", "within_id", "other_ids")
    assert asked.longs == ("big",)
    assert dict(asked.renamed)["kind"][0] == ("on-sale", "on_sale")
    assert (asked.emptied, asked.needed) == ("plain", "kind")
    led = {each.lead.name: each for each in asked.led}
    assert [(name, each.over, bool(each.pairs)) for name, each in led.items()] == [
        ("of", "ofId", False),
        ("within", "", False),
        ("others", "", True),
    ]
    assert {each.statements for each in led.values()} == {2}


def test_a_page_leads_to_no_more_than_its_reader_may_see() -> None:
    view = view_of(parse_spec(HARD).service, frozenset({"graphql"}))
    asked = {name: each.led for name, each in view.questions.items()}
    assert [(each.lead.name, each.sees, each.statements) for each in asked["note"]] == [
        ("author", False, 1)
    ]
    assert [each.lead.name for each in asked["class"]] == ["organisation", "parent", "friends"]


def test_a_service_that_nobody_reads_tells_what_it_is_called() -> None:
    files = rendered(CLOSED, "graphql")
    assert "service: () => 'It\\'s closed'," in files["src/graphql.ts"]
    assert "queries" not in files["src/modules/things/graphql.ts"]
    assert "const FIELD = 'service';" in files["tests/graphql.test.ts"]


def test_settings_are_told_where_people_look_for_them() -> None:
    files = rendered(OPEN, "graphql")
    for setting in ("GRAPHQL_DEPTH", "GRAPHQL_COST", "GRAPHQL_INTROSPECTION"):
        assert setting in files["src/config.ts"]
        assert setting in files["README.md"]
    assert "GRAPHQL_INTROSPECTION=false" in files[".env.example"]
    assert "signing in stays there" not in files["README.md"]


def test_what_counts_requests_counts_the_fields_of_questions(shop: dict[str, str]) -> None:
    assert "app.use(limits.requests);" in shop["src/app.ts"]
    app = shop["src/app.ts"]
    served = app.index("graphqlRoutes(context, telemetry.meter, limits, served)")
    assert app.index("authenticate(context.tokens)") < served < app.index("app.use(noRoute)")


def test_the_files_of_the_option_are_generated_and_not_the_persons() -> None:
    files = render(sound_spec(str(SHOP)), read_stack("express"), frozenset({"graphql"}))
    assert {each.owner for each in files if "graphql" in each.path} == {"generated"}
