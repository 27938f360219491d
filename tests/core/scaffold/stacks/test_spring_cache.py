"""Services in Spring Boot that keep rows in a cache: which rows, under which keys, what ends it."""

from __future__ import annotations

import re

import pytest

from be_tui.core.scaffold import Service, parse_spec
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.spring import view_of
from tests.core.scaffold.stacks.test_spring import JAVA, corpus, shipped

CACHE = frozenset({"cache"})


def files(service: Service) -> dict[str, str]:
    return {each.path: each.text for each in render(service, read_stack("spring"), CACHE)}


def service(text: str) -> Service:
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


@pytest.mark.parametrize("name", ["users", "shop"])
def test_nothing_of_a_cache_is_there_without_the_option(name: str) -> None:
    made = render(shipped(name), read_stack("spring"), frozenset())
    for each in made:
        assert "cache" not in each.path.lower()
        assert not re.search("redis|RowCache|lettuce", each.text, re.IGNORECASE), each.path


def test_a_row_is_judged_from_what_is_kept_and_kept_without_what_is_private() -> None:
    made = files(shipped("shop"))
    kept = made[f"{JAVA}/shopapi/orderlines/OrderLineKept.java"]
    assert "OrderLineKept(OrderLineAnswer answer, long version, UUID owner)" in kept
    access = made[f"{JAVA}/shopapi/orderlines/OrderLineAccess.java"]
    assert "boolean mayRead(@Nullable Caller caller, OrderLineKept kept)" in access
    assert "parents.isOwnedBy(kept.owner(), caller)" in access
    own = made[f"{JAVA}/shopapi/users/UserAccess.java"]
    assert "caller.account().equals(kept.answer().id())" in own


def test_who_is_of_another_tenant_is_told_nothing_that_is_kept() -> None:
    access = files(corpus("tenant"))[f"{JAVA}/crm/contacts/ContactAccess.java"]
    assert "return caller != null && caller.tenant().equals(kept.tenant());" in access


def test_each_write_says_that_the_row_is_changed_and_no_write_reads_what_is_kept() -> None:
    text = files(shipped("shop"))[f"{JAVA}/shopapi/products/ProductService.java"]
    assert text.count("return changed(rows.saveAndFlush(product)") == 3
    assert "cache.changed(ProductKept.SPACE, id);" in text
    assert text.count("cache.find(") == 1
    assert text.count("= rows.findById(id).orElseThrow(Problem::notFound);") == 2


def test_rows_that_the_database_changes_with_another_are_forgotten_with_it() -> None:
    crm = view_of(corpus("tenant"), CACHE)
    ended = {name: [each.query for each in found] for name, found in crm.ends.items()}
    assert ended["company"] == []
    assert ended["user"] == [
        "SELECT id FROM contacts WHERE keeper_id = :id FOR UPDATE",
        (
            "SELECT id FROM visits WHERE contact_id IN"
            " (SELECT id FROM contacts WHERE keeper_id = :id) FOR UPDATE"
        ),
    ]
    assert ended["tag"] == ["SELECT contact_id FROM contact_tags WHERE tag_id = :id FOR UPDATE"]


def test_rows_that_go_with_rows_of_their_own_kind_are_not_kept() -> None:
    text = """\
service: trees
resources:
  node:
    fields:
      parent: {type: reference, to: node, nullable: true, on_delete: cascade}
      name: {type: text}
    allow: {read: anyone, write: anyone}
  leaf:
    fields: {node: {type: reference, to: node, on_delete: cascade}}
    allow: {read: anyone, write: anyone}
  root:
    fields:
      above: {type: reference, to: root, nullable: true, on_delete: set-null}
    allow: {read: anyone, write: anyone}
"""
    view = view_of(service(text), CACHE)
    assert set(view.caches) == {"root"}
    assert [each.query for each in view.ends["root"]] == [
        "SELECT id FROM roots WHERE above_id = :id FOR UPDATE"
    ]
    made = files(service(text))
    assert "Not kept either: nodes, leaves. " in " ".join(made["README.md"].split())
    assert "readable(id)" in made[f"{JAVA}/trees/nodes/NodeService.java"]


def test_rows_of_which_only_what_is_private_tells_who_may_see_them_are_not_kept() -> None:
    text = """\
service: notes
accounts: {resource: user, login: email, password: password}
resources:
  user:
    owner: user
    fields: {email: {type: email, unique: true}, password: {type: password}}
    allow: {create: anyone, read: owner, list: nobody, update: owner, delete: nobody}
  note:
    owner: writer
    fields: {writer: {type: reference, to: user, private: true}, text: {type: text}}
    allow: {read: owner, write: owner}
"""
    assert set(view_of(service(text), CACHE).caches) == {"user"}


def test_other_members_are_kept_under_other_keys() -> None:
    text = """\
service: near
resources:
  thing:
    fields: {name: {type: text}}
    allow: {read: anyone, write: anyone}
"""
    more = text.replace("{name: {type: text}}", "{name: {type: text}, size: {type: integer}}")
    one, moved, other = (
        view_of(service(each), CACHE).caches["thing"].space for each in (text, f"\n{text}", more)
    )
    assert re.fullmatch(r"near:thing:[0-9a-f]{8}", one)
    assert one == moved
    assert one != other


def test_what_the_cache_needs_is_told_where_it_is_looked_for() -> None:
    made = files(shipped("users"))
    assert "<artifactId>lettuce-core</artifactId>" in made["pom.xml"]
    assert "allkeys-lru" in made["compose.yaml"]
    assert "CACHE_URL=redis://" in made[".env.example"]
    assert "TEST_CACHE_URL" in made[".github/workflows/ci.yml"]
    assert "Lists are not kept" in made["README.md"]
