"""A resource spec made from tables: what they tell of resources, and what they leave open.

Who may do what stands in no table, so it stays to be said; what a service gives each row by itself
is taken for that, and a table of pairs is a link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from be_tui.core.findings import Finding
from be_tui.core.scaffold.checking import OWN_FIELDS, OWN_TABLES
from be_tui.core.scaffold.model import Accounts, Bounds, Field, Link, Permission, Resource, Service
from be_tui.core.scaffold.naming import default_title, is_name, plural, singular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from be_tui.core.findings import Place
    from be_tui.core.scaffold.model import FieldKind, Key, OnDelete, Who
    from be_tui.core.schema import Check, Column, ForeignKey, Schema, Table

_KINDS: dict[str, FieldKind] = {
    "integer": "integer",
    "decimal": "decimal",
    "float": "float",
    "boolean": "boolean",
    "text": "text",
    "uuid": "uuid",
    "timestamp": "datetime",
    "date": "date",
    "json": "json",
}
_ON_DELETE: dict[str, OnDelete] = {"CASCADE": "cascade", "SET NULL": "set-null"}
_INT64 = frozenset({"bigint", "bigint unsigned", "int unsigned"})
_MOST_TEXT = 10_000
"""Characters of a text that its table does not bound."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of making a spec from tables."""

    service: Service
    findings: tuple[Finding, ...]
    """What was left out or guessed, each with its place."""


def service_of(schema: Schema, name: str, place: Place) -> Imported:
    """Make a service from tables.

    Args:
        schema: The tables.
        name: The service's name.
        place: What the spec is made from.
    """
    return _Importing(schema).run(name, place)


class _Importing:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._findings: list[Finding] = []
        self._pairs = [table for table in schema.tables if _is_pairs(table)]
        self._enumerations = {each.name.casefold(): each.values for each in schema.enumerations}
        kept = [
            table
            for table in schema.tables
            if table not in self._pairs and table.name.folded not in OWN_TABLES
        ]
        self._names = {table.name.folded: singular(snake(table.name.text)) for table in kept}
        self._tables = kept

    def run(self, name: str, place: Place) -> Imported:
        resources = []
        for table in self._tables:
            if is_name(self._names[table.name.folded]):
                resources.append(self._resource(table))
            else:
                self._left(f"table `{table.name.text}`: a spec has no such name", table.place)
        accounts = accounts_of(resources)
        who: tuple[Who, ...] = ("signed-in",) if accounts else ("anyone",)
        told = [
            guarded(replace(each, permissions=_everything(who)), accounts) for each in resources
        ]
        service = Service(name, default_title(name), tuple(told), place, accounts=accounts)
        return Imported(service, tuple(self._findings))

    def _left(self, message: str, place: Place) -> None:
        self._findings.append(Finding("spec-left-out", "warning", place, message))

    def _resource(self, table: Table) -> Resource:
        name = self._names[table.name.folded]
        key: Key = "uuid"
        single = table.primary_key.columns if table.primary_key else ()
        column = table.column(single[0]) if len(single) == 1 else None
        if column is None:
            self._left(f"table `{table.name.text}`: its rows get a key `id`", table.place)
        elif column.type.family == "integer":
            key = "integer"
        fields = tuple(self._fields(table, single))
        return Resource(
            name=name,
            plural=plural(name) if plural(name) == table.name.folded else _plural(table, name),
            place=table.place,
            description=table.comment,
            key=key,
            fields=fields,
            links=tuple(self._links(table, name)),
            unique=tuple(_unique(table, fields)),
            soft_delete=table.column("deleted_at") is not None,
        )

    def _fields(self, table: Table, key: Sequence[str]) -> Iterator[Field]:
        leads = {each.columns[0]: each for each in table.foreign_keys if len(each.columns) == 1}
        for column in table.columns:
            folded = column.name.folded
            if folded in OWN_FIELDS or (tuple(key) == (folded,) and folded not in leads):
                continue
            field = self._field(table, column, leads.get(folded))
            if field is not None:
                yield field

    def _field(self, table: Table, column: Column, leads: ForeignKey | None) -> Field | None:
        name = snake(column.name.text)
        said = f"{table.name.text}.{column.name.text}"
        if column.generated:
            self._left(f"`{said}`: what is computed is no field", column.place)
            return None
        target = self._names.get(leads.table) if leads else None
        if leads and target:
            return self._made(
                table,
                column,
                re.sub(r"_(?:id|uuid|fk)$", "", name),
                "reference",
                to=target,
                on_delete=_ON_DELETE.get(leads.on_delete, "restrict"),
            )
        if not is_name(name):
            self._left(f"`{said}`: a spec has no such name", column.place)
            return None
        values = self._values(table, column)
        if values:
            return self._made(table, column, name, "enum", values=values)
        kind = _KINDS.get(column.type.family)
        if kind is None:
            self._left(f"`{said}`: a spec has no type {column.type}", column.place)
            return None
        return self._made(table, column, *_guessed(name, kind, table, column))

    def _made(  # noqa: PLR0917 (a field is what these say of it)
        self,
        table: Table,
        column: Column,
        name: str,
        kind: FieldKind,
        values: tuple[str, ...] = (),
        to: str = "",
        on_delete: OnDelete = "restrict",
    ) -> Field:
        default = None if kind in {"reference", "password", "uuid", "json"} else _default(column)
        if on_delete == "set-null" and not column.nullable:
            on_delete = "restrict"
        return Field(
            name=name,
            kind=kind,
            place=column.place,
            description=column.comment,
            required=not column.nullable and default is None,
            nullable=column.nullable,
            default=default,
            bounds=_bounds(table, column, kind),
            values=values,
            to=to,
            on_delete=on_delete,
            unique=frozenset({column.name.folded}) in _sets(table) and kind != "password",
            sorted=_is_sorted(table, column) and kind not in {"json", "password"},
            filtered=kind in {"reference", "enum", "boolean"},
            private=kind == "password",
        )

    def _values(self, table: Table, column: Column) -> tuple[str, ...]:
        values = self._enumerations.get(column.type.name.casefold(), ())
        if column.type.family == "enum":
            values = column.type.arguments
        for check in table.checks:
            found = _IN.fullmatch(_bare(check))
            if found and found["column"].casefold() == column.name.folded:
                values = tuple(re.findall(r"'((?:[^']|'')*)'", found["values"]))
        fits = all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,62}", value) for value in values)
        return values if fits else ()

    def _links(self, table: Table, name: str) -> Iterator[Link]:
        """Give the links of pairs that belong to this table: the first one that they name."""
        for pairs in self._pairs:
            one, other = _ends(pairs)
            target = self._names.get(other.table)
            if one.table != table.name.folded or target is None:
                continue
            said = re.sub(rf"^{re.escape(name)}_", "", pairs.name.folded)
            link = Link(said if is_name(said) else plural(target), target, pairs.place)
            yield replace(link, description=pairs.comment)


