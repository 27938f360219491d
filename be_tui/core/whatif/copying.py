"""A copy of tables on a server of MariaDB or MySQL: a scratch database with generated rows.

The rows are like those that statistics tell of: shares of common values, of NULL, between bounds.
Where there are too many, all tables get the same part of theirs. Nothing of the copy stays.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError, open_sandbox
from be_tui.core.errors import InputError
from be_tui.core.filling import FillError, Sql, address, fill, plan, sampled
from be_tui.core.measuring import index_ddl, table_ddl

if TYPE_CHECKING:
    from be_tui.core.databases import Sandbox, Session
    from be_tui.core.filling import FillPlan
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Engine
    from be_tui.core.statistics import Statistics

MOST = 200_000
"""Rows of the largest table: filled in a second, indexed in a fifth of one, read in a fiftieth."""

_PAGES = """
SELECT table_name, data_length / @@innodb_page_size FROM information_schema.tables
WHERE table_schema = database()"""

_BOUNDS = Bounds(seconds=600)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that stands until its sandbox is closed."""

    sandbox: Sandbox
    session: Session
    rows: int
    share: float
    """Of the rows that there are."""

    pages: tuple[tuple[str, float], ...]
    """Of each table, by its folded name."""

    notes: tuple[str, ...]
    """What could not be copied, a line each."""


def make_copy(
    url: str, schema: Schema, engine: Engine, statistics: Statistics, most: int = MOST
) -> Copy:
    """Make a copy.

    Args:
        url: The server; a scratch database is made there, no other is touched.
        schema: The tables.
        engine: Whose SQL they are in.
        statistics: Of all tables.
        most: Rows of the largest.

    Raises:
        InputError: The server does not let us in, or no rows can be made for a table.
    """
    rows, share = sampled(schema, statistics, most)
    try:
        planned = plan(schema, engine, rows, statistics=statistics)
    except FillError as error:
        raise InputError(f"no rows can be made for a copy: {error.message}") from None
    sandbox = _opened(url)
    try:
        session = sandbox.session()
        notes = _filled(session, schema, engine, planned)
        pages = tuple(
            (str(name).casefold(), float(size or 0)) for name, size in session.run(_PAGES).rows
        )
    except BaseException:
        sandbox.close()
        raise
    return Copy(sandbox, session, planned.rows, share, pages, (*planned.notes, *notes))


def _opened(url: str) -> Sandbox:
    if not url.startswith(("mariadb", "mysql")):
        raise InputError("expected mariadb://… or mysql://…", where="the server of the copy")
    return open_sandbox(url)


def _filled(session: Session, schema: Schema, engine: Engine, planned: FillPlan) -> list[str]:
    """Make tables, rows, indexes and statistics; give what was refused."""
    notes: list[str] = []
    try:
        session.run("SET SESSION foreign_key_checks = 0")
        for ddl in table_ddl(schema, engine, engine):
            _make(session, ddl, notes)
        fill(session, planned)
        for ddl in index_ddl(schema, engine):
            _make(session, ddl, notes)
        settle_copy(session, planned)
    except FillError as error:
        raise InputError(f"a copy cannot be filled: {error.message}") from None
    except StatementError as error:
        raise InputError(f"no copy can be made: {error.message}") from None
    return notes


def _make(session: Session, ddl: str, notes: list[str]) -> None:
    try:
        session.run(ddl, _BOUNDS)
    except StatementError as error:
        if error.trouble != "refused":
            raise
        notes.append(f"not in the copy: {' '.join(ddl.split())[:60]}: {error.message}")


def settle_copy(session: Session, planned: FillPlan) -> None:
    """Have the server count the rows; MariaDB the values of every column too, all of them."""
    sql = Sql(planned.engine, planned.seed)
    for each in planned.tables:
        where = address(sql, each.table)
        # An index that is made later is looked at whole too: a sample would be another each time.
        with suppress(StatementError):
            session.run(f"ALTER TABLE {where} STATS_SAMPLE_PAGES = 65535", _BOUNDS)
        try:
            session.run(f"ANALYZE TABLE {where} PERSISTENT FOR ALL", _BOUNDS)
        except StatementError:
            session.run(f"ANALYZE TABLE {where}", _BOUNDS)
