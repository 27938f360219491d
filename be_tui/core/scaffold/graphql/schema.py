"""The schema of a service in GraphQL's schema definition language.

What the OpenAPI document tells of rows it tells too: the same members, bounds as words, the same
filters and orders, the same rights. Lists are connections, whose cursors are those of the lists;
a change names the `version` that the caller knows. What is private stands nowhere in it.
https://spec.graphql.org https://relay.dev/graphql/connections.htm
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from be_tui.core.scaffold.contract.operations import PAGE
from be_tui.core.scaffold.contract.schemas import MOST_ITEMS, field_schema
from be_tui.core.scaffold.contract.wire import (
    answered,
    created,
    filters,
    is_required,
    patched,
    sorts,
)
from be_tui.core.scaffold.desk.who import who_may
from be_tui.core.scaffold.graphql.leading import leads_of
from be_tui.core.scaffold.graphql.names import SCALARS, enum_names, names_of, order_name
from be_tui.core.scaffold.naming import with_article, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.scaffold.contract.wire import Member
    from be_tui.core.scaffold.graphql.leading import Lead
    from be_tui.core.scaffold.graphql.names import Names
    from be_tui.core.scaffold.model import Action, Field, Resource, Service

_ABOUT = {
    "DateTime": ("An instant, as RFC 3339 has it.", "https://www.rfc-editor.org/rfc/rfc3339"),
    "Date": ("A day, `full-date` of RFC 3339.", "https://www.rfc-editor.org/rfc/rfc3339"),
    "Decimal": (
        "A decimal number, as a string, so that no digit is lost on the way.",
        "https://scalars.graphql.org/chillicream/decimal.html",
    ),
    "UUID": ("A UUID, in its usual form.", "https://www.rfc-editor.org/rfc/rfc9562"),
    "Long": (
        "A whole number of 64 bits.",
        "https://scalars.graphql.org/chillicream/long.html",
    ),
    "JSON": ("Members of any names, flat.", "https://www.rfc-editor.org/rfc/rfc8259"),
}
_KINDS = {
    "decimal": "Decimal",
    "float": "Float",
    "boolean": "Boolean",
    "date": "Date",
    "datetime": "DateTime",
    "uuid": "UUID",
    "json": "JSON",
    "reference": "ID",
}
_PAGE_INFO = """\
"Where a page stands among the others."
type PageInfo {
  hasNextPage: Boolean!
  "Always false: pages are walked forward."
  hasPreviousPage: Boolean!
  startCursor: String
  "What to send as `after` for the next page."
  endCursor: String
}"""


def schema_text(service: Service) -> str:
    """Give the schema, the same for the same service."""
    writing = _Writing(service)
    types = [each for resource in service.resources for each in writing.types(resource)]
    types = [*writing.roots(), *types]
    if any(writing.may(each, "list") for each in service.resources):
        types.append(_PAGE_INFO)
    body = "\n\n".join(types)
    scalars = "\n\n".join(_scalar(name) for name in SCALARS if re.search(rf": {name}\b", body))
    top = f"{_quoted(service.description or service.title)}\nschema {{\n  query: Query\n"
    top += f"{'  mutation: Mutation' * ('type Mutation' in body)}".rstrip()
    head = f"{top.rstrip()}\n}}"
    return "\n\n".join(each for each in (head, scalars, body) if each) + "\n"


def _scalar(name: str) -> str:
    about, url = _ABOUT[name]
    return f"{_quoted(about)}\nscalar {name} @specifiedBy(url: {_quoted(url)})"


def _quoted(text: str) -> str:
    """Give a text as a string of GraphQL, which escapes as JSON does."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _described(text: str, line: str) -> str:
    """Give a line of a block under what is said of it."""
    return f"  {_quoted(text)}\n  {line}" if text else f"  {line}"


def _block(head: str, about: str, lines: list[str]) -> str:
    body = "\n".join(lines)
    return f"{_quoted(about)}\n{head} {{\n{body}\n}}"


