"""What a person gives, made into a question and a judge: files, a schema, statistics, a database.

The schema comes from a file, a database, or the DDL among the queries; what is known of rows from
a file of statistics or from the database, and rules of thumb stand in for what nobody measured.
Nothing is written anywhere but into a copy on a server that is named for it, and no row of a server
is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError
from be_tui.core.indexes.advising import Question
from be_tui.core.indexes.choosing import UNLIMITED
from be_tui.core.schema import Schema, is_sqlite_file, read_live, read_schema
from be_tui.core.sqltext import Target, marked, parse_target, read_sql
from be_tui.core.statistics import (
    Statistics,
    assume,
    checked,
    holds_statistics,
    is_written,
    read_dump,
    read_mysql_statistics,
    read_sqlite_statistics,
    read_written,
)
from be_tui.core.whatif import Given, Picked, open_judge
from be_tui.core.workloads import merged, workload_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.indexes.choosing import Limits
    from be_tui.core.sqltext import Unread

_STATISTICS = "pg_dump --statistics-only, of PostgreSQL 18 or with its pg_dump, or YAML of your own"


@dataclass(frozen=True, slots=True)
class Text:
    """A file of queries, read."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What is given."""

    files: tuple[Text, ...]
    schema: str = ""
    """The path of DDL or of a file of SQLite."""

    target: Target | None = None
    """None where the engine is to be told by the texts."""

    database: str = field(default="", repr=False)
    """A URL, or the path of a file of SQLite."""

    statistics: str = ""
    """The path of a dump of statistics, of a file of SQLite, or of YAML or JSON of one's own."""

    copy: str = field(default="", repr=False)
    """The URL of a server of MariaDB or MySQL on which a copy of the tables may be made."""

    limits: Limits = UNLIMITED
    writes: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what its judge is opened with."""

    question: Question
    given: Given
    unread: tuple[Unread, ...] = ()
    """Statements of the schema that could not be read."""

    def open(self) -> Picked:
        """Open the best judge there is; whoever takes it closes it.

        Raises:
            InputError: The database cannot be reached.
        """
        return open_judge(self.given)


@dataclass(frozen=True, slots=True)
class _Tables:
    schema: Schema
    target: Target
    ddl: str = ""
    statistics: Statistics | None = None
    unread: tuple[Unread, ...] = ()


def read_file(path: str) -> Text:
    """Read a file of queries; `-` is standard input.

    Raises:
        InputError: It cannot be read.
    """
    return Text(read_sql(path), "standard input" if path == "-" else path)


def ask(sources: Sources) -> Asked:
    """Give the question that somebody asks.

    Raises:
        InputError: Something cannot be read, there are no tables, or a table is not among them.
    """
    tables = _tables(sources)
    if not tables.schema.tables:
        hint = "give --schema FILE or --database URL, or put CREATE TABLE into the file"
        raise InputError("no tables are known: there is nothing to make an index on", hint=hint)
    for name, _ in sources.writes:
        if tables.schema.table(name) is None:
            raise InputError(f"there is no table {name!r}", where="--writes")
    found = _statistics(sources.statistics, tables) if sources.statistics else tables.statistics
    target = tables.target
    workload = merged(workload_of(each.text, each.path, target) for each in sources.files)
    question = Question(
        workload=workload,
        schema=tables.schema,
        target=target,
        statistics=assume(tables.schema, target.engine, found),
        limits=sources.limits,
        writes=sources.writes,
    )
    # Of a server that is named the clone takes all it needs by itself, the planner's settings too.
    url = "" if sources.statistics or is_sqlite_file(sources.database) else sources.database
    ddl = "" if url and target.engine == "postgresql" else tables.ddl
    if sources.copy and not target.is_mysql:
        hint = "for MariaDB and MySQL; --dialect says that the tables are of one of them"
        raise InputError(f"tables of {target.engine} are not copied", where="--copy", hint=hint)
    given = Given(target, tables.schema, ddl, found, url if not ddl else "", sources.copy)
    return Asked(question, given, tables.unread)


def _tables(sources: Sources) -> _Tables:
    if sources.schema and is_sqlite_file(sources.schema):
        return _sqlite(sources.schema)
    if sources.schema:
        text = read_sql(sources.schema)
        return _written(text, sources.schema, sources.target or _guessed([text], sources))
    if sources.database and is_sqlite_file(sources.database):
        return _sqlite(sources.database)
    if sources.database:
        return _live(sources.database)
    text = ";\n".join(each.text for each in sources.files)
    path = sources.files[0].path if sources.files else ""
    return _written(text, path, sources.target or _guessed([text], sources))


def _guessed(texts: list[str], sources: Sources) -> Target:
    """Give the engine that the tables are written for; the queries tell where they do not.

    Where neither does, it is that of the server on which a copy is wanted.
    """
    target = marked(texts[0]) or marked("\n".join(each.text for each in sources.files))
    if target is None and sources.copy:
        return parse_target(sources.copy.partition(":")[0].partition("+")[0], "--copy")
    return target or Target("postgresql")


def _written(text: str, path: str, target: Target) -> _Tables:
    read = read_schema(text, target, path)
    statistics = read_dump(text, path) if holds_statistics(text) else None
    return _Tables(read.schema, target, _ddl_alone(text, target), statistics, read.unread)


def _ddl_alone(text: str, target: Target) -> str:
    """Give the statements of a text that make something; its queries are none of a schema."""
    from be_tui.core.sqltext import split

    words = ("create", "alter", "drop", "comment", "set ")
    found = (each.text for each in split(text, target.engine))
    return ";\n".join(each for each in found if each.lower().startswith(words))


def _sqlite(path: str) -> _Tables:
    from be_tui.core.databases import open_guarded

    read = read_live(path)
    with open_guarded(path) as database:
        asked = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%'"
        rows = database.run(f"{asked} ESCAPE '!' ORDER BY rowid").rows
    ddl = ";\n".join(str(sql) for (sql,) in rows)
    return _Tables(read.schema, read.target, ddl, read_sqlite_statistics(path), read.unread)


def _live(url: str) -> _Tables:
    read = read_live(url)
    statistics = None
    if read.target.engine == "postgresql":
        from be_tui.core.databases import dump_postgres

        text = dump_postgres(url)
        statistics = read_dump(text, read.shown) if holds_statistics(text) else None
    elif read.target.is_mysql:
        statistics = read_mysql_statistics(url)
    return _Tables(read.schema, read.target, "", statistics, read.unread)


def _statistics(path: str, tables: _Tables) -> Statistics:
    if is_sqlite_file(path):
        return read_sqlite_statistics(path)
    text = read_sql(path)
    if is_written(path):
        return checked(read_written(text, path, tables.target.engine), tables.schema)
    if not holds_statistics(text):
        raise InputError("these are no statistics", where=path, hint=f"write {_STATISTICS}")
    return read_dump(text, path)


def bytes_of(said: str, where: str) -> int:
    """Give the bytes of `150MB`, `2 GB` or `800kB`; a number alone counts megabytes.

    Raises:
        InputError: It is no size.
    """
    number, unit = _apart(said.strip())
    try:
        found = float(number) * _UNITS[unit.lower()]
    except (KeyError, ValueError):
        found = -1.0
    if not 0 < found < _MOST:
        raise InputError(f"expected a size such as 150MB, found {said!r}", where=where)
    return int(found)


_UNITS = {"": 1e6, "kb": 1e3, "mb": 1e6, "m": 1e6, "gb": 1e9, "g": 1e9, "tb": 1e12}
_MOST = 1e15


def _apart(said: str) -> tuple[str, str]:
    number = said.rstrip("kKmMgGtTbB")
    return number.strip().replace("_", ""), said[len(number) :]


def written_rows(said: Iterable[str], where: str) -> tuple[tuple[str, float], ...]:
    """Give the rows written to tables, of `posts=1000`.

    Raises:
        InputError: One is not of this form.
    """
    found: list[tuple[str, float]] = []
    for each in said:
        table, equals, number = each.partition("=")
        plain = number.replace("_", "").replace(",", "")
        if not equals or not table or not plain.isascii() or not plain.isdigit():
            message = f"expected TABLE=ROWS such as posts=1000, found {each!r}"
            raise InputError(message, where=where)
        found.append((table.casefold(), float(plain)))
    return tuple(found)
