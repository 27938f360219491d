"""What a plan's steps are made in view of: both schemas, what is new, what goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import objects, tables
from be_tui.core.migrations.plan.at_once import why_column_at_once
from be_tui.core.migrations.plan.model import Statement
from be_tui.core.migrations.plan.widening import widens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.ddl import Namer
    from be_tui.core.migrations.diff import Change
    from be_tui.core.migrations.plan.model import Options
    from be_tui.core.migrations.plan.speaking import Speaker
    from be_tui.core.schema import Column, Schema, Table, View
    from be_tui.core.sqltext import Target

_WORD = re.compile(r"\w+")

_STABLE = re.compile(
    r"^(?:now\(\)|current_\w+(?:\(\d*\))?|localtime\w*(?:\(\d*\))?|transaction_timestamp\(\)|"
    r"[-+]?[\d.]+(?:e[-+]?\d+)?|'(?:[^']|'')*'|true|false|null|ARRAY\[[^\]]*\])"
    r"(?:::[\w. \[\]\"()]+)*$",
    re.I,
)
"""Defaults that are one value for all rows."""


# `cached_property` keeps what it found in the instance's dictionary.
@dataclass(frozen=True)
class Scene:
    """Everything that the choice of a safe form turns on."""

    before: Schema
    """With all renames done."""

    after: Schema
    speaker: Speaker
    changes: Sequence[Change]
    options: Options

    @property
    def namer(self) -> Namer:
        """Give the names that hold once all is renamed."""
        return self.speaker.middle

    @property
    def target(self) -> Target:
        """Give the engine."""
        return self.speaker.target

    @cached_property
    def fresh(self) -> frozenset[tuple[str, str]]:
        """Give the tables that the plan makes: nobody waits for them."""
        return frozenset(
            key_of(each.table) for each in self.changes if isinstance(each, tables.TableAdded)
        )

    @cached_property
    def going(self) -> frozenset[tuple[str, str]]:
        """Give the tables that the plan drops."""
        return frozenset(
            key_of(each.table) for each in self.changes if isinstance(each, tables.TableDropped)
        )

    @cached_property
    def new_columns(self) -> frozenset[tuple[str, str, str]]:
        """Give the columns that the plan adds: old code does not write them."""
        return frozenset(
            (*key_of(each.table), each.column.name.folded)
            for each in self.changes
            if isinstance(each, tables.ColumnAdded)
        )

    @cached_property
    def gone_columns(self) -> frozenset[tuple[str, str, str]]:
        """Give the columns that the plan drops."""
        return frozenset(
            (*key_of(each.table), each.column.name.folded)
            for each in self.changes
            if isinstance(each, tables.ColumnDropped)
        )

    @cached_property
    def rebuilds_types(self) -> bool:
        """Tell whether a type is made anew: then all that writes rows is done at once, with it."""
        kinds = (objects.EnumerationRebuilt, objects.DomainRebuilt)
        return any(isinstance(each, kinds) for each in self.changes)

    @cached_property
    def copied(self) -> tuple[tables.ColumnRenamed, ...]:
        """Give the columns that have both names until no old code runs."""
        if self.target.engine != "postgresql" or self.options.renames != "copy":
            return ()
        renamed = (each for each in self.changes if isinstance(each, tables.ColumnRenamed))
        return tuple(each for each in renamed if not why_column_at_once(each, self))

    @cached_property
    def late_columns(self) -> frozenset[tuple[str, str, str]]:
        """Give the columns that are made anew, or get their name, once no old code runs."""
        renamed = frozenset((*key_of(each.table), each.after.name.folded) for each in self.copied)
        if self.rebuilds_types:
            return renamed
        return renamed | frozenset(
            (*key_of(each.table), each.after.name.folded)
            for each in self.changes
            if isinstance(each, (tables.TypeChanged, tables.GenerationChanged))
            and not (isinstance(each, tables.TypeChanged) and widens(each.before, each.after))
        )

    def late(self, table: Table | View, columns: Iterable[str]) -> bool:
        """Tell whether any of some columns is made anew once no old code runs."""
        key = key_of(table)
        return any((*key, each) in self.late_columns for each in columns)

    @cached_property
    def retyped(self) -> frozenset[tuple[str, str, str]]:
        """Give the columns whose type changes at all."""
        return frozenset(
            (*key_of(each.table), each.after.name.folded)
            for each in self.changes
            if isinstance(each, tables.TypeChanged)
        )

    def names_late(self, sql: str, *, retyped: bool = False) -> bool:
        """Tell whether SQL names a column that is made anew, or all columns of its table.

        Args:
            sql: A view's query, or what else is made.
            retyped: Whether any change of a type counts.
        """
        said = words(sql)
        columns = self.late_columns | self.retyped if retyped else self.late_columns
        return any(table in said and (column in said or "*" in sql) for _, table, column in columns)

    def is_fresh(self, table: Table | View) -> bool:
        """Tell whether the plan makes a table itself."""
        return key_of(table) in self.fresh

    def only_new(self, table: Table, columns: Iterable[str]) -> bool:
        """Tell whether old code writes none of some columns."""
        return all((*key_of(table), each) in self.new_columns for each in columns)

    def any_gone(self, table: Table, columns: Iterable[str]) -> bool:
        """Tell whether any of some columns goes, or their table."""
        key = key_of(table)
        return key in self.going or any((*key, each) in self.gone_columns for each in columns)

    def old(self, table: Table | View) -> Table | None:
        """Give a table as it was, with all renames done."""
        return self.before.table(table.name.text, table.namespace)

    def waiting(self, statements: Iterable[str]) -> tuple[Statement, ...]:
        """Give statements that wait no longer for a lock than was asked for."""
        patience = Statement(f"SET LOCAL lock_timeout = '{self.options.lock_timeout}s'")
        found = tuple(Statement(each) for each in statements)
        return (patience, *found) if found else ()


def key_of(table: Table | View) -> tuple[str, str]:
    """Give what tells a table from others."""
    return table.namespace, table.name.folded


def words(text: str) -> frozenset[str]:
    """Give the words of SQL, in small letters."""
    return frozenset(each.lower() for each in _WORD.findall(text))


def constant(default: str) -> bool:
    """Tell whether a default is one value for all rows that there are."""
    return bool(_STABLE.match(default.strip()))


def fills_itself(column: Column) -> bool:
    """Tell whether a row that says nothing of a column is taken."""
    return bool(column.nullable or column.default or column.auto or column.generated)