def _is_pairs(table: Table) -> bool:
    """Tell whether a table holds pairs of two others' rows and nothing else."""
    if len(table.foreign_keys) != _TWO or table.primary_key is None:
        return False
    columns = {column for key in table.foreign_keys for column in key.columns}
    return (
        all(len(key.columns) == 1 for key in table.foreign_keys)
        and set(table.primary_key.columns) == columns
        and {column.name.folded for column in table.columns} == columns
    )


_TWO = 2


def _ends(pairs: Table) -> tuple[ForeignKey, ForeignKey]:
    """Give the two keys of a table of pairs in the order of its primary key."""
    order = pairs.primary_key.columns if pairs.primary_key else ()
    first, second = sorted(pairs.foreign_keys, key=lambda key: order.index(key.columns[0]))
    return first, second


def snake(name: str) -> str:
    """Give `order_line` for `OrderLine` and `order-line`."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[-\s.]+", "_", name)
    return re.sub(r"_+", "_", apart).strip("_").lower()


def _plural(table: Table, name: str) -> str:
    said = snake(table.name.text)
    return said if said != name and is_name(said) else plural(name)


def _everything(who: tuple[Who, ...]) -> tuple[Permission, ...]:
    return tuple(
        Permission(action, who) for action in ("create", "read", "list", "update", "delete")
    )


def accounts_of(resources: Sequence[Resource]) -> Accounts | None:
    """Find who signs in: the resource with a password and a unique address."""
    for resource in resources:
        password = next((each for each in resource.fields if each.kind == "password"), None)
        login = next(
            (each for each in resource.fields if each.kind == "email" and each.unique), None
        )
        if password and login:
            role = resource.field("role")
            named = role is not None and role.kind == "enum" and role.default is not None
            return Accounts(resource.name, login.name, password.name, "role" if named else "")
    return None


def guarded(resource: Resource, accounts: Accounts | None) -> Resource:
    """Let nobody give themselves a role: who may is to be said by `writers`."""
    if accounts is None or resource.name != accounts.resource or not accounts.role:
        return resource
    fields = tuple(
        replace(field, read_only=True, required=False) if field.name == accounts.role else field
        for field in resource.fields
    )
    return replace(resource, fields=fields)


def _guessed(name: str, kind: FieldKind, table: Table, column: Column) -> tuple[str, FieldKind]:
    """Tell apart what tables keep as text: addresses, links and hashed passwords."""
    del table
    if kind != "text":
        return name, kind
    if re.fullmatch(r"(?:password|passwd|pass)(?:_hash|_digest|_hashed)?|hashed_password", name):
        return "password", "password"
    if re.fullmatch(r"(?:.+_)?e?mail(?:_address)?", name):
        return name, "email"
    if re.fullmatch(r"(?:.+_)?(?:url|website)", name) and not column.default:
        return name, "url"
    return name, kind


_COLUMN = r"(?P<column>\w+)"
_NUMBER = r"-?\d+(?:\.\d+)?"
_IN = re.compile(rf"{_COLUMN} IN \((?P<values>'.*')\)", re.I | re.S)
_RANGE = re.compile(
    rf"(?P<length>(?:char_length|length)\()?{_COLUMN}\)? BETWEEN (?P<least>{_NUMBER})"
    rf" AND (?P<most>{_NUMBER})",
    re.I,
)
_SIDE = re.compile(
    rf"(?P<length>(?:char_length|length)\()?{_COLUMN}\)? (?P<sign>[<>]=) (?P<end>{_NUMBER})", re.I
)


def _bare(check: Check) -> str:
    """Give a condition without quotes around names and brackets around all of it."""
    text = " ".join(check.expression.replace('"', "").replace("`", "").split())
    while text.startswith("(") and text.endswith(")") and _is_one_bracket(text):
        text = text[1:-1].strip()
    return text


def _conditions(table: Table) -> Iterator[str]:
    """Give the conditions of a table's rows, each side of an AND by itself."""
    for text in map(_bare, table.checks):
        if " BETWEEN " in text.upper():
            yield text
        else:
            yield from re.split(r"\s+AND\s+", text, flags=re.I)


