"""Writes a new migration in a tool's own files, numbered after what stands in the folder."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.files import FileSet, NewFile
from be_tui.core.migrations.files.detecting import detect
from be_tui.core.migrations.files.folder import Folder
from be_tui.core.migrations.files.parts import parts_of
from be_tui.core.migrations.files.reading import read_in
from be_tui.core.migrations.files.writers.site import Site

if TYPE_CHECKING:
    from datetime import datetime

    from be_tui.core.migrations.files.model import NewMigration
    from be_tui.core.migrations.model import FormatName

_WRITERS: dict[FormatName, tuple[str, str]] = {
    "sql": ("sqlfiles", "raw"),
    "golang-migrate": ("sqlfiles", "paired"),
    "sqlx": ("sqlfiles", "sqlx"),
    "dbmate": ("sqlfiles", "dbmate"),
    "goose": ("sqlfiles", "goose"),
    "flyway": ("sqlfiles", "flyway"),
    "atlas": ("sqlfiles", "atlas"),
    "prisma": ("kept", "prisma"),
    "drizzle": ("kept", "drizzle"),
    "sqitch": ("kept", "sqitch"),
    "alembic": ("python", "alembic"),
    "django": ("python", "django"),
    "liquibase": ("liquibase", "liquibase"),
    "knex": ("programs", "knex"),
    "typeorm": ("programs", "typeorm"),
    "rails": ("programs", "rails"),
}
"""The module and function of each format."""


def write(
    new: NewMigration,
    form: FormatName,
    folder: str | Path,
    at: datetime,
    author: str = "be-tui",
) -> FileSet:
    """Give the files of a new migration, with paths relative to `folder`.

    Files that stand there are never changed but for those that list all others: a journal, a
    plan, a sum, a changelog.

    Args:
        new: What is to be run.
        form: Whose layout it is written in.
        folder: The folder of migrations, or the project's; it need not exist yet.
        at: When it is made, which orders it in formats that go by time.
        author: Who is named by formats that name somebody.

    Raises:
        InputError: The tool cannot run it, or what stands there cannot be followed.
    """
    parts = parts_of(new, form)
    root = Path(folder)
    inner = root
    if root.is_dir():
        found = detect(root)
        if found is not None and found.format == form:
            inner = Path(found.folder)
    here = Folder(inner, to_be=True)
    standing = read_in(here, form, new.target)
    module, name = _WRITERS[form]
    writer = getattr(import_module(f"be_tui.core.migrations.files.writers.{module}"), name)
    files: list[NewFile] = writer(Site(here, new.target, at, author, standing, form), parts)
    prefix = "" if inner == root else f"{inner.relative_to(root).as_posix()}/"
    for file in files:
        name = file.path
        if here.has(name) and name not in _LISTS and not name.endswith(_CHANGELOGS):
            raise InputError("is there already", where=here.shown(name), hint="give another title")
    return FileSet(tuple(NewFile(prefix + file.path, file.text) for file in files))


_LISTS = frozenset({"atlas.sum", "meta/_journal.json", "sqitch.plan"})
"""Files that list all others, and so change with each."""

_CHANGELOGS = (".xml", ".yaml", ".yml", ".json")
