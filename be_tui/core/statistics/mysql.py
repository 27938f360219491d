"""Statistics of a database of MariaDB or MySQL, as `information_schema` tells them.

InnoDB estimates the rows of a table and the different values of each beginning of an index from a
few pages. Histograms are left aside: they take rights that an application does not have.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from itertools import groupby
from math import ceil

from be_tui.core.databases import Bounds, StatementError, open_guarded
from be_tui.core.errors import InputError
from be_tui.core.statistics.model import POSTGRES_PAGE, ColumnStats, Statistics, TableStats

_ALL = Bounds(rows=1_000_000)

_TABLES = """
SELECT table_name, table_rows, data_length FROM information_schema.tables
WHERE table_schema = database() AND table_type = 'BASE TABLE' ORDER BY table_name"""

_INDEXES = """
SELECT table_name, index_name, column_name, cardinality FROM information_schema.statistics
WHERE table_schema = database() ORDER BY table_name, index_name, seq_in_index"""

_EACH_ITS_OWN = 0.95
"""The share of rows from which on a column's values are taken for all different."""


def read_mysql_statistics(url: str) -> Statistics:
    """Give the statistics of a database.

    Raises:
        InputError: It is none of MariaDB or MySQL, cannot be reached, or tells nothing.
    """
    with closing(open_guarded(url)) as database:
        if database.engine not in {"mariadb", "mysql"}:
            raise InputError("expected mariadb:// or mysql://", where=database.shown)
        try:
            tables = database.run(_TABLES, _ALL).rows
            indexes = database.run(_INDEXES, _ALL).rows
        except StatementError as error:
            raise InputError(error.message, where=database.shown) from error
        rows = {str(name): max(float(count or 0), 0.0) for name, count, _ in tables}
        pages = {str(name): ceil(int(size or 0) / POSTGRES_PAGE) for name, _, size in tables}
        distinct: dict[str, dict[str, float]] = defaultdict(dict)
        found: list[TableStats] = []
        for (table, index), parts in groupby(indexes, lambda row: (str(row[0]), str(row[1]))):
            told = [(str(row[2] or ""), float(row[3] or 0)) for row in parts]
            column, first = told[0]
            if column and first:
                distinct[table].setdefault(column, first)
            all_rows = rows.get(table, 0.0)
            per_key = tuple(max(all_rows / max(values, 1.0), 1.0) for _, values in told)
            found.append(TableStats(index, all_rows, table=table, per_key=per_key))
        known = [
            TableStats(name, count, pages[name], _columns(distinct[name], count))
            for name, count in rows.items()
        ]
        return Statistics(database.engine, (*known, *found), database.shown)


def _columns(distinct: dict[str, float], rows: float) -> tuple[ColumnStats, ...]:
    return tuple(
        ColumnStats(name, -1.0 if rows and values >= rows * _EACH_ITS_OWN else values)
        for name, values in distinct.items()
    )
