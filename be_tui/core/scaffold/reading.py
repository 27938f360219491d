"""Reads a resource spec: YAML into a `Service`, with every fault at its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from be_tui.core.errors import InputError
from be_tui.core.scaffold.checking import check
from be_tui.core.scaffold.model import (
    ACTIONS,
    FIELD_KINDS,
    Accounts,
    Bounds,
    Field,
    Key,
    Link,
    OnDelete,
    Permission,
    Resource,
    Service,
    Who,
)
from be_tui.core.scaffold.naming import default_title, plural
from be_tui.core.yamlform import (
    YAML_LIMIT,
    Faults,
    Listing,
    Mapping,
    Scalar,
    parse_yaml,
    read_text,
    read_yaml,
)

if TYPE_CHECKING:
    from typing import TypeVar

    from be_tui.core.findings import Finding, Place
    from be_tui.core.scaffold.model import Action, FieldKind
    from be_tui.core.yamlform import Cursor, Node

    T = TypeVar("T", bound=str)

FAMILY = "spec"
"""What the rules on specs begin with."""

_KEYS: tuple[Key, ...] = get_args(Key)
_ON_DELETE: tuple[OnDelete, ...] = get_args(OnDelete)
_WHO: tuple[Who, ...] = get_args(Who)
_BOTH: dict[str, tuple[Action, ...]] = {
    "read": ("read", "list"),
    "write": ("create", "update", "delete"),
}
"""Words under `allow` that stand for several actions; an action named by itself goes first."""


_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""Controls, ends of lines that are none in YAML, and what turns the order of a text round."""


@dataclass(frozen=True, slots=True)
class SpecRead:
    """What came of reading a spec."""

    service: Service
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Tell whether a service can be generated from it."""
        return all(finding.severity != "error" for finding in self.findings)


def read_spec(path: str) -> SpecRead:
    """Read a file; an unsound service is not to be generated from, only shown."""
    faults = Faults(path, FAMILY)
    return _decoded(read_yaml(path, faults), faults)


def parse_spec(text: str, path: str = "spec.yaml") -> SpecRead:
    """Read a text, as `read_spec` reads a file."""
    faults = Faults(path, FAMILY)
    return _decoded(parse_yaml(text, faults), faults)


def spec_text(path: str) -> str:
    """Give the text of a spec's file, unread.

    Raises:
        InputError: It is no text, or too large.
    """
    faults = Faults(path, FAMILY)
    text = read_text(path, faults, YAML_LIMIT)
    if text is None:
        raise InputError(faults.findings[0].message, where=str(faults.findings[0].place))
    return text


def sound_spec(path: str) -> Service:
    """Read a file that must be sound.

    Raises:
        InputError: It is not; the first fault is given, with the number of all.
    """
    return sound(read_spec(path))


def sound(read: SpecRead) -> Service:
    """Give the service of a spec that must be sound.

    Raises:
        InputError: It is not; the first fault is given, with the number of all.
    """
    errors = [finding for finding in read.findings if finding.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise InputError(f"{errors[0].message}{more}", where=str(errors[0].place))
    return read.service


def _decoded(at: Cursor, faults: Faults) -> SpecRead:
    if at.node is None:
        return SpecRead(Service("", "", (), faults.place()), tuple(faults.findings))
    service = _service(at)
    at.close()
    _characters(at.node, faults)
    if not faults.grave:
        check(service, faults)
    return SpecRead(service, tuple(faults.findings))


def _characters(top: Node, faults: Faults) -> None:
    """Tell of texts with characters that nobody sees, or that end a comment in some language."""
    waiting = [top]
    while waiting:
        match waiting.pop():
            case Listing(items):
                waiting += reversed(items)
            case Mapping(pairs):
                waiting += [node for pair in reversed(pairs) for node in reversed(pair)]
            case Scalar(text, _, span):
                if found := _UNSEEN.search(text):
                    message = f"a text with the character U+{ord(found[0]):04X}; leave it out"
                    faults.form("not-text", message, span)


def _service(at: Cursor) -> Service:
    name = at.text("service")
    accounts = at.one("accounts", _accounts) if at.has("accounts") else None
    at.find("accounts")
    resources = at.each("resources", _resource, least=1)
    settled = tuple(_settled(each, accounts) for each in resources)
    return Service(
        name=name,
        title=at.text("title", default_title(name)),
        description=at.text("description", ""),
        version=at.integer("version", 1),
        contact=at.text("contact", ""),
        licence=at.text("licence", ""),
        accounts=accounts,
        resources=settled,
        place=_value_place(at, "service"),
    )


def _accounts(at: Cursor) -> Accounts:
    return Accounts(
        resource=at.text("resource"),
        login=at.text("login", "email"),
        password=at.text("password", "password"),
        role=at.text("role", ""),
    )


def _resource(at: Cursor) -> Resource:
    return Resource(
        name=at.name,
        plural=at.text("plural", plural(at.name)),
        place=_place(at),
        description=at.text("description", ""),
        key=_one_of(at, "key", _KEYS, "uuid"),
        fields=at.each("fields", _field, least=1),
        links=at.each("links", _link),
        unique=_sets(at, "unique"),
        owner=at.text("owner", ""),
        tenant=at.text("tenant", ""),
        soft_delete=at.flag("soft_delete"),
        permissions=at.one("allow", _permissions) if at.has("allow") else _stated(at),
        newest_first=at.choice("order", ("newest", "oldest"), "newest") == "newest",
    )


def _stated(at: Cursor) -> tuple[Permission, ...]:
    at.find("allow")
    return ()


def _field(at: Cursor) -> Field:
    kind = _one_of(at, "type", FIELD_KINDS)
    nullable = at.flag("nullable")
    default = at.text("default", "") if at.has("default") else None
    at.find("default")
    return Field(
        name=at.name,
        kind=kind,
        place=_place(at),
        description=at.text("description", ""),
        required=at.flag("required", default=default is None and not nullable),
        nullable=nullable,
        default=default,
        bounds=_bounds(at, kind),
        values=at.texts("values", least=1) if kind == "enum" else (),
        to=at.text("to") if kind == "reference" else "",
        on_delete=_one_of(at, "on_delete", _ON_DELETE, "set-null" if nullable else "restrict")
        if kind == "reference"
        else "restrict",
        unique=at.flag("unique"),
        filtered=at.flag("filter"),
        sorted=at.flag("sort"),
        private=at.flag("private", default=kind == "password"),
        read_only=at.flag("read_only"),
        fixed=at.flag("fixed"),
        writers=at.texts("writers"),
        example=at.text("example", ""),
    )


_BOUNDED = frozenset({"text", "email", "url", "password", "integer", "decimal", "float"})


def _bounds(at: Cursor, kind: FieldKind) -> Bounds:
    if kind not in _BOUNDED:
        return Bounds()
    least = at.text("min", "") or None
    most = at.text("max", "") or None
    if kind == "decimal":
        digits, scale = at.integer("digits", 12), at.integer("scale", 2)
        return Bounds(least, most, digits=digits, scale=scale)
    pattern = at.text("pattern", "") if kind in {"text", "password"} else ""
    return Bounds(least, most, pattern)


def _link(at: Cursor) -> Link:
    return Link(at.name, at.text("to"), _place(at), at.text("description", ""))


def _permissions(at: Cursor) -> tuple[Permission, ...]:
    """Read who may do what; an action that nothing is said about is nobody's."""
    said: dict[Action, Permission] = {}
    for word, actions in _BOTH.items():
        # `read` alone is for lists too, `read` and `list` are one each.
        if at.has(word):
            permission = _permission(at, word)
            for action in actions:
                said[action] = replace(permission, action=action)
    for action in ACTIONS:
        if action != "read" and at.has(action):
            said[action] = replace(_permission(at, action), action=action)
        at.find(action)
    at.find("write")
    return tuple(said.get(action, Permission(action, ("nobody",))) for action in ACTIONS)


