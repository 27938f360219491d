"""What the API looks like: its descriptions where there are any, else its routes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.evidence import Fact, Measure
from be_tui.core.project.contracts.reading import read_contracts
from be_tui.core.project.looks.handlers import HANDLERS
from be_tui.core.project.looks.model import facts, mark
from be_tui.core.project.probe import Found, NoAnswer, Probe
from be_tui.core.project.words import counted

if TYPE_CHECKING:
    from be_tui.core.project.contracts.model import ApiDocument
    from be_tui.core.project.gathering import Gathering

_VERSION = re.compile(r"(?:^|/)v\d+(?:\.\d+)?(?:/|$)", re.IGNORECASE)
_PREFIX = mark(
    "api.version",
    "prefix requestmapping apiprefix basepath setglobalprefix group enableversioning include_router"
    " url_prefix mount use v1 v2 v3 v4",
    rb"(?:prefix\s*[:=]\s*|RequestMapping\((?:value\s*=\s*)?|setGlobalPrefix\(|[gG]roup\(|\.use\("
    rb"|mount\(|url_prefix\s*=\s*|Controller\(|Route\(|path\()\s*[rf]?[\"'`][^\"'`\n]*?/?v\d+(?:/|[\"'`])"
    rb"|[\"'`](?:/api)?/v\d+/?[\"'`]",
    strings=True,
)
_PROBLEM = mark(
    "api.problem",
    "problem problemdetail problemdetails problem_details addproblemdetails",
    rb"application/problem\+(?:json|xml)|\bProblemDetails?\b|\bAddProblemDetails\(",
    strings=True,
)
_GRAPHQL_LIBRARIES = frozenset({"Apollo Server", "GraphQL Yoga"})
_GRAPHQL = mark(
    "api.graphql",
    "strawberry graphene ariadne graphql typegraphql gqlgen juniper async_graphql querymapping",
    rb"\bstrawberry\.(?:type|Schema)\b|\bgraphene\.(?:ObjectType|Schema)\b|\bmake_executable_schema\("
    rb"|\bbuildSchema\(|\bnew GraphQLSchema\(|^[ \t]*@QueryMapping\b|^[ \t]*@Resolver\(",
)


def take(gathering: Gathering) -> Found:
    """Read the descriptions; where there is none, look at the routes in the code."""
    documents = read_contracts(gathering.checkout)
    read = [each for each in documents if not each.trouble]
    routes = gathering.sights.of("route")
    graphql = _graphql(gathering, read)
    grpc = _grpc(gathering, read)
    if not documents and not routes and not graphql and not grpc:
        raise NoAnswer("no API description (OpenAPI, GraphQL, .proto) and no route in the code")
    problem = any(each.problem_json for each in read) or bool(gathering.sights.of("api.problem"))
    measures = [
        Measure("api.documents", len(read)),
        Measure("api.versioned_paths", _versioned(gathering, read)),
        Measure("api.problem_json", problem),
        Measure("api.graphql", bool(graphql)),
        Measure("api.grpc", bool(grpc)),
    ]
    if read:
        line = _described(read, measures)
    else:
        measures.append(Measure("api.operations", len(routes)))
        line = f"no API description; {counted(len(routes), 'route')} in the code, by their shape"
    told = (
        *_facts(read),
        *(Fact(f"not read: {each.trouble}", each.path) for each in documents if each.trouble),
        *(() if read else facts(routes, 5)),
        *facts(gathering.sights.of("api.problem"), 1),
        *graphql,
        *grpc,
    )
    return Found(
        line,
        tuple(measures),
        told,
        how="parsed" if read else "heuristic",
        confidence="high" if read else "low",
    )


def _described(read: list[ApiDocument], measures: list[Measure]) -> str:
    operations = [operation for each in read for operation in each.operations]
    unpaged = sum(each.list_without_page for each in operations)
    shapes = frozenset[str]().union(*(each.error_shapes for each in read))
    deprecated = sum(each.deprecated for each in operations)
    measures += [
        Measure("api.operations", len(operations)),
        Measure("api.lists_without_page", unpaged),
        Measure("api.deprecated", deprecated),
    ]
    if any(each.kind == "OpenAPI" for each in read):
        measures.append(Measure("api.error_shapes", len(shapes)))
    line = f"{counted(len(operations), 'operation')} in {counted(len(read), 'description')}"
    line += f", {counted(unpaged, 'list')} without pages"
    return f"{line}, {deprecated} deprecated" if deprecated else line


def _facts(read: list[ApiDocument]) -> list[Fact]:
    told = [
        Fact(f"{each.kind}: {counted(len(each.operations), 'operation')}", each.path)
        for each in read[:6]
    ]
    for label, wanted in (
        ("a list without pages", "list_without_page"),
        ("deprecated", "deprecated"),
    ):
        those = [
            Fact(f"{label}: {operation.name}", each.path, operation.line)
            for each in read
            for operation in each.operations
            if getattr(operation, wanted)
        ]
        told += those[:4]
    return told


def _versioned(gathering: Gathering, read: list[ApiDocument]) -> bool:
    paths = [path for each in read for path in each.paths]
    paths += [each.value for each in gathering.sights.of("route")]
    return any(map(_VERSION.search, paths)) or bool(gathering.sights.of("api.version"))


def _graphql(gathering: Gathering, read: list[ApiDocument]) -> tuple[Fact, ...]:
    found = [Fact("a GraphQL schema", each.path) for each in read if each.kind == "GraphQL"]
    for trait in gathering.stack.of("framework"):
        if trait.name in _GRAPHQL_LIBRARIES:
            found += trait.facts[:1]
    found += facts(gathering.sights.of("api.graphql"), 1)
    return tuple(found[:2])


def _grpc(gathering: Gathering, read: list[ApiDocument]) -> tuple[Fact, ...]:
    found = [Fact("a gRPC service", each.path) for each in read if each.kind == "gRPC"]
    for trait in gathering.stack.of("framework"):
        if trait.name == "gRPC":
            found += trait.facts[:1]
    return tuple(found[:2])


PROBE = Probe(
    "api",
    "What does the API look like?",
    ("api.documents", "api.operations", "api.lists_without_page", "api.versioned_paths",
     "api.error_shapes", "api.problem_json", "api.graphql", "api.grpc", "api.deprecated"),
    take,
    looks=(*HANDLERS, _PREFIX, _PROBLEM, _GRAPHQL),
)  # fmt: skip
