"""What tells two schemas apart.

A change holds what it is about whole, so that it can be turned round (`inverse`) and written as
SQL without looking anything up. Its classes stand in `objects.py` and `tables.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from be_tui.core.migrations.diff.objects import ObjectChange
from be_tui.core.migrations.diff.tables import TableChange

Change = ObjectChange | TableChange


@dataclass(frozen=True, slots=True)
class Rename:
    """That a table, column or value is one of another name now, as a person says."""

    table: str
    """The table or enumeration as it was called, with its schema where one is said."""

    column: str
    """The column or value as it was called; empty where the table is renamed."""

    to: str
    value: bool = False
    """Whether it is a value of an enumeration, not a column."""

    def __str__(self) -> str:
        """Give it as `--rename` takes it."""
        return f"{self.table}.{self.column}={self.to}" if self.column else f"{self.table}={self.to}"


@dataclass(frozen=True, slots=True)
class Question:
    """A probable rename that nobody has stated: nothing is dropped before it is answered."""

    rename: Rename
    likeness: float
    """From 0 to 1: how much speaks for it."""

    reasons: tuple[str, ...]
    """What speaks for it, in a few words each."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What leads from one schema to another."""

    changes: tuple[Change, ...]
    """In an order in which they can be made."""

    questions: tuple[Question, ...] = ()
    held: tuple[Change, ...] = ()
    """What would be dropped if the questions were answered with no."""

    remarks: tuple[str, ...] = ()
    """What differs and cannot be changed in place, and what is not told."""
