"""A schema that statements are applied to, one after the other, and asked in between.

open_state(target, schema)      one that begins with nothing, or with a schema
state.apply(statement)          take in a statement; why not, where it could not be
state.table(name, namespace)    a table as it now is; kinds of other objects alike
state.schema()                  all of it as a value
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from be_tui.core.schema.holding import Holding, holding_of
from be_tui.core.schema.model import Schema
from be_tui.core.sqltext import Unread

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from be_tui.core.pgtext import PgStatement
    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.model import Enumeration, Index, Table, View
    from be_tui.core.schema.objects import Domain, Routine, Sequence
    from be_tui.core.schema.shelf import Shelf
    from be_tui.core.sqltext import Statement, Target

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class NotThere(Unread):
    """A statement that can be read, but is about what nobody has seen."""


class SchemaState(ABC):
    """A schema as it stands after the statements so far."""

    def __init__(self, target: Target, held: Holding) -> None:
        """Begin with what there is."""
        self.target = target
        self._held = held
        self.mark()

    @abstractmethod
    def apply(self, statement: Statement | PgStatement, path: str = "") -> Unread | None:
        """Take in a statement.

        Args:
            statement: One that says nothing of a schema is passed over.
            path: The file that places are to name.

        Returns:
            Why it could not be taken in; the state is then as it was before.
        """

    @abstractmethod
    def copy(self) -> SchemaState:
        """Give one that can go on by itself."""

    def schema(self) -> Schema:
        """Give all of it, as DDL that makes it would be read."""
        return self._held.schema()

    def mark(self) -> None:
        """Begin anew to count what is made."""
        # A dictionary is copied as it lies, so that a mark costs little where there is much.
        self._marked: tuple[dict[Key, Any], ...] = tuple(each.copy() for each in self._kinds())

    @property
    def made(self) -> frozenset[Key]:
        """Give the keys of tables, views, sequences and indexes made since the last mark."""
        return self._relations().difference(*self._marked)

    def is_new(self, name: str, namespace: str = "") -> bool:
        """Tell whether a relation was made since the last mark."""
        found = self._key(name, namespace)
        return found is not None and not any(found in each for each in self._marked)

    def table(self, name: str, namespace: str = "") -> Table | None:
        """Give a table; one of any schema where none is said and the usual has none."""
        key = self._held.find(name, _plain(namespace))
        return self._held.tables[key] if key else None

    def view(self, name: str, namespace: str = "") -> View | None:
        """Give a view."""
        return _found(self._held.views, name, namespace)

    def sequence(self, name: str, namespace: str = "") -> Sequence | None:
        """Give a sequence that is not an identity's."""
        return _found(self._held.sequences, name, namespace)

    def domain(self, name: str, namespace: str = "") -> Domain | None:
        """Give a domain."""
        return _found(self._held.domains, name, namespace)

    def enumeration(self, name: str, namespace: str = "") -> Enumeration | None:
        """Give an enumeration."""
        return _found(self._held.enumerations, name, namespace)

    def index(self, name: str, namespace: str = "") -> tuple[Table | View, Index | None] | None:
        """Give what an index stands on, and the index; None for that of a key."""
        key = _key_in(self._held.indexes, name, namespace)
        if key is None:
            return None
        owner = self._held.indexes[key]
        on = self._held.tables.get(owner) or self._held.views[owner]
        return on, next((each for each in on.indexes if each.name == key[1]), None)

    def routines(self, name: str, namespace: str = "") -> tuple[Routine, ...]:
        """Give the functions and procedures of a name."""
        within = _plain(namespace)
        return tuple(
            each
            for key, each in self._held.routines.items()
            if key[1] == name and (not namespace or key[0] == within)
        )

    def partitions_of(self, table: Table) -> tuple[Table, ...]:
        """Give the partitions of a table, and theirs."""
        found: list[Table] = []
        for _, child in self._held.children(_key(table)):
            if child.bound:
                found += [child, *self.partitions_of(child)]
        return tuple(found)

    def heirs_of(self, table: Table) -> tuple[Table, ...]:
        """Give the tables that inherit from a table, and theirs; partitions are others."""
        found: list[Table] = []
        for _, child in self._held.children(_key(table)):
            if not child.bound:
                found += [child, *self.heirs_of(child)]
        return tuple(found)

    def default_partition(self, table: Table) -> Table | None:
        """Give the partition that takes what no other does."""
        children = (child for _, child in self._held.children(_key(table)))
        return next((each for each in children if each.bound == "DEFAULT"), None)

    def referenced_by(self, table: Table) -> tuple[Table, ...]:
        """Give the tables that have a foreign key to a table, itself among them if it has one."""
        return tuple(other for _, other in self._held.referring(_key(table)))

    def sequences_of(self, table: Table, column: str = "") -> tuple[Sequence, ...]:
        """Give the sequences that go with a table, or with one of its columns."""
        start = ".".join(each.casefold() for each in _key(table) if each)
        return tuple(
            each
            for each in self._held.sequences.values()
            if (
                each.owned_by == f"{start}.{column.casefold()}"
                if column
                else each.owned_by.rpartition(".")[0] == start
            )
        )

    def tables(self) -> tuple[Table, ...]:
        """Give all tables."""
        return tuple(self._held.tables.values())

    @property
    def held(self) -> Holding:
        """Give what is held, for those who need more than is asked for here; not to be changed."""
        return self._held

    def _kinds(self) -> tuple[dict[Key, Any], ...]:
        held = self._held
        return held.tables, held.views, held.sequences, held.indexes

    def _relations(self) -> frozenset[Key]:
        return frozenset().union(*self._kinds())

    def _key(self, name: str, namespace: str) -> Key | None:
        found = self._held.find(name, _plain(namespace))
        if found is not None:
            return found
        for kind in (self._held.views, self._held.sequences, self._held.indexes):
            key = _key_in(kind, name, namespace)
            if key is not None:
                return key
        return None