class _Writing:
    """The types of one service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        names = zip(service.resources, names_of(service), strict=True)
        self._names = {resource.name: each for resource, each in names}

    def may(self, resource: Resource, action: Action) -> bool:
        """Tell whether anybody may do it."""
        return "nobody" not in resource.may(action).who

    def _who(self, resource: Resource, action: Action) -> str:
        return f"Who may: {who_may(self._service, resource, action)}."

    # What is asked.

    def roots(self) -> Iterator[str]:
        queries = [line for each in self._service.resources for line in self._queries(each)]
        if not queries:
            queries = [_described("What the service is called.", "service: String!")]
        yield _block("type Query", "What can be read.", queries)
        changes = [line for each in self._service.resources for line in self._changes(each)]
        if changes:
            yield _block("type Mutation", "What can be changed.", changes)

    def _queries(self, resource: Resource) -> Iterator[str]:
        names = self._names[resource.name]
        if self.may(resource, "read"):
            about = f"One {words(resource.name)}. {self._who(resource, 'read')}"
            yield _described(about, f"{names.one}(id: ID!): {names.type}")
        if self.may(resource, "list"):
            about = f"A page of {words(resource.plural)}, {MOST_ITEMS} at most, as far as the"
            about += f" caller may see them. {self._who(resource, 'list')}"
            usual = order_name(sorts(resource)[0])
            asked = f"first: Int = {PAGE}, after: String, orderBy: {names.order} = {usual}"
            if filters(resource):
                asked += f", filter: {names.filter}"
            yield _described(about, f"{names.many}({asked}): {names.connection}")

    def _changes(self, resource: Resource) -> Iterator[str]:
        names, one = self._names[resource.name], words(resource.name)
        known = "The version is the one that the caller knows; another one is a conflict."
        if self.may(resource, "create"):
            about = f"Make {with_article(one)}. {self._who(resource, 'create')}"
            given = f"(input: {names.create}!)" if created(self._service, resource) else ""
            yield _described(about, f"create{names.type}{given}: {names.type}")
        if self.may(resource, "update") and patched(self._service, resource):
            about = f"Change {with_article(one)}; what is left out stays as it is. {known}"
            about += f" {self._who(resource, 'update')}"
            given = f"(id: ID!, version: Long!, input: {names.patch}!)"
            yield _described(about, f"update{names.type}{given}: {names.type}")
        if self.may(resource, "delete"):
            about = f"Delete {with_article(one)}, and give its key. {known}"
            about += f" {self._who(resource, 'delete')}"
            yield _described(about, f"delete{names.type}(id: ID!, version: Long!): ID")

    # What is given.

    def types(self, resource: Resource) -> Iterator[str]:
        """Give the types of a resource, those that something leads to."""
        names, one = self._names[resource.name], words(resource.name)
        seen = any(self.may(resource, each) for each in ("read", "list", "create", "update"))
        if seen:
            about = resource.description or f"{with_article(one).capitalize()}."
            yield _block(f"type {names.type}", about, list(self._members(resource)))
        if self.may(resource, "list"):
            yield from self._list_types(resource, names)
        new, change = created(self._service, resource), patched(self._service, resource)
        if self.may(resource, "create") and new:
            lines = [self._given(names, each, needed=is_required(each)) for each in new]
            yield _block(f"input {names.create}", f"A new {one}.", lines)
        if self.may(resource, "update") and change:
            lines = [self._given(names, each, needed=False) for each in change]
            about = f"What to change of a {one}; what is left out stays as it is."
            yield _block(f"input {names.patch}", about, lines)
        yield from self._enumerations(resource, names)

    def _list_types(self, resource: Resource, names: Names) -> Iterator[str]:
        many = words(resource.plural)
        edges = ["  edges: [%s!]!" % names.edge, "  pageInfo: PageInfo!"]  # noqa: UP031 (brackets)
        yield _block(f"type {names.connection}", f"A page of {many}.", edges)
        edge = ["  cursor: String!", f"  node: {names.type}!"]
        yield _block(f"type {names.edge}", f"One of {many}, with its place in the list.", edge)
        orders = [f"  {order_name(each)}" for each in sorts(resource)]
        yield _block(f"enum {names.order}", f"The orders of {many}.", orders)
        lines = []
        for each in filters(resource):
            told = {"=": "exactly this", ">=": "this or more", "<=": "this or less"}
            about = f"Only those whose {words(each.field.name)} is {told[each.comparison]}."
            lines.append(_described(about, f"{each.name}: {self._type(names, each.field)}"))
        if lines:
            yield _block(f"input {names.filter}", f"What {many} are narrowed by.", lines)

    def _enumerations(self, resource: Resource, names: Names) -> Iterator[str]:
        new, answer = created(self._service, resource), answered(resource)
        shown = [*answer, *(new if self.may(resource, "create") else ())]
        change = patched(self._service, resource) if self.may(resource, "update") else ()
        used = {each.field.name for each in (*shown, *change) if each.field}
        for field in resource.fields:
            if field.kind != "enum" or field.name not in used:
                continue
            lines = [
                _described(f"`{value}` in JSON." if value != name else "", name)
                for value, name in zip(field.values, enum_names(field.values), strict=True)
            ]
            about = field.description or f"What {words(field.name)} may be."
            yield _block(f"enum {names.enum(field)}", about, lines)

    def _members(self, resource: Resource) -> Iterator[str]:
        names, members = self._names[resource.name], answered(resource)
        yield _described("What the row is known by.", "id: ID!")
        led = {each.member: each for each in leads_of(self._service, resource)}
        for member in members:
            needed = member.field is None or not member.field.nullable
            yield self._given(names, member, needed=needed)
            if member in led:
                yield self._led(led[member])
        yield _described("When the row was made.", "created_at: DateTime!")
        yield _described("When the row was changed last.", "updated_at: DateTime!")
        yield _described("Counts the changes; a change names the one it knows.", "version: Long!")

    def _led(self, lead: Lead) -> str:
        made, many = self._names[lead.to.name].type, lead.member.link is not None
        about = f"{'Those' if many else 'The one'} of `{lead.member.name}` that the caller may see."
        return _described(about, f"{lead.name}: [{made}!]!" if many else f"{lead.name}: {made}")

    def _given(self, names: Names, member: Member, *, needed: bool) -> str:
        """Give the line of a member."""
        mark = "!" if needed else ""
        if member.field is None:
            about = member.link.description if member.link else ""
            return _described(about, f"{member.name}: [ID!]{mark}")
        about = " ".join(
            each for each in (member.field.description, self._bounds(member.field)) if each
        )
        return _described(about, f"{member.name}: {self._type(names, member.field)}{mark}")

    def _type(self, names: Names, field: Field) -> str:
        if field.kind == "enum":
            return names.enum(field)
        if field.kind == "integer":
            schema = field_schema(self._service, field)
            return "Int" if schema["format"] == "int32" else "Long"
        return _KINDS.get(field.kind, "String")

    def _bounds(self, field: Field) -> str:
        """Say what a value must be, as far as its type does not."""
        schema = field_schema(self._service, field)
        least, most = schema.get("minLength", 0), schema.get("maxLength")
        parts = []
        if field.kind in {"text", "password"}:
            parts.append(f"{least} to {most} characters" if least else f"at most {most} characters")
        if field.bounds.pattern:
            parts.append(f"as `{field.bounds.pattern}`")
        if field.kind in {"integer", "decimal", "float"}:
            ends = (("from", field.bounds.least), ("to", field.bounds.most))
            parts += [f"{word} {end}" for word, end in ends if end is not None]
        if field.writers:
            parts.append(f"set by {' or '.join(field.writers)} only")
        if field.fixed:
            parts.append("never changed")
        text = ", ".join(parts)
        return f"{text[:1].upper()}{text[1:]}." if text else ""
