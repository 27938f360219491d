"""A resource spec made from an OpenAPI document: what its paths and schemas tell of resources.

A path with its `/{id}` is a resource; what an answer has, a request may send, and a list is
narrowed and ordered by, make its fields. What a document cannot say (who owns a row, which values
are unique, what happens to rows that refer to one that goes) stays to be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.findings import Finding
from be_tui.core.scaffold.checking import OWN_FIELDS
from be_tui.core.scaffold.importing import Imported, accounts_of, guarded, snake
from be_tui.core.scaffold.model import ACTIONS, Bounds, Field, Link, Permission, Resource, Service
from be_tui.core.scaffold.naming import default_title, is_name, plural, singular
from be_tui.core.scaffold.openapi import Api, Operation, Shape, read_api
from be_tui.core.scaffold.valuing import fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.findings import Place
    from be_tui.core.scaffold.model import Accounts, Action, FieldKind, Key, Who

_ACTIONS: tuple[tuple[Action, bool, tuple[str, ...]], ...] = (
    ("create", False, ("post",)),
    ("read", True, ("get",)),
    ("list", False, ("get",)),
    ("update", True, ("patch", "put")),
    ("delete", True, ("delete",)),
)
"""Each action with whether it is asked of one row, and by which method."""

_ITEMS = ("items", "data", "results", "content", "records", "values")
_DECIMALS = re.compile(r"\\\.(?:\[0-9\]|\\d)(?:\{(\d+)\})?\)?\$?$")
_ABOVE = frozenset({"parent"})
"""What a row of the same kind is called that stands above one."""

_KEYS = frozenset({"id", "uuid", "_id"})
_FORMS: dict[str, FieldKind] = {
    "email": "email",
    "uri": "url",
    "url": "url",
    "uuid": "uuid",
    "date": "date",
    "date-time": "datetime",
    "password": "password",
    "decimal": "decimal",
}
_TYPES: dict[str, FieldKind] = {
    "string": "text",
    "integer": "integer",
    "number": "float",
    "boolean": "boolean",
    "object": "json",
}
_CHOICE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,62}")
_MOST_TEXT = 10_000


def service_of_api(path: str, name: str = "") -> Imported:
    """Make a service from an OpenAPI document, of version 3.

    Args:
        path: The document, JSON or YAML.
        name: The service's name; the document's title without one.

    Raises:
        InputError: It is none, or has no resource.
    """
    return _Importing(read_api(path)).run(name)


@dataclass(frozen=True, slots=True)
class _Found:
    """A collection of a document, with the operations on it and on one of its rows."""

    name: str
    place: Place
    of_all: Mapping[str, Operation]
    of_one: Mapping[str, Operation]

    def operation(self, action: Action) -> Operation | None:
        """Give the operation that does something."""
        for each, on_row, methods in _ACTIONS:
            if each == action:
                on = self.of_one if on_row else self.of_all
                return next((on[method] for method in methods if method in on), None)
        raise AssertionError(action)


class _Importing:
    def __init__(self, api: Api) -> None:
        self._api = api
        self._findings: list[Finding] = []
        self._found = list(self._collections())
        self._names = {each.name for each in self._found}

    def run(self, name: str) -> Imported:
        api = self._api
        if not self._found:
            hint = "a resource is a path and the same one with `/{id}`"
            raise InputError("there is no resource in it", where=api.path, hint=hint)
        called = name or re.sub(r"[^a-z0-9]+", "-", api.title.lower()).strip("-") or "my-service"
        resources = [self._resource(each) for each in self._found]
        resources = [_with_login(each) for each in resources]
        accounts = accounts_of(resources)
        if accounts is None:
            resources = [_open(each) for each in resources]
        else:
            resources = [self._owned(each, accounts) for each in resources]
        resources = [guarded(each, accounts) for each in resources]
        service = Service(
            name=called,
            title=api.title or default_title(called),
            resources=tuple(resources),
            place=api.place,
            description=api.description,
            version=api.version,
            accounts=accounts,
            contact=api.contact,
            licence=api.licence,
        )
        return Imported(service, tuple(self._findings))

    def _left(self, message: str, place: Place) -> None:
        self._findings.append(Finding("spec-left-out", "warning", place, message))

    def _collections(self) -> Iterator[_Found]:
        """Give the paths that have one for a row of theirs."""
        paths = self._api.paths
        seen: set[str] = set()
        for path, operations in paths.items():
            row = re.fullmatch(r"(.*/([^/{}]+))/\{[^/{}]+\}/?", path)
            if row is None:
                continue
            base, last = row.groups()
            name = singular(snake(last))
            place = next(iter(operations.values())).place if operations else self._api.place
            if not is_name(name):
                self._left(f"path `{path}`: a spec has no such name", place)
            elif name in seen:
                self._left(f"path `{path}`: `{name}` is told by another path", place)
            elif operations:
                seen.add(name)
                yield _Found(
                    name, place, paths.get(base) or paths.get(f"{base}/") or {}, operations
                )

    def _resource(self, found: _Found) -> Resource:
        answer = self._answer(found)
        create = found.operation("create")
        new = create.body if create else None
        update = found.of_one.get("patch") or found.of_one.get("put")
        change = update.body if update else None
        fields, links = [], []
        sends = frozenset(new.members) if new else frozenset[str]()
        changes = frozenset(change.members) if change else sends
        listed = found.operation("list")
        for name in _in_order(tuple(answer.members), tuple(new.members) if new else ()):
            sent = new.members.get(name) if new else None
            shape = answer.members.get(name) or sent
            if shape is None:
                continue
            if snake(name) in OWN_FIELDS or snake(name) in _KEYS:
                continue
            link = self._link(name, shape)
            if link:
                links.append(link)
                continue
            field = self._field(name, sent or shape, shape, found.name)
            if field is None:
                continue
            asked = listed.parameters if listed else {}
            sortable = {way.lstrip("-+") for way in asked["sort"].values} if "sort" in asked else ()
            needed = bool(new and name in new.required)
            fields.append(
                replace(
                    field,
                    required=needed,
                    # What may be left out and has no default is null then.
                    nullable=field.nullable or not (needed or field.default is not None),
                    read_only=bool(new) and name not in sends,
                    fixed=name in sends and name not in changes,
                    private=field.kind == "password" or name not in answer.members,
                    filtered=name in asked and field.kind not in {"json", "password"},
                    sorted=name in sortable and field.kind not in {"json", "password"},
                )
            )
        return Resource(
            name=found.name,
            plural=self._plural(found),
            place=found.place,
            description=self._api.about((*found.of_one.values(), *found.of_all.values()))
            or answer.description,
            key=self._key(found, answer),
            fields=tuple(fields),
            links=tuple(links),
            permissions=tuple(self._permission(found, action) for action in ACTIONS),
            newest_first=_newest_first(listed),
        )

    def _plural(self, found: _Found) -> str:
        for path in self._api.paths:
            last = path.rstrip("/").rpartition("/")[2]
            if singular(snake(last)) == found.name and not last.startswith("{"):
                said = snake(last)
                return said if said != found.name else plural(found.name)
        return plural(found.name)

    def _answer(self, found: _Found) -> Shape:
        """Give the schema of a row."""
        for action in ("read", "create", "update"):
            operation = found.operation(action)
            if operation and operation.answer and operation.answer.members:
                return operation.answer
        listed = found.operation("list")
        if listed and listed.answer:
            inner = [listed.answer, *(listed.answer.members.get(name) for name in _ITEMS)]
            for each in inner:
                if each and each.items and each.items.members:
                    return each.items
        self._left(f"`{found.name}`: no answer tells what a row has", found.place)
        return Shape(found.place)

    def _key(self, found: _Found, answer: Shape) -> Key:
        read = next(iter(found.of_one.values()))
        shapes = [shape for name, shape in answer.members.items() if snake(name) in _KEYS]
        shapes += [shape for shape in read.parameters.values() if shape.within == "path"][-1:]
        return "integer" if shapes and shapes[0].type == "integer" else "uuid"

    def _owned(self, resource: Resource, accounts: Accounts) -> Resource:
        """Take a key that nobody sends for that of whose row it is."""
        own = next((each for each in resource.fields if _is_owner(each)), None)
        if own is None:
            return resource
        name = re.sub(r"_(?:id|uuid)$", "", own.name)
        self._left(f"`{own.name}`: taken for whose row it is", own.place)
        told = replace(
            own,
            name=name,
            kind="reference",
            to=accounts.resource,
            nullable=False,
            read_only=False,
            required=True,
            fixed=True,
        )
        fields = tuple(told if each is own else each for each in resource.fields)
        return replace(resource, fields=fields, owner=name)

    def _permission(self, found: _Found, action: Action) -> Permission:
        operation = found.operation(action)
        who: Who = "nobody"
        if operation:
            who = "signed-in" if operation.closed else "anyone"
        return Permission(action, (who,))

    def _link(self, name: str, shape: Shape) -> Link | None:
        """Give the link that a list of keys stands for."""
        keys = re.fullmatch(r"(.+)_ids", snake(name))
        if shape.type != "array" or not keys:
            return None
        to = keys[1]
        if to not in self._names:
            return None
        return Link(plural(to), to, shape.place, shape.description)

    def _field(self, name: str, sent: Shape, shape: Shape, within: str) -> Field | None:
        called = snake(name)
        leads = re.fullmatch(r"(.+)_(?:id|uuid)", called)
        if leads and leads[1] in self._names and sent.type in {"string", "integer"}:
            return self._made(leads[1], "reference", sent, to=leads[1])
        if leads and leads[1] in _ABOVE and sent.type in {"string", "integer"}:
            return self._made(leads[1], "reference", sent, to=within)
        if not is_name(called):
            self._left(f"`{name}`: a spec has no such name", shape.place)
            return None
        kind = _kind(called, sent)
        if kind is None:
            self._left(f"`{name}`: a spec has no type {sent.type or 'of any kind'}", shape.place)
            return None
        if kind == "json" and shape.members:
            self._left(f"`{name}`: its members are left free", shape.place)
        return self._made(called, kind, sent)

    def _made(self, name: str, kind: FieldKind, shape: Shape, to: str = "") -> Field:
        bounds = _bounds(kind, shape)
        if kind == "decimal" and bounds.least is None and shape.pattern:
            self._left(f"`{name}`: the ends of its numbers are left open", shape.place)
        default = shape.default
        if kind in {"reference", "password", "uuid", "json"}:
            default = None
        made = Field(
            name=name,
            kind=kind,
            place=shape.place,
            description=shape.description,
            nullable=shape.nullable,
            default=default,
            bounds=bounds,
            values=shape.values if kind == "enum" else (),
            to=to,
            example=shape.example if kind not in {"json", "password"} else "",
        )
        return made if fits(made) else replace(made, example="")


def _in_order(answered: tuple[str, ...], sent: tuple[str, ...]) -> list[str]:
    """Give the members of both: what is only sent stands behind what it is sent after."""
    names = list(answered)
    for at, name in enumerate(sent):
        if name not in names:
            before = names.index(sent[at - 1]) + 1 if at else 0
            names.insert(before, name)
    return names


def _with_login(resource: Resource) -> Resource:
    """Take the address of who has a password for what they sign in with, and so for unique."""
    if not any(field.kind == "password" for field in resource.fields):
        return resource
    login = next((field for field in resource.fields if field.kind == "email"), None)
    fields = tuple(
        replace(field, unique=True) if field is login else field for field in resource.fields
    )
    return replace(resource, fields=fields)


def _is_owner(field: Field) -> bool:
    """Tell whether a field holds the key of an account that the service sets by itself."""
    return field.read_only and (
        (field.kind == "uuid" and re.fullmatch(r".+_(?:id|uuid)", field.name) is not None)
        or field.kind == "reference"
    )


def _kind(name: str, shape: Shape) -> FieldKind | None:
    if shape.values and all(_CHOICE.fullmatch(value) for value in shape.values):
        return "enum"
    if shape.type == "string" and re.fullmatch(r"(?:.*_)?password", name):
        return "password"
    if shape.type == "string" and shape.form in _FORMS:
        return _FORMS[shape.form]
    if shape.type == "string" and _pattern_kind(shape):
        return _pattern_kind(shape)
    if shape.type == "number" and shape.form == "decimal":
        return "decimal"
    return _TYPES.get(shape.type)


def _pattern_kind(shape: Shape) -> FieldKind | None:
    """Tell what the patterns of a contract of be-tui's mean."""
    from be_tui.core.scaffold.contract import patterns

    if shape.pattern == patterns.EMAIL:
        return "email"
    if shape.pattern == patterns.URL:
        return "url"
    if shape.pattern.startswith(("^(?:-", "^(?:[0-9", "^(?:0", "^(?:[1-9")):
        return "decimal" if _DECIMALS.search(shape.pattern) else None
    return None


