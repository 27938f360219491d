"""The nouns: how each column's values are made, how many rows, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.errors import BeTuiError

if TYPE_CHECKING:
    from be_tui.core.schema import Column, Table
    from be_tui.core.sqltext import Engine

Make = Callable[[str], str]
"""Gives the SQL of a value, of the SQL of its row's number, which counts from 0."""


class FillError(BeTuiError):
    """The engine refused rows, or none can be made that it would take."""


@dataclass(frozen=True, slots=True)
class Made:
    """How the values of a column are made, NULL left aside."""

    make: Make
    about: str
    distinct: int
    common: str = ""
    rare: str = ""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How the values of one column are made."""

    column: Column
    make: Make = field(repr=False, compare=False)
    about: str
    """In words: `of users.id, skewed`."""

    distinct: int
    """How many different values there are at most, NULL left out."""

    null_share: float = 0.0
    common: str = ""
    """The SQL of the value that most rows have; empty where none stands out."""

    rare: str = ""
    """The SQL of a value that few rows have."""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How one table is filled."""

    table: Table
    rows: int
    columns: tuple[ColumnPlan, ...] = ()
    """Those that are written; generated ones, and such as have to stay as they are by default,
    are left out."""

    def column(self, name: str) -> ColumnPlan | None:
        """Give a column by its name, in any case."""
        folded = name.casefold()
        return next((each for each in self.columns if each.column.name.folded == folded), None)


@dataclass(frozen=True, slots=True)
class FillPlan:
    """How all tables are filled, in an order in which each finds what it refers to."""

    engine: Engine
    seed: int
    tables: tuple[TablePlan, ...]
    notes: tuple[str, ...] = ()
    """What could not be kept, a line each."""

    @property
    def rows(self) -> int:
        """Give the rows of all tables."""
        return sum(each.rows for each in self.tables)

    def table(self, name: str) -> TablePlan | None:
        """Give a table by its name, in any case."""
        folded = name.casefold()
        return next((each for each in self.tables if each.table.name.folded == folded), None)


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of filling."""

    rows: int
    seconds: float
    """Wall time, without that for statistics."""

    notes: tuple[str, ...] = ()
