"""The nouns of API descriptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

DocumentKind = Literal["OpenAPI", "GraphQL", "gRPC"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that callers can ask for."""

    name: str
    """As it is told: `GET /orders`, `Query.orders`, `Orders.List`."""

    line: int = 0
    list_without_page: bool = False
    """True where it gives a list and takes nothing to cut it into pages by."""

    page_capped: bool = False
    """True where it says how long a page can be at most."""

    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class ApiDocument:
    """One description."""

    path: str
    kind: DocumentKind
    operations: tuple[Operation, ...] = ()
    paths: tuple[str, ...] = ()
    """The paths of an OpenAPI document, with the base paths of its servers before them."""

    error_shapes: frozenset[str] = frozenset()
    """The schemas of its error answers, each by its name or its properties."""

    problem_json: bool = False
    trouble: str = ""
    """Why it, or a part of it, was not read."""

    line: int = field(default=1)
