from __future__ import annotations

import pytest

from be_tui.core.knowledge.decode.examples import LANGUAGES as KNOWN
from tests.knowledge.snippets import LANGUAGES, fault

SOUND = {
    "http": 'GET /orders HTTP/1.1\nHost: a.example\n\nHTTP/1.1 200 OK\nETag: "1"\n'
    'Content-Type: application/json\n\n{"items": []}',
    "json": '{"a": [1, null, "x"]}',
    "yaml": "a: {b: [1, 2]}\n---\nc: 1",
    "toml": 'a = 1\n[b]\nc = "d"',
    "openapi": "components:\n  schemas:\n    A: {type: [string, 'null'], maxLength: 3}",
    "graphql": "type Query { orders(first: Int = 10): [Order!]! }\ntype Order { id: ID! }",
    "proto": 'syntax = "proto3";\nmessage Order { string id = 1; reserved 2; }',
    "python": "async def f(x: int) -> None:\n    await g(x)",
    "typescript": "export async function f(x: number): Promise<void> { await g(x!); }",
    "java": 'record Order(String id) { Order { if (id == null) throw new Error("x"); } }',
    "kotlin": 'data class Order(val id: String)\nfun f(o: Order?) = o?.id ?: error("x")',
    "go": 'package a\n\nfunc f(ctx context.Context) error { return fmt.Errorf("x: %w", err) }',
    "shell": 'set -eu\nfor f in *.sql; do psql -f "$f" | tee log; done',
    "text": "anything",
}

BROKEN = {
    "http": "GET /orders HTTP/1.1\nno header here",
    "json": '{"a": 1,}',
    "yaml": "a: [1, 2",
    "toml": "a = ",
    "openapi": "components:\n  schemas:\n    A: {type: number, exclusiveMinimum: true}",
    "graphql": "type Order { id: ID!",
    "proto": "message Order { string id }",
    "python": "def f(:\n    pass",
    "typescript": "const x: = 3;",
    "java": "class A { void f( { } }",
    "kotlin": "fun f(: Int { ",
    "go": "func f( error { return",
    "shell": "if true; then echo",
    "text": " \n",
}


def test_every_language_of_an_example_has_its_parser() -> None:
    assert {*LANGUAGES, "sql"} == set(KNOWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sound_example_has_no_fault(language: str) -> None:
    assert fault(language, SOUND[language], right=True) == ""
    assert fault(language, SOUND[language], right=False) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_example_is_found(language: str) -> None:
    assert fault(language, BROKEN[language], right=True)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"openapi"}))
def test_what_is_wrong_on_purpose_is_still_of_its_language(language: str) -> None:
    assert fault(language, BROKEN[language], right=False)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("json", '{"a": 1, "a": 2}', "`a` stands twice"),
        ("json", "NaN", "NaN is not JSON"),
        ("yaml", "a: 1\na: 2", "`a` stands twice"),
        ("yaml", "# nothing", "nothing stands there"),
        ("openapi", "[1]", "expected keys"),
        (
            "openapi",
            "openapi: 3.1.0\ninfo: {title: x}\npaths: {}",
            "is a required property",
        ),
        ("openapi", "paths:\n  /a:\n    get: {respones: {}}", "(at paths//a/get)"),
        ("graphql", "type Query { o: Order }", "Unknown type 'Order'"),
        ("graphql", "type Query { a: Int }\n{ a }", "a schema and a query"),
        ("proto", "message A { string a = 1; int32 b = 1; }", "already been used"),
        ("go", "a := 1\nfunc f( {", "line 2 is not go"),
    ],
)
def test_a_fault_says_what_and_where(language: str, text: str, told: str) -> None:
    assert told in fault(language, text, right=True)


def test_a_line_of_json_each_is_json_lines() -> None:
    assert fault("json", '{"a": 1}\n{"a": 2}', right=True) == ""
    assert fault("json", '{"a": 1}\n{"a": }', right=True)


