"""Services in Go with options: what is there only with one, and what a cache has to forget."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Service, parse_spec, sound_spec
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.go import view_of
from be_tui.core.scaffold.stacks.go.caching import is_cached, stale_after, tag_of

CACHE = frozenset({"cache"})
JOBS = frozenset({"jobs"})


@cache
def shipped(name: str) -> Service:
    return sound_spec(str(Path(knowledge_dir()) / "specs" / f"{name}.yaml"))


def service(text: str) -> Service:
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


def files(of: Service, options: frozenset[str]) -> dict[str, str]:
    return {each.path: each.text for each in render(of, read_stack("go"), options)}


@pytest.mark.parametrize("name", ["users", "shop"])
def test_without_options_nothing_of_them_is_there(name: str) -> None:
    made = files(shipped(name), frozenset())
    added = ("internal/cache/", "internal/jobs/", "cmd/worker/", "internal/testkit/events")
    assert not [path for path in made if path.startswith(added) or path.endswith("/kept.go")]
    text = "".join(made.values())
    assert not re.search(r"go-redis|CACHE_URL|internal/cache|outbox|internal/jobs|JOB_", text)


def test_a_cache_brings_its_modules_and_its_settings() -> None:
    made = files(shipped("users"), CACHE)
    assert "github.com/redis/go-redis/v9 v9.23.0\n" in made["go.mod"]
    assert "github.com/redis/go-redis/v9 v9.23.0/go.mod h1:" in made["go.sum"]
    assert "go.opentelemetry.io/otel/metric v1.47.0\n" in made["go.mod"]
    for path in (".env.example", "compose.yaml", "README.md", "internal/config/config.go"):
        assert "CACHE_URL" in made[path]
    assert "allkeys-lru" in made["compose.yaml"]


def test_nothing_private_is_kept() -> None:
    made = files(shipped("shop"), CACHE)
    assert "Hash" not in made["internal/users/kept.go"]
    assert "Reference" not in made["internal/payments/kept.go"]
    assert re.search(r'json:"order_id"', made["internal/payments/kept.go"])


def test_a_row_is_told_to_be_forgotten_only_after_the_commit() -> None:
    made = files(shipped("shop"), CACHE)["internal/products/handler.go"]
    assert made.count("Forget(r.Context()") == len(("create", "change", "delete"))
    for piece in made.split("Forget(r.Context()")[:-1]:
        assert re.search(r"\}\)\n\tif err != nil \{\n\t\treturn err\n\t\}\n\th\.rows\.$", piece)


def test_the_tag_is_another_where_the_fields_are() -> None:
    shop = shipped("shop")
    tags = {tag_of(shop, each) for each in shop.resources}
    assert len(tags) == len(shop.resources)
    one, two, three = (
        service(
            "service: x\nresources:\n  thing:\n"
            f"    fields: {{a: {{type: text}}, b: {{type: {kind}, private: true}}, {more}}}\n"
            "    allow: {read: anyone, write: anyone}\n"
        )
        for kind, more in (("text", ""), ("integer", ""), ("text", "size: {type: integer}"))
    )
    assert tag_of(one, one.resources[0]) == tag_of(two, two.resources[0])
    assert tag_of(one, one.resources[0]) != tag_of(three, three.resources[0])


def stale(of: Service, name: str) -> list[str]:
    resource = of.resource(name)
    assert resource
    return [each.query for each in stale_after(of, resource)]


def test_a_delete_forgets_what_goes_or_changes_with_it() -> None:
    shop = shipped("shop")
    assert stale(shop, "category") == ["ListCategoryKeysOfParent", "ListProductKeysOfCategories"]
    assert stale(shop, "order") == ["ListOrderLineKeysOfOrder"]
    assert not stale(shop, "product")  # It stays, marked.
    made = files(shop, CACHE)
    assert "cache.ProductKind.Key(each)" in made["internal/categories/kept.go"]
    assert "ListOrderLineKeysOfOrder(ctx, key)" in made["internal/orders/kept.go"]


CHAIN = """\
service: chain
resources:
  top:
    fields: {name: {type: text}}
    allow: {read: anyone, write: anyone}
  middle:
    key: integer
    fields: {top: {type: reference, to: top, on_delete: cascade}}
    allow: {read: nobody, list: anyone, create: anyone, update: nobody, delete: nobody}
  end:
    fields: {middle: {type: reference, to: middle, on_delete: cascade, nullable: true}}
    allow: {read: anyone, write: anyone}
  loop:
    fields: {parent: {type: reference, to: loop, on_delete: cascade, nullable: true}}
    allow: {read: anyone, write: anyone}
  leaf:
    fields: {loop: {type: reference, to: loop, on_delete: set-null, nullable: true}}
    allow: {read: anyone, write: anyone}
