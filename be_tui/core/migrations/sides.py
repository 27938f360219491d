"""A schema by what describes it: a file of DDL, a folder of migrations, a database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.findings import Finding
    from be_tui.core.migrations.model import FormatName, Migration
    from be_tui.core.schema import Schema
    from be_tui.core.sqltext import Statement, Target, Unread


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference."""

    schema: Schema
    target: Target
    said: str
    """What it was read from, in a few words: `14 tables after 23 migrations of db/migrate`."""

    unread: tuple[tuple[str, Unread], ...] = ()
    """Statements that could not be taken in, each with its file."""

    findings: tuple[Finding, ...] = ()
    """What is wrong with a folder of migrations."""

    folder: str = ""
    """The folder of migrations; empty for anything else."""

    format: FormatName | None = None


def read_side(where: str, target: Target | None = None, form: FormatName | None = None) -> Side:
    """Read a schema.

    Args:
        where: The URL of a database, which is only read, a file of SQLite or of DDL, or a folder
            of migrations, all of which are taken to be run.
        target: The engine; told by the database or the folder, or guessed from the SQL.
        form: Whose layout a folder is in; found out where it is not said.

    Raises:
        InputError: It cannot be read, or holds no table.
    """
    from be_tui.core.schema import is_sqlite_file

    if "://" in where or where.startswith("sqlite:") or is_sqlite_file(where):
        return _live(where)
    if Path(where).is_dir():
        return _folder(where, target, form)
    return _file(where, target)


def side_of_text(text: str, target: Target, path: str, said: str) -> Side:
    """Give the side that a text of DDL describes."""
    from be_tui.core.sqltext import split

    return _of(((path, each) for each in split(text, target.engine)), target, said)


def _live(where: str) -> Side:
    from be_tui.core.schema import read_live

    read = read_live(where)
    unread = tuple((read.shown, each) for each in read.unread)
    said = f"{counted(read.schema)} of {Path(read.shown).name or read.shown}"
    return Side(read.schema, read.target, said, unread)


def _file(where: str, target: Target | None) -> Side:
    from be_tui.core.sqltext import guess, read_sql

    text = read_sql(where)
    side = side_of_text(text, target or guess(text), where, "")
    if not (side.schema.tables or side.schema.views or text.strip() == ""):
        raise InputError("no table is made in it", where=where, hint="give DDL")
    said = f"{counted(side.schema)} of {Path(where).name}"
    unread = [*side.unread]
    if side.target.engine == "postgresql":
        from be_tui.core.migrations.files import for_psql

        unread += [(where, each) for each in for_psql(text)]
    return Side(side.schema, side.target, said, tuple(unread))


def _folder(where: str, target: Target | None, form: FormatName | None) -> Side:
    from be_tui.core.migrations.files import read_migrations

    history = read_migrations([where], form, target)
    side = _of(_run(history.migrations), history.target, "")
    count = len(history.migrations)
    plural = "" if count == 1 else "s"
    said = f"{counted(side.schema)} after {count} migration{plural} of {Path(where).name}"
    return Side(
        schema=side.schema,
        target=history.target,
        said=said,
        unread=(*side.unread, *_unread(history.migrations)),
        findings=history.findings,
        folder=history.folder,
        format=history.format,
    )


def _run(migrations: Iterable[Migration]) -> Iterator[tuple[str, Statement]]:
    for migration in migrations:
        for each in migration.up.statements:
            yield migration.up.path, each.statement


def _unread(migrations: Iterable[Migration]) -> Iterator[tuple[str, Unread]]:
    for migration in migrations:
        for each in migration.up.unread:
            yield migration.up.path, each


def _of(statements: Iterable[tuple[str, Statement]], target: Target, said: str) -> Side:
    from be_tui.core.schema.state import open_state

    state = open_state(target)
    unread = []
    for path, statement in statements:
        found = state.apply(statement, path)
        if found is not None:
            unread.append((path, found))
    return Side(state.schema(), target, said, tuple(unread))


def counted(schema: Schema) -> str:
    """Give how many tables there are, in words."""
    count = len(schema.tables)
    return f"{count} table{'' if count == 1 else 's'}"
