"""Reads OpenAPI 2 and 3 documents, in YAML or JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.contracts.model import ApiDocument, Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_YAML = 512 << 10
"""Bytes of YAML that are read; more would take seconds."""

LARGEST_JSON = 4 << 20
MOST_OPERATIONS = 5000
_DEEPEST = 12

SAYS_OPENAPI = re.compile(
    rb"^[ \t]*[\"']?(?:openapi|swagger)[\"']?[ \t]*:[ \t]*[\"']?[23]\.|^\{\s*\"(?:openapi|sw"
    rb"agger)\"\s*:",
    re.MULTILINE,
)
_METHODS = frozenset({"get", "put", "post", "delete", "patch", "options", "head", "trace", "query"})
_PAGES = re.compile(
    r"^(?:page|limit|offset|cursor|after|before|first|last|size|skip|top|count|from|start|take|n"
    r"|max_?results|per_?page|page_?size|page_?token|page_?number|next|next_?token|starting_?after"
    r"|marker|continuation_?token|\$top|\$skip|page\[\w+\])$",
    re.IGNORECASE,
)
_SIZES = re.compile(r"limit|size|per_?page|first|top|count|take|max_?results", re.IGNORECASE)
_ITEMS = frozenset(
    {"items", "data", "results", "content", "entries", "records", "values", "elements"}
)

Node = dict[str, object]


def read_openapi(path: str, data: bytes) -> ApiDocument | None:
    """Read one document; None where it turns out to be something else."""
    try:
        root = _parsed(path, data)
    except ValueError as trouble:
        return ApiDocument(path, "OpenAPI", trouble=str(trouble))
    if not isinstance(root, dict) or not ("openapi" in root or "swagger" in root):
        return None
    return _Reader(path, root, data).document()


def _parsed(path: str, data: bytes) -> object:
    import json

    if path.endswith(".json"):
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise ValueError("it is not JSON") from error
    if len(data) > LARGEST_YAML:
        raise ValueError(f"not read: more than {LARGEST_YAML >> 10} KB of YAML")
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(data, loader)  # noqa: S506 (both loaders are safe)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise ValueError(f"it is not YAML{where}") from error


class _Reader:
    def __init__(self, path: str, root: Node, data: bytes) -> None:
        self._path = path
        self._root = root
        self._data = data
        self._shapes: set[str] = set()
        self._problems = b"application/problem+json" in data or b"application/problem+xml" in data

    def document(self) -> ApiDocument:
        bases = list(self._bases())
        paths = _mapping(self._root.get("paths"))
        operations = tuple(self._operations(paths))
        return ApiDocument(
            self._path,
            "OpenAPI",
            operations,
            tuple(f"{base}{path}" for path in paths for base in bases or [""]),
            frozenset(self._shapes),
            self._problems,
        )

    def _bases(self) -> Iterator[str]:
        base = self._root.get("basePath")
        if isinstance(base, str):
            yield base.rstrip("/")
        servers = self._root.get("servers")
        for server in servers if isinstance(servers, list) else []:
            url = str(_mapping(server).get("url", ""))
            yield re.sub(r"^\w+://[^/]*", "", url).rstrip("/")

    def _operations(self, paths: Node) -> Iterator[Operation]:
        count = 0
        for path, item in paths.items():
            shared = self._parameters(_mapping(self._resolved(item)))
            line = self._line(str(path))
            for method, operation in _mapping(self._resolved(item)).items():
                if method not in _METHODS or not isinstance(operation, dict):
                    continue
                count += 1
                if count > MOST_OPERATIONS:
                    return
                parameters = {**shared, **self._parameters(operation)}
                self._errors(operation)
                pages = [name for name in parameters if _PAGES.match(name)]
                plain = not pages and self._gives_list(str(path), method, operation)
                capped = any(_SIZES.search(name) and parameters[name] for name in pages)
                yield Operation(
                    f"{method.upper()} {path}", line, plain, capped,
                    operation.get("deprecated") is True,
                )  # fmt: skip

    def _line(self, path: str) -> int:
        found = re.search(rb"[\"']?" + re.escape(path.encode()) + rb"[\"']?\s*:", self._data)
        return self._data.count(b"\n", 0, found.start()) + 1 if found else 0

    def _parameters(self, holder: Node) -> dict[str, bool]:
        """Give the names of the query's parameters, and whether each has a largest value."""
        found: dict[str, bool] = {}
        parameters = holder.get("parameters")
        for each in parameters if isinstance(parameters, list) else []:
            parameter = _mapping(self._resolved(each))
            if parameter.get("in") == "query":
                schema = _mapping(self._resolved(parameter.get("schema", parameter)))
                found[str(parameter.get("name", ""))] = "maximum" in schema
        return found

    def _gives_list(self, path: str, method: str, operation: Node) -> bool:
        if method != "get" or path.rstrip("/").endswith("}"):
            return False
        responses = _mapping(operation.get("responses"))
        answer = _mapping(self._resolved(responses.get("200", responses.get(200))))  # type: ignore[call-overload]
        return any(self._is_list(schema) for schema in self._schemas(answer))

    def _schemas(self, answer: Node) -> Iterator[Node]:
        if "schema" in answer:
            yield _mapping(answer["schema"])
        for content in _mapping(answer.get("content")).values():
            yield _mapping(_mapping(content).get("schema"))

    def _is_list(self, schema: Node) -> bool:
        schema = _mapping(self._resolved(schema))
        if schema.get("type") == "array":
            return True
        return any(
            _mapping(self._resolved(value)).get("type") == "array"
            for name, value in _mapping(schema.get("properties")).items()
            if name in _ITEMS
        )

    def _errors(self, operation: Node) -> None:
        for status, answer in _mapping(operation.get("responses")).items():
            if not str(status).startswith(("4", "5", "default")):
                continue
            for schema in self._schemas(_mapping(self._resolved(answer))):
                reference = schema.get("$ref")
                if isinstance(reference, str):
                    self._shapes.add(reference.rpartition("/")[2])
                elif schema:
                    self._shapes.add(" ".join(sorted(map(str, _mapping(schema.get("properties"))))))

    def _resolved(self, node: object) -> object:
        """Follow references within the document; one that leads out of it is left as it is."""
        for _ in range(_DEEPEST):
            reference = _mapping(node).get("$ref")
            if not isinstance(reference, str) or not reference.startswith("#/"):
                break
            at: object = self._root
            for part in reference[2:].split("/"):
                at = _mapping(at).get(part.replace("~1", "/").replace("~0", "~"))
            node = at
        return node


def _mapping(value: object) -> Node:
    return value if isinstance(value, dict) else {}
