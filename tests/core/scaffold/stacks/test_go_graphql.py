"""Services in Go that answer GraphQL: what is there only with it, and what can be asked."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import Service, parse_spec, sound_spec
from be_tui.core.scaffold.graphql import schema_text
from be_tui.core.scaffold.manifests import read_stack
from be_tui.core.scaffold.rendering import render
from be_tui.core.scaffold.stacks.go import view_of
from be_tui.core.scaffold.stacks.go.layout import OTHERS, OWN, STANDARD
from be_tui.core.scaffold.stacks.go.names import package_name

GRAPHQL = frozenset({"graphql"})
ALL = frozenset(read_stack("go").option_names)


@cache
def shipped(name: str) -> Service:
    return sound_spec(str(Path(knowledge_dir()) / "specs" / f"{name}.yaml"))


def service(text: str) -> Service:
    read = parse_spec(text)
    assert read.sound, read.findings
    return read.service


@cache
def files(of: Service, options: frozenset[str] = GRAPHQL) -> dict[str, str]:
    return {each.path: each.text for each in render(of, read_stack("go"), options)}


SMALL = """\
service: small
resources:
  thing:
    fields:
      kind: {type: enum, values: [on-sale, "true", other], default: other}
      parent: {type: reference, to: thing, nullable: true}
      secret: {type: reference, to: hidden, nullable: true}
    links: {others: {to: thing}}
    allow: {read: anyone, write: anyone}
  hidden:
    fields: {name: {type: text}}
    allow: {read: nobody, list: nobody, create: anyone, update: nobody, delete: nobody}
"""


@pytest.mark.parametrize("name", ["users", "shop"])
def test_without_the_option_nothing_of_it_is_there(name: str) -> None:
    made = files(shipped(name), frozenset())
    assert not [path for path in made if "graphql" in path]
    assert not re.search(r"(?i)graphql|gqlparser", "".join(made.values()))


@pytest.mark.parametrize("name", ["users", "shop"])
def test_the_schema_of_the_program_is_that_of_the_contract(name: str) -> None:
    assert files(shipped(name))["internal/graphql/schema.graphql"] == schema_text(shipped(name))


def test_it_brings_its_modules_and_its_settings() -> None:
    made = files(shipped("users"))
    assert "github.com/vektah/gqlparser/v2 v2.5.64\n" in made["go.mod"]
    assert "github.com/vektah/gqlparser/v2 v2.5.64/go.mod h1:" in made["go.sum"]
    assert "go.opentelemetry.io/otel/metric v1.47.0\n" in made["go.mod"]
    for path in (".env.example", "README.md", "internal/config/config.go"):
        assert all(f"GRAPHQL_{each}" in made[path] for each in ("DEPTH", "COST", "INTROSPECTION"))


@pytest.mark.parametrize("options", [GRAPHQL, ALL], ids=["alone", "all"])
def test_the_contract_stays_as_it_is(options: frozenset[str]) -> None:
    path = "internal/contract/openapi.json"
    assert files(shipped("shop"), options)[path] == files(shipped("shop"), frozenset())[path]


def test_a_resource_is_asked_only_for_what_somebody_may_do() -> None:
    made = files(shipped("shop"))
    asked = {
        path.split("/")[1]: set(re.findall(r"\bh\.(\w+)Nodes?,", text))
        for path, text in made.items()
        if re.fullmatch(r"internal/\w+/graphql\.go", path)
        if path.split("/")[1] not in {"httpapi", "testkit", "graphql"}
    }
    assert asked["payments"] == {"read", "load", "list", "create"}
    assert asked["products"] == {"read", "load", "list", "create", "update", "delete"}
    assert files(service(SMALL))["internal/hiddens/graphql.go"].count("h.createNode") == 1
    assert "readAll" not in files(service(SMALL))["internal/hiddens/graphql.go"]


def test_changes_go_through_what_the_routes_call() -> None:
    made = files(shipped("shop"), ALL)["internal/products/graphql.go"]
    for call in ("readCreate(input)", "readChange(input)", "readList(query.Encode())"):
        assert call in made
    assert "change(ctx, tx, caller, key, httpapi.ETag(version), in.onto())" in made
    assert made.count("h.rows.Forget(ctx, ") == len(("create", "update", "delete"))
    routed = files(shipped("users"))["internal/users/handler.go"]
    assert "h.apply(w, r, caller, key, known, in.onto(hash))" in routed


def test_rows_that_others_lead_to_are_judged_as_those_of_lists() -> None:
    made = files(shipped("shop"))["internal/orderlines/graphql.go"]
    loaded = made[made.index("func readAll(") :]
    assert 'query.Where("order_id IN (SELECT id FROM orders WHERE customer_id = ?)"' in loaded
    assert "if !mayRead.Always(caller) {" in loaded
    assert (
        'query.Where("deleted_at IS NULL")'
        in files(shipped("shop"))["internal/products/graphql.go"]
    )


def test_members_lead_to_rows_that_somebody_may_read() -> None:
    view = view_of(service(SMALL), GRAPHQL)
    thing = view.resources[0]
    led = [(each.name, each.member, each.to) for each in thing.graph.leads]
    assert led == [("parent", "parent_id", "Thing"), ("others", "other_ids", "Thing")]
    assert thing.graph.leads[0].path == "/api/v1/things"
    assert [json for json, _ in thing.linkable] == ["other_ids"]
    assert thing.emptied == ("parent_id", "secret_id")


def test_values_are_called_as_the_schema_has_them() -> None:
    view = view_of(service(SMALL), GRAPHQL)
    names = dict(view.graph_enums)
    assert names["ThingKind"] == (("on-sale", "on_sale"), ("true", "true_"))
    assert ("-created_at", "created_at_DESC") in names["ThingOrderBy"]
    assert "HiddenOrderBy" not in names
    assert view.resources[0].graph.renamed == (("kind", names["ThingKind"]),)
    assert view_of(service(SMALL), frozenset()).graph_enums == ()


def test_without_accounts_nobody_is_asked_who_they_are() -> None:
    made = files(service(SMALL))
    asked = "".join(
        text for path, text in made.items() if re.match(r"internal/(graphql|things)/", path)
    )
    assert "policy." not in asked
    assert "Signing in" not in made["README.md"]


def test_what_the_code_says_before_a_dot_is_no_name_of_a_package() -> None:
    """A resource's package of such a name would be imported wherever the code says it."""
    known = {*STANDARD, *OTHERS, *OWN, "filepath", "format", "mathrand", "semconv"}
    known |= {"ast", "cache", "gqlerror", "gqlparser", "graphql", "jobs", "maintnotifications"}
    known |= {"metric", "metricdata", "parser", "redis", "rules", "validator"}
    for name in ("users", "shop"):
        view = view_of(shipped(name), ALL)
        own = {each.package for each in view.resources}
        for path, text in files(shipped(name), ALL).items():
            if path.endswith(".go"):
                bare = re.sub(
                    r'"(?:\\.|[^"\\\n])*"|`[^`]*`|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*', "", text
                )
                said = set(re.findall(r"(?<![\w.])([a-z][a-z0-9]*)\.(?=[A-Za-z_])", bare))
                numbered = {
                    each for each in said if each[-1].isdigit() and each[:4] in {"hand", "step"}
                }
                free = {
                    each
                    for each in said - known - own - numbered
                    if package_name(each, set()) == each
                }
                assert not free, path
