"""The OpenAPI 3.1 document of a service: the contract that each stack keeps, word for word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.operations import common_headers, resource_paths
from be_tui.core.scaffold.contract.schemas import resource_schemas
from be_tui.core.scaffold.contract.sessions import session_paths, session_schemas
from be_tui.core.scaffold.naming import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.contract.schemas import Schema
    from be_tui.core.scaffold.model import Service

PROBLEMS = {
    400: ("bad-request", "The request cannot be read."),
    401: ("unauthorized", "There is no token, or one that is not valid."),
    403: ("forbidden", "The caller may not do this."),
    404: ("not-found", "There is no such thing, or none that the caller may see."),
    405: ("method-not-allowed", "This path does not know the method; `Allow` names those it does."),
    406: ("not-acceptable", "No form that the caller accepts."),
    409: ("conflict", "It contradicts what is there: a value that is taken, a row that is needed."),
    412: ("precondition-failed", "The row was changed meanwhile."),
    413: ("content-too-large", "The body is too large."),
    415: ("unsupported-media-type", "The body is of a kind that is not read here."),
    422: ("unprocessable-content", "The values are not as the contract says; `errors` tells each."),
    428: ("precondition-required", "Send `If-Match` with the version that you know."),
    429: ("too-many-requests", "Too many requests; `Retry-After` tells when to go on."),
    500: ("internal-server-error", "Something broke here; the request's id finds it in the log."),
    503: ("service-unavailable", "The database cannot be reached just now."),
}
"""Each status that tells of a problem: the last word of its type, and what it means."""


def openapi_text(service: Service) -> str:
    """Give the document as JSON, the same for the same service."""
    return json.dumps(openapi(service), ensure_ascii=False, indent=2) + "\n"


def openapi(service: Service) -> Schema:
    """Give the document."""
    paths: Schema = {}
    schemas: Schema = {"Problem": _problem()}
    for resource in service.resources:
        paths |= resource_paths(service, resource)
        schemas |= resource_schemas(service, resource)
    tags: list[Json] = [
        {"name": words(each.plural), "description": each.description or words(each.plural)}
        for each in service.resources
    ]
    if service.accounts:
        paths |= session_paths(service)
        schemas |= session_schemas(service, service.accounts)
        tags.append({"name": "sessions", "description": "Signing in, and staying so."})
    components: Schema = {
        "schemas": schemas,
        "responses": {f"Problem{status}": _answer(status) for status in PROBLEMS},
        "headers": _headers(),
    }
    components = _used(components, paths)
    if service.accounts:
        components["securitySchemes"] = {"bearer": _bearer()}
    return {
        "openapi": "3.1.0",
        "info": _info(service),
        "servers": [
            {
                "url": "https://api.example.com",
                "description": "production",
                "x-internal": "false",
            }
        ],
        "tags": tags,
        "paths": paths,
        "components": components,
    }


def _used(components: Schema, paths: Schema) -> Schema:
    """Leave out what nothing refers to: the forms of what nobody may do."""
    named = {
        f"#/components/{kind}/{name}": value
        for kind, group in components.items()
        if isinstance(group, dict)
        for name, value in group.items()
    }
    used: set[str] = set()
    waiting: list[Json] = [paths]
    while waiting:
        for reference in _references(waiting.pop()):
            if reference not in used:
                used.add(reference)
                waiting.append(named[reference])
    return {
        kind: {
            name: value for name, value in group.items() if f"#/components/{kind}/{name}" in used
        }
        for kind, group in components.items()
        if isinstance(group, dict)
    }


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _references(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "$ref" and isinstance(each, str):
                yield each
            else:
                yield from _references(each)


def _info(service: Service) -> Schema:
    about = service.description or service.title
    return {
        "title": service.title,
        "version": f"{service.version}.0.0",
        "summary": about.splitlines()[0],
        "description": about,
        "contact": {"name": service.contact or service.title, "url": "https://example.com"},
        "license": {"name": service.licence or "Proprietary", "identifier": "LicenseRef-own"},
    }


def _bearer() -> Json:
    return {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A short-lived token from `/sessions`, made and checked as RFC8725 says.",
    }


def _problem() -> Schema:
    """Give the schema of a problem, RFC 9457's."""

    def text(description: str, longest: int = 500) -> Schema:
        return {
            "type": "string",
            "description": description,
            "maxLength": longest,
            "pattern": patterns.NO_NUL,
        }

    one: Schema = {
        "type": "object",
        "properties": {
            "pointer": text("Where in the request: `/email`, `query/limit`."),
            "detail": text("What was expected there."),
        },
        "required": ["pointer", "detail"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "description": "What went wrong, as RFC 9457 has it.",
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "maxLength": 200},
            "title": text("The kind of problem, in words."),
            "status": {"type": "integer", "format": "int32", "minimum": 400, "maximum": 599},
            "detail": text("What it is this time.", 2000),
            "instance": {"type": "string", "format": "uri-reference", "maxLength": 200},
            "errors": {"type": "array", "maxItems": 100, "items": one},
        },
        "required": ["type", "title", "status"],
        "additionalProperties": False,
    }


def _answer(status: int) -> Json:
    headers = common_headers()
    for name, statuses in (("Retry-After", {429, 503}), ("Allow", {405})):
        if status in statuses:
            headers[name] = {"$ref": f"#/components/headers/{name}"}
    schema: Json = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": PROBLEMS[status][1],
        "headers": headers,
        "content": {"application/problem+json": {"schema": schema}},
    }


def _headers() -> Schema:
    def header(description: str, pattern: str, longest: int, *, required: bool) -> Json:
        schema: Json = {"type": "string", "maxLength": longest, "pattern": pattern}
        return {"description": description, "required": required, "schema": schema}

    return {
        "RateLimit": header(
            'What is left of the caller\'s share: `"default";r=99;t=60`.',
            '^"[a-z]{1,20}";r=[0-9]{1,9};t=[0-9]{1,9}$',
            60,
            required=True,
        ),
        "X-Request-Id": header(
            "What the log knows the request by.", "^[A-Za-z0-9-]{1,64}$", 64, required=True
        ),
        "Access-Control-Allow-Origin": header(
            "The origin, where it is one that the service knows.",
            "^https?://[A-Za-z0-9.:-]{1,200}$",
            210,
            required=False,
        ),
        "Allow": header("The methods that the path knows.", "^[A-Z, ]{3,60}$", 60, required=True),
        "Retry-After": {
            "description": "Seconds to wait.",
            "required": True,
            "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86400},
        },
    }