def _permission(at: Cursor, key: str) -> Permission:
    node = at.find(key)
    found = [text for text, _ in at.placed_texts(key, least=1)] if isinstance(node, Listing) else []
    if isinstance(node, Scalar):
        found = [node.text]
    who: list[Who] = []
    roles: list[str] = []
    for text in found:
        name, colon, role = text.partition(":")
        known = next((each for each in _WHO if each == name), None)
        if known is None or (known == "role") != bool(colon and role.strip()):
            expected = "anyone, signed-in, owner, nobody or role:NAME"
            at.fault("wrong-type", f"{key}: expected {expected}, found `{text}`", node)
            continue
        who.append(known)
        if role:
            roles.append(role.strip())
    return Permission("read", tuple(dict.fromkeys(who)), tuple(dict.fromkeys(roles)))


def _settled(resource: Resource, accounts: Accounts | None) -> Resource:
    """Fill in who may do what where nothing is said: closed, unless there are no accounts.

    An account is its own, whether that is said or not.
    """
    is_account = accounts is not None and resource.name == accounts.resource
    owned = not resource.permissions or any("owner" in each.who for each in resource.permissions)
    if is_account and owned and not resource.owner:
        resource = replace(resource, owner=resource.name)
    if resource.permissions:
        return resource
    if accounts is None:
        who: tuple[Who, ...] = ("anyone",)
    elif resource.owner:
        who = ("owner",)
    else:
        who = ("signed-in",)
    settled = tuple(
        Permission(action, ("signed-in",) if who == ("owner",) and action == "create" else who)
        for action in ACTIONS
    )
    return replace(resource, permissions=settled)


def _sets(at: Cursor, key: str) -> tuple[tuple[str, ...], ...]:
    node = at.find(key)
    if node is None:
        return ()
    if not isinstance(node, Listing):
        at.fault("wrong-type", f"{key}: expected a list of lists of fields", node)
        return ()
    return tuple(_set(at, key, each) for each in node.items)


def _set(at: Cursor, key: str, node: Node) -> tuple[str, ...]:
    if isinstance(node, Listing):
        names = tuple(each.text for each in node.items if isinstance(each, Scalar))
        if len(names) == len(node.items) > 1:
            return names
    at.fault("wrong-type", f"{key}: expected a list of two or more fields", node)
    return ()


def _one_of(at: Cursor, key: str, allowed: tuple[T, ...], default: str | None = None) -> T:
    chosen = at.choice(key, allowed, default)
    return next((each for each in allowed if each == chosen), allowed[0])


def _value_place(at: Cursor, key: str) -> Place:
    node = at.find(key)
    return at.faults.place(node.span if node else None)


def _place(at: Cursor) -> Place:
    node = at.key or at.node
    return at.faults.place(node.span if node else None)
