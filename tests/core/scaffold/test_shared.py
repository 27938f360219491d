"""What is alike in every stack: the load test, with requests that the contract takes."""

from __future__ import annotations

import json
import random
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tree_sitter
import tree_sitter_typescript
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.locations import knowledge_dir, templates_dir
from be_tui.core.scaffold import parse_spec, sound_spec
from be_tui.core.scaffold.contract import openapi
from be_tui.core.scaffold.manifests import read_stack, stack_names
from be_tui.core.scaffold.rendering import render, sources
from be_tui.core.scaffold.shared.loadtest import view_of

if TYPE_CHECKING:
    from be_tui.core.scaffold import Service
    from be_tui.core.scaffold.rendering import Source

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
SPECS = [*(Path(knowledge_dir(), "specs", f"{name}.yaml") for name in ("users", "shop")), *CORPUS]
FILES = sources(Path(templates_dir(), "shared", "loadtest"))
SCRIPTS = [each for each in FILES if each.path.endswith(".js")]

ONE = """\
service: one
resources:
  thing:
    fields:
      FIELD
    allow: {read: anyone, write: anyone}
"""


def told(service: Service) -> list[dict[str, Any]]:
    """Give what the scripts know of each resource, as they read it."""
    read: dict[str, Any] = json.loads(json.dumps(view_of(service).contract))
    resources: list[dict[str, Any]] = read["resources"]
    return resources


def thing(*lines: str, more: str = "") -> dict[str, Any]:
    """Give what the scripts know of a resource with some fields."""
    text = ONE.replace("FIELD", "\n      ".join(lines)) + more
    read = parse_spec(text)
    assert read.sound, read.findings
    return told(read.service)[0]


def assembled(parts: list[dict[str, Any]], more: int, draw: random.Random) -> str:
    """Put a text together as the scripts do."""
    text = ""
    for part in parts:
        for _ in range(draw.randint(part["least"], min(part["most"], part["least"] + more))):
            arms = part.get("arms")
            text += assembled(draw.choice(arms), more, draw) if arms else draw.choice(part["of"])
    return text


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_scripts_ask_for_what_the_contract_has(spec: Path) -> None:
    service = sound_spec(str(spec))
    document: dict[str, Any] = json.loads(json.dumps(openapi(service)))
    paths, schemas = document["paths"], document["components"]["schemas"]
    for each in told(service):
        known = {"list": "get", "create": "post"}
        row = {"read": "get", "update": "patch", "delete": "delete"}
        for action in each["actions"]:
            path = each["path"] if action in known else f"{each['path']}/{{id}}"
            assert (known | row)[action] in paths[path], (each["name"], action)
        if "create" not in each["actions"]:
            continue
        reference = paths[each["path"]]["post"]["requestBody"]["content"]["application/json"]
        schema = schemas[reference["schema"]["$ref"].rpartition("/")[2]]
        names = {part["name"] for key in ("body", "references", "links") for part in each[key]}
        assert set(schema.get("required", ())) <= names <= set(schema["properties"])
        assert set(each["changes"]) <= {part["name"] for part in each["body"]}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_rows_are_made_after_those_that_they_need(spec: Path) -> None:
    done: set[str] = set()
    for each in told(sound_spec(str(spec))):
        assert {reference["to"] for reference in each["references"]} <= done
        done.add(each["name"])


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.path)
def test_a_script_is_javascript(script: Source) -> None:
    language = tree_sitter.Language(tree_sitter_typescript.language_typescript())
    tree = tree_sitter.Parser(language).parse(script.text.encode())
    assert not tree.root_node.has_error


@pytest.mark.parametrize("stack", stack_names())
def test_a_load_test_stands_beside_a_service_of_each_stack(stack: str) -> None:
    service, chosen = sound_spec(str(SPECS[0])), frozenset({"loadtest"})
    plain = {each.path for each in render(service, read_stack(stack), frozenset())}
    made = {each.path for each in render(service, read_stack(stack), chosen)}
    assert plain < made
    assert made - plain == {each.path.removesuffix(".j2") for each in FILES}


