"""Whose layout a folder is in, told by its names and the first words of its files."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.migrations.files.folder import Folder, text_above
from be_tui.core.migrations.files.model import Detected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.migrations.model import FormatName

_LOOKED_AT = 400
"""Files whose first words are read to tell a format."""

_HEAD = 20_000
"""Characters of a file that are looked at."""

_USUAL = (
    *("versions", "migrations", "migrations/versions", "alembic/versions", "db/migrate"),
    *("db/migrations", "prisma/migrations", "drizzle", "database/migrations", "sql/migrations"),
    *("src/main/resources/db/migration", "src/main/resources/db/changelog", "src/migrations"),
    *("src/migration", "db/migration", "db/changelog", "changelog", "sqitch", "deploy"),
)
"""Where a project keeps its migrations, looked into where its own folder has none."""

_SQL_MARKS: tuple[tuple[FormatName, re.Pattern[str]], ...] = (
    ("goose", re.compile(r"^[ \t]*--[ \t]*\+goose\b", re.M)),
    ("dbmate", re.compile(r"^--\s*migrate:(?:up|down)\b", re.M)),
    ("liquibase", re.compile(r"\A\s*--\s*liquibase formatted sql", re.I)),
    ("sqlx", re.compile(r"\A-- no-transaction")),
    ("atlas", re.compile(r"^--[ \t]*atlas:(?:txmode|checkpoint|txtar|delimiter)\b", re.M)),
    ("drizzle", re.compile(r"^--> statement-breakpoint", re.M)),
)
_PYTHON_MARKS: tuple[tuple[FormatName, re.Pattern[str]], ...] = (
    ("django", re.compile(r"^class Migration\(", re.M)),
    ("alembic", re.compile(r"^down_revision\b", re.M)),
)
_WEB_MARKS: tuple[tuple[FormatName, re.Pattern[str]], ...] = (
    ("typeorm", re.compile(r"\bMigrationInterface\b|\bup\s*\(\s*queryRunner\b")),
    ("knex", re.compile(r"\bexports\.up\b|\bexport\s+(?:async\s+)?(?:function|const)\s+up\b")),
)
_RUBY_MARKS: tuple[tuple[FormatName, re.Pattern[str]], ...] = (
    ("rails", re.compile(r"<\s*ActiveRecord::Migration\b")),
)
_LIQUIBASE_MARK = re.compile(r"<(?:\w+:)?databaseChangeLog\b|[\"']?databaseChangeLog[\"']?\s*:")

_FLYWAY_NAME = re.compile(r"(?:[VUB]\d+(?:[._]\d+)*|R)__.+\.sql")
_MIGRATE_NAME = re.compile(r"\d+_.*\.(?:up|down)\.\w+")
_NUMBERED = re.compile(r"\d+_.*\.sql")
_ENDINGS = (".sql", ".py", ".js", ".ts", ".mjs", ".cjs", ".rb", ".xml", ".yaml", ".yml", ".json")


def detect(path: str | Path) -> Detected | None:
    """Tell whose layout a folder of migrations, or a project's folder, is in.

    None where no migration was found. SQL that no tool is known to run is `sql`.

    Raises:
        InputError: There is no such folder.
    """
    own = detect_in(Folder(path))
    if own is not None and own.certain:
        return own
    for name in _USUAL:
        inner = Path(path) / name
        if inner.is_dir():
            found = detect_in(Folder(inner))
            # Files of SQL beside a folder of migrations are its schema, or anything.
            if found is not None and (own is None or own.format == "sql" or found.certain):
                return found
    return own


def detect_in(folder: Folder) -> Detected | None:
    """Tell whose layout the files of this very folder are in."""
    for look in (_by_plan, _by_content, _by_name):
        found = look(folder)
        if found is not None:
            return found
    return None


def folder_of(path: str | Path) -> str:
    """Give the folder of migrations that a file belongs to: two up from Prisma's `migration.sql`.

    Raises:
        InputError: There is no such file.
    """
    file = Path(path)
    if not file.exists():
        raise InputError("there is no such file", where=str(path))
    if file.is_dir():
        return str(path)
    home = file.parent
    if file.name in {"migration.sql", "up.sql", "down.sql"}:
        return str(home.parent)
    if home.name in {"deploy", "revert", "verify"} and (home.parent / "sqitch.plan").is_file():
        return str(home.parent)
    return str(home)


def _by_plan(folder: Folder) -> Detected | None:
    """Tell by the one file that only one tool keeps."""
    plans: tuple[tuple[FormatName, str], ...] = (
        ("sqitch", "sqitch.plan"),
        ("atlas", "atlas.sum"),
        ("drizzle", "meta/_journal.json"),
        ("prisma", "migration_lock.toml"),
    )
    for form, name in plans:
        if folder.has(name):
            return Detected(form, folder.root, name)
    folders = [name for name in folder.names if name.endswith("/migration.sql")]
    if folders:
        snapshot = posixpath.join(posixpath.dirname(folders[0]), "snapshot.json")
        return Detected("drizzle" if folder.has(snapshot) else "prisma", folder.root, folders[0])
    return None


def _by_content(folder: Folder) -> Detected | None:
    """Tell by what the files say, or by Flyway's names, which say as much."""
    shown = dict(formats_shown(folder))
    if not shown:
        return None
    # An earlier name wins a tie, so that the same folder is told the same way each time.
    counts = Counter(shown.values())
    form = max(counts, key=lambda each: counts[each])
    because = next(name for name, each in shown.items() if each == form)
    return Detected(form, folder.root, because)