def test_a_schema_and_a_query_of_graphql_are_each_read() -> None:
    assert fault("graphql", "query ($id: ID!) { order(id: $id) { id } }", right=True) == ""


RESPONSE = "HTTP/1.1 {}\nContent-Type: application/problem+json\n\n{}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("FETCH /a HTTP/1.1\nHost: a", "no such method"),
        ("GET a HTTP/1.1\nHost: a", "no target"),
        ("GET /a#b HTTP/1.1\nHost: a", "no target"),
        ("GET /a HTTP/1.1", "without Host"),
        ("HTTP/1.1 299 Odd", "no such status"),
        ("HTTP/1.1 404 Missing", "404 is Not Found, not Missing"),
        ("HTTP/1.1 204 No Content\nContent-Type: text/plain\n\nx", "204 has no body"),
        ("HTTP/1.1 405 Method Not Allowed", "405 without Allow"),
        ("HTTP/1.1 401 Unauthorized", "401 without WWW-Authenticate"),
        ("HTTP/1.1 200 OK\nETag: 1", "an entity tag is quoted"),
        ('HTTP/1.1 200 OK\nETag: "1"\nETag: "2"', "etag stands there twice"),
        ("GET /a HTTP/1.1\nHost: a\nIf-Match: 1", "an entity tag is quoted"),
        ("HTTP/1.1 200 OK\nContent-Type: json", "no media type"),
        ("HTTP/1.1 200 OK\nContent-Type:", "no value"),
        ("HTTP/1.1 200 OK\nContent-Length: x", "no number"),
        ("HTTP/1.1 200 OK\nContent-Length: 3\nContent-Type: text/plain\n\nfour", "has 4 bytes"),
        ("HTTP/1.1 200 OK\n\nx", "a body without Content-Type"),
        ("HTTP/1.1 200 OK\nDate: Tue, 23 Nov 2026 08:00:00 GMT", "wrong day"),
        ("HTTP/1.1 200 OK\nSunset: 2026-11-23", "not a date"),
        ("HTTP/1.1 503 Service Unavailable\nRetry-After: soon", "not a date"),
        ("HTTP/1.1 200 OK\nDeprecation: true", "RFC 9745"),
        ('HTTP/1.1 200 OK\nContent-Type: application/json\n\n{"a": ...}', "Expecting value"),
        (RESPONSE.format("404 Not Found", '{"status": 400}'), "says status 400"),
        (RESPONSE.format("404 Not Found", '{"title": 1}'), "`title` is no text"),
        (RESPONSE.format("404 Not Found", "[1]"), "a JSON object"),
        ("nothing of the kind", "expected a request line"),
        ("HTTP/1.1 20 OK", "neither a request line"),
        (
            "POST /a HTTP/1.1\nHost: a\nContent-Type: application/problem+json\n\n{}",
            "a request with a problem",
        ),
    ],
)
def test_a_breach_of_http_is_found(text: str, told: str) -> None:
    assert told in fault("http", text, right=True)


@pytest.mark.parametrize(
    "text",
    [
        "HTTP/1.1 422 Unprocessable Content",
        "HTTP/1.1 422 Unprocessable Entity",
        "HTTP/1.1 429 Too Many Requests\nRetry-After: 30",
        "HTTP/2 200\nDate: Mon, 23 Nov 2026 08:00:00 GMT",
        "HTTP/1.1 200 OK\nDeprecation: @1767225600",
        'GET /a HTTP/1.1\nHost: a\nIf-None-Match: "1", W/"2"\n\nHTTP/1.1 304 Not Modified',
        "OPTIONS * HTTP/1.1\nHost: a",
        RESPONSE.format("404 Not Found", '{"type": "/p", "status": 404, "errors": []}'),
    ],
)
def test_a_message_by_the_rules_has_no_fault(text: str) -> None:
    assert fault("http", text, right=True) == ""
