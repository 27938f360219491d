"""The SQL that migration tools make of their operations, in the words of each engine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from be_tui.core.migrations.files.code.values import NotStatic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.sqltext import Target

ConstraintKind = Literal["primary", "unique", "foreignkey", "check", ""]

_PLAIN = re.compile(r"[a-z_][a-z0-9_$]*")
_RESERVED = frozenset(
    [
        "all",
        "analyse",
        "analyze",
        "and",
        "any",
        "array",
        "as",
        "asc",
        "asymmetric",
        "both",
        "case",
        "cast",
        "check",
        "collate",
        "column",
        "constraint",
        "create",
        "current_date",
        "current_role",
        "current_time",
        "current_timestamp",
        "current_user",
        "default",
        "deferrable",
        "desc",
        "distinct",
        "do",
        "else",
        "end",
        "except",
        "false",
        "for",
        "foreign",
        "from",
        "grant",
        "group",
        "having",
        "in",
        "initially",
        "intersect",
        "into",
        "leading",
        "limit",
        "localtime",
        "localtimestamp",
        "new",
        "not",
        "null",
        "off",
        "offset",
        "old",
        "on",
        "only",
        "or",
        "order",
        "placing",
        "primary",
        "references",
        "select",
        "session_user",
        "some",
        "symmetric",
        "table",
        "then",
        "to",
        "trailing",
        "true",
        "union",
        "unique",
        "user",
        "using",
        "when",
        "where",
        "index",
        "key",
        "keys",
        "values",
    ]
)
_REBUILT = "SQLite has no such change: the tool makes the table anew from what it finds"


class Ddl:
    """Writes statements for one engine."""

    def __init__(self, target: Target, *, always_quoted: bool) -> None:
        """Say whether each name is quoted, or only those that must be."""
        self.engine = target.engine
        self.is_mysql = target.is_mysql
        self._always = always_quoted

    def name(self, name: str) -> str:
        """Give a name, quoted where it is to be."""
        if not self._always and _PLAIN.fullmatch(name) and name not in _RESERVED:
            return name
        mark = "`" if self.is_mysql else '"'
        return f"{mark}{name.replace(mark, mark * 2)}{mark}"

    def table(self, name: str, schema: object = None) -> str:
        """Give a table's name, with its schema."""
        return (
            f"{self.name(schema)}.{self.name(name)}" if isinstance(schema, str) else self.name(name)
        )

    def names(self, names: Iterable[str]) -> str:
        """Give names with commas between."""
        return ", ".join(map(self.name, names))

    def create_table(self, table: str, lines: Sequence[str], *, guarded: bool = False) -> str:
        """Give CREATE TABLE."""
        guard = "IF NOT EXISTS " if guarded else ""
        body = ",\n    ".join(lines)
        return f"CREATE TABLE {guard}{table} (\n    {body}\n)"

    def drop_table(self, table: str, *, guarded: bool = False, cascade: bool = False) -> str:
        """Give DROP TABLE."""
        return f"DROP TABLE {'IF EXISTS ' if guarded else ''}{table}{' CASCADE' if cascade else ''}"

    def rename_table(self, table: str, to: str) -> str:
        """Give a table's new name."""
        return f"ALTER TABLE {table} RENAME TO {to}"

    def add_column(self, table: str, definition: str, *, guarded: bool = False) -> str:
        """Give ADD COLUMN."""
        return f"ALTER TABLE {table} ADD COLUMN {'IF NOT EXISTS ' if guarded else ''}{definition}"

    def drop_column(self, table: str, column: str, *, cascade: bool = False) -> str:
        """Give DROP COLUMN."""
        return f"ALTER TABLE {table} DROP COLUMN {self.name(column)}{' CASCADE' if cascade else ''}"

    def rename_column(self, table: str, column: str, to: str) -> str:
        """Give RENAME COLUMN."""
        return f"ALTER TABLE {table} RENAME COLUMN {self.name(column)} TO {self.name(to)}"

    def set_type(self, table: str, column: str, kind: str, using: str = "") -> str:
        """Give a column's new type.

        Raises:
            NotStatic: The engine needs more of the column than its type.
        """
        if self.engine != "postgresql":
            raise NotStatic(self._why_not("type"))
        tail = f" USING {using}" if using else ""
        return f"ALTER TABLE {table} ALTER COLUMN {self.name(column)} TYPE {kind}{tail}"

    def set_null(self, table: str, column: str, *, nullable: bool) -> str:
        """Give SET NOT NULL, or its undoing.

        Raises:
            NotStatic: The engine needs more of the column than that.
        """
        if self.engine != "postgresql":
            raise NotStatic(self._why_not("NOT NULL"))
        verb = "DROP" if nullable else "SET"
        return f"ALTER TABLE {table} ALTER COLUMN {self.name(column)} {verb} NOT NULL"

    def set_default(self, table: str, column: str, default: str) -> str:
        """Give SET DEFAULT; DROP DEFAULT where there is none.

        Raises:
            NotStatic: SQLite has no such change.
        """
        if self.engine == "sqlite":
            raise NotStatic(_REBUILT)
        change = f"SET DEFAULT {default}" if default else "DROP DEFAULT"
        return f"ALTER TABLE {table} ALTER COLUMN {self.name(column)} {change}"

    def modify(self, table: str, column: str, definition: str) -> str:
        """Give MySQL's MODIFY, with all that the column is to be."""
        return f"ALTER TABLE {table} MODIFY {self.name(column)} {definition}"

    def _why_not(self, what: str) -> str:
        if self.engine == "sqlite":
            return _REBUILT
        return (
            f"MySQL needs the whole column again to change its {what}, which the file does not say"
        )

    def create_index(  # noqa: PLR0913
        self,
        name: str,
        table: str,
        columns: Sequence[str],
        *,
        unique: bool = False,
        concurrently: bool = False,
        guarded: bool = False,
        using: str = "",
        include: str = "",
        where: str = "",
        more: str = "",
    ) -> str:
        """Give CREATE INDEX; columns are given as SQL."""
        words = ["CREATE", "UNIQUE" if unique else "", "INDEX"]
        postgres = self.engine == "postgresql"
        words += ["CONCURRENTLY" if concurrently and postgres else ""]
        words += ["IF NOT EXISTS" if guarded else "", name, "ON", table]
        words += [f"USING {using}" if using and postgres else "", f"({', '.join(columns)})"]
        words += [f"INCLUDE ({include})" if include and postgres else ""]
        words += [more if postgres else ""]
        words += [f"WHERE {where}" if where and not self.is_mysql else ""]
        return " ".join(word for word in words if word)

    def drop_index(
        self, name: str, table: str = "", *, concurrently: bool = False, guarded: bool = False
    ) -> str:
        """Give DROP INDEX.

        Raises:
            NotStatic: MySQL needs the table, which is not said.
        """
        guard = "IF EXISTS " if guarded else ""
        if self.is_mysql:
            if not table:
                raise NotStatic("MySQL drops an index of a table, which the call does not name")
            return f"DROP INDEX {guard}{name} ON {table}"
        live = "CONCURRENTLY " if concurrently and self.engine == "postgresql" else ""
        return f"DROP INDEX {live}{guard}{name}"

    def add_constraint(self, table: str, constraint: str) -> str:
        """Give ADD CONSTRAINT; what is added is given as SQL.

        Raises:
            NotStatic: SQLite has no such change.
        """
        if self.engine == "sqlite":
            raise NotStatic(_REBUILT)
        return f"ALTER TABLE {table} ADD {constraint}"

    def named(self, name: object, constraint: str) -> str:
        """Give a constraint with its name before it, where it has one."""
        return f"CONSTRAINT {self.name(name)} {constraint}" if isinstance(name, str) else constraint

    def drop_constraint(self, table: str, name: str, kind: ConstraintKind = "") -> str:
        """Give DROP CONSTRAINT, by the name that the engine has for its kind.

        Raises:
            NotStatic: SQLite has no such change, or MySQL needs a kind that is not said.
        """
        if self.engine == "sqlite":
            raise NotStatic(_REBUILT)
        if not self.is_mysql:
            return f"ALTER TABLE {table} DROP CONSTRAINT {self.name(name)}"
        if kind == "primary":
            return f"ALTER TABLE {table} DROP PRIMARY KEY"
        words = {"unique": "INDEX", "foreignkey": "FOREIGN KEY", "check": "CONSTRAINT"}
        if kind not in words:
            raise NotStatic("MySQL needs to know what kind of constraint is dropped")
        return f"ALTER TABLE {table} DROP {words[kind]} {self.name(name)}"

    def foreign_key(
        self, columns: Sequence[str], table: str, to: Sequence[str], tail: str = ""
    ) -> str:
        """Give FOREIGN KEY."""
        there = f" ({self.names(to)})" if to else ""
        return f"FOREIGN KEY ({self.names(columns)}) REFERENCES {table}{there}{tail}"


def rules(on_delete: object, on_update: object) -> str:
    """Give what a foreign key does when its row goes or changes."""
    tail = f" ON DELETE {on_delete.upper()}" if isinstance(on_delete, str) and on_delete else ""
    if isinstance(on_update, str) and on_update:
        tail += f" ON UPDATE {on_update.upper()}"
    return tail