def _bounds(kind: FieldKind, shape: Shape) -> Bounds:
    match kind:
        case "integer" | "float":
            most = shape.maximum
            if kind == "integer" and shape.form == "int64" and most is None:
                most = str(2**63 - 1)
            return Bounds(shape.minimum, most)
        case "decimal":
            return _decimal(shape)
        case "text":
            most = shape.longest or (None if shape.pattern else str(_MOST_TEXT))
            least = None if shape.shortest == "0" else shape.shortest
            return Bounds(least, most, _pattern(shape.pattern))
        case "password":
            return Bounds(shape.shortest, shape.longest)
        case "email" | "url":
            return Bounds(None, shape.longest)
        case _:
            return Bounds()


def _decimal(shape: Shape) -> Bounds:
    """Find the digits of a decimal that is a string; its ends, where its pattern shows them."""
    from decimal import Decimal

    from be_tui.core.scaffold.contract.patterns import decimals

    if shape.type == "number" or not shape.longest:
        return Bounds(shape.minimum, shape.maximum, digits=20, scale=6)
    found = _DECIMALS.search(shape.pattern)
    scale = int(found[1] or 1) if found else 0
    digits = max(int(shape.longest) - 2, scale + 1)
    highest = (Decimal(10) ** digits - 1).scaleb(-scale)
    for least in (Decimal(0), Decimal(1).scaleb(-scale), -highest):
        if decimals(least, highest, scale) == shape.pattern:
            return Bounds(str(least), str(highest), digits=digits, scale=scale)
    return Bounds(digits=digits, scale=scale)


def _pattern(text: str) -> str:
    """Give what a pattern says of the whole text; empty where it only keeps NUL out."""
    from be_tui.core.scaffold.contract import patterns

    if text in {"", patterns.NO_NUL}:
        return ""
    whole = re.fullmatch(r"\^\(\?:(.*)\)\$", text, re.S)
    if whole:
        return whole[1]
    bare = re.fullmatch(r"\^(.*)\$", text, re.S)
    return bare[1] if bare else f".*(?:{text}).*"


def _newest_first(listed: Operation | None) -> bool:
    sort = listed.parameters.get("sort") if listed else None
    return not (sort and sort.default == "created_at")


def _open(resource: Resource) -> Resource:
    """Let anybody do what only those may do who are signed in, where nobody can sign in."""
    closed: Iterable[Permission] = resource.permissions
    return replace(
        resource,
        permissions=tuple(
            Permission(each.action, ("anyone",)) if each.who == ("signed-in",) else each
            for each in closed
        ),
    )
