"""Tables while their DDL is applied: what each statement adds, alters and drops."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from be_tui.core.schema.model import Enumeration, Schema, Table

if TYPE_CHECKING:
    from be_tui.core.findings import Place
    from be_tui.core.schema.model import (
        Check,
        Column,
        ForeignKey,
        Index,
        Key,
        Name,
        Trigger,
        View,
    )
    from be_tui.core.schema.objects import Other, Routine, Sequence
    from be_tui.core.sqltext import Engine


@dataclass(slots=True)
class TableDraft:
    """One table so far."""

    name: Name
    place: Place
    namespace: str = ""
    columns: list[Column] = field(default_factory=list)
    primary_key: Key | None = None
    uniques: list[Key] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    temporary: bool = False
    complete: bool = True
    partitioned: bool = False
    storage: str = ""
    charset: str = ""
    rowid: bool = True
    comment: str = ""
    collation: str = ""
    options: tuple[str, ...] = ()
    partition_by: str = ""
    strict: bool = False

    def index_of(self, name: str) -> int | None:
        """Give where a column stands; None where there is none of that name."""
        folded = name.casefold()
        found = (at for at, each in enumerate(self.columns) if each.name.folded == folded)
        return next(found, None)

    def change(self, column_name: str, /, **values: object) -> None:
        """Replace what is said of a column; nothing where there is none of that name."""
        for at, column in enumerate(self.columns):
            if column.name.folded == column_name.casefold():
                # The values are those of fields that the callers name.
                self.columns[at] = replace(column, **values)  # type: ignore[arg-type]

    def drop_index(self, name: str) -> None:
        """Take an index away by its name, or the unique key that it is of."""
        gone = name.casefold()
        self.indexes = [each for each in self.indexes if each.name.casefold() != gone]
        self.uniques = [each for each in self.uniques if each.name.casefold() != gone]

    def rename_index(self, name: str, to: str) -> None:
        """Call an index, or the unique key that it is of, by another name."""
        self.indexes = [
            replace(each, name=to) if each.name == name else each for each in self.indexes
        ]
        self.uniques = [
            replace(each, name=to) if each.name == name else each for each in self.uniques
        ]

    def drop_column(self, name: str) -> None:
        """Take a column away, with the keys and indexes that it stands in."""
        gone = name.casefold()
        self.columns = [each for each in self.columns if each.name.folded != gone]
        self.uniques = [each for each in self.uniques if gone not in each.columns]
        self.indexes = [each for each in self.indexes if gone not in each.columns]
        self.foreign_keys = [each for each in self.foreign_keys if gone not in each.columns]
        if self.primary_key and gone in self.primary_key.columns:
            self.primary_key = None

    def drop_constraint(self, name: str) -> None:
        """Take a constraint away by its name."""
        gone = name.casefold()
        self.uniques = [each for each in self.uniques if each.name.casefold() != gone]
        self.foreign_keys = [each for each in self.foreign_keys if each.name.casefold() != gone]
        # PostgreSQL calls a CHECK that was given no name by its table and column.
        implied = re.fullmatch(rf"{re.escape(self.name.folded)}_(.+)_check\d*", gone)
        self.checks = [
            each
            for each in self.checks
            if each.name.casefold() != gone
            and not (implied and not each.name and implied[1] in each.expression.casefold())
        ]
        if self.primary_key and self.primary_key.name.casefold() == gone:
            self.primary_key = None

    def rename_column(self, name: str, to: Name) -> None:
        """Call a column by another name, in keys and indexes too."""
        before = name.casefold()

        def renamed(columns: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(to.folded if each == before else each for each in columns)

        self.change(name, name=to)
        self.uniques = [replace(each, columns=renamed(each.columns)) for each in self.uniques]
        self.foreign_keys = [
            replace(each, columns=renamed(each.columns)) for each in self.foreign_keys
        ]
        if self.primary_key:
            self.primary_key = replace(self.primary_key, columns=renamed(self.primary_key.columns))
        for at, index in enumerate(self.indexes):
            parts = tuple(
                replace(part, column=to.folded, expression=to.folded)
                if part.column == before
                else part
                for part in index.parts
            )
            self.indexes[at] = replace(index, parts=parts, include=renamed(index.include))

    def made(self, engine: Engine) -> Table:
        """Give the table as it now is; columns of a primary key hold no NULL."""
        key = frozenset(self.primary_key.columns) if self.primary_key else frozenset()
        if engine == "sqlite" and not self._keeps_nulls_out():
            key = frozenset()
        return Table(
            name=self.name,
            place=self.place,
            namespace=self.namespace,
            columns=tuple(self._plain(each, key) for each in self.columns),
            primary_key=self.primary_key,
            uniques=tuple(self.uniques),
            foreign_keys=tuple(self.foreign_keys),
            checks=tuple(self.checks),
            indexes=tuple(self.indexes),
            temporary=self.temporary,
            complete=self.complete,
            partitioned=self.partitioned,
            storage=self.storage,
            charset=self.charset,
            rowid=self.rowid,
            comment=self.comment,
            collation=self.collation,
            options=self.options,
            partition_by=self.partition_by,
            strict=self.strict,
        )

    def _plain(self, column: Column, key: frozenset[str]) -> Column:
        """Give a column without what its table says already."""
        if column.nullable and column.name.folded in key:
            column = replace(column, nullable=False)
        if column.charset and column.charset == self.charset:
            column = replace(column, charset="")
        if column.collation and column.collation == self.collation:
            column = replace(column, collation="")
        return column

    def _keeps_nulls_out(self) -> bool:
        """Tell whether SQLite lets no NULL into the primary key, whatever its columns say."""
        if not self.rowid:
            return True
        names = self.primary_key.columns if self.primary_key else ()
        kinds = [each.type for each in self.columns if each.name.folded in names]
        return len(kinds) == 1 and kinds[0].declared == "integer"


class Draft:
    """A schema so far."""

    def __init__(self) -> None:
        self.tables: list[TableDraft] = []
        self.touched: dict[int, TableDraft] = {}
        """The tables asked for since somebody emptied it."""

        self.dropped: list[int] = []
        """Those taken away since then."""

        self._named: dict[str, list[TableDraft]] = {}
        self.views: list[View] = []
        self.routines: list[Routine] = []
        self.sequences: list[Sequence] = []
        self.others: list[Other] = []
        self.enumerations: list[Enumeration] = []
        self.triggers: list[Trigger] = []

    def table(self, name: str, namespace: str = "") -> TableDraft | None:
        """Give a table by its name, in any case."""
        within = namespace.casefold()
        for table in self._named.get(name.casefold(), ()):
            if not within or not table.namespace or table.namespace == within:
                self.touched[id(table)] = table
                return table
        return None

    def add(self, table: TableDraft) -> None:
        """Take in a table."""
        self.tables.append(table)
        self.touched[id(table)] = table
        self._named.setdefault(table.name.folded, []).append(table)

    def rename(self, table: TableDraft, name: Name) -> None:
        """Call a table by another name; foreign keys of others follow it."""
        before = table.name.folded
        self._named[before].remove(table)
        table.name = name
        self._named.setdefault(name.folded, []).append(table)
        for other in self.tables:
            if any(each.table == before for each in other.foreign_keys):
                self.touched[id(other)] = other
                other.foreign_keys = [
                    replace(each, table=name.folded) if each.table == before else each
                    for each in other.foreign_keys
                ]

    def rename_targets(self, table: TableDraft, column: str, to: Name) -> None:
        """Let foreign keys of others follow a column that is called otherwise."""
        before, target = column.casefold(), table.name.folded
        for other in self.tables:
            if any(each.table == target and before in each.targets for each in other.foreign_keys):
                self.touched[id(other)] = other
                other.foreign_keys = [
                    replace(
                        each,
                        targets=tuple(to.folded if one == before else one for one in each.targets),
                    )
                    if each.table == target
                    else each
                    for each in other.foreign_keys
                ]

    def drop(self, kind: str, name: str, namespace: str) -> None:
        """Take a table, index or view away; nothing where there is none of that name."""
        folded = name.casefold()
        if kind == "TABLE":
            found = self.table(name, namespace)
            if found is not None:
                self.dropped.append(id(found))
                self.tables = [each for each in self.tables if each is not found]
                self.triggers = [each for each in self.triggers if each.table != found.name.folded]
                self._named[found.name.folded].remove(found)
        elif kind == "INDEX":
            for table in self.tables:
                kept = [each for each in table.indexes if each.name.casefold() != folded]
                if len(kept) != len(table.indexes):
                    table.indexes = kept
                    self.touched[id(table)] = table
        elif kind == "VIEW":
            self.views = [each for each in self.views if each.name.folded != folded]
        elif kind == "TRIGGER":
            self.triggers = [each for each in self.triggers if each.name.casefold() != folded]
        elif kind in {"PROCEDURE", "FUNCTION"}:
            word = kind.lower()
            self.routines = [
                each
                for each in self.routines
                if (each.kind, each.name.casefold()) != (word, folded)
            ]
        elif kind == "SEQUENCE":
            self.sequences = [each for each in self.sequences if each.name.casefold() != folded]
        else:
            word = kind.lower()
            self.others = [
                each for each in self.others if (each.kind, each.name.casefold()) != (word, folded)
            ]

    def made(self, engine: Engine) -> Schema:
        """Give the schema as it now is."""
        return Schema(
            tables=tuple(table.made(engine) for table in self.tables),
            views=tuple(self.views),
            enumerations=tuple(self.enumerations),
            triggers=tuple(self.triggers),
            routines=tuple(self.routines),
            sequences=tuple(self.sequences),
            others=tuple(self.others),
        )
