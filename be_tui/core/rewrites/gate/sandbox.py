"""A sandbox with the tables of a schema, made when a query first names them, and filled anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError, majors, open_sandbox
from be_tui.core.errors import InputError
from be_tui.core.rewrites.gate.adversaries import filled
from be_tui.core.rewrites.gate.ddl import (
    enumerations_ddl,
    name_of,
    quoted,
    table_ddl,
    table_name,
    unique_ddl,
)
from be_tui.core.rewrites.model import TableRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.databases import Rows, Sandbox
    from be_tui.core.schema import Schema, Table, View
    from be_tui.core.sqltext import Engine, Target

BOUNDS = Bounds(seconds=2.0, rows=20_000, lock_seconds=1.0)
"""How far one query may go: its tables hold a handful of rows."""

ZONES = ("UTC", "America/Sao_Paulo", "Asia/Kolkata", "America/St_Johns")
"""Time zones that PostgreSQL's sessions are set to in turn: two change their clocks at midnight."""


class Filled:
    """A sandbox and the tables in it."""

    def __init__(self, schema: Schema, target: Target, where: str = "") -> None:
        """Open it.

        Args:
            schema: Whose tables it gets.
            target: What the queries are written for.
            where: The URL of a server; without one, the engine of this machine that is nearest.

        Raises:
            InputError: Nothing can be opened.
        """
        self._schema = schema
        self.remark = ""
        """Why it is another engine than the queries are written for; empty where it is theirs."""

        self._sandbox = self._open(target, where)
        self._session = self._sandbox.session()
        self._made: set[str] = set()
        self._held: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._zone = ""
        self._set_up()

    @property
    def engine(self) -> Engine:
        """Give which engine it is."""
        return self._sandbox.engine

    @property
    def named(self) -> str:
        """Give the engine with its version."""
        return f"{self._sandbox.engine} {self._sandbox.version}"

    def _open(self, target: Target, where: str) -> Sandbox:
        if where:
            found = open_sandbox(where)
            if found.engine != target.engine and not (
                found.engine == "mariadb" and target.is_mysql
            ):
                self.remark = f"the queries are written for {target.engine}"
            return found
        if target.engine == "postgresql":
            try:
                return open_sandbox(_on_wheel(target))
            except InputError as error:
                self.remark = f"no PostgreSQL could be started: {error}"
        elif target.is_mysql:
            self.remark = f"no server of {target.engine} was given (--database URL)"
        return open_sandbox("sqlite")

    def _set_up(self) -> None:
        if self.engine == "sqlite":
            # Nothing is kept: a journal would cost more than the queries.
            self._session.run("PRAGMA journal_mode = OFF")
        if self.engine == "postgresql":
            spaces = dict.fromkeys(each.namespace for each in self._schema.tables)
            names = [quoted(each, "postgresql") for each in spaces if each]
            for name in names:
                self._session.run(f"CREATE SCHEMA IF NOT EXISTS {name}")
            if names:
                self._session.run(f"SET search_path = {', '.join((*names, 'public'))}")
            for statement in enumerations_ddl(self._schema):
                self._session.run(statement)

    def make(self, tables: Sequence[Table], views: Sequence[View]) -> None:
        """Make tables and views that are not there yet.

        Raises:
            StatementError: The engine refuses one.
        """
        for table in tables:
            if self._key(table) not in self._made:
                self._session.run(table_ddl(table, self.engine))
                self._made.add(self._key(table))
                for statement in unique_ddl(table, self.engine):
                    self._session.run(statement)
        for view in views:
            if f"view {view.name.folded}" not in self._made:
                name = name_of(view.name, self.engine)
                self._session.run(f"CREATE VIEW {name} AS {view.query}")
                self._made.add(f"view {view.name.folded}")

    def fill(self, table: Table, rows: tuple[tuple[str, ...], ...]) -> TableRows:
        """Put rows in the place of those that a table holds; give those that it lets in."""
        columns = filled(table)
        names = tuple(each.name.text for each in columns)
        if self._held.get(self._key(table)) == rows:
            return TableRows(table.name.text, names, rows)
        name = table_name(table, self.engine)
        self._session.run(f"DELETE FROM {name}")  # noqa: S608 (a quoted name)
        head = ", ".join(name_of(each.name, self.engine) for each in columns)
        start = f"INSERT INTO {name} ({head}) VALUES "  # noqa: S608 (quoted names)
        kept = rows if rows and self._insert(start, rows) else ()
        if len(kept) < len(rows):
            # A check or a key refused one of them: which, is found one by one.
            kept = tuple(row for row in rows if self._insert(start, (row,)))
        self._held[self._key(table)] = kept
        return TableRows(table.name.text, names, kept)

    def _insert(self, start: str, rows: tuple[tuple[str, ...], ...]) -> bool:
        try:
            self._session.run(start + ", ".join(f"({', '.join(row)})" for row in rows))
        except StatementError as error:
            if error.trouble != "refused":
                raise
            return False
        return True

    def zone(self, number: int) -> str:
        """Set the time zone for a case; give it, or nothing where none is set."""
        if self.engine != "postgresql":
            return ""
        zone = ZONES[number % len(ZONES)]
        if zone != self._zone:
            self._session.run(f"SET TimeZone = '{zone}'")
            self._zone = zone
        return f"TimeZone = '{zone}'"

    def run(self, statement: str) -> Rows:
        """Run a query.

        Raises:
            StatementError: It did not run.
        """
        return self._session.run(statement, BOUNDS)

    def stop(self) -> None:
        """End the statement that runs, from another thread."""
        self._session.stop()

    def close(self) -> None:
        """Remove everything."""
        self._sandbox.close()

    @staticmethod
    def _key(table: Table) -> str:
        return f"{table.namespace}.{table.name.folded}"


def _on_wheel(target: Target) -> str:
    """Name the wheel's server of the version asked for, or the newest."""
    major = str(target.version[0]) if target.version else ""
    return f"postgresql:{major}" if major in majors() else "postgresql"
