"""The texts to check: files of SQL, folders of them, and programs whose literals are SQL."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.checking.literals import LANGUAGES, literals, made_names
from be_tui.core.checking.meant import (
    PLAIN_WORDS,
    engine_of,
    is_tried,
    runs_once,
    strange,
    upwards,
)
from be_tui.core.checking.texts import Text
from be_tui.core.errors import InputError
from be_tui.core.schema import is_sqlite_file, read_schema, read_sqlite
from be_tui.core.sqltext import guess, read_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.schema import SchemaRead
    from be_tui.core.sqltext import Target

MOST_FILES = 20_000
_SKIPPED = frozenset(
    {"node_modules", "vendor", "venv", "__pycache__", "site-packages", "dist", "build", "target"}
)
_TELLING = 2
"""Parts of the path of a folder that is named which tell of its files: `migrations/mysql`."""

_MAKES_TABLE = re.compile(r"(?:\s*--[^\n]*\n)*\s*CREATE\s+(?:\w+\s+){0,2}(?:TABLE|VIEW)\b", re.I)
_BY_TEXT = re.compile(r"'\s*ALTER\s+TABLE\s[^;']*|\bCALL\s[^;]*", re.I)
"""What a script runs that it puts together itself: which columns a table has is not known then."""

_NAME = re.compile(r"\w+")
_NUMBER = re.compile(r"(\d+)")
_DATED = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)-(\d{6})(?!\d)")
"""How diesel dates its folders; those that were made before have the same number in one."""

_HELD = re.compile(r"\.sql(?:\.(?:postgres|postgresql|mysql|mariadb|sqlite3?))?$")
"""How a file of SQL ends; some name the engine last."""

_BACK = re.compile(
    r"(?:\.down|\.undo|\.rollback)\.sql$|(?:^|/)(?:down|undo)\.sql$"
    r"|(?:^|/)(?:rollbacks?|downgrades?)(?:[_-]\w+)?/",
    re.I,
)


def gather(paths: Iterable[str]) -> tuple[Text, ...]:
    """Give the texts of files and folders; `-` is standard input.

    Raises:
        InputError: A path that was named cannot be read, or a folder holds no SQL.
    """
    found: list[Text] = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            inside = _inside(path)
            if not any(text.sql or text.trouble or text.note for text in inside):
                hint = "SQL stands in .sql files, or in literals of Python, TypeScript, Java, Go"
                raise InputError("no SQL in this folder", where=path, hint=hint)
            found += inside
        else:
            found += _texts(path)
    return tuple(found)


def _inside(folder: str) -> list[Text]:
    """Give the texts of a folder; files of engines that are not known are told in one line each."""
    folder = folder.rstrip("/\\") or folder
    found: list[Text] = []
    others: dict[str, list[str]] = {}
    for path in _files(folder):
        inner = str(Path("/", *Path(folder).parts[-_TELLING:], path[len(folder) :].lstrip(os.sep)))
        target, other = engine_of(inner)
        if other and (_HELD.search(path) or other not in PLAIN_WORDS):
            others.setdefault(other, []).append(path)
            continue
        for text in _quietly(path, inner):
            if _HELD.search(path) and (engine := strange(text.sql)):
                others.setdefault(engine, []).append(path)
                found.append(Text(path, "", made=made_names(text.sql)))
            else:
                tried = is_tried(path[len(folder) :]) or _is_regressed(path)
                found.append(replace(text, target=text.target or target, is_tried=tried))
    for engine, paths in others.items():
        named = [path for path in paths if _HELD.search(path)]
        if named:
            more = "" if len(named) == 1 else f", and of {len(named) - 1:,} more files"
            said = f"the SQL of this file{more} is for {engine}, which is not checked"
            found.append(Text(named[0], "", note=said))
    return found


def _is_regressed(path: str) -> bool:
    """Tell whether what a script should print stands beside it, as tests of extensions do."""
    file = Path(path)
    return file.suffix == ".sql" and (file.parent.parent / "expected" / f"{file.stem}.out").exists()


def gather_schema(path: str, target: Target | None) -> SchemaRead:
    """Give the schema of a file of DDL, a folder of them, or a file of SQLite.

    Raises:
        InputError: It cannot be read.
    """
    if is_sqlite_file(path):
        return read_sqlite(path)
    if Path(path).is_dir():
        files = [each for each in _files(path) if _HELD.search(each)]
        text = ";\n".join(upwards(read_sql(each)) for each in files)
    else:
        text = upwards(read_sql(path))
    read = read_schema(text, target or guess(text), path)
    unsure = {name.casefold() for found in _BY_TEXT.findall(text) for name in _NAME.findall(found)}
    tables = tuple(
        replace(table, complete=table.complete and table.name.folded not in unsure)
        for table in read.schema.tables
    )
    return replace(read, schema=replace(read.schema, tables=tables))


def misses_tables(read: SchemaRead) -> bool:
    """Tell whether a table of a schema could not be read: others may be there than are known."""
    return any(_MAKES_TABLE.match(each.statement.text) for each in read.unread)


def _texts(path: str, inner: str = "") -> tuple[Text, ...]:
    """Give a file's texts; what its path tells is read from the part within a folder."""
    name = "standard input" if path == "-" else path
    text = read_sql(path)
    once = runs_once(inner or path)
    text = upwards(text)
    if Path(path).suffix in LANGUAGES:
        found = [replace(each, is_once=once) for each in literals(text, path)]
        made = made_names(text)
        return (*found, *((Text(name, "", made=made),) if made else ()))
    return (Text(name, text, is_once=once),)


def _quietly(path: str, inner: str) -> tuple[Text, ...]:
    """Give a file's texts; a file of SQL that cannot be read costs itself only."""
    try:
        return _texts(path, inner)
    except InputError as error:
        return (Text(path, "", trouble=error.message),) if _HELD.search(path) else ()


def _files(folder: str) -> list[str]:
    """Give the files of a folder that can hold SQL, as people number them: V2 before V10."""
    found: list[str] = []
    for path in _walk(folder):
        if len(found) >= MOST_FILES:
            break
        found.append(path)
    return sorted(found, key=_in_order)


def _walk(folder: str) -> Iterator[str]:
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(
            each for each in folders if each not in _SKIPPED and not each.startswith(".")
        )
        beside = {name.lower() for name in files}
        for name in sorted(files):
            path = f"{top}{os.sep}{name}"
            back = _BACK.search(path) is not None or _undoes(name.lower(), beside)
            held = _HELD.search(name) and not back
            if held or Path(name).suffix in LANGUAGES:
                yield path


def _undoes(name: str, beside: set[str]) -> bool:
    """Tell whether a script drops what one beside it makes: `DropTables` and `CreateTables`."""
    return name.startswith("drop") and f"create{name.removeprefix('drop')}" in beside


def _in_order(path: str) -> list[tuple[int, str]]:
    dated = _DATED.sub(r"\1\2\3\4", path)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(dated)]