"""


def test_rows_that_go_with_rows_that_go_are_forgotten_too() -> None:
    chain = service(CHAIN)
    assert stale(chain, "top") == ["ListMiddleKeysOfTop", "ListEndKeysOfMiddleOfTop"]
    sql = files(chain, CACHE)["schema/queries/tops.sql"]
    assert "IN (SELECT id FROM middles WHERE top_id = sqlc.arg(gone)::uuid)" in sql
    made = files(chain, CACHE)["internal/tops/kept.go"]
    assert "if _, err := queries.ListMiddleKeysOfTop(ctx, key); err != nil {" in made


def test_what_goes_in_a_circle_is_not_cached_nor_what_changes_with_it() -> None:
    chain = service(CHAIN)
    cached = [each.name for each in chain.resources if is_cached(chain, each)]
    assert cached == ["top", "end"]
    made = files(chain, CACHE)
    assert "// Loops are not cached" in made["internal/cache/kinds.go"]
    assert "internal/loops/kept.go" not in made
    assert "cache" not in made["internal/loops/handler.go"]


def test_rows_are_not_cached_where_something_private_says_whose_they_are() -> None:
    text = """\
service: x
accounts: {resource: user}
resources:
  user:
    owner: user
    fields: {email: {type: email, unique: true}, password: {type: password}}
    allow: {read: owner, create: anyone, update: nobody, delete: owner}
  note:
    owner: writer
    fields: {writer: {type: reference, to: user, private: true}, text: {type: text}}
    allow: {read: owner, write: owner}
"""
    read = service(text)
    assert [each.name for each in read.resources if is_cached(read, each)] == ["user"]


def test_names_of_packages_are_taken_only_with_their_option() -> None:
    text = """\
service: x
resources:
  thing:
    plural: cache
    fields: {name: {type: text}}
    allow: {read: anyone, write: anyone}
"""
    assert view_of(service(text), frozenset()).resources[0].package == "cache"
    assert view_of(service(text), CACHE).resources[0].package == "cache2"


def test_jobs_bring_a_worker_and_its_settings() -> None:
    made = files(shipped("users"), JOBS)
    assert {"cmd/worker/main.go", "internal/jobs/handlers.go"} <= made.keys()
    for path in (".env.example", "README.md", "internal/config/config.go"):
        assert all(
            f"JOB_{name}" in made[path]
            for name in ("ATTEMPTS", "SECONDS", "POLL_SECONDS", "RETENTION_DAYS")
        )
    assert "./cmd/worker" in made["Dockerfile"]
    assert "./cmd/worker" in made["Makefile"]
    assert "entrypoint: [/worker]" in made["compose.yaml"]
    assert "go-redis" not in made["go.mod"]


def test_handlers_are_the_persons() -> None:
    made = render(shipped("users"), read_stack("go"), JOBS)
    owned = {each.path: each.owner for each in made}
    assert owned["internal/jobs/handlers.go"] == "yours"
    assert owned["internal/jobs/worker.go"] == "generated"


def test_every_change_writes_an_event_in_its_transaction() -> None:
    made = files(shipped("shop"), JOBS)
    written = {
        path: re.findall(r'jobs\.Record\(ctx, queries, "([a-z_.]+)", row\.ID, row\.Version\)', text)
        for path, text in made.items()
        if path.endswith("/service.go")
    }
    assert written["internal/payments/service.go"] == ["payment.created"]
    assert written["internal/orderlines/service.go"] == [
        "order_line.created",
        "order_line.updated",
        "order_line.deleted",
    ]
    assert len(written["internal/products/service.go"]) == len(("create", "update", "delete"))


def test_events_are_taken_past_those_that_another_takes() -> None:
    made = files(shipped("users"), JOBS)
    claim = made["schema/queries/own.sql"].split("-- name: ClaimOutboxEvents :many")[1]
    assert "FOR UPDATE SKIP LOCKED" in claim
    assert "LIMIT sqlc.arg(most)::int" in claim
    assert "LIMIT $3::int" in made["internal/db/own.sql.go"]
    assert re.search(r"type OutboxEvent struct", made["internal/db/models.go"])


def test_options_go_together() -> None:
    made = files(shipped("shop"), CACHE | JOBS)
    removed = made["internal/products/service.go"].split("func remove(")[1]
    assert 'return stale, jobs.Record(ctx, queries, "product.deleted"' in removed
    assert made["go.mod"].count("go.opentelemetry.io/otel/metric v1.47.0") == 1
