"""Reads migrations: finds whose they are, for which engine, and gives them in order."""

from __future__ import annotations

import posixpath
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.findings import Finding, Place
from be_tui.core.migrations.files.detecting import detect, folder_of, formats_shown
from be_tui.core.migrations.files.engines import engine_of
from be_tui.core.migrations.files.folder import Folder
from be_tui.core.migrations.files.model import History

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from be_tui.core.migrations.model import FormatName, Migration
    from be_tui.core.sqltext import Target

_READERS: dict[FormatName, tuple[str, str]] = {
    "sql": ("plain", "read_sql"),
    "golang-migrate": ("plain", "read_golang_migrate"),
    "sqlx": ("plain", "read_sqlx"),
    "dbmate": ("marked", "read_dbmate"),
    "goose": ("marked", "read_goose"),
    "flyway": ("flyway", "read"),
    "prisma": ("numbered", "read_prisma"),
    "drizzle": ("numbered", "read_drizzle"),
    "atlas": ("atlas", "read"),
    "sqitch": ("sqitch", "read"),
    "alembic": ("alembic", "read"),
    "django": ("django", "read"),
    "knex": ("web", "read_knex"),
    "typeorm": ("web", "read_typeorm"),
    "rails": ("rails", "read"),
    "liquibase": ("liquibase", "read"),
}
"""The module and function of each format; none is imported before its format is read."""


def read_migrations(
    paths: Sequence[str | Path],
    form: FormatName | None = None,
    target: Target | None = None,
) -> History:
    """Read a folder of migrations, or some of a folder's files.

    Args:
        paths: One folder, or files of one folder; of these only they are given, in its order.
        form: Whose layout it is; found out where it is not said.
        target: What the SQL is for; told by the tool's settings, or guessed from the SQL.

    Raises:
        InputError: A path is not there, they are of several folders, or hold no migration.
    """
    if not paths:
        raise InputError("no migration was named", hint="name a folder or files")
    homes = dict.fromkeys(folder_of(path) for path in paths)
    if len(homes) > 1:
        shown = " and ".join(list(homes)[:2])
        raise InputError(f"files of several folders: {shown}", hint="name those of one folder")
    (home,) = homes
    files = [str(path) for path in paths if not Path(path).is_dir()]
    whole = len(files) < len(paths)
    form, home = _layout(home, form, files)
    folder = Folder(home)
    loose = [Path(file).name for file in files] if form == "sql" and not whole else []
    target = target or engine_of(folder, form, loose)
    if loose:
        folder.keep_only(loose)
    _tell_mixed(folder, form)
    folder.asked.clear()
    migrations = read_in(folder, form, target)
    findings: Iterable[Finding] = folder.findings
    if not whole:
        migrations = tuple(each for each in migrations if _is_of(each, files))
        findings = [each for each in findings if each.place.path in _normal(files)]
        findings += _of_nothing(files, folder, migrations, findings)
    return History(form, home, target, migrations, tuple(dict.fromkeys(findings)))


def read_in(folder: Folder, form: FormatName, target: Target) -> tuple[Migration, ...]:
    """Read an opened folder as one format; findings stand in the folder."""
    module, name = _READERS[form]
    reader = import_module(f"be_tui.core.migrations.files.readers.{module}")
    migrations: tuple[Migration, ...] = getattr(reader, name)(folder, target)
    return migrations


def _layout(home: str, form: FormatName | None, files: list[str]) -> tuple[FormatName, str]:
    """Give the format and the folder in which the migrations themselves stand."""
    found = detect(home)
    if form is not None:
        return form, found.folder if found is not None and found.format == form else home
    if found is None:
        hint = "name the folder that holds them, or the format"
        raise InputError("no migration was found", where=home, hint=hint)
    return found.format, home if files else found.folder


def _tell_mixed(folder: Folder, form: FormatName) -> None:
    """Tell of files that are another tool's than the folder."""
    if form == "sql":
        return
    for name, shown in formats_shown(folder):
        if shown != form and not {shown, form} <= {"sqlx", "golang-migrate"}:
            message = f"is {shown}'s, in a folder of {form}'s; it is not read"
            folder.find("migration-mixed-folder", name, message, severity="warning")


def _of_nothing(
    files: list[str], folder: Folder, migrations: Iterable[Migration], found: Iterable[Finding]
) -> Iterator[Finding]:
    """Tell of files that were named and that nothing was read of: nobody is to think them sound."""
    told = {each.place.path for each in found} | set(map(folder.shown, folder.asked))
    for file in files:
        (path,) = _normal([file])
        if path not in told and not any(_is_of(each, [file]) for each in migrations):
            message = "is no migration, so nothing of it is read"
            yield Finding("migration-name", "warning", Place(path), message)


def _is_of(migration: Migration, files: list[str]) -> bool:
    own = {migration.path, migration.up.path, migration.down.path if migration.down else ""}
    return bool(own & _normal(files))


def _normal(files: list[str]) -> set[str]:
    return {posixpath.join(folder_of(file), _within(file)) for file in files}


def _within(file: str) -> str:
    return Path(file).relative_to(folder_of(file)).as_posix()
