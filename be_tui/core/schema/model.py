"""The nouns of a schema: frozen, ordered as they were written, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.findings import Place
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

Family = Literal[
    "integer",
    "decimal",
    "float",
    "text",
    "timestamp",
    "date",
    "time",
    "boolean",
    "json",
    "binary",
    "uuid",
    "enum",
    "array",
    "other",
]
"""What values of a type are alike in: how they are compared, and what they can be compared with."""

Auto = Literal["", "serial", "identity", "auto_increment"]
"""How a column numbers its rows by itself."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it was written."""

    text: str
    quoted: bool = False

    @property
    def folded(self) -> str:
        """Give what names are told apart by; case is left out, as in nearly every schema."""
        return self.text.casefold()


@dataclass(frozen=True, slots=True)
class DataType:
    """A type by its engine's usual name."""

    name: str
    """In small letters, one name for all spellings: `bigint`, `varchar`, `timestamptz`."""

    family: Family
    arguments: tuple[str, ...] = ()
    """What stands in brackets: `255`; the values of an enumeration."""

    declared: str = ""
    """The first word as it was written; SQLite tells INTEGER from INT by it."""

    def __str__(self) -> str:
        """Give the type as DDL has it."""
        return f"{self.name}({','.join(self.arguments)})" if self.arguments else self.name


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: Name
    type: DataType
    place: Place
    nullable: bool = True
    default: str = ""
    """The expression in SQL; empty without."""

    auto: Auto = ""
    always: bool = False
    """Whether an identity is `GENERATED ALWAYS`."""

    numbering: str = ""
    """What an identity's sequence is told besides, as DDL has it: `START WITH 100`."""

    generated: str = ""
    """The expression that a generated column is computed by."""

    virtual: bool = False
    """Whether a generated column is computed when it is read, not stored."""

    on_update: bool = False
    """MySQL's `ON UPDATE CURRENT_TIMESTAMP`."""

    collation: str = ""
    charset: str = ""
    comment: str = ""
    not_null_name: str = ""
    """What the NOT NULL is called; PostgreSQL 18 keeps it as a constraint."""

    not_null_valid: bool = True
    """False for a NOT NULL of PostgreSQL 18 that older rows need not meet."""

    storage: str = ""
    """PostgreSQL's, in small letters: `external`; empty for the type's own."""

    compression: str = ""
    statistics: int | None = None
    """PostgreSQL's target for ANALYZE; None for the server's own."""


@dataclass(frozen=True, slots=True)
class Key:
    """A primary key or a unique constraint."""

    columns: tuple[str, ...]
    """Folded names, in the key's order."""

    place: Place
    name: str = ""
    nulls_distinct: bool = True
    """False for `NULLS NOT DISTINCT`."""

    include: tuple[str, ...] = ()
    """Columns that its index carries along, folded."""

    deferrable: bool = False
    deferred: bool = False
    """Whether it is `INITIALLY DEFERRED`."""

    overlaps: bool = True
    """False for PostgreSQL 18's `WITHOUT OVERLAPS` on its last column."""

    prefixes: tuple[int, ...] = ()
    """MySQL: how many characters of each column are indexed; empty for all of each."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A constraint that no two rows stand in given relations to each other."""

    definition: str
    """From `EXCLUDE` on, as the engine writes it."""

    place: Place
    name: str = ""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns that must be found in another table."""

    columns: tuple[str, ...]
    table: str
    """The table referred to, folded."""

    targets: tuple[str, ...]
    """Its columns; empty where its primary key is meant."""

    place: Place
    name: str = ""
    on_delete: str = ""
    """`CASCADE`, `SET NULL` and so on; empty where nothing is said."""

    on_update: str = ""
    namespace: str = ""
    """Where the table referred to stands, folded; empty where nothing is said."""

    match: str = ""
    """`FULL`; empty for the usual."""

    deferrable: bool = False
    deferred: bool = False
    valid: bool = True
    """False for `NOT VALID`: older rows need not meet it."""

    enforced: bool = True
    set_columns: tuple[str, ...] = ()
    """The columns that `ON DELETE SET NULL (…)` names, folded."""


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that each row must meet."""

    expression: str
    place: Place
    name: str = ""
    valid: bool = True
    """False for `NOT VALID`: older rows need not meet it."""

    inherited: bool = True
    """False for `NO INHERIT`."""

    enforced: bool = True


