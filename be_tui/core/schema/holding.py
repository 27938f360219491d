"""All that a database holds while statements are applied to it, found by name at once.

What it holds are frozen values, so a copy costs a table of references.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, TypeVar

from be_tui.core.schema.model import Schema
from be_tui.core.schema.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.schema.model import Enumeration, Table, Trigger, View
    from be_tui.core.schema.objects import (
        Composite,
        Domain,
        Extension,
        Grant,
        Other,
        Policy,
        Routine,
        Sequence,
    )

Key = tuple[str, str]
"""A schema's name, empty for the engine's usual one, and a name in it."""

OnTable = tuple[str, str, str]
"""A table's key, and the name of what stands on it."""

_Value = TypeVar("_Value")


@dataclass(slots=True)
class Holding:
    """What there is, each by what tells it from others of its kind."""

    tables: Shelf[Key, Table] = field(default_factory=Shelf)
    views: Shelf[Key, View] = field(default_factory=Shelf)
    sequences: Shelf[Key, Sequence] = field(default_factory=Shelf)
    enumerations: Shelf[Key, Enumeration] = field(default_factory=Shelf)
    domains: Shelf[Key, Domain] = field(default_factory=Shelf)
    composites: Shelf[Key, Composite] = field(default_factory=Shelf)
    routines: Shelf[tuple[str, str, str], Routine] = field(default_factory=Shelf)
    triggers: Shelf[OnTable, Trigger] = field(default_factory=Shelf)
    policies: Shelf[OnTable, Policy] = field(default_factory=Shelf)
    extensions: dict[str, Extension] = field(default_factory=dict)
    grants: dict[tuple[str, str, str, bool], Grant] = field(default_factory=dict)
    others: dict[tuple[str, str, str, str], Other] = field(default_factory=dict)
    namespaces: dict[str, None] = field(default_factory=dict)
    indexes: Shelf[Key, Key] = field(default_factory=Shelf)
    """The table or view that each index stands on; those of keys are among them."""

    _referring: dict[str, dict[Key, None]] = field(default_factory=dict)
    """Tables with a foreign key to one of that name, folded."""

    _children: dict[str, dict[Key, None]] = field(default_factory=dict)
    """Tables that are partitions of, or inherit from, one of that name, folded."""

    def put(self, key: Key, table: Table) -> None:
        """Hold a table, in place of the one of that key."""
        before = self.tables.get(key)
        self.tables[key] = table
        if before is not None:
            if before.foreign_keys is table.foreign_keys and _same_indexes(before, table):
                return
            self._forget(key, before)
        for name in index_names(table):
            self.indexes[key[0], name] = key
        for each in table.foreign_keys:
            self._referring.setdefault(each.table, {})[key] = None
        for name in _parents(table):
            self._children.setdefault(name, {})[key] = None

    def take(self, key: Key) -> Table | None:
        """Let go of a table."""
        table = self.tables.pop(key, None)
        if table is not None:
            self._forget(key, table)
        return table

    def move(self, before: Key, after: Key, table: Table) -> None:
        """Hold a table under another key, where it stood among the others."""
        order = [after if key == before else key for key in self.tables]
        self.take(before)
        self.put(after, table)
        self.tables = Shelf((key, self.tables[key]) for key in order)

    def put_view(self, key: Key, view: View) -> None:
        """Hold a view."""
        before = self.views.get(key)
        for each in before.indexes if before else ():
            self.indexes.pop((key[0], each.name), None)
        self.views[key] = view
        for each in view.indexes:
            self.indexes[key[0], each.name] = key

    def take_view(self, key: Key) -> View | None:
        """Let go of a view."""
        view = self.views.pop(key, None)
        for each in view.indexes if view else ():
            self.indexes.pop((key[0], each.name), None)
        return view

    def find(self, name: str, namespace: str = "") -> Key | None:
        """Give a table's key: as it is written, else in any case, else in any schema."""
        if (namespace, name) in self.tables:
            return namespace, name
        found = self.tables.named(name)
        if not found:
            return None
        within = namespace.casefold()
        same = [key for key in found if key[0].casefold() == within]
        if same:
            return same[0]
        return None if within else next(iter(found))

    def referring(self, key: Key) -> Iterator[tuple[Key, Table]]:
        """Give the tables that have a foreign key to one."""
        for each in tuple(self._referring.get(key[1].casefold(), ())):
            table = self.tables[each]
            if any(self.is_target(key, (fk.namespace, fk.table)) for fk in table.foreign_keys):
                yield each, table

    def children(self, key: Key) -> Iterator[tuple[Key, Table]]:
        """Give the partitions of a table, and those that inherit from it."""
        for each in tuple(self._children.get(key[1].casefold(), ())):
            table = self.tables[each]
            if any(self.is_target(key, pair(said)) for said in _parent_names(table)):
                yield each, table

    def is_target(self, key: Key, said: Key) -> bool:
        """Tell whether a name as it stands in a foreign key means a table."""
        if said[1].casefold() != key[1].casefold():
            return False
        if said[0]:
            return said[0].casefold() == key[0].casefold()
        return not key[0] or self.find(said[1]) == key

    def taken(self, namespace: str, name: str) -> bool:
        """Tell whether a relation of that name is there."""
        key = (namespace, name)
        return (
            key in self.tables
            or key in self.indexes
            or key in self.views
            or key in self.sequences
            or key in self.composites
        )

    def copy(self) -> Holding:
        """Give one that can be changed by itself."""
        made = Holding()
        for each in fields(self):
            found = getattr(self, each.name)
            if each.name.startswith("_"):
                setattr(made, each.name, {key: dict(value) for key, value in found.items()})
            else:
                setattr(made, each.name, type(found)(found))
        return made

    def schema(self) -> Schema:
        """Give all of it, in the order that it was made."""
        return Schema(
            tables=tuple(self.tables.values()),
            views=tuple(self.views.values()),
            enumerations=tuple(self.enumerations.values()),
            triggers=tuple(self.triggers.values()),
            namespaces=tuple(self.namespaces),
            domains=tuple(self.domains.values()),
            composites=tuple(self.composites.values()),
            sequences=tuple(self.sequences.values()),
            routines=tuple(self.routines.values()),
            policies=tuple(self.policies.values()),
            extensions=tuple(self.extensions.values()),
            grants=tuple(self.grants.values()),
            others=tuple(self.others.values()),
        )

    def _forget(self, key: Key, table: Table) -> None:
        for name in index_names(table):
            if self.indexes.get((key[0], name)) == key:
                del self.indexes[key[0], name]
        for each in table.foreign_keys:
            self._referring.get(each.table, {}).pop(key, None)
        for name in _parents(table):
            self._children.get(name, {}).pop(key, None)


