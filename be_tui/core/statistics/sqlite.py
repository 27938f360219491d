"""Statistics of a file of SQLite: those that `ANALYZE` left in it, and a bounded look at the rows.

The file is opened for reading only. Rows are counted up to a bound, beyond which the highest row
number is taken; values are told from a sample at places spread evenly over the row numbers, and
the different ones of it are extrapolated as PostgreSQL does (Haas and Stokes, `analyze.c`).
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from be_tui.core.errors import InputError
from be_tui.core.statistics.model import ColumnStats, Common, Statistics, TableStats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_COUNTED = 1_000_000
"""Rows up to which they are counted one by one."""

_PLACES = 40
_AT_EACH = 250
"""A sample takes so many rows at each of so many places."""

_SECONDS = 20.0
"""For the whole file; what is not looked at by then is left out, and told."""

_STEPS = 20_000
_MOST_COMMON = 50
_ORDERED = 0.9
"""The correlation from which on rows stand in the order of a column."""

_FEWEST = 3
"""How often a value must stand in the sample to count as common."""

_BOUNDS = 50
_ROW = 8
"""Bytes of a row beside its values."""


def read_sqlite_statistics(path: str) -> Statistics:
    """Give the statistics of a file.

    Raises:
        InputError: It cannot be opened or read.
    """
    address = f"file:{quote(str(Path(path).resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as db:
            db.text_factory = lambda data: data.decode("utf-8", "replace")
            return _Looking(db, path).all()
    except sqlite3.Error as error:
        raise InputError(f"cannot be read as SQLite: {error}", where=path) from error


class _Looking:
    """One look at a file."""

    def __init__(self, db: sqlite3.Connection, path: str) -> None:
        self._db = db
        self._path = path
        self._left_out: list[str] = []
        deadline = time.monotonic() + _SECONDS
        db.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)

    def all(self) -> Statistics:
        told = self._analysed()
        self._page = int(self._db.execute("PRAGMA page_size").fetchone()[0])
        found: list[TableStats] = []
        asked = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
        for (name,) in self._db.execute(asked).fetchall():
            if name.startswith("sqlite_"):
                continue
            try:
                found.append(self._table(name, told))
            except sqlite3.Error as error:
                late = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT
                why = f"not looked at within {_SECONDS:g} s" if late else str(error)
                self._left_out.append(f"{name}: {why}")
        source = f"{self._path} ({'ANALYZE and ' if told else ''}a sample of its rows)"
        tables = tuple(found + told)
        return Statistics("sqlite", tables, source, left_out=tuple(self._left_out))

    def _analysed(self) -> list[TableStats]:
        """Give what `ANALYZE` wrote of indexes."""
        exists = "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"
        if not self._db.execute(exists).fetchone()[0]:
            return []
        found = []
        for table, index, told in self._db.execute("SELECT tbl, idx, stat FROM sqlite_stat1"):
            figures = [int(each) for each in str(told).split() if each.isdigit()]
            if index and figures:
                per_key = tuple(float(each) for each in figures[1:])
                found.append(
                    TableStats(str(index), float(figures[0]), table=str(table), per_key=per_key)
                )
        return found

    def _table(self, name: str, told: Sequence[TableStats]) -> TableStats:
        table = _quoted(name)
        columns = [str(row[1]) for row in self._db.execute(f"PRAGMA table_info({table})")]
        rows, highest = self._rows(table)
        sample = list(self._sample(table, columns, rows, highest))
        known = dict(self._leading(name, told))
        stats = tuple(
            _counted(_column(column, [row[at] for row in sample], rows), known.get(column), rows)
            for at, column in enumerate(columns)
        )
        width = _ROW + sum(each.width for each in stats)
        pages = ceil(rows * width / self._page) if rows else 0
        return TableStats(name, rows, pages, stats, visible_pages=pages)

    def _leading(self, name: str, told: Sequence[TableStats]) -> Iterator[tuple[str, float]]:
        """Give the columns that lead an index, with the rows of a value that `ANALYZE` counted."""
        for each in told:
            if each.table == name and each.per_key:
                asked = f"PRAGMA index_info({_quoted(each.name)})"
                first = self._db.execute(asked).fetchone()
                if first is not None and first[2] is not None:
                    yield str(first[2]), each.per_key[0]

    def _rows(self, table: str) -> tuple[float, int]:
        """Give the number of rows, and the highest row number; 0 where rows have none."""
        asked = f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {_COUNTED})"  # noqa: S608
        rows = int(self._db.execute(asked).fetchone()[0])
        try:
            low, high = self._db.execute(f"SELECT min(rowid), max(rowid) FROM {table}").fetchone()  # noqa: S608
        except sqlite3.OperationalError:
            return float(rows), 0
        if rows < _COUNTED or high is None:
            return float(rows), int(high or 0)
        return float(max(int(high) - int(low) + 1, rows)), int(high)

    def _sample(
        self, table: str, columns: Sequence[str], rows: float, highest: int
    ) -> Iterator[tuple[object, ...]]:
        """Give rows at even distances, or all, where there are few."""
        listed = ", ".join(_quoted(column) for column in columns)
        whole = _PLACES * _AT_EACH
        if rows <= whole or not highest:
            yield from self._db.execute(f"SELECT {listed} FROM {table} LIMIT {whole}")  # noqa: S608
            return
        asked = f"SELECT {listed} FROM {table} WHERE rowid > ? LIMIT {_AT_EACH}"  # noqa: S608
        for place in range(_PLACES):
            yield from self._db.execute(asked, (highest * place // _PLACES,))


def _counted(found: ColumnStats, per_key: float | None, rows: float) -> ColumnStats:
    """Give a column as `ANALYZE` counted it, where it did: a sample only guesses at that."""
    if not per_key or rows < per_key:
        return found
    different = rows / per_key
    return replace(found, distinct=-1 / per_key if different > rows / 10 else different)


def _column(name: str, values: list[object], rows: float) -> ColumnStats:
    filled = [_shown(value) for value in values if value is not None]
    if not filled:
        return ColumnStats(name, null_share=1.0 if values else 0.0)
    counts = Counter(filled)
    size = len(values)
    common = [
        Common(value, count / size)
        for value, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        if count >= _FEWEST
    ][:_MOST_COMMON]
    if len(counts) > _MOST_COMMON:
        # Values that are no commoner than the others tell nothing.
        even = 1.25 / len(counts)
        common = [each for each in common if each.share > even]
    correlation = _correlation(filled)
    ordered = abs(correlation) >= _ORDERED and len(counts) > _MOST_COMMON
    if ordered:
        # Rows beside each other are alike: none of the sample's values is common elsewhere.
        common = []
    named = {each.value for each in common}
    rest = sorted((value for value in filled if value not in named), key=_order)
    step = max((len(rest) - 1) / _BOUNDS, 1.0)
    places = range(min(_BOUNDS, len(rest) - 1) + 1) if len(rest) > 1 else ()
    return ColumnStats(
        name=name,
        distinct=_in_runs(counts, rows) if ordered else _different(counts, len(filled), rows),
        null_share=1.0 - len(filled) / size,
        common=tuple(common),
        bounds=tuple(rest[min(round(at * step), len(rest) - 1)] for at in places),
        correlation=correlation,
        width=ceil(sum(map(len, filled)) / len(filled)) + 1,
    )


def _correlation(values: list[str]) -> float:
    """Give how far values stand in their order, from -1 to 1: of places and ranks."""
    count = len(values)
    if count < 2:  # noqa: PLR2004 (one value has no order)
        return 1.0
    keys = [_order(value) for value in values]
    ranks = {key: at for at, key in enumerate(sorted(set(keys)))}
    middle = (count - 1) / 2
    mean = sum(ranks[key] for key in keys) / count
    both = sum((at - middle) * (ranks[key] - mean) for at, key in enumerate(keys))
    spread = sum((ranks[key] - mean) ** 2 for key in keys)
    places = count * (count * count - 1) / 12
    return both / sqrt(spread * places) if spread else 1.0


def _in_runs(counts: Counter[str], rows: float) -> float:
    """Give the same where equal values stand together: each place shows how long they are."""
    share = len(counts) / counts.total()
    return -share if share > 0.1 else max(share * rows, 1.0)  # noqa: PLR2004 (as PostgreSQL has it)


def _different(counts: Counter[str], sampled: int, rows: float) -> float:
    """Give the number of different values among all rows: below 0 where it grows with them."""
    once = sum(count == 1 for count in counts.values())
    if once == len(counts) and len(counts) > 1:
        return -1.0
    if sampled >= rows or not once:
        found = float(len(counts))
    else:
        found = sampled * len(counts) / (sampled - once + once * sampled / max(rows, 1.0))
    return -found / rows if found > rows / 10 else max(found, 1.0)


def _order(text: str) -> tuple[int, float, str]:
    try:
        return 0, float(text), text
    except ValueError:
        return 1, 0.0, text


def _shown(value: object) -> str:
    return f"X'{value.hex().upper()}'" if isinstance(value, bytes) else str(value)


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
