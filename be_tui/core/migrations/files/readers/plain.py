"""Files of SQL without marks: raw ones, diesel's, golang-migrate's and sqlx's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from be_tui.core.migrations.files.numbering import LONGEST_NUMBER, in_order, number_of
from be_tui.core.migrations.files.scripts import by_engine, script_of, sent_whole, words_of
from be_tui.core.migrations.model import Migration, Script

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import FormatName, Wrapping
    from be_tui.core.sqltext import Target

Direction = Literal["up", "down"]

_MIGRATE = re.compile(r"(?P<version>\d+)_(?P<title>.*)\.(?P<direction>down|up)\.(?P<ending>.*)")
_SQLX = re.compile(r"(?P<version>\d+)_(?P<title>.*?)(?:\.(?P<direction>down|up))?\.sql")
_RAW = re.compile(r"(?P<stem>.+?)(?:[._\-](?P<direction>up|down))?\.(?:sql|psql|pgsql|ddl)", re.I)
_STEM = re.compile(r"(?P<version>\d+(?:[._\-]\d+)*)?(?:(?<=\d)[_\-. ]+)?(?P<title>.*)")
_DIESEL = re.compile(r"(?P<version>\d{4}-\d{2}-\d{2}-\d{6}(?:-\d{4})?|\d+)_(?P<title>.+)")
_NO_TRANSACTION = "-- no-transaction"
_ALONE = re.compile(r"^\s*run_in_transaction\s*=\s*false\b", re.M)


@dataclass(frozen=True, slots=True)
class _File:
    """One file, by its name."""

    name: str
    key: str
    """What both directions share."""

    version: str
    title: str
    direction: Direction


def read_golang_migrate(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read golang-migrate's: one file a direction, ordered by number."""
    files = []
    for name in folder.top(""):
        found = _MIGRATE.fullmatch(name)
        if found and len(found["version"]) <= LONGEST_NUMBER:
            direction: Direction = "up" if found["direction"] == "up" else "down"
            files.append(
                _File(name, str(int(found["version"])), found["version"], found["title"], direction)
            )
        elif name.endswith(".sql"):
            _pass_over(folder, name, "golang-migrate")
    return _paired(folder, files, target, "golang-migrate")


def read_sqlx(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read sqlx's: `<number>_<title>.sql`, or one file a direction."""
    files = []
    for name in folder.top(".sql"):
        found = _SQLX.fullmatch(name)
        if found and len(found["version"]) <= LONGEST_NUMBER:
            direction: Direction = "down" if found["direction"] == "down" else "up"
            files.append(
                _File(name, str(int(found["version"])), found["version"], found["title"], direction)
            )
        else:
            _pass_over(folder, name, "sqlx")
    return _paired(folder, files, target, "sqlx")


def read_sql(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read SQL that no tool is known to run, and diesel's folders, in the order of their names."""
    files = []
    for name in folder.names:
        where, _, last = name.rpartition("/")
        if last in {"up.sql", "down.sql"} and where:
            found = _DIESEL.fullmatch(where.rpartition("/")[2])
            version, title = (found["version"], found["title"]) if found else ("", where)
            files.append(_File(name, where, version, title, "up" if last == "up.sql" else "down"))
        elif "/" not in name and (found := _RAW.fullmatch(name)):
            given = (found["direction"] or "up").lower()
            direction: Direction = "down" if given == "down" else "up"
            parts = _STEM.fullmatch(found["stem"])
            version, title = (parts["version"] or "", parts["title"]) if parts else ("", name)
            files.append(_File(name, found["stem"], version, title, direction))
    return _paired(folder, files, target, "sql")


def _pass_over(folder: Folder, name: str, tool: str) -> None:
    message = f"{tool} passes over a file of this name"
    folder.find("migration-name", name, message, severity="warning")


def _paired(
    folder: Folder, files: Iterable[_File], target: Target, form: FormatName
) -> tuple[Migration, ...]:
    pairs: dict[str, dict[Direction, _File]] = {}
    for file in files:
        other = pairs.setdefault(file.key, {}).setdefault(file.direction, file)
        if other is not file:
            message = f"has the version {file.version or file.key} of {other.name}"
            folder.find("migration-duplicate", file.name, message)
    migrations = []
    for pair in pairs.values():
        up, down = pair.get("up"), pair.get("down")
        if up is None:
            only = pair["down"]
            message = "takes back what no file brings: there is no `up` beside it"
            folder.find("migration-half", only.name, message)
            continue
        forward = _script(folder, up, target, form)
        if forward is not None:
            back = _script(folder, down, target, form) if down else None
            path = forward.path if "/" not in up.name else folder.shown(up.name.rpartition("/")[0])
            migrations.append(Migration(form, up.version, words_of(up.title), path, forward, back))
    if form == "sql":
        return _by_name(folder, migrations)
    return in_order(folder, migrations, lambda each: number_of(each.version))


def _script(folder: Folder, file: _File, target: Target, form: FormatName) -> Script | None:
    text = folder.text(file.name)
    if text is None:
        return None
    wrapping = _wrapping(folder, file, text, form)
    script = script_of(folder.shown(file.name), text, target, by_engine(wrapping, target))
    if form == "golang-migrate" and target.engine != "sqlite":
        return sent_whole(script, target)
    # What sqlx and diesel run without a transaction they send as it is, at once.
    return sent_whole(script, target) if wrapping == "none" else script


def _wrapping(folder: Folder, file: _File, text: str, form: FormatName) -> Wrapping:
    if form == "sqlx":
        return "none" if text.startswith(_NO_TRANSACTION) else "one"
    if form == "golang-migrate":
        return "one"
    where = file.name.rpartition("/")[0]
    if not where or not _DIESEL.fullmatch(where.rpartition("/")[2]):
        return "unknown"
    settings = f"{where}/metadata.toml"
    text = (folder.text(settings) if folder.has(settings) else "") or ""
    return "none" if _ALONE.search(text) else "one"


def _by_name(folder: Folder, migrations: list[Migration]) -> tuple[Migration, ...]:
    """Order as names are, or by their numbers where all begin with one."""
    named = sorted(migrations, key=lambda each: each.path)
    if not all(each.version for each in migrations):
        return tuple(named)
    numbered = sorted(migrations, key=lambda each: (number_of(each.version), each.path))
    if numbered != named:
        first = next(one for one, other in zip(named, numbered, strict=True) if one != other)
        message = "stands elsewhere by its number than by its name; its number is followed"
        folder.find("migration-order", _name(folder, first), message, severity="warning")
    return in_order(folder, numbered, lambda each: number_of(each.version))


def _name(folder: Folder, migration: Migration) -> str:
    return migration.path.removeprefix(folder.shown("x")[:-1])
