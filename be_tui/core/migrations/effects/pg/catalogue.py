"""A schema as PostgreSQL's catalogue has it: each relation by its name, and what hangs on it.

Each question is answered from what the state of the schema holds by name, so that one statement
costs no look at all tables. What a migration itself made is known as such: nobody waits for it,
and it is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.pg.hanging import (
    constraints_of,
    index_of,
    joined,
    key_indexes,
    made_name,
    partition_columns,
    plain_space,
    shown_name,
)
from be_tui.core.migrations.effects.pg.relations import (
    Constraint,
    OwnIndex,
    OwnSequence,
    Reference,
    Relation,
)
from be_tui.core.migrations.effects.pg.types import PgType, modelled
from be_tui.core.migrations.effects.pg.usage import Usage, usage_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import TypeVar

    from be_tui.core.schema import (
        Column,
        Composite,
        Domain,
        Enumeration,
        Extension,
        ForeignKey,
        Other,
        Policy,
        Routine,
        SchemaState,
        Table,
        Trigger,
        View,
    )
    from be_tui.core.schema.holding import OnTable
    from be_tui.core.schema.shelf import Shelf

    _Standing = TypeVar("_Standing", Policy, Trigger)

Key = tuple[str, str]
"""A schema, none for `public`, and a name."""


class Catalogue:
    """All that is known of a database."""

    def __init__(self, state: SchemaState, *, whole: bool) -> None:
        """Take a schema.

        Args:
            state: As it stands before the statement.
            whole: Whether the database has nothing else.
        """
        self.whole = whole
        self._state = state
        self._held = state.held
        self._usages: dict[str, Usage] = {}

    # Relations by their names.

    def relation(self, name: str, space: str = "") -> Relation | None:
        """Give a relation of whichever kind; without a schema, that of `public` first."""
        key = (plain_space(space), name)
        found = self._at(key)
        if found is not None or space:
            return found
        held = self._held
        for known in (held.tables, held.views, held.indexes, held.sequences):
            elsewhere = [each for each in known.named(name) if each[1] == name]
            if len(elsewhere) == 1:
                return self._at(elsewhere[0])
        return None

    def _at(self, key: Key) -> Relation | None:
        held = self._held
        if key in held.tables:
            return _of_table(held.tables[key])
        if key in held.views:
            return _of_view(held.views[key])
        if key in held.indexes:
            owner = self._at(held.indexes[key])
            own = (
                next((e for e in self.indexes(owner) if e.name == key[1]), None) if owner else None
            )
            return Relation(shown_name(key[1], key[0]), "index", index=own)
        if key in held.sequences:
            each = held.sequences[key]
            owner_name, _, column = each.owned_by.rpartition(".")
            own_sequence = OwnSequence(each.name, owner_name.removeprefix("public."), column)
            return Relation(shown_name(key[1], key[0]), "sequence", sequence=own_sequence)
        return self._unheld(key)

    def _unheld(self, key: Key) -> Relation | None:
        """Give the sequence of an identity, which its column tells."""
        if not key[1].endswith("_seq"):
            return None
        for table in self._held.tables.values():
            if table.namespace == key[0] and key[1].startswith(table.name.text[:8]):
                for each in self._numbered(_of_table(table)):
                    if each.shown == shown_name(key[1], key[0]):
                        return each
        return None

    def may_be_partition(self, name: str) -> bool:
        """Tell whether a name is that of a partitioned table, with more behind, that tells of none.

        Partitions that a program makes as it runs are called so.
        """
        tables = (each for each in self._held.tables.values() if each.partitioned)
        return any(
            name.startswith(f"{each.name.text}_") and not self.children(_of_table(each))
            for each in tables
        )

    def taken(self, name: str, space: str = "") -> bool:
        """Tell whether a relation of that schema has the name."""
        return self._held.taken(plain_space(space), name)

    def shown(self, shown: str) -> Relation | None:
        """Give a relation by the name that it is shown with."""
        space, _, name = shown.rpartition(".")
        return self._at((space, name))

    def relations(self) -> Iterator[Relation]:
        """Give tables and views."""
        yield from (_of_table(each) for each in self._held.tables.values())
        yield from (_of_view(each) for each in self._held.views.values())

    def in_space(self, space: str) -> Iterator[Relation]:
        """Give the tables, views and sequences of a schema."""
        held = self._held
        for known in (held.tables, held.views, held.sequences):
            for key in known:
                found = self._at(key) if key[0] == space else None
                if found is not None:
                    yield found

    def is_made(self, relation: Relation) -> bool:
        """Tell whether the migration itself made a relation, or what it belongs to."""
        owner = relation.index.on if relation.index else relation.shown
        space, _, name = owner.rpartition(".")
        return self._state.is_new(name, space)

    # What hangs on a table.

    def children(self, relation: Relation) -> list[Relation]:
        """Give the partitions and heirs of a table, in the order they were made."""
        if relation.table is None:
            return []
        return [_of_table(each) for _, each in self._held.children(_key(relation.table))]

    def below(self, relation: Relation) -> list[Relation]:
        """Give all that inherit from a table, however far."""
        found: list[Relation] = []
        queue = self.children(relation)
        while queue:
            each = queue.pop(0)
            if each not in found:
                found.append(each)
                queue += self.children(each)
        return found

    def default_partition(self, relation: Relation) -> Relation | None:
        """Give the partition that takes what no other does."""
        for each in self.children(relation):
            if each.table and each.table.bound.strip().upper() == "DEFAULT":
                return each
        return None

    def parents(self, relation: Relation) -> list[Relation]:
        """Give the tables that a table is part of, or inherits from."""
        table = relation.table
        names = (table.parent, *table.inherits) if table else ()
        found = [self._held.find(*_folded(each)) for each in names if each]
        return [_of_table(self._held.tables[key]) for key in found if key]

    def table(self, folded: str, space: str = "") -> Relation | None:
        """Give a table by its name as the model folds it."""
        key = self._held.find(folded, plain_space(space))
        return _of_table(self._held.tables[key]) if key else None

    def inherits_column(self, relation: Relation, name: str) -> bool:
        """Tell whether a column comes from a table above."""
        return any(e.table and e.table.column(name) for e in self.parents(relation))

    def referenced_by(self, relation: Relation) -> list[Reference]:
        """Give the foreign keys that refer to a table."""
        if relation.table is None:
            return []
        key = _key(relation.table)
        return [
            Reference(_of_table(other), each)
            for _, other in self._held.referring(key)
            for each in other.foreign_keys
            if self._held.is_target(key, (each.namespace, each.table))
        ]

    def target(self, key: ForeignKey) -> Relation | None:
        """Give the table that a foreign key refers to."""
        return self.table(key.table, key.namespace)

    def owned(self, relation: Relation, column: str = "") -> list[Relation]:
        """Give the sequences that a table's columns own."""
        if relation.table is None:
            return []
        found = self._numbered(relation, column)
        for each in self._state.sequences_of(relation.table, column):
            own = OwnSequence(each.name, relation.shown, each.owned_by.rpartition(".")[2])
            found.append(Relation(shown_name(each.name, each.namespace), "sequence", sequence=own))
        return found

    def _numbered(self, relation: Relation, column: str = "") -> list[Relation]:
        """Give the sequences of identities, which the columns tell."""
        table = relation.table
        found = []
        for each in table.columns if table else ():
            # A partition draws from its parent's.
            if (
                table
                and not table.parent
                and each.auto == "identity"
                and (not column or each.name.folded == column)
            ):
                name = made_name(table.name.text, each.name.text, "seq")
                own = OwnSequence(name, relation.shown, each.name.folded, identity=True)
                space = relation.shown.rpartition(".")[0]
                found.append(Relation(shown_name(name, space), "sequence", sequence=own))
        return found

    def constraints(self, relation: Relation) -> list[Constraint]:
        """Give the constraints of a table, each under the name that the server gives it."""
        return list(constraints_of(relation.table)) if relation.table else []

    def constraint(self, relation: Relation, name: str) -> Constraint | None:
        """Give one by its name."""
        found = (each for each in self.constraints(relation) if each.name == name)
        return next(found, None)

    def indexes(self, relation: Relation) -> list[OwnIndex]:
        """Give all indexes of a table or materialised view, those of its keys among them."""
        if relation.view:
            return [index_of(each, relation) for each in relation.view.indexes]
        if relation.table is None:
            return []
        found = [*key_indexes(relation), *(index_of(e, relation) for e in relation.table.indexes)]
        if relation.table.parent:
            found = self._with_parents(relation, found)
        return found

    def _with_parents(self, relation: Relation, own: list[OwnIndex]) -> list[OwnIndex]:
        """Join the keys of a partition to those of its parent that they are part of."""
        found = list(own)
        for parent in self.parents(relation):
            for above in self.indexes(parent):
                for at, each in enumerate(found):
                    same = (each.constraint, each.columns) == (above.constraint, above.columns)
                    if each.parent == above.name or (each.constraint and same):
                        found[at] = joined(each, above)
        return found

    # Types, routines and views.

    def domain(self, name: str) -> Domain | None:
        """Give a domain by its name, with its schema where that is not `public`."""
        return self._held.domains.get(_pair(name))

    def enumeration(self, name: str) -> Enumeration | None:
        """Give an enumeration by its name."""
        return self._held.enumerations.get(_pair(name))

    def composite(self, name: str) -> Composite | None:
        """Give a composite type by its name."""
        return self._held.composites.get(_pair(name))

    def routines(self, name: str, space: str = "") -> list[Routine]:
        """Give the functions and procedures of a name."""
        held = self._held.routines
        return [
            held[key]
            for key in held.named(name)
            if key[1] == name and (not space or key[0] == plain_space(space))
        ]

    @property
    def all_routines(self) -> Collection[Routine]:
        """Give all functions and procedures."""
        return self._held.routines.values()

    @property
    def others(self) -> Collection[Other]:
        """Give what is known by its DDL alone."""
        return self._held.others.values()

    @property
    def namespaces(self) -> Collection[str]:
        """Give the schemas that were made."""
        return self._held.namespaces

    @property
    def extensions(self) -> Collection[Extension]:
        """Give the extensions."""
        return self._held.extensions.values()

    def policies(self, relation: Relation) -> list[Policy]:
        """Give the policies on a table."""
        return _on(relation, self._held.policies)

    def triggers(self, relation: Relation) -> list[Trigger]:
        """Give the triggers on a relation."""
        return _on(relation, self._held.triggers)

    def base(self, kind: PgType) -> tuple[PgType, bool]:
        """Give the type below a domain, and whether a domain on the way refuses values."""
        constrained = False
        for _ in range(16):
            domain = None if kind.array else self.domain(kind.name)
            if domain is None:
                break
            constrained = constrained or domain.constrained
            kind = modelled(domain.type)
        return kind, constrained

    def columns_of_type(self, name: str) -> list[tuple[Relation, Column, bool]]:
        """Give the columns of a type, and of domains over it; with whether it is hidden in one.

        It is hidden in an array or a composite type, which the server does not look into.
        """
        direct, hidden = self._over(name)
        found = []
        for table in self._held.tables.values():
            for column in table.columns:
                kind = modelled(column.type)
                if kind.name in direct | hidden:
                    found.append((_of_table(table), column, kind.array or kind.name in hidden))
        return found

    def _over(self, name: str) -> tuple[set[str], set[str]]:
        """Give the types that are a type, or domains over it, and those that hide it."""
        direct, hidden = {name}, set[str]()
        grew = True
        while grew:
            size = len(direct) + len(hidden)
            for each in self._held.domains.values():
                inner = modelled(each.type)
                if inner.name in direct:
                    (hidden if inner.array else direct).add(shown_name(each.name, each.namespace))
            for composite in self._held.composites.values():
                if any(modelled(f.type).name in direct | hidden for f in composite.fields):
                    hidden.add(shown_name(composite.name, composite.namespace))
            grew = len(direct) + len(hidden) > size
        return direct, hidden

    def usage(self, view: Relation) -> Usage:
        """Give what a view reads."""
        found = self._usages.get(view.shown)
        if found is None and view.view:
            found = self._usages[view.shown] = usage_of(view.view.query, self)
        return found or Usage()

    def views_over(self, relation: Relation, column: str = "") -> list[Relation]:
        """Give the views that read a relation, or one column of it, themselves."""
        name = relation.shown.rpartition(".")[2]
        named = [_of_view(each) for each in self._held.views.values() if name in each.query]
        return [
            view
            for view in named
            if view.shown != relation.shown and self.usage(view).reads(relation.shown, column)
        ]

    def views_calling(self, function: str) -> list[Relation]:
        """Give the views that call a function."""
        found = map(_of_view, self._held.views.values())
        return [each for each in found if function in self.usage(each).functions]


