"""Counts the rows of each table and sums up the values of each column, to see what was kept."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, SqliteSession, StatementError
from be_tui.core.migrations.replay.model import Kept
from be_tui.core.migrations.replay.running import beyond

if TYPE_CHECKING:
    from collections.abc import Mapping

    from be_tui.core.databases import Engine, Session

_BOUNDS = Bounds(seconds=900, rows=1_000_000)

_POSTGRES = """
SELECT c.oid, n.nspname, c.relname, a.attnum, a.attname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relpersistence <> 't' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
ORDER BY 1, 4"""

_MARIADB = """
SELECT t.table_name, '', t.table_name, c.column_name, c.column_name
FROM information_schema.tables t JOIN information_schema.columns c
  ON c.table_schema = t.table_schema AND c.table_name = t.table_name
WHERE t.table_schema = database() AND t.table_type = 'BASE TABLE'
ORDER BY 1, c.ordinal_position"""

_SQLITE = """
SELECT m.name, '', m.name, c.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.sql NOT LIKE '% VIRTUAL %'
ORDER BY m.rowid, c.cid"""

_SUMS = {
    "postgresql": "sum(hashtextextended({column}::text, 0)::numeric)",
    "sqlite": "sum(be_tui_digest({column}))",
    "mariadb": "sum(crc32({column}))",
    "mysql": "sum(crc32({column}))",
}
"""What is the same for the same values in any order."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of one table."""

    key: str
    """What it is known by, whatever its name: a number where the engine has one."""

    name: str
    """With its schema unless that is `public`."""

    sql: str
    """Its name in SQL."""

    rows: int
    sums: tuple[tuple[str, str, str], ...]
    """Of each column what it is known by, its name, and the sum of its values."""


def tables_of(session: Session, engine: Engine) -> dict[str, str]:
    """Give the tables of a database: the name that people know, and that in SQL.

    Raises:
        StatementError: The server is gone.
    """
    return {
        _shown(space, table): _sql(engine, space, table)
        for _, space, table in _columns(session, engine)
    }


def census(session: Session, engine: Engine) -> tuple[Counted, ...]:
    """Count every table; one that may not be read is left out.

    Raises:
        StatementError: The server is gone, or has no room.
    """
    if isinstance(session, SqliteSession):
        session.define("be_tui_digest", _digest)
    if engine == "postgresql":
        # Rows that a policy hides from us are not to be counted as lost.
        session.run("SET row_security = off")
    found = []
    for (key, space, table), columns in _columns(session, engine).items():
        try:
            found.append(_counted(session, engine, (key, space, table), columns))
        except StatementError as error:
            if beyond(error):
                raise
    return tuple(found)


def _columns(session: Session, engine: Engine) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    """Give the columns of each table, by what it is known by, its schema and its name."""
    asked = {"postgresql": _POSTGRES, "sqlite": _SQLITE}.get(engine, _MARIADB)
    columns: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for key, space, table, number, name in session.run(asked, _BOUNDS).rows:
        found = columns.setdefault((str(key), str(space), str(table)), [])
        found.append((str(number), str(name)))
    return columns


def _digest(value: str | bytes | None) -> int:
    if value is None:
        return 0
    data = value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
    return zlib.crc32(data)


def _shown(space: str, table: str) -> str:
    return table if space in ("", "public") else f"{space}.{table}"


def _quoted(engine: Engine, name: str) -> str:
    mark = "`" if engine in ("mariadb", "mysql") else '"'
    return f"{mark}{name.replace(mark, mark * 2)}{mark}"


def _sql(engine: Engine, space: str, table: str) -> str:
    within = f"{_quoted(engine, space)}." if engine == "postgresql" else ""
    return f"{within}{_quoted(engine, table)}"


def _counted(
    session: Session, engine: Engine, named: tuple[str, str, str], columns: list[tuple[str, str]]
) -> Counted:
    key, space, table = named
    where = _sql(engine, space, table)
    sums = [_SUMS[engine].format(column=_quoted(engine, name)) for _, name in columns]
    (row,) = session.run(f"SELECT {', '.join(('count(*)', *sums))} FROM {where}", _BOUNDS).rows  # noqa: S608 (names of the catalogue)
    told = zip(columns, row[1:], strict=True)
    return Counted(
        key,
        _shown(space, table),
        where,
        int(row[0] or 0),
        tuple((number, name, value or "") for (number, name), value in told),
    )


def kept(
    before: tuple[Counted, ...], after: tuple[Counted, ...], back: tuple[Counted, ...] | None
) -> tuple[Kept, ...]:
    """Tell what became of the rows of each table that had some.

    Args:
        before: All tables before the migration.
        after: The same after it.
        back: The same after the way back; None where that was not gone.
    """
    by_key = {each.key: each for each in after}
    by_name = {each.name: each for each in after}
    returned = {each.name: each for each in back or ()}
    found = []
    for each in before:
        if not each.rows:
            continue
        now = by_key.get(each.key) or by_name.get(each.name)
        home = returned.get(each.name)
        found.append(
            Kept(
                each.name,
                each.rows,
                now.rows if now else None,
                home.rows if home else None,
                _others(each, {**_sums(now, 1), **_sums(now, 0)} if now else {}),
                () if back is None else _others(each, _sums(home, 1) if home else {}),
            )
        )
    return tuple(found)


def _sums(table: Counted | None, by: int) -> dict[str, str]:
    """Give the sums by what the columns are known by, or by their names."""
    return {column[by]: column[2] for column in table.sums} if table else {}


def _others(before: Counted, now: Mapping[str, str]) -> tuple[str, ...]:
    """Give the columns whose values are not there any more."""
    return tuple(
        name
        for number, name, value in before.sums
        if now.get(number, now.get(name)) != value and value
    )
