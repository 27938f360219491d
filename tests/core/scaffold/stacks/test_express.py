"""Express: what the view calls things, and what comes out of the templates."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.scaffold import parse_spec, sound_spec
from be_tui.core.scaffold.contract import openapi_text
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.express import view_of
from be_tui.core.scaffold.stacks.express.wording import comment, properties, quoted
from tests.core.scaffold.stacks.every_right import every_right

if TYPE_CHECKING:
    from collections.abc import Iterator

SPECS = Path(__file__).parents[4] / "knowledge" / "specs"

HARD = r"""
service: hard-api
title: "Hard {{ 7*7 }} `${process.exit()}` */ '\" \\ end"
version: 3
accounts: {resource: person, login: email, password: password, role: role}
resources:
  organisation:
    key: integer
    fields:
      name: {type: text, unique: true, min: 1, max: 40, sort: true}
    allow: {read: signed-in, write: role:admin}
  person:
    tenant: organisation
    owner: person
    soft_delete: true
    fields:
      organisation: {type: reference, to: organisation, fixed: true}
      email: {type: email, unique: true, filter: true}
      password: {type: password}
      role: {type: enum, values: [user, admin], default: user, writers: [admin]}
    allow:
      create: anyone
      read: [owner, role:admin]
      list: role:admin
      update: [owner, role:admin]
      delete: [owner, role:admin]
  class:
    key: integer
    tenant: organisation
    fields:
      organisation: {type: reference, to: organisation}
      delete: {type: text, pattern: "[a-z/'\"]+", min: 2, max: 8, default: ab, sort: true}
      constructor: {type: boolean, default: false, filter: true}
      function: {type: integer, min: -5000000000, max: 5000000000, sort: true, nullable: true}
      await: {type: float, min: -1.5, max: 2.5, sort: true, filter: true, default: 0.5}
      then: {type: date, sort: true, filter: true, default: now}
      new: {type: datetime, sort: true, default: now}
      let: {type: uuid, nullable: true, sort: true}
      default: {type: decimal, digits: 6, scale: 3, min: -99.5, max: 99.5, sort: true}
      select: {type: enum, values: [a, b], nullable: true, filter: true, sort: true}
      to_string: {type: url, nullable: true}
      json: {type: json, nullable: true}
      parent: {type: reference, to: class, nullable: true, on_delete: set-null, sort: true}
      secret: {type: text, private: true, default: "hu'sh"}
      counted: {type: integer, min: 0, max: 9, default: 3, read_only: true}
    links:
      friends: {to: person, description: "*/ {{ boom }} `${x}`"}
    unique: [[delete, function]]
    allow: {read: signed-in, write: [role:user, role:admin]}
  note:
    owner: author
    fields:
      author: {type: reference, to: person}
      text: {type: text, max: 100}
    allow: {create: signed-in, read: [owner, role:admin], update: owner, delete: owner}
  remark:
    owner: note
    fields:
      note: {type: reference, to: note, on_delete: cascade}
      words: {type: text, max: 10, writers: [admin], default: none, nullable: true}
    allow: {create: owner, read: owner, list: owner, update: owner, delete: nobody}
"""

OPEN = """
service: open-api
title: Open
resources:
  thing:
    fields:
      name: {type: text}
      size: {type: integer, min: 0, max: 10, nullable: true, sort: true}
    allow: {read: anyone, write: anyone}
  mark:
    key: integer
    fields:
      thing: {type: reference, to: thing, on_delete: cascade, fixed: true}
    allow: {read: anyone, list: nobody, create: anyone, update: nobody, delete: anyone}
