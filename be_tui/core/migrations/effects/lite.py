"""Tells what a statement does to a file of SQLite.

SQLite locks the whole file for each change, for as long as its transaction; what differs is whether
a table's rows are written anew, read through, or left as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.migrations.effects.words import Cursor, parted, words_of
from be_tui.core.migrations.model import Break, Effects, Failure, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.migrations.effects.words import Word
    from be_tui.core.schema import SchemaState, Table
    from be_tui.core.sqltext import Statement, Target

RENAME_COLUMN_SINCE = (3, 25)
DROP_COLUMN_SINCE = (3, 35)

_CONSTRAINTS = frozenset({"PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT"})
_CHANGING = frozenset({"CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "("})


def told(
    statement: Statement,
    state: SchemaState,
    target: Target,
    *,
    inside: bool,
    checks: bool,
    whole: bool,
) -> Effects:
    """Give what a statement does.

    Args:
        statement: As it was written.
        state: The schema before it.
        target: The version of SQLite, where it is known.
        inside: Whether a transaction is open.
        checks: Whether `PRAGMA foreign_keys` is on.
        whole: Whether the file has nothing but the schema.
    """
    cursor = Cursor(words_of(statement.text, lite=True))
    teller = _Teller(state, target, checks=checks, whole=whole)
    word = cursor.take().upper()
    if word == "ALTER" and cursor.skip("TABLE"):
        teller.alter(cursor)
    elif word == "CREATE":
        teller.create(cursor)
    elif word == "DROP":
        teller.drop(cursor)
    elif word in {"VACUUM", "ATTACH", "DETACH"}:
        teller.fail(f"{word} cannot run in a transaction", "in transaction")
        if word == "VACUUM" and not inside:
            teller.rewrite_all()
    elif word == "DELETE" and cursor.skip("FROM"):
        name = cursor.name()
        if "WHERE" not in {each.upper for each in cursor.rest()}:
            teller.lose(name)
    return teller.effects(inside=inside)


class _Teller:
    """Takes in what a statement does, piece by piece."""

    def __init__(self, state: SchemaState, target: Target, *, checks: bool, whole: bool) -> None:
        self._state = state
        self._checks = checks
        self._target = target
        self._whole = whole
        self._work: list[Work] = []
        self._failures: list[Failure] = []
        self._breaks: list[Break] = []
        self._why_unknown = ""

    def effects(self, *, inside: bool) -> Effects:
        """Give all of it; a statement that fails does nothing else."""
        failures = tuple(self._failures)
        if any(e.kind == "always" or (e.kind == "in transaction" and inside) for e in failures):
            return Effects(failures=failures)
        return Effects(
            work=tuple(sorted(self._work)),
            failures=failures,
            breaks=tuple(self._breaks),
            known=not self._why_unknown,
            why_unknown=self._why_unknown,
        )

    def fail(self, message: str, kind: str = "always", probe: str = "") -> None:
        """Take in why it may not run."""
        self._failures.append(Failure(kind, message, probe))  # type: ignore[arg-type]

    def lose(self, name: str) -> None:
        """Take in that all rows of a table go."""
        if self._state.table(name) and not self._state.is_new(name):
            self._breaks.append(Break("data", name, f"what {name} holds is lost"))

    def rewrite_all(self) -> None:
        """Take in that the whole file is written anew."""
        because = "the whole file is written anew"
        self._work += [Work("rewrite", e.name.text, because) for e in self._state.tables()]

    def _found(self, name: str) -> Table | None:
        table = self._state.table(name)
        if table is None and self._whole:
            self.fail(f"there is no table {name}")
        elif table is None:
            self._why_unknown = f"no schema tells of {name}"
        return table

    def _on_rows(self, table: Table, message: str) -> None:
        """Take in a failure that only an empty table escapes."""
        name = table.name.text
        if not self._state.is_new(name):
            probe = f'SELECT 1 FROM "{name}" LIMIT 1'  # noqa: S608 (a name of the schema)
            self.fail(message, "on data", probe)

    # ALTER TABLE.

    def alter(self, cursor: Cursor) -> None:
        """Tell of ALTER TABLE, of which SQLite has four kinds."""
        name = cursor.name()
        table = self._found(name)
        if cursor.skip("ADD"):
            cursor.skip("COLUMN")
            if table and cursor.peek() in _CONSTRAINTS:
                self.fail("SQLite adds no constraint to a table that is there")
            elif table:
                self._add(table, cursor)
        elif cursor.skip("DROP"):
            if table and cursor.peek() in _CONSTRAINTS:
                self.fail("SQLite drops no constraint")
            else:
                cursor.skip("COLUMN")
                self._drop_column(name, table, cursor.name())
        elif cursor.skip("RENAME"):
            self._rename(name, table, cursor)
        else:
            self.fail("SQLite alters columns by making the table anew only")

    def _rename(self, name: str, table: Table | None, cursor: Cursor) -> None:
        if cursor.skip("TO"):
            to = cursor.name()
            if self._state.table(to) or self._state.view(to):
                self.fail(f"there is a table {to} already")
            self._renamed(name, name)
            return
        cursor.skip("COLUMN")
        column = cursor.name()
        cursor.skip("TO")
        if self._target.version and not self._target.since(*RENAME_COLUMN_SINCE):
            self.fail("this version renames no column")
        elif table and table.complete and table.column(column) is None:
            self.fail(f"{name} has no column {column}")
        elif table and table.column(cursor.name()):
            self.fail(f"{name} has a column of that name already")
        self._renamed(name, f"{name}.{column}")

    def _renamed(self, table: str, target: str) -> None:
        if not self._state.is_new(table):
            self._breaks.append(Break("reads", target, f"code that reads {target} fails"))
            self._breaks.append(Break("writes", target, f"code that writes {target} fails"))

    def _add(self, table: Table, cursor: Cursor) -> None:
        name = cursor.name()
        if table.column(name):
            self.fail(f"{table.name.text} has a column {name} already")
            return
        words = cursor.rest()
        said = [each.upper for each in words]
        if "PRIMARY" in said or "UNIQUE" in said:
            self.fail("SQLite adds no column with a key")
            return
        default = _default(words)
        generated = "AS" in said
        stored = generated and "STORED" in said
        if stored:
            self._on_rows(table, "SQLite adds no stored column to rows")
        if default in _CHANGING:
            self._on_rows(table, "SQLite adds no default that is computed to rows")
        required = _has(said, "NOT", "NULL")
        if required and not generated and default in {"", "NULL"}:
            self._on_rows(table, f"rows would have no {name}")
            target = f"{table.name.text}.{name}"
            message = f"code that does not know {name} can no longer insert"
            self._breaks.append(Break("writes", target, message))
        if self._checks and "REFERENCES" in said and default not in {"", "NULL"}:
            self._on_rows(table, "SQLite adds no reference with a default to rows")
        checked = "CHECK" in said or (generated and required)
        if checked and not self._state.is_new(table.name.text):
            self._work.append(Work("scan", table.name.text, "each row is checked"))

    def _drop_column(self, name: str, table: Table | None, column: str) -> None:
        if self._target.version and not self._target.since(*DROP_COLUMN_SINCE):
            self.fail("this version drops no column")
            return
        found = table.column(column) if table else None
        if table and found is None and table.complete:
            self.fail(f"{name} has no column {column}")
            return
        if table:
            why = _held_by(table, column.casefold())
            if why:
                self.fail(f"{column} {why}")
                return
        if self._state.is_new(name):
            return
        if not (found and found.generated and found.virtual):
            self._work.append(Work("rewrite", name, "each row is written without it"))
        self._breaks.append(Break("reads", f"{name}.{column}", f"code that reads {column} fails"))
        if not (found and found.generated):
            message = f"what {column} holds is lost"
            self._breaks.append(Break("data", f"{name}.{column}", message))

    # CREATE and DROP.

    def create(self, cursor: Cursor) -> None:
        """Tell of CREATE TABLE and CREATE INDEX."""
        cursor.any("TEMP", "TEMPORARY")
        unique = bool(cursor.any("UNIQUE"))
        kind = cursor.any("TABLE", "INDEX", "VIEW", "TRIGGER")
        guarded = cursor.skip("IF", "NOT", "EXISTS")
        name = cursor.name()
        if kind in {"TABLE", "VIEW"}:
            taken = self._state.table(name) or self._state.view(name)
            if taken and not guarded:
                self.fail(f"there is a table {name} already")
        elif kind == "INDEX":
            if self._state.index(name):
                if not guarded:
                    self.fail(f"there is an index {name} already")
                return
            cursor.skip("ON")
            self._index(cursor, unique=unique)

    def _index(self, cursor: Cursor, *, unique: bool) -> None:
        on = cursor.name()
        table = self._found(on)
        columns = [each[0].text for each in parted(cursor.bracket()) if len(each) == 1]
        if self._state.is_new(on):
            return
        self._work.append(Work("index build", on, "every row gets an entry"))
        missing = [each for each in columns if table and table.complete and not table.column(each)]
        # A name in double quotes that is no column is taken for a text.
        if missing and table:
            self.fail(f"{on} has no column {missing[0]}")
        elif unique:
            listed = ", ".join(columns)
            quoted = ", ".join(f'"{each}"' for each in columns)
            there = " AND ".join(f'"{each}" IS NOT NULL' for each in columns)
            partial = "WHERE" in {each.upper for each in cursor.rest()}
            probe = (
                f'SELECT 1 FROM "{on}" WHERE {there} GROUP BY {quoted} HAVING count(*) > 1 LIMIT 1'  # noqa: S608
                if columns and not partial
                else ""
            )
            self.fail(f"rows have the same {listed}", "on data", probe)
            self._breaks.append(Break("writes", on, f"writes of the same {listed} twice fail"))

    def drop(self, cursor: Cursor) -> None:
        """Tell of DROP."""
        kind = cursor.any("TABLE", "INDEX", "VIEW", "TRIGGER")
        guarded = cursor.skip("IF", "EXISTS")
        name = cursor.name()
        lookup: dict[str, Callable[[str], object]] = {
            "TABLE": self._state.table,
            "INDEX": self._state.index,
            "VIEW": self._state.view,
        }
        find = lookup.get(kind)
        if find is None or self._state.is_new(name):
            return
        if find(name) is None:
            if self._whole and not guarded:
                self.fail(f"there is no {kind.lower()} {name}")
            return
        if kind != "INDEX":
            self._breaks.append(Break("reads", name, f"code that reads {name} fails"))
        if kind == "TABLE":
            self.lose(name)


def _has(said: list[str], *words: str) -> bool:
    return any(tuple(said[at : at + len(words)]) == words for at in range(len(said)))


def _default(words: list[Word]) -> str:
    """Give the first word of a default in capitals, `'` for a text; nothing without one."""
    for at, each in enumerate(words[:-1]):
        if each.upper == "DEFAULT":
            return words[at + 1].upper or "'"
    return ""


def _held_by(table: Table, column: str) -> str:
    """Say what keeps a column where it is; what is said beside the column itself goes with it."""
    if any(column in key.columns for key in table.keys):
        return "is in a key"
    found = table.column(column)
    place = found.place if found else None
    for index in table.indexes:
        if column in index.columns or column in index.where.lower():
            return f"is in index {index.name}"
    if any(column in key.columns and key.place != place for key in table.foreign_keys):
        return "is in a foreign key"
    for other in table.columns:
        if other.generated and column in other.generated.lower():
            return f"is what {other.name.text} is computed from"
    if any(column in each.expression.lower() and each.place != place for each in table.checks):
        return "is in a CHECK"
    return "is the only column" if len(table.columns) == 1 else ""
