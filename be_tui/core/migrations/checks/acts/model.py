"""What a statement does, in one noun for every engine: the parts of an ALTER TABLE one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Node: TypeAlias = Any
"""A message of PostgreSQL's parser; its fields are known to the parser alone."""

ActKind = Literal[
    "add check",
    "add column",
    "add enum value",
    "add exclusion",
    "add foreign key",
    "add index",
    "add not null",
    "add primary key",
    "add unique",
    "alter constraint",
    "alter domain",
    "alter extension",
    "alter identity",
    "alter table",
    "alter type",
    "alter view",
    "analyze",
    "attach partition",
    "begin",
    "change generated",
    "change role",
    "cluster",
    "comment",
    "commit",
    "copy",
    "create domain",
    "create enum",
    "create extension",
    "create index",
    "create policy",
    "create routine",
    "create rule",
    "create sequence",
    "create table",
    "create trigger",
    "create view",
    "delete",
    "detach partition",
    "disable trigger",
    "do",
    "drop column",
    "drop constraint",
    "drop database",
    "drop default",
    "drop index",
    "drop not null",
    "drop object",
    "drop primary key",
    "drop schema",
    "drop table",
    "grant",
    "inherit",
    "insert",
    "lock table",
    "move object",
    "move table",
    "other",
    "pragma",
    "refresh",
    "reindex",
    "rename column",
    "rename enum value",
    "rename object",
    "rename table",
    "replica identity",
    "revoke",
    "rollback",
    "row security",
    "set",
    "set access method",
    "set default",
    "set logged",
    "set not null",
    "set options",
    "set storage",
    "set tablespace",
    "set unlogged",
    "system",
    "truncate",
    "update",
    "vacuum",
    "validate",
]
"""What detectors ask for. `add index` is MySQL's, within ALTER TABLE."""

Span = tuple[int, int]
"""First character and the one past the last, in the statement's text."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a statement does. Names are as the engine keeps them, so in capitals too."""

    kind: ActKind
    table: str = ""
    """What it is done to; for statements on objects that are no table, the object."""

    namespace: str = ""
    """The schema that is said with it; empty for `public`."""

    name: str = ""
    """The column, constraint, index or value."""

    to: str = ""
    """The new name, the table referred to, the partition, what sort of object it is."""

    columns: tuple[str, ...] = ()
    """Those of a key, an index, a foreign key; nothing stands for an expression."""

    type: str = ""
    """The type of a column, by its engine's usual name, with what stands in brackets."""

    text: str = ""
    """A value as SQL, where it is a single one; else the object's own words."""

    flags: frozenset[str] = frozenset()
    """What is said besides, in small letters: `concurrently`, `not valid`, `cascade`, `if exists`,
    `using index`, `default`, `not null`, `unique`, `only`, `where`."""

    span: Span = (0, 0)
    """Where it stands in the statement; (0, 0) where only the statement's place is known."""

    parts: tuple[Act, ...] = ()
    """Columns and constraints that a new table has, and those that a new column brings along."""

    node: Node = field(default=None, compare=False, repr=False)
    """What PostgreSQL's parser gave, for those who write the statement anew."""

    @property
    def relation(self) -> str:
        """Give what it is done to, folded, with its schema unless that is `public`."""
        return dotted(self.namespace, self.table)

    def says(self, *flags: str) -> bool:
        """Tell whether all of these are said."""
        return self.flags.issuperset(flags)


def dotted(namespace: str, name: str) -> str:
    """Give a relation's name, folded, with its schema unless that is `public`."""
    within = namespace.casefold()
    return name.casefold() if within in {"", "public"} else f"{within}.{name.casefold()}"