def test_a_row_of_an_order_leads_to_an_order_of_its_own() -> None:
    shop = {each["name"]: each for each in told(sound_spec(str(SPECS[1])))}
    assert shop["order_line"]["references"] == [
        {"name": "order_id", "to": "order", "from": "fresh"},
        {"name": "product_id", "to": "product", "from": "any"},
    ]
    assert "delete" not in shop["payment"]["actions"]
    assert view_of(sound_spec(str(SPECS[1]))).lasting == ("payment",)


PATTERNS = [
    "[A-Z0-9-]+",
    "[A-Z]{2}-[0-9]{4,6}",
    "(?:red|green|[bB]lue)(?:-[a-z]+)?",
    "\\d{3}(?:\\.\\d{1,2})*",
    "a.c[^x]",
    "^[a-f]+$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(seed=st.integers(0, 2**32), more=st.integers(0, 40))
def test_a_text_that_is_put_together_is_one_that_the_pattern_takes(
    pattern: str, seed: int, more: int
) -> None:
    value = thing(f"code: {{type: text, max: 90, pattern: '{pattern}'}}")["body"][0]["value"]
    assert re.fullmatch(pattern, assembled(value["parts"], more, random.Random(seed)))
    assert all(re.fullmatch(pattern, text) for text in value["known"])


@given(ends=st.tuples(st.integers(-(2**40), 2**40), st.integers(-(2**40), 2**40)).map(sorted))
def test_numbers_are_drawn_from_within_their_ends(ends: list[int]) -> None:
    low, high = ends
    price = f"price: {{type: decimal, digits: 20, scale: 2, min: {low}.5, max: {high + 1}.25}}"
    whole, decimal = (
        each["value"]
        for each in thing(f"count: {{type: integer, min: {low}, max: {high}}}", price)["body"]
    )
    assert low <= whole["least"] <= whole["most"] <= high
    assert Decimal(f"{low}.5") <= Decimal(decimal["least"]) / 100
    assert Decimal(decimal["most"]) / 100 <= Decimal(f"{high + 1}.25")


UNMADE = [
    "huge: {type: integer, min: 9100000000000000000, max: 9200000000000000000}",
    "huge: {type: decimal, digits: 30, scale: 0, min: 99999999999999999999}",
    "mail: {type: email, max: 9}",
    "code: {type: text, max: 2, pattern: '[a-z]{3}'}",
    "state: {type: enum, values: [a, b], unique: true}",
    "flag: {type: boolean, unique: true}",
    "code: {type: text, pattern: '[ab]|c{2}', unique: true}",
    "rank: {type: integer, min: 1, max: 9, unique: true}",
    "short: {type: text, max: 1, unique: true}",
]


@pytest.mark.parametrize("line", UNMADE)
def test_rows_of_which_there_are_few_or_none_are_only_read(line: str) -> None:
    assert "create" not in thing(line)["actions"]
    free = thing(line.replace("}", ", nullable: true}"), "name: {type: text}")
    assert ("create" in free["actions"]) == ("unique" not in line)


def test_what_may_be_missing_is_never_taken_twice() -> None:
    more = "    unique: [[other, rank]]\n"
    other = "other: {type: reference, to: thing, nullable: true}"
    made = thing(other, "rank: {type: integer, min: 1, max: 3}", more=more)
    assert "create" in made["actions"]
    assert not made["references"]


def test_each_kind_is_told() -> None:
    kinds = ("email", "url", "float", "boolean", "date", "datetime", "uuid", "json", "password")
    body = thing(*(f"a_{kind}: {{type: {kind}}}" for kind in kinds))["body"]
    assert [each["value"]["kind"] for each in body][:8] == list(kinds[:8])
    assert body[8]["value"] == {"kind": "text", "least": 12, "most": 128}