_MOVING = frozenset({"rename_stmt", "alter_object_schema_stmt", "drop_stmt"})
"""Statements after which a relation has another name, or its name is free again."""


class PostgresState(SchemaState):
    """A schema of PostgreSQL, read by its own grammar."""

    def __init__(self, target: Target, held: Holding) -> None:
        """Begin with what there is."""
        super().__init__(target, held)
        from be_tui.core.pgtext import PgStatement, inner_statements, read_statement
        from be_tui.core.schema.pg.applying import apply_statement
        from be_tui.core.schema.pg.work import Session

        # Kept, as a script has thousands of statements.
        self._statement, self._read = PgStatement, read_statement
        self._apply_one, self._inner = apply_statement, inner_statements
        self._session = Session()

    def apply(self, statement: Statement | PgStatement, path: str = "") -> Unread | None:
        """Take in a statement, or one that is read already."""
        if not isinstance(statement, self._statement):
            found = self._read(statement)
            if isinstance(found, Unread):
                return found
            statement = found
        if statement.kind == "do_stmt":
            return self._apply_block(statement, path)
        before = self._relations() if statement.kind in _MOVING else None
        said = self._apply_one(self._held, statement, path, self.target.version, self._session)
        if before is not None:
            self._follow(before)
        return NotThere(statement.statement, said) if said else None

    def _follow(self, before: frozenset[Key]) -> None:
        """Keep what was there before the mark known as that, under the name that it has now.

        A name that is free again is new for the next that has it.
        """
        now = self._relations()
        gone = (before - now).intersection(frozenset().union(*self._marked))
        if gone:
            kept = ({key: each[key] for key in each if key not in gone} for each in self._marked)
            self._marked = (*kept, dict.fromkeys(now - before))

    def _apply_block(self, statement: PgStatement, path: str) -> Unread | None:
        """Take in what a DO block runs; what may run is taken to run where it can."""
        inner = self._inner(statement)
        unread = inner.unread[0] if inner.unread else None
        for each in inner.statements:
            said = self._apply_one(
                self._held, each.statement, path, self.target.version, self._session
            )
            if said and not each.conditional and unread is None:
                unread = NotThere(each.statement.statement, said)
        return unread

    def schema(self) -> Schema:
        """Give all of it; the sequence of a `serial` column is told by the column."""
        from be_tui.core.schema.pg.serials import folded

        return folded(self._held.schema())

    def copy(self) -> PostgresState:
        """Give one that can go on by itself."""
        made = PostgresState(self.target, self._held.copy())
        made._marked = self._marked
        made._session = replace(self._session)
        return made


def open_state(target: Target, schema: Schema | None = None) -> SchemaState:
    """Give a state that begins with a schema, or with nothing."""
    if target.engine == "postgresql":
        from be_tui.core.schema.pg.serials import unfolded

        return PostgresState(target, holding_of(unfolded(schema) if schema else Schema()))
    from be_tui.core.schema.drafted import DraftedState

    return DraftedState(target, schema or Schema())


def schema_of_statements(
    statements: Iterable[Statement], target: Target, path: str = ""
) -> tuple[Schema, tuple[Unread, ...]]:
    """Give the schema that statements make, and those of them that could not be taken in."""
    state = open_state(target)
    unread = [found for each in statements if (found := state.apply(each, path)) is not None]
    return state.schema(), tuple(unread)


def _plain(namespace: str) -> str:
    return "" if namespace == "public" else namespace


def _key(table: Table) -> Key:
    return table.namespace, table.name.text


def _key_in(found: Shelf[Key, Any], name: str, namespace: str) -> Key | None:
    key = (_plain(namespace), name)
    if key in found:
        return key
    if namespace:
        return None
    return next(iter(found.named(name)), None)


def _found(held: Shelf[Key, _Value], name: str, namespace: str) -> _Value | None:
    key = _key_in(held, name, namespace)
    return held[key] if key else None
