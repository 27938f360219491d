"""FastAPI's services with GraphQL: what stands in them, and what does without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Service, parse_spec, sound_spec
from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.fastapi import view_of
from be_tui.core.scaffold.stacks.fastapi.view import package_name
from tests.core.scaffold.stacks.every_right import every_right

CORPUS = Path(__file__).parent.parent / "corpus"
SHOP = Path(knowledge_dir(), "specs", "shop.yaml")


def generated(service: Service, *options: str) -> dict[str, str]:
    files = render(service, read_stack("fastapi"), frozenset(options))
    return {each.path: each.text for each in files}


def service_of(*resources: str) -> Service:
    read = parse_spec("\n".join(["service: a", "resources:", *resources]))
    assert read.sound, read.findings
    return read.service


@pytest.fixture(scope="module")
def shop() -> dict[str, str]:
    return generated(sound_spec(str(SHOP)), "graphql")


def resolvers(files: dict[str, str], domain: str) -> str:
    return files[f"src/shop_api/{domain}/resolvers.py"]


def test_the_schema_stands_beside_the_contract(shop: dict[str, str]) -> None:
    assert shop["src/shop_api/schema.graphql"] == schema_text(sound_spec(str(SHOP)))
    assert '"schema.graphql"' in shop["pyproject.toml"]


def test_nothing_of_it_is_there_without_it(shop: dict[str, str]) -> None:
    plain = generated(sound_spec(str(SHOP)))
    words = r"GRAPHQL_|graphql_|/graphql|resolvers"
    assert not [path for path, text in plain.items() if re.search(words, path + text)]
    assert plain.keys() < shop.keys()
    changed = {path for path, text in plain.items() if shop[path] != text}
    assert {".env.example", "README.md", "pyproject.toml", "requirements.lock"} <= changed
    assert "src/shop_api/openapi.json" not in changed


def test_the_library_is_locked_once(shop: dict[str, str]) -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert shop[name].count("\ngraphql-core==") == 1
    assert "graphql-core" not in generated(sound_spec(str(SHOP)))["requirements.lock"]


def test_fields_ask_what_rest_asks(shop: dict[str, str]) -> None:
    orders = resolvers(shop, "orders")
    for call in ("find", "find_page", "create", "change", "delete", "find_some"):
        assert f"service.{call}(session, context.caller" in orders
    assert '"deleteOrder": _delete' in orders
    payments = resolvers(shop, "payments")
    assert "_delete" not in payments
    assert "_update" not in payments


def test_only_what_is_open_is_answered_without_signing_in(shop: dict[str, str]) -> None:
    def closed(domain: str) -> list[str]:
        parts = re.split(r"^async def ", resolvers(shop, domain), flags=re.M)[1:]
        return [each.partition("(")[0] for each in parts if "signed_in()" in each]

    assert closed("users") == ["_one", "_many", "_update", "_delete"]
    assert closed("products") == ["_create", "_update", "_delete"]


def test_rows_lead_to_those_that_can_be_read(shop: dict[str, str]) -> None:
    assert '"categories": Lead(\n            "category_ids",' in resolvers(shop, "products")
    assert "async def _read(" in resolvers(shop, "categories")
    assert "async def _read(" not in resolvers(shop, "payments")
    assert "def find_some" not in shop["src/shop_api/payments/repository.py"]


def test_a_row_is_read_through_the_cache_as_over_rest() -> None:
    files = generated(sound_spec(str(SHOP)), "graphql", "cache")
    assert "service.find(session, cache, context.caller, key)" in resolvers(files, "orders")


def test_keys_that_are_numbers_are_read_as_such() -> None:
    service = service_of(
        "  box: {plural: boxes, key: integer, fields: {n: {type: text}}}",
        "  thing:",
        "    fields: {box: {type: reference, to: box}}",
        "    links: {others: {to: box}, things: {to: thing}}",
    )
    view = view_of(service, frozenset({"graphql"}))
    assert view.resources[1].graphing.numbers("create") == ("box_id", "other_ids")
    made = generated(service, "graphql")["src/a/things/resolvers.py"]
    assert made.count('"box_id",\n        "other_ids",') == 2


def test_values_keep_their_names_of_json() -> None:
    kinds = "{type: enum, values: [on-sale, sold, 'null'], filter: true}"
    service = service_of(f"  thing: {{fields: {{state: {kinds}, plain: {{type: text}}}}}}")
    graphing = view_of(service, frozenset({"graphql"})).resources[0].graphing
    assert dict(graphing.enums())["ThingState"] == (
        ("on_sale", "on-sale"),
        ("sold", "sold"),
        ("null_", "null"),
    )
    assert dict(graphing.enums())["ThingOrderBy"][0] == ("created_at_DESC", "-created_at")


def test_a_field_of_the_schema_has_who_answers_it() -> None:
    service = parse_spec(every_right(accounts=True)).service
    files = generated(service, "graphql")
    schema = schema_text(service)
    roots = re.findall(r"^type (?:Query|Mutation) \{\n(.*?)^\}", schema, flags=re.M | re.S)
    fields = {name for root in roots for name in re.findall(r"^  (\w+)[(:]", root, flags=re.M)}
    answers = [text for path, text in files.items() if path.endswith("/resolvers.py")]
    known = {name for text in answers for name in re.findall(r'"(\w+)": _\w+,', text)}
    assert fields == known


def test_a_service_without_rows_to_read_tells_its_name(shop: dict[str, str]) -> None:
    rights = "{create: anyone, read: nobody, list: nobody, update: nobody, delete: nobody}"
    service = service_of(f"  thing: {{fields: {{n: {{type: text}}}}, allow: {rights}}}")
    files = generated(service, "graphql")
    answer = f'field.resolve = lambda *_: "{service.title}"'
    assert answer in files["src/a/graphql/schema.py"]
    assert "async def _create" in files["src/a/things/resolvers.py"]
    assert "field.resolve = lambda" not in shop["src/shop_api/graphql/schema.py"]


def test_what_is_called_graphql_stands_beside_it() -> None:
    service = service_of("  thing: {plural: graphql, fields: {n: {type: text}}}")
    files = generated(service, "graphql")
    assert {"src/a/graphql_/models.py", "src/a/graphql/schema.py"} <= files.keys()
    assert package_name("graphql") == "graphql_"


def test_long_numbers_may_be_text() -> None:
    field = "{type: integer, min: 0, max: 9999999999}"
    service = service_of(f"  thing: {{fields: {{n: {{type: integer}}, big: {field}}}}}")
    graphing = view_of(service, frozenset({"graphql"})).resources[0].graphing
    tried = {(each.member, each.what) for each in graphing.refused()}
    assert ("n", "text") in tried
    assert ("big", "text") not in tried
    assert ("big", "too high") in tried


def test_limits_are_counted_in_one_place(shop: dict[str, str]) -> None:
    assert "limits=app.state.limits" in shop["src/shop_api/main.py"]
    assert "Limits(settings)" not in shop["src/shop_api/core/middleware.py"]


def test_documents_are_in_no_log(shop: dict[str, str]) -> None:
    (call,) = re.findall(
        r'log\.info\(\s*"graphql",(.*?)\n        \)',
        shop["src/shop_api/graphql/operations.py"],
        flags=re.S,
    )
    assert not re.search("query|variables", call)
