"""An OpenAPI document becomes a spec, and a contract of ours comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from be_tui.core.errors import InputError
from be_tui.core.findings import Place
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import (
    Bounds,
    Field,
    Permission,
    Resource,
    Service,
    parse_spec,
    sound_spec,
)
from be_tui.core.scaffold.contract import openapi, openapi_text
from be_tui.core.scaffold.importing_api import service_of_api
from be_tui.core.scaffold.model import ACTIONS
from be_tui.core.scaffold.writing import write_spec

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.scaffold.model import Who

HERE = Place("spec.yaml")

FOREIGN = """\
openapi: 3.0.3
info: {title: Book Club, version: v2.1.0}
tags: [{name: books, description: What is read.}]
components:
  schemas:
    Base:
      type: object
      properties:
        id: {type: integer, format: int64}
        createdAt: {type: string, format: date-time}
    Book:
      allOf:
        - $ref: "#/components/schemas/Base"
        - type: object
          properties:
            bookTitle: {type: string, maxLength: 120}
            authorId: {type: integer, format: int64}
            isbn: {type: string, pattern: "^[0-9]{13}$"}
            state: {type: string, enum: [new, used]}
            price: {type: number, format: decimal, minimum: 0}
            shelf: {oneOf: [{type: string}, {type: "null"}]}
            tags: {type: array, items: {type: string}}
            cover: {type: object, properties: {url: {type: string}}}
            ratings: {type: number, readOnly: true}
    NewBook:
      type: object
      required: [bookTitle, authorId]
      properties:
        bookTitle: {type: string, minLength: 1, maxLength: 120}
        authorId: {type: integer, format: int64}
        isbn: {type: string, pattern: "^[0-9]{13}$"}
        state: {type: string, enum: [new, used], default: new}
        price: {type: number, format: decimal, minimum: 0}
        shelf: {oneOf: [{type: string}, {type: "null"}]}
        cover: {type: object, properties: {url: {type: string}}}
paths:
  /api/books:
    get:
      tags: [books]
      parameters:
        - {name: state, in: query, schema: {type: string}}
        - {name: sort, in: query, schema: {type: string, enum: [bookTitle, -bookTitle]}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {
          type: object,
          properties: {data: {type: array, items: {$ref: "#/components/schemas/Book"}}}}}}}
    post:
      security: [{token: []}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/NewBook"}}}}
      responses: {"201": {description: made}}
  /api/books/{bookId}:
    parameters: [{name: bookId, in: path, required: true, schema: {type: integer}}]
    delete:
      security: [{token: []}]
      responses: {"204": {description: gone}}
  /api/authors:
    post:
      requestBody: {content: {application/json: {schema: {
        type: object, required: [name], properties: {name: {type: string}}}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {
        type: object, properties: {id: {type: string, format: uuid}, name: {type: string}}}}}}}
  /api/authors/{id}:
    get: {responses: {"200": {description: ok}}}