"""


def rendered(text: str, *options: str) -> dict[str, str]:
    service = parse_spec(text).service
    files = render(service, read_stack("express"), frozenset(options))
    return {each.path: each.text for each in files}


@pytest.fixture(scope="module")
def shop() -> dict[str, str]:
    return rendered((SPECS / "shop.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hard() -> dict[str, str]:
    return rendered(HARD)


def test_each_resource_has_a_package_of_its_own(shop: dict[str, str]) -> None:
    files = {"table.ts", "schemas.ts", "rules.ts", "repository.ts", "service.ts", "routes.ts"}
    for package in ("users", "categories", "products", "orders", "order-lines", "payments"):
        own = f"src/modules/{package}/"
        assert files <= {path.removeprefix(own) for path in shop if path.startswith(own)}


def test_the_contract_is_the_file_that_is_served(shop: dict[str, str]) -> None:
    assert shop["openapi.json"] == openapi_text(sound_spec(str(SPECS / "shop.yaml")))
    assert "openapi.json" in shop["src/platform/contract.ts"]


def test_the_same_spec_gives_the_same_bytes(shop: dict[str, str]) -> None:
    assert rendered((SPECS / "shop.yaml").read_text(encoding="utf-8")) == shop


def test_bounds_of_the_spec_are_read_by_zod(shop: dict[str, str]) -> None:
    schemas = shop["src/modules/products/schemas.ts"]
    assert "sku: v.text(3, 32, new RegExp('^(?:[A-Z0-9-]+)$', 'u'))," in schemas
    assert "stock: v.integer(0, 1000000).default(0)," in schemas
    assert "stock: v.integer(0, 1000000).optional()," in schemas
    assert "category_ids: v.linked(v.identifier).default([])," in schemas


def test_rules_say_who_may_do_what(shop: dict[str, str]) -> None:
    rules = shop["src/modules/orders/rules.ts"]
    assert "create: { signedIn: true }," in rules
    assert "read: { owner: true, roles: ['admin'] }," in rules
    assert "delete: { roles: ['admin'] }," in rules
    assert "update" not in shop["src/modules/payments/rules.ts"]


def test_what_nobody_may_do_has_no_route(shop: dict[str, str]) -> None:
    routes = shop["src/modules/payments/routes.ts"]
    assert ".patch(" not in routes
    assert "onlyMethods('GET'));" in routes


def test_a_row_of_a_row_is_owned_by_whoever_owns_that_one(shop: dict[str, str]) -> None:
    repository = shop["src/modules/order-lines/repository.ts"]
    assert "ordersRepository.ownedBy(account)" in repository
    assert (
        "requireOwn(transaction, range, sent.order_id)"
        in shop["src/modules/order-lines/service.ts"]
    )


def test_references_to_what_is_deleted_softly_are_looked_up(shop: dict[str, str]) -> None:
    assert "productsRepository.areThere" in shop["src/modules/order-lines/service.ts"]
    assert "requireThere" not in shop["src/modules/orders/service.ts"]


def test_the_tables_are_those_of_the_migrations(shop: dict[str, str]) -> None:
    table = shop["src/modules/products/table.ts"]
    assert "uniqueIndex('products_sku_key').on(table.sku)" in table
    assert "price: numeric('price', { precision: 12, scale: 2 }).notNull()," in table
    assert "check('products_stock_check', sql.raw('stock BETWEEN 0 AND 1000000'))," in table


def test_private_fields_stand_in_no_answer(shop: dict[str, str]) -> None:
    for package, name in (("payments", "reference"), ("users", "password")):
        answer = shop[f"src/modules/{package}/schemas.ts"].partition("Answer(row")[2]
        assert name not in answer


def test_reserved_words_are_only_ever_members(hard: dict[str, str]) -> None:
    schemas = hard["src/modules/classes/schemas.ts"]
    assert "constructor: row.constructor_," in schemas
    assert "then: row.then_," in schemas
    assert "delete: row.delete," in schemas


def test_whole_numbers_beyond_a_double_are_kept_to_the_digit(hard: dict[str, str]) -> None:
    assert "v.bigInteger(-5000000000n, 5000000000n)" in hard["src/modules/classes/schemas.ts"]
    assert "lossless-json" in hard["src/platform/json.ts"]
    assert "lossless-json" in hard["package.json"]
    assert "lossless-json" in hard["package-lock.json"]


def test_a_tenants_rows_are_told_from_others(hard: dict[str, str]) -> None:
    service = hard["src/modules/classes/service.ts"]
    assert service.count("repository.ofTenant(signedIn(caller).tenant)") >= 3
    assert "organisationId: signedIn(caller).tenant," in service
    assert "tenant: account.organisationId" in hard["src/modules/sessions/service.ts"]


def test_texts_of_a_spec_are_quoted_and_never_run(hard: dict[str, str]) -> None:
    for path, text in hard.items():
        if path.endswith(".ts"):
            assert "49" not in re.findall(r"Hard (\S+)", text), path
            assert not re.search(r"^\s*\*/ \{\{", text, re.M), path
    assert "/** * / {{ boom }} `${x}` */" in hard["src/modules/classes/table.ts"]
    assert "'^(?:[a-z/\\'\"]+)$'" in hard["src/modules/classes/schemas.ts"]


def test_a_service_without_accounts_knows_no_sessions() -> None:
    files = rendered(OPEN)
    assert not [path for path in files if "sessions" in path]
    assert "jose" not in files["package.json"]
    assert "argon2" not in files["package-lock.json"]
    assert "lossless-json" in files["package.json"]


def test_what_is_only_ever_changed_is_changed_to_values_that_differ() -> None:
    allowed = "allow: {read: anyone, write: anyone}"
    changed = "allow: {read: anyone, list: anyone, create: nobody, update: anyone, delete: nobody}"
    files = rendered(OPEN.replace(allowed, changed))
    body = files["tests/things.test.ts"].partition("async function newValues(")[2]
    declared = body.index("const number = factories.nextNumber();")
    assert declared < body.index("size: ") < body.index("\n}\n")
    assert "import { refused, required } from" in files["tests/things.test.ts"]


@pytest.mark.parametrize("options", [(), read_stack("express").option_names])
@pytest.mark.parametrize("accounts", [True, False])
def test_nothing_is_imported_or_declared_in_vain(
    *, accounts: bool, options: tuple[str, ...]
) -> None:
    files = rendered(every_right(accounts=accounts), *options)
    for path, text in files.items():
        if path.endswith(".ts"):
            words = Counter(re.findall(r"[\w$]+", text))
            assert [name for name in own_names(text) if words[name] == 1] == [], path


def own_names(text: str) -> Iterator[str]:
    """Give what a module imports, and what it declares for itself alone."""
    for together, each in re.findall(
        r"^import (?:type )?(?:\* as (\w+)|{(.*)})", text, re.MULTILINE
    ):
        yield from (name.split()[-1] for name in (together, *each.split(",")) if name.strip())
    yield from re.findall(r"^(?:async )?(?:function|const) (\w+)", text, re.MULTILINE)


@pytest.mark.parametrize("options", [(), read_stack("express").option_names])
@pytest.mark.parametrize("text", [OPEN, HARD, (SPECS / "users.yaml").read_text(encoding="utf-8")])
def test_the_lock_has_what_the_package_asks_for(text: str, options: tuple[str, ...]) -> None:
    files = rendered(text, *options)
    package, lock = json.loads(files["package.json"]), json.loads(files["package-lock.json"])
    top = lock["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert top[kind] == package[kind]
        for name, version in package[kind].items():
            assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert not [each for each in lock["packages"].values() if "resolved" in each]


def test_the_view_names_the_tables_of_other_packages() -> None:
    view = view_of(sound_spec(str(SPECS / "shop.yaml")), frozenset())
    lines = next(each for each in view.resources if each.package == "order-lines")
    assert [each.table for each in lines.referred] == ["productsTable", "ordersTable"]
    assert view.accounts is not None
    assert view.accounts.roles == ("customer", "seller", "admin")


def test_the_generated_tests_know_what_each_is_answered() -> None:
    view = view_of(sound_spec(str(SPECS / "shop.yaml")), frozenset())
    orders = view.samples["order"]
    told = {(each.action, each.who): each.status for each in orders.rights}
    assert told["create", "nobody"] == 401
    assert told["read", "customer"] == 404
    assert told["read", "owner"] == 200
    assert told["list", "seller"] == 200
    assert told["delete", "owner"] == 403
    assert told["delete", "admin"] == 204
    assert view.samples["order_line"].body_owned


def test_rows_for_tests_are_made_with_the_rows_that_they_need(hard: dict[str, str]) -> None:
    factories = hard["tests/support/factories.ts"]
    assert "noteId: over.noteId ?? (await makeNote(queries, {}, owner)).id," in factories
    assert "organisationId: over.organisationId ?? (await theTenant(queries))," in factories
    assert "parentId" not in factories


def test_what_only_some_may_set_is_tried_by_others(shop: dict[str, str]) -> None:
    assert "refuses role from whom it may not be set by" in shop["tests/users.test.ts"]


def test_without_options_nothing_is_said_of_them(shop: dict[str, str]) -> None:
    said = re.compile("@redis|CACHE_|outbox_|JOB_")
    assert not [path for path, text in shop.items() if said.search(text)]


def test_what_is_kept_in_the_cache_is_what_callers_get() -> None:
    files = rendered((SPECS / "shop.yaml").read_text(encoding="utf-8"), "cache")
    assert "passwordHash" not in files["src/modules/users/cached.ts"]
    assert "reference" not in files["src/modules/payments/cached.ts"]
    assert "price: z.string()," in files["src/modules/products/cached.ts"]
    assert "categoryKeys: z.array(z.string())," in files["src/modules/products/cached.ts"]


def test_rows_that_look_otherwise_stand_elsewhere_in_the_cache() -> None:
    text = (SPECS / "users.yaml").read_text(encoding="utf-8")
    key = re.compile("prefix: '(users-api:user:[0-9a-f]{8})'")
    before = key.findall(rendered(text, "cache")["src/modules/users/cached.ts"])
    more = text.replace(
        "    fields:\n", "    fields:\n      nick: {type: text, nullable: true}\n", 1
    )
    after = key.findall(rendered(more, "cache")["src/modules/users/cached.ts"])
    assert len(before) == len(after) == 1
    assert before != after


def test_rows_that_the_database_removes_with_others_are_not_kept() -> None:
    files = rendered((SPECS / "shop.yaml").read_text(encoding="utf-8"), "cache")
    assert "src/modules/order-lines/cached.ts" not in files
    assert "It is not kept in the cache: rows go" in files["src/modules/order-lines/service.ts"]
    touched = files["src/modules/categories/touched.ts"]
    assert "productCacheKey(row.id)" in touched
    assert "categoryCacheKey(row.id)" in touched


def test_rows_whose_owner_is_private_are_not_kept() -> None:
    private = HARD.replace("author: {type: reference,", "author: {private: true, type: reference,")
    assert "src/modules/notes/cached.ts" in rendered(HARD, "cache")
    assert "src/modules/notes/cached.ts" not in rendered(private, "cache")


def test_who_may_see_a_kept_row_is_judged_by_owner_and_tenant() -> None:
    files = rendered(HARD, "cache")
    assert "!isOwn(range, row)" in files["src/modules/notes/service.ts"]
    assert "!isOfTenant(caller, row)" in files["src/modules/classes/service.ts"]
    assert "src/modules/remarks/cached.ts" not in files


def test_what_happens_is_written_down_in_its_transaction() -> None:
    files = rendered((SPECS / "shop.yaml").read_text(encoding="utf-8"), "jobs")
    service = files["src/modules/products/service.ts"]
    for what, row in (("created", "row"), ("updated", "changed"), ("deleted", "row")):
        assert f"await record(transaction, 'product.{what}', {row});" in service
    assert "updated" not in files["src/modules/payments/service.ts"]


def test_what_is_done_with_events_is_the_persons() -> None:
    service = parse_spec(OPEN).service
    files = render(service, read_stack("express"), frozenset({"jobs"}))
    yours = {each.path: each.text for each in files if each.owner == "yours"}
    assert "'thing.created': (event, { logger }) => {" in yours["src/handlers.ts"]
    assert "src/worker.ts" not in yours


@pytest.mark.parametrize("option", ["cache", "jobs"])
def test_an_option_is_told_where_people_look_for_it(option: str) -> None:
    files = rendered(OPEN, option)
    setting = {"cache": "CACHE_URL", "jobs": "JOB_ATTEMPTS"}[option]
    assert setting in files["src/config.ts"]
    assert setting in files["README.md"]
    part = {"cache": "  cache:\n    image: redis", "jobs": "  worker:\n"}[option]
    assert part in files["compose.yaml"]


@given(st.text())
def test_a_literal_is_one_line_that_ends_where_it_should(text: str) -> None:
    made = quoted(text)
    assert re.fullmatch(r"'(?:[^'\\\n\r\u2028\u2029]|\\.|\\u\{[0-9a-f]+\})*'", made)


@given(st.text())
def test_a_comment_never_ends_early(text: str) -> None:
    made = comment(text)
    assert "*/" not in made
    assert "\n" not in made


@given(
    st.lists(st.from_regex(r"[a-z][a-z0-9]{0,3}(_[a-z0-9]{1,2}){0,2}", fullmatch=True), unique=True)
)
def test_each_column_has_a_property_of_its_own(columns: list[str]) -> None:
    found = properties(tuple(columns))
    assert len(set(found.values())) == len(columns)


HELD = """
service: held
title: Held
resources:
  shelf:
    fields: {name: {type: text, min: 1, max: 5, unique: true}}
    allow: {read: anyone, write: anyone}
  thing:
    fields:
      delete: {type: text, min: 3, max: 5}
      size: {type: integer, min: 0, max: 2147483647}
      big: {type: integer, min: -5, max: 5000000000}
      price: {type: decimal, digits: 4, scale: 2, min: 0, max: 99.99}
      share: {type: float, min: 0, max: 1, nullable: true}
      kind: {type: enum, values: [a, b], nullable: true}
      shelf: {type: reference, to: shelf, nullable: true, on_delete: set-null}
      first: {type: reference, to: shelf, on_delete: cascade}
    unique: [[delete, shelf]]
    allow: {read: anyone, write: anyone}
