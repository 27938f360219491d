"""An OpenAPI document of version 3, read as far as resources are told by it.

References within the document are followed, `allOf` is put together, and of `anyOf` and `oneOf` the
first that is not null is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.yamlform import Faults, Listing, Mapping, Scalar, compose, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.findings import Place
    from be_tui.core.yamlform import Node

LARGEST = 4_000_000
"""Bytes of a document."""

_DEEPEST = 12
"""Levels of a schema that are followed; deeper ones are free."""

_METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a schema says of a value."""

    place: Place
    type: str = ""
    form: str = ""
    """Its `format`."""

    description: str = ""
    nullable: bool = False
    default: str | None = None
    example: str = ""
    values: tuple[str, ...] = ()
    minimum: str | None = None
    maximum: str | None = None
    shortest: str | None = None
    longest: str | None = None
    pattern: str = ""
    members: dict[str, Shape] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: Shape | None = None
    within: str = ""
    """Of a parameter: `query`, `path`."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked of a path."""

    place: Place
    parameters: dict[str, Shape]
    body: Shape | None
    answer: Shape | None
    """Of what is answered when all is well."""

    closed: bool
    """Whether only those may ask who say who they are."""

    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Api:
    """A document."""

    path: str
    place: Place
    title: str
    description: str
    version: int
    contact: str
    licence: str
    tags: dict[str, str]
    paths: dict[str, dict[str, Operation]]

    def about(self, operations: Iterable[Operation]) -> str:
        """Give what is said of the first tag of operations that something is said of."""
        for name in (tag for operation in operations for tag in operation.tags):
            said = self.tags.get(name, "")
            if said and said != name:
                return said
        return ""


def read_api(path: str) -> Api:
    """Read a document, JSON or YAML.

    Raises:
        InputError: It cannot be read, or is no OpenAPI document of version 3.
    """
    faults = Faults(path, "api")
    text = read_text(path, faults, LARGEST)
    root = compose(text, faults) if text is not None else None
    if faults.findings:
        raise InputError(faults.findings[0].message, where=str(faults.findings[0].place))
    version = _said(_at(root, "openapi"))
    if not isinstance(root, Mapping) or not version.startswith("3."):
        raise InputError("is no OpenAPI document of version 3", where=path)
    return _Reading(root, faults).api(path)