@dataclass(frozen=True, slots=True)
class IndexPart:
    """One column or expression of an index."""

    column: str
    """Folded; empty for an expression."""

    expression: str
    """In SQL, folded to small letters; a column's name for a column."""

    descending: bool = False
    nulls_first: bool | None = None
    """None where nothing is said."""

    operators: str = ""
    """PostgreSQL's operator class, in small letters."""

    prefix: int = 0
    """MySQL: how many characters are indexed; 0 for all."""

    collation: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """An index that was made by itself; keys have theirs besides."""

    name: str
    parts: tuple[IndexPart, ...]
    place: Place
    unique: bool = False
    method: str = "btree"
    include: tuple[str, ...] = ()
    where: str = ""
    """The condition of a partial index, in SQL."""

    nulls_distinct: bool = True
    options: tuple[str, ...] = ()
    """Storage parameters as DDL has them: `fillfactor=70`."""

    tablespace: str = ""
    only: bool = False
    """Whether it stands on a partitioned table without its partitions, and is so not valid."""

    parent: str = ""
    """The index of the partitioned table that it is attached to, folded."""

    visible: bool = True
    """False for MySQL's INVISIBLE and MariaDB's IGNORED."""

    comment: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns, with nothing for an expression."""
        return tuple(part.column for part in self.parts)


_ORDERED = frozenset({"btree", "hash", "gist", "brin"})
"""Kinds of index that find a value of their first column; full text and GIN find others."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: Name
    place: Place
    namespace: str = ""
    """The schema or database that it stands in, folded; empty where nothing is said."""

    columns: tuple[Column, ...] = ()
    primary_key: Key | None = None
    uniques: tuple[Key, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    indexes: tuple[Index, ...] = ()
    temporary: bool = False
    complete: bool = True
    """False where columns come from elsewhere too: a query, a parent, `LIKE`."""

    partitioned: bool = False
    """Whether its rows stand in other tables, PostgreSQL's partitions."""

    storage: str = ""
    """MySQL's storage engine, in small letters."""

    charset: str = ""
    rowid: bool = True
    """False for SQLite's `WITHOUT ROWID`."""

    comment: str = ""
    exclusions: tuple[Exclusion, ...] = ()
    unlogged: bool = False
    partition_by: str = ""
    """How rows go to partitions, as DDL has it: `RANGE (created_at)`."""

    parent: str = ""
    """The table whose partition this is, folded, with its schema where one is said."""

    bound: str = ""
    """Which rows this partition takes: `FOR VALUES FROM (1) TO (10)`, `DEFAULT`."""

    inherits: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    """Storage parameters or MySQL's table options, as DDL has them: `fillfactor=70`."""

    row_security: bool = False
    row_security_forced: bool = False
    replica_identity: str = ""
    """`FULL`, `NOTHING` or `USING INDEX name`; empty for the usual."""

    owner: str = ""
    tablespace: str = ""
    method: str = ""
    """PostgreSQL's access method; empty for the server's own."""

    clustered_on: str = ""
    collation: str = ""
    strict: bool = False
    """SQLite's `STRICT`."""

    def column(self, name: str) -> Column | None:
        """Give a column by its name, in any case."""
        folded = name.casefold()
        return next((each for each in self.columns if each.name.folded == folded), None)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Give the primary key and the unique constraints."""
        return (self.primary_key, *self.uniques) if self.primary_key else self.uniques

    @property
    def unique_sets(self) -> tuple[frozenset[str], ...]:
        """Give each set of columns of which two rows never have the same values."""
        keys = [frozenset(key.columns) for key in self.keys]
        indexes = [
            frozenset(index.columns)
            for index in self.indexes
            if index.unique and not index.where and all(index.columns)
        ]
        return (*keys, *indexes)

    def index_columns(self) -> Iterator[tuple[str, ...]]:
        """Give the columns of every ordered index, those of keys among them."""
        for key in self.keys:
            yield key.columns
        for index in self.indexes:
            if index.method in _ORDERED:
                yield index.columns

    def leads(self, column: str) -> bool:
        """Tell whether an index, whole or partial, begins with a column."""
        return any(columns[:1] == (column.casefold(),) for columns in self.index_columns())


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A type of named values."""

    name: str
    values: tuple[str, ...]
    namespace: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A named query."""

    name: Name
    query: str
    place: Place
    materialised: bool = False
    namespace: str = ""
    columns: tuple[str, ...] = ()
    """The names given to its columns, where they are given."""

    options: tuple[str, ...] = ()
    check_option: str = ""
    """`local` or `cascaded`; empty without."""

    indexes: tuple[Index, ...] = ()
    """Those of a materialised view."""

    filled: bool = True
    """False for a materialised view made `WITH NO DATA`."""

    comment: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """That something runs when rows of a table are written."""

    table: str
    """Folded."""

    on_update: bool
    name: str = ""
    namespace: str = ""
    """That of its table."""

    definition: str = ""
    """The whole statement that makes it, without OR REPLACE."""

    enabled: str = "origin"
    """When it fires: `origin`, `always`, `replica` or `disabled`."""


@dataclass(frozen=True, slots=True)
class Schema:
    """All that a database's DDL says."""

    tables: tuple[Table, ...] = ()
    views: tuple[View, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    namespaces: tuple[str, ...] = ()
    """Schemas that were made, but for the engine's own."""

    domains: tuple[Domain, ...] = ()
    composites: tuple[Composite, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    routines: tuple[Routine, ...] = ()
    policies: tuple[Policy, ...] = ()
    extensions: tuple[Extension, ...] = ()
    grants: tuple[Grant, ...] = ()
    others: tuple[Other, ...] = ()
    """What else there is, each known by its DDL alone."""

    def table(self, name: str, namespace: str = "") -> Table | None:
        """Give a table by its name, in any case.

        Args:
            name: The table's name.
            namespace: The schema it is said to stand in. A table of which nothing is said there
                answers to any.
        """
        folded, within = name.casefold(), namespace.casefold()
        found = [each for each in self.tables if each.name.folded == folded]
        # Of several of a name the one that stands where it is said, or where nothing needs saying.
        usual = {within} if within else {"", "public"}
        for table in sorted(found, key=lambda each: each.namespace not in usual):
            if not within or not table.namespace or table.namespace == within:
                return table
        return None
