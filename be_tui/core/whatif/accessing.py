"""What one way to a table's rows costs, in pages: read whole, or found by an index."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from be_tui.core.whatif.estimating import ROW, descent, index_pages
from be_tui.core.whatif.terms import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from be_tui.core.schema import Index, IndexPart, Table
    from be_tui.core.whatif.estimating import Figures
    from be_tui.core.whatif.terms import Term

_LOOKUP = 0.1
"""Pages that following an index entry to its row is worth, the page of the row left aside."""

_APART = 0.45
"""What it is worth besides in SQLite where the next row stands on a page elsewhere, of a table
larger than what is at hand, that page included: 600,000 rows take 0.75 s so, 0.09 s in their order,
and 0.04 s in a whole read of 26,000 pages' worth."""

_AT_HAND = 500
"""Pages that stay at hand: SQLite keeps 2 MB."""

_SEEK = 0.25
"""Pages that going down a tree is worth, its pages left aside."""


@dataclass(frozen=True, slots=True)
class Access:
    """A way to the rows of one source, for one row of those before it."""

    pages: float
    """Read the first time."""

    work: float
    """What looking at rows and entries is worth, in pages."""

    rows: float
    """That meet all terms."""

    whole: float
    """Pages of all that it can read: over and over, no more are read from disk."""

    equal: int = 0
    """How many parts of the index are held fast, so that the next ones order the rows."""

    def cost(self, times: float = 1.0) -> float:
        """Give what doing it so many times costs, with other values each time."""
        return min(times * self.pages, max(self.whole, self.pages)) + times * self.work


def scan(table: Table, terms: Iterable[Term], figures: Figures) -> Access:
    """Give what reading a table whole costs."""
    stats = figures.table(table)
    rows = max(stats.rows, 0.0)
    pages = float(max(stats.pages, 1))
    # SQLite keeps little itself: what is read over and over comes from elsewhere each time.
    kept = pages <= _AT_HAND or not figures.packed
    return Access(pages, rows * ROW, rows * share_of(terms), pages if kept else inf)


def search(
    table: Table,
    index: Index,
    terms: Sequence[Term],
    figures: Figures,
    *,
    held: float = 1.0,
    covering: bool = False,
    clustered: bool = False,
) -> Access:
    """Give what going through an index costs.

    Args:
        table: What it is on.
        index: The index, or a key as one.
        terms: Those that can be used here.
        figures: What is known of the table.
        held: The share of the rows that it holds, where it is partial.
        covering: Whether the index alone answers.
        clustered: Whether the rows themselves stand in it.
    """
    stats = figures.table(table)
    rows = max(stats.rows, 0.0) * held
    used, equal = matched(index, terms)
    found = max(rows * share_of(used), min(rows, 1.0))
    if unique_match(table, index, used, equal):
        found = min(found, 1.0)
    size = max(stats.pages, 1) if clustered else index_pages(table, index, figures, held)
    part = found / rows if rows else 0.0
    pages, work, whole = descent(size) + size * part, _SEEK + found * ROW, size
    rest = [term for term in terms if term not in used]
    if not covering and not clustered:
        table_pages = max(stats.pages, 1)
        # What the entry itself tells is asked of it first.
        looked = found * share_of(term for term in rest if _is_told(term, index, used))
        order = figures.order(table, index) ** 2
        apart = _apart(table_pages) * (1.0 - order) if figures.packed else 0.0
        # Of many rows the system has most pages in memory; of a few it may have none.
        together = table_pages * looked / max(stats.rows, 1.0)
        spread = _scattered(table_pages, looked) * (1.0 - order) + together * order
        pages += spread * (1.0 - apart) + min(spread, _AT_HAND) * apart
        work += looked * (_LOOKUP + _APART * apart)
        whole += table_pages
    # What a partial index leaves out, its condition in the statement leaves out as well.
    left = min(max(stats.rows, 0.0) * share_of((*used, *rest)), found)
    return Access(pages, work, left, whole, equal)


def _is_told(term: Term, index: Index, used: Iterable[Term]) -> bool:
    """Tell whether an entry of an index holds what a term asks for, which it is not found by."""
    if not term.column or term.needs or term.column not in {*index.columns, *index.include}:
        return False
    return all(each.column != term.column for each in used)


def _apart(pages: int) -> float:
    """Give the share of rows whose page is not at hand."""
    return max(1.0 - _AT_HAND / pages, 0.0)


def _scattered(pages: int, rows: float) -> float:
    """Give how many of a table's pages so many rows stand on, that stand anywhere."""
    return pages * (1.0 - (1.0 - 1.0 / pages) ** rows) if pages > 1 else min(rows, 1.0)


def matched(index: Index, terms: Sequence[Term]) -> tuple[list[Term], int]:
    """Give the terms that an index is searched by, and how many parts are held fast."""
    used: list[Term] = []
    for number, part in enumerate(index.parts):
        own = [term for term in terms if _about(term, part)]
        fast = [term for term in own if term.equal]
        if fast:
            used.append(min(fast, key=lambda term: term.share))
            continue
        used += [term for term in own if term.ranged]
        return used, number
    return used, len(index.parts)


def covers(index: Index, columns: Collection[str], besides: Collection[str] = ()) -> bool:
    """Tell whether all columns stand in an index, or in what each entry holds besides."""
    there = {*index.columns, *index.include, *besides}
    return all(column in there for column in columns)


def unique_match(table: Table, index: Index, used: Sequence[Term], equal: int) -> bool:
    """Tell whether at most one row is found."""
    names = {term.column for term in used if term.equal}
    whole = index.unique and equal == len(index.parts)
    return whole or any(key <= names for key in table.unique_sets)


def _about(term: Term, part: IndexPart) -> bool:
    if part.column:
        return term.column == part.column
    return bool(term.expression) and plain(part.expression) == term.expression


def share_of(terms: Iterable[Term]) -> float:
    """Give the share of rows that meet all terms, as if they were independent."""
    share = 1.0
    for term in terms:
        share *= term.share
    return share
