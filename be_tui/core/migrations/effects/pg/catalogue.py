"""A schema as PostgreSQL's catalogue has it: each relation by its name, and what hangs on it.

Read from the model once for each state of the schema; each question is answered from tables of
names. What a migration itself made is known as such: nobody waits for it, and it is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from be_tui.core.migrations.effects.pg.nodes import columns_in
from be_tui.core.migrations.effects.pg.types import PgType, modelled
from be_tui.core.migrations.effects.pg.usage import Usage, usage_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from be_tui.core.schema import (
        Check,
        Column,
        Composite,
        Domain,
        Enumeration,
        Exclusion,
        ForeignKey,
        Index,
        Key,
        Routine,
        Schema,
        Table,
        Trigger,
        View,
    )

RelationKind = Literal["table", "view", "index", "sequence"]

LIMIT = 63
"""Bytes of a name."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What locks are taken on."""

    shown: str
    """Its name, with its schema unless that is `public`."""

    kind: RelationKind
    table: Table | None = None
    view: View | None = None
    index: OwnIndex | None = None
    sequence: OwnSequence | None = None

    def __hash__(self) -> int:
        """Hash by the name, of which a database has one."""
        return hash(self.shown)


@dataclass(frozen=True, slots=True)
class OwnIndex:
    """An index, be it a key's, one made by itself, or that of a partition."""

    name: str
    on: str
    """The table or materialised view, as it is shown."""

    columns: tuple[str, ...]
    """Those it is ordered by; nothing for an expression."""

    uses: frozenset[str]
    """All columns that it needs: those of expressions, conditions and INCLUDE too."""

    unique: bool = False
    constraint: str = ""
    """`primary`, `unique` or `exclude` where it belongs to a constraint."""

    plain: bool = True
    """Whether it has neither a condition nor an expression."""

    method: str = "btree"
    parent: str = ""
    """The index of the parent's that it is part of, as it is shown."""

    deferrable: bool = False
    source: Index | Key | Exclusion | None = None


@dataclass(frozen=True, slots=True)
class OwnSequence:
    """A sequence, be it a column's or one made by itself."""

    name: str
    table: str = ""
    """Whose column owns it, as it is shown."""

    column: str = ""
    identity: bool = False