def _of_table(table: Table) -> Relation:
    return Relation(shown_name(table.name.text, table.namespace), "table", table=table)


def _of_view(view: View) -> Relation:
    return Relation(shown_name(view.name.text, view.namespace), "view", view=view)


def _on(relation: Relation, held: Shelf[OnTable, _Standing]) -> list[_Standing]:
    """Give what stands on a relation."""
    shown = relation.shown.casefold()
    what = relation.table or relation.view
    found = (held[key] for key in held.named(what.name.text)) if what else ()
    return [each for each in found if shown_name(each.table, each.namespace) == shown]


def _key(table: Table) -> Key:
    return table.namespace, table.name.text


def _folded(name: str) -> Key:
    space, _, bare = name.removeprefix("public.").rpartition(".")
    return bare, space


def _pair(name: str) -> Key:
    space, _, bare = name.rpartition(".")
    return plain_space(space), bare


def keys_of_partitions(catalogue: Catalogue, relation: Relation) -> frozenset[str]:
    """Give the columns that decide where a row goes, at each level of partitions."""
    found = partition_columns(relation)
    for each in catalogue.below(relation):
        found |= partition_columns(each)
    return found


def all_below(catalogue: Catalogue, relations: Iterable[Relation]) -> list[Relation]:
    """Give relations with all that inherit from them, each once."""
    found: list[Relation] = []
    for relation in relations:
        for each in (relation, *catalogue.below(relation)):
            if each not in found:
                found.append(each)
    return found
