"""Makes the database before a migration: its tables, the roles that SQL names, generated rows."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.errors import InputError
from be_tui.core.filling import FillError, FillPlan, Sql, address, fill, plan, settle, sizes
from be_tui.core.migrations.replay.grafting import grafted
from be_tui.core.migrations.replay.running import beyond
from be_tui.core.schema import read_session
from be_tui.core.sqltext import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from be_tui.core.databases import Engine, Session
    from be_tui.core.migrations.replay.running import Refuse
    from be_tui.core.schema import Schema, Table

_BOUNDS = Bounds(seconds=600)

_ROLE = re.compile(
    r"(?:\bOWNER\s+TO|\bTO|\bFROM|\bROLE|\bAUTHORIZATION|\bUSER)\s+((?:\"[^\"]+\"|\w+)(?:\s*,\s*(?:\"[^\"]+\"|\w+))*)",
    re.I,
)
_ABOUT_ROLES = re.compile(
    r"(?:GRANT|REVOKE)\b|(?:CREATE|ALTER)\s+POLICY\b|ALTER\s+DEFAULT\s+PRIVILEGES\b"
    r"|(?:ALTER|CREATE)\s.*\b(?:OWNER\s+TO|AUTHORIZATION)\b|SET\s+(?:LOCAL\s+|SESSION\s+)?ROLE\b",
    re.I | re.S,
)
_MADE = re.compile(r"CREATE\s+(?:ROLE|USER|GROUP)\s+(\"[^\"]+\"|\w+)", re.I)
_NO_ROLE = frozenset(
    ("public", "current_user", "current_role", "session_user", "none", "default", "postgres")
)

_SETTING = re.compile(r"SET\s+\w+\s*=", re.I)

_MANY = 60
"""Tables from which on only those are filled that the migrations concern."""

_SMALLER = (1_000, 100, 10, 1)
"""Rows that are tried where values do not suffice for more."""


def make(session: Session, ddl: str, engine: Engine, refuse: Refuse) -> tuple[str, ...]:
    """Run the DDL of a database; give what was left out, a line each.

    Raises:
        InputError: The engine refuses a statement.
    """
    notes = []
    for each in split(ddl, engine):
        why = refuse(each.text)
        if why:
            notes.append(f"left out: {_short(each.text)}: {why}")
            continue
        try:
            session.run(each.text, _BOUNDS)
        except StatementError as error:
            if beyond(error):
                raise
            if _SETTING.match(each.text):
                # What a newer pg_dump sets, an older server need not know.
                continue
            where = f"line {each.line} of the schema"
            hint = "; ".join(notes)
            raise InputError(f"refused: {error.message}", where=where, hint=hint) from None
    return tuple(notes)


def roles_of(statements: Iterable[str]) -> tuple[str, ...]:
    """Give the roles that statements name and none of them makes, as they are written."""
    named: dict[str, None] = {}
    made: set[str] = set()
    for text in statements:
        if _ABOUT_ROLES.match(text):
            for found in _ROLE.finditer(text):
                named.update(dict.fromkeys(part.strip() for part in found[1].split(",")))
        made.update(found[1] for found in _MADE.finditer(text))
    return tuple(
        name
        for name in named
        if name not in made
        and name.lower() not in _NO_ROLE
        and not name.strip('"').startswith("pg_")
    )


def make_roles(session: Session, names: Iterable[str]) -> tuple[str, ...]:
    """Make roles that cannot log in, but own tables; give those that were made."""
    made = []
    for name in names:
        with contextlib.suppress(StatementError):
            session.run(f"CREATE ROLE {name} NOLOGIN")
            # Without this they could be given no table.
            session.run(f"GRANT CREATE ON SCHEMA public TO {name}")
            made.append(name)
    return tuple(made)


def furnish(
    session: Session,
    engine: Engine,
    version: str,
    rows: Mapping[str, int],
    *,
    later: Schema | None = None,
    texts: tuple[str, ...] = (),
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Fill the tables that are empty.

    Args:
        session: A connection.
        engine: Which database it is.
        version: The server's.
        rows: How many a table gets, by its name; by `""` for any other.
        later: What the tables will be like, where that is known: the rows keep to it already.
        texts: The statements to come: of many tables only those that they concern are filled.
        progress: Told the table, its rows so far and in the end.

    Returns:
        The rows that each filled table has, and what could not be kept, a line each.

    Raises:
        StatementError: The server is gone, or has no room.
    """
    schema = read_session(session, engine, version).schema
    if later:
        schema = grafted(schema, later)
    sql = Sql(engine, 1)
    said = {name.casefold(): count for name, count in rows.items()}
    concerned = _concerned(schema, texts, said)
    wanted = {
        table.name.folded: said.get(table.name.folded, said[""])
        for table in concerned
        if table.complete and not table.parent and _is_empty(session, sql, table)
    }
    planned, notes = _planned(schema, engine, wanted)
    left = len(schema.tables) - len(concerned)
    if left:
        notes.append(f"tables without rows, as the migrations do not concern them: {left:,}")
    filled: dict[str, int] = {}
    for table in planned.tables:
        name = table.table.name.text
        alone = FillPlan(engine, planned.seed, (table,))
        try:
            fill(session, alone, progress)
            settle(session, alone)
            filled[name] = table.rows
        except FillError as error:
            notes.append(f"{name} has no rows: {error.message}")
        except StatementError as error:
            if beyond(error):
                raise
            notes.append(f"{name}: {error.message}")
    return filled, (*planned.notes, *notes)


