"""Fills tables as planned: one statement for so many rows, made by the engine itself."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.filling.dialects import Sql
from be_tui.core.filling.model import Filled, FillError

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.databases import Session
    from be_tui.core.filling.model import FillPlan, TablePlan
    from be_tui.core.schema import Name, Table

_CHUNK = {"postgresql": 250_000, "sqlite": 100_000, "mariadb": 100_000, "mysql": 100_000}
"""Rows of one statement: enough to be quick, few enough to be stopped and to tell how far it is."""

BOUNDS = Bounds(seconds=900)


def fill(
    session: Session,
    plan: FillPlan,
    progress: Callable[[str, int, int], None] | None = None,
) -> Filled:
    """Fill the tables, which stand there empty.

    Args:
        session: A connection to the sandbox.
        plan: What to write.
        progress: Told the table, its rows so far and in the end.

    Raises:
        FillError: The engine refused rows; what it wrote before stays in the sandbox.
    """
    began = time.monotonic()
    sql = Sql(plan.engine, plan.seed)
    for table in plan.tables:
        _fill_table(session, sql, table, progress)
    return Filled(plan.rows, time.monotonic() - began, plan.notes)


def settle(session: Session, plan: FillPlan) -> None:
    """Gather the engine's statistics of what was filled, as a database at work has them.

    Raises:
        StatementError: It does not.
    """
    sql = Sql(plan.engine, plan.seed)
    if plan.engine == "sqlite":
        session.run("ANALYZE", BOUNDS)
        return
    words = "VACUUM (ANALYZE)" if plan.engine == "postgresql" else "ANALYZE TABLE"
    for table in plan.tables:
        session.run(f"{words} {address(sql, table.table)}", BOUNDS)


def insert(sql: Sql, plan: TablePlan, first: int, count: int) -> str:
    """Give the statement that writes some rows.

    Args:
        sql: The engine's.
        plan: How.
        first: The number of the first row.
        count: How many.
    """
    names = ", ".join(sql.name(spelt(sql, each.column.name)) for each in plan.columns)
    values = ", ".join(each.make("i") for each in plan.columns)
    own = " OVERRIDING SYSTEM VALUE" if sql.engine == "postgresql" else ""
    source = sql.series(first, count)
    return f"INSERT INTO {address(sql, plan.table)} ({names}){own} SELECT {values} FROM {source}"  # noqa: S608 (our own)


def address(sql: Sql, table: Table) -> str:
    """Give a table's name in SQL."""
    name = sql.name(spelt(sql, table.name))
    within = table.namespace
    return f"{sql.name(within)}.{name}" if within and sql.engine == "postgresql" else name


def spelt(sql: Sql, name: Name) -> str:
    """Give a name as the engine keeps it."""
    plain = sql.engine == "postgresql" and not name.quoted
    return name.text.lower() if plain else name.text


def _fill_table(
    session: Session,
    sql: Sql,
    plan: TablePlan,
    progress: Callable[[str, int, int], None] | None,
) -> None:
    name = plan.table.name.text
    chunk = _CHUNK[sql.engine]
    try:
        session.run("BEGIN", BOUNDS)
        for first in range(0, plan.rows, chunk):
            session.run(insert(sql, plan, first, min(chunk, plan.rows - first)), BOUNDS)
            if progress:
                progress(name, min(first + chunk, plan.rows), plan.rows)
        session.run("COMMIT", BOUNDS)
        if sql.engine == "postgresql":
            _count_on(session, sql, plan)
    except StatementError as error:
        with contextlib.suppress(StatementError):
            session.run("ROLLBACK")
        if error.trouble != "refused":
            raise
        raise _refused(name, error) from None


def _refused(name: str, error: StatementError) -> FillError:
    said = error.message
    hint = ""
    if "check" in said.lower():
        hint = "its check is not one that values are made for; leave it out of the tables given"
    elif "disk" in said.lower() or "full" in said.lower() or "no space" in said.lower():
        hint = "give fewer --rows"
    return FillError(f"rows of {name} were refused: {said}", hint=hint)


def _count_on(session: Session, sql: Sql, plan: TablePlan) -> None:
    """Let numbering go on behind the rows that were made."""
    for each in plan.columns:
        if each.column.auto in ("serial", "identity"):
            column = spelt(sql, each.column.name)
            where = address(sql, plan.table)
            sequence = f"pg_get_serial_sequence({sql.text(where)}, {sql.text(column)})"
            last = f"SELECT max({sql.name(column)}) FROM {where}"  # noqa: S608 (our names)
            session.run(f"SELECT setval({sequence}, ({last}))", BOUNDS)
