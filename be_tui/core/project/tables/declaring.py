"""What a project says of its tables, as DDL: its SQL files as they stand, or an ORM's classes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from be_tui.core.project.gathering import Gathering
from be_tui.core.project.tables.reading import AUTO_FIELD, MODELS, read_schemas, sql_paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from be_tui.core.project.cancel import Cancel
    from be_tui.core.project.tables.model import Schema, Table

_TYPES = {
    "string": "text",
    "str": "text",
    "charfield": "varchar",
    "textfield": "text",
    "emailfield": "varchar",
    "slugfield": "varchar",
    "urlfield": "varchar",
    "autofield": "int",
    "bigautofield": "bigint",
    "integerfield": "int",
    "bigintegerfield": "bigint",
    "smallintegerfield": "smallint",
    "positiveintegerfield": "int",
    "booleanfield": "boolean",
    "bool": "boolean",
    "decimalfield": "numeric",
    "bigdecimal": "numeric",
    "floatfield": "double precision",
    "float": "double precision",
    "datetimefield": "timestamptz",
    "datefield": "date",
    "uuidfield": "uuid",
    "jsonfield": "jsonb",
    "biginteger": "bigint",
    "biginteger()": "bigint",
    "smallinteger": "smallint",
    "long": "bigint",
    "number": "int",
    "localdatetime": "timestamp",
    "offsetdatetime": "timestamptz",
    "instant": "timestamptz",
    "localdate": "date",
    "bytes": "bytea",
    "datetime": "timestamp",
}
"""What ORMs call types, as a database does; what is not here is taken as it is written."""

_TYPE = re.compile(r"[a-z][a-z0-9_ ]*(?:\([0-9, ]*\))?")


@dataclass(frozen=True, slots=True)
class Declared:
    """The tables that a project declares."""

    kind: str
    """`SQL`, `Prisma`, `SQLAlchemy`, ...: what they were read from."""

    ddl: str
    database: str
    """As the project's traits name it: `PostgreSQL`; empty where nothing says it."""

    tables: int
    whole: bool
    """Whether it is the DDL itself; of classes some columns and indexes cannot be seen."""

    files: tuple[tuple[int, str], ...] = ()
    """Of DDL: the line of `ddl` at which each file begins, with its path."""

    def at(self, line: int) -> tuple[str, int]:
        """Give the file that a line of `ddl` is from, empty where there is none, and its line."""
        found = bisect_right(self.files, line, key=itemgetter(0)) - 1
        if found < 0:
            return "", line
        start, path = self.files[found]
        return path, line - start + 1


def declared_tables(root: Path, cancel: Cancel | None = None) -> Declared | None:
    """Give what declares the most of a project's tables; None where nothing does.

    Raises:
        Cancelled: The cancel was set.
    """
    gathering = Gathering(root, cancel, looks=(MODELS, AUTO_FIELD))
    try:
        schemas = read_schemas(gathering)
        if not schemas:
            return None
        schema = schemas[0]
        database = next((trait.name for trait in gathering.stack.of("database")), "")
        whole = schema.kind == "SQL"
        ddl, files = _files(gathering) if whole else ("\n".join(_ddl(schema)), ())
        return Declared(schema.kind, ddl, database, len(schema.tables), whole, files)
    finally:
        gathering.close()


def _files(gathering: Gathering) -> tuple[str, tuple[tuple[int, str], ...]]:
    texts: list[str] = []
    starts: list[tuple[int, str]] = []
    line = 1
    for path in sql_paths(gathering):
        gathering.checkout.cancel.check()
        text = gathering.checkout.text(path)
        # A file too large to be read is a dump of data.
        if text:
            texts.append(f"-- {path}\n{text}\n;")
            starts.append((line + 1, path))
            line += texts[-1].count("\n") + 1
    return "\n".join(texts), tuple(starts)


def _ddl(schema: Schema) -> Iterator[str]:
    for table in schema.tables.values():
        if table.columns:
            yield _create(table)
            first = {*table.primary[:1]}
            for column in sorted(table.leading - first):
                yield f"CREATE INDEX ON {_name(table.name)} ({_name(column)});"


def _create(table: Table) -> str:
    lines = [f"  {_name(each.name)} {_type(each.type)}" for each in table.columns.values()]
    if table.primary:
        lines.append(f"  PRIMARY KEY ({', '.join(map(_name, table.primary))})")
    body = ",\n".join(lines)
    return f"CREATE TABLE {_name(table.name)} (\n{body}\n);"


def _type(written: str) -> str:
    bare = written.rpartition(".")[2].strip()
    known = _TYPES.get(bare.partition("(")[0], bare)
    return known if _TYPE.fullmatch(known) else "text"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
