"""The nouns of statistics: how many rows there are, and what their values are like.

They come from an engine's own statistics, or are assumed. Values are texts as the engine writes
them; shares are parts of all rows, from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.sqltext import Engine

POSTGRES_PAGE = 8192
"""Bytes of a page of PostgreSQL, as every packager builds it."""


@dataclass(frozen=True, slots=True)
class Common:
    """A common value."""

    value: str
    share: float


@dataclass(frozen=True, slots=True)
class Slot:
    """What only PostgreSQL's own planner makes use of, such as the commonest elements of arrays."""

    name: str
    """As the view `pg_stats` calls it."""

    text: str
    """As that view writes it."""


@dataclass(frozen=True, slots=True)
class ColumnStats:
    """The values of one column, or of one expression of an index."""

    name: str
    """As the database has it; empty for an expression."""

    distinct: float | None = None
    """How many different values, as PostgreSQL counts: under 0, their number by the number of
    rows; -1 where each row has its own. None where it is not known."""

    null_share: float = 0.0
    common: tuple[Common, ...] = ()
    """The commonest values, the commonest first."""

    bounds: tuple[str, ...] = ()
    """What divides the other values into parts of equally many rows, lowest and highest
    included."""

    correlation: float | None = None
    """How far rows stand in the order of their values, from -1 to 1."""

    width: int = 0
    """Bytes of a value on average; 0 where it is not known."""

    number: int = 0
    """For an expression of an index: its place there, from 1."""

    inherited: bool = False
    """Whether the rows of partitions and children are counted too."""

    slots: tuple[Slot, ...] = ()

    def values(self, rows: float) -> float | None:
        """Give how many different values there are among so many rows."""
        if self.distinct is None:
            return None
        found = self.distinct if self.distinct >= 0 else -self.distinct * rows
        return max(found, 1.0)


@dataclass(frozen=True, slots=True)
class TableStats:
    """A table, or an index, of which engines keep much the same."""

    name: str
    rows: float
    """Those in it; a partial index has fewer than its table. Under 0: nobody ever counted."""

    pages: int = 0
    """0 where it is not known."""

    columns: tuple[ColumnStats, ...] = ()
    namespace: str = ""
    visible_pages: int = 0
    """Those of which all rows are visible to everybody, so that an index alone can answer."""

    table: str = ""
    """For an index whose engine tells it: the table that it is on."""

    per_key: tuple[float, ...] = ()
    """For an index: rows that share a value of its first column, of its first two, and so on."""

    def column(self, name: str, *, inherited: bool = False) -> ColumnStats | None:
        """Give a column by its name, in any case; of the rows of partitions too, if asked for."""
        folded = name.casefold()
        found = [each for each in self.columns if each.name and each.name.casefold() == folded]
        wanted = (each for each in found if each.inherited == inherited)
        return next(wanted, found[0] if found else None)


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that is known of a database's rows."""

    engine: Engine
    tables: tuple[TableStats, ...] = ()
    """Tables and indexes."""

    source: str = ""
    """Where they are from, for people, without a credential."""

    assumed: bool = False
    """Whether nobody measured them."""

    left_out: tuple[str, ...] = ()
    """What was there and could not be read, a line each."""

    def of(self, name: str, namespace: str = "") -> TableStats | None:
        """Give a table or index by its name, in any case.

        Args:
            name: Its name.
            namespace: The schema that it is said to stand in; what tells none answers to any.
        """
        folded, within = name.casefold(), namespace.casefold()
        usual = {within} if within else {"", "public"}
        found = [each for each in self.tables if each.name.casefold() == folded]
        for each in sorted(found, key=lambda each: each.namespace.casefold() not in usual):
            if not within or not each.namespace or each.namespace.casefold() == within:
                return each
        return None
