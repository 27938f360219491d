"""Asks what code that was written before a migration asks, and tells what works no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.databases import StatementError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.databases import Engine, Session
    from be_tui.core.migrations.replay.census import Counted


def broken(session: Session, engine: Engine, before: tuple[Counted, ...]) -> tuple[str, ...]:
    """Give each table and column that can no longer be read under its name, with the reason.

    Raises:
        StatementError: The server is gone.
    """
    return tuple(_broken(session, engine, before))


def _broken(session: Session, engine: Engine, before: tuple[Counted, ...]) -> Iterator[str]:
    mark = "`" if engine in ("mariadb", "mysql") else '"'
    for table in before:
        said = _asked(session, "1", table)
        if said:
            yield f"{table.name}: {said}"
            continue
        # With the table's name before it: SQLite takes a quoted name that it does not know as text.
        names = [
            (name, f"{table.sql}.{mark}{name.replace(mark, mark * 2)}{mark}")
            for _, name, _ in table.sums
        ]
        whole = ", ".join(sql for _, sql in names)
        if _asked(session, whole, table):
            for name, sql in names:
                said = _asked(session, sql, table)
                if said:
                    yield f"{table.name}.{name}: {said}"


def _asked(session: Session, columns: str, table: Counted) -> str:
    """Give why a query does not work; nothing where it does."""
    try:
        session.run(f"SELECT {columns} FROM {table.sql} WHERE 1 = 0")  # noqa: S608 (names of the catalogue)
    except StatementError as error:
        if error.trouble != "refused":
            raise
        return error.message
    return ""
