"""What can be asked of a resource: paths, parameters and every answer, as OpenAPI 3.1 has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract import patterns
from be_tui.core.scaffold.contract.schemas import (
    MOST_ITEMS,
    field_schema,
    key_schema,
    sparse_schema,
)
from be_tui.core.scaffold.contract.wire import (
    answered,
    filters,
    patched,
    replaced,
    sorts,
    type_name,
)
from be_tui.core.scaffold.naming import kebab, pascal, with_article, words

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.contract.schemas import Schema
    from be_tui.core.scaffold.model import Action, Resource, Service

PAGE = 20
"""Rows of a page that says nothing else."""

_ALWAYS = (400, 401, 422, 429, 500, 503)
"""What every operation may answer besides its own."""


def path_of(service: Service, resource: Resource) -> str:
    """Give the path of a resource's collection."""
    return f"/api/v{service.version}/{kebab(resource.plural)}"


def resource_paths(service: Service, resource: Resource) -> dict[str, Schema]:
    """Give the paths of a resource with what can be asked of each."""
    asked = _Asked(service, resource)
    collection: Schema = {}
    row: Schema = {"parameters": [asked.key_parameter()]}
    if asked.allowed("list"):
        collection["get"] = asked.list_rows()
    if asked.allowed("create"):
        collection["post"] = asked.create()
    if asked.allowed("read"):
        row["get"] = asked.read()
    if asked.allowed("update"):
        if replaced(service, resource):
            row["put"] = asked.replace()
        if patched(service, resource):
            row["patch"] = asked.patch()
    if asked.allowed("delete"):
        row["delete"] = asked.delete()
    base = path_of(service, resource)
    found = {base: collection, f"{base}/{{id}}": row}
    return {path: item for path, item in found.items() if set(item) - {"parameters"}}


class _Asked:
    """The operations of one resource."""

    def __init__(self, service: Service, resource: Resource) -> None:
        self._service = service
        self._resource = resource
        self._one = words(resource.name)
        self._an = with_article(self._one)
        self._many = words(resource.plural)
        self._type = type_name(resource)

    def allowed(self, action: Action) -> bool:
        """Tell whether anybody may do it."""
        return "nobody" not in self._resource.may(action).who

    def key_parameter(self) -> Json:
        return {
            "name": "id",
            "in": "path",
            "required": True,
            "description": f"The {self._one}.",
            "schema": key_schema(self._resource),
        }

    def list_rows(self) -> Schema:
        parameters: list[Json] = [
            _query("limit", "How many rows a page has at most.", _limit()),
            _query("cursor", "Where to go on, from `next_cursor`.", _cursor()),
            _query("sort", "The order of the rows; `-` turns it round.", self._sort()),
            self._fields(),
        ]
        for each in filters(self._resource):
            schema = dict(field_schema(self._service, each.field))
            for key in ("default", "description", "writeOnly"):
                schema.pop(key, None)
            if isinstance(kinds := schema.get("type"), list):
                schema["type"] = kinds[0]
                if isinstance(values := schema.get("enum"), list):
                    schema["enum"] = values[:-1]
            told = {"=": "exactly this", ">=": "this or more", "<=": "this or less"}
            text = f"Only rows whose {words(each.field.name)} is {told[each.comparison]}."
            parameters.append(_query(each.name, text, schema))
        answer = _json(f"A page of {self._many}.", _ref(f"{self._type}Page"))
        operation = self._operation("list", f"list{pascal(self._resource.plural)}")
        operation |= {
            "summary": f"List {self._many}",
            "description": f"Gives {self._many} page by page, as far as the caller may see them.",
            "parameters": parameters,
            "responses": {"200": answer, **self._problems("list", 404, 405, 406)},
        }
        return operation

    def create(self) -> Schema:
        operation = self._operation("create", f"create{self._type}")
        headers = {"Location": _header("Where the new row is.", "uri-reference", 2000)}
        answer = _json(f"The new {self._one}.", _ref(self._type), {**headers, **_etag()})
        operation |= {
            "summary": f"Create {self._an}",
            "description": (
                f"Makes {self._an}. With an `Idempotency-Key` the same request may be sent"
                " again for a day: it is carried out once and answered alike."
            ),
            "parameters": [_idempotency()],
            "requestBody": _body(f"{self._type}Create", "application/json"),
            "responses": {"201": answer, **self._problems("create", 404, 405, 409, 413, 415)},
        }
        return operation

    def read(self) -> Schema:
        operation = self._operation("read", f"get{self._type}")
        whole_or_part: Json = {
            "anyOf": [_ref(self._type), sparse_schema(self._service, self._resource)]
        }
        answer = _json(f"The {self._one}.", whole_or_part, _etag(required=False))
        operation |= {
            "summary": f"Get {self._an}",
            "description": f"Gives one {self._one}; with `fields` only those members of it.",
            "parameters": [self._fields(), _if_none_match()],
            "responses": {
                "200": answer,
                "304": _plain("It is as it was.", _etag()),
                **self._problems("read", 404, 405, 406),
            },
        }
        return operation

    def replace(self) -> Schema:
        operation = self._operation("update", f"replace{self._type}")
        operation |= {
            "summary": f"Replace {self._an}",
            "description": f"Sets all of {self._an}; what is left out gets its default.",
            "requestBody": _body(f"{self._type}Replace", "application/json"),
        }
        return self._changing(operation)

    def patch(self) -> Schema:
        operation = self._operation("update", f"update{self._type}")
        operation |= {
            "summary": f"Change {self._an}",
            "description": (
                f"Changes what is sent of {self._an} and leaves the rest, as RFC 7396 says."
            ),
            "requestBody": _body(f"{self._type}Patch", "application/merge-patch+json"),
        }
        return self._changing(operation)

    def _changing(self, operation: Schema) -> Schema:
        answer = _json(f"The {self._one} as it is now.", _ref(self._type), _etag())
        problems = self._problems("update", 404, 405, 409, 412, 413, 415, 428)
        return {
            **operation,
            "parameters": [_if_match()],
            "responses": {"200": answer, **problems},
        }

    def delete(self) -> Schema:
        operation = self._operation("delete", f"delete{self._type}")
        gone = _plain("It is gone.")
        operation |= {
            "summary": f"Delete {self._an}",
            "description": f"Removes {self._an}, unless other rows need it.",
            "parameters": [_if_match()],
            "responses": {"204": gone, **self._problems("delete", 404, 405, 409, 412, 428)},
        }
        return operation

    def _operation(self, action: Action, name: str) -> Schema:
        operation: Schema = {"operationId": name, "tags": [self._many]}
        operation["security"] = security("anyone" in self._resource.may(action).who, self._service)
        return operation

    def _problems(self, action: Action, *more: int) -> dict[str, Json]:
        permission = self._resource.may(action)
        guarded = action in {"create", "update"} and any(
            field.writers for field in self._resource.fields
        )
        closed = guarded or ("anyone" not in permission.who and self._service.accounts is not None)
        return problems(*more, *((403,) if closed else ()))

    def _sort(self) -> Schema:
        ways = sorts(self._resource)
        return {"type": "string", "enum": list(ways), "default": ways[0]}

    def _fields(self) -> Json:
        names: list[Json] = ["id", *(each.name for each in answered(self._resource))]
        names += ["created_at", "updated_at"]
        return {
            "name": "fields",
            "in": "query",
            "description": "The members to give, with commas between; all without.",
            "style": "form",
            "explode": False,
            "schema": {
                "type": "array",
                "minItems": 1,
                "maxItems": len(names),
                "uniqueItems": True,
                "items": {"type": "string", "enum": names},
            },
        }