def _concerned(schema: Schema, texts: tuple[str, ...], said: Mapping[str, int]) -> list[Table]:
    """Give the tables that statements name, those that refer to them, and all that these need."""
    if len(schema.tables) <= _MANY:
        return list(schema.tables)
    words = {word for text in texts for word in re.findall(r"\w+", text.casefold())} | set(said)
    chosen = {table.name.folded for table in schema.tables} & words
    chosen |= {
        table.name.folded
        for table in schema.tables
        for key in table.foreign_keys
        if key.table in chosen
    }
    needed = sizes(schema, chosen, 1)
    return [table for table in schema.tables if table.name.folded in needed]


def _is_empty(session: Session, sql: Sql, table: Table) -> bool:
    with contextlib.suppress(StatementError):
        return not session.run(f"SELECT 1 FROM {address(sql, table)} LIMIT 1").rows  # noqa: S608 (our names)
    return False


def _planned(
    schema: Schema, engine: Engine, wanted: Mapping[str, int]
) -> tuple[FillPlan, list[str]]:
    """Plan all tables at once; where one stands in the way, find it and give it fewer rows."""
    with contextlib.suppress(FillError):
        return plan(schema, engine, wanted), []
    notes: list[str] = []
    borne: dict[str, int] = {}
    for table in _in_order(schema, wanted):
        name = table.name.folded
        parents = {key.table: borne[key.table] for key in table.foreign_keys if key.table in borne}
        why = ""
        for rows in (wanted[name], *(each for each in _SMALLER if each < wanted[name])):
            try:
                plan(schema, engine, {**parents, name: rows})
            except FillError as error:
                why = why or error.message
                continue
            borne[name] = rows
            break
        if why:
            told = f"{borne[name]:,} rows only" if name in borne else "no rows"
            notes.append(f"{table.name.text} has {told}: {why}")
    try:
        return plan(schema, engine, borne), notes
    except FillError as error:
        return FillPlan(engine, 1, ()), [*notes, f"no table has rows: {error.message}"]


def _in_order(schema: Schema, wanted: Mapping[str, int]) -> Iterator[Table]:
    """Give the tables, those that others refer to first, as far as there is such an order."""
    waiting = [table for table in schema.tables if table.name.folded in wanted]
    while waiting:
        names = {table.name.folded for table in waiting}
        ready = [
            table
            for table in waiting
            if not any(key.table in names - {table.name.folded} for key in table.foreign_keys)
        ]
        for table in ready or waiting[:1]:
            waiting.remove(table)
            yield table


def empty(session: Session, engine: Engine, tables: Iterable[str]) -> None:
    """Take all rows out of tables.

    Args:
        session: A connection.
        engine: Which database it is.
        tables: Their names in SQL.

    Raises:
        StatementError: The engine refuses.
    """
    names = list(tables)
    if not names:
        return
    if engine == "postgresql":
        session.run(f"TRUNCATE {', '.join(names)} CASCADE", _BOUNDS)
        return
    off, on = (
        ("PRAGMA foreign_keys = OFF", "")
        if engine == "sqlite"
        else ("SET foreign_key_checks = 0", "SET foreign_key_checks = 1")
    )
    session.run(off)
    for name in names:
        session.run(f"DELETE FROM {name}", _BOUNDS)  # noqa: S608 (a name of the catalogue)
    if on:
        session.run(on)


def _short(text: str) -> str:
    return " ".join(text.split())[:60]