def _is_one_bracket(text: str) -> bool:
    depth = 0
    for at, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return at == len(text) - 1
    return False


def _bounds(table: Table, column: Column, kind: FieldKind) -> Bounds:
    least = most = None
    if kind in {"text", "email", "url"}:
        lengths = column.type.arguments if column.type.name in {"varchar", "char"} else ()
        most = lengths[0] if lengths else None
    for text in () if kind == "password" else _conditions(table):
        found = _RANGE.fullmatch(text)
        if found and found["column"].casefold() == column.name.folded:
            least, most = found["least"], found["most"]
        side = _SIDE.fullmatch(text)
        if side and side["column"].casefold() == column.name.folded:
            if side["sign"] == ">=":
                least = side["end"]
            else:
                most = side["end"]
    match kind:
        case "decimal":
            digits, scale = (*column.type.arguments, "0", "0")[:2]
            if not column.type.arguments:
                digits, scale = "20", "6"
            return Bounds(least, most, digits=int(digits), scale=int(scale))
        case "integer" if column.type.name in _INT64 and most is None:
            return Bounds(least, str(2**63 - 1))
        case "text" if most is None:
            return Bounds(least, str(_MOST_TEXT))
        case "integer" | "float" | "text" | "email" | "url":
            return Bounds(least, most)
        case _:
            return Bounds()


def _default(column: Column) -> str | None:
    text = column.default.strip()
    quoted = re.fullmatch(r"'((?:[^']|'')*)'(?:::[\w ]+)?", text, re.S)
    if quoted:
        return quoted[1].replace("''", "'")
    if re.fullmatch(_NUMBER, text):
        return text
    if text.lower() in {"true", "false"}:
        return text.lower()
    now = r"(?:now\(\)|current_timestamp(?:\(\d*\))?|current_date)"
    if re.fullmatch(now, text, re.I) and column.type.family in {"timestamp", "date"}:
        return "now"
    return None


def _sets(table: Table) -> tuple[frozenset[str], ...]:
    """Give the sets that are unique among rows that were not deleted."""
    alive = [
        frozenset(index.columns)
        for index in table.indexes
        if index.unique and all(index.columns) and "deleted_at" in index.where.casefold()
    ]
    return (*table.unique_sets, *alive)


def _unique(table: Table, fields: Sequence[Field]) -> Iterator[tuple[str, ...]]:
    names = {}
    for field in fields:
        column = f"{field.name}_id" if field.kind == "reference" else field.name
        names[column] = field.name
        names.setdefault(field.name, field.name)
    keys = [key.columns for key in table.uniques]
    keys += [index.columns for index in table.indexes if index.unique and all(index.columns)]
    for columns in dict.fromkeys(keys):
        if len(columns) > 1 and all(column in names for column in columns):
            yield tuple(names[column] for column in columns)


def _is_sorted(table: Table, column: Column) -> bool:
    """Tell whether an index gives rows in the order of a column, the key breaking ties."""
    return any(index.columns == (column.name.folded, "id") for index in table.indexes)
