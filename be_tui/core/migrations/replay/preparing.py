"""What is to be tried, and on which database: read from files, a schema, a database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.migrations.files import folder_of, read_migrations
from be_tui.core.sqltext import Target, parse_target, read_sql

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NoReturn

    from be_tui.core.findings import Finding
    from be_tui.core.migrations.files import History
    from be_tui.core.migrations.model import FormatName, Migration

ROWS = 10_000
"""Rows of each table, where nothing is said."""

SECONDS = 300.0
"""How long one statement may take, where nothing is said."""

_NUMBERED = re.compile(r"[vV]?\d")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said."""

    paths: tuple[str, ...]
    """One folder, or files of one folder."""

    schema: str = ""
    """A file of DDL: the database before the migrations."""

    database: str = ""
    """A URL, or a file of SQLite: the same, read from there. It is only read."""

    engine: str = ""
    """Where to try them, as `open_sandbox` takes it; by the SQL where nothing is said."""

    form: FormatName | None = None
    target: Target | None = None
    """What the SQL is for; found out where it is not said."""

    rows: int = ROWS
    given_rows: Mapping[str, int] = field(default_factory=dict)
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried, and where."""

    where: str
    """The sandbox."""

    target: Target
    ddl: str
    """What makes the database before the migrations; empty where they begin with nothing."""

    before: tuple[Migration, ...]
    """Those of the same folder that come first; empty where there is DDL."""

    migrations: tuple[Migration, ...]
    rows: int = ROWS
    given_rows: Mapping[str, int] = field(default_factory=dict)
    seconds: float = SECONDS
    findings: tuple[Finding, ...] = ()
    """What is wrong with the folder or its files, and what in them is no SQL."""


def prepare(given: Given) -> Trial:
    """Read what is to be tried.

    Raises:
        InputError: A file or database cannot be read, or there is nowhere to try it.
    """
    if given.schema and given.database:
        raise InputError("--schema and --database: give one of them")
    target = given.target or _target_of(given)
    history = read_migrations(given.paths, given.form, target)
    if not history.migrations:
        _refuse_nothing(history, given)
    target = target or history.target
    ddl = ""
    if given.schema:
        ddl = read_sql(given.schema)
    elif given.database:
        ddl, target = _ddl_of(given.database)
    before = () if ddl else _before(given, history.migrations[0], target)
    return Trial(
        where=given.engine or _where(target, given.database),
        target=target,
        ddl=ddl,
        before=before,
        migrations=history.migrations,
        rows=given.rows,
        given_rows=given.given_rows,
        seconds=given.seconds,
        findings=history.findings,
    )


def _refuse_nothing(history: History, given: Given) -> NoReturn:
    """Refuse files of which no migration was read, with the reason where one is known."""
    for each in history.findings:
        place = f"{each.place.path}:{each.place.line}" if each.place.line else each.place.path
        raise InputError(each.message, where=place)
    raise InputError("no migration was found", where=", ".join(given.paths))


def _target_of(given: Given) -> Target | None:
    """Give the engine that a person named by where to try it."""
    if "://" in given.engine:
        from be_tui.core.databases.urls import parse

        return Target(parse(given.engine).engine)
    return parse_target(given.engine, "--engine") if given.engine else None


def _before(given: Given, first: Migration, target: Target) -> tuple[Migration, ...]:
    """Give the migrations of the folder that are run before the first one that was named."""
    files = [path for path in given.paths if not Path(path).is_dir()]
    if len(files) < len(given.paths):
        return ()
    if first.format == "sql" and not _NUMBERED.match(Path(first.path).name):
        # Files without an order have nothing before them.
        return ()
    whole = read_migrations([folder_of(files[0])], given.form, target)
    return whole.before(first.path)


def _ddl_of(database: str) -> tuple[str, Target]:
    """Give the DDL of a database, and what it is."""
    from be_tui.core.databases import dump_postgres
    from be_tui.core.schema import is_sqlite_file, read_live

    if "://" in database and not is_sqlite_file(database):
        from be_tui.core.databases.urls import parse

        url = parse(database)
        if url.engine == "postgresql":
            return dump_postgres(database, statistics=False), _target(database)
        return _shown(database), read_live(database).target
    return _kept(database), Target("sqlite")


def _target(database: str) -> Target:
    from be_tui.core.databases import open_guarded

    with open_guarded(database) as session:
        return parse_target(f"postgresql:{session.version}")


def _kept(path: str) -> str:
    """Give the DDL that a file of SQLite keeps."""
    from be_tui.core.databases import open_guarded

    asked = (
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid"
    )
    with open_guarded(path) as session:
        return ";\n".join(str(sql) for (sql,) in session.run(asked).rows)


def _shown(database: str) -> str:
    """Give the DDL of a database of MariaDB or MySQL, in an order in which it can be run."""
    from be_tui.core.databases import open_guarded
    from be_tui.core.migrations.replay.dumps import written

    order = ("sequence", "table", "function", "procedure", "view", "trigger")
    with open_guarded(database) as session:
        parts = sorted(written(session), key=lambda part: (order.index(part.kind), part.name))
    lines = ["SET foreign_key_checks = 0", *(part.text for part in parts)]
    return ";\n".join((*lines, "SET foreign_key_checks = 1"))


def _where(target: Target, database: str) -> str:
    """Give the sandbox of an engine and version.

    Raises:
        InputError: There is none here.
    """
    if target.engine == "sqlite":
        return "sqlite"
    if target.engine != "postgresql":
        if database:
            return database
        message = f"a server of {target.engine} is needed to try it"
        raise InputError(
            message, hint=f"--engine {target.engine}://user@host/ makes a database there"
        )
    from be_tui.core.databases import majors

    there = majors()
    major = str(target.version[0]) if target.version else ""
    if major and there and major not in there:
        message = f"PostgreSQL {major} is not here to try it on"
        hint = f"--engine postgresql:{there[0]}, or the URL of a server of that version"
        raise InputError(message, hint=hint)
    return f"postgresql:{major}" if major else "postgresql"
