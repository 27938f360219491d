"""What was asked for, as migrations to report on and what they are read against."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.migrations.checks.checking import Against
from be_tui.core.migrations.files import folder_of, read_migrations
from be_tui.core.schema import Schema
from be_tui.core.sqltext import Target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.findings import Finding
    from be_tui.core.migrations.files import History
    from be_tui.core.migrations.model import FormatName, Migration
    from be_tui.core.project import Since
    from be_tui.core.schema import SchemaRead
    from be_tui.core.sqltext import Unread
    from be_tui.core.statistics import Statistics

_MAKES_NONE = re.compile(
    r"(?:GRANT|REVOKE|COMMENT|SET|INSERT|UPDATE|DELETE|COPY|ALTER|DROP"
    r"|CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE|TRIGGER|POLICY|EVENT|(?:UNIQUE\s+)?INDEX))\b",
    re.I,
)
"""How a statement begins that makes no table and no view."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person names."""

    paths: tuple[str, ...]
    """Files and folders of migrations."""

    schema: str = ""
    """DDL of the tables before them: a file, a folder, a file of SQLite."""

    database: str = ""
    """The URL of a database that stands as it is before them; only read."""

    base: str = ""
    """A revision of git: only migrations that changed since."""

    statistics: str = ""
    """What `pg_dump --statistics-only` wrote."""

    target: Target | None = None
    form: FormatName | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Migrations of one folder."""

    folder: str
    migrations: tuple[Migration, ...]
    target: Target
    against: Against
    all_of_them: tuple[Migration, ...] = ()
    """Every migration of the folder, in order."""

    findings: tuple[Finding, ...] = ()
    """What is wrong with the folder itself."""

    since: Since | None = None
    texts: dict[str, str] = field(default_factory=dict)
    """Files that were read, by their paths."""

    def text_of(self, path: str) -> str:
        """Give the text of a migration's file; nothing where it cannot be read."""
        if path not in self.texts:
            try:
                text = Path(path).read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self.texts[path] = text
        return self.texts[path]


def open_jobs(asked: Asked) -> tuple[Job, ...]:
    """Give the migrations that were asked for, folder by folder.

    Raises:
        InputError: A path, the schema, the database or the revision cannot be read.
    """
    homes: dict[str, list[str]] = {}
    for path in asked.paths:
        homes.setdefault(folder_of(path), []).append(path)
    given, target = _given(asked)
    statistics = None
    if asked.statistics:
        from be_tui.core.sqltext import read_sql
        from be_tui.core.statistics import read_dump

        statistics = read_dump(read_sql(asked.statistics), asked.statistics)
    return tuple(
        _job(replace(asked, target=target), paths, given, statistics) for paths in homes.values()
    )


def _given(asked: Asked) -> tuple[SchemaRead | None, Target | None]:
    """Give the schema that was named, with what of it could not be read."""
    if asked.database:
        from be_tui.core.schema import SchemaRead, read_live

        live = read_live(asked.database)
        return SchemaRead(live.schema, live.unread), asked.target or live.target
    return _described(asked.schema, asked.target) if asked.schema else (None, asked.target)


def _described(path: str, target: Target | None) -> tuple[SchemaRead, Target | None]:
    """Give the schema of a file of DDL, of PostgreSQL's by its own grammar."""
    from be_tui.core.migrations.files import for_psql
    from be_tui.core.schema import SchemaRead, is_sqlite_file
    from be_tui.core.schema.state import schema_of_statements
    from be_tui.core.sqltext import guess, read_sql, split

    if not is_sqlite_file(path) and Path(path).is_file():
        text = read_sql(path)
        known = target or guess(text)
        if known.engine == "postgresql":
            schema, unread = schema_of_statements(split(text, "postgresql"), known, path)
            found = SchemaRead(schema, (*unread, *for_psql(text)))
            return _with_tables(found, path), known
    from be_tui.core.checking import gather_schema

    read = gather_schema(path, target)
    lite = target is None and is_sqlite_file(path)
    return _with_tables(read, path), Target("sqlite") if lite else target


def _with_tables(read: SchemaRead, path: str) -> SchemaRead:
    if not (read.schema.tables or read.schema.views):
        raise InputError("no table is made in it", where=path, hint="give DDL")
    return read


def _job(
    asked: Asked, paths: list[str], given: SchemaRead | None, statistics: Statistics | None
) -> Job:
    named = read_migrations(paths, asked.form, asked.target)
    whole = _whole(asked, paths, named)
    migrations = _in_order(whole, named)
    since = None
    if asked.base:
        from be_tui.core.project import changed_since

        since = changed_since(Path(named.folder), asked.base)
        migrations = tuple(each for each in migrations if _changed(each, since))
    first = whole.index(migrations[0]) if migrations and migrations[0] in whole else 0
    before = () if given is not None else whole[:first]
    schema = given.schema if given is not None else Schema()
    against = Against(schema, before, _is_complete(given, named), statistics)
    return Job(named.folder, migrations, named.target, against, whole, named.findings, since)


def _is_complete(given: SchemaRead | None, named: History) -> bool | None:
    """Tell whether there is nothing but what is known; None to find out."""
    if given is None:
        # The apps of a Django project refer to each other, and one is read at a time.
        return False if named.format == "django" else None
    return not _may_hold_more(given.unread)


def _may_hold_more(unread: Iterable[Unread]) -> bool:
    """Tell whether what could not be read may have made tables or views."""
    from be_tui.core.schema.state import NotThere

    return any(
        not isinstance(each, NotThere) and not _MAKES_NONE.match(each.statement.text)
        for each in unread
    )


def _whole(asked: Asked, paths: list[str], named: History) -> tuple[Migration, ...]:
    """Give all migrations of the folder; of plain SQL only where numbers tell an order."""
    if any(Path(path).is_dir() for path in paths):
        return named.migrations
    if named.format == "sql" and not all(each.version for each in named.migrations):
        return named.migrations
    try:
        found = read_migrations([named.folder], asked.form or named.format, named.target)
    except InputError:
        return named.migrations
    return found.migrations


def _in_order(whole: tuple[Migration, ...], named: History) -> tuple[Migration, ...]:
    paths = {each.path for each in named.migrations}
    found = tuple(each for each in whole if each.path in paths)
    return found if len(found) == len(named.migrations) else named.migrations


def _changed(migration: Migration, since: Since) -> bool:
    from be_tui.core.migrations.checks.workflow import is_in

    return is_in(migration, since.added) or is_in(migration, since.changed)
