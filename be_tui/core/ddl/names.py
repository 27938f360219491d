"""Names and texts as SQL has them: quoted only where an engine would not take them otherwise.

A schema tells columns and tables apart by folded names; a `Namer` finds how they are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.ddl.reserved import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.schema import Column, Name, Schema, Table
    from be_tui.core.sqltext import Engine

_SMALL = re.compile(r"[a-z_][a-z0-9_]*")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def identifier(name: str, engine: Engine) -> str:
    """Give a name that the engine holds, in quotes where it would be read as another."""
    plain = _SMALL if engine == "postgresql" else _WORD
    if plain.fullmatch(name) and name.upper() not in RESERVED[engine]:
        return name
    mark = "`" if engine in {"mysql", "mariadb"} else '"'
    return f"{mark}{name.replace(mark, mark * 2)}{mark}"


def held(name: Name, engine: Engine) -> str:
    """Give a name as the engine holds it: PostgreSQL makes small letters of what has no quotes."""
    return name.text.lower() if engine == "postgresql" and not name.quoted else name.text


def written(name: Name, engine: Engine) -> str:
    """Give a name as SQL has it."""
    return identifier(held(name, engine), engine)


def dotted(name: str, engine: Engine) -> str:
    """Give a name that may stand after its schema's: `app.mood`."""
    return ".".join(identifier(each, engine) for each in name.split("."))


def literal(text: str, engine: Engine) -> str:
    """Give a text in single quotes."""
    doubled = text.replace("'", "''")
    if engine in {"mysql", "mariadb"}:
        doubled = doubled.replace("\\", "\\\\")
    elif engine == "postgresql" and "\\" in doubled:
        return "E'" + doubled.replace("\\", "\\\\") + "'"
    return f"'{doubled}'"


class Namer:
    """Finds how the names of a schema are written."""

    def __init__(self, schema: Schema, engine: Engine) -> None:
        """Keep the tables at hand by their names.

        Args:
            schema: What the names are of.
            engine: Whose SQL is written.
        """
        self.engine = engine
        self._tables: dict[str, list[Table]] = {}
        for table in schema.tables:
            self._tables.setdefault(table.name.folded, []).append(table)

    def within(self, namespace: str, name: str) -> str:
        """Give a name after its schema's, where one is said; `name` is written already."""
        if not namespace or self.engine == "sqlite":
            return name
        return f"{identifier(namespace, self.engine)}.{name}"

    def table(self, table: Table) -> str:
        """Give the name of a table."""
        return self.within(table.namespace, written(table.name, self.engine))

    def find(self, name: str, namespace: str = "") -> Table | None:
        """Give a table by its folded name, which may stand after its schema's."""
        before, dot, last = name.rpartition(".")
        folded, space = (last, before) if dot and not namespace else (name, namespace)
        found = self._tables.get(folded.casefold()) or ()
        exact = (each for each in found if each.namespace == space.casefold())
        either = (each for each in found if not space or not each.namespace)
        return next(exact, None) or next(either, None)

    def referred(self, name: str, namespace: str = "") -> str:
        """Give the name of a table that is known by its folded name alone."""
        table = self.find(name, namespace)
        if table is None:
            return self.within(namespace, dotted(name, self.engine))
        return self.table(table)

    def column(self, table: Table | None, folded: str) -> str:
        """Give the name of a column by its folded one."""
        column = table.column(folded) if table else None
        return self.of(column) if column else identifier(folded, self.engine)

    def of(self, column: Column) -> str:
        """Give the name of a column."""
        return written(column.name, self.engine)

    def columns(self, table: Table | None, folded: Iterable[str]) -> str:
        """Give the names of columns, with commas between."""
        return ", ".join(self.column(table, each) for each in folded)