"""


def test_what_the_database_refuses_is_tried_as_far_as_its_types_can_hold_it() -> None:
    thing = view_of(parse_spec(HELD).service, frozenset()).held["thing"]
    tried: dict[str, list[str]] = {}
    for each in thing.refused:
        tried.setdefault(each.by, []).append(each.over)
    absent = "'01890a5d-ac96-774b-bcce-b302099a8057'"
    assert tried["things_delete_check"] == ["delete: 'a'.repeat(2)", "delete: 'a'.repeat(6)"]
    assert tried["things_size_check"] == ["size: -1"]
    assert tried["things_big_check"] == ["big: -6n", "big: 5000000001n"]
    assert tried["things_price_check"] == ["price: '-0.01'"]
    assert tried["things_share_check"] == ["share: 0 - 1", "share: 1 + 1"]
    assert tried["things_kind_check"] == ["kind: 'none of them'"]
    assert tried["things_first_id_fkey"] == [f"firstId: {absent}"]
    assert tried["first_id"] == ["firstId: null"]
    assert {"share", "kind", "shelf_id"}.isdisjoint(tried)
    assert [(each.property, each.action) for each in thing.gone] == [
        ("shelfId", "SET NULL"),
        ("firstId", "CASCADE"),
    ]


def test_rows_that_are_tried_twice_refer_to_what_they_would_not_by_themselves() -> None:
    files = rendered(HELD)["tests/tables.test.ts"]
    assert "{ shelfId: (await factories.makeShelf(database)).id });" in files
    assert "const same = { delete: first.delete, shelfId: first.shelfId };" in files
    assert "['shelves_name_check', { name: '' }]," in files


def test_rows_of_another_customer_are_tried_where_nothing_else_keeps_them() -> None:
    samples = view_of(parse_spec(HARD).service, frozenset()).samples
    assert samples["class"].parted == ("read", "list", "update", "delete")
    followed = [(each.method, each.check.wire) for each in samples["class"].followed]
    assert list(dict.fromkeys(followed)) == [
        ("POST", "parent_id"),
        ("POST", "friend_ids"),
        ("PATCH", "friend_ids"),
    ]
    assert {each.why for each in samples["class"].followed} == {"of another customer", "deleted"}
    assert samples["person"].parted == ("read", "list", "update", "delete")
    assert samples["organisation"].parted == ()
