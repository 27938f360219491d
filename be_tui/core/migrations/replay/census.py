"""Counts the rows of each table and sums up the values of each column, to see what was kept."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, SqliteSession
from be_tui.core.migrations.replay.model import Kept

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


def census(session: Session, engine: Engine) -> tuple[Counted, ...]:
    """Count every table.

    Raises:
        StatementError: A table cannot be read.
    """
    if isinstance(session, SqliteSession):
        session.define("be_tui_digest", _digest)
    asked = {"postgresql": _POSTGRES, "sqlite": _SQLITE}.get(engine, _MARIADB)
    columns: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for key, space, table, number, name in session.run(asked, _BOUNDS).rows:
        found = columns.setdefault((str(key), str(space), str(table)), [])
        found.append((str(number), str(name)))
    return tuple(_counted(session, engine, *each, columns[each]) for each in columns)


def _digest(value: str | bytes | None) -> int:
    if value is None:
        return 0
    data = value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
    return zlib.crc32(data)


def _counted(
    session: Session,
    engine: Engine,
    key: str,
    space: str,
    table: str,
    columns: list[tuple[str, str]],
) -> Counted:
    mark = "`" if engine in ("mariadb", "mysql") else '"'

    def quoted(name: str) -> str:
        return f"{mark}{name.replace(mark, mark * 2)}{mark}"

    where = f"{quoted(space)}.{quoted(table)}" if engine == "postgresql" else quoted(table)
    sums = [_SUMS[engine].format(column=quoted(name)) for _, name in columns]
    (row,) = session.run(f"SELECT {', '.join(('count(*)', *sums))} FROM {where}", _BOUNDS).rows  # noqa: S608 (names of the catalogue)
    shown = table if space in ("", "public") else f"{space}.{table}"
    told = zip(columns, row[1:], strict=True)
    return Counted(
        key,
        shown,
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