def formats_shown(folder: Folder) -> Iterator[tuple[str, FormatName]]:
    """Give the format that each file of the folder shows, where one does."""
    names = [name for name in folder.names if name.endswith(_ENDINGS)]
    for name in names[:_LOOKED_AT]:
        form = format_of(folder, name)
        if form is not None:
            yield name, form


def format_of(folder: Folder, name: str) -> FormatName | None:
    """Give the format that one file shows by its words or Flyway's name."""
    last = name.rpartition("/")[2]
    if _FLYWAY_NAME.fullmatch(last):
        return "flyway"
    deep = name.count("/")
    if deep > 1 and not name.endswith((".xml", ".yaml", ".yml")):
        return None
    ending = last.rpartition(".")[2]
    marks = _MARKS.get(ending)
    if marks is None or (deep and ending in {"py", "js", "ts", "mjs", "cjs", "rb"}):
        return None
    text = (folder.text(name) or "")[:_HEAD]
    return next((form for form, mark in marks if mark.search(text)), None)


_LIQUIBASE: tuple[tuple[FormatName, re.Pattern[str]], ...] = (("liquibase", _LIQUIBASE_MARK),)
_MARKS = {
    "sql": _SQL_MARKS,
    "py": _PYTHON_MARKS,
    "rb": _RUBY_MARKS,
    **dict.fromkeys(("js", "ts", "mjs", "cjs"), _WEB_MARKS),
    **dict.fromkeys(("xml", "yaml", "yml", "json"), _LIQUIBASE),
}


def _by_name(folder: Folder) -> Detected | None:
    """Tell by names that several tools share, and by whose language the project is in."""
    paired = next((name for name in folder.top("") if _MIGRATE_NAME.fullmatch(name)), "")
    numbered = next((name for name in folder.top(".sql") if _NUMBERED.fullmatch(name)), "")
    if (paired or numbered) and "sqlx" in text_above(folder.root, "Cargo.toml"):
        return Detected("sqlx", folder.root, paired or numbered)
    if paired:
        known = "golang-migrate" in text_above(folder.root, "go.mod")
        return Detected("golang-migrate", folder.root, paired, certain=known)
    raw = [name for name in folder.names if name.endswith("/up.sql")] or folder.top(".sql")
    return Detected("sql", folder.root, raw[0], certain=False) if raw else None