def security(open_to_all: bool, service: Service) -> Json:  # noqa: FBT001
    """Give who may call: with a token, with or without one, or anybody."""
    if service.accounts is None:
        return []
    return [{"bearer": []}, {}] if open_to_all else [{"bearer": []}]


def problems(*more: int) -> dict[str, Json]:
    """Give the answers that tell of a problem, each once, in their order."""
    return {
        str(status): {"$ref": f"#/components/responses/Problem{status}"}
        for status in sorted({*_ALWAYS, *more})
    }


def _plain(description: str, headers: dict[str, Json] | None = None) -> Json:
    return {"description": description, "headers": {**common_headers(), **(headers or {})}}


def _json(description: str, schema: Json, headers: dict[str, Json] | None = None) -> Json:
    return {
        "description": description,
        "headers": {**common_headers(), **(headers or {})},
        "content": {"application/json": {"schema": schema}},
    }


def common_headers() -> dict[str, Json]:
    """Give the headers that every answer has."""
    return {
        name: {"$ref": f"#/components/headers/{name}"}
        for name in ("RateLimit", "X-Request-Id", "Access-Control-Allow-Origin")
    }


def _etag(*, required: bool = True) -> dict[str, Json]:
    return {
        "ETag": {
            "description": "The version of the row, to send as `If-Match`.",
            "required": required,
            "schema": _tag(),
        }
    }


def _tag() -> Schema:
    example: list[Json] = ['"7"']
    return {"type": "string", "maxLength": 66, "pattern": patterns.ETAG, "examples": example}


def _header(description: str, form: str, longest: int) -> Json:
    schema: Json = {"type": "string", "format": form, "maxLength": longest}
    return {"description": description, "required": True, "schema": schema}


def _body(name: str, kind: str) -> Json:
    return {"required": True, "content": {kind: {"schema": _ref(name)}}}


def _query(name: str, description: str, schema: Schema) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _limit() -> Schema:
    return {
        "type": "integer",
        "format": "int32",
        "minimum": 1,
        "maximum": MOST_ITEMS,
        "default": PAGE,
    }


def _cursor() -> Schema:
    return {"type": "string", "maxLength": 1024, "pattern": patterns.CURSOR}


def _if_match() -> Json:
    return {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The `ETag` of the row as the caller knows it; another one is a 412.",
        "schema": _tag(),
    }


def _if_none_match() -> Json:
    return {
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` that the caller has; the same one is a 304, others are nothing.",
        "schema": {"type": "string", "maxLength": 200, "pattern": patterns.KNOWN_ETAGS},
    }


def _idempotency() -> Json:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A name for the request, made by the caller, another for each.",
        "schema": {"type": "string", "maxLength": 128, "pattern": patterns.IDEMPOTENCY_KEY},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
