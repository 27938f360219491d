"""Works out what a spec says: its faults, its operations, its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl import write_schema
from be_tui.core.scaffold.contract import openapi
from be_tui.core.scaffold.desk.model import Operation, Worked
from be_tui.core.scaffold.desk.who import who_may
from be_tui.core.scaffold.migrating import TARGET
from be_tui.core.scaffold.reading import parse_spec
from be_tui.core.scaffold.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.jsonform import Json
    from be_tui.core.scaffold.model import Action, Resource, Service

_METHODS: dict[str, Action] = {
    "post": "create",
    "put": "update",
    "patch": "update",
    "delete": "delete",
}


def work_out(text: str, options: frozenset[str] = frozenset(), where: str = "spec.yaml") -> Worked:
    """Give what a spec says.

    Args:
        text: The spec, which may be half written.
        options: What the service is to have besides; some need tables of their own.
        where: What it is called in faults.
    """
    if not text.strip():
        return Worked(text)
    read = parse_spec(text, where)
    if not read.sound:
        return Worked(text, read.findings)
    service = read.service
    ddl = ";\n\n".join(write_schema(tables_of(service, options), TARGET))
    return Worked(text, read.findings, service, tuple(_operations(service)), f"{ddl};\n")


def _operations(service: Service) -> Iterator[Operation]:
    document = openapi(service)
    bodies = _mapping(_mapping(document["components"]).get("responses"))
    for path, item in _mapping(document["paths"]).items():
        resource = _resource(service, path)
        shared = _list(_mapping(item).get("parameters"))
        for method, operation in _mapping(item).items():
            if method != "parameters":
                yield _operation(
                    service, resource, (method, path), (_mapping(operation), shared, bodies)
                )


def _operation(
    service: Service,
    resource: Resource | None,
    at: tuple[str, str],
    told: tuple[dict[str, Json], list[Json], dict[str, Json]],
) -> Operation:
    (method, path), (operation, shared, bodies) = at, told
    parameters = [*shared, *_list(operation.get("parameters"))]
    takes = [
        (_text(each.get("name")), _text(each.get("description")))
        for each in map(_mapping, parameters)
    ]
    if "requestBody" in operation:
        kinds = ", ".join(_mapping(_mapping(operation["requestBody"]).get("content")))
        takes.append(("body", kinds))
    answers = []
    for status, answer in _mapping(operation["responses"]).items():
        reference = _text(_mapping(answer).get("$ref")).rpartition("/")[2]
        body = _mapping(bodies.get(reference)) if reference else _mapping(answer)
        answers.append((status, _text(body.get("description"))))
    who = "anyone"
    if resource:
        lists = method == "get" and not path.endswith("}")
        action: Action = "list" if lists else _METHODS.get(method, "read")
        who = who_may(service, resource, action)
    return Operation(
        method.upper(), path, _text(operation.get("summary")), tuple(answers), tuple(takes), who
    )


def _resource(service: Service, path: str) -> Resource | None:
    name = path.removesuffix("/{id}").rpartition("/")[2].replace("-", "_")
    return next((each for each in service.resources if each.plural == name), None)


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