class _Reading:
    def __init__(self, root: Mapping, faults: Faults) -> None:
        self._root = root
        self._faults = faults

    def _place(self, node: Node | None) -> Place:
        return self._faults.place(node.span if node else None)

    def api(self, path: str) -> Api:
        root = self._root
        info = _at(root, "info")
        tags = {
            _said(_at(each, "name")): _said(_at(each, "description"))
            for each in _items(_at(root, "tags"))
        }
        number = re.match(r"v?(\d{1,4})", _said(_at(info, "version")))
        return Api(
            path=path,
            place=self._place(root),
            title=_said(_at(info, "title")),
            description=_said(_at(info, "description")),
            version=max(int(number[1]), 1) if number else 1,
            contact=_said(_at(_at(info, "contact"), "name")),
            licence=_said(_at(_at(info, "license"), "name")),
            tags=tags,
            paths={name: self._operations(node) for name, node in _pairs(_at(root, "paths"))},
        )

    def _operations(self, item: Node) -> dict[str, Operation]:
        item = self._followed(item)
        shared = _items(_at(item, "parameters"))
        return {
            name: self._operation(node, shared) for name, node in _pairs(item) if name in _METHODS
        }

    def _operation(self, node: Node, shared: tuple[Node, ...]) -> Operation:
        parameters = {}
        for each in (*shared, *_items(_at(node, "parameters"))):
            told = self._followed(each)
            shape = self._shape(_at(told, "schema") or told, 0)
            parameters[_said(_at(told, "name"))] = replace(shape, within=_said(_at(told, "in")))
        security = _at(node, "security") or _at(self._root, "security")
        needs = [_pairs(each) for each in _items(security)]
        answers = [body for code, body in _pairs(_at(node, "responses")) if code.startswith("2")]
        bodies = [self._content(each) for each in answers]
        return Operation(
            place=self._place(node),
            parameters=parameters,
            body=self._content(_at(node, "requestBody")),
            answer=next((each for each in bodies if each), None),
            closed=bool(needs) and all(needs),
            tags=tuple(_said(each) for each in _items(_at(node, "tags"))),
        )

    def _content(self, node: Node | None) -> Shape | None:
        """Give the schema of a body, JSON's where there are several."""
        if node is None:
            return None
        kinds = dict(_pairs(_at(self._followed(node), "content")))
        chosen = next((each for name, each in kinds.items() if "json" in name), None)
        schema = _at(chosen, "schema")
        return self._shape(schema, 0) if schema else None

    def _shape(self, node: Node, depth: int) -> Shape:
        node = self._followed(node)
        shape = Shape(self._place(node))
        if depth > _DEEPEST:
            return shape
        for part in _items(_at(node, "allOf")):
            shape = _joined(shape, self._shape(part, depth + 1))
        for key in ("anyOf", "oneOf"):
            shape = _joined(shape, self._choice(_items(_at(node, key)), shape, depth))
        return _joined(shape, self._own(node, depth))

    def _choice(self, parts: tuple[Node, ...], shape: Shape, depth: int) -> Shape:
        found = [self._shape(part, depth + 1) for part in parts]
        some = [each for each in found if each.type != "null"]
        chosen = some[0] if some else Shape(shape.place)
        return replace(chosen, nullable=chosen.nullable or len(some) < len(found))

    def _own(self, node: Node, depth: int) -> Shape:
        kinds = [_said(each) for each in _items(_at(node, "type"))] or [_said(_at(node, "type"))]
        named = [kind for kind in kinds if kind != "null"]
        values = [each for each in _items(_at(node, "enum")) if _said(each) != "null"]
        members = {
            name: self._shape(each, depth + 1) for name, each in _pairs(_at(node, "properties"))
        }
        items = _at(node, "items")
        examples = _items(_at(node, "examples"))
        example = _at(node, "example") or (examples[0] if examples else None)
        kind = named[0] if named else ""
        return Shape(
            place=self._place(node),
            type=kind or ("object" if members else "null" if kinds == ["null"] else ""),
            form=_said(_at(node, "format")),
            description=_said(_at(node, "description")).replace("\r\n", "\n"),
            nullable="null" in kinds or _said(_at(node, "nullable")) == "true",
            default=_default(_at(node, "default")),
            example=_said(example),
            values=tuple(map(_said, values)),
            minimum=_number(_at(node, "minimum")),
            maximum=_number(_at(node, "maximum")),
            shortest=_number(_at(node, "minLength")),
            longest=_number(_at(node, "maxLength")),
            pattern=_said(_at(node, "pattern")),
            members=members,
            required=frozenset(map(_said, _items(_at(node, "required")))),
            items=self._shape(items, depth + 1) if items else None,
        )

    def _followed(self, node: Node) -> Node:
        """Give what a reference leads to; the node itself where it is none, or leads nowhere."""
        seen: set[str] = set()
        while reference := _said(_at(node, "$ref")):
            if reference in seen or not reference.startswith("#/"):
                return node
            seen.add(reference)
            found: Node | None = self._root
            for part in reference[2:].split("/"):
                found = _at(found, part.replace("~1", "/").replace("~0", "~"))
            if found is None:
                return node
            node = found
        return node


def _joined(one: Shape, other: Shape) -> Shape:
    """Put two schemas of one value together; where both say something the second is heard."""
    return Shape(
        place=other.place,
        type=other.type or one.type,
        form=other.form or one.form,
        description=other.description or one.description,
        nullable=one.nullable or other.nullable,
        default=one.default if other.default is None else other.default,
        example=other.example or one.example,
        values=other.values or one.values,
        minimum=other.minimum or one.minimum,
        maximum=other.maximum or one.maximum,
        shortest=other.shortest or one.shortest,
        longest=other.longest or one.longest,
        pattern=other.pattern or one.pattern,
        members={**one.members, **other.members},
        required=one.required | other.required,
        items=other.items or one.items,
    )


def _at(node: Node | None, key: str) -> Node | None:
    return node.find(key) if isinstance(node, Mapping) else None


def _pairs(node: Node | None) -> tuple[tuple[str, Node], ...]:
    return (
        tuple((name.text, each) for name, each in node.pairs) if isinstance(node, Mapping) else ()
    )


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Listing) else ()


def _said(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _number(node: Node | None) -> str | None:
    text = _said(node)
    return text if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else _exponent(text)


def _exponent(text: str) -> str | None:
    """Give a number that is written with an exponent without one: `1e+15`."""
    from decimal import Decimal

    if re.fullmatch(r"-?\d+(?:\.\d+)?[eE][+-]?\d{1,3}", text) is None:
        return None
    return f"{Decimal(text):f}"


def _default(node: Node | None) -> str | None:
    if not isinstance(node, Scalar) or (node.plain and node.text in {"null", "~", ""}):
        return None
    return node.text