"""


def imported(tmp_path: Path, text: str, name: str = "api.yaml") -> tuple[Service, list[str]]:
    file = tmp_path / name
    file.write_text(text)
    found = service_of_api(str(file))
    return found.service, [each.message for each in found.findings]


def field(service: Service, resource: str, name: str) -> Field:
    found = service.resource(resource)
    assert found
    told = found.field(name)
    assert told, [each.name for each in found.fields]
    return told


def test_paths_become_resources(tmp_path: Path) -> None:
    service, _ = imported(tmp_path, FOREIGN)
    assert (service.name, service.title, service.version) == ("book-club", "Book Club", 2)
    assert [(each.name, each.plural, each.key) for each in service.resources] == [
        ("book", "books", "integer"),
        ("author", "authors", "uuid"),
    ]
    assert service.resources[0].description == "What is read."


def test_what_requests_send_and_answers_have_becomes_fields(tmp_path: Path) -> None:
    service, _ = imported(tmp_path, FOREIGN)
    title = field(service, "book", "book_title")
    assert (title.kind, title.bounds, title.required) == ("text", Bounds("1", "120"), True)
    assert title.sorted
    author = field(service, "book", "author")
    assert (author.kind, author.to) == ("reference", "author")
    assert field(service, "book", "isbn").bounds.pattern == "[0-9]{13}"
    state = field(service, "book", "state")
    assert (state.kind, state.values, state.default) == ("enum", ("new", "used"), "new")
    assert state.filtered
    assert field(service, "book", "price").kind == "decimal"
    assert field(service, "book", "shelf").nullable
    ratings = field(service, "book", "ratings")
    assert ratings.read_only
    assert ratings.nullable


def test_what_a_spec_cannot_say_is_told(tmp_path: Path) -> None:
    _, told = imported(tmp_path, FOREIGN)
    assert "`tags`: a spec has no type array" in told
    assert "`cover`: its members are left free" in told


def test_who_may_do_what_follows_from_the_operations(tmp_path: Path) -> None:
    service, _ = imported(tmp_path, FOREIGN)
    book = service.resource("book")
    assert book
    assert {each.action: each.who for each in book.permissions} == {
        "create": ("anyone",),
        "read": ("nobody",),
        "list": ("anyone",),
        "update": ("nobody",),
        "delete": ("anyone",),
    }, "nobody can sign in, so what was closed to strangers is open to anyone who asks"


def test_the_spec_of_a_foreign_document_is_sound(tmp_path: Path) -> None:
    service, _ = imported(tmp_path, FOREIGN)
    read = parse_spec(write_spec(service))
    assert read.sound, [each.message for each in read.findings]


@pytest.mark.parametrize("name", ["users", "shop"])
def test_a_contract_of_ours_comes_back(tmp_path: Path, name: str) -> None:
    before = sound_spec(f"{knowledge_dir()}/specs/{name}.yaml")
    service, _ = imported(tmp_path, openapi_text(before), "openapi.json")
    user = service.resource("user")
    assert user
    # Who may set a role stands in no document, so that nobody may.
    role, stood = field(service, "user", "role"), field(before, "user", "role")
    assert role.read_only
    given_back = replace(role, read_only=False, writers=stood.writers)
    fields = tuple(given_back if each is role else each for each in user.fields)
    told = replace(
        service,
        resources=tuple(
            replace(each, fields=fields) if each is user else each for each in service.resources
        ),
    )
    assert openapi(told)["components"] == openapi(before)["components"]
    assert openapi(told)["paths"] == openapi(before)["paths"]


WHO: tuple[Who, ...] = ("anyone", "nobody")
NAMES = ("alpha", "beta_two", "gamma", "delta")


@st.composite
def fields(draw: st.DrawFn, name: str) -> Field:
    """Draw a field that a document can say all of."""
    kind = draw(
        st.sampled_from(
            (
                *("text", "email", "url", "integer", "float", "boolean"),
                *("date", "datetime", "uuid", "enum", "json", "decimal"),
            )
        )
    )
    nullable = draw(st.booleans())
    bounds = Bounds()
    if kind == "text":
        bounds = Bounds(draw(st.sampled_from((None, "1"))), draw(st.sampled_from(("20", "500"))))
    elif kind in {"integer", "float"}:
        least = draw(st.integers(-1000, 1000))
        bounds = Bounds(str(least), str(least + draw(st.integers(0, 10**10))))
    elif kind == "decimal":
        bounds = Bounds("0", "9999.99", digits=6, scale=2)
    elif kind in {"email", "url"}:
        bounds = Bounds(None, "200")
    plain = kind != "json"
    return Field(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        place=HERE,
        description=draw(st.sampled_from(("", "What it is."))),
        required=draw(st.booleans()) if nullable else True,
        nullable=nullable,
        bounds=bounds,
        values=("low", "high") if kind == "enum" else (),
        filtered=plain and draw(st.booleans()),
        sorted=plain and draw(st.booleans()),
        fixed=draw(st.booleans()),
    )


@st.composite
def services(draw: st.DrawFn) -> Service:
    """Draw a service of which a document can say all."""
    permissions = tuple(
        Permission(action, ("anyone" if action in {"create", "read", "list"} else who,))
        for action in ACTIONS
        for who in [draw(st.sampled_from(WHO))]
    )
    own = [draw(fields(name)) for name in NAMES[: draw(st.integers(1, 4))]]
    own[0] = replace(own[0], fixed=False)
    key = draw(st.sampled_from(("uuid", "integer")))
    told = Resource("thing", "things", HERE, "Some thing.", key, tuple(own))  # type: ignore[arg-type]
    update = next(each for each in permissions if each.action == "update")
    if update.who == ("nobody",):
        told = replace(told, fields=tuple(replace(each, fixed=False) for each in told.fields))
    told = replace(told, permissions=permissions, newest_first=draw(st.booleans()))
    return Service("drawn-api", "Drawn api", (told,), HERE, "About it.", contact="A", licence="MIT")


@given(services())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_document_leads_back_to_itself(tmp_path: Path, service: Service) -> None:
    text = openapi_text(service)
    again, _ = imported(tmp_path, text, "drawn.json")
    assert openapi_text(replace(again, name=service.name)) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("swagger: '2.0'\n", "is no OpenAPI document of version 3"),
        ("[1, 2]", "is no OpenAPI document of version 3"),
        ("openapi: 3.1.0\npaths: {/health: {get: {responses: {}}}}\n", "there is no resource"),
        ("openapi: [", "api.yaml:"),
    ],
)
def test_what_is_no_document_is_told_in_a_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        imported(tmp_path, text)
    assert told in str(raised.value)


def test_references_in_a_circle_end(tmp_path: Path) -> None:
    text = FOREIGN.replace(
        "cover: {type: object",
        'same: {$ref: "#/components/schemas/Book"}\n            cover: {type: object',
        1,
    )
    service, told = imported(tmp_path, text)
    assert service.resource("book")
    assert "`same`: its members are left free" in told
