"""Signing in, staying so and signing out, as OpenAPI 3.1 has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.operations import common_headers, problems
from be_tui.core.scaffold.contract.schemas import PASSWORD, field_schema

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.contract.schemas import Schema
    from be_tui.core.scaffold.model import Accounts, Service

REFRESH = "^[A-Za-z0-9_-]{1,100}$"


def session_paths(service: Service) -> Schema:
    """Give the paths of sessions. Nobody needs a token to call them."""
    base = f"/api/v{service.version}/sessions"
    made = _answer("Signed in.", "Session")
    gone = _answer("Signed out; the refresh token is worth nothing any more.")
    return {
        base: _post(
            "createSession",
            "Sign in",
            "Gives tokens for an account and its password.",
            "SessionCreate",
            {"201": made},
        ),
        f"{base}/refresh": _post(
            "refreshSession",
            "Stay signed in",
            "Gives new tokens for a refresh token, which is worth nothing afterwards. One that is"
            " sent a second time ends the whole session.",
            "SessionRefresh",
            {"201": made},
        ),
        f"{base}/revoke": _post(
            "revokeSession",
            "Sign out",
            "Ends the session of a refresh token; one that is not known changes nothing.",
            "SessionRefresh",
            {"204": gone},
        ),
    }


def session_schemas(service: Service, accounts: Accounts) -> Schema:
    """Give the schemas of sessions.

    Raises:
        ValueError: The accounts have no field to sign in with.
    """
    resource = service.resource(accounts.resource)
    login = resource.field(accounts.login) if resource else None
    if login is None:
        raise ValueError("a service whose accounts have no login")
    password: Schema = {
        "type": "string",
        "minLength": 1,
        "maxLength": PASSWORD[1],
        "pattern": patterns.NO_NUL,
        "writeOnly": True,
    }
    access: Schema = {"type": "string", "maxLength": 4096, "pattern": patterns.BEARER}
    refresh: Schema = {"type": "string", "maxLength": 100, "pattern": REFRESH}
    seconds: Schema = {"type": "integer", "format": "int32", "minimum": 1, "maximum": 86400}
    return {
        "SessionCreate": _whole(
            "Who signs in.", {accounts.login: field_schema(service, login), "password": password}
        ),
        "SessionRefresh": _whole("A session.", {"refresh_token": refresh}),
        "Session": _whole(
            "Tokens of a session.",
            {
                "access_token": {**access, "description": "To send with each request."},
                "refresh_token": {**refresh, "description": "To get new tokens with, once."},
                "token_type": {"type": "string", "enum": ["Bearer"]},
                "expires_in": {**seconds, "description": "Seconds that the access token is good."},
            },
        ),
    }


def _whole(description: str, properties: Schema) -> Schema:
    """Give the schema of an object that has all its members."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _post(name: str, summary: str, description: str, body: str, answers: dict[str, Json]) -> Schema:
    schema: Json = {"$ref": f"#/components/schemas/{body}"}
    return {
        "post": {
            "operationId": name,
            "tags": ["sessions"],
            "summary": summary,
            "description": description,
            "security": [{"bearer": []}, {}],
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
            "responses": {**answers, **problems(405, 413, 415)},
        }
    }


def _answer(description: str, schema: str = "") -> Json:
    answer: dict[str, Json] = {"description": description, "headers": common_headers()}
    if schema:
        reference: Json = {"$ref": f"#/components/schemas/{schema}"}
        answer["content"] = {"application/json": {"schema": reference}}
    return answer