ConstraintKind = Literal["primary", "unique", "check", "foreign", "exclude", "not null"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint of a table, of whichever kind."""

    kind: ConstraintKind
    name: str
    check: Check | None = None
    foreign: ForeignKey | None = None
    key: Key | None = None
    exclusion: Exclusion | None = None
    column: str = ""
    """For NOT NULL."""

    valid: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key, seen from either side."""

    table: Relation
    """The one that refers."""

    key: ForeignKey


class Catalogue:
    """All that is known of a database."""

    def __init__(self, schema: Schema, *, whole: bool) -> None:
        """Take a schema.

        Args:
            schema: As it stands before the statement.
            whole: Whether the database has nothing else.
        """
        self.schema = schema
        self.whole = whole
        self._made: Collection[tuple[str, str]] = ()

    def now_made(self, made: Collection[tuple[str, str]]) -> None:
        """Say what the migration itself made: schemas (none for `public`) and names."""
        self._made = made

    @cached_property
    def _relations(self) -> dict[tuple[str, str], Relation]:
        found: dict[tuple[str, str], Relation] = {}
        for table in self.schema.tables:
            space = _space(table.namespace)
            shown = shown_name(table.name.text, space)
            found[space, table.name.folded] = Relation(shown, "table", table=table)
        for view in self.schema.views:
            space = _space(view.namespace)
            shown = shown_name(view.name.text, space)
            found[space, view.name.folded] = Relation(shown, "view", view=view)
        return found

    @cached_property
    def _small(self) -> dict[tuple[str, str], Relation]:
        """Give indexes and sequences."""
        found: dict[tuple[str, str], Relation] = {}
        for (space, _), relation in self._relations.items():
            for index in self.indexes(relation):
                shown = shown_name(index.name, space)
                found[space, index.name.casefold()] = Relation(shown, "index", index=index)
        for space, sequence in self._sequences:
            shown = shown_name(sequence.name, space)
            found[space, sequence.name.casefold()] = Relation(shown, "sequence", sequence=sequence)
        return found

    @cached_property
    def _sequences(self) -> tuple[tuple[str, OwnSequence], ...]:
        found: dict[tuple[str, str], OwnSequence] = {}
        for (space, _), relation in self._relations.items():
            for column in relation.table.columns if relation.table else ():
                if column.auto in {"serial", "identity"} and relation.table:
                    name = made_name(relation.table.name.text, column.name.text, "seq")
                    found[space, name] = OwnSequence(
                        name, relation.shown, column.name.folded, column.auto == "identity"
                    )
        for each in self.schema.sequences:
            owner, _, field = each.owned_by.rpartition(".")
            owner = owner.removeprefix("public.")
            space = _space(each.namespace)
            known = found.get((space, each.name))
            identity = known.identity if known else False
            found[space, each.name] = OwnSequence(each.name, owner, field, identity)
        return tuple((space, each) for (space, _), each in found.items())

    def relation(self, name: str, space: str = "") -> Relation | None:
        """Give a relation of whichever kind; without a schema, that of `public` first."""
        folded, space = name.casefold(), _space(space)
        for known in (self._relations, self._small):
            found = known.get((space, folded))
            if found is not None:
                return found
            if not space:
                elsewhere = [each for (_, key), each in known.items() if key == folded]
                if len(elsewhere) == 1:
                    return elsewhere[0]
        return None

    def taken(self, name: str, space: str = "") -> bool:
        """Tell whether a relation of that schema has the name."""
        key = (_space(space), name.casefold())
        return key in self._relations or key in self._small

    def shown(self, shown: str) -> Relation | None:
        """Give a relation by the name that it is shown with."""
        space, _, name = shown.rpartition(".")
        return self._relations.get((space, name.casefold())) or self._small.get(
            (space, name.casefold())
        )

    def relations(self) -> Iterator[Relation]:
        """Give tables and views."""
        yield from self._relations.values()

    def in_space(self, space: str) -> Iterator[Relation]:
        """Give the tables, views and sequences of a schema."""
        for known in (self._relations, self._small):
            yield from (each for (where, _), each in known.items() if where == _space(space))

    def is_made(self, relation: Relation) -> bool:
        """Tell whether the migration itself made a relation, or what it belongs to."""
        owner = relation.index.on if relation.index else relation.shown
        space, _, name = owner.rpartition(".")
        return (space, name.casefold()) in self._made

    # What hangs on a table.

    @cached_property
    def _children(self) -> dict[str, list[Relation]]:
        found: dict[str, list[Relation]] = {}
        for relation in self._relations.values():
            table = relation.table
            if table is None:
                continue
            for parent in (table.parent, *table.inherits):
                if parent:
                    found.setdefault(parent.removeprefix("public."), []).append(relation)
        return found

    def children(self, relation: Relation) -> list[Relation]:
        """Give the partitions and heirs of a table, in the order they were made."""
        key = relation.shown if "." in relation.shown else relation.shown.casefold()
        return self._children.get(key, [])

    def below(self, relation: Relation) -> list[Relation]:
        """Give all that inherit from a table, however far."""
        found: list[Relation] = []
        queue = list(self.children(relation))
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

    @cached_property
    def _references(self) -> dict[str, list[Reference]]:
        found: dict[str, list[Reference]] = {}
        for relation in self._relations.values():
            for key in relation.table.foreign_keys if relation.table else ():
                target = self.relation(key.table, key.namespace)
                if target is not None:
                    found.setdefault(target.shown, []).append(Reference(relation, key))
        return found

    def parents(self, relation: Relation) -> list[Relation]:
        """Give the tables that a table is part of, or inherits from."""
        table = relation.table
        names = (table.parent, *table.inherits) if table else ()
        found = (self.shown(each.removeprefix("public.")) for each in names if each)
        return [each for each in found if each is not None]

    def inherits_column(self, relation: Relation, name: str) -> bool:
        """Tell whether a column comes from a table above."""
        return any(e.table and e.table.column(name) for e in self.parents(relation))

    def referenced_by(self, relation: Relation) -> list[Reference]:
        """Give the foreign keys that refer to a table."""
        return self._references.get(relation.shown, [])

    def target(self, key: ForeignKey) -> Relation | None:
        """Give the table that a foreign key refers to."""
        return self.relation(key.table, key.namespace)

    def owned(self, relation: Relation, column: str = "") -> list[Relation]:
        """Give the sequences that a table's columns own."""
        return [
            Relation(shown_name(each.name, space), "sequence", sequence=each)
            for space, each in self._sequences
            if each.table == relation.shown and (not column or each.column == column)
        ]

    def constraints(self, relation: Relation) -> list[Constraint]:
        """Give the constraints of a table, each under the name that the server gives it."""
        table = relation.table
        return list(_constraints(table)) if table else []

    def constraint(self, relation: Relation, name: str) -> Constraint | None:
        """Give one by its name."""
        found = (each for each in self.constraints(relation) if each.name == name)
        return next(found, None)

    def indexes(self, relation: Relation) -> list[OwnIndex]:
        """Give all indexes of a table or materialised view, those of its keys among them."""
        if relation.view:
            return [_index(each, relation) for each in relation.view.indexes]
        if relation.table is None:
            return []
        found = [*_key_indexes(relation), *(_index(e, relation) for e in relation.table.indexes)]
        if relation.table.parent:
            found = self._with_parents(relation, found)
        return found

    def _with_parents(self, relation: Relation, own: list[OwnIndex]) -> list[OwnIndex]:
        """Join the indexes of a partition to those of its parent that they are part of."""
        table = relation.table
        parent = table and self.shown(table.parent.removeprefix("public."))
        if not parent:
            return own
        found = list(own)
        for above in self.indexes(parent):
            if isinstance(above.source, _index_type()) and above.source.only:
                continue
            like = next(
                (
                    at
                    for at, each in enumerate(found)
                    if (each.parent and each.parent == above.name)
                    or (
                        not each.parent
                        and each.constraint
                        and each.constraint == above.constraint
                        and each.columns == above.columns
                    )
                ),
                None,
            )
            if like is None:
                found.append(_inherited(above, relation, own))
            else:
                found[like] = _joined(found[like], above)
        return found

    # Types, routines and views.

    def domain(self, name: str) -> Domain | None:
        """Give a domain by its name, with its schema where that is not `public`."""
        return next((e for e in self.schema.domains if _is(e.name, e.namespace, name)), None)

    def enumeration(self, name: str) -> Enumeration | None:
        """Give an enumeration by its name."""
        return next((e for e in self.schema.enumerations if _is(e.name, e.namespace, name)), None)

    def composite(self, name: str) -> Composite | None:
        """Give a composite type by its name."""
        return next((e for e in self.schema.composites if _is(e.name, e.namespace, name)), None)

    def routines(self, name: str, space: str = "") -> list[Routine]:
        """Give the functions and procedures of a name."""
        return [
            each
            for each in self.schema.routines
            if each.name.casefold() == name.casefold()
            and (not space or _space(each.namespace) == _space(space))
        ]

    def triggers(self, relation: Relation) -> list[Trigger]:
        """Give the triggers on a relation."""
        return [
            each
            for each in self.schema.triggers
            if shown_name(each.table, _space(each.namespace)).casefold()
            == relation.shown.casefold()
        ]

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
        direct = {name}
        hidden: set[str] = set()
        grew = True
        while grew:
            size = len(direct) + len(hidden)
            for each in self.schema.domains:
                inner = modelled(each.type)
                if inner.name in direct:
                    (hidden if inner.array else direct).add(shown_name(each.name, each.namespace))
            for composite in self.schema.composites:
                if any(modelled(f.type).name in direct | hidden for f in composite.fields):
                    hidden.add(shown_name(composite.name, composite.namespace))
            grew = len(direct) + len(hidden) > size
        found = []
        for relation in self._relations.values():
            for column in relation.table.columns if relation.table else ():
                kind = modelled(column.type)
                if kind.name in direct | hidden:
                    found.append((relation, column, kind.array or kind.name in hidden))
        return found

    def usage(self, view: Relation) -> Usage:
        """Give what a view reads."""
        return self._usages.get(view.shown, Usage())

    @cached_property
    def _usages(self) -> dict[str, Usage]:
        return {
            each.shown: usage_of(each.view.query, self)
            for each in self._relations.values()
            if each.view
        }

    def views_over(self, relation: Relation, column: str = "") -> list[Relation]:
        """Give the views that read a relation, or one column of it, themselves."""
        found = []
        for shown, usage in self._usages.items():
            if usage.reads(relation.shown, column):
                view = self.shown(shown)
                if view is not None and view.shown != relation.shown:
                    found.append(view)
        return found

    def views_calling(self, function: str) -> list[Relation]:
        """Give the views that call a function."""
        found = (self.shown(e) for e, usage in self._usages.items() if function in usage.functions)
        return [each for each in found if each is not None]

    def views_above(self, relation: Relation, column: str = "") -> list[Relation]:
        """Give all views that would go with a relation or column, those over views too."""
        found: list[Relation] = []
        queue = self.views_over(relation, column)
        while queue:
            each = queue.pop(0)
            if each not in found:
                found.append(each)
                queue += self.views_over(each)
        return found


def partition_columns(relation: Relation) -> frozenset[str]:
    """Give the columns that decide which partition a row goes to."""
    table = relation.table
    if table is None or not table.partition_by:
        return frozenset()
    inner = table.partition_by.partition("(")[2].rstrip().removesuffix(")")
    return columns_in(f"ROW({inner})")


def shown_name(name: str, space: str = "") -> str:
    """Give a name as relations are shown: with its schema unless that is `public`."""
    space = _space(space)
    return f"{space}.{name}" if space else name


def made_name(first: str, second: str, label: str) -> str:
    """Give the name that the server makes of a table, its columns and a label."""
    one, two = first.encode(), second.encode()
    spare = LIMIT - len(label) - 1 - bool(second)
    while len(one) + len(two) > spare:
        if len(one) > len(two):
            one = one[:-1]
        else:
            two = two[:-1]
    parts = (one.decode(errors="ignore"), two.decode(errors="ignore"), label)
    return "_".join(part for part in parts if part)


def _space(space: str) -> str:
    return "" if space == "public" else space.casefold()


def _is(name: str, space: str, asked: str) -> bool:
    return shown_name(name, space).casefold() == asked.casefold()


def _index_type() -> type[Index]:
    from be_tui.core.schema import Index

    return Index


def _constraints(table: Table) -> Iterator[Constraint]:
    name = table.name.text
    if table.primary_key:
        key = table.primary_key
        yield Constraint("primary", key.name or made_name(name, "", "pkey"), key=key)
    for key in table.uniques:
        implied = made_name(name, "_".join(key.columns), "key")
        yield Constraint("unique", key.name or implied, key=key)
    for check in table.checks:
        used = sorted(columns_in(check.expression))
        implied = made_name(name, used[0] if len(used) == 1 else "", "check")
        yield Constraint("check", check.name or implied, check=check, valid=check.valid)
    for foreign in table.foreign_keys:
        implied = made_name(name, "_".join(foreign.columns), "fkey")
        yield Constraint("foreign", foreign.name or implied, foreign=foreign, valid=foreign.valid)
    for exclusion in table.exclusions:
        yield Constraint(
            "exclude", exclusion.name or made_name(name, "", "excl"), exclusion=exclusion
        )
    for column in table.columns:
        if not column.nullable:
            implied = made_name(name, column.name.text, "not_null")
            yield Constraint(
                "not null",
                column.not_null_name or implied,
                column=column.name.folded,
                valid=column.not_null_valid,
            )


def _key_indexes(relation: Relation) -> Iterator[OwnIndex]:
    table = relation.table
    for each in _constraints(table) if table else ():
        if each.key:
            uses = frozenset((*each.key.columns, *each.key.include))
            yield OwnIndex(
                each.name,
                relation.shown,
                each.key.columns,
                uses,
                unique=True,
                constraint=each.kind,
                deferrable=each.key.deferrable,
                source=each.key,
            )
        elif each.exclusion:
            uses = columns_in_exclusion(each.exclusion.definition, table)
            yield OwnIndex(
                each.name, relation.shown, (), uses, constraint="exclude", source=each.exclusion
            )


def columns_in_exclusion(definition: str, table: Table | None) -> frozenset[str]:
    """Give the columns that an exclusion constraint names."""
    if table is None:
        return frozenset()
    words = set(definition.replace("(", " ").replace(")", " ").replace(",", " ").split())
    return frozenset(each.name.folded for each in table.columns if each.name.text in words)


def _index(index: Index, relation: Relation) -> OwnIndex:
    uses: set[str] = {*(c for c in index.columns if c), *index.include}
    for part in index.parts:
        if not part.column:
            uses |= columns_in(part.expression)
    if index.where:
        uses |= columns_in(index.where)
    plain = not index.where and all(index.columns)
    return OwnIndex(
        index.name,
        relation.shown,
        index.columns,
        frozenset(uses),
        unique=index.unique,
        plain=plain,
        method=index.method,
        parent=index.parent,
        source=index,
    )


def _inherited(above: OwnIndex, relation: Relation, own: Collection[OwnIndex]) -> OwnIndex:
    """Give the index that the server made on a partition when its parent got one."""
    assert relation.table is not None  # noqa: S101 (a partition is a table)
    label = {"primary": "pkey", "unique": "key"}.get(above.constraint, "idx")
    middle = "" if label == "pkey" else "_".join(c or "expr" for c in above.columns)
    name = made_name(relation.table.name.text, middle, label)
    number, free = 0, name
    while any(each.name == free for each in own):
        number += 1
        free = made_name(relation.table.name.text, middle, f"{label}{number}")
    return OwnIndex(
        free,
        relation.shown,
        above.columns,
        above.uses,
        unique=above.unique,
        constraint=above.constraint,
        plain=above.plain,
        method=above.method,
        parent=above.name,
        source=above.source,
    )


def _joined(own: OwnIndex, above: OwnIndex) -> OwnIndex:
    from dataclasses import replace

    return replace(own, parent=above.name)


def all_below(catalogue: Catalogue, relations: Iterable[Relation]) -> list[Relation]:
    """Give relations with all that inherit from them, each once."""
    found: list[Relation] = []
    for relation in relations:
        for each in (relation, *catalogue.below(relation)):
            if each not in found:
                found.append(each)
    return found