def holding_of(schema: Schema) -> Holding:
    """Give what a schema says as what a database holds."""
    held = Holding()
    held.namespaces.update(dict.fromkeys(schema.namespaces))
    for table in schema.tables:
        held.put((table.namespace, table.name.text), table)
    for view in schema.views:
        held.put_view((view.namespace, view.name.text), view)
    held.enumerations.update({(each.namespace, each.name): each for each in schema.enumerations})
    held.domains.update({(each.namespace, each.name): each for each in schema.domains})
    held.composites.update({(each.namespace, each.name): each for each in schema.composites})
    held.sequences.update({(each.namespace, each.name): each for each in schema.sequences})
    held.routines.update(
        {(each.namespace, each.name, each.arguments): each for each in schema.routines}
    )
    held.triggers.update(
        {(each.namespace, each.table, each.name): each for each in schema.triggers}
    )
    held.policies.update(
        {(each.namespace, each.table, each.name): each for each in schema.policies}
    )
    held.extensions.update({each.name: each for each in schema.extensions})
    held.grants.update(
        {(each.kind, each.target, each.role, each.grantable): each for each in schema.grants}
    )
    held.others.update(
        {(each.kind, each.namespace, each.table, each.name): each for each in schema.others}
    )
    return held


def pair(said: str) -> Key:
    """Give the schema and the name of a name that may have one before it."""
    namespace, dot, name = said.rpartition(".")
    return (namespace, name) if dot else ("", said)


def said(key: Key) -> str:
    """Give a key as the name that a parent is known by: folded, after its schema."""
    return ".".join(each.casefold() for each in key if each)


def index_names(table: Table) -> Iterator[str]:
    """Give the names of the indexes of a table, those of its constraints among them."""
    for key in table.keys:
        if key.name:
            yield key.name
    for exclusion in table.exclusions:
        yield exclusion.name
    for index in table.indexes:
        yield index.name


def renamed_key(found: dict[Key, _Value], before: Key, after: Key, value: _Value) -> None:
    """Put a value under another key, where it stood."""
    items = [(after, value) if key == before else (key, each) for key, each in found.items()]
    found.clear()
    found.update(items)


def _same_indexes(one: Table, other: Table) -> bool:
    return (
        one.indexes is other.indexes
        and one.primary_key is other.primary_key
        and one.uniques is other.uniques
        and one.exclusions is other.exclusions
        and one.parent == other.parent
        and one.inherits is other.inherits
    )


def _parent_names(table: Table) -> tuple[str, ...]:
    return (table.parent, *table.inherits) if table.parent else table.inherits


def _parents(table: Table) -> Iterator[str]:
    for each in _parent_names(table):
        yield pair(each)[1]
