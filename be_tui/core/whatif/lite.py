"""The judge of SQLite: its own planner over `sqlite_stat1`, in memory, without a row.

SQLite plans by what `ANALYZE` wrote down, whatever stands in the tables; its own tests make plans
that way. It tells a plan and no cost, so the plan is charged with pages by its steps
(`litepages`). STAT4 samples are not carried: hardly any SQLite is compiled with them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from be_tui.core.plans import read_plan
from be_tui.core.schema import Index, IndexPart
from be_tui.core.sqltext import Target, split
from be_tui.core.statistics import assume
from be_tui.core.whatif.ddl import quoted
from be_tui.core.whatif.estimating import Figures, index_pages
from be_tui.core.whatif.held import HeldJudge
from be_tui.core.whatif.litepages import Known, PlanPages
from be_tui.core.whatif.model import Judged, RefusedError, StoppedError, Unjudged
from be_tui.core.whatif.terms import held, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from be_tui.core.schema import Schema, Table
    from be_tui.core.statistics import Statistics
    from be_tui.core.whatif.model import IndexSketch
    from be_tui.core.whatif.terms import Reading

_STEPS = 20_000
_LONGEST = 80
_DATA = ("insert", "update", "delete", "replace", "pragma", "begin", "commit", "analyze", "vacuum")


class _AnyValue(dict[str, None]):
    """Gives NULL for each named parameter; planning does not look at values."""

    def __missing__(self, name: str) -> None:
        return None


class SqliteJudge(HeldJudge):
    """Judges in memory."""

    kind = "statistics"
    engine = "sqlite"
    unit = "pages"

    def __init__(self, ddl: str, schema: Schema, statistics: Statistics | None = None) -> None:
        """Make the tables, and write what is known of them.

        Args:
            ddl: The schema as it was written.
            schema: The same, read.
            statistics: What was measured; the rest is assumed.
        """
        self._schema = schema
        self._given = statistics
        self._statistics = assume(schema, "sqlite", statistics)
        self._figures = Figures(self._statistics)
        self._target = Target("sqlite", sqlite3.sqlite_version_info)
        self._indexes: dict[str, Known] = {}
        self._readings: dict[str, Reading] = {}
        self._left_out: list[str] = []
        self._stopped = False
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._db.set_authorizer(_within)
        self._db.set_progress_handler(lambda: self._stopped, _STEPS)
        self._make(ddl)

    @property
    def about(self) -> str:
        """Give one line for people."""
        given = self._given
        source = f"statistics from {given.source}" if given and given.source else ""
        if not source:
            source = "statistics assumed from the schema"
        return (
            f"SQLite {sqlite3.sqlite_version}'s own planner over {source};"
            " pages are estimated by the plan's steps"
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Give what of the schema was refused, a line each."""
        return (*self._statistics.left_out, *self._left_out)

    def costs(
        self,
        statements: Sequence[str],
        indexes: Sequence[IndexSketch] = (),
        without: Sequence[str] = (),
    ) -> tuple[Judged | Unjudged, ...]:
        """Give what the statements would cost."""
        self._stopped = False
        known = dict(self._indexes)
        self._db.execute("SAVEPOINT trying")
        try:
            for sketch in dict.fromkeys(indexes):
                known[sketch.name.casefold()] = self._add(sketch)
            for name in without:
                self._drop(name)
            if indexes or without:
                self._db.execute("ANALYZE sqlite_master")
            return tuple(self._judged(statement, known) for statement in statements)
        finally:
            self._db.execute("ROLLBACK TO trying")
            self._db.execute("RELEASE trying")

    def size(self, index: IndexSketch) -> int:
        """Give the bytes that an index would take."""
        table = self._own(index)
        share = held(table, index.index.where, self._schema, self._target, self._figures)
        return int(index_pages(table, index.index, self._figures, share)) * self._figures.page

    def stop(self) -> None:
        """End what is under way."""
        self._stopped = True
        with suppress(sqlite3.ProgrammingError):
            self._db.interrupt()

    def close(self) -> None:
        """Forget it all."""
        self._db.close()

    def _make(self, ddl: str) -> None:
        for statement in split(ddl, "sqlite"):
            text = statement.text
            if text.lower().startswith(_DATA):
                continue
            try:
                with closing(self._db.execute(text)):
                    pass
            except (sqlite3.Error, sqlite3.Warning) as error:
                words = " ".join(text.split())[:_LONGEST]
                self._left_out.append(f"line {statement.line}, {words}: {error}")
        self._db.execute("ANALYZE")
        for table in self._schema.tables:
            self._describe(table)
        self._db.execute("ANALYZE sqlite_master")

    def _describe(self, table: Table) -> None:
        """Write what is known of a table and its indexes."""
        name, rows = table.name.text, max(int(self._figures.table(table).rows), 0)
        own = {each.name.casefold(): each for each in table.indexes}
        listed = self._db.execute(f"PRAGMA index_list({quoted(name, 'sqlite')})").fetchall()
        for _, index_name, unique, _, partial, *_ in listed:
            index = own.get(index_name.casefold()) or self._automatic(table, index_name)
            share = 1.0
            if partial:
                share = held(table, index.where, self._schema, self._target, self._figures)
            self._indexes[index_name.casefold()] = Known(table, index, share)
            per_key = self._per_key(table, index, share, unique=bool(unique))
            self._tell(name, index_name, int(rows * share), per_key)
        self._tell(name, None, rows, ())

    def _automatic(self, table: Table, name: str) -> Index:
        """Give the index that SQLite made for a key."""
        asked = f"PRAGMA index_info({quoted(name, 'sqlite')})"
        columns = [str(row[2] or "").casefold() for row in self._db.execute(asked)]
        parts = tuple(IndexPart(column, column) for column in columns)
        return Index(name, parts, table.place, unique=True)

    def _per_key(self, table: Table, index: Index, share: float, *, unique: bool) -> Iterable[int]:
        found = self._given.of(index.name) if self._given and index.name else None
        if found is not None and len(found.per_key) == len(index.parts):
            return [max(int(each), 1) for each in found.per_key]
        columns = index.columns
        counts = [
            self._figures.prefix(table, columns[: end + 1]) * share for end in range(len(columns))
        ]
        if unique and counts:
            counts[-1] = 1
        return [max(round(each), 1) for each in counts]

    def _tell(self, table: str, index: str | None, rows: int, per_key: Iterable[int]) -> None:
        told = " ".join(map(str, (max(rows, 1), *per_key)))
        self._db.execute("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", (table, index, told))

    def _own(self, sketch: IndexSketch) -> Table:
        table = self._schema.table(sketch.table.name.text)
        if table is None:
            raise RefusedError(f"there is no table {sketch.table.name.text}", where=sketch.name)
        return table

    def _add(self, sketch: IndexSketch) -> Known:
        table, index = self._own(sketch), sketch.index
        try:
            self._db.execute(sketch.ddl("sqlite"))
        except sqlite3.Error as error:
            raise RefusedError(str(error), where=sketch.name) from error
        share = held(table, index.where, self._schema, self._target, self._figures)
        rows = self._figures.table(table).rows * share
        per_key = self._per_key(table, index, share, unique=index.unique)
        self._tell(table.name.text, sketch.name, int(rows), per_key)
        return Known(table, index, share)

    def _drop(self, name: str) -> None:
        try:
            self._db.execute(f"DROP INDEX {quoted(name, 'sqlite')}")
        except sqlite3.Error as error:
            raise RefusedError(str(error)) from error

    def _judged(self, statement: str, known: dict[str, Known]) -> Judged | Unjudged:
        if self._stopped:
            raise StoppedError("it was stopped")
        try:
            reading = self._read(statement)
            text = self._explained(reading.query.parsed.statement.text)
        except RefusedError as error:
            return Unjudged(error.message)
        plan = read_plan(text, "")
        pages = PlanPages(plan, reading, self._schema, self._figures, known).pages()
        used = dict.fromkeys(node.index for node in plan.nodes if node.index.casefold() in known)
        return Judged(pages, text, tuple(used))

    def _read(self, statement: str) -> Reading:
        if statement not in self._readings:
            self._readings[statement] = read(statement, self._schema, self._target, self._figures)
        return self._readings[statement]

    def _explained(self, statement: str) -> str:
        """Give the plan as SQLite's shell draws it, parameters as NULL.

        Raises:
            RefusedError: SQLite makes no plan of it.
        """
        depths = {0: -1}
        lines: list[str] = []
        for node, parent, _, detail in self._planned(f"EXPLAIN QUERY PLAN {statement}"):
            depth = depths.get(int(str(parent)), -1) + 1
            depths[int(str(node))] = depth
            lines.append(f"{'  ' * depth}{detail}")
        return "\n".join(lines) or "SCAN CONSTANT ROW"

    def _planned(self, asked: str) -> list[tuple[object, ...]]:
        values: Sequence[None] | _AnyValue = _AnyValue()
        for _ in range(2):
            try:
                with closing(self._db.execute(asked, values)) as cursor:
                    return cursor.fetchall()
            except sqlite3.ProgrammingError:
                values = (None,) * asked.count("?")
            except (sqlite3.Error, sqlite3.Warning) as error:
                if self._stopped:
                    raise StoppedError("it was stopped") from error
                raise RefusedError(str(error)) from error
        raise RefusedError("its parameters cannot be told apart")


def _within(action: int, file: str | None, *_: str | None) -> int:
    """Refuse to open a file."""
    refused = action == sqlite3.SQLITE_ATTACH and bool(file)
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK
