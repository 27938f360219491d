"""Values for seeds and tests: expressions of Go that give another value for each `number`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.schemas import LONGEST_TEXT
from be_tui.core.scaffold.stacks.go import fields as go
from be_tui.core.scaffold.stacks.go.names import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.model import Action, Field, Resource, Service

_INT64 = 2**63 - 1
_SPAN = 1_000_000_000
"""How many numbers a column of them is given at most."""

PASSWORD = "correct horse battery staple"  # noqa: S105 (of made-up accounts)
"""What everybody signs in with whom a factory makes."""


def value(field: Field) -> str:
    """Give the value of a field in a row, where one is given at all."""
    made = _value(field)
    return f"new({made})" if field.nullable and field.kind != "json" else made


def _value(field: Field) -> str:
    bounds = field.bounds
    match field.kind:
        case "text" if bounds.pattern:
            low, high = bounds.least or "0", bounds.most or str(LONGEST_TEXT)
            return f"Matching({go.form(field)}, {low}, {high}, number)"
        case "text":
            low, high = bounds.least or "0", bounds.most or str(LONGEST_TEXT)
            return f"Text({low}, {high}, number)"
        case "email":
            return f"Email({bounds.most or 254}, number)"
        case "integer":
            first, last = go.whole_bounds(field)
            kind = "int64" if go.is_big(field) else "int32"
            return f"{kind}({first} + number%{min(last - first + 1, _SPAN)})"
        case "float":
            return f"float64({bounds.least or bounds.most or 0})"
        case "decimal":
            return _decimal(field)
        case _:
            return _plain(field)


def _plain(field: Field) -> str:
    if field.kind == "enum":
        return literal(field.default or field.values[0])
    return "hash" if field.kind == "password" else _VALUES[field.kind]


_FIRST = "time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)"
_VALUES = {
    "url": 'fmt.Sprintf("https://example.com/%d", number)',
    "boolean": "true",
    "date": f"{_FIRST}.AddDate(0, 0, int(number%100_000))",
    "datetime": f"{_FIRST}.Add(time.Duration(number) * time.Second)",
    "uuid": "uuid.New()",
    "json": 'json.RawMessage(`{"colour":"red","weight":1.5}`)',
}


def _decimal(field: Field) -> str:
    low, high = _ends(field)
    first = low if low > 0 or high < 0 else 0
    if abs(first) > _INT64 // 2:
        shown = Decimal(first).scaleb(-field.bounds.scale)
        return f"decimal.RequireFromString({literal(f'{shown:f}')})"
    span = min(high - first + 1, _SPAN)
    return f"decimal.New({first}+number%{span}, -{field.bounds.scale})"


def _ends(field: Field) -> tuple[int, int]:
    """Give the ends of a decimal in units of its last digit."""
    bounds = field.bounds
    highest = 10**bounds.digits - 1
    step = Decimal(10) ** bounds.scale
    low = (
        int((Decimal(bounds.least) * step).to_integral_value("ROUND_CEILING"))
        if bounds.least
        else -highest
    )
    high = int(Decimal(bounds.most) * step // 1) if bounds.most else highest
    return max(low, -highest), min(high, highest)


def shown(field: Field) -> str:
    """Give a value as JSON has it."""
    made = _value(field)
    match field.kind:
        case "decimal":
            return f"{made}.StringFixed({field.bounds.scale})"
        case "date":
            return f"{made}.Format(time.DateOnly)"
        case "password":
            return literal(PASSWORD)
        case _:
            return made


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that a member does not take."""

    member: str
    json: str


def refused(member: str, field: Field | None) -> Iterator[Refused]:
    """Give what a member does not take: each bound passed by one, and other types."""
    for json in _refused(field):
        yield Refused(member, json)
    if field is None or not field.nullable:
        yield Refused(member, "null")
    yield Refused(member, '{"a":{}}')


def _refused(field: Field | None) -> Iterator[str]:
    if field is None:
        yield from ('["x"]', "7", '"x"')
        return
    match field.kind:
        case "text" | "password" | "email" | "url":
            yield from ("7", "true", '["x"]', '"a\\u0000b"')
            yield from _lengths(field)
        case "integer":
            low, high = go.whole_bounds(field)
            yield from (f"{low - 1}", f"{high + 1}", '"7"', "1.5", "true")
        case "float":
            yield from ('"7"', "true", "1e300", "-1e300")
        case "decimal":
            yield from ("7", '"seven"', '"1e3"', '"NaN"', f'"{"9" * (field.bounds.digits + 1)}"')
        case "boolean":
            yield from ('"true"', "1", "0")
        case "enum":
            yield from ('"none of them"', '""', "7")
        case "date":
            yield from ('"2026-02-30"', '"2026-1-1"', '"2026-01-01T00:00:00Z"', "7")
        case "datetime":
            yield from ('"2026-01-01"', '"2026-01-01T00:00:00"', '"2026-13-01T00:00:00Z"', "7")
        case "json":
            yield from ('{"a":[1]}', '"x"', "[]", "7")
        case _:
            yield from ('"x"', '"00000000-0000-0000-0000-00000000000"', "true")


def json_of(field: Field) -> str:
    """Give a value as JSON has it, as a text of Go; `null` where it takes more than a line."""
    match field.kind:
        case "enum":
            return literal(f'"{field.values[-1]}"')
        case "boolean":
            return literal("true")
        case "integer":
            return literal(str(go.whole_bounds(field)[0]))
        case _:
            return literal("null")


def wrong(field: Field) -> str:
    """Give a value that no parameter of the field takes, as a query has it."""
    return "%00" if field.kind in {"text", "email", "url"} else "x%20y"


def _lengths(field: Field) -> Iterator[str]:
    least = int(field.bounds.least or (12 if field.kind == "password" else 0))
    usual = {"email": 254, "url": 2000, "password": 128}.get(field.kind, LONGEST_TEXT)
    most = int(field.bounds.most or usual)
    if least:
        yield f'"{_filled(field, least - 1)}"'
    if most < 2000:  # noqa: PLR2004 (a longer one would be most of the file)
        yield f'"{_filled(field, most + 1)}"'


def _filled(field: Field, size: int) -> str:
    """Give a text of a length, where that can be of the field's form: only its length is wrong."""
    form = re.compile(field.bounds.pattern or "[a]*")
    fits = (each * size for each in "aA0-_ " if form.fullmatch(each * size))
    return next(fits, "a" * size)


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do one thing, by the names that tests call them."""

    action: str
    allowed: tuple[str, ...]
    owner: bool
    """Whether somebody may do it for owning the row, which not everybody does."""


def rights(service: Service, resource: Resource) -> Iterator[Right]:
    """Give who may do what: `nobody` has no token, a `stranger` has nothing but an account."""
    actions: tuple[Action, ...] = ("create", "read", "list", "update", "delete")
    roles = role_names(service)
    usual = default_role(service)
    for action in actions:
        said = resource.may(action)
        if "nobody" in said.who:
            continue
        own = "owner" in said.who
        all_signed_in = bool({"anyone", "signed-in"} & set(said.who))
        # Whoever makes a row owns it, unless it stands among those of somebody else's row.
        all_signed_in |= action == "create" and own and _is_makers(service, resource)
        stranger = all_signed_in or usual in said.roles
        allowed = ["nobody"] if "anyone" in said.who else []
        allowed += ["stranger"] if stranger else []
        allowed += ["owner"] if stranger or own else []
        allowed += [role for role in roles if all_signed_in or role in said.roles]
        yield Right(action, tuple(allowed), owner=own and not all_signed_in)


def _is_makers(service: Service, resource: Resource) -> bool:
    """Tell whether a row is owned by the account that makes it."""
    field, accounts = resource.field(resource.owner), service.accounts
    return field is not None and accounts is not None and field.to == accounts.resource


def role_names(service: Service) -> tuple[str, ...]:
    """Give the roles that accounts have."""
    field = _role(service)
    return field.values if field else ()


def default_role(service: Service) -> str:
    """Give the role of a new account; empty where all are alike."""
    field = _role(service)
    return field.default or "" if field else ""


def highest_role(service: Service) -> str:
    """Give the role that may do most, the last of several; empty where all are alike."""
    named = [
        role
        for resource in service.resources
        for said in (*resource.permissions,)
        for role in said.roles
    ]
    named += [
        role
        for resource in service.resources
        for field in resource.fields
        for role in field.writers
    ]
    roles = role_names(service)
    return max(roles, key=lambda role: (named.count(role), roles.index(role))) if roles else ""


def _role(service: Service) -> Field | None:
    accounts = service.accounts
    resource = service.resource(accounts.resource) if accounts else None
    return resource.field(accounts.role) if accounts and resource and accounts.role else None
